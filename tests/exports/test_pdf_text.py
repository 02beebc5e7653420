from dataclasses import replace

import pytest
from document_factory import (
    experiment,
    experiment_document,
    follow_ups,
    measures,
    objectives,
    sheet,
)
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from desktop_app.exports.pdf.canvas import artifacts
from desktop_app.exports.pdf.common import follow_up_state, polarity_counts, unquoted
from desktop_app.exports.pdf.experiment_brief import in_brief, telling
from desktop_app.exports.pdf.experiment_questions import striking
from desktop_app.exports.pdf.experiment_table import in_lines
from desktop_app.exports.pdf.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, STAND_INS, characters
from desktop_app.exports.pdf.text import fitting, lowered, markup, paragraphs, plain
from desktop_app.exports.pdf.visit_measures import previous_value, recorded_value
from desktop_app.exports.wording import glossary
from desktop_app.french import typeset
from desktop_app.services.results.rows import Reserve, Thresholds
from desktop_app.services.vocabulary import (
    Calculation,
    Counted,
    MeasurementStatus,
    Phase,
    Polarity,
    ValueType,
)


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


def test_a_recorded_value_says_nothing_when_masked_and_counts_people_when_few():
    by_n = {line.n: line for line in measures() if line.status is MeasurementStatus.OBSERVED}
    assert recorded_value(by_n[46], Thresholds())[0] == "47\u202f%"
    assert recorded_value(by_n[8], Thresholds())[0] == "6 sur 8"
    assert recorded_value(by_n[8], Thresholds(min_n_percentage=8))[0] == "75\u202f%"
    commented = replace(by_n[3], comment="deux jeunes sur trois")
    assert recorded_value(commented, Thresholds(), masked=True) == ("masqué", "")
    unseen = next(line for line in measures() if line.status is MeasurementStatus.NOT_OBSERVED)
    assert recorded_value(unseen, Thresholds()) == ("Non observé", "")


def test_the_brief_counts_where_indicators_stand():
    text = in_brief(experiment_document()).replace("\u00a0", " ")
    assert text.startswith(
        "Au 9 juin 2021 : 1 en recul, 6 en progrès, 1 atteinte, 1 sans donnée (dont 1 masquée), "
        "1 qualitatif, sur 10 indicateurs."
    )


def test_the_brief_of_an_ended_experiment_says_what_was_not_reached():
    parts = (replace(objectives()[3], results=(objectives()[3].results[0],)),)
    ended = sheet(parts, row=replace(experiment(), phase=Phase.IMPLANTED))
    text = in_brief(experiment_document(sheet=ended))
    assert "expérimentation terminée\u00a0: 1 en progrès, sur 1 indicateur" in text
    assert "(1\u00a0non\u00a0atteinte)" in text


def test_the_brief_quotes_a_figure_of_each_objective_and_no_masked_one():
    document = experiment_document()
    assert [r.indicator.code for r in telling(document)] == ["D1", "D4", "D5"]
    first = replace(objectives()[0].results[0], reserves=(Reserve.PART_OF_PERIOD,))
    partial = replace(objectives()[0], results=(first,))
    assert telling(replace(document, sheet=sheet((partial,), row=experiment()))) == []
    last = objectives()[1]
    only = replace(last, results=last.results[2:])
    part = replace(document, sheet=sheet((only,), row=experiment()))
    assert telling(part) == []
    assert "33" not in in_brief(part)


def test_striking_findings_are_of_every_polarity():
    rows = experiment_document().findings
    chosen = striking(rows)
    assert {row.polarity for row in chosen} == set(Polarity)
    assert len(chosen) <= 6
    assert "dont 2 inattendus" in polarity_counts(rows)


def test_the_state_of_an_action_is_in_words():
    states = [follow_up_state(row)[0] for row in follow_ups()]
    assert states == ["En retard", "À faire", "Faite le 27/05/2021", "À faire"]


def test_the_previous_value_is_masked_like_todays():
    line = measures()[0]
    assert previous_value(replace(line, last_n=3), Thresholds()) == "masqué"
    assert previous_value(replace(line, last_value=50.0, last_n=8), Thresholds()) == "4 sur 8"
    assert previous_value(replace(line, last_n=46), Thresholds()) == "43\u202f%"
    assert previous_value(replace(line, last_n=None), Thresholds()) == "masqué"
    assert previous_value(replace(line, last_n=None), Thresholds(mask_below=0)) == "43\u202f%"
    pairs = replace(line, value_type=ValueType.NUMBER, calculation=Calculation.SUM)
    assert previous_value(replace(pairs, last_value=3.0, last_n=None), Thresholds()) == "masqué"
    assert previous_value(replace(pairs, last_value=0.0, last_n=None), Thresholds()) == "0"
    objects = replace(pairs, last_value=3.0, last_n=3, n_counts=Counted.OBJECTS)
    assert previous_value(objects, Thresholds()) == "3"


def test_a_basis_is_cut_between_its_parts():
    assert in_lines("n = 46 · 3 sites · IC 95 % : 38–66 %").replace("\u00a0", " ") == (
        "n = 46 · 3 sites\nIC 95 % : 38–66 %"
    )
    long = "pas encore mesuré depuis T0"
    assert in_lines(long) == long


@pytest.mark.parametrize("mask", [0, 5])
def test_the_glossary_says_what_is_masked_as_it_is(mask):
    entries = dict(glossary("calculations", Thresholds(mask_below=mask)))
    assert ("moins de 5 personnes" in entries["Effectifs masqués"]) is bool(mask)
    assert not any("{" in text for text in entries.values())
    assert "8 sur 9" not in dict(glossary("calculations", Thresholds(min_n_percentage=0)))
