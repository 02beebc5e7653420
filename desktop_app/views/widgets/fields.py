"""One-line fields, all with ``value()``, ``set_value()``, ``commit()`` and two signals.

``edited`` comes at each keystroke or choice of the person, never on ``set_value``; ``committed``
when an edit is over: Enter, focus gone, choice made, or ``commit()`` called. ``committed`` comes
only if the text changed since the last ``set_value`` or ``committed``.
"""

import datetime as dt

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp, repolish
from desktop_app.views.widgets.text import text as label_of
from desktop_app.views.widgets.text import tip

MAXIMUM_LINE = 1000


class TextLine(QLineEdit):
    """One line of text. ``error`` is the French sentence shown while the text is refused."""

    edited = Signal()
    committed = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(MAXIMUM_LINE)
        self.setMinimumWidth(dp(48))
        self._error = ""
        self._known = ""
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self.commit)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(dp(120), self.minimumWidth()), hint.height())

    @property
    def error(self) -> str:
        return self._error

    def set_error(self, sentence: str) -> None:
        """Marks the field as refused (red border, tool tip, description); '' clears it."""
        changed = bool(sentence) != bool(self._error)
        self._error = sentence
        self.setToolTip(tip(sentence))
        self.setAccessibleDescription(sentence)
        if changed:
            self.setProperty("error", bool(sentence))
            repolish(self)

    def value(self) -> str:
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Shows a value without signalling. The person's caret stays where it was if equal."""
        if value != self.text():
            self.setText(value)
            self.setCursorPosition(0)
        self._known = self.text()
        self.set_error("")

    def commit(self) -> None:
        """Ends the edit now: checks the text, and emits ``committed`` if it changed."""
        if self.text() == self._known:
            return
        self.check()
        if not self._error and not self.hasFocus():
            self._rewrite()
        self._known = self.text()
        self.committed.emit()

    def check(self) -> None:
        """Sets or clears ``error`` for the present text."""
        try:
            self.written()
        except UserError as error:
            self.set_error(str(error))
        else:
            self.set_error("")

    def written(self) -> str:
        """The text as it should be written (« 3.8 » is « 3,8 »). Raises UserError if refused."""
        return self.text()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The edit is over: what is accepted is written properly."""
        super().focusOutEvent(event)
        if not self._error and not self.pending and not self.isReadOnly():
            self._rewrite()
            self._known = self.text()

    def _rewrite(self) -> None:
        try:
            proper = self.written()
        except UserError:
            return
        if proper != self.text():
            self.setText(proper)

    @property
    def pending(self) -> bool:
        """Whether something typed has not been committed yet."""
        return self.text() != self._known

    def _on_edited(self) -> None:
        if self._error:
            self.check()
        self.edited.emit()


class NumberField(TextLine):
    """Reads « 8,4 » and « 8.4 ». ``value()`` is None when empty or refused (see ``error``).

    ``minimum`` and ``maximum`` are inclusive; ``whole`` refuses decimals. ``percentage``: the
    number is one, and may be typed with its sign.
    """

    def __init__(
        self,
        placeholder: str = "",
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.minimum = minimum
        self.maximum = maximum
        self.whole = whole
        self.percentage = False

    def sizeHint(self) -> QSize:
        return QSize(dp(82), super().sizeHint().height())

    def value(self) -> float | None:  # type: ignore[override]
        try:
            return self._read()
        except UserError:
            return None

    def set_value(self, value: float | None) -> None:  # type: ignore[override]
        super().set_value(french.written(value, grouped=False))

    def written(self) -> str:
        """Only the decimal mark changes: the figures stay as typed (« 3.80 » is « 3,80 »)."""
        value = self._read()
        proper = self.text().strip().replace(".", ",")
        try:
            kept = self.parse(proper) == value
        except UserError:  # points separated thousands: « 1.234,5 »
            kept = False
        return proper if kept else french.written(value, grouped=False)

    def parse(self, text: str) -> float | None:
        """What is typed, as a number. Raises UserError when it is none of this kind."""
        if self.whole:
            return french.parse_count(text)
        return french.parse_number(text, percentage=self.percentage)

    def _read(self) -> float | None:
        value = self.parse(self.text())
        low, high = self.minimum, self.maximum
        if value is None or ((low is None or value >= low) and (high is None or value <= high)):
            return value
        if low is not None and high is not None:
            bounds = f"entre {french.number(low)} et {french.number(high)}"
        elif low is not None:
            bounds = f"à partir de {french.number(low)}"
        else:
            bounds = f"jusqu’à {french.number(high)}"
        raise UserError(f"La valeur doit être {bounds}. Corrigez la saisie.")


class TimeField(TextLine):
    """Reads « 13:30 », « 13h30 », « 1330 », « 9 »; rewritten « 13:30 » once committed."""

    def __init__(self, placeholder: str = "hh:mm", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)

    def sizeHint(self) -> QSize:
        return QSize(dp(76), super().sizeHint().height())

    def value(self) -> dt.time | None:  # type: ignore[override]
        try:
            return french.parse_time(self.text())
        except UserError:
            return None

    def set_value(self, value: dt.time | None) -> None:  # type: ignore[override]
        super().set_value("" if value is None else french.time(value))

    def written(self) -> str:
        value = french.parse_time(self.text())
        return self.text() if value is None else french.time(value)


class DateField(TextLine):
    """Reads « 9/6/21 », « 09/06/2021 », « 9-6 » (this year); Alt+Down opens a calendar.

    ``today`` is the notebook's day: it completes a missing year and starts the calendar.
    """

    def __init__(
        self,
        placeholder: str = "jj/mm/aaaa",
        *,
        today: dt.date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, parent)
        self.today = today or dt.date.today()  # noqa: DTZ011  (the person's own day)
        action = self.addAction(
            icon("calendar-blank", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        action.setToolTip("Ouvrir le calendrier (Alt+↓)")
        action.triggered.connect(self.open_calendar)

    def sizeHint(self) -> QSize:
        return QSize(dp(132), super().sizeHint().height())

    def value(self) -> dt.date | None:  # type: ignore[override]
        try:
            return french.parse_date(self.text(), self.today)
        except UserError:
            return None

    def set_value(self, value: dt.date | None) -> None:  # type: ignore[override]
        super().set_value("" if value is None else french.date(value))

    def written(self) -> str:
        value = french.parse_date(self.text(), self.today)
        return self.text() if value is None else french.date(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and alt:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setAccessibleName("Calendrier")
        calendar.setGridVisible(False)
        header = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        calendar.setVerticalHeaderFormat(header)
        day = self.value() or self.today
        calendar.setSelectedDate(_qdate(day))
        calendar.activated.connect(lambda chosen: self._choose(chosen.toPython(), calendar))
        calendar.clicked.connect(lambda chosen: self._choose(chosen.toPython(), calendar))
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()
        calendar.setFocus()

    def _choose(self, day: object, calendar: QCalendarWidget) -> None:
        if isinstance(day, dt.date):
            self.setText(french.date(day))
            self.edited.emit()
            self.commit()
        calendar.close()


class Choice(QComboBox):
    """A closed list of (value, text). ``value()`` is the value chosen, None when there is none."""

    edited = Signal()
    committed = Signal()

    def __init__(
        self,
        items: list[tuple[object, str]] | tuple[tuple[object, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._values: list[object] = []
        self.set_items(items)
        self.activated.connect(self._on_activated)

    def set_items(self, items: list[tuple[object, str]] | tuple[tuple[object, str], ...]) -> None:
        """Replaces the list, keeping the value when it is still there; signals nothing."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in items]
        self.addItems([text for _, text in items])
        self.setCurrentIndex(
            self._values.index(kept) if kept in self._values else min(0, len(items) - 1)
        )
        self.blockSignals(False)

    def value(self) -> object:
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: object) -> None:
        """An unknown value shows an empty choice."""
        self.blockSignals(True)
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        self.blockSignals(False)

    def commit(self) -> None:
        """A choice is committed as it is made: nothing is pending."""

    def showPopup(self) -> None:
        """As wide as its longest choice."""
        view = self.view()
        edge = view.verticalScrollBar().sizeHint().width() + dp(24)
        view.setMinimumWidth(view.sizeHintForColumn(0) + edge)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page over a list must not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_activated(self) -> None:
        self.edited.emit()
        self.committed.emit()


def labelled(label: str, widget: QWidget) -> QWidget:
    """The field under its label, which names it for screen readers."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(dp(4))
    caption: QLabel = label_of(label, "field")
    caption.setBuddy(widget)
    column.addWidget(caption)
    column.addWidget(widget)
    if not widget.accessibleName():
        widget.setAccessibleName(label)
    return box


def commit_fields(root: QWidget) -> None:
    """Ends every edit under ``root``: what a screen's ``flush`` calls."""
    from desktop_app.views.widgets.text_area import TextArea

    for line in root.findChildren(TextLine):
        line.commit()
    for area in root.findChildren(TextArea):
        area.commit()


def _qdate(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
