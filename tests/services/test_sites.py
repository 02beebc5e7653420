import datetime as dt

import pytest
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.models.enums import SiteType, VisitState
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.experiments import ExperimentService
from desktop_app.services.programme.sites import SiteService
from desktop_app.services.results.scope import Scope
from desktop_app.store.notebook import Notebook

JUNE = dt.date(2021, 6, 9)


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


@pytest.fixture
def sites(notebook: Notebook) -> SiteService:
    return SiteService(notebook)


def test_identifiers_are_normalised(seed: Seed, sites: SiteService) -> None:
    values = {
        "name": "Collège Jules-Verne",
        "type": SiteType.COLLEGE,
        "uai": "095 9901w",
        "siret": "000 000 950 00014",
        "finess": "950 999 011",
        "insee_code": "95 127",
        "latitude": 49.04,
        "longitude": 2.07,
    }
    row = sites.save(SaveRecord(None, values)).value
    assert row == sites.get(row.id)
    assert (row.uai, row.siret, row.finess) == ("0959901W", "00000095000014", "950999011")
    assert (row.insee_code, row.type) == ("95127", SiteType.COLLEGE)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "Donnez un nom"),
        ({"siret": "123"}, "SIRET"),
        ({"uai": "0951099A"}, "UAI"),
        ({"insee_code": "Cergy"}, "code commune"),
        ({"latitude": 91.0}, "latitude"),
        ({"longitude": -180.5}, "longitude"),
    ],
)
def test_a_site_that_does_not_hold_together_is_refused(
    seed: Seed, sites: SiteService, values: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        sites.save(SaveRecord(seed.site, values))


def test_a_doubtful_finess_is_kept_with_a_warning(seed: Seed, sites: SiteService) -> None:
    values = {"finess": "950999012", "insee_code": "75056", "postcode": "95000"}
    row = sites.save(SaveRecord(seed.site, values)).value
    assert row.finess == "950999012"
    assert len(sites.warnings(values)) == 2
    assert sites.warnings({"finess": "950999011"}) == ()


def test_the_list_is_in_french_order_and_searched_without_accents(
    seed: Seed, sites: SiteService
) -> None:
    seed.new_site("Église", commune="Cergy")
    seed.new_site("Ecluse", commune="Pontoise")
    seed.new_site("Zèbre", address="rue de l’Écluse")
    names = [row.name for row in sites.list()]
    assert names == ["Ecluse", "Église", "Mission locale", "Zèbre"]
    assert [row.name for row in sites.list("écluse")] == ["Ecluse", "Zèbre"]
    assert [row.name for row in sites.list("eglise CERGY")] == ["Église"]


def test_a_site_says_what_happened_there(seed: Seed, sites: SiteService) -> None:
    other = seed.new_experiment("JEX", site_ids=(seed.site,))
    seed.new_visit(JUNE)
    seed.new_visit(JUNE + dt.timedelta(7), state=VisitState.DRAFT)
    seed.new_visit(JUNE + dt.timedelta(30), state=VisitState.PLANNED)
    row = sites.get(seed.site)
    assert row.experiment_codes == ("DUO", "JEX")
    assert (row.visit_count, row.last_visit) == (2, JUNE + dt.timedelta(7))
    assert [found.id for found in sites.list(scope=Scope(experiment_id=other))] == [seed.site]
    assert sites.list(scope=Scope(cohort_id=seed.new_cohort(2))) == ()


def test_a_visited_site_stays(notebook: Notebook, seed: Seed, sites: SiteService) -> None:
    seed.new_visit(JUNE)
    with pytest.raises(UserError, match="1 visite s’y rapporte"):
        sites.delete(seed.site)
    empty = seed.new_site("Vide")
    ExperimentService(notebook).save(SaveRecord(seed.experiment, {"site_ids": (empty,)}))
    sites.delete(empty)
    assert [row.name for row in sites.list()] == ["Mission locale"]
    assert ExperimentService(notebook).get(seed.experiment).site_count == 0
