"""What the history calls a record, and the records that its changes mention."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from desktop_app.french import quoted
from desktop_app.models.enums import JournalOp, ValueType, VisitState
from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.notebook import JournalEntry, Notebook
from desktop_app.models.programme import Cohort, Directorate
from desktop_app.models.site import Site
from desktop_app.models.visit import Attachment, Finding, FollowUp, Measurement, Visit
from desktop_app.services.notebook import field_labels

_LONGEST = 60
_RESTORED = [True, False]


def title(session: Session, entry: JournalEntry) -> str:
    """« Mesure A1 ajoutée », « Visite modifiée », « Constat supprimé : « Bien » »."""
    kind = field_labels.entity_label(entry.entity)
    state = entry.changes.get("state") if entry.entity == Visit.__tablename__ else None
    if entry.op == JournalOp.UPDATE and state is not None and VisitState.VALIDATED in state:
        return "Visite validée" if state[1] == VisitState.VALIDATED else "Validation annulée"
    if entry.entity == Notebook.__tablename__ and entry.op == JournalOp.UPDATE:
        return "Règles du carnet modifiées"
    verb = _verb(entry)
    if entry.entity in field_labels.FEMININE:
        verb += "e"
    about = _about(session, entry)
    return f"{kind} {verb}\u00a0: {about}" if about else f"{kind} {verb}"


def names_for(session: Session, entries: Iterable[JournalEntry]) -> dict[str, str]:
    """Names of the sites, experiments… that the changes point to."""
    models = {
        "site_id": Site,
        "experiment_id": Experiment,
        "indicator_id": Indicator,
        "objective_id": Objective,
        "finding_id": Finding,
        "visit_id": Visit,
        "cohort_id": Cohort,
        "enterprise_id": Enterprise,
        "directorate_id": Directorate,
    }
    names: dict[str, str] = {}
    for entry in entries:
        for field, values in entry.changes.items():
            if field not in models:
                continue
            for value in values:
                if isinstance(value, str) and value not in names:
                    record = session.get(models[field], value)
                    names[value] = "" if record is None else _name(record)
    return names


def value_types(session: Session, entries: Iterable[JournalEntry]) -> dict[str, ValueType]:
    """Measurement id → what kind of value its indicator takes."""
    found: dict[str, ValueType] = {}
    for record_id in {e.record_id for e in entries if e.entity == Measurement.__tablename__}:
        measurement = session.get_one(Measurement, record_id)
        indicator = session.get_one(Indicator, measurement.indicator_id)
        found[record_id] = ValueType(indicator.value_type)
    return found


def _verb(entry: JournalEntry) -> str:
    if entry.op == JournalOp.INSERT:
        return "ajouté"
    if entry.op == JournalOp.DELETE:
        return "supprimé"
    return "rétabli" if entry.changes.get("deleted") == _RESTORED else "modifié"


def _about(session: Session, entry: JournalEntry) -> str:
    match entry.entity:
        case "measurement":
            measurement = session.get_one(Measurement, entry.record_id)
            indicator = session.get_one(Indicator, measurement.indicator_id)
            name = f"{indicator.code} {indicator.label}".strip()
            return f"{name} ({measurement.category})" if measurement.category else name
        case "finding":
            return _quoted(session.get_one(Finding, entry.record_id).text)
        case "follow_up":
            return _quoted(session.get_one(FollowUp, entry.record_id).what)
        case "attachment":
            return session.get_one(Attachment, entry.record_id).filename
    return ""


def _name(record: object) -> str:
    for field in ("title", "name", "label", "reference", "statement", "text"):
        if isinstance(found := getattr(record, field, None), str) and found:
            return _cut(found)
    return ""


def _quoted(text: str) -> str:
    return quoted(_cut(text)) if text.strip() else ""


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
