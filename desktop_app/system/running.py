"""What Windows is told of the program while it runs; elsewhere, nothing to do."""

import sys
from contextlib import suppress

from desktop_app.system.paths import APP_NAME

MUTEX = "carnet-impact-running"
MUTEXES = (f"Local\\{MUTEX}", f"Global\\{MUTEX}")
"""In this session and for the whole machine: an installer for everyone looks at the second."""
_FOR_EVERYONE = "D:(A;;0x100000;;;WD)(A;;GA;;;OW)"
"""In Windows' security descriptor language: anyone may wait for it, its owner may do all.

By default a name that one person's program holds cannot be held by another person's as well, and
would be gone with the first.
"""
_SYNCHRONIZE = 0x100000


def tell_installer() -> None:
    """Holds two names until the process ends: the installer must not replace what runs."""
    with suppress(Exception):
        for name in MUTEXES:
            _hold(name)


def _hold(name: str) -> None:
    """Makes the named mutex, or takes hold of it; the handle lasts as long as the process."""
    if sys.platform != "win32":
        return
    import ctypes

    class Attributes(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("descriptor", ctypes.c_void_p),
            ("inherited", ctypes.c_int),
        )

    kernel32, advapi32 = ctypes.windll.kernel32, ctypes.windll.advapi32
    attributes = Attributes(ctypes.sizeof(Attributes), None, 0)
    place = ctypes.c_void_p()
    if advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        _FOR_EVERYONE, 1, ctypes.byref(place), None
    ):
        attributes.descriptor = place.value
    kernel32.CreateMutexExW(ctypes.byref(attributes), name, 0, _SYNCHRONIZE)


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
