"""One way to read and write each kind of field of a form."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QCheckBox, QLabel

from desktop_app import french
from desktop_app.views.dialogs.category_list import CategoryList
from desktop_app.views.dialogs.form_checklist import Checklist
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.fields import Choice, DateField, NumberField, TextLine
from desktop_app.views.widgets.text import small
from desktop_app.views.widgets.text_area import TextArea

Options = tuple[tuple[object, str], ...]
EditorWidget = TextLine | TextArea | Choice | Checklist | CategoryList | QCheckBox | QLabel


class FieldKind(Enum):
    """``CHECK`` bears its own label; ``NOTE`` is words to read, no field."""

    LINE = auto()
    AREA = auto()
    NUMBER = auto()
    COUNT = auto()
    DATE = auto()
    CHOICE = auto()
    CATEGORIES = auto()
    CHECKS = auto()
    CHECK = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class Editor:
    """``raw`` is what is on screen, to know whether something changed.

    ``read`` gives the value as the services take it, or raises UserError with why it cannot.
    """

    widget: EditorWidget
    read: Callable[[], object]
    write: Callable[[object], None]
    raw: Callable[[], object]
    connect: Callable[[Callable[[], object]], object]


def editor(
    kind: FieldKind, options: Options, placeholder: str, today: dt.date, label: str = ""
) -> Editor:
    makers: dict[FieldKind, Callable[[], Editor]] = {
        FieldKind.LINE: lambda: _line(placeholder),
        FieldKind.AREA: lambda: _area(placeholder),
        FieldKind.NUMBER: lambda: _number(whole=False),
        FieldKind.COUNT: lambda: _number(whole=True),
        FieldKind.DATE: lambda: _date(today),
        FieldKind.CHOICE: lambda: _choice(options),
        FieldKind.CATEGORIES: _categories,
        FieldKind.CHECKS: lambda: _checks(options),
        FieldKind.CHECK: lambda: _check(label),
        FieldKind.NOTE: _note,
    }
    return makers[kind]()


def _line(placeholder: str) -> Editor:
    widget = TextLine(placeholder)
    return Editor(
        widget,
        widget.value,
        lambda value: widget.set_value(str(value or "")),
        widget.text,
        widget.edited.connect,
    )


def _area(placeholder: str) -> Editor:
    widget = TextArea(placeholder, rows=2, most_rows=8)
    return Editor(
        widget,
        widget.value,
        lambda value: widget.set_value(str(value or "")),
        widget.toPlainText,
        widget.edited.connect,
    )


def _number(*, whole: bool) -> Editor:
    widget = NumberField(whole=whole)
    return Editor(
        widget,
        lambda: widget.parse(widget.text()),
        lambda value: widget.set_value(value if isinstance(value, (int, float)) else None),
        widget.text,
        widget.edited.connect,
    )


def _date(today: dt.date) -> Editor:
    widget = DateField(today=today)
    return Editor(
        widget,
        lambda: french.parse_date(widget.text(), widget.today),
        lambda value: widget.set_value(value if isinstance(value, dt.date) else None),
        widget.text,
        widget.edited.connect,
    )


def _choice(options: Options) -> Editor:
    widget = Choice(options)
    return Editor(widget, widget.value, widget.set_value, widget.value, widget.edited.connect)


def _categories() -> Editor:
    widget = CategoryList()
    return Editor(widget, widget.value, widget.set_value, widget.raw, widget.edited.connect)


def _check(label: str) -> Editor:
    widget = QCheckBox(label)
    return Editor(
        widget,
        widget.isChecked,
        lambda value: widget.setChecked(bool(value)),
        widget.isChecked,
        lambda call: widget.clicked.connect(lambda _checked: call()),
    )


def _note() -> Editor:
    widget = small("")
    return Editor(
        widget,
        lambda: None,
        lambda value: widget.setText(str(value or "")),
        lambda: None,
        lambda _call: None,
    )


def _checks(options: Options) -> Editor:
    widget = Checklist(options)
    widget.setMaximumHeight(dp(170))
    return Editor(widget, widget.value, widget.set_value, widget.value, widget.edited.connect)
