"""A kept screen is of one state, or is not used; keeping it disturbs nobody."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import Sample

from desktop_app.models.site import Site
from desktop_app.store import integrity, kept
from desktop_app.store.backup import backup
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook
from desktop_app.system import log

TODAY = dt.date(2021, 6, 14)
RULES = "80, 50"


def key_of(notebook: Notebook, *, today: dt.date = TODAY, rules: str = RULES) -> str:
    with notebook.glance() as reader:
        return kept.key_of(reader, today=today, rules=rules)


def read(notebook: Notebook, key: str, name: str = "home") -> str | None:
    with notebook.glance() as reader:
        return kept.read(reader, name, key)


def rename_a_site(notebook: Notebook, sample: Sample, name: str) -> None:
    with notebook.write() as uow:
        site = uow.session.get(Site, sample.site)
        assert site is not None
        site.name = name


def test_what_is_kept_is_read_back_under_its_key_alone(notebook: Notebook, sample: Sample) -> None:
    key = key_of(notebook)
    assert read(notebook, key) is None
    assert kept.keep(notebook, "home", key, "« 1 »")
    assert read(notebook, key) == "« 1 »"
    assert read(notebook, key, "other") is None
    assert key_of(notebook) == key
    for other in (
        key_of(notebook, today=TODAY + dt.timedelta(1)),
        key_of(notebook, rules="80, 60"),
    ):
        assert other != key
        assert read(notebook, other) is None


def test_any_write_makes_another_state(notebook: Notebook, sample: Sample) -> None:
    keys = [key_of(notebook)]
    for name in ("Site A", "Site B", "Site A"):  # back as it was is another state too
        rename_a_site(notebook, sample, name)
        keys.append(key_of(notebook))
    assert len(set(keys)) == len(keys)


def test_an_empty_write_changes_no_state(notebook: Notebook, sample: Sample) -> None:
    key = key_of(notebook)
    with notebook.write():
        pass
    assert key_of(notebook) == key


def test_the_version_and_the_format_are_in_the_key(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_of(notebook)
    monkeypatch.setattr(kept, "__version__", "99")
    assert key_of(notebook) != key
    monkeypatch.undo()
    monkeypatch.setattr(kept, "FORMAT", kept.FORMAT + 1)
    assert key_of(notebook) != key


def test_the_last_kept_takes_the_place_of_the_former(notebook: Notebook, sample: Sample) -> None:
    before = key_of(notebook)
    kept.keep(notebook, "home", before, "1")
    rename_a_site(notebook, sample, "Site A")
    after = key_of(notebook)
    kept.keep(notebook, "home", after, "2")
    assert (read(notebook, before), read(notebook, after)) == (None, "2")
    with notebook.connection() as connection:
        assert connection.execute("SELECT count(*) FROM kept_screen").fetchone() == (1,)


def test_it_lasts_from_one_opening_to_the_next(
    notebook: Notebook, sample: Sample, device: DeviceIdentity
) -> None:
    key = key_of(notebook)
    kept.keep(notebook, "home", key, "1")
    notebook.close()
    with Notebook.open(notebook.path, device) as again:
        assert key_of(again) == key
        assert read(again, key) == "1"
    with Notebook.open(notebook.path, device, read_only=True) as again:
        assert read(again, key_of(again)) == "1"
        assert not kept.keep(again, "home", "other", "2")
        assert read(again, "other") is None


def test_it_is_not_journalled_and_no_check_minds_it(notebook: Notebook, sample: Sample) -> None:
    with notebook.connection() as connection:
        lines = connection.execute("SELECT count(*) FROM journal").fetchone()
    kept.keep(notebook, "home", key_of(notebook), "1")
    with notebook.connection() as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == lines
    assert integrity.check(notebook) == []


def test_a_copy_takes_it_along_and_may_be_made_meanwhile(
    notebook: Notebook, sample: Sample, tmp_path: Path, device: DeviceIdentity
) -> None:
    key = key_of(notebook)
    copy = tmp_path / "copie.carnet"
    backup(notebook, copy, lambda _done, _all: kept.keep(notebook, "home", key, "1") and None)
    with Notebook.open(copy, device, read_only=True) as copied:
        assert read(copied, key_of(copied)) in (None, "1")
    backup(notebook, copy, overwrite=True)
    with Notebook.open(copy, device, read_only=True) as copied:
        assert read(copied, key_of(copied)) == "1"


def test_a_save_under_way_is_not_waited_for(notebook: Notebook, sample: Sample) -> None:
    key = key_of(notebook)
    with notebook.write() as uow:
        site = uow.session.get(Site, sample.site)
        assert site is not None
        site.name = "Site A"
        uow.flush()
        assert not kept.keep(notebook, "home", key, "1")
    assert read(notebook, key) is None


def test_an_older_file_has_nowhere_to_keep_it(
    closed: Path, device: DeviceIdentity, tamper: Callable[..., None], logged: Path
) -> None:
    tamper(closed, "DROP TABLE kept_screen")
    with Notebook.open(closed, device) as opened:
        key = key_of(opened)
        assert read(opened, key) is None
        assert not kept.keep(opened, "home", key, "1")
    words = logged.read_text(encoding="utf-8")
    assert words.rstrip().endswith("kept screen: SQLITE_ERROR")
    assert closed.name not in words


def test_content_that_is_no_text_is_not_used(
    closed: Path, device: DeviceIdentity, tamper: Callable[..., None]
) -> None:
    with Notebook.open(closed, device) as opened:
        key = key_of(opened)
        kept.keep(opened, "home", key, "1")
    tamper(closed, "UPDATE kept_screen SET content = CAST('1' AS BLOB)")
    with Notebook.open(closed, device) as opened:
        assert read(opened, key) is None


def test_a_file_that_left_its_place_is_left_alone(notebook: Notebook, sample: Sample) -> None:
    key = key_of(notebook)
    notebook.path.rename(notebook.path.with_name("ailleurs.carnet"))
    assert not kept.keep(notebook, "home", key, "1")


def test_a_file_that_refuses_is_told_to_the_log_alone(
    notebook: Notebook, sample: Sample, logged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"file:{notebook.path}?mode=ro", uri=True, isolation_level=None)

    monkeypatch.setattr(notebook, "connect", connect)
    assert not kept.keep(notebook, "home", key_of(notebook), "1")
    assert logged.read_text(encoding="utf-8").rstrip().endswith("kept screen: SQLITE_READONLY")


def test_an_empty_journal_has_a_state_too(tmp_path: Path) -> None:
    from desktop_app.store.glance import Reader

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE journal (device, seq, hlc)")
        assert kept.key_of(Reader(connection), today=TODAY, rules=RULES)


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's log, for this test alone."""
    path = tmp_path / "log.txt"

    def write(text: str) -> Path:
        path.write_text(f"{text}\n", encoding="utf-8")
        return path

    monkeypatch.setattr(log, "log_text", write)
    return path
