"""Lets Windows' installer know that the program runs: it must not replace it then."""

import sys
from contextlib import suppress

MUTEXES = ("Local\\carnet-impact-running", "Global\\carnet-impact-running")
"""In this session and for the whole machine: an installer for everyone looks at the second."""


def tell_installer() -> None:
    """Holds the two names until the process ends. Never fails; elsewhere, nothing to do."""
    if sys.platform != "win32":
        return
    with suppress(Exception):
        import ctypes

        for name in MUTEXES:
            ctypes.windll.kernel32.CreateMutexW(None, False, name)
