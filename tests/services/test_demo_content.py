"""The demonstration's texts: coherent, typographically right, naming nobody."""

import re
from collections.abc import Iterator

import pytest
from stdnum import luhn

from desktop_app.services.demo.content import Content, ExperimentContent, load
from desktop_app.services.notebook.privacy import suspicions

CONTENT = load()

WRONG = re.compile(
    r"'|\.\.\.|\"| [;!?%»]|« | :|[^\s\u202f][;!?](?=\s|$)|\d (?=\d{3}(?!\d))|\d €", re.MULTILINE
)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def everything(content: Content) -> Iterator[str]:
    yield from texts(content.programme)
    yield from texts(content.sites)
    yield from texts(content.common)
    for experiment in content.experiments:
        yield from texts(experiment.framework)
        yield from texts(experiment.visits)


def test_typography() -> None:
    wrong = [text for text in everything(CONTENT) if WRONG.search(text)]
    assert wrong == []


def test_nobody_is_named() -> None:
    visits = [texts(experiment.visits) for experiment in CONTENT.experiments]
    found = [seen for each in visits for text in each for seen in suspicions(text)]
    assert found == []


def test_sites_have_no_identifier_of_anyone() -> None:
    for site in CONTENT.sites.values():
        assert re.fullmatch(r"95\d{3}", site["insee_code"])
        assert site.get("finess", "950999011") in {"950999011", "950999029"}
        assert site.get("uai", "0959901W") in {"0959901W", "0959902X"}
        assert luhn.is_valid(site.get("siret", "00000095000014"))
        assert 48.8 < site["latitude"] < 49.3
        assert 1.5 < site["longitude"] < 2.7


@pytest.mark.parametrize("experiment", CONTENT.experiments, ids=lambda each: each.code)
def test_visits_speak_of_their_experiment(experiment: ExperimentContent) -> None:
    described = experiment.framework["experiment"]
    own = [each for group in experiment.framework["objective"] for each in group["indicator"]]
    categories = {each["code"]: each["categories"] for each in own if "categories" in each}
    codes = {each["code"] for each in own}
    codes |= {f"{experiment.code}{len(own) + number}" for number in range(1, 5)}
    agents = {each["agent"] for each in CONTENT.programme["device"]}
    for visit in experiment.visits:
        assert visit["site"] in described["sites"]
        assert visit["date"] >= described["start_date"]
        assert visit["date"].weekday() < 5
        assert visit["start"] < visit["end"]
        assert visit["author"] in agents
        for measure in visit.get("measures", ()):
            assert measure["code"] in codes
            assert set(measure.get("by", ())) <= set(categories.get(measure["code"], ()))
        for action in visit.get("follow_ups", ()):
            assert action["due"] > visit["date"]
            assert action.get("done", action["due"]) > visit["date"]
        for photo in visit.get("photos", ()):
            assert photo["scene"] in CONTENT.scenes


@pytest.mark.parametrize("experiment", CONTENT.experiments, ids=lambda each: each.code)
def test_totals_agree_with_their_categories(experiment: ExperimentContent) -> None:
    additive = {
        each["code"]
        for group in experiment.framework["objective"]
        for each in group["indicator"]
        if each["aggregation"] == "additive"
    }
    for visit in experiment.visits:
        for measure in visit.get("measures", ()):
            if measure["code"] in additive and "by" in measure:
                assert sum(value for value, *_ in measure["by"].values()) == measure["value"]


def test_notes_are_all_different() -> None:
    notes = [v["notes"] for each in CONTENT.experiments for v in each.visits if "notes" in v]
    assert len(set(notes)) == len(notes) > 60
