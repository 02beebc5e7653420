import datetime as dt

import pytest
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.models.enums import Phase, VisitState
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.experiments import ExperimentService
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.results.scope import Scope
from desktop_app.store.notebook import Notebook

JUNE = dt.date(2021, 6, 9)


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


@pytest.fixture
def experiments(notebook: Notebook) -> ExperimentService:
    return ExperimentService(notebook)


def test_an_experiment_comes_with_what_surrounds_it(
    seed: Seed, experiments: ExperimentService
) -> None:
    directorate = seed.new_directorate("DVS")
    values = {
        "title": "Mentorat",
        "phase": Phase.EVALUATION,
        "budget": 16000.0,
        "directorate_ids": (directorate,),
        "site_ids": (seed.site,),
    }
    row = experiments.save(SaveRecord(seed.experiment, values)).value
    assert row == experiments.get(seed.experiment)
    assert (row.title, row.phase, row.budget) == ("Mentorat", Phase.EVALUATION, 16000.0)
    assert (row.enterprise.name, row.cohort.number) == ("Duo for a job", 1)
    assert [found.code for found in row.directorates] == ["DVS"]
    assert (row.site_count, row.visit_count) == (1, 0)


def test_planned_visits_are_not_counted(seed: Seed, experiments: ExperimentService) -> None:
    seed.new_visit(JUNE)
    seed.new_visit(JUNE, state=VisitState.DRAFT)
    seed.new_visit(JUNE, state=VisitState.PLANNED)
    assert experiments.get(seed.experiment).visit_count == 2


def test_links_become_exactly_those_asked_for(seed: Seed, experiments: ExperimentService) -> None:
    first, second = seed.new_site("A"), seed.new_site("B")
    experiments.save(SaveRecord(seed.experiment, {"site_ids": (first, second)}))
    same = experiments.save(SaveRecord(seed.experiment, {"site_ids": (second, first)}))
    assert same.changes.kinds == frozenset()
    experiments.save(SaveRecord(seed.experiment, {"site_ids": (second,)}))
    assert [site.name for site in experiments.sites(seed.experiment)] == ["B"]


def test_sites_are_those_opened_or_visited(seed: Seed, experiments: ExperimentService) -> None:
    opened, visited = seed.new_site("Ouvert"), seed.new_site("Visité")
    seed.new_site("Ailleurs")
    experiments.save(SaveRecord(seed.experiment, {"site_ids": (opened,)}))
    seed.new_visit(JUNE, site=visited)
    assert [site.name for site in experiments.sites(seed.experiment)] == ["Ouvert", "Visité"]


def test_a_scope_restricts_the_list(seed: Seed, experiments: ExperimentService) -> None:
    cohort = seed.new_cohort(2)
    directorate = seed.new_directorate("DVS")
    site = seed.new_site("Collège")
    other = seed.new_experiment(
        "JEX", cohort_id=cohort, directorate_ids=(directorate,), site_ids=(site,)
    )

    def codes(scope: Scope) -> list[str]:
        return [row.code for row in experiments.list(scope)]

    assert codes(Scope()) == ["DUO", "JEX"]
    assert codes(Scope(cohort_id=cohort)) == ["JEX"]
    assert codes(Scope(directorate_id=directorate)) == ["JEX"]
    assert codes(Scope(site_id=site)) == ["JEX"]
    assert codes(Scope(experiment_id=other)) == ["JEX"]
    assert codes(Scope(experiment_id=other, cohort_id=seed.cohort)) == []
    seed.new_visit(JUNE, site=site)
    assert codes(Scope(site_id=site)) == ["DUO", "JEX"]


def test_by_code(seed: Seed, experiments: ExperimentService) -> None:
    seed.new_experiment("JEX")
    assert experiments.by_code(" duo ").id == seed.experiment
    with pytest.raises(UserError, match="DUO, JEX"):
        experiments.by_code("XYZ")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": ""}, "titre"),
        ({"code": " "}, "code court"),
        ({"code": "jex"}, "déjà celui de"),
        ({"end_date": dt.date(2021, 1, 1)}, "avant la date de début"),
        ({"budget": -5.0}, "négatif"),
        ({"cohort_id": ""}, "promotion"),
        ({"enterprise_id": None}, "entreprise"),
        ({"cohort_id": "nowhere"}, "n’existe plus"),
        ({"site_ids": ("nowhere",)}, "Ce site n’existe plus"),
    ],
)
def test_an_experiment_that_does_not_hold_together_is_refused(
    seed: Seed, experiments: ExperimentService, values: dict[str, object], words: str
) -> None:
    seed.new_experiment("JEX")
    before = experiments.list()
    with pytest.raises(UserError, match=words):
        experiments.save(SaveRecord(seed.experiment, values))
    assert experiments.list() == before


def test_an_experiment_with_visits_stays(seed: Seed, experiments: ExperimentService) -> None:
    seed.new_visit(JUNE)
    with pytest.raises(UserError, match="1 visite s’y rapporte encore"):
        experiments.delete(seed.experiment)


def test_an_experiment_goes_with_its_framework(
    notebook: Notebook, seed: Seed, experiments: ExperimentService
) -> None:
    indicator = seed.new_indicator()
    outcome = experiments.delete(seed.experiment)
    assert {"experiment", "objective", "indicator"} <= outcome.changes.kinds
    assert experiments.list() == ()
    with pytest.raises(UserError, match="n’existe plus"):
        experiments.get(seed.experiment)
    with pytest.raises(UserError, match="Cet indicateur n’existe plus"):
        FrameworkService(notebook).indicator(indicator)
    assert seed.new_experiment("DUO")  # its code is free again
