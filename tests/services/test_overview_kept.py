"""Results kept as text come back the same, or not at all."""

import datetime as dt
import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.models.enums import Phase
from desktop_app.services.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ExperimentRow,
)
from desktop_app.services.overview_kept import from_text, kept_key, to_text
from desktop_app.services.result_rows import (
    ExperimentResult,
    Level,
    LevelTally,
    Tally,
    Thresholds,
)

TODAY = dt.date(2021, 6, 14)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
counts = st.integers(0, 10_000)
days = st.none() | st.dates()
tallies = st.builds(Tally, *[counts] * 6)
experiments = st.builds(
    ExperimentRow,
    id=words,
    code=words,
    title=words,
    enterprise=st.builds(EnterpriseRow, *[words] * 6),
    cohort=st.builds(CohortRow, words, counts, words, days, days),
    directorates=st.lists(st.builds(DirectorateRow, words, words, words), max_size=2).map(tuple),
    social_need=words,
    target_audience=words,
    phase=st.sampled_from(Phase),
    start_date=days,
    end_date=days,
    budget=st.none() | st.floats(0, 1e12),
    sdg_tags=words,
    final_decision=words,
    site_count=counts,
    visit_count=counts,
    planned_count=counts,
)
results = st.builds(
    ExperimentResult,
    experiment=experiments,
    levels=st.lists(st.builds(LevelTally, st.sampled_from(Level), tallies), max_size=4).map(tuple),
    indicator_count=counts,
    qualitative=counts,
    stale=counts,
    stale_since=days,
    ended=st.booleans(),
    visit_count=counts,
    site_count=counts,
    observation_count=counts,
)


@given(st.lists(results, max_size=3).map(tuple))
def test_what_is_kept_comes_back_the_same(given_results: tuple[ExperimentResult, ...]) -> None:
    assert from_text(to_text(given_results)) == given_results


@given(results)
def test_every_field_is_kept(result: ExperimentResult) -> None:
    (kept,) = json.loads(to_text([result]))
    assert set(kept) == {field.name for field in fields(ExperimentResult)}
    assert set(kept["experiment"]) == {field.name for field in fields(ExperimentRow)}


@given(results, st.data())
def test_anything_else_is_refused(result: ExperimentResult, data: st.DataObject) -> None:
    (kept,) = json.loads(to_text([result]))
    name = data.draw(st.sampled_from(sorted(kept)))
    for broken in ({**kept, name: "x"}, {k: v for k, v in kept.items() if k != name}):
        with pytest.raises(ValueError, match=r".*"):
            from_text(json.dumps([broken]))


@pytest.mark.parametrize("text", ["", "{", "null", "3", '[["a"]]', '[{"levels": []}]', "[null]"])
def test_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_text(text)


def test_the_key_tells_all_that_results_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Thresholds()
    keys = [
        kept_key(TODAY, rules, include_drafts=False),
        kept_key(TODAY, rules, include_drafts=True),
        kept_key(TODAY + dt.timedelta(1), rules, include_drafts=False),
        *(
            kept_key(TODAY, replace(rules, **{name: value}), include_drafts=False)
            for name, value in {
                "on_track": 0.9,
                "watch": 0.4,
                "min_n_percentage": 12,
                "mask_below": 6,
            }.items()
        ),
    ]
    monkeypatch.setattr("desktop_app.services.overview_kept.__version__", "0.0.1")
    keys.append(kept_key(TODAY, rules, include_drafts=False))
    assert len(set(keys)) == len(keys)
    assert {field.name for field in fields(Thresholds)} == {
        "on_track", "watch", "min_n_percentage", "mask_below",
    }  # fmt: skip
