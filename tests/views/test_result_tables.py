"""How a result reads: each cell in its lines, for the eye and for the ear, and its evidence."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from screen_sample import DAY, dated_services, fill

from desktop_app.config.settings import Settings
from desktop_app.services.results.evidence_rows import EvidencePart, EvidenceRow, EvidenceSheet
from desktop_app.services.results.reckoning import Why
from desktop_app.services.results.rows import Reserve, Thresholds
from desktop_app.services.vocabulary import Aggregation, Movement, ValueType, Wave
from desktop_app.views.screens.experiment.fiche import indicator_facts
from desktop_app.views.tables import result_table, result_text
from desktop_app.views.tables.result_evidence import Reading, short_list
from desktop_app.views.tables.result_table import ResultTableModel
from desktop_app.views.tables.result_text import thresholds_text
from desktop_app.views.tables.row_model import SUBLINE_ROLE, TONE_ROLE
from tests.exports.result_factory import jobs, pairs, told

SAID = Qt.ItemDataRole.AccessibleTextRole


def test_results_read_as_in_the_mockup(tmp_path: Path, settings: Settings) -> None:
    with dated_services(tmp_path, settings) as services:
        sample = fill(services)
        model = ResultTableModel("aide")
        model.set_sheet(services.results.sheet(sample.experiments["duo"]))
    heading = model.index(0, 0)
    assert heading.data() == "Objectif 1 — Accélérer l’accès à l’emploi ou à la formation"
    assert heading.data(SUBLINE_ROLE) == "Résultat · Q1"
    assert str(heading.data(SAID)).endswith("Résultat · Q1, 2 en progrès")
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    place = model.position(sample.indicators["D1"])
    assert place == model.first_row() == model.first_of(Movement.PROGRESS) == 1
    assert model.first_of(Movement.DECLINE) == -1
    cells = [model.index(place, column) for column in range(model.columnCount())]
    assert [cell.data() for cell in cells[:5]] == [
        "D1",
        "Jeunes en emploi, formation ou stage à 6 mois",
        "31\u202f%",
        "44\u202f%",
        "70\u202f%",
    ]
    assert cells[result_table.BASELINE].data(SUBLINE_ROLE) == "convenu"
    assert cells[result_table.ACTUAL].data(SUBLINE_ROLE) == (
        "n\u00a0=\u00a092\u00a0personnes · 1 site"
    )
    assert cells[result_table.STATE].data() == "En bonne voie"
    assert cells[result_table.STATE].data(TONE_ROLE) == "good"
    assert "aide" in cells[result_table.STATE].data(Qt.ItemDataRole.ToolTipRole)
    assert model.headerData(result_table.STATE, Qt.Orientation.Horizontal) == "État au 09/06/2021"
    assert "cible 70\u202f%" in cells[result_table.BAR].data(SAID)
    down = model.index(model.position(sample.indicators["D2"]), result_table.LABEL)
    assert down.data(SUBLINE_ROLE) == "jours, à faire baisser"
    scale = model.index(model.position(sample.indicators["D3"]), result_table.LABEL)
    assert scale.data(SUBLINE_ROLE) == "échelle 1 à 5"


def test_every_cell_of_a_result_speaks(tmp_path: Path, settings: Settings) -> None:
    with dated_services(tmp_path, settings) as services:
        sample = fill(services)
        model = ResultTableModel("aide")
        model.set_sheet(services.results.sheet(sample.experiments["duo"]))
    for row in range(model.rowCount()):
        heading = model.is_heading(row)
        for column in range(1 if heading else model.columnCount()):
            assert str(model.index(row, column).data(SAID)).strip()


def shown(lines: result_text.Lines) -> list[tuple[str, str]]:
    return [(line.text, line.colour) for line in lines]


def test_both_t0_are_read_when_they_are_apart() -> None:
    row = jobs()
    assert shown(result_text.baseline_lines(row)) == [
        ("convenu 31\u202f%", "ink"),
        ("mesuré 36\u202f% (n\u00a0=\u00a052\u00a0personnes)", "warn"),
    ]
    to_measure = replace(row, baseline=replace(row.baseline, to_measure=True, used=36.0))
    assert shown(result_text.baseline_lines(to_measure)) == [
        ("mesuré 36\u202f%", "ink"),
        ("convenu 31\u202f%", "warn"),
    ]
    not_comparable = replace(row, baseline=replace(row.baseline, used=36.0))
    assert shown(result_text.baseline_lines(not_comparable)) == [
        ("mesuré 36\u202f%", "ink"),
        ("convenu 31\u202f%", "warn"),
    ]


def test_a_rate_behind_t0_is_red_with_its_sign() -> None:
    line = result_text.rate_line(replace(jobs(), attainment=-0.53))
    assert (line.text, line.colour) == ("\u2212\u202f53\u202f%", "bad")
    assert result_text.rate_line(replace(jobs(), attainment=1.2)).text == "120\u202f%"


def test_a_reserve_shows_on_the_row_and_is_heard_in_full() -> None:
    plain = replace(jobs(), reserves=(Reserve.PLAIN_MEAN,), without_n=1)
    lines = result_text.state_lines(plain)
    assert [(line.text, line.mark) for line in lines][-1] == ("moyenne simple", True)
    assert "n manque à 1" in result_text.state_said(plain)
    two = replace(plain, reserves=(Reserve.PLAIN_MEAN, Reserve.OTHER_PERIMETER))
    assert result_text.reserve_word(two) == "2 réserves"
    assert result_text.reserve_word(replace(plain, reserves=(Reserve.ONLY_T0,))) == ""


def test_each_reserve_has_a_word_for_the_row() -> None:
    for reserve in Reserve:
        word = result_text.reserve_word(replace(jobs(), reserves=(reserve,)))
        assert bool(word) is (reserve is not Reserve.ONLY_T0)


def test_a_stale_figure_says_since_when() -> None:
    stale = replace(jobs(), stale_since=dt.date(2021, 3, 11))
    (line,) = result_text.state_lines(stale)
    assert (line.text, line.colour) == ("non mesuré depuis le 11/03/2021", "warn")


def test_quotes_come_from_as_many_sites_as_spoke() -> None:
    first, second = told().answers
    again = replace(first, date=first.date + dt.timedelta(1), text="Encore lui.")
    row = replace(told(), answers=(first, second, again))
    assert [answer.text for answer in result_table.latest(row, 2)] == [again.text, second.text]
    assert result_table.quote(second) == "«\u00a0On ne les voit jamais, ces jeunes-là.\u00a0»"
    inside = replace(first, text="Un lieu « où l’on se parle » ; rien d’autre.")
    assert result_table.quote(inside) == (
        "«\u00a0Un lieu “où l’on se parle” ; rien d’autre.\u00a0»"
    )


def evidence(count: int, why: Why = Why.COUNTED) -> list[EvidenceRow]:
    base = EvidenceRow(
        id="", date=DAY, time=None, site_id="s", site_name="Collège", commune="Cergy",
        visit_reference="V1", wave=Wave.T1, value=50.0, n=8, why=why,
        share=1.0 if why is Why.COUNTED else None, series=1,
    )  # fmt: skip
    return [replace(base, id=f"{why}{number}") for number in range(count)]


def test_the_short_list_says_what_it_leaves_out() -> None:
    reading = Reading(jobs(), least=10)
    rows = (*evidence(12), *evidence(7, Why.REFERENCE))
    lines = short_list(EvidenceSheet(jobs().indicator, rows), reading, most=9)
    assert len(lines) == 9
    assert [line.words for line in lines if line.row is None] == [
        "… et 7 autres comptées",
        "Moyenne pondérée par n",
        "… et 6 autres à part",
    ]
    few = short_list(EvidenceSheet(jobs().indicator, rows[:2]), reading)
    assert [line.words for line in few] == ["", "", "Moyenne pondérée par n"]
    assert short_list(EvidenceSheet(jobs().indicator, ()), reading) == ()


def test_evidence_reads_percentages_of_few_people_as_fractions() -> None:
    reading = Reading(jobs(), least=10)
    (row,) = evidence(1)
    assert reading.value(row) == "4 sur 8"
    assert reading.value(replace(row, n=20)) == "50\u202f%"
    assert reading.value(replace(row, value=None)) == "—"
    part = EvidencePart("Femmes", 60.0, 30)
    assert (
        reading.parts(replace(row, parts=(part,), of_parts=True)) == "Femmes 60\u202f% (sans total)"
    )


def test_the_fiche_says_how_the_figure_is_made() -> None:
    facts = dict(indicator_facts(jobs().indicator))
    assert facts["n compte"] == "Personnes"
    assert facts["Calcul"] == "Rapport des effectifs"
    row = replace(
        jobs().indicator, exhaustive=True, baseline_to_measure=True, labels=("Jeunes femmes", "H")
    )
    facts = dict(indicator_facts(row, pairs().history))
    assert facts["n compte"] == "Personnes, relevé exhaustif"
    assert facts["Référence T0"] == "à relever\u202f; convenu\u00a0: 31\u202f% au 01/03/2021"
    assert facts["Publics"] == "Jeunes femmes, H"
    assert facts["Ce qui a changé"].startswith("Cible\u00a0: 48")
    yes = replace(row, value_type=ValueType.YES_NO, aggregation=Aggregation.LATEST)
    assert dict(indicator_facts(yes))["Calcul"] == "Nombre de sites"
    wrong = replace(row, value_type=ValueType.SCALE, aggregation=Aggregation.ADDITIVE)
    assert "ne convient pas" in dict(indicator_facts(wrong))["Calcul"]


def test_the_words_of_the_states_follow_the_settings() -> None:
    said = thresholds_text(Thresholds(on_track=0.9, watch=0.4))
    assert "au moins 90\u202f%" in said
    assert "entre 40 et 90\u202f%" in said
    assert "En recul" in said
