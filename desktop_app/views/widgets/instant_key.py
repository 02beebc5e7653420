"""A button's key that acts at once: Qt's own waits 100 ms, while the person goes on typing."""

from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.views.widgets.buttons import Button
from desktop_app.views.widgets.keys import key_names


def bind_key(button: Button, keys: str, *, shown: bool = True) -> None:
    """Clicks the button when the keys are struck, as long as it is visible and enabled.

    ``shown`` writes them on the button; its tool tip says them in any case.
    """
    if shown:
        button.show_shortcut(keys)
    else:
        button.setToolTip(f"{button.text()} ({key_names(keys)})")
    QShortcut(QKeySequence(keys), button).activated.connect(button.click)
