"""A notebook of an older program: copied, verified, upgraded; nothing lost when that is cut short.

``files/format-1.carnet.gz`` was written by version 0.1.0: two laptops, four visits (one validated,
one deleted), measures, findings, an action and a photo.
"""

import gzip
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from alembic import op
from sqlalchemy import Column, String

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.store import integrity
from desktop_app.store.backup import backup
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.migrations import migrate
from desktop_app.store.migrations.migrate import HEAD, READABLE_SINCE
from desktop_app.store.notebook import Notebook
from desktop_app.store.upgrade import upgrade_with_copy

STORED = Path(__file__).with_name("files") / "format-1.carnet.gz"
COPY = "ancien (format 1).carnet"

Unprivileged = Callable[[], AbstractContextManager[None]]
Content = dict[str, list[dict[str, Any]]]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Alone in its folder."""
    folder = tmp_path / "Été 2021"
    folder.mkdir()
    path = folder / "ancien.carnet"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def content(path: Path) -> Content:
    """What every row of every table that format 1 had holds: columns added since say nothing."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
            "('file_format', 'kept_screen', 'figures_notice') "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
        return {
            name: [
                {column: row[column] for column in row.keys() if row[column] is not None}  # noqa: SIM118
                for row in connection.execute(f"SELECT * FROM {name}")  # noqa: S608
            ]
            for (name,) in names
        }


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(site)")}


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def migration(upgrade: Callable[[], None]) -> ModuleType:
    made = ModuleType("made_for_the_test")
    made.upgrade = upgrade  # type: ignore[attr-defined]
    return made


def test_the_stored_file_is_upgraded(old: Path, device: DeviceIdentity) -> None:
    before = content(old)
    assert len(before["visit"]) == 4
    assert len(before["attachment_content"]) == 1
    with Notebook.open(old, device) as notebook:
        assert integrity.check(notebook) == []
        with notebook.write() as uow:
            uow.add(Site(name="après la mise à jour"))
        assert integrity.check(notebook) == []
        assert notebook.schema_version == HEAD
        (sentence,) = notebook.warnings
    assert names(old.parent) == [COPY, old.name]
    assert content(old.with_name(COPY)) == before
    assert version(old.with_name(COPY)) == 1
    assert version(old) == HEAD
    assert f"antérieures à la {READABLE_SINCE[HEAD]} ne peuvent plus l’ouvrir" in sentence
    assert f"sous le nom «\u00a0{COPY}\u00a0»" in sentence
    with Notebook.open(old, device) as again:
        assert again.warnings == ()


def test_an_upgrade_changes_no_record(old: Path, device: DeviceIdentity) -> None:
    before = content(old)
    Notebook.open(old, device).close()
    assert content(old) == before


def test_the_copy_can_be_opened_in_its_turn(old: Path, device: DeviceIdentity) -> None:
    Notebook.open(old, device).close()
    with Notebook.open(old.with_name(COPY), device) as notebook:
        assert integrity.check(notebook) == []


def test_an_old_notebook_is_not_upgraded_by_those_who_only_read(
    old: Path, device: DeviceIdentity, temporary: Path
) -> None:
    before = old.read_bytes()
    with Notebook.open(old, device, read_only=True) as notebook:
        assert (notebook.path, notebook.schema_version) == (old, 1)
        assert integrity.check(notebook) == []
        (copy,) = temporary.glob("carnet-*/*.carnet")
        assert version(copy) == HEAD
        assert copy.parent.stat().st_mode & 0o077 == 0
    assert list(temporary.iterdir()) == []
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_an_old_notebook_on_protected_media_is_read_and_backed_up(
    old: Path, device: DeviceIdentity, open_folder: Path, unprivileged: Unprivileged
) -> None:
    """Its last session ended badly, too: what it saved is still in the file beside."""
    holder = sqlite3.connect(old, isolation_level=None)
    holder.execute("PRAGMA journal_mode = WAL")
    holder.execute("UPDATE search_document SET body = body || ' attendu'")
    media, copies = open_folder / "support", open_folder / "copies"
    media.mkdir()
    copies.mkdir()
    copies.chmod(0o777)
    path, copy = media / old.name, copies / "copie.carnet"
    for side in ("", "-wal"):
        shutil.copyfile(f"{old}{side}", f"{path}{side}")
    holder.close()
    media.chmod(0o555)
    before = names(media), path.read_bytes()
    with unprivileged():
        with Notebook.open(path, device, read_only=True) as notebook, notebook.glance() as reader:
            bodies = reader.rows("SELECT body FROM search_document")
        assert bodies
        assert all("attendu" in body for (body,) in bodies)
        backup(path, copy)
    assert (names(media), path.read_bytes()) == before
    assert version(copy) == 1
    assert content(copy) == content(old)


def test_an_old_notebook_is_backed_up_as_it_is_beside_the_window_of_then(old: Path) -> None:
    window = sqlite3.connect(old, isolation_level=None)
    window.execute("PRAGMA journal_mode = WAL")
    window.execute("UPDATE search_document SET body = body || ' à l’instant'")
    copy = old.with_name("copie.carnet")
    backup(old, copy)
    assert version(copy) == 1
    assert content(copy) == content(old)
    window.close()


def test_a_damaged_old_notebook_is_told_to_those_who_read(
    old: Path, device: DeviceIdentity, temporary: Path
) -> None:
    spoilt = bytearray(old.read_bytes())
    spoilt[200_000:300_000] = b"\xff" * 100_000
    old.write_bytes(spoilt)
    with pytest.raises(UserError, match="endommagé"):
        Notebook.open(old, device, read_only=True)
    with pytest.raises(UserError, match="endommagé"):
        backup(old, old.with_name("copie.carnet"))
    assert list(temporary.iterdir()) == []
    assert names(old.parent) == [old.name]


@pytest.mark.parametrize("read_only", [True, False])
def test_links_already_broken_are_for_the_check_to_tell(
    old: Path, device: DeviceIdentity, read_only: bool
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("UPDATE finding SET visit_id = 'nowhere' WHERE rowid = 1")
    with Notebook.open(old, device, read_only=read_only) as notebook:
        found = integrity.check(notebook)
    assert "foreign_keys" in {area for area, _ in found}


def test_without_any_temporary_folder_an_old_notebook_is_not_read(
    old: Path, device: DeviceIdentity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(old / "under a file"))
    with pytest.raises(UserError, match="Aucun dossier temporaire"):
        Notebook.open(old, device, read_only=True)


def test_an_upgrade_copies_then_migrates(old: Path) -> None:
    def add_column() -> None:
        op.add_column("site", Column("phone", String, nullable=False, server_default=""))

    copy = upgrade_with_copy(old, 1, [*migrate.known(), migration(add_column)])
    assert copy.name == COPY
    assert (version(old), version(copy)) == (HEAD + 1, 1)
    assert "phone" in columns(old)
    assert "phone" not in columns(copy)


def test_a_migration_that_fails_leaves_the_notebook_as_it_was(
    old: Path, device: DeviceIdentity
) -> None:
    def fail() -> None:
        op.add_column("site", Column("phone", String))
        raise OSError("power cut")

    before = content(old)
    with pytest.raises(OSError, match="power cut"):
        upgrade_with_copy(old, 1, [migrate.known()[0], migration(fail)])
    assert version(old) == 1
    assert content(old) == before
    Notebook.open(old, device).close()
    assert names(old.parent) == [COPY, old.name]  # the copy made the first time served again


def test_a_migration_that_breaks_links_is_undone(old: Path) -> None:
    def orphan() -> None:
        migrate.known()[1].upgrade()
        op.execute("UPDATE visit SET site_id = 'nowhere'")

    before = content(old)
    with pytest.raises(RuntimeError, match="broken foreign keys"):
        upgrade_with_copy(old, 1, [migrate.known()[0], migration(orphan)])
    assert (version(old), content(old)) == (1, before)


# Stops where it is told, within the migration's transaction, and waits to be killed.
STOPPED = """
import pathlib, sys
from types import ModuleType
from alembic import op
from desktop_app.store.migrations import migrate
from desktop_app.store.upgrade import upgrade_with_copy
def stop():
    migrate.known()[1].upgrade()
    op.execute("CREATE TABLE big AS WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 "
               "FROM n WHERE i < 20000) SELECT i, randomblob(1000) AS b FROM n")
    print("inside", flush=True)
    sys.stdin.read()
made = ModuleType("made")
made.upgrade = stop
upgrade_with_copy(pathlib.Path(sys.argv[1]), 1, [migrate.known()[0], made])
"""


def test_a_process_killed_while_it_migrates_changes_nothing(
    old: Path, device: DeviceIdentity
) -> None:
    before = content(old)
    for _ in range(2):
        with subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", STOPPED, str(old)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "inside\n"
            process.kill()
    with Notebook.open(old, device) as notebook:
        assert integrity.check(notebook) == []
    assert names(old.parent) == [COPY, old.name]
    assert content(old.with_name(COPY)) == content(old) == before


def test_what_a_process_killed_while_it_copied_left_is_removed(
    old: Path, device: DeviceIdentity
) -> None:
    for side in ("", "-wal", "-shm"):
        old.with_name(f".{COPY}.0123abcd.part{side}").write_bytes(b"half a copy")
    kept = old.with_name(f".{old.name}.0123abcd.part")  # another process may be building it
    kept.touch()
    Notebook.open(old, device).close()
    assert names(old.parent) == [kept.name, COPY, old.name]


def test_a_disk_full_while_it_migrates_changes_nothing(old: Path, device: DeviceIdentity) -> None:
    def fill() -> None:
        op.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size instead
        migrate.known()[1].upgrade()
        op.execute("CREATE TABLE big AS SELECT zeroblob(1000000) AS b")

    before = content(old)
    with pytest.raises(Exception, match="disk is full"):
        upgrade_with_copy(old, 1, [migrate.known()[0], migration(fill)])
    assert (version(old), content(old)) == (1, before)
    Notebook.open(old, device).close()
    assert names(old.parent) == [COPY, old.name]


def test_a_protected_folder_is_left_alone(
    old: Path, device: DeviceIdentity, open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = open_folder / "protégé.carnet"
    shutil.copyfile(old, path)
    path.chmod(0o666)
    open_folder.chmod(0o555)
    before = path.read_bytes()
    with unprivileged(), pytest.raises(UserError, match=r"dossier du carnet .* lecture seule"):
        Notebook.open(path, device)
    assert path.read_bytes() == before
    assert names(open_folder) == [path.name]


def test_the_copy_replaces_no_file(old: Path, device: DeviceIdentity) -> None:
    first = old.with_name(COPY)
    first.write_bytes(b"another file")
    second = old.with_name("ancien (format 1) 2.carnet")
    second.symlink_to(old.with_name("nowhere"))
    before = content(old)
    with Notebook.open(old, device) as notebook:
        (sentence,) = notebook.warnings
    assert first.read_bytes() == b"another file"
    assert second.is_symlink()
    assert content(old.with_name("ancien (format 1) 3.carnet")) == before
    assert "(format 1) 3.carnet" in sentence


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 3",
        "UPDATE notebook SET id = 'another'",
        "INSERT INTO search_document (entity, record_id, title, body) VALUES ('x', 'x', 'x', 'x')",
        (
            "INSERT INTO journal SELECT device, seq + 1, hlc, author, entity, record_id, op, "
            "changes FROM journal ORDER BY seq DESC LIMIT 1"
        ),
    ],
)
def test_a_copy_of_another_state_is_not_taken_for_this_one(
    old: Path, device: DeviceIdentity, change: str
) -> None:
    other = old.with_name(COPY)
    shutil.copyfile(old, other)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute(change)
    kept = other.read_bytes()
    before = content(old)
    Notebook.open(old, device).close()
    assert other.read_bytes() == kept
    assert content(old.with_name("ancien (format 1) 2.carnet")) == before


def test_a_damaged_copy_is_not_trusted(old: Path, device: DeviceIdentity) -> None:
    spoilt = bytearray(old.read_bytes())
    spoilt[200_000:300_000] = b"\xff" * 100_000
    old.with_name(COPY).write_bytes(spoilt)
    before = content(old)
    Notebook.open(old, device).close()
    assert content(old.with_name("ancien (format 1) 2.carnet")) == before


def test_a_copy_that_a_window_has_open_is_not_read(old: Path, device: DeviceIdentity) -> None:
    shutil.copyfile(old, old.with_name(COPY))
    old.with_name(f"{COPY}.lock").touch()
    Notebook.open(old, device).close()
    assert version(old.with_name("ancien (format 1) 2.carnet")) == 1


def test_a_damaged_old_notebook_is_not_upgraded(old: Path, device: DeviceIdentity) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema "
            "WHERE name = 'ix_visit_list_site') WHERE name = 'ix_visit_list_state'"
        )
    before = old.read_bytes()
    with pytest.raises(UserError, match=r"est endommagé.*restaurez"):
        Notebook.open(old, device)
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_a_long_name_leaves_room_for_that_of_the_copy(old: Path, device: DeviceIdentity) -> None:
    long = old.rename(old.with_name(f"{'é' * 115}.carnet"))
    before = content(long)
    Notebook.open(long, device).close()
    (copy,) = [file for file in long.parent.iterdir() if file != long]
    assert re.fullmatch(r"é{90} \(format 1\)\.carnet", copy.name)
    assert content(copy) == before


def test_the_journal_of_an_old_notebook_waits_in_its_wal(old: Path, device: DeviceIdentity) -> None:
    """The old program was killed: what it saved last is still in the file beside."""
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE search_document SET body = body || ' attendu'")
    crashed = old.with_name("tombé.carnet")
    shutil.copyfile(old, crashed)
    shutil.copyfile(f"{old}-wal", f"{crashed}-wal")
    connection.close()
    with Notebook.open(crashed, device):
        pass
    for path in (crashed, crashed.with_name("tombé (format 1).carnet")):
        assert all("attendu" in row["body"] for row in content(path)["search_document"])
