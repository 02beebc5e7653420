"""Whether every module the program may import is there: most are imported late, on first use.

A frozen program holds what its builder found. Asking it which modules it has would miss what it
lacks, so each import statement of each module is read from its compiled code and tried.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from modulefinder import ModuleFinder
from pkgutil import walk_packages
from types import CodeType, ModuleType
from typing import Any

from desktop_app.services.notebook.trial import require

ROOT = "desktop_app"
ELSEWHERE = frozenset({"fcntl", "grp", "msvcrt", "pwd", "resource", "winreg", "_winapi"})
"""Of the standard library, on some systems only."""


def check(root: str = ROOT) -> str:
    """Imports all of ``root`` and all that it names. Fails with what is not there."""
    known: set[str] = set()
    lacking: set[str] = set()
    waiting = [root, *(found.name for found in walk_packages(_path(root), f"{root}."))]
    named: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        for wanted in _imported(name):
            named.add(wanted)
            if not _there(wanted):
                lacking.add(f"{wanted} ({name})")
            elif wanted.partition(".")[0] == root:
                waiting.append(wanted)
    require(not lacking, f"modules absents\u00a0: {', '.join(sorted(lacking))}")
    ours = sum(1 for name in known if name.partition(".")[0] == root)
    return f"{ours} modules, {len(named)} noms importés"


def _path(root: str) -> Any:
    return import_module(root).__path__


def _imported(name: str) -> Iterator[str]:
    """The absolute names that a module's code imports, wherever in it."""
    import_module(name)
    spec = find_spec(name)
    code = None if spec is None else getattr(spec.loader, "get_code", lambda _: None)(name)
    for part in _codes(code):
        for kind, what in ModuleFinder().scan_opcodes(part):
            if kind == "absolute_import":
                names, source = what
                yield source
                yield from _submodules(source, names or ())


def _submodules(source: str, names: tuple[str, ...]) -> Iterator[str]:
    """Of ``from source import names``, those that are no attribute: they can only be modules."""
    module = _loaded(source)
    if module is not None:
        yield from (f"{source}.{name}" for name in names if not hasattr(module, name))


def _codes(code: CodeType | None) -> Iterator[CodeType]:
    if code is not None:
        yield code
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                yield from _codes(constant)


def _there(name: str) -> bool:
    return name.partition(".")[0] in ELSEWHERE or _loaded(name) is not None


def _loaded(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ImportError:
        return None
