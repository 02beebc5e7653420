"""How many visits, said the same way everywhere: those made, then those to come."""

from desktop_app.french import number, plural


def made_text(made: int, planned: int) -> str:
    """« 7 · 2 prévues »: a visit is made once begun, draft or validated."""
    return " · ".join([number(made, 0), *_planned(planned)])


def visits_text(made: int, planned: int) -> str:
    """« 7 visites · 2 prévues »."""
    return " · ".join([plural(made, "visite"), *_planned(planned)])


def _planned(count: int) -> list[str]:
    return [plural(count, "prévue")] if count else []
