"""What was answered to a qualitative indicator: texts, never a figure."""

from collections.abc import Iterable, Sequence

from desktop_app import french
from desktop_app.exports.pdf.common import joined, unquoted
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.text import shortened
from desktop_app.french import NBSP
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.rows import Answer, IndicatorResult

MOST_ANSWERS = 6
BAR = "accent"


def answers(story: Story, results: Iterable[IndicatorResult]) -> None:
    """The latest answers of each qualitative indicator, those of T0 told apart."""
    for result in results:
        if result.masked or not result.answers:
            continue
        chosen, rest = split_answers(result.answers)
        story.h3(f"Réponses recueillies{NBSP}: {shortened(result.indicator.label)}")
        if rest:
            told = french.plural(len(rest), "autre réponse", "autres réponses")
            story.text(f"{told} en annexe.", "note")
        story.items(answer_item(answer, result.indicator) for answer in chosen)


def split_answers(told: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """The latest, and those left to the annex."""
    ordered = sorted(told, key=lambda answer: answer.date, reverse=True)
    return ordered[:MOST_ANSWERS], ordered[MOST_ANSWERS:]


def answer_item(answer: Answer, indicator: IndicatorRow) -> tuple[str, str, str, str]:
    """An answer as a list entry (see ``Story.items``)."""
    return quoted_answer(answer.text), _where(answer, indicator), BAR, "quote"


def quoted_answer(text: str) -> str:
    return french.quoted(unquoted(text.strip()))


def _where(answer: Answer, indicator: IndicatorRow) -> str:
    category = indicator.category_label(answer.category) if answer.category else ""
    wave = "T0" if answer.initial else ""
    return joined([category, answer.site_name, french.date(answer.date), wave])
