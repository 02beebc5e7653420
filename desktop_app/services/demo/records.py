"""A visit's texts as rows: what was measured, found, promised and photographed."""

from typing import Any

from desktop_app.models.enums import AttachmentKind, MeasurementStatus, Reliability, VisitState
from desktop_app.services.demo.chronicle import Chronicle
from desktop_app.services.demo.content import Data
from desktop_app.services.demo.photos import HEIGHT, WIDTH, DrawnPhoto
from desktop_app.services.demo.setting import Setting

Row = dict[str, Any]

_TOLD = (
    "participants", "headcount", "purpose", "context", "notes",
    "strengths", "brakes", "risks", "limits", "appreciation",
)  # fmt: skip
_PLANNED = ("participants", "purpose")
_FINDING_FIELDS = {"q": "evaluation_question", "source": "source_type"}


def visit_row(setting: Setting, code: str, visit: Data, visit_id: str) -> Row:
    """The visit as planned: where, when, with whom, what for."""
    return {
        "id": visit_id,
        "experiment_id": setting.experiments[code],
        "site_id": setting.sites[visit["site"]],
        "date": visit["date"],
        "start_time": visit["start"],
        "end_time": visit["end"],
        "remote": visit.get("remote", False),
        "author": visit["author"],
        "state": VisitState.PLANNED.value,
        **{field: visit[field] for field in _PLANNED},
    }


def told(visit: Data) -> Row:
    """What the visit adds to what was planned."""
    return {field: visit[field] for field in _TOLD if field in visit}


def measurement_rows(
    chronicle: Chronicle, setting: Setting, visit: Data, visit_id: str
) -> list[Row]:
    """One row a value: the whole audience first, then each category told."""
    rows = []
    for measure in visit.get("measures", ()):
        status = measure.get("status", MeasurementStatus.OBSERVED.value)
        observed = status == MeasurementStatus.OBSERVED.value
        usual = Reliability.MEDIUM if visit.get("remote") else Reliability.HIGH
        whole = {
            "id": chronicle.new_id(),
            "indicator_id": setting.indicators[measure["code"]]["id"],
            "indicator_version": setting.version_of(measure["code"], visit["date"]),
            "site_id": setting.sites[visit["site"]],
            "visit_id": visit_id,
            "date": visit["date"],
            "wave": measure.get("wave", visit.get("wave")),
            "status": status,
            "value": measure.get("value"),
            "n": measure.get("n"),
            "category": measure.get("category", ""),
            "reliability": measure.get("reliability", usual.value) if observed else None,
            "comment": measure.get("comment", ""),
        }
        rows.append(whole)
        for category, (value, *n) in measure.get("by", {}).items():
            part = {"category": category, "value": value, "n": int(n[0]) if n else None}
            rows.append({**whole, **part, "id": chronicle.new_id(), "comment": ""})
    return rows


def finding_rows(chronicle: Chronicle, visit: Data, visit_id: str) -> list[Row]:
    return [
        {
            "id": chronicle.new_id(),
            "visit_id": visit_id,
            "position": position,
            **{_FINDING_FIELDS.get(key, key): value for key, value in finding.items()},
        }
        for position, finding in enumerate(visit.get("findings", ()))
    ]


def follow_up_row(action: Data, action_id: str, visit_id: str, experiment_id: str) -> Row:
    """The promise as made: not kept yet."""
    return {
        "id": action_id,
        "visit_id": visit_id,
        "experiment_id": experiment_id,
        "what": action["what"],
        "who": action["who"],
        "due_date": action["due"],
    }


def attachment_row(
    chronicle: Chronicle, visit_id: str, number: int, caption: str, photo: DrawnPhoto
) -> Row:
    return {
        "id": chronicle.new_id(),
        "visit_id": visit_id,
        "kind": AttachmentKind.PHOTO.value,
        "filename": f"photo-fictive-{number:02d}.jpg",
        "media_type": "image/jpeg",
        "sha256": photo.sha256,
        "size": len(photo.content),
        "width": WIDTH,
        "height": HEIGHT,
        "caption": caption,
    }
