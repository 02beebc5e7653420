"""Real harm done to the file: opening says so in a sentence, or the check does."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import PHOTO

from desktop_app.errors import UserError
from desktop_app.store import integrity
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

FLIPS = 150
# What no other place in the file repeats: who signed a journal line, when, and thumbnails.
UNPROTECTED = {"journal": {"author", "hlc"}, "attachment_content": {"thumbnail"}}


def logical_content(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """All the tables hold, but what nothing else can vouch for."""
    content = []
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'"
        ).fetchall()
        for (table,) in sorted(tables):
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608
            names = [column[0] for column in rows.description]
            kept = [at for at, name in enumerate(names) if name not in UNPROTECTED.get(table, ())]
            content.append((table, [tuple(row[at] for at in kept) for row in rows]))
    return content


def problems(path: Path, device: DeviceIdentity) -> list[str]:
    """What opening or checking says about the file; never an exception of another kind."""
    try:
        with Notebook.open(path, device, read_only=True) as notebook:
            return [message for _, message in integrity.check(notebook)]
    except UserError as error:
        return [str(error)]


@pytest.mark.parametrize("kept", [1, 15, 16, 50, 99, 100, 101, 511, 4095, 4096, 4097])
def test_truncated_near_the_start(closed: Path, device: DeviceIdentity, kept: int) -> None:
    closed.write_bytes(closed.read_bytes()[:kept])
    with pytest.raises(UserError, match="tronqué"):
        Notebook.open(closed, device)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999])
def test_truncated_anywhere(closed: Path, device: DeviceIdentity, share: float) -> None:
    whole = closed.read_bytes()
    closed.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UserError, match=r"tronqué.*restaurez une sauvegarde"):
        Notebook.open(closed, device)
    assert len(closed.read_bytes()) == int(len(whole) * share)


def test_one_flipped_bit_anywhere_is_seen_or_harmless(
    closed: Path, device: DeviceIdentity, tmp_path: Path
) -> None:
    whole = closed.read_bytes()
    expected = logical_content(closed)
    rng = random.Random(2021)  # noqa: S311
    harmed = tmp_path / "bit.carnet"
    seen = 0
    for _ in range(FLIPS):
        position, bit = rng.randrange(len(whole)), rng.randrange(8)
        data = bytearray(whole)
        data[position] ^= 1 << bit
        harmed.write_bytes(data)
        if problems(harmed, device):
            seen += 1
        else:
            assert logical_content(harmed) == expected, f"byte {position}, bit {bit}"
    assert seen > FLIPS / 10


def test_every_bit_of_the_header_is_seen_or_harmless(
    closed: Path, device: DeviceIdentity, tmp_path: Path
) -> None:
    whole = closed.read_bytes()
    expected = logical_content(closed)
    harmed = tmp_path / "bit.carnet"
    for position in range(100):
        data = bytearray(whole)
        data[position] ^= 1 << (position % 8)
        harmed.write_bytes(data)
        if not problems(harmed, device):
            assert logical_content(harmed) == expected, f"byte {position}"


@pytest.mark.parametrize("page", range(1, 12))
def test_a_page_of_zeros(closed: Path, device: DeviceIdentity, page: int) -> None:
    data = bytearray(closed.read_bytes())
    data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    closed.write_bytes(data)
    assert problems(closed, device)


def test_an_attachment_with_one_byte_changed(closed: Path, device: DeviceIdentity) -> None:
    data = bytearray(closed.read_bytes())
    data[data.index(PHOTO) + 700] ^= 1
    closed.write_bytes(data)
    with Notebook.open(closed, device) as notebook:
        found = integrity.check(notebook)
    assert [area for area, _ in found] == ["attachments"]
    assert "seance.jpg" in found[0][1]


def test_a_word_changed_in_the_file(closed: Path, device: DeviceIdentity) -> None:
    data = bytearray(closed.read_bytes())
    data[data.index(b"Un \xc3\xa9l\xc3\xa8ve reste")] = ord("X")
    closed.write_bytes(data)
    assert problems(closed, device)


def test_a_text_file_with_our_extension(tmp_path: Path, device: DeviceIdentity) -> None:
    path = tmp_path / "liste.carnet"
    path.write_text("nom;prénom\n" * 500, encoding="utf-8")
    with pytest.raises(UserError, match=r"liste.carnet.» n’est pas un carnet"):
        Notebook.open(path, device)


def test_an_empty_file(tmp_path: Path, device: DeviceIdentity) -> None:
    path = tmp_path / "vide.carnet"
    path.touch()
    with pytest.raises(UserError, match="est vide"):
        Notebook.open(path, device)


def test_a_missing_file_and_a_folder(tmp_path: Path, device: DeviceIdentity) -> None:
    with pytest.raises(UserError, match="n’existe pas à cet endroit"):
        Notebook.open(tmp_path / "absent.carnet", device)
    with pytest.raises(UserError, match="est un dossier"):
        Notebook.open(tmp_path, device)


def test_a_pipe_is_not_waited_for(tmp_path: Path, device: DeviceIdentity) -> None:
    pipe = tmp_path / "tuyau.carnet"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="n’est pas un fichier"):
        Notebook.open(pipe, device)


@pytest.mark.parametrize("name", ["é" * 120, "a" * 240, "a" * 300, "😀" * 62])
def test_a_name_too_long_is_said(tmp_path: Path, device: DeviceIdentity, name: str) -> None:
    path = tmp_path / f"{name}.carnet"
    for call in (
        lambda: Notebook.open(path, device),
        lambda: Notebook.create(path, title="T", device=device),
    ):
        with pytest.raises(UserError, match="trop long"):
            call()


def test_a_name_of_two_hundred_and_forty_bytes_works(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    path = tmp_path / f"{'é' * 117}.carnet"
    Notebook.create(path, title="T", device=device).close()
    Notebook.open(path, device).close()


def test_a_path_too_deep_is_said(tmp_path: Path, device: DeviceIdentity) -> None:
    deep = tmp_path.joinpath(*["dossier " + "é" * 20] * 10)
    deep.mkdir(parents=True)
    with pytest.raises(UserError, match="chemin est trop long"):
        Notebook.create(deep / "a.carnet", title="T", device=device)


def test_the_check_of_a_file_damaged_while_open_says_so(
    closed: Path, device: DeviceIdentity
) -> None:
    with Notebook.open(closed, device) as notebook:
        with closed.open("r+b") as file:
            file.seek(100)
            file.write(b"\xff" * 4000)
        found = integrity.check(notebook)
    assert any(area == "file" for area, _ in found)


def test_a_database_of_another_program(tmp_path: Path, device: DeviceIdentity) -> None:
    path = tmp_path / "autre.carnet"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(UserError, match="autre programme"):
        Notebook.open(path, device)


def test_a_notebook_without_version(closed: Path, device: DeviceIdentity) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(UserError, match="endommagé"):
        Notebook.open(closed, device)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM notebook",
        "UPDATE notebook SET reference_date = 'hier'",
        "DROP TABLE journal",
        "UPDATE journal SET hlc = 'zzz'",
    ],
)
def test_a_notebook_without_what_every_use_needs(
    closed: Path, device: DeviceIdentity, tamper: Callable[..., None], sql: str
) -> None:
    if sql.startswith("DROP"):
        with closing(sqlite3.connect(closed)) as connection:
            connection.execute(sql)
    else:
        tamper(closed, sql)
    with pytest.raises(UserError, match="endommagé"):
        Notebook.open(closed, device)
