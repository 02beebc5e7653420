"""What is said of a whole experiment."""

import datetime as dt
from dataclasses import replace

import pytest

from desktop_app.french import NBSP
from desktop_app.models.enums import Phase
from desktop_app.services.programme import experiment_words as words
from desktop_app.services.programme.experiment_rows import CohortRow, EnterpriseRow, ExperimentRow
from desktop_app.services.results.rows import ExperimentResult, Level, LevelTally, Tally, drift

TODAY = dt.date(2021, 6, 14)
DUO = ExperimentRow(
    "duo", "DUO", "Mentorat", EnterpriseRow("e", "Duo", "", "", "", ""),
    CohortRow("c", 2, "", None, None), (), "", "", Phase.EXPERIMENTATION,
    dt.date(2021, 3, 1), dt.date(2021, 11, 30), None, "", "", 4, 11, 2,
)  # fmt: skip


def result(**values: object) -> ExperimentResult:
    levels = (
        LevelTally(Level.OUTCOME, Tally(reached=1, progress=1, no_data=1)),
        LevelTally(Level.VIABILITY, Tally(progress=2, decline=1)),
    )
    made = ExperimentResult(
        DUO, levels, 7, 1, 0, None,
        ended=False, visit_count=9, site_count=4, observation_count=40,
    )  # fmt: skip
    return replace(made, **values)


def test_counts_are_told_level_by_level_viability_apart() -> None:
    assert words.levels_text(result()) == (
        f"Réalisations{NBSP}: aucun",
        f"Résultats{NBSP}: 1 atteinte sur 3 · 1 en progrès · 1 sans donnée",
        f"Impacts{NBSP}: aucun",
        f"Viabilité (Q3){NBSP}: 0 atteinte sur 3 · 1 en recul · 2 en progrès",
    )
    assert words.counts_text(result()) == (
        "1 en recul · 3 en progrès · 1 atteinte · 1 sans donnée · 1 qualitatif"
    )
    assert words.reached_text(Tally(reached=1, progress=1)) == f"1{NBSP}/{NBSP}2"
    assert words.reached_text(Tally()) == "aucun"


def test_what_has_long_not_been_measured_is_said_with_its_year_when_it_is_another() -> None:
    assert words.stale_text(result(), TODAY) == ""
    one = result(stale=1, stale_since=dt.date(2021, 3, 18))
    assert words.stale_text(one, TODAY) == f"Non mesuré depuis le 18/03{NBSP}: 1 indicateur"
    two = result(stale=2, stale_since=dt.date(2020, 12, 1))
    assert words.stale_text(two, TODAY) == f"Non mesuré depuis le 01/12/2020{NBSP}: 2 indicateurs"


@pytest.mark.parametrize(
    ("phase", "tally", "said"),
    [
        (Phase.EVALUATION, Tally(reached=1, progress=5, decline=1), "Bilan · 6 non atteintes"),
        (Phase.IMPLANTED, Tally(reached=3), "Implantée · toutes atteintes"),
        (Phase.STOPPED, Tally(reached=3, no_data=1), "Arrêtée"),
    ],
)
def test_how_it_ended_stands_beside_the_phase(phase: Phase, tally: Tally, said: str) -> None:
    ended = result(
        experiment=replace(DUO, phase=phase),
        levels=(LevelTally(Level.OUTCOME, tally),),
        ended=True,
    )
    assert words.phase_text(ended) == said
    assert words.phase_text(replace(ended, ended=False)) == said.partition(" · ")[0]


def test_the_day_it_ended_is_told_once_it_has_passed() -> None:
    assert words.ended_on_text(result(), TODAY) == ""
    assert words.ended_on_text(result(ended=True), TODAY) == "Terminée"
    assert words.ended_on_text(result(ended=True), dt.date(2022, 1, 3)) == "Terminée le 30/11/2021"


def test_visits_in_draft_are_counted_apart() -> None:
    assert words.drafts_left_out(result()) == 2
    assert words.drafts_left_out(result(visit_count=11)) == 0
    assert words.drafts_text(0) == ""
    assert words.drafts_text(1) == "1 visite en brouillon non comptée"
    assert words.drafts_text(2) == "2 visites en brouillon non comptées"


def test_the_whole_of_it_is_said_to_who_cannot_see_the_bar() -> None:
    said = words.standing_text(result(stale=1, stale_since=dt.date(2021, 3, 18)), TODAY)
    assert said.startswith("Expérimentation · 1 en recul · 3 en progrès")
    assert f"Non mesuré depuis le 18/03{NBSP}: 1 indicateur. Réalisations{NBSP}: aucun." in said


def test_what_drifts_comes_first() -> None:
    def of(tally: Tally, stale: int = 0) -> ExperimentResult:
        return result(levels=(LevelTally(Level.OUTCOME, tally),), stale=stale)

    order = [
        of(Tally(decline=2, progress=2)),
        of(Tally(decline=1, reached=8)),
        of(Tally(unchanged=3, reached=1)),
        of(Tally(progress=4), stale=2),
        of(Tally(progress=2, no_data=2)),
        of(Tally(progress=4)),
        of(Tally(reached=4)),
    ]
    mixed = [order[rank] for rank in (3, 0, 5, 6, 1, 4, 2)]
    assert sorted(mixed, key=drift) == order
