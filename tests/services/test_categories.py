"""Categories have an identity: a new label keeps the measures, nothing is joined by a label."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.services.programme.categories import NEW, Categories, folded, planned
from desktop_app.services.programme.experiment_rows import IndicatorRow, SaveRecord
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.results.definitions import definitions
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.results.service import ResultService
from desktop_app.store.integrity import check
from desktop_app.store.notebook import Notebook

JUNE = dt.date(2021, 6, 9)
NOW = Categories(("Filles", "Garçons"), {"Filles": "Femmes", "Ados": "Jeunes"})
MEASURED = {"Filles": 12, "Ados": 3, "Bébés": 2}


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


@pytest.fixture
def framework(notebook: Notebook) -> FrameworkService:
    return FrameworkService(notebook)


@pytest.fixture
def measured(seed: Seed) -> str:
    """An indicator by gender, measured once in all and by part."""
    indicator = seed.new_indicator(disaggregation="genre", categories=("Filles", "Garçons"))
    visit = seed.new_visit(JUNE)
    for category, value in (("", 25), ("Filles", 10), ("Garçons", 15)):
        seed.measure(indicator, visit, value, category=category)
    return indicator


def save(framework: FrameworkService, indicator: str, *categories: object, why: str = "revu") -> (
    IndicatorRow
):  # fmt: skip
    values: dict[str, object] = {"categories": categories, "change_reason": why}
    return framework.save_indicator(SaveRecord(indicator, values)).value


def by_category(notebook: Notebook, seed: Seed) -> dict[str, float | None]:
    sheet = ResultService(notebook, lambda _reader: Thresholds()).sheet(seed.experiment)
    found = sheet.objectives[0].results[0]
    assert found.actual == 25
    return {row.label: row.actual for row in found.by_category}


@pytest.mark.parametrize(
    ("asked", "identities", "labels"),
    [
        (("Femmes", "Garçons"), ("Filles", "Garçons"), {"Filles": "Femmes", "Ados": "Jeunes"}),
        (("FEMMES", "garcons"), ("Filles", "Garçons"),
         {"Filles": "FEMMES", "Garçons": "garcons", "Ados": "Jeunes"}),
        ((("Filles", "Filles"),), ("Filles",), {"Ados": "Jeunes"}),
        ((("Filles", "Dames"), "Autre"), ("Filles", "Autre"),
         {"Filles": "Dames", "Ados": "Jeunes"}),
        (("Femmes", "Filles"), ("Filles", "Filles (2)"),
         {"Filles": "Femmes", "Filles (2)": "Filles", "Ados": "Jeunes"}),
        (((NEW, "Jeunes"),), ("Jeunes",), {"Filles": "Femmes", "Ados": "Jeunes"}),
        (((NEW, "Ados"),), ("Ados (2)",),
         {"Ados (2)": "Ados", "Filles": "Femmes", "Ados": "Jeunes"}),
        ((("Ados", "Ados"),), ("Ados",), {"Filles": "Femmes"}),
        ((), (), {"Filles": "Femmes", "Ados": "Jeunes"}),
        (("", "  "), (), {"Filles": "Femmes", "Ados": "Jeunes"}),
    ],
)  # fmt: skip
def test_labels_and_pairs_are_matched_to_identities(
    asked: tuple[object, ...], identities: tuple[str, ...], labels: dict[str, str]
) -> None:
    found = planned(asked, NOW, MEASURED)
    assert (found.identities, dict(found.labels)) == (identities, labels)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("Femmes", "femmes"), "sont le même public"),
        (("Élèves", "eleves "), "sont le même public"),
        (("Femmes", "Femmes"), "est là deux fois"),
        ((("Filles", "Autre"), (NEW, "Autre")), "est là deux fois"),
        ((("Filles", " "),), "Écrivez le nom"),
        (("Ados",), r"3 mesures\. Dites s’il les reprend"),
        (("jeunes",), "3 mesures"),
        (("bebes",), "2 mesures"),
        (("Garçons", "Filles"), "12 mesures"),
    ],
)
def test_what_could_be_two_things_is_refused(asked: tuple[object, ...], words: str) -> None:
    with pytest.raises(UserError, match=words):
        planned(asked, NOW, MEASURED)


@given(st.lists(st.text(max_size=8).filter(lambda text: bool(text.strip())), max_size=6))
def test_labels_asked_again_change_nothing(words: list[str]) -> None:
    try:
        first = planned(words, Categories(), {})
    except UserError:
        return
    labels = [first.label(identity) for identity in first.identities]
    again = planned(labels, first, dict.fromkeys(first.identities, 1))
    assert (again.identities, again.named) == (first.identities, first.named)
    assert len({folded(label) for label in labels}) == len(labels)


def test_a_renamed_category_keeps_its_measures(
    notebook: Notebook, seed: Seed, framework: FrameworkService, measured: str
) -> None:
    row = save(framework, measured, ("Filles", "Femmes"), ("Garçons", "Hommes"))
    assert (row.categories, row.labels) == (("Filles", "Garçons"), ("Femmes", "Hommes"))
    assert by_category(notebook, seed) == {"Femmes": 10, "Hommes": 15}
    with pytest.raises(UserError, match="a déjà été un public"):
        save(framework, measured, "Femmes", "Garçons")
    row = save(framework, measured, "Femmes", ("Garçons", "Garçons"))
    assert (row.categories, row.labels) == (("Filles", "Garçons"), ("Femmes", "Garçons"))
    assert check(notebook) == []


def test_a_category_list_keeps_the_series_and_asks_a_reason_once_measured(
    notebook: Notebook, seed: Seed, framework: FrameworkService, measured: str
) -> None:
    with pytest.raises(UserError, match="Dites pourquoi les publics distingués changent"):
        save(framework, measured, "Filles", "Garçons", "Autres", why="")
    with pytest.raises(UserError, match="Dites pourquoi les publics distingués changent"):
        save(framework, measured, ("Filles", "Femmes"), ("Garçons", "Garçons"), why="")
    assert save(framework, measured, "Garçons", "Filles", why="").version == 1  # only moved
    assert save(framework, measured, "Filles", "Garçons", "Autres").version == 2
    with notebook.glance() as reader:
        assert definitions(reader, [measured])[measured].starts == (1,)
    assert by_category(notebook, seed) == {"Filles": 10, "Garçons": 15, "Autres": None}
    unmeasured = seed.new_indicator(disaggregation="genre", categories=("Filles",))
    assert save(framework, unmeasured, "Filles", "Garçons", why="").version == 1


def test_a_removed_category_comes_back_with_its_measures_only_if_said(
    notebook: Notebook, seed: Seed, framework: FrameworkService, measured: str
) -> None:
    save(framework, measured, "Garçons")
    assert by_category(notebook, seed) == {"Garçons": 15}  # the total keeps 25
    assert framework.facts(measured).parts == {"Filles": 1, "Garçons": 1}
    with pytest.raises(UserError, match=r"1 mesure\. Dites s’il la reprend"):
        save(framework, measured, "Garçons", "filles")
    other = save(framework, measured, "Garçons", (NEW, "Filles"))
    assert (other.categories, other.labels) == (("Garçons", "Filles (2)"), ("Garçons", "Filles"))
    assert by_category(notebook, seed) == {"Garçons": 15, "Filles": None}
    same = save(framework, measured, "Garçons", ("Filles", "Filles"))
    assert same.categories == ("Garçons", "Filles")
    assert by_category(notebook, seed) == {"Garçons": 15, "Filles": 10}
    assert check(notebook) == []


def test_a_split_is_a_removal_and_two_new_ones(
    notebook: Notebook, seed: Seed, framework: FrameworkService, measured: str
) -> None:
    save(framework, measured, "Filles", "Garçons de 12 ans", "Garçons de 13 ans")
    assert by_category(notebook, seed) == {
        "Filles": 10,
        "Garçons de 12 ans": None,
        "Garçons de 13 ans": None,
    }
