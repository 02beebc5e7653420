"""The systems packages are installed into, made once a run."""

from installer.tests.linux_fixtures import (
    desktop,
    display,
    installed,
    linux_package,
    machine,
    older,
    older_machine,
    previous_package,
)

__all__ = [
    "desktop",
    "display",
    "installed",
    "linux_package",
    "machine",
    "older",
    "older_machine",
    "previous_package",
]
