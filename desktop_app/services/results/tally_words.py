"""Where an experiment's indicators stand, counted and in words."""

from desktop_app import french
from desktop_app.services.results.rows import WORST_FIRST, Movement, Tally
from desktop_app.services.results.words import joined

_PLURALS = {
    Movement.REACHED: ("atteinte", "atteintes"),
    Movement.PROGRESS: ("en progrès", "en progrès"),
    Movement.UNCHANGED: ("inchangée", "inchangées"),
    Movement.DECLINE: ("en recul", "en recul"),
    Movement.NO_DATA: ("sans donnée", "sans donnée"),
}


def tally_parts(tally: Tally) -> tuple[tuple[Movement, str], ...]:
    """(movement, words) from the worst to the unknown, those that are not empty."""
    return tuple(
        (movement, _count(movement, tally.of(movement)))
        for movement in WORST_FIRST
        if tally.of(movement)
    )


def _count(movement: Movement, count: int) -> str:
    one, many = _PLURALS[movement]
    return f"{french.number(count, 0)} {one if count < 2 else many}"


def tally_text(tally: Tally, qualitative: int = 0) -> str:
    """« 1 en recul · 1 inchangée · 4 en progrès · 1 atteinte · 2 sans donnée »."""
    parts = [words for _, words in tally_parts(tally)]
    if tally.masked:
        parts[-1] += f" (dont {french.plural(tally.masked, 'masquée')})"
    if qualitative:
        parts.append(french.plural(qualitative, "qualitatif"))
    return joined(parts) or "aucun indicateur"


def ended_text(tally: Tally) -> str:
    """Of an experiment that has ended: « 6 non atteintes », « toutes atteintes »."""
    missed = tally.progress + tally.unchanged + tally.decline
    if not missed:
        return "toutes atteintes" if tally.reached and not tally.no_data else ""
    return french.plural(missed, "non atteinte")
