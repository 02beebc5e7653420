"""A record's form drawn from a declaration: fields, the words beside them, what they refuse."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.french import NBSP
from desktop_app.views.dialogs.form_editors import Editor, FieldKind, editor
from desktop_app.views.look.theme import dp, repolish
from desktop_app.views.widgets.fields import TextLine
from desktop_app.views.widgets.text import heading, small, text
from desktop_app.views.widgets.text_area import TextArea

GRID = 6
NARROW = 440
"""Width under which a form has one field a row, in pixels at a text of 100 %."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """``required`` is the sentence said when the field is left empty; ``width`` out of six."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    required: str = ""
    help: str = ""
    options: tuple[tuple[object, str], ...] = ()
    width: int = 3
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    fields: tuple[FieldSpec, ...]


Problems = list[tuple[str, str]]
"""(field name, sentence) pairs; '' as name speaks of the whole form."""


class FieldBox(QWidget):
    """Label, editor, and the sentence under it: a hint, or what is wrong."""

    def __init__(self, spec: FieldSpec, today: dt.date) -> None:
        super().__init__()
        self.spec = spec
        self.refused = False
        self.hint = spec.help
        self._remark = ""
        self.editor: Editor = editor(spec.kind, spec.options, spec.placeholder, today, spec.label)
        caption = text(f"{spec.label}{NBSP}*" if spec.required else spec.label, "field")
        caption.setBuddy(self.editor.widget)
        if spec.kind is not FieldKind.NOTE:
            self.editor.widget.setAccessibleName(spec.label)
        self.off = False
        """Hidden because it makes no sense here: it is neither laid out nor asked for."""
        self._note = small("")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(4))
        column.addWidget(caption)
        column.addWidget(self.editor.widget)
        column.addWidget(self._note)
        column.addStretch(1)
        if not spec.label or spec.kind is FieldKind.CHECK:
            caption.hide()
        self.say("", "small")

    def say(self, sentence: str, role: str = "error") -> None:
        """Shows a problem (« error ») or a remark (« warning »); '' puts the hint back.

        A remark comes back once the problem is gone.
        """
        if role == "warning":
            self._remark = sentence
        elif not sentence and self._remark:
            sentence, role = self._remark, "warning"
        shown = sentence or self.hint
        wrong = bool(sentence) and role == "error"
        self._note.setText(shown)
        self._note.setVisible(bool(shown))
        self._note.setProperty("role", "error" if wrong else "small")
        self._note.setProperty("tone", "warn" if sentence and not wrong else "")
        repolish(self._note)
        widget = self.editor.widget
        self.refused = wrong
        if isinstance(widget, (TextLine, TextArea)):
            widget.set_error(sentence if wrong else "")
        elif bool(widget.property("error")) != wrong:
            widget.setProperty("error", wrong)
            repolish(widget)
        widget.setAccessibleDescription(shown)

    def set_hint(self, words: str) -> None:
        """What stands under the field while nothing is wrong."""
        if words != self.hint:
            self.hint = words
            if not self.refused:
                self.say("")

    @property
    def note(self) -> str:
        return "" if self._note.isHidden() else self._note.text()


class RecordForm(QWidget):
    """Signal ``edited()``: at each change by the person."""

    edited = Signal()

    def __init__(
        self,
        sections: Sequence[Section],
        today: dt.date,
        check: Callable[[dict[str, object]], Problems] | None = None,
    ) -> None:
        super().__init__()
        self._check = check
        self._today = today
        self._narrow = False
        self._grids: list[tuple[QGridLayout, list[FieldBox]]] = []
        self._headings: list[tuple[QWidget, list[FieldBox]]] = []
        self.boxes: dict[str, FieldBox] = {}
        self._start: dict[str, object] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(dp(14))
        for section in sections:
            self._add_section(section)
        self._start = self._raw()

    def _add_section(self, section: Section) -> None:
        title = heading(section.title)
        if section.title:
            self.column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(10))
        boxes = [self.add(spec) for spec in section.fields]
        if section.title:
            self._headings.append((title, boxes))
        for column in range(GRID):
            grid.setColumnStretch(column, 1)
        self._grids.append((grid, boxes))
        _arrange(grid, boxes, narrow=False)
        self.column.addLayout(grid)

    def add(self, spec: FieldSpec) -> FieldBox:
        """A field of the form, to be laid out by the caller."""
        box = FieldBox(spec, self._today)
        box.editor.connect(self.edited.emit)
        self.boxes[spec.name] = box
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One field a row where two would be cut."""
        super().resizeEvent(event)
        narrow = self.width() < dp(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            for grid, boxes in self._grids:
                _arrange(grid, boxes, narrow=narrow)

    def load(self, values: Mapping[str, object]) -> None:
        """Shows the values of a record: what the form is then compared with to know it changed."""
        for name, box in self.boxes.items():
            if name in values:
                box.editor.write(values[name])
            box.say("")
        self._start = self._raw()

    def values(self) -> dict[str, object]:
        """The values, or UserError after showing each problem beside its field."""
        values, problems = self._read()
        if not problems and self._check is not None:
            problems = self._check(values)
        self.show_problems(problems)
        if len(problems) > 1:
            raise UserError(f"{len(problems)} champs sont à compléter ou à corriger.")
        if problems:
            raise UserError(problems[0][1])
        return values

    def show_problems(self, problems: Problems) -> None:
        by_name: dict[str, str] = {}
        for name, sentence in problems:
            by_name.setdefault(name, sentence)
        for name, box in self.boxes.items():
            box.say(by_name.get(name, ""))
        first = next((box for name, box in self.boxes.items() if name in by_name), None)
        if first is not None:
            first.editor.widget.setFocus()

    def focus_first(self) -> None:
        """The field where a person starts writing."""
        for box in self.boxes.values():
            if not box.isHidden() and box.editor.widget.isEnabled():
                box.editor.widget.setFocus()
                return

    @property
    def marked(self) -> int:
        """How many fields say beside them why they are refused."""
        return sum(box.refused for box in self.boxes.values())

    def warn(self, name: str, sentence: str) -> None:
        """A remark that does not prevent saving; '' takes it off."""
        self.boxes[name].say(sentence, "warning")

    @property
    def changed(self) -> bool:
        return self._raw() != self._start

    def show_field(self, name: str, *, visible: bool) -> None:
        self.show_fields({name: visible})

    def show_fields(self, visible: Mapping[str, bool]) -> None:
        """Those that show close up; a section that has none left loses its title."""
        changed = {name for name, shown in visible.items() if self.boxes[name].off is shown}
        for name in changed:
            self.boxes[name].off = not visible[name]
            self.boxes[name].setVisible(visible[name])
        if not changed:
            return
        for grid, boxes in self._grids:
            _arrange(grid, boxes, narrow=self._narrow)
        for title, boxes in self._headings:
            title.setVisible(not all(box.off for box in boxes))

    def current(self, name: str) -> object:
        """The field's value now, or None while what is typed cannot be read."""
        try:
            return self.boxes[name].editor.read()
        except UserError:
            return None

    def _raw(self) -> dict[str, object]:
        return {name: box.editor.raw() for name, box in self.boxes.items()}

    def _read(self) -> tuple[dict[str, object], Problems]:
        values: dict[str, object] = {}
        problems: Problems = []
        for name, box in self.boxes.items():
            if box.spec.kind is FieldKind.NOTE:
                continue
            try:
                values[name] = box.editor.read()
            except UserError as error:
                values[name] = None
                if not box.off:
                    problems.append((name, str(error)))
                continue
            if not box.off and box.spec.required and values[name] in (None, "", ()):
                problems.append((name, box.spec.required))
        return values, problems


def refused(
    values: Mapping[str, object], checks: Mapping[str, Callable[[str], object]]
) -> Problems:
    """The problem of each text its check raises UserError for."""
    problems: Problems = []
    for name, check in checks.items():
        value = values.get(name)
        try:
            check(value if isinstance(value, str) else "")
        except UserError as error:
            problems.append((name, str(error)))
    return problems


def _arrange(grid: QGridLayout, boxes: Sequence[FieldBox], *, narrow: bool) -> None:
    row = used = 0
    for box in boxes:
        grid.removeWidget(box)
        if box.off:
            continue
        width = GRID if narrow else box.spec.width
        if used + width > GRID:
            row, used = row + 1, 0
        grid.addWidget(box, row, used, 1, width)
        used += width
