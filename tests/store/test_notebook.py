"""Creating, opening, reading and writing a notebook."""

import datetime as dt
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

from desktop_app.errors import UserError
from desktop_app.models.notebook import Device, JournalEntry
from desktop_app.models.site import Site
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.migrations.migrate import HEAD
from desktop_app.store.notebook import Notebook


def test_a_new_notebook_is_one_file_that_knows_its_title(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    path = tmp_path / "Été n° 1 #50%.carnet"
    day = dt.date(2021, 9, 14)
    with Notebook.create(path, title="Été", device=device, reference_date=day) as made:
        assert (made.title, made.today(), made.read_only) == ("Été", day, False)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    with Notebook.open(path, device) as opened:
        assert (opened.title, opened.today(), opened.schema_version) == ("Été", day, HEAD)


def test_today_is_the_real_day_without_a_reference(notebook: Notebook) -> None:
    assert notebook.today() == dt.date.today()  # noqa: DTZ011


def test_create_never_replaces_a_file(closed: Path, device: DeviceIdentity) -> None:
    before = closed.read_bytes()
    with pytest.raises(UserError, match="existe déjà"):
        Notebook.create(closed, title="Autre", device=device)
    assert closed.read_bytes() == before


def test_create_refuses_a_place_where_another_notebook_left_its_wal(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    tmp_path.joinpath("a.carnet-wal").write_bytes(b"remains")
    with pytest.raises(UserError, match="reste d’un autre carnet"):
        Notebook.create(tmp_path / "a.carnet", title="A", device=device)


def test_create_in_a_missing_folder(tmp_path: Path, device: DeviceIdentity) -> None:
    with pytest.raises(UserError, match=r"Le dossier .* n’existe pas"):
        Notebook.create(tmp_path / "none" / "a.carnet", title="A", device=device)


def test_what_is_written_is_there_when_opened_again(
    notebook: Notebook, device: DeviceIdentity
) -> None:
    with notebook.write() as uow:
        site = uow.add(Site(name="IME d’Éragny"))
    notebook.close()
    with Notebook.open(notebook.path, device) as again, again.read() as session:
        assert session.get_one(Site, site.id).name == "IME d’Éragny"


def test_an_error_undoes_the_whole_transaction(notebook: Notebook) -> None:
    def fail() -> None:
        with notebook.write() as uow:
            uow.add(Site(name="perdu"))
            uow.flush()
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    with notebook.read() as session:
        assert session.scalars(select(Site)).all() == []
    with notebook.write() as uow:
        uow.add(Site(name="gardé"))
    with notebook.read() as session:
        assert [site.name for site in session.scalars(select(Site))] == ["gardé"]


def test_a_read_sees_one_unchanging_state(notebook: Notebook) -> None:
    with notebook.read() as session:
        assert session.scalars(select(Site)).all() == []
        with notebook.write() as uow:
            uow.add(Site(name="pendant la lecture"))
        assert session.scalars(select(Site)).all() == []
    with notebook.read() as session:
        assert len(session.scalars(select(Site)).all()) == 1


def test_a_read_cannot_write(notebook: Notebook) -> None:
    with pytest.raises(UserError, match="lecture seule"), notebook.read() as session:
        session.execute(text("UPDATE notebook SET title = 'x'"))


def test_writers_of_several_threads_wait_for_each_other(notebook: Notebook) -> None:
    def write() -> None:
        for number in range(10):
            with notebook.write() as uow:
                uow.add(Site(name=str(number)))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with notebook.read() as session:
        assert len(session.scalars(select(Site)).all()) == 40


def test_a_write_inside_a_write_is_a_bug(notebook: Notebook) -> None:
    with notebook.write(), pytest.raises(RuntimeError, match="under way"), notebook.write():
        pass


def test_a_closed_notebook_is_neither_read_nor_written(notebook: Notebook) -> None:
    notebook.close()
    notebook.close()
    with pytest.raises(RuntimeError, match="closed"), notebook.read():
        pass
    with pytest.raises(RuntimeError, match="closed"), notebook.write():
        pass


def test_the_device_row_comes_with_its_first_write(closed: Path, device: DeviceIdentity) -> None:
    other = DeviceIdentity("91c1d0de-0000-4000-8000-000000000002", "Fixe", "Paul Martin")
    with Notebook.open(closed, other) as notebook:
        with notebook.read() as session:
            assert session.get(Device, other.id) is None
        with notebook.write() as uow:
            assert uow.author == "Paul Martin"
        with notebook.read() as session:
            rows = {row.id: row for row in session.scalars(select(Device))}
    assert rows[other.id].label == "Fixe"
    assert rows[other.id].suffix != rows[device.id].suffix


def test_a_read_only_notebook_refuses_to_write(closed: Path, device: DeviceIdentity) -> None:
    with Notebook.open(closed, device, read_only=True) as notebook:
        with notebook.read() as session:
            assert session.scalars(select(Site)).one().commune == "Éragny"
        with pytest.raises(UserError, match="lecture seule"), notebook.write():
            pass


def test_reading_beside_a_writer(notebook: Notebook, device: DeviceIdentity) -> None:
    with Notebook.open(notebook.path, device, read_only=True) as reader:
        with notebook.write() as uow:
            uow.add(Site(name="écrit pendant ce temps"))
        with reader.read() as session:
            assert session.scalars(select(Site)).one().name == "écrit pendant ce temps"


def test_the_clock_follows_what_the_notebook_has_seen(closed: Path, device: DeviceIdentity) -> None:
    past = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    with Notebook.open(closed, device, now=lambda: past) as notebook:
        with notebook.read() as session:
            last = max(session.scalars(select(JournalEntry.hlc)))
        with notebook.write() as uow:
            assert uow.hlc > last
            assert uow.now == past


def test_opening_a_current_notebook_imports_no_migration_tool(closed: Path) -> None:
    import subprocess

    code = (
        "import sys, pathlib\n"
        "from desktop_app.store.notebook import Notebook\n"
        "from desktop_app.store.device import DeviceIdentity\n"
        "Notebook.open(pathlib.Path(sys.argv[1]), DeviceIdentity('d', '', '')).close()\n"
        "assert not [name for name in sys.modules if name.startswith(('alembic', 'mako'))]\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code, str(closed)], check=True)  # noqa: S603
