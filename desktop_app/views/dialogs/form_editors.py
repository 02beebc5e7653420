"""One way to read and write each kind of field of a form."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QCheckBox

from desktop_app import french
from desktop_app.views.dialogs.form_checklist import Checklist
from desktop_app.views.theme import dp
from desktop_app.views.widgets.fields import Choice, DateField, NumberField, TextLine
from desktop_app.views.widgets.text_area import TextArea

Options = tuple[tuple[object, str], ...]
EditorWidget = TextLine | TextArea | Choice | Checklist | QCheckBox


class FieldKind(Enum):
    LINE = auto()
    AREA = auto()
    NUMBER = auto()
    COUNT = auto()
    DATE = auto()
    CHOICE = auto()
    LIST = auto()
    CHECKS = auto()


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


def editor(kind: FieldKind, options: Options, placeholder: str, today: dt.date) -> Editor:
    makers: dict[FieldKind, Callable[[], Editor]] = {
        FieldKind.LINE: lambda: _line(placeholder),
        FieldKind.AREA: lambda: _area(placeholder),
        FieldKind.NUMBER: lambda: _number(whole=False),
        FieldKind.COUNT: lambda: _number(whole=True),
        FieldKind.DATE: lambda: _date(today),
        FieldKind.CHOICE: lambda: _choice(options),
        FieldKind.LIST: lambda: _list(placeholder),
        FieldKind.CHECKS: lambda: _checks(options),
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


def _list(placeholder: str) -> Editor:
    """Words separated by semicolons; a tuple for the services."""
    widget = TextLine(placeholder)

    def read() -> tuple[str, ...]:
        words = (word.strip() for word in re.split(r"[;\n]", widget.text()))
        return tuple(dict.fromkeys(word for word in words if word))

    def write(value: object) -> None:
        words = value if isinstance(value, (tuple, list)) else ()
        widget.set_value(f"{french.NNBSP}; ".join(str(word) for word in words))

    return Editor(widget, read, write, widget.text, widget.edited.connect)


def _checks(options: Options) -> Editor:
    widget = Checklist(options)
    widget.setMaximumHeight(dp(170))
    return Editor(widget, widget.value, widget.set_value, widget.value, widget.edited.connect)
