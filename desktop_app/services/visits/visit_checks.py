"""What a visit must satisfy, said in French."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import MeasurementStatus, VisitState
from desktop_app.models.visit import Finding, Measurement, Visit


def check_times(visit: Visit) -> None:
    """Raises UserError when the visit would end before it starts."""
    start, end = visit.start_time, visit.end_time
    if start is not None and end is not None and end < start:
        raise UserError(
            f"L’heure de fin ({french.time(end)}) est avant l’heure de début "
            f"({french.time(start)}). Corrigez l’une des deux."
        )


def missing(session: Session, visit: Visit, today: dt.date) -> list[str]:
    """What keeps the visit from being validated; empty when nothing does."""
    lacking: list[str] = []
    if visit.date > today:
        lacking.append(
            f"la date, le {french.date(visit.date)}, est après aujourd’hui, le {french.date(today)}"
        )
    return lacking + _unsaid(session, visit)


def check_still_holds(session: Session, visit: Visit) -> None:
    """Raises UserError when an amendment leaves a validated visit without what validated it."""
    if visit.deleted or visit.state != VisitState.VALIDATED:
        return
    lacking = _unsaid(session, visit)
    if lacking:
        still = f"{french.NNBSP}; ".join(lacking)
        raise UserError(
            f"Cette visite est validée et ne peut pas être vidée{french.NBSP}: {still}. "
            "Notez d’abord ce qui remplace, ou supprimez la visite."
        )


def _unsaid(session: Session, visit: Visit) -> list[str]:
    """What a compte rendu could not do without."""
    lacking: list[str] = []
    findings = session.scalars(
        select(func.trim(Finding.text)).where(
            Finding.visit_id == visit.id, Finding.deleted.is_(False)
        )
    ).all()
    if findings and not all(findings):
        lacking.append("un constat n’a pas de texte (complétez-le ou supprimez-le)")
    observed = session.scalar(
        select(func.count()).where(
            Measurement.visit_id == visit.id,
            Measurement.deleted.is_(False),
            Measurement.status == MeasurementStatus.OBSERVED,
        )
    )
    if not observed and not any(findings) and not visit.notes.strip():
        lacking.append(
            "rien n’a été relevé (saisissez au moins une mesure, un constat ou une note)"
        )
    return lacking
