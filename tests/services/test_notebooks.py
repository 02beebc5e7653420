"""The notebook as a whole: information, counts, check, copies."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from visit_samples import TODAY, open_world

from desktop_app.errors import UserError
from desktop_app.services.notebook.notebooks import (
    NotebookService,
    create_notebook,
    open_notebook,
    restore,
)
from desktop_app.services.visits.visit_rows import NewFinding
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook


def test_information_and_counts(tmp_path: Path, device: DeviceIdentity) -> None:
    with open_world(tmp_path, device) as world:
        visit = world.visit()
        world.findings.add(NewFinding(visit.id, "a"))
        gone = world.findings.add(NewFinding(visit.id, "b")).value
        world.findings.delete(gone.id)
        service = NotebookService(world.notebook)
        info = service.info()
        assert (info.title, info.today, info.illustrative) == ("Visites", TODAY, False)
        assert (info.agent, info.path) == ("Camille Renard", str(world.notebook.path))
        counts = service.counts()
        assert (counts["visit"], counts["finding"], counts["indicator"]) == (1, 1, 6)
        assert service.state() == "in_use"
        assert service.today() == TODAY


def test_a_new_notebook_is_empty_and_sound(tmp_path: Path, device: DeviceIdentity) -> None:
    path = tmp_path / "neuf.carnet"
    with create_notebook(path, "  Carnet\nneuf ", device) as notebook:
        service = NotebookService(notebook)
        assert service.info().title == "Carnet neuf"
        assert service.state() == "empty"
        report = service.check()
        assert report.ok
        assert report.problems == ()
        assert report.areas == ("file", "foreign_keys", "journal", "attachments", "search")
        assert dict(report.counts)["visit"] == 0
    with pytest.raises(UserError, match="existe déjà"):
        create_notebook(path, "Autre", device)


def test_a_demonstration_says_so(tmp_path: Path, device: DeviceIdentity) -> None:
    with Notebook.create(
        tmp_path / "d.carnet", title="Démo", device=device, illustrative=True,
        reference_date=dt.date(2021, 9, 1),
    ) as notebook:  # fmt: skip
        assert NotebookService(notebook).state() == "illustrative"


def test_a_backup_restored_holds_the_same(tmp_path: Path, device: DeviceIdentity) -> None:
    copy, again = tmp_path / "copie.carnet", tmp_path / "encore.carnet"
    steps: list[tuple[int, int]] = []
    with open_world(tmp_path, device) as world:
        visit = world.visit()
        service = NotebookService(world.notebook)
        service.backup(copy, lambda done, total: steps.append((done, total)))
        with pytest.raises(UserError, match="existe déjà"):
            service.backup(copy)
        counts = service.counts()
    assert steps
    assert steps[-1][0] == steps[-1][1]
    restore(copy, again)
    with open_notebook(again, device, read_only=True) as notebook:
        assert NotebookService(notebook).counts() == counts
        with notebook.read() as session:
            assert session.connection().exec_driver_sql(
                "SELECT reference FROM visit"
            ).scalars().all() == [visit.reference]


def test_a_tampered_notebook_is_reported(tmp_path: Path, device: DeviceIdentity) -> None:
    with open_world(tmp_path, device) as world:
        world.visit()
        path = world.notebook.path
    connection = sqlite3.connect(path)
    connection.execute("UPDATE visit SET notes = 'récrit hors du journal'")
    connection.commit()
    connection.close()
    with open_notebook(path, device) as notebook:
        report = NotebookService(notebook).check()
    assert not report.ok
    assert {problem.area for problem in report.problems} == {"journal"}
