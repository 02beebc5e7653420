"""What Windows is told of the program while it runs; elsewhere, nothing to do."""

import sys
from contextlib import suppress

from desktop_app.config.paths import APP_NAME

MUTEXES = ("Local\\carnet-impact-running", "Global\\carnet-impact-running")
"""In this session and for the whole machine: an installer for everyone looks at the second."""


def tell_installer() -> None:
    """Holds two names until the process ends: the installer must not replace what runs."""
    if sys.platform != "win32":
        return
    with suppress(Exception):
        import ctypes

        for name in MUTEXES:
            ctypes.windll.kernel32.CreateMutexW(None, False, name)


def name_for_taskbar() -> None:
    """Run by Python itself, the window would show as one of Python's, under its icon.

    The frozen program needs none: its own executable names it, and a shortcut pinned to the
    taskbar, which bears no such name, would show beside it.
    """
    if sys.platform != "win32" or getattr(sys, "frozen", False):
        return
    with suppress(Exception):
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_NAME)
