from dataclasses import replace

import pytest
from document_factory import experiment_document, follow_ups, measures, objectives
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from desktop_app.exports.pdf.canvas import artifacts
from desktop_app.exports.pdf.common import follow_up_state, polarity_counts, unquoted
from desktop_app.exports.pdf.experiment_brief import in_brief
from desktop_app.exports.pdf.experiment_questions import striking
from desktop_app.exports.pdf.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, STAND_INS, characters
from desktop_app.exports.pdf.text import fitting, lowered, markup, paragraphs, plain
from desktop_app.exports.pdf.visit import recorded_value, withheld_under
from desktop_app.french import typeset
from desktop_app.services.document_rows import ExperimentDocument
from desktop_app.services.result_rows import Thresholds
from desktop_app.services.vocabulary import MeasurementStatus, Polarity, ValueType


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Note : bien", "Note\u00a0: bien"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("l'eau d'ici", "l’eau d’ici"),
        ("12:30 et 3:4", "12:30 et 3:4"),
    ],
)
def test_french_is_set_as_french(typed, read):
    assert typeset(typed) == read


@given(st.text())
def test_only_characters_with_a_glyph_remain(text):
    assert all(char == "\n" or ord(char) in characters() for char in plain(text))


@given(st.text(alphabet="<>&;\"'/abr ", max_size=80))
def test_markup_never_opens_a_tag(text):
    assert "<" not in markup(text).replace("<br/>", "")


def test_stand_ins_are_as_wide_as_what_they_stand_for():
    for name in (REGULAR, BOLD, SEMIBOLD, ITALIC):
        for real, stand_in in STAND_INS.items():
            wide = pdfmetrics.stringWidth(chr(real), name, 10)
            assert pdfmetrics.stringWidth(chr(stand_in), name, 10) == wide > 0


@given(st.text(alphabet="ab \n", max_size=300), st.integers(5, 40), st.integers(1, 8))
def test_what_does_not_fit_a_cell_is_all_in_the_rest(text, columns, lines):
    kept, rest = fitting(text, columns, lines)
    assert "".join((kept + rest).split()) == "".join(text.split())
    assert len(kept) <= columns * lines + lines


def test_a_paragraph_of_any_length_is_cut_at_spaces():
    parts = paragraphs("mot " * 5000)
    assert max(map(len, parts)) <= 4000
    assert sum(part.count("mot") for part in parts) == 5000
    assert paragraphs(" \n\n \t") == []


def test_labels_inside_a_sentence_keep_their_acronyms():
    assert lowered("À surveiller") == "à surveiller"
    assert [lowered(text) for text in ("T0", "EHPAD", "Emploi", "")] == [
        "T0",
        "EHPAD",
        "emploi",
        "",
    ]


def test_a_quote_loses_the_marks_that_enclose_it_only():
    assert unquoted("«\u00a0Oui.\u00a0»") == "Oui."
    assert unquoted("« Oui », puis « non »") == "« Oui », puis « non »"


def test_what_is_painted_outside_elements_becomes_an_artifact():
    code = ["q", "0 0 m 1 1 l S", "/P <</MCID 0>> BDC", "BT (a) Tj ET", "EMC", "Q"]
    assert artifacts(code) == [
        "/Artifact BMC", "q", "0 0 m 1 1 l S", "EMC",
        "/P <</MCID 0>> BDC", "BT (a) Tj ET", "EMC", "Q",
    ]  # fmt: skip


def test_a_recorded_value_is_withheld_under_its_thresholds():
    by_n = {line.n: line for line in measures() if line.status is MeasurementStatus.OBSERVED}
    assert recorded_value(by_n[46], Thresholds())[0] == "47\u202f%"
    assert recorded_value(by_n[8], Thresholds())[0] == "non affiché"
    assert recorded_value(by_n[3], Thresholds(min_n_percentage=0))[0] == "non affiché"
    assert recorded_value(by_n[8], Thresholds(min_n_percentage=8))[0] == "75\u202f%"
    unseen = next(line for line in measures() if line.status is MeasurementStatus.NOT_OBSERVED)
    assert recorded_value(unseen, Thresholds()) == ("Non observé", [])


def with_reached(count: int) -> ExperimentDocument:
    document = experiment_document()
    overall = replace(document.sheet.experiment, reached_count=count)
    return replace(document, sheet=replace(document.sheet, experiment=overall))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "aucune des 7 cibles n’est atteinte"),
        (1, "1 des 7 cibles est atteinte"),
        (3, "3 des 7 cibles sont atteintes"),
    ],
)
def test_the_brief_counts_targets_in_french(count, said):
    assert said in in_brief(with_reached(count))


def test_the_brief_quotes_no_withheld_figure():
    document = experiment_document()
    last = objectives()[1]
    only = replace(last, results=last.results[1:])
    text = in_brief(replace(document, sheet=replace(document.sheet, objectives=(only,))))
    assert "75" not in text


def test_striking_findings_are_of_every_polarity():
    rows = experiment_document().findings
    chosen = striking(rows)
    assert {row.polarity for row in chosen} == set(Polarity)
    assert len(chosen) <= 6
    assert "dont 2 inattendus" in polarity_counts(rows)


def test_the_state_of_an_action_is_in_words():
    states = [follow_up_state(row)[0] for row in follow_ups()]
    assert states == ["En retard", "À faire", "Faite le 27/05/2021", "À faire"]


def test_the_previous_value_is_withheld_like_todays():
    line = measures()[0]
    assert withheld_under(line, 3, Thresholds()) == 5
    assert withheld_under(line, None, Thresholds()) is None
    percentage = replace(line, value_type=ValueType.PERCENTAGE)
    assert withheld_under(percentage, 8, Thresholds()) == 10
    assert withheld_under(replace(line, value_type=ValueType.NUMBER), 8, Thresholds()) is None
