import datetime as dt

import pytest
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.services.programme.directory import DirectoryService
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.experiments import ExperimentService
from desktop_app.store.notebook import Notebook


@pytest.fixture
def directory(notebook: Notebook) -> DirectoryService:
    return DirectoryService(notebook)


def test_a_new_notebook_has_no_programme(directory: DirectoryService) -> None:
    assert directory.programme() is None
    assert directory.cohorts() == directory.directorates() == directory.enterprises() == ()


def test_the_programme_is_written_and_edited(directory: DirectoryService) -> None:
    made = directory.save_programme(
        SaveRecord(None, {"name": " Impact\nVal d’Oise ", "start_date": dt.date(2020, 3, 1)})
    )
    assert made.value.name == "Impact Val d’Oise"
    assert made.changes.touches("programme")
    edited = directory.save_programme(SaveRecord(made.value.id, {"annual_budget": 49000.0}))
    assert directory.programme() == edited.value
    assert (edited.value.name, edited.value.annual_budget) == ("Impact Val d’Oise", 49000.0)


def test_there_is_one_programme(directory: DirectoryService) -> None:
    directory.save_programme(SaveRecord(None, {"name": "Impact"}))
    with pytest.raises(UserError, match="déjà un programme"):
        directory.save_programme(SaveRecord(None, {"name": "Autre"}))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "  "}, "Donnez un nom"),
        (
            {"name": "P", "start_date": dt.date(2021, 3, 2), "end_date": dt.date(2021, 3, 1)},
            r"date de fin \(01/03/2021\)",
        ),
        ({"name": "P", "annual_budget": -1.0}, "négatif"),
        ({"name": "P", "start_date": dt.date(1900, 1, 1)}, "2000 à 2099"),
    ],
)
def test_a_programme_that_does_not_hold_together_is_refused(
    directory: DirectoryService, values: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        directory.save_programme(SaveRecord(None, values))
    assert directory.programme() is None


def test_cohorts_come_by_number(notebook: Notebook, directory: DirectoryService) -> None:
    with pytest.raises(UserError, match="d’abord le programme"):
        directory.save_cohort(SaveRecord(None, {"number": 1}))
    seed = Seed(notebook)
    seed.new_cohort(3)
    seed.new_cohort(2)
    assert [cohort.number for cohort in directory.cohorts()] == [1, 2, 3]
    with pytest.raises(UserError, match="promotion 2 existe déjà"):
        seed.new_cohort(2)
    for number in (0, -1, None):
        with pytest.raises(UserError, match="numéro entier"):
            directory.save_cohort(SaveRecord(None, {"number": number}))
    kept = directory.save_cohort(SaveRecord(seed.cohort, {"number": 1, "label": "Première"}))
    assert kept.value.label == "Première"


def test_a_cohort_in_use_stays(notebook: Notebook, directory: DirectoryService) -> None:
    seed = Seed(notebook)
    with pytest.raises(UserError, match="1 expérimentation s’y rapporte"):
        directory.delete_cohort(seed.cohort)
    empty = seed.new_cohort(2)
    directory.delete_cohort(empty)
    assert [cohort.number for cohort in directory.cohorts()] == [1]
    seed.new_cohort(2)


def test_directorates_keep_their_order_and_their_codes(directory: DirectoryService) -> None:
    for code, name in (("DVS", "Vie sociale"), ("DA", "Autonomie")):
        directory.save_directorate(SaveRecord(None, {"code": code, "name": name}))
    assert [row.code for row in directory.directorates()] == ["DVS", "DA"]
    with pytest.raises(UserError, match="Vie sociale"):
        directory.save_directorate(SaveRecord(None, {"code": "DVS", "name": "Autre"}))
    with pytest.raises(UserError, match="code court"):
        directory.save_directorate(SaveRecord(None, {"name": "Sans code"}))


def test_a_directorate_leaves_the_experiments_it_followed(
    notebook: Notebook, directory: DirectoryService
) -> None:
    seed = Seed(notebook)
    kept, gone = seed.new_directorate("A"), seed.new_directorate("B")
    experiments = ExperimentService(notebook)
    experiments.save(SaveRecord(seed.experiment, {"directorate_ids": (gone, kept)}))
    assert [row.code for row in experiments.get(seed.experiment).directorates] == ["A", "B"]
    outcome = directory.delete_directorate(gone)
    assert outcome.changes.touches("experiment_directorate")
    assert [row.code for row in experiments.get(seed.experiment).directorates] == ["A"]


def test_an_enterprise_has_a_valid_siret(directory: DirectoryService) -> None:
    made = directory.save_enterprise(
        SaveRecord(None, {"name": "Étoile", "siret": "000 000 950 00014"})
    )
    assert made.value.siret == "00000095000014"
    directory.save_enterprise(SaveRecord(None, {"name": "Eau vive"}))
    directory.save_enterprise(SaveRecord(None, {"name": "Zèbre"}))
    assert [row.name for row in directory.enterprises()] == ["Eau vive", "Étoile", "Zèbre"]
    with pytest.raises(UserError, match="SIRET"):
        directory.save_enterprise(SaveRecord(made.value.id, {"siret": "00000095000015"}))


def test_an_enterprise_in_use_stays(notebook: Notebook, directory: DirectoryService) -> None:
    seed = Seed(notebook)
    with pytest.raises(UserError, match="Duo for a job"):
        directory.delete_enterprise(seed.enterprise)
    other = directory.save_enterprise(SaveRecord(None, {"name": "Autre"})).value.id
    directory.delete_enterprise(other)
    with pytest.raises(UserError, match="n’existe plus"):
        directory.delete_enterprise(other)
