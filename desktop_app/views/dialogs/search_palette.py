"""Ctrl+K: search everything, from the keyboard alone."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListView, QVBoxLayout, QWidget

from desktop_app.views.dialogs.search_delegate import LINE, SearchDelegate, pieces
from desktop_app.views.dialogs.search_lines import KINDS, Line, find_lines, page_lines, place_of
from desktop_app.views.look.theme import dp
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.fields import TextLine
from desktop_app.views.widgets.text import small

PAUSE = 60  # milliseconds without a key before searching

Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractListModel):
    """Holds the lines; the ``LINE`` role gives one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            title = "".join(text for text, _ in pieces(line.title))
            return f"{KINDS.get(line.kind, line.kind)}, {title}"
        return None


class SearchPalette(QDialog):
    """Type; arrows move; Enter goes there; Escape closes. With nothing typed, the pages."""

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle("Rechercher partout")
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(14), dp(14), dp(14), dp(10))
        column.setSpacing(dp(8))
        self.field = TextLine("Une visite, un constat, un site, un indicateur…")
        self.field.setAccessibleName("Rechercher partout")
        self.field.edited.connect(self._on_edited)
        column.addWidget(self.field)
        self.model = LineModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(SearchDelegate(self.list))
        self.list.setAccessibleName("Résultats")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._follow(index.row()))
        column.addWidget(self.list, 1)
        self.foot = small("")
        column.addWidget(self.foot)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._search)
        self.resize(min(dp(640), parent.width() - 40), min(dp(460), parent.height() - 40))
        self._show_pages()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._follow(self.list.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _on_edited(self) -> None:
        self._pause.start()

    def _search(self) -> None:
        words = self.field.value()
        if not words:
            self._show_pages()
            return
        services = self.context.services
        self.context.operations.query(
            lambda: find_lines(services, words),
            self._show_found,
            owner=self,
            key="search",
        )

    def _show_found(self, lines: tuple[Line, ...]) -> None:
        self._fill(lines)
        if lines:
            self.foot.setText("↑ ↓ pour choisir · Entrée pour y aller · Échap pour fermer")
        else:
            self.foot.setText("Aucun résultat. Essayez le début d’un mot.")

    def _show_pages(self) -> None:
        self._fill(page_lines())
        self.foot.setText("Écrivez le début d’un ou de plusieurs mots.")

    def _fill(self, lines: tuple[Line, ...]) -> None:
        self.model.set_lines(lines)
        self.list.setCurrentIndex(self.model.index(0))

    def _move(self, step: int) -> None:
        count = self.model.rowCount()
        if count:
            row = min(max(self.list.currentIndex().row() + step, 0), count - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def _follow(self, row: int) -> None:
        if not 0 <= row < len(self.model.lines):
            return
        line = self.model.lines[row]
        if line.hit is not None and line.kind == "indicator":
            services, found = self.context.services, line.hit.record_id
            self.context.operations.query(
                lambda: services.framework.indicator(found).experiment_id,
                lambda experiment: self._arrive(Place("experiment", experiment, "framework")),
                owner=self,
                key="indicator",
            )
            return
        self._arrive(line.place or place_of(line.hit))

    def _arrive(self, place: Place | None) -> None:
        self.accept()
        if place is not None:
            self.context.go(place)
