"""What was said to be saved stays: killed processes and full disks."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select
from store_samples import Sample, refused

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.models.visit import Visit
from desktop_app.store import integrity
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

# Each transaction writes a site in two flushes, 40 others and a long text; then says it is saved.
WRITER = """
import pathlib, sys
from sqlalchemy import select
from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.models.visit import Visit
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook
with Notebook.open(pathlib.Path(sys.argv[1]), DeviceIdentity("tué", "", "")) as notebook:
    for number in range(100_000):
        with notebook.write() as uow:
            site = uow.add(Site(name=f"moitié {number}"))
            uow.flush()
            site.name = f"entier {number}"
            uow.session.scalars(select(Visit)).first().notes = f"mot{number} " * 5000
            uow.bulk_insert(Site, [{"name": f"lot {number}"} for _ in range(40)])
        print(number, flush=True)
"""


@pytest.mark.parametrize("transactions", [1, 2, 5, 9, 14, 20])
def test_a_process_killed_while_it_writes_loses_nothing_it_saved(
    closed: Path, device: DeviceIdentity, transactions: int
) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITER, str(closed)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(transactions):
            writer.stdout.readline()
        writer.kill()
        said = transactions + len(writer.stdout.read().splitlines())
    with Notebook.open(closed, device) as notebook:
        assert integrity.check(notebook) == []
        with notebook.read() as session:
            whole = session.scalar(
                select(func.count()).select_from(Site).where(Site.name.startswith("entier"))
            )
            half = session.scalar(
                select(func.count()).select_from(Site).where(Site.name.startswith("moitié"))
            )
            lots = session.scalar(
                select(func.count()).select_from(Site).where(Site.name.startswith("lot"))
            )
        assert whole is not None
        assert whole in (said, said + 1)  # the last one may be saved and not yet said
        assert (half, lots) == (0, 40 * whole)
        with notebook.write() as uow:
            uow.add(Site(name="après"))


def limit_pages(notebook: Notebook, pages: int) -> None:
    """SQLite answers « disk full » past that size: deterministic, unlike a small disk."""
    with notebook.write() as uow:
        uow.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_during_a_save_leaves_what_was_saved(
    notebook: Notebook, sample: Sample
) -> None:
    limit_pages(notebook, 1)  # SQLite takes the present size instead
    with refused(notebook, "disque est plein.*est intact") as uow:
        uow.session.get_one(Visit, sample.visit).notes = "long " * 100_000
    assert integrity.check(notebook) == []
    with notebook.read() as session:
        assert session.get_one(Visit, sample.visit).notes.startswith("Séance calme")
    limit_pages(notebook, 1_000_000)
    with notebook.write() as uow:
        uow.session.get_one(Visit, sample.visit).notes = "long " * 100_000
    assert integrity.check(notebook) == []


def test_a_notebook_is_not_opened_on_a_full_disk(closed: Path, device: DeviceIdentity) -> None:
    """The system then refuses what SQLite puts beside: a limit of this process does the same."""
    before = closed.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(UserError, match=r"disque est plein.*est intact"):
            Notebook.open(closed, device)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert closed.read_bytes() == before
    Notebook.open(closed, device).close()


def test_the_text_of_100_000_characters(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        uow.session.get_one(Visit, sample.visit).notes = "é" * 100_000
    with notebook.read() as session:
        assert len(session.get_one(Visit, sample.visit).notes) == 100_000
    assert integrity.check(notebook) == []


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.8, 0.99, 1.0])
def test_a_power_cut_that_cuts_the_wal_keeps_whole_transactions(
    notebook: Notebook, device: DeviceIdentity, tmp_path: Path, share: float
) -> None:
    for number in range(5):
        with notebook.write() as uow:
            uow.add(Site(name=f"premier {number}"))
            uow.flush()
            uow.add(Site(name=f"second {number}"))
    copy = tmp_path / "coupure.carnet"
    shutil.copyfile(notebook.path, copy)
    written = Path(f"{notebook.path}-wal").read_bytes()
    Path(f"{copy}-wal").write_bytes(written[: int(len(written) * share)])
    with Notebook.open(copy, device) as cut:
        assert integrity.check(cut) == []
        with cut.read() as session:
            names = set(session.scalars(select(Site.name)))
    saved = len(names) // 2
    assert names == {f"{order} {n}" for n in range(saved) for order in ("premier", "second")}
    assert saved == 5 or share < 1
