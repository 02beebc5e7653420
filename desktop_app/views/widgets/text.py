"""Labels by their role in the page; the style sheet gives each its size and colour."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def text(content: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """Plain text (never HTML). Roles: h1, h2, figure, strong, muted, small, field, error."""
    label = QLabel(content)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def tip(words: str) -> str:
    """For tool tips and message boxes: Qt would take the « <b> » someone wrote for HTML."""
    if "<" not in words:
        return words
    import html

    return f"<p style='white-space: pre-wrap'>{html.escape(words)}</p>"


def heading(content: str) -> QLabel:
    return text(content, "h2")


def muted(content: str) -> QLabel:
    return text(content, "muted")


def small(content: str) -> QLabel:
    return text(content, "small")


def strong(content: str) -> QLabel:
    return text(content, "strong")


def rule(parent: QWidget | None = None) -> QFrame:
    """A one-pixel horizontal line between rows."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    return line
