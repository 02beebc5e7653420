"""Runs first in the frozen program: what it starts must not load its libraries.

PyInstaller's loader points LD_LIBRARY_PATH at the bundle; a viewer opened on an exported document
would look there before its own libraries. The system linker read the variable when this process
began: putting it back changes nothing here.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
