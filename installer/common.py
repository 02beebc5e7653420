"""What every package shares: version, date, folders, commands, hashes."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
ARTEFACTS = BUILD / "dist"
SHOWN_NAME = "Carnet d’impact"
PROGRAM = "carnet-impact"


class BuildError(Exception):
    """What stops a build, said in one line."""


def version() -> str:
    """The program's version, read from the one place that holds it without importing anything."""
    source = (ROOT / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', source, re.MULTILINE)
    if found is None:
        raise BuildError("desktop_app/__init__.py holds no version of the form 1.2.3")
    return found[1]


def epoch() -> int:
    """Seconds since 1970 that stand for « now » in everything built (SOURCE_DATE_EPOCH).

    The environment's if given, else the last commit's, so that two builds of one commit agree.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given) if given else _last_commit(ROOT)


@cache
def _last_commit(root: Path) -> int:
    try:
        return int(git("log", "-1", "--format=%ct", root=root))
    except BuildError as error:
        reason = str(error).splitlines()[-1]
        raise BuildError(
            "git does not tell when the last commit was made: set SOURCE_DATE_EPOCH"
            f" (seconds since 1970) to the date of what you build ({reason})"
        ) from error


def git(*words: str, root: Path = ROOT) -> str:
    """Asks git about a checkout. Raises BuildError.

    Git refuses root a checkout that someone else owns, lest its settings run their commands.
    Whoever runs this is running the checkout's own code already.
    """
    return run(["git", "-c", f"safe.directory={root}", *words], cwd=root).strip()


def reproducible_environment() -> dict[str, str]:
    """The environment builds run in: what would make two of them differ is fixed."""
    fixed = {
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    return {**os.environ, **fixed}


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 1800,
) -> str:
    """Runs a command without input; gives what it wrote. Raises BuildError with its last lines."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError as error:
        raise BuildError(f"{words[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{words[0]} did not end within {timeout:.0f} s") from error
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        tail = "\n".join(text.splitlines()[-30:])
        raise BuildError(f"{' '.join(words)} ended with status {done.returncode}:\n{tail}")
    return text


def missing_tools(*names: str) -> tuple[str, ...]:
    """The commands that are not on this machine."""
    return tuple(name for name in names if shutil.which(name) is None)


def files_of(folder: Path) -> Iterator[Path]:
    """Every file and link under ``folder``, in an order that depends on names only."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return iter(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, or of a link's target, in hexadecimal."""
    if path.is_symlink():
        return hashlib.sha256(os.fsencode(path.readlink())).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_hash(folder: Path) -> str:
    """One SHA-256 for a payload: the names and contents of all its files, not their dates."""
    digest = hashlib.sha256()
    for path in files_of(folder):
        digest.update(f"{file_hash(path)}  {path.relative_to(folder).as_posix()}\n".encode())
    return digest.hexdigest()


def tree_size(folder: Path) -> int:
    """Bytes of the files under ``folder``."""
    return sum(path.lstat().st_size for path in files_of(folder))


def release_date(changelog: Path, wanted: str) -> date:
    """The day CHANGELOG.md gives to a version. Raises BuildError without a dated entry."""
    heading = re.compile(rf"^## {re.escape(wanted)} — (\d{{4}}-\d{{2}}-\d{{2}})$", re.MULTILINE)
    found = heading.search(changelog.read_text(encoding="utf-8"))
    if found is None:
        raise BuildError(f"CHANGELOG.md has no entry « ## {wanted} — YYYY-MM-DD »")
    return date.fromisoformat(found[1])


def say(line: str) -> None:
    """One line of progress, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
