"""Says in one line what is missing before a virtual environment can be made."""

import importlib.util
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (run before the environment exists)
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
    sys.exit("Python's venv module is missing. On Debian: sudo apt-get install python3-venv")
