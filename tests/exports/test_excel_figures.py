"""Figures in the workbook: the rate is the program's, few people are in words, no digit lies."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_factory import indicator, jobs, masked, objective, result, told
from test_excel import MEASURE, Streams, document, written

from desktop_app.exports.excel.cells import As, Kind
from desktop_app.exports.excel.figures import figure
from desktop_app.exports.excel.workbook import write_workbook
from desktop_app.services.results.rows import Baseline, IndicatorResult, Reserve, ResultState
from desktop_app.services.results.states import attainment
from desktop_app.services.results.tallies import tally_of
from desktop_app.services.vocabulary import (
    Aggregation,
    Direction,
    EvaluationQuestion,
    ObjectiveLevel,
    ValueType,
)

RATE = re.compile(r'=IF\(AND\(COUNT\(([A-Z0-9,]+)\)=(\d),(\S+)<>(\S+)\),(.+),""\)')


def lines(path, *results: IndicatorResult):
    """The rows of « Indicateurs », their cells by their column."""
    base = document()
    (sheet,) = base.sheets
    (part,) = sheet.objectives
    held = replace(sheet, objectives=(replace(part, results=results),))
    list(write_workbook(replace(base, sheets=(held,)), Streams(), path))
    heading, *rows = openpyxl.load_workbook(path)["Indicateurs"].iter_rows()
    return [{title.value: cell for title, cell in zip(heading, row, strict=True)} for row in rows]


def line(tmp_path, found: IndicatorResult):
    return lines(tmp_path / "x.xlsx", found)[0]


def evaluated(cells, title="Taux d’atteinte"):
    """What Excel makes of the rate's formula, from the row's own cells."""
    at = {cell.coordinate: cell.value for cell in cells.values()}
    counted, count, *_, way = RATE.fullmatch(cells[title].value).groups()
    names = counted.split(",")
    assert len(names) == int(count)
    assert all(isinstance(at[name], int | float) for name in names)
    ways = re.sub(r"[A-Z]+\d+", lambda name: repr(at[name[0]]), way.replace("ABS", "abs"))
    return eval(ways, {"abs": abs})  # noqa: S307


TYPES = [
    (ValueType.NUMBER, Aggregation.LATEST),
    (ValueType.NUMBER, Aggregation.ADDITIVE),
    (ValueType.PERCENTAGE, Aggregation.RATIO),
    (ValueType.SCALE, Aggregation.MEAN),
]
WAYS = [
    (Direction.UP, 31.0, 52.0, 70.0),
    (Direction.UP, 31.0, 12.5, 70.0),
    (Direction.DOWN, 34.0, 19.0, 15.0),
    (Direction.DOWN, 34.0, 11.0, 15.0),
    (Direction.KEEP, 40.0, 47.0, 50.0),
    (Direction.KEEP, 40.0, 55.0, 50.0),
    (Direction.KEEP, 40.0, 72.0, 50.0),
]


def test_the_live_rate_is_the_program_s(tmp_path):
    """Every type that has a rate, in the three directions."""
    asked = [
        result(
            indicator("D1", "Essai", value_type=value_type, aggregation=aggregation,
                      direction=direction, baseline_value=start, target_value=goal),
            now, ResultState.WATCH,
        )
        for value_type, aggregation in TYPES
        for direction, start, now, goal in WAYS
    ]  # fmt: skip
    rows = lines(tmp_path / "x.xlsx", *asked)
    assert len(rows) == len(asked) == len(TYPES) * len(WAYS)
    for found, cells in zip(asked, rows, strict=True):
        row = found.indicator
        rate = attainment(found.actual, row.baseline_value, row.target_value, row.direction)
        assert evaluated(cells) == pytest.approx(rate) == found.attainment


def test_a_measured_t0_that_counts_is_in_the_rate(tmp_path):
    row = indicator("D1", "Essai", baseline_value=None, baseline_to_measure=True)
    t0 = Baseline(measured=35.5, measured_n=30, used=35.5, to_measure=True)
    found = result(row, 52.0, ResultState.WATCH, baseline=t0, attainment=(52 - 35.5) / (70 - 35.5))
    cells = line(tmp_path, found)
    assert cells["T0 retenu"].value == pytest.approx(0.355)
    assert evaluated(cells) == pytest.approx(found.attainment)


NO_RATE = [
    ({"reserves": (Reserve.PART_OF_PERIOD,)}, {}),
    ({"reserves": (Reserve.OLDER_SERIES,)}, {}),
    ({"baseline": Baseline(), "reserves": (Reserve.NO_T0,)}, {"baseline_value": None}),
    ({"reserves": (Reserve.NO_TARGET,)}, {"target_value": None}),
    ({"reserves": (Reserve.T0_IS_TARGET,)}, {"target_value": 31.0}),
    ({"yes_sites": 1}, {"value_type": ValueType.YES_NO, "aggregation": Aggregation.LATEST}),
    ({"actual": None}, {}),
    ({"masked": True, "attainment": 0.5}, {}),
]


def test_no_rate_where_the_program_has_none(tmp_path):
    """Even where the three cells hold numbers that could be divided."""
    asked = []
    for changes, row in NO_RATE:
        found = result(indicator("D1", "Essai", **row), 52.0, ResultState.UNJUDGED)
        asked.append(replace(found, **{"attainment": None, **changes}))
    rows = lines(tmp_path / "x.xlsx", *asked)
    assert [cells["Taux d’atteinte"].value for cells in rows] == [None] * len(NO_RATE)


def test_both_t0_and_the_rate_under_each(tmp_path):
    cells = line(tmp_path, jobs())
    assert cells["T0 convenu"].value == pytest.approx(0.31)
    assert cells["T0 mesuré"].value == pytest.approx(0.36)
    assert cells["n du T0 mesuré"].value == 52
    assert cells["Taux depuis le T0 convenu"].value == pytest.approx(21 / 39)
    assert cells["Taux depuis le T0 mesuré"].value == pytest.approx(16 / 34)
    assert evaluated(cells) == pytest.approx(21 / 39)
    assert cells["Mêmes sites"].value.startswith("2 sites sur 4 ont un T0 et une mesure récente")


def test_a_t0_already_at_the_target_leaves_the_rate_from_the_other(tmp_path):
    t0 = Baseline(agreed=70.0, measured=36.0, measured_n=52, used=70.0, differs=True,
                  measured_rate=16 / 34)  # fmt: skip
    cells = line(tmp_path, replace(jobs(), attainment=None, baseline=t0))
    assert cells["Taux d’atteinte"].value is None
    assert cells["Taux depuis le T0 convenu"].value is None
    assert cells["Taux depuis le T0 mesuré"].value == pytest.approx(16 / 34)


def test_percentages_of_few_people_are_in_words(tmp_path):
    row = indicator("D6", "Satisfaits", baseline_value=None)
    t0 = Baseline(measured=62.5, measured_n=8, used=62.5, few=True)
    found = result(row, 88.9, ResultState.ON_TRACK, n=9, few=True, baseline=t0,
                   attainment=attainment(88.9, 62.5, 70.0))  # fmt: skip
    cells = line(tmp_path, found)
    assert cells["Lecture"].value == "8 sur 9"
    assert (cells["Actuel"].value, cells["IC 95 % bas"].value) == (None, None)
    assert (cells["T0 retenu"].value, cells["T0 mesuré"].value) == ("5 sur 8", "5 sur 8")
    assert evaluated(cells) == pytest.approx(found.attainment)


def test_a_masked_row_says_nothing(tmp_path):
    cells = line(tmp_path, masked())
    said = ("Lecture", "État", "Mouvement")
    assert {cells[title].value for title in said} == {"masqué"}
    numbers = {cell.value for cell in cells.values() if isinstance(cell.value, int | float)}
    assert not numbers & {33.3, 0.333, 14.7, 0.147, 4, 0.36, 0.36615}
    silent = ("Actuel", "Taux d’atteinte", "n", "IC 95 % bas", "T0 mesuré", "Mêmes sites",
              "Part attendue", "Taux depuis le T0 mesuré", "Non mesuré depuis le")  # fmt: skip
    assert [cells[title].value for title in silent] == [None] * len(silent)
    assert cells["Réserve"].value == "Repose sur trop peu de personnes pour sortir du carnet."
    words = " ".join(str(cell.value) for cell in cells.values())
    assert not re.search(r"33,3|14,7|1 sur|28\u202f%|n = 3", words)


def test_yes_no_and_words_have_no_number(tmp_path):
    row = indicator("D10", "Règles signées", value_type=ValueType.YES_NO, baseline_value=0.0,
                    target_value=1.0, aggregation=Aggregation.LATEST)  # fmt: skip
    found = result(row, 0.0, ResultState.WATCH, n=None, interval=None, yes_sites=2, attainment=None)
    book = written(tmp_path / "x.xlsx", result=found)
    yes, told_ = ({h.value: c.value for h, c in zip(book["Indicateurs"][1], cells, strict=True)}
                  for cells in (book["Indicateurs"][2], book["Indicateurs"][3]))  # fmt: skip
    assert yes["Lecture"] == "oui\u00a0: 2 sites sur 3"
    assert (yes["Actuel"], yes["Sites «\u00a0oui\u00a0»"]) == (None, 2)
    assert (yes["T0 retenu"], yes["Cible"]) == ("non", "oui")
    assert told_["Lecture"] == "2 réponses · 2 sites"
    assert (told_["État"], told_["Mouvement"]) == ("Réponses recueillies", "qualitatif")
    answers = [row[8] for row in book["Réponses"].iter_rows(min_row=2, values_only=True)]
    assert answers == [answer.text for answer in told().answers]


def test_measures_of_few_people_are_in_words_and_out_of_the_sum(tmp_path):
    rows = (
        replace(MEASURE, value=88.9, n=9),
        replace(MEASURE, value=50.0, n=10),
        replace(MEASURE, indicator_id="?", value=1.0, is_percentage=False, is_yes_no=True),
    )
    book = written(tmp_path / "x.xlsx", streams=Streams(measures=rows))
    sheet = book["Mesures"]
    assert [sheet[f"L{row}"].value for row in (2, 3, 4)] == [None, 0.5, None]
    assert [sheet[f"M{row}"].value for row in (2, 3, 4)] == ["8 sur 9", None, "oui"]
    assert sheet["P2"].value == 9
    sums = {row[0].value: row[1].value for row in book["Contrôle"].iter_rows(min_row=2)}
    assert sums["Mesures\u00a0: somme des pourcentages (en\u202f%)"] == pytest.approx(52 - 88.9)


def test_a_category_is_called_as_today(tmp_path):
    row = indicator("D1", "Essai", categories=("Femmes", "Hommes"), labels=("Filles", "Garçons"))
    found = replace(result(row, 52.0, ResultState.WATCH), indicator=replace(row, id="i"))
    measures = (replace(MEASURE, category="Femmes"), replace(MEASURE, category="Non précisé"))
    sheet = written(tmp_path / "x.xlsx", result=found, streams=Streams(measures))["Mesures"]
    assert [sheet["J2"].value, sheet["J3"].value] == ["Filles", "Non précisé"]


SHOWN = [
    (52.0, ValueType.PERCENTAGE, 1, "0.0%"),
    (99.96, ValueType.PERCENTAGE, 1, "0.0#%"),
    (0.04, ValueType.PERCENTAGE, 1, "0.0#%"),
    (99.9999999, ValueType.PERCENTAGE, 1, '">\u00a099,99999\u202f%";">\u00a099,99999\u202f%"'),
    (8.0, ValueType.NUMBER, 2, "#,##0"),
    (8.4, ValueType.NUMBER, 2, "#,##0.0#"),
    (0.0004, ValueType.NUMBER, 2, "#,##0.0###"),
    (1.2345, ValueType.NUMBER, 4, "#,##0.0###"),
    (1e-9, ValueType.NUMBER, 2, '"<\u00a00,000001";"<\u00a00,000001"'),
]


def test_a_format_shows_what_the_program_says(tmp_path):
    """The number underneath is whole, whatever is shown of it."""
    asked = [
        result(
            indicator("D1", "Essai", value_type=value_type, baseline_value=None,
                      target_value=None, aggregation=Aggregation.LATEST),
            value, ResultState.UNJUDGED, decimals=decimals,
        )
        for value, value_type, decimals, _ in SHOWN
    ]  # fmt: skip
    rows = lines(tmp_path / "x.xlsx", *asked)
    for cells, (value, value_type, _, shown) in zip(rows, SHOWN, strict=True):
        cell = cells["Actuel"]
        assert cell.number_format == shown
        assert cell.value == (value / 100 if value_type is ValueType.PERCENTAGE else value)


def seen(cell):
    """The digits Excel shows; '' when the format is words."""
    if not isinstance(cell, As):
        places, value, sign = 0 if cell == int(cell) else 2, cell, ""
    elif cell.said:
        return ""
    else:
        percent = cell.kind is Kind.PERCENT
        places, value = cell.decimals, cell.value * 100 if percent else cell.value
        sign = "%" if percent else ""
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(repr(value)).quantize(step, ROUND_HALF_UP).normalize():f}{sign}"


@given(
    st.floats(0, 100) | st.floats(99.9, 100) | st.floats(0, 0.001),
    st.sampled_from([ValueType.PERCENTAGE, ValueType.NUMBER]),
    st.integers(0, 6),
)
def test_no_format_reads_nothing_for_something_nor_all_for_less(value, value_type, decimals):
    text = seen(figure(value, value_type, decimals))
    if value > 0:
        assert text not in {"0", "0%"}
    if value < 100 - 1e-9:  # closer, the fraction itself is 1
        assert text != "100%"


def test_a_synthesis_counts_and_puts_first_what_drifts(tmp_path):
    base = document()
    (sheet,) = base.sheets
    sheets = []
    for code, state in (("BON", ResultState.REACHED), ("MAL", ResultState.DECLINE)):
        results = [result(indicator("D", "x"), 52.0, state) for _ in range(3)]
        experiment = replace(sheet.experiment.experiment, code=code)
        part = objective(1, "x", ObjectiveLevel.IMPACT, EvaluationQuestion.Q1, *results, told())
        leveled = [(part.level, one) for one in part.results]
        whole = replace(
            sheet.experiment,
            experiment=experiment,
            levels=(replace(sheet.experiment.levels[0], level=part.level,
                            tally=tally_of(results)),),
            indicator_count=len(leveled),
        )  # fmt: skip
        sheets.append(replace(sheet, experiment=whole, objectives=(part,)))
    path = tmp_path / "x.xlsx"
    list(write_workbook(replace(base, sheets=tuple(sheets)), Streams(), path))
    heading, *counts = openpyxl.load_workbook(path)["Synthèse"].iter_rows(values_only=True)
    rows = [dict(zip(heading, values, strict=True)) for values in counts]
    assert [row["Expérimentation"] for row in rows] == ["MAL", "BON"]
    assert rows[0]["Impacts"] == "0 atteinte sur 3 · 3 en recul"
    assert rows[1]["Impacts"] == "3 atteintes sur 3"
    counted = ("En recul", "Inchangées", "En progrès", "Atteintes", "Sans donnée", "Qualitatifs")
    for row in rows:
        assert sum(row[title] for title in counted) == row["Indicateurs"] == 4
        assert row["Impacts\u00a0: ensemble"] == 3
    assert not [title for title in heading if "Part" in title or "État" in title]


def test_the_scope_stands_under_the_title(tmp_path):
    book = written(tmp_path / "x.xlsx")
    title, (name, scope), *_ = book["Lisez-moi"].iter_rows(max_col=2, values_only=True)
    assert title[0] == "Carnet d’essai"
    assert (name, scope) == ("Périmètre", "Promotion 2021\u202f; visites validées seulement.")


def test_the_dictionary_says_the_rules_with_the_thresholds_in_force(tmp_path):
    book = written(tmp_path / "x.xlsx")
    said = list(book["Dictionnaire"].iter_rows(min_row=2, values_only=True))
    rules = {term: text for sheet, term, text in said if str(sheet).startswith("Règle")}
    assert "80\u202f%" in rules["En bonne voie"]
    assert "10" in rules["8 sur 9"]
    assert "5 personnes" in rules["Effectifs masqués"]
    assert all("{" not in text for text in rules.values())
    assert len({(sheet, term) for sheet, term, _ in said}) == len(said)
    assert all(text for _, _, text in said)
