"""Paths that an organisation fixes: one text for every user, so « ~ » and variables are theirs."""

import ntpath
import os
import re
import sys
from collections.abc import Callable

from desktop_app.config.values import MisfitError
from desktop_app.french import quoted

Expand = Callable[[str], str]
_VARIABLE = re.compile(r"%[\w().-]+%|\$\w+|\$\{[^}]*\}")
_WHOLE_ON_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|[\\/]{2}[^\\/]+[\\/][^\\/]")
"""A drive's or a share's: « \\logo.png » depends on the drive that one happens to be on."""


def local_path(written: str) -> str:
    """The path that it is for this person. Raises MisfitError unless it is a whole one."""
    path = os.path.expanduser(expanded(written, os.path.expandvars))  # noqa: PTH111  (as below)
    if not os.path.isabs(path):  # noqa: PTH117
        raise MisfitError("écrivez un chemin complet, qui parte du disque, de ~ ou d’une variable.")
    return path


def windows_path(written: str, expand: Expand) -> str:
    """The same of a path that the registry holds."""
    path = ntpath.expanduser(expanded(written, expand))
    if not _WHOLE_ON_WINDOWS.match(path):
        raise MisfitError(
            "écrivez un chemin complet, qui parte d’un lecteur, d’un partage, de ~ ou d’une "
            "variable."
        )
    return path


def expanded(written: str, expand: Expand) -> str:
    """With its variables. Raises MisfitError for one that is not set: all would share its name."""
    for name in _VARIABLE.findall(written):
        if expand(name) == name:
            raise MisfitError(f"la variable {quoted(name)} n’est pas définie ici. Vérifiez-la.")
    return expand(written)


def windows_variables() -> Expand:
    r"""Windows' own reading: Python's stops at an apostrophe (« Val d'Oise\%USERNAME% »)."""
    if sys.platform != "win32":
        return ntpath.expandvars
    import winreg

    return winreg.ExpandEnvironmentStrings
