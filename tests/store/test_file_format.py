"""A notebook from a newer program: it says which version to ask for, whatever else it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app import __version__
from desktop_app.errors import UserError
from desktop_app.store.backup import backup, restore
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.file_format import version_numbers
from desktop_app.store.migrations.migrate import HEAD, READABLE_SINCE
from desktop_app.store.notebook import Notebook

NEXT = HEAD + 1
PLAIN = rf"son format est le {NEXT}, celui-ci connaît le {HEAD}\. Installez la version .* format"


def run(path: Path, *statements: str, said: object = None) -> Path:
    """Writes behind the program's back; « ? » in a statement is ``said``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement, (said,) if "?" in statement else ())
    return path


def newer(path: Path, said: object) -> Path:
    """As a program that knows one more format would leave it."""
    return run(
        path,
        f"INSERT INTO file_format VALUES ({NEXT}, ?)",  # noqa: S608
        f"PRAGMA user_version = {NEXT}",
        said=said,
    )


def refusal(path: Path, device: DeviceIdentity) -> str:
    """The sentence, the same to write, to read, to copy and to restore; nothing is changed."""
    before = path.read_bytes()
    sentences = set()
    for read_only in (False, True):
        with pytest.raises(UserError) as refused:
            Notebook.open(path, device, read_only=read_only)
        sentences.add(str(refused.value))
    for copy in (backup, restore):
        with pytest.raises(UserError) as refused:
            copy(path, path.with_name("copie.carnet"))
        sentences.add(str(refused.value))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    (sentence,) = sentences
    return sentence


def test_a_newer_notebook_says_which_version_to_ask_for(
    closed: Path, device: DeviceIdentity
) -> None:
    assert refusal(newer(closed, "10.4.0"), device) == (
        "Le carnet «\u00a0essai.carnet\u00a0» vient d’une version plus récente du programme. "
        "Demandez à votre service informatique la version 10.4.0 de Carnet d’impact, ou une plus "
        f"récente (ce poste a la {__version__})."
    )


@pytest.mark.parametrize(
    "said",
    [
        "",
        "0.3",
        "bientôt",
        "<b>9.0.0</b>",
        "9.0.0 <img src='x'>",
        "9.0.0\n",
        " 9.0.0",
        "٩.٠.٠",
        "9.0.0" + "0" * 200_000,
        "9" * 200_000,
        "99999.0.0",
        "-1.0.0",
        b"9.0.0",
        b"\xff\xfe",
        9,
        9.5,
        "0.1.0",  # older than this program, which cannot read it
        __version__,
    ],
    ids=lambda said: repr(said)[:20],
)
def test_what_is_no_version_to_ask_for_is_not_repeated(
    closed: Path, device: DeviceIdentity, said: object
) -> None:
    sentence = refusal(newer(closed, said), device)
    assert len(sentence) < 300
    assert "<" not in sentence
    with pytest.raises(UserError, match=PLAIN):
        Notebook.open(closed, device)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM file_format",
        "DROP TABLE file_format",
        "ALTER TABLE file_format DROP COLUMN readable_since",
        "ALTER TABLE file_format RENAME COLUMN number TO numero",
        f"UPDATE file_format SET number = number + {NEXT}, readable_since = '9.0.0'",  # noqa: S608
    ],
)
def test_a_newer_notebook_that_says_nothing_is_refused_by_its_format(
    closed: Path, device: DeviceIdentity, change: str
) -> None:
    run(closed, change, f"PRAGMA user_version = {NEXT}")
    refusal(closed, device)
    with pytest.raises(UserError, match=PLAIN):
        Notebook.open(closed, device)


def test_text_that_is_no_text_is_not_repeated(closed: Path, device: DeviceIdentity) -> None:
    newer(closed, "9.0.0")
    run(closed, "UPDATE file_format SET readable_since = CAST(x'392e302eff' AS TEXT)")
    refusal(closed, device)
    with pytest.raises(UserError, match=PLAIN):
        Notebook.open(closed, device)


def test_a_new_notebook_says_which_program_reads_it(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        rows = connection.execute("SELECT number, readable_since FROM file_format").fetchall()
    assert rows == [(number, READABLE_SINCE[number]) for number in range(2, HEAD + 1)]


def test_versions_are_compared_as_numbers() -> None:
    assert version_numbers("0.10.0") == (0, 10, 0)
    assert version_numbers("0.10.0rc1") is None
    assert version_numbers(None) is None
