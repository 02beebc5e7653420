"""The annexes: method and limits, indicator sheets, what was not told, the glossary."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from desktop_app import french
from desktop_app.exports.pdf.answers import answer_item, split_answers
from desktop_app.exports.pdf.common import definitions, finding_item
from desktop_app.exports.pdf.experiment_brief import results_of
from desktop_app.exports.pdf.experiment_sheets import indicator_sheets
from desktop_app.exports.pdf.flowables import TaggedParagraph
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import style
from desktop_app.exports.wording import glossary, question, sentence
from desktop_app.french import NBSP
from desktop_app.services.documents.rows import ExperimentDocument
from desktop_app.services.vocabulary import EvaluationQuestion

PEOPLE = frozenset({"n", "8 sur 9", "IC 95 %", "Effectifs masqués"})
"""Of the calculations, the terms that stand apart: how many people a figure rests on."""


def annexes(story: Story, document: ExperimentDocument, told: set[str]) -> None:
    _method(story, document)
    indicator_sheets(story, document)
    _other_answers(story, document)
    _other_findings(story, document, told)
    _glossary(story, document)


def _method(story: Story, document: ExperimentDocument) -> None:
    story.h2("Méthode et limites")
    story.text(sentence("method"))
    results = results_of(document)
    recorded = sum(r.recorded for r in results)
    absent = sum(r.not_observed_count for r in results)
    said = []
    if recorded:
        missing = french.plural(absent, "non observé", "non observés")
        tail = f"{french.NNBSP}; {missing} en plus" if absent else ""
        said.append(f"Relevés pris en compte{NBSP}: {french.number(recorded)}{tail}.")
    if any(r.indicator.limits.strip() for r in results):
        said.append("Les limites propres à chaque indicateur sont dans sa fiche, en annexe.")
    said.append(_established(document))
    story.text(" ".join(said))


def _established(document: ExperimentDocument) -> str:
    header = document.header
    by = header.organisation or header.author
    day = french.date(header.generated_at.astimezone().date())
    return f"Document établi le {day}{f', {by}' if by else ''}."


def _other_answers(story: Story, document: ExperimentDocument) -> None:
    left = [
        (result, rest)
        for result in results_of(document)
        if not result.masked and (rest := split_answers(result.answers)[1])
    ]
    if not left:
        return
    story.h2("Annexe – Autres réponses", room=150)
    for result, rest in left:
        story.h3(result.indicator.label)
        story.lines(answer_item(answer, result.indicator) for answer in rest)


def _other_findings(story: Story, document: ExperimentDocument, told: set[str]) -> None:
    rest = [f for f in document.findings if f.id not in told]
    if not rest:
        return
    story.h2("Annexe – Autres constats", room=150)
    story.text(sentence("anonymity"), "note")
    for code in EvaluationQuestion:
        some = [f for f in rest if f.evaluation_question is code]
        if some:
            story.h3(f"{code.value.upper()} – {question(code)[0]}")
            story.lines(finding_item(row, where=True, kind=True) for row in some)


def _glossary(story: Story, document: ExperimentDocument) -> None:
    """Two columns: what is said of a figure and of few people, how figures are computed."""
    start = len(story.flowables)
    story.h2("Annexe – Glossaire et calculs")
    calculations = glossary("calculations", document.thresholds)
    people = [entry for entry in calculations if entry[0] in PEOPLE]
    others = [entry for entry in calculations if entry[0] not in PEOPLE]
    states = glossary("states", document.thresholds)
    left = [*_terms(story, "États", states), *_terms(story, "Effectifs", people)]
    story.columns([left, _terms(story, "Calculs", others)])
    story.flowables[start:] = [KeepTogether(story.flowables[start + 1 :])]


def _terms(story: Story, title: str, entries: Sequence[tuple[str, str]]) -> list[Flowable]:
    head = TaggedParagraph(title, style("h3")).tagged(story.root.add("H3"))
    return [head, *definitions(story, entries)]
