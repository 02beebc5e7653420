"""The systems packages are installed into, made once a run."""

from installer.tests.linux_fixtures import (
    desktop,
    display,
    installed,
    just_installed,
    linux_package,
    machine,
    older,
    older_machine,
    previous_package,
)
from installer.tests.windows_fixtures import (
    next_package,
    older_package,
    older_payload,
    older_setup,
    package,
    setup,
    unchecked_setup,
    windows,
    windows_packages,
)

__all__ = [
    "desktop",
    "display",
    "installed",
    "just_installed",
    "linux_package",
    "machine",
    "next_package",
    "older",
    "older_machine",
    "older_package",
    "older_payload",
    "older_setup",
    "package",
    "previous_package",
    "setup",
    "unchecked_setup",
    "windows",
    "windows_packages",
]
