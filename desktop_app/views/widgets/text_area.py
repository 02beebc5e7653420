"""A text field that grows with what is written in it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop_app.views.look.theme import dp, repolish

MAXIMUM_TEXT = 100_000


class TextArea(QPlainTextEdit):
    """Same interface as the one-line fields: ``edited``, ``committed``, ``error``, ``commit()``.

    Its height follows the text between ``rows`` and ``most_rows`` lines. Tab leaves the field.
    """

    edited = Signal()
    committed = Signal()

    def __init__(
        self,
        placeholder: str = "",
        *,
        rows: int = 3,
        most_rows: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = rows
        self._most_rows = most_rows
        self._known = ""
        self._error = ""
        self._lines = rows
        self._setting = False
        self.textChanged.connect(self._on_changed)

    @property
    def error(self) -> str:
        return self._error

    @property
    def pending(self) -> bool:
        return self.toPlainText() != self._known

    def set_error(self, sentence: str) -> None:
        changed = bool(sentence) != bool(self._error)
        self._error = sentence
        self.setToolTip(sentence)
        self.setAccessibleDescription(sentence)
        if changed:
            self.setProperty("error", bool(sentence))
            repolish(self)

    def value(self) -> str:
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Shows a text without signalling; what is already there is left alone."""
        if value != self.toPlainText():
            self._setting = True
            self.setPlainText(value)
            self._setting = False
            self._grow()
        self._known = self.toPlainText()
        self.set_error("")

    def commit(self) -> None:
        if not self.pending:
            return
        self._known = self.toPlainText()
        self.committed.emit()

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        height = self._lines * self.fontMetrics().lineSpacing()
        height += margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        return QSize(dp(200), height + dp(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(dp(80), self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        }:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = round(self.document().size().height())  # this layout counts in lines
        shown = min(max(lines, self._rows), self._most_rows)
        if shown != self._lines:
            self._lines = shown
            self.updateGeometry()

    def _too_long(self) -> bool:
        """Counted as the notebook does; Qt counts an emoji twice, and one more for the end."""
        if self.document().characterCount() <= MAXIMUM_TEXT:
            return False
        return len(self.toPlainText()) > MAXIMUM_TEXT

    def _on_changed(self) -> None:
        if self._setting:
            return
        self._grow()
        if self._too_long():
            self.set_error(
                "Ce texte dépasse 100\u202f000 caractères. Joignez-le plutôt en document."
            )
        elif self._error:
            self.set_error("")
        self.edited.emit()
