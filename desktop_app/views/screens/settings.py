"""Paramètres: every declared setting by group, drawn from the declarations."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.config.declared import DECLARED, Kind, Setting
from desktop_app.errors import UserError
from desktop_app.views.screens.base import Screen, ScreenContext
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import link, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fields import Choice, NumberField, TextLine
from desktop_app.views.widgets.flow import AdaptiveRow
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import small, text

WIDE = 860  # two columns from here on, pixels at a text of 100 %
FIELD_WIDTH = 270  # pixels at a text of 100 %


class SettingsScreen(Screen):
    """Each field is stored as soon as it is committed; a refused one keeps its sentence beside."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.fields: dict[str, QWidget] = {}
        self._refusals: dict[str, QLabel] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        header = PageHeader("Paramètres")
        header.set_subtitle("Enregistrés au fur et à mesure, sur ce poste")
        page.body.addWidget(header)
        columns = AdaptiveRow(WIDE)
        groups = list(dict.fromkeys(setting.group for setting in DECLARED if setting.group))
        for share in (groups[::2], groups[1::2]):
            column_box = QWidget()
            column = QVBoxLayout(column_box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(dp(14))
            for group in share:
                column.addWidget(self._group(group))
            column.addStretch(1)
            columns.add(column_box, 1)
        page.body.addWidget(columns)
        page.body.addStretch(1)

    def refresh(self) -> None:
        """Shows what is stored."""
        for setting in DECLARED:
            field = self.fields.get(setting.key)
            if field is not None:
                _show(field, self.context.settings.value(setting.key))

    def store(self, key: str, value: object) -> None:
        """Stores one setting, or says why it is refused."""
        refusal = self._refusals[key]
        try:
            self.context.settings.set(key, value)
        except UserError as error:
            refusal.setText(str(error))
            refusal.show()
            return
        refusal.hide()
        self.context.setting_changed(key)

    def _group(self, group: str) -> Card:
        card = Card(group)
        for setting in DECLARED:
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
        field = self._field(setting)
        field.setAccessibleName(setting.label)
        field.setAccessibleDescription(setting.help)
        caption.setBuddy(field)
        self.fields[setting.key] = field
        row.addWidget(field)
        if setting.unit:
            row.addWidget(small(setting.unit))
        if setting.kind in {Kind.FOLDER, Kind.FILE}:
            row.addWidget(self._browse(setting))
        row.addStretch(1)
        column.addLayout(row)
        if setting.help:
            column.addWidget(small(setting.help))
        refusal = text("", "error")
        refusal.hide()
        self._refusals[setting.key] = refusal
        column.addWidget(refusal)
        return box

    def _field(self, setting: Setting) -> QWidget:
        key = setting.key
        match setting.kind:
            case Kind.CHOICE:
                choice = Choice(setting.choices)
                choice.committed.connect(lambda: self.store(key, choice.value()))
                choice.setFixedWidth(dp(FIELD_WIDTH // 2))
                return choice
            case Kind.FLAG:
                flag = QCheckBox(setting.label)
                flag.toggled.connect(lambda on: self.store(key, on))
                return flag
            case Kind.NUMBER:
                number = NumberField(minimum=setting.minimum, maximum=setting.maximum, whole=True)
                number.committed.connect(lambda: self._store_number(key, number))
                number.setFixedWidth(dp(90))
                return number
        line = TextLine()
        line.committed.connect(lambda: self.store(key, line.value()))
        line.setFixedWidth(dp(FIELD_WIDTH))
        return line

    def _store_number(self, key: str, field: NumberField) -> None:
        value = field.value()
        if value is None:
            refusal = self._refusals[key]
            refusal.setText(field.error or "Écrivez un nombre.")
            refusal.show()
        else:
            self.store(key, int(value))

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
        start = self.context.settings.text(setting.key) or str(Path.home())
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
        _show(self.fields[key], path)
        self.store(key, path)


def _show(field: QWidget, value: object) -> None:
    """Puts a stored value in its field, signalling nothing."""
    match field:
        case NumberField():
            field.set_value(float(str(value)))
        case TextLine():
            field.set_value(str(value))
        case Choice():
            field.set_value(value)
        case QCheckBox():
            field.blockSignals(True)
            field.setChecked(bool(value))
            field.blockSignals(False)
