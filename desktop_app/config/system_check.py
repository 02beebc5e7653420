"""What the system must offer before the window can open."""

import os
import sys


def no_display() -> bool:
    """Whether Qt has nowhere to show a window: on Linux it would end the program on its own."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in known)
