"""How results read: the same words on the screen, in the workbook and on paper."""

from dataclasses import replace

import pytest
from result_samples import an_indicator

from desktop_app.models.enums import Counted, ValueType
from desktop_app.services.results.reference_words import (
    baseline_detail,
    baseline_text,
    both_baselines_text,
    same_sites_text,
)
from desktop_app.services.results.rows import (
    Baseline,
    IndicatorResult,
    Reserve,
    ResultState,
    SameSites,
    Tally,
)
from desktop_app.services.results.tally_words import ended_text, tally_text
from desktop_app.services.results.words import (
    actual_text,
    fraction_text,
    reserves_text,
    share_text,
    state_text,
)

RATE = an_indicator(value_type=ValueType.PERCENTAGE, n_counts=Counted.PEOPLE)


def a_result(**changes: object) -> IndicatorResult:
    made = IndicatorResult(
        indicator=RATE,
        actual=46.0,
        actual_date=None,
        n=78,
        interval=None,
        attainment=0.5,
        expected=0.5,
        state=ResultState.ON_TRACK,
        decimals=1,
    )
    return replace(made, **changes)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("percentage", "n", "said"),
    [
        (89, 9, "8 sur 9"),
        (67, 3, "2 sur 3"),
        (100, 5, "5 sur 5"),
        (0, 5, "0 sur 5"),
        (94, 5, "4,7 sur 5"),  # no number of people makes it: neither 5 of 5 nor 4
        (33, 7, "2,3 sur 7"),
    ],
)
def test_a_percentage_of_few_people(percentage: float, n: int, said: str) -> None:
    assert fraction_text(percentage, n) == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (0.5, "50 %"),
        (-0.53, "- 53 %"),
        (1.28, "128 %"),
        (0.9996, "99,96 %"),
        (0.004, "0,4 %"),
        (0.0, "0 %"),
        (None, ""),
    ],
)
def test_the_way_done_is_never_rounded_into_a_lie(rate: float | None, said: str) -> None:
    assert plain(share_text(rate)) == said


def test_both_t0_are_said_when_they_are_apart() -> None:
    t0 = Baseline(agreed=0.0, measured=32.0, measured_n=78, used=0.0, differs=True)
    found = a_result(baseline=t0)
    assert plain(both_baselines_text(found)) == (
        "T0 convenu 0 %, T0 mesuré 32 % (n = 78 personnes)"
    )
    assert plain(baseline_detail(found)) == "mesuré 32 % (n = 78 personnes)"


def test_once_ended_the_way_done_is_said() -> None:
    missed = a_result(state=ResultState.MISSED, attainment=0.95)
    assert plain(state_text(missed)) == "Non atteinte (95 % du chemin)"


def test_the_same_sites() -> None:
    some = SameSites(count=2, of=4, baseline=37.9, actual=47.0)
    assert plain(same_sites_text(a_result(same_sites=some))) == (
        "2 sites sur 4 ont un T0 et une mesure récente : 37,9 % → 47 % (+ 9,1 points)."
    )
    one = replace(some, count=1, of=1, same=True)
    assert plain(same_sites_text(a_result(same_sites=one))).startswith("Le même site")


def test_what_is_withheld_says_nothing() -> None:
    masked = a_result(
        masked=True, actual=None, n=None, state=ResultState.UNJUDGED, reserves=(Reserve.NO_T0,)
    )
    assert (actual_text(masked), state_text(masked)) == ("masqué", "masqué")
    assert reserves_text(masked) == ("Repose sur trop peu de personnes pour sortir du carnet.",)


def test_a_tally_is_told_from_the_worst_to_the_unknown() -> None:
    tally = Tally(reached=1, progress=4, unchanged=1, decline=1, no_data=2)
    assert plain(tally_text(tally)) == (
        "1 en recul · 1 inchangée · 4 en progrès · 1 atteinte · 2 sans donnée"
    )
    assert ended_text(Tally(reached=9)) == "toutes atteintes"
    assert plain(ended_text(Tally(reached=1, progress=5, decline=1))) == "6 non atteintes"


def test_few_people_are_said_in_headcounts_wherever_they_stand() -> None:
    t0 = Baseline(agreed=0.0, measured=25.0, measured_n=8, used=25.0, differs=True, few=True)
    same = SameSites(1, 1, 25.0, 50.0, same=True, baseline_n=8, actual_n=8, few=True)
    found = a_result(baseline=t0, same_sites=same)
    assert baseline_text(found) == "2 sur 8"
    assert plain(baseline_detail(found)) == "mesuré 2 sur 8"
    assert plain(both_baselines_text(found)) == "T0 convenu 0 %, T0 mesuré 2 sur 8"
    assert plain(same_sites_text(found)) == (
        "Le même site au départ et maintenant : 2 sur 8 → 4 sur 8."
    )
