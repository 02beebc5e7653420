"""What is said of a whole experiment: its counts, its levels, what has long not been measured.

The same words on cards, on its page, in documents and in ``show``. Never an average
(tally_words.py counts; figures.md, rule 15).
"""

import datetime as dt
from collections.abc import Sequence

from desktop_app import french
from desktop_app.french import NBSP
from desktop_app.services.results.rows import ExperimentResult, Level, Movement, Tally
from desktop_app.services.results.tally_words import ended_text, tally_parts, tally_text
from desktop_app.services.results.words import joined
from desktop_app.services.vocabulary import label

NONE = "aucun"


def reached_text(tally: Tally) -> str:
    """« 1 / 2 »: indicators reached, of those of the level; « aucun » when it has none."""
    if not tally.total:
        return NONE
    return f"{french.number(tally.reached, 0)}{NBSP}/{NBSP}{french.number(tally.total, 0)}"


def level_tallies(result: ExperimentResult) -> tuple[tuple[Level, Tally], ...]:
    """Every level of the results chain in order, those without indicator too."""
    known = {row.level: row.tally for row in result.levels}
    return tuple((level, known.get(level, Tally())) for level in Level)


def level_text(level: Level, tally: Tally) -> str:
    """« Résultats : 1 atteinte sur 3 · 1 en recul · 1 en progrès », « Impacts : aucun »."""
    name = f"{label(level)}{NBSP}:"
    if not tally.total:
        return f"{name} {NONE}"
    reached = f"{french.plural(tally.reached, 'atteinte')} sur {french.number(tally.total, 0)}"
    others = [words for movement, words in tally_parts(tally) if movement is not Movement.REACHED]
    return f"{name} {joined([reached, *others])}"


def levels_text(result: ExperimentResult) -> tuple[str, ...]:
    """A line a level, viability apart."""
    return tuple(level_text(level, tally) for level, tally in level_tallies(result))


def counts_text(result: ExperimentResult) -> str:
    """« 1 en recul · 4 en progrès · 1 qualitatif »."""
    return tally_text(result.tally, result.qualitative)


def stale_text(result: ExperimentResult, today: dt.date) -> str:
    """« Non mesuré depuis le 18/03 : 1 indicateur »; '' when all are measured in time.

    The oldest of their last measures; its year too when it is not this one.
    """
    if not result.stale or result.stale_since is None:
        return ""
    since = result.stale_since
    day = f"{since:%d/%m}" if since.year == today.year else french.date(since)
    return f"Non mesuré depuis le {day}{NBSP}: {french.plural(result.stale, 'indicateur')}"


def ended_on_text(result: ExperimentResult, today: dt.date) -> str:
    """« Terminée le 30/11/2020 »; « Terminée » when it was stopped before; '' while it lasts."""
    if not result.ended:
        return ""
    end = result.experiment.end_date
    return f"Terminée le {french.date(end)}" if end is not None and end < today else "Terminée"


def phase_text(result: ExperimentResult) -> str:
    """« Expérimentation »; once it has ended, « Implantée · toutes atteintes »."""
    phase = label(result.experiment.phase)
    return joined([phase, ended_text(result.tally)]) if result.ended else phase


def drafts_left_out(result: ExperimentResult) -> int:
    """Visits begun and not validated, which count for nothing in this result."""
    return max(result.experiment.visit_count - result.visit_count, 0)


def drafts_text(count: int) -> str:
    """« 2 visites en brouillon non comptées »; '' when there is none."""
    if not count:
        return ""
    left = "comptée" if count < 2 else "comptées"
    return f"{french.plural(count, 'visite')} en brouillon non {left}"


def standing_text(
    result: ExperimentResult, today: dt.date, levels: Sequence[str] | None = None
) -> str:
    """All of it in a few sentences, for who cannot see the bar; ``levels`` if already told."""
    lead = joined([phase_text(result), counts_text(result), stale_text(result, today)])
    return f"{lead}. {'. '.join(levels_text(result) if levels is None else levels)}."
