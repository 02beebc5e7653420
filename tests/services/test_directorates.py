"""The directions métiers of the settings: in a new notebook, and offered to another."""

from pathlib import Path

import pytest

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.services.notebook.notebooks import create_notebook
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.integrity import check
from desktop_app.store.notebook import Notebook

LINES = ("AUT — Autonomie", "EFS — Enfance-famille-santé")


@pytest.fixture
def services(notebook: Notebook, tmp_path: Path) -> NotebookServices:
    return build_services(notebook, Settings(tmp_path / "settings.json"))


def shown(services: NotebookServices) -> list[str]:
    return [f"{row.code} — {row.name}" for row in services.directory.directorates()]


def test_a_new_notebook_starts_with_them_in_one_transaction(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    settings = Settings(tmp_path / "settings.json")
    with create_notebook(tmp_path / "neuf.carnet", "Neuf", device, LINES) as notebook:
        assert shown(build_services(notebook, settings)) == list(LINES)
        with notebook.glance() as reader:
            assert reader.scalar("SELECT count(DISTINCT hlc) FROM journal") == 1
        assert list(check(notebook)) == []


def test_without_lines_it_starts_with_none(tmp_path: Path, device: DeviceIdentity) -> None:
    settings = Settings(tmp_path / "settings.json")
    with create_notebook(tmp_path / "neuf.carnet", "Neuf", device) as notebook:
        assert shown(build_services(notebook, settings)) == []


def test_the_missing_are_added_after_the_others_and_no_name_changes(
    services: NotebookServices,
) -> None:
    services.directory.save_directorate(SaveRecord(None, {"code": "aut", "name": "Nos aînés"}))
    defaults = services.directorate_defaults
    assert defaults.missing(LINES) == ("EFS — Enfance-famille-santé",)
    added = defaults.add_missing(LINES)
    assert added.value == 1
    assert added.changes.touches("directorate")
    assert shown(services) == ["aut — Nos aînés", "EFS — Enfance-famille-santé"]
    assert defaults.missing(LINES) == ()
    assert defaults.add_missing(LINES).value == 0


def test_one_that_was_deleted_is_offered_again(services: NotebookServices) -> None:
    services.directorate_defaults.add_missing(LINES)
    first = services.directory.directorates()[0]
    services.directory.delete_directorate(first.id)
    assert services.directorate_defaults.missing(LINES) == LINES[:1]


def test_undoing_the_addition_takes_them_all_back(services: NotebookServices) -> None:
    added = services.directorate_defaults.add_missing(LINES)
    services.history.undo(added.hlc)
    assert shown(services) == []
