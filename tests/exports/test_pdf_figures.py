"""What the synthesis says of figures: counts, both T0, reserves, answers; nothing of few people."""

import re
from dataclasses import replace

import pytest
from document_factory import (
    experiment,
    experiment_document,
    header,
    measure,
    objectives,
    sheet,
    trajectories,
    visit_document,
)
from pdf_reading import structure, written

from desktop_app.exports.pdf import write_experiment, write_visit
from desktop_app.services.documents.scope_words import scope_sentence
from desktop_app.services.results.rows import IndicatorResult, Interval, ObjectiveResult, SameSites
from desktop_app.services.results.scope import Scope
from desktop_app.services.vocabulary import Phase, ValueType


@pytest.fixture
def read(tmp_path):
    """The structure of the synthesis of a document."""
    return lambda document: structure(written(write_experiment, document, tmp_path))


def with_results(change):
    """The document whose results went through ``change``."""
    parts = tuple(
        ObjectiveResult(part.objective, tuple(map(change, part.results))) for part in objectives()
    )
    return experiment_document(sheet=sheet(parts, row=experiment()))


def row_of(tree, label):
    return next(row for row in tree.all("TR") if label in row.words)


def test_no_average_of_unlike_things_is_said(read):
    text = read(experiment_document()).said
    assert not re.search(r"avancement|vers les cibles", text, re.IGNORECASE)
    rates = [r.attainment for o in objectives() for r in o.results if r.attainment is not None]
    whole = round(100 * sum(min(max(rate, 0), 1) for rate in rates) / len(rates))
    assert f"{whole}\u202f%" not in text


def test_the_first_page_counts_each_level_in_a_bar_with_its_words(read):
    tree = read(experiment_document())
    table = next(tree.all("Table"))
    rows = [row.words for row in table.all("TR")]
    assert [row.split()[0] for row in rows] == ["Résultats", "Impacts", "Viabilité"]
    assert "1 en recul · 1 en progrès · 1 atteinte · 1 sans donnée (dont 1 masquée)" in rows[1]
    bars = [bar.alt for bar in table.all("Figure")]
    assert bars[0] == "Résultats\u00a0: 3 en progrès."
    assert "1 en recul" in bars[1]


def test_an_ended_experiment_says_what_was_not_reached(read):
    ended = sheet(objectives(), row=replace(experiment(), phase=Phase.STOPPED))
    tree = read(experiment_document(sheet=ended))
    assert "3 non atteintes" in next(tree.all("Table")).words
    assert "expérimentation terminée" in tree.words


def test_both_t0_are_printed_when_they_are_apart_with_the_way_under_each(read):
    text = read(experiment_document()).words
    assert "T0 convenu 31\u202f%, T0 mesuré 36\u202f% (n\u00a0=\u00a052\u00a0personnes)" in text
    assert "54\u202f% depuis le T0 convenu, 47\u202f% depuis le T0 mesuré" in text
    row = row_of(read(experiment_document()), "D1")
    assert "mesuré 36\u202f%" in row.words


def test_the_row_carries_basis_way_state_and_detail(read):
    tree = read(experiment_document())
    row = row_of(tree, "D3 · jours")
    for said in ("34", "19", "3 sites".replace(" ", "\u00a0"), "15", "79\u202f%", "En bonne voie"):
        assert said in row.words
    assert "non mesuré depuis le 28/04/2021" in row.words
    assert "−" in row_of(tree, "Confiance en soi déclarée").words
    assert "En recul" in row_of(tree, "Confiance en soi déclarée").words
    assert "6 sur 8" in row_of(tree, "satisfaits").words
    assert "75\u202f%" not in tree.said


def test_a_row_is_followed_by_what_must_be_read_with_it(read):
    tree = read(experiment_document())
    table = next(table for table in tree.all("Table") if "Indicateur" in table.words)
    rows = list(table.all("TR"))
    under = rows[next(i for i, row in enumerate(rows) if "D1" in row.words) + 1]
    assert under.kids[0].tag == "TD"
    assert under.kids[0].span == 7
    assert "2 sites sur 4 ont un T0 et une mesure récente" in under.words
    assert "Sans référence T0" in tree.words


def test_an_amended_target_is_printed_beside_its_figure_and_in_its_sheet(read):
    tree = read(experiment_document())
    assert "amendée" in row_of(tree, "Binômes actifs").words
    said = "Cible : 48 jusqu’au 14/04/2021, puis 60. Motif : deux missions locales de plus."
    assert tree.words.replace("\u00a0", " ").count(said) == 2


def test_answers_are_printed_as_quotes(read):
    tree = read(experiment_document())
    row = row_of(tree, "Perception des employeurs")
    assert "Réponses recueillies" in row.words
    assert "Sans donnée" not in row.words
    assert "«\u00a0Trois garages acceptent maintenant un stagiaire" in tree.words
    assert "Mission locale de Cergy · 15/03/2021 · T0" in tree.words
    assert tree.words.count("On ne les voit jamais") == 1


def test_answers_beyond_the_latest_are_in_the_annex(read):
    def many(result: IndicatorResult) -> IndicatorResult:
        answers = [replace(a, text=f"Réponse {i}.") for a in result.answers for i in range(20)]
        return replace(result, answers=tuple(answers))

    text = read(with_results(many)).words
    assert "Annexe – Autres réponses" in text
    assert all(f"Réponse {number}." in text for number in range(20))


def test_the_sheet_says_what_n_counts_and_why_there_is_no_interval(read):
    def by_month(result: IndicatorResult) -> IndicatorResult:
        if result.indicator.code != "D1":
            return result
        row = replace(result.indicator, exhaustive=True)
        return replace(result, indicator=row, interval=None)

    text = read(with_results(by_month)).words
    assert "n compte des personnes" in text
    assert "n compte des réponses" in text
    assert "Pas d’intervalle\u00a0: toutes les personnes concernées ont été comptées." in text


def test_a_breakdown_says_its_base(read):
    def partly(result: IndicatorResult) -> IndicatorResult:
        kept = tuple(c for c in result.by_category if not c.masked)
        return replace(result, n=50, by_category=kept) if kept else result

    said = read(with_results(partly)).words
    assert (
        "base\u00a0: n\u00a0=\u00a046\u00a0personnes\u202f; l’ensemble repose sur n\u00a0=\u00a050"
        in (said)
    )


def test_the_scope_stands_under_the_title(read):
    scope = Scope(experiment_id="e1", include_drafts=True)
    labels = (("Direction métier", "Autonomie"),)
    document = experiment_document()
    said = scope_sentence(scope, labels, document.thresholds)
    document = replace(document, scope=scope, header=header(scope=said))
    text = read(document).words
    start = text.index("Périmètre")
    assert text.index("Duo for a job") < start < text.index("En bref")
    for part in ("Autonomie", "brouillon comprises", "moins de 5 personnes masqués"):
        assert part in text[start : start + 200]
    assert "Visites du 15/03/2021 au 02/06/2021." in text
    assert "Brouillons compris" in text
    assert "Brouillons compris" not in read(experiment_document()).words


SECRETS = (
    "33,3", "6,1", "6–79", "14,7", "47,1", "5,9", "21,9", "28,5", "22/03/2021", "n\u00a0=\u00a03",
    "n\u00a0=\u00a04", "n\u00a0=\u00a02", "n\u00a0=\u00a01",
)  # fmt: skip


def test_a_masked_figure_leaves_no_trace(read):
    tree = read(experiment_document())
    row = row_of(tree, "Jeunes logés à la sortie")
    assert row.words.count("masqué") == 2
    assert "12\u202f%" in row.words
    assert "80\u202f%" in row.words
    for secret in SECRETS:
        assert not re.search(rf"(?<![\d,]){re.escape(secret)}(?!\d)", tree.said), secret
    alternatives = [node.alt for node in tree.everything() if "Jeunes logés" in node.alt]
    assert len(alternatives) == 1
    assert "actuel masqué" in alternatives[0]


def test_whatever_is_masked_the_document_is_the_same(tmp_path):
    def otherwise(result: IndicatorResult) -> IndicatorResult:
        if not result.masked:
            return result
        return replace(
            result,
            actual=71.4,
            n=1,
            interval=Interval(40.0, 90.0),
            attainment=0.87,
            expected=0.2,
            measures=9,
            sites=1,
            known_sites=7,
            without_n=0,
            waves=("t2",),
            not_observed_count=1,
            reserves=(),
            same_sites=SameSites(1, 1, 1.0, 2.0, same=True),
            stale_since=None,
            few=True,
            baseline=replace(result.baseline, measured=12.0, measured_n=2, differs=False),
            by_category=(),
            series=2,
        )

    points = tuple((key, points[1:] if key == "i-D9" else points) for key, points in trajectories())
    first = written(write_experiment, experiment_document(), tmp_path, "a.pdf")
    changed = replace(with_results(otherwise), trajectories=points)
    second = written(write_experiment, changed, tmp_path, "b.pdf")
    assert first.read_bytes() == second.read_bytes()


def test_a_masked_category_keeps_its_row_and_no_figure(read):
    figures = [node.alt for node in read(experiment_document()).all("Figure")]
    assert any("Non précisé masqué" in alt for alt in figures)
    assert not any("41" in alt for alt in figures)


def test_answers_of_a_visit_are_text(tmp_path):
    told = measure(
        "D7", "Perception des employeurs", None, value_type=ValueType.QUALITATIVE, unit="", n=None,
        comment="Deux garages rappellent.\n\nUn troisième hésite.", baseline_value=None,
        target_value=None, last_value=None, last_date=None,
    )  # fmt: skip
    tree = structure(written(write_visit, visit_document(measures=(told,)), tmp_path))
    assert "D7 Perception des employeurs" in [node.words.strip() for node in tree.all("H3")]
    items = [node.words for node in tree.all("LI") if "garages" in node.words]
    assert len(items) == 1
    assert "Un troisième hésite." in items[0]
