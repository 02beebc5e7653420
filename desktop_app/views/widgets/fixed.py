"""The mark of what the organisation decides: a lock and its words, never the colour alone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.text import small

FIXED = "Fixé par votre organisation"


def fixed_mark() -> QWidget:
    """Stands under a fixed field."""
    mark = QWidget()
    across = QHBoxLayout(mark)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(dp(6))
    lock = QLabel()
    side = dp(16)
    lock.setPixmap(icon("lock-simple", "muted").pixmap(QSize(side, side)))
    across.addWidget(lock, 0, Qt.AlignmentFlag.AlignVCenter)
    across.addWidget(small(FIXED), 1)
    return mark
