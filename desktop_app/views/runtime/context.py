"""What every screen and dialog is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.config.settings import Settings
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.operations import Operations
from desktop_app.views.widgets.notify import Notifier

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """What a screen may use.

    ``go`` shows another place; ``notify.show`` says something at the foot of the window;
    ``setting_changed`` tells the window which setting was just changed.
    """

    services: "NotebookServices"
    operations: Operations
    settings: Settings
    go: Callable[[Place], None]
    notify: Notifier
    setting_changed: Callable[[str], None] = lambda _: None
