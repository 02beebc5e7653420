"""The field of each kind of setting: one to change it, one to read what the organisation fixed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.config.declared import Kind, Setting
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.fields import Choice, NumberField, TextLine
from desktop_app.views.widgets.fixed import FIXED
from desktop_app.views.widgets.text import tip
from desktop_app.views.widgets.text_area import TextArea

FIELD_WIDTH = 270  # pixels at a text of 100 %
NUMBER_WIDTH = 90
LINES_SHOWN = (3, 14)
PATHS = frozenset({Kind.FOLDER, Kind.FILE})

Store = Callable[[object], None]
Refuse = Callable[[str], None]


def editable(setting: Setting, store: Store, refuse: Refuse) -> QWidget:
    """A field that gives each committed value to ``store``, or its sentence to ``refuse``."""
    match setting.kind:
        case Kind.CHOICE:
            choice = Choice(setting.choices)
            choice.committed.connect(lambda: store(choice.value()))
            choice.setFixedWidth(dp(FIELD_WIDTH // 2))
            return choice
        case Kind.FLAG:
            flag = QCheckBox(setting.label)
            flag.toggled.connect(store)
            return flag
        case Kind.NUMBER:
            number = NumberField(minimum=setting.minimum, maximum=setting.maximum, whole=True)
            number.committed.connect(lambda: _store_number(number, store, refuse))
            number.setFixedWidth(dp(NUMBER_WIDTH))
            return number
        case Kind.LINES:
            area = TextArea(rows=LINES_SHOWN[0], most_rows=LINES_SHOWN[1])
            area.committed.connect(lambda: store(tuple(area.value().splitlines())))
            return area
    line = TextLine()
    line.committed.connect(lambda: store(line.value()))
    line.setFixedWidth(dp(FIELD_WIDTH))
    return line


def fixed(setting: Setting, value: object) -> QWidget:
    """The value to read and copy, in a field that the focus still reaches."""
    if setting.kind is Kind.LINES:
        area = TextArea(rows=1, most_rows=LINES_SHOWN[1])
        area.setPlaceholderText("Aucune")
        show(area, value)
        area.setReadOnly(True)
        area.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        area.setProperty("locked", True)
        return area
    line = NumberField() if setting.kind is Kind.NUMBER else TextLine()
    line.setReadOnly(True)
    if isinstance(line, NumberField):
        show(line, value)
        line.setFixedWidth(dp(NUMBER_WIDTH))
    else:
        line.set_value(_words(setting, value))
        line.setToolTip(tip(line.text()))
        if not fills_row(setting, is_fixed=True):
            line.setFixedWidth(dp(FIELD_WIDTH))
    return line


def fills_row(setting: Setting, *, is_fixed: bool) -> bool:
    """Whether the field takes its card's whole width: lists, and paths with no button beside."""
    return setting.kind is Kind.LINES or (is_fixed and setting.kind in PATHS)


def describe(field: QWidget, setting: Setting, *, is_fixed: bool) -> None:
    """What a screen reader says after the name and the value; showing a value clears it."""
    words = (f"{FIXED}, lecture seule.", setting.help) if is_fixed else (setting.help,)
    field.setAccessibleName(setting.label)
    field.setAccessibleDescription(" ".join(filter(None, words)))


def show(field: QWidget, value: object) -> None:
    """Puts a value in its field, signalling nothing."""
    match field:
        case NumberField():
            field.set_value(float(str(value)))
        case TextLine():
            field.set_value(str(value))
        case TextArea():
            lines = value if isinstance(value, (list, tuple)) else ()
            field.set_value("\n".join(map(str, lines)))
        case Choice():
            field.set_value(value)
        case QCheckBox():
            field.blockSignals(True)
            field.setChecked(bool(value))
            field.blockSignals(False)


def _words(setting: Setting, value: object) -> str:
    if setting.kind is Kind.FLAG:
        return "Oui" if value else "Non"
    if setting.kind in PATHS and not value:
        return "Aucun"
    return dict(setting.choices).get(str(value), str(value))


def _store_number(field: NumberField, store: Store, refuse: Refuse) -> None:
    value = field.value()
    if value is None:
        refuse(field.error or "Écrivez un nombre.")
    else:
        store(int(value))
