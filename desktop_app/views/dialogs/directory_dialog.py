"""« Programme et promotions… »: the programme and the short lists everything else refers to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.french import MISSING, euros, period
from desktop_app.services.changes import Changes
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ProgrammeRow,
)
from desktop_app.views.dialogs.directory_form import DirectoryFormDialog
from desktop_app.views.dialogs.directory_offer import DirectorateOffer
from desktop_app.views.dialogs.experiment_form import cohort_text
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.notify import Notifier
from desktop_app.views.widgets.tabs import PageTabs
from desktop_app.views.widgets.text import muted, text

TABS = (
    ("programme", "Programme"),
    ("cohort", "Promotions"),
    ("enterprise", "Entreprises"),
    ("directorate", "Directions métiers"),
)
ADD = {
    "cohort": "Ajouter une promotion…",
    "enterprise": "Ajouter une entreprise…",
    "directorate": "Ajouter une direction…",
}
DELETED = {
    "cohort": "Promotion supprimée.",
    "enterprise": "Entreprise supprimée.",
    "directorate": "Direction métier supprimée.",
}
_ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Directory:
    programme: ProgrammeRow | None
    cohorts: tuple[CohortRow, ...]
    enterprises: tuple[EnterpriseRow, ...]
    directorates: tuple[DirectorateRow, ...]
    missing: tuple[str, ...]


def row_text(row: object) -> str:
    """One line for one record of a list."""
    match row:
        case CohortRow():
            when = period(row.start_date, row.end_date) if row.start_date or row.end_date else ""
            return " · ".join(part for part in (cohort_text(row), when) if part)
        case DirectorateRow():
            return f"{row.code} · {row.name}"
        case EnterpriseRow():
            return " · ".join(part for part in (row.name, row.legal_form, row.siret) if part)
    return ""


class DirectoryDialog(QDialog):
    """Each list: Entrée edits, Suppr deletes (undoable), Inser adds."""

    def __init__(
        self, context: ScreenContext, tab: str = "programme", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.notifier = Notifier(self)
        self.context = replace(context, notify=self.notifier)
        self.directory: Directory | None = None
        self.setWindowTitle("Programme et promotions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        room = self.screen().availableGeometry()
        self.resize(min(dp(680), room.width() - 40), min(dp(480), room.height() - 80))
        self.tabs = PageTabs()
        self._stack = QStackedWidget()
        self.lists: dict[str, _RecordList] = {}
        for key, name in TABS:
            self.tabs.add(key, name)
            self._stack.addWidget(self._page(key))
        self.tabs.changed.connect(self._show_tab)
        close = secondary("Fermer")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(20), dp(18), dp(20), dp(16))
        column.setSpacing(dp(10))
        column.addWidget(text("Programme et promotions", "h1"))
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        changed = context.operations.data_changed
        changed.connect(self._on_changed)
        self.finished.connect(lambda: changed.disconnect(self._on_changed))
        self.tabs.set_current(tab)
        self.refresh()

    def _page(self, key: str) -> QWidget:
        if key != "programme":
            made = _RecordList(
                ADD[key], lambda row: self.edit(key, row), lambda r: self.drop(key, r)
            )
            self.lists[key] = made
            if key == "directorate":
                self._offer = DirectorateOffer(self.context)
                made.column.addWidget(self._offer)
            return made
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._programme = muted("")
        edit = primary("Modifier le programme…")
        edit.clicked.connect(self.edit_programme)
        column.addWidget(self._programme)
        column.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex([name for name, _ in TABS].index(key))

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touches("programme", "cohort", "enterprise", "directorate"):
            self.refresh()

    def refresh(self) -> None:
        service = self.context.services.directory
        defaults = self.context.services.directorate_defaults
        lines = self.context.settings.items("directorates")

        def read() -> Directory:
            return Directory(
                service.programme(),
                service.cohorts(),
                service.enterprises(),
                service.directorates(),
                defaults.missing(lines),
            )

        self.context.operations.query(read, self._show, owner=self)

    def _show(self, directory: Directory) -> None:
        self.directory = directory
        self._programme.setText(programme_text(directory.programme))
        self.lists["cohort"].show_rows(directory.cohorts)
        self.lists["enterprise"].show_rows(directory.enterprises)
        self.lists["directorate"].show_rows(directory.directorates)
        self._offer.show_missing(directory.missing)

    def edit_programme(self) -> None:
        self.edit("programme", self.directory.programme if self.directory else None)

    def edit(self, entity: str, row: object | None) -> None:
        DirectoryFormDialog(self.context, entity, row, self).open()

    def drop(self, entity: str, row: Any) -> None:
        service = self.context.services.directory
        delete = {
            "cohort": service.delete_cohort,
            "enterprise": service.delete_enterprise,
            "directorate": service.delete_directorate,
        }[entity]
        run_with_undo(self.context, lambda: delete(row.id), DELETED[entity])


def programme_text(programme: ProgrammeRow | None) -> str:
    if programme is None:
        return "Aucun programme n’est décrit dans ce carnet."
    when = period(programme.start_date, programme.end_date)
    lines = (
        programme.name,
        f"Territoire\u00a0: {programme.territory or MISSING}",
        f"Opérateur\u00a0: {programme.operator or MISSING}",
        f"Marché ou convention\u00a0: {programme.contract_reference or MISSING}",
        f"Période\u00a0: {when}",
        f"Budget annuel\u00a0: {euros(programme.annual_budget)}",
    )
    return "\n".join(lines)


class _RecordList(QWidget):
    def __init__(
        self,
        add_text: str,
        edit: Callable[[object | None], object],
        drop: Callable[[object], object],
    ) -> None:
        super().__init__()
        self._edit = edit
        self._drop = drop
        self.list = QListWidget()
        self.list.setAccessibleName(add_text.removesuffix("…"))
        self.list.itemActivated.connect(lambda item: edit(item.data(_ROW)))
        add = primary(add_text)
        add.clicked.connect(lambda: edit(None))
        self._change = secondary("Modifier…")
        self._change.clicked.connect(lambda: self._on_current(edit))
        self._remove = secondary("Supprimer")
        self._remove.clicked.connect(lambda: self._on_current(drop))
        row = QHBoxLayout()
        row.addWidget(add)
        row.addStretch(1)
        row.addWidget(self._change)
        row.addWidget(self._remove)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        for keys, act in (
            ("Del", lambda: self._on_current(drop)),
            ("F2", lambda: self._on_current(edit)),
            ("Ins", lambda: edit(None)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        current = self.list.currentRow()
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(row_text(row), self.list)
            item.setData(_ROW, row)
        self.list.setCurrentRow(min(max(current, 0), len(rows) - 1))
        for button in (self._change, self._remove):
            button.setEnabled(bool(rows))

    def _on_current(self, act: Callable[[Any], object]) -> None:
        item = self.list.currentItem()
        if item is not None:
            act(item.data(_ROW))
