"""Paramètres: the notebook's rules, then every declared setting, drawn from the declarations."""

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.config.declared import (
    APPEARANCE,
    BY_KEY,
    DECLARED,
    DOCUMENTS,
    FOLDERS,
    IDENTITY,
    NOTEBOOKS,
    RESULTS,
    Holds,
    Kind,
    Setting,
)
from desktop_app.config.settings import UnkeptError
from desktop_app.errors import UserError
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.proposed_folders import own_folder
from desktop_app.views.screens.base import Place, Screen, ScreenContext
from desktop_app.views.screens.settings.fields import (
    PATHS,
    describe,
    editable,
    fills_row,
    fixed,
    show,
)
from desktop_app.views.screens.settings.notice import PolicyNotice, subtitle
from desktop_app.views.screens.settings.paths import lost_paths
from desktop_app.views.screens.settings.rules import RulesPanel
from desktop_app.views.widgets.buttons import link, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fixed import fixed_mark
from desktop_app.views.widgets.flow import AdaptiveRow
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.tabs import PageTabs
from desktop_app.views.widgets.text import muted, small, text

WIDE = 860  # two columns from here on, pixels at a text of 100 %
SHOWN = [setting for setting in DECLARED if setting.group]


NOTEBOOK, COMPUTER, NEW = "notebook", "computer", "new"
TABS = {
    NOTEBOOK: "Ce carnet",
    COMPUTER: "Ce poste",
    NEW: "Nouveaux carnets",
}
COLUMNS = {
    COMPUTER: ((APPEARANCE, FOLDERS), (IDENTITY,)),
    NEW: ((DOCUMENTS,), (RESULTS, NOTEBOOKS)),
}
ABOUT = {
    COMPUTER: "Enregistrés au fur et à mesure, sur ce poste seulement.",
    NEW: "Ce que reçoit un carnet créé sur ce poste. Un carnet déjà créé garde ses propres règles, "
    "qui se changent dans «\u00a0Ce carnet\u00a0».",
}


class SettingsScreen(Screen):
    """Each field is stored as soon as it is committed; a refused one keeps its sentence beside.

    ``rules`` is None when no notebook is open.
    """

    kinds = ("notebook", "programme")

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.fields: dict[str, QWidget] = {}
        self.rules: RulesPanel | None = None
        self._refusals: dict[str, QLabel] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        header = PageHeader("Paramètres")
        policy = context.settings.policy
        header.set_subtitle(subtitle(policy))
        page.body.addWidget(header)
        if policy.refusals:
            page.body.addWidget(PolicyNotice(policy))
        self.tabs = PageTabs()
        page.body.addWidget(self.tabs)
        self._panels = self._make_panels()
        for key, panel in self._panels.items():
            self.tabs.add(key, TABS[key])
            page.body.addWidget(panel)
        page.body.addStretch(1)
        self.tabs.changed.connect(self._show_tab)
        self._show_tab(self.tabs.current)

    def _make_panels(self) -> dict[str, QWidget]:
        panels: dict[str, QWidget] = {}
        if self.context.services is not None:
            panels[NOTEBOOK] = self.rules = RulesPanel(self.context, self)
        panels[COMPUTER] = self._panel(COMPUTER, [s for s in SHOWN if s.holds is Holds.COMPUTER])
        panels[NEW] = self._panel(NEW, [s for s in SHOWN if s.holds is not Holds.COMPUTER])
        return panels

    def _show_tab(self, tab: str) -> None:
        for key, panel in self._panels.items():
            panel.setVisible(key == tab)

    def show_place(self, place: Place) -> None:
        if place.tab in self._panels:
            self.tabs.set_current(place.tab)
        super().show_place(place)

    def _panel(self, key: str, settings: list[Setting]) -> QWidget:
        """Its groups in two columns, under what they are the settings of."""
        panel = QWidget()
        whole = QVBoxLayout(panel)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(14))
        whole.addWidget(muted(ABOUT[key]))
        columns = AdaptiveRow(WIDE)
        for share in COLUMNS[key]:
            column_box = QWidget()
            column = QVBoxLayout(column_box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(dp(14))
            for group in share:
                column.addWidget(self._group(group, settings))
            column.addStretch(1)
            columns.add(column_box, 1)
        whole.addWidget(columns)
        return panel

    def refresh(self) -> None:
        """Shows what is in force."""
        for key in self.fields:
            self._show(key)
        self._look_for_paths()
        if self.rules is not None:
            self.rules.refresh()

    def _show(self, key: str) -> None:
        settings = self.context.settings
        if not settings.fixed(key):
            show(self.fields[key], settings.value(key))
            describe(self.fields[key], BY_KEY[key], is_fixed=False)

    def store(self, key: str, value: object) -> None:
        """Stores one setting, or says why it is refused."""
        try:
            self.context.settings.set(key, value)
        except UserError as error:
            if isinstance(error, UnkeptError):  # nothing to correct: what is in force is shown
                self._show(key)
            self._refuse(key, str(error))
            return
        self._refusals[key].hide()
        if BY_KEY[key].kind is Kind.LINES:  # as they were understood
            show(self.fields[key], self.context.settings.value(key))
        if BY_KEY[key].kind in PATHS:
            self._look_for_paths()
        self.context.setting_changed(key)

    def _look_for_paths(self) -> None:
        """Says which files and folders are not there. A share that sleeps may take its time."""
        settings = self.context.settings
        named = [key for key in self.fields if BY_KEY[key].kind in PATHS]

        def tell(lost: dict[str, str]) -> None:
            for key in named:
                self._refusals[key].setVisible(key in lost)
                self._refusals[key].setText(lost.get(key, ""))

        self.context.operations.query(
            lambda: lost_paths(settings, named), tell, owner=self, key="paths"
        )

    def _group(self, group: str, settings: list[Setting]) -> Card:
        card = Card(group)
        for setting in settings:
            if setting.group == group:
                card.body.addWidget(self._line(setting))
        return card

    def _line(self, setting: Setting) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, dp(6))
        column.setSpacing(dp(4))
        caption = text(setting.label, "strong")
        column.addWidget(caption)
        row = QHBoxLayout()
        row.setSpacing(dp(10))
        is_fixed = self.context.settings.fixed(setting.key)
        field = self.fields[setting.key] = self._field(setting)
        describe(field, setting, is_fixed=is_fixed)
        caption.setBuddy(field)
        row.addWidget(field)
        if setting.unit:
            row.addWidget(small(setting.unit))
        if setting.kind in PATHS and not is_fixed:
            row.addWidget(self._browse(setting))
        if not fills_row(setting, is_fixed=is_fixed):
            row.addStretch(1)
        column.addLayout(row)
        if is_fixed:
            column.addWidget(fixed_mark())
        if setting.help:
            column.addWidget(small(setting.help))
        refusal = text("", "error")
        refusal.hide()
        self._refusals[setting.key] = refusal
        column.addWidget(refusal)
        return box

    def _field(self, setting: Setting) -> QWidget:
        settings, key = self.context.settings, setting.key
        if settings.fixed(key):
            return fixed(setting, settings.value(key))
        return editable(
            setting, lambda value: self.store(key, value), lambda words: self._refuse(key, words)
        )

    def _refuse(self, key: str, sentence: str) -> None:
        self._refusals[key].setText(sentence)
        self._refusals[key].show()

    def _browse(self, setting: Setting) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        browse = secondary("Parcourir…")
        browse.setAccessibleName(f"Parcourir\u00a0: {setting.label}")
        browse.clicked.connect(lambda _=False: self._ask_path(setting))
        clear = link("Effacer")
        clear.setAccessibleName(f"Effacer\u00a0: {setting.label}")
        clear.clicked.connect(lambda _=False: self._choose(setting.key, ""))
        across.addWidget(browse)
        across.addWidget(clear)
        return row

    def _ask_path(self, setting: Setting) -> None:
        start = self.context.settings.text(setting.key) or str(own_folder())
        dialog = QFileDialog(self.window(), setting.label, start)
        if setting.kind is Kind.FOLDER:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilter("Images (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(lambda path: self._choose(setting.key, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose(self, key: str, path: str) -> None:
        show(self.fields[key], path)
        self.store(key, path)
