"""A visit and what was observed there: measurements, findings, follow-ups, attachments."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Record, in_order, one_of, plausible_days
from desktop_app.models.enums import (
    Appreciation,
    AttachmentKind,
    EvaluationQuestion,
    FindingKind,
    MeasurementStatus,
    Polarity,
    Reliability,
    SourceType,
    VisitState,
    Wave,
)


def _list_indexes() -> list[Index]:
    """One index a sort of the visit list, each covering every filter of it.

    A page then reads one index only, whatever the filter (store/queries/visits.py).
    """
    shared = ["date", "reference", "state", "experiment_id", "site_id", "deleted"]
    leading = {
        "ix_visit_list_date": "date",
        "ix_visit_list_reference": "reference",
        "ix_visit_list_state": "state",
        "ix_visit_list_experiment": "experiment_id",
        "ix_visit_list_site": "site_id",
    }
    return [
        Index(name, first, *(column for column in shared if column != first))
        for name, first in leading.items()
    ]


class Visit(Record, Base):
    """``participants`` are functions, never names; ``headcount`` is how many people were met."""

    __tablename__ = "visit"
    __table_args__ = (
        one_of("state", VisitState),
        one_of("appreciation", Appreciation, nullable=True),
        in_order("start_time", "end_time"),
        *plausible_days(["date"]),
        CheckConstraint("headcount IS NULL OR headcount >= 0", name="headcount"),
        *_list_indexes(),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    experiment_id: Mapped[str] = mapped_column(ForeignKey("experiment.id"))
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    date: Mapped[dt.date]
    start_time: Mapped[dt.time | None]
    end_time: Mapped[dt.time | None]
    remote: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str] = mapped_column(default="")
    participants: Mapped[str] = mapped_column(default="")
    headcount: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    strengths: Mapped[str] = mapped_column(default="")
    brakes: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    limits: Mapped[str] = mapped_column(default="")
    appreciation: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=VisitState.DRAFT)
    validated_at: Mapped[dt.datetime | None]
    validated_by: Mapped[str] = mapped_column(default="")


class Measurement(Record, Base):
    """``category`` is '' for the whole audience, else a value of the indicator's disaggregation.

    ``value`` is present exactly when the status is *observed* (a qualitative one speaks through
    its comment and has none). The value's bounds are held by triggers: they need the indicator.
    """

    __tablename__ = "measurement"
    __table_args__ = (
        one_of("status", MeasurementStatus),
        one_of("wave", Wave, nullable=True),
        one_of("reliability", Reliability, nullable=True),
        *plausible_days(["date"]),
        CheckConstraint("n IS NULL OR n >= 0", name="n"),
        CheckConstraint("status = 'observed' OR value IS NULL", name="value_observed"),
        Index(
            "uq_measurement_cell",
            "visit_id",
            "indicator_id",
            "category",
            unique=True,
            sqlite_where=text("NOT deleted AND visit_id IS NOT NULL"),
        ),
        Index(
            "ix_measurement_results",
            "indicator_id",
            "site_id",
            "category",
            "date",
            "value",
            "n",
            "wave",
            "visit_id",
            "deleted",
            sqlite_where=text(
                "NOT deleted AND value IS NOT NULL AND (wave IS NULL OR wave <> 't0')"
            ),
        ),
        Index(
            "ix_measurement_initial",
            "indicator_id",
            "site_id",
            "category",
            "date",
            "value",
            "n",
            "wave",
            "visit_id",
            "deleted",
            sqlite_where=text("NOT deleted AND value IS NOT NULL AND wave = 't0'"),
        ),
        Index(
            "ix_measurement_date",
            "date",
            "visit_id",
            "deleted",
            sqlite_where=text("NOT deleted AND value IS NOT NULL"),
        ),
        Index("ix_measurement_visit_id_deleted", "visit_id", "deleted"),
    )

    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicator.id"), index=True)
    indicator_version: Mapped[int] = mapped_column(default=1)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    date: Mapped[dt.date]
    wave: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=MeasurementStatus.OBSERVED)
    value: Mapped[float | None]
    n: Mapped[int | None]
    category: Mapped[str] = mapped_column(default="")
    reliability: Mapped[str | None]
    comment: Mapped[str] = mapped_column(default="")


class Finding(Record, Base):
    __tablename__ = "finding"
    __table_args__ = (
        one_of("evaluation_question", EvaluationQuestion),
        one_of("kind", FindingKind),
        one_of("polarity", Polarity),
        one_of("source_type", SourceType, nullable=True),
        CheckConstraint("intensity IS NULL OR intensity BETWEEN 1 AND 3", name="intensity"),
        Index("ix_finding_visit_id_deleted", "visit_id", "deleted"),
    )

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    position: Mapped[int] = mapped_column(default=0)
    evaluation_question: Mapped[str] = mapped_column(default=EvaluationQuestion.Q1)
    kind: Mapped[str] = mapped_column(default=FindingKind.FACT)
    polarity: Mapped[str] = mapped_column(default=Polarity.NEUTRAL)
    intended: Mapped[bool] = mapped_column(default=True)
    intensity: Mapped[int | None]
    audience: Mapped[str] = mapped_column(default="")
    source_type: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")


class FollowUp(Record, Base):
    """An action promised: what, by whom (a function), before when; ``done_date`` once kept."""

    __tablename__ = "follow_up"
    __table_args__ = (
        *plausible_days(["due_date", "done_date"]),
        Index("ix_follow_up_due_date", "due_date", sqlite_where=text("NOT deleted")),
    )

    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    experiment_id: Mapped[str] = mapped_column(ForeignKey("experiment.id"), index=True)
    what: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    due_date: Mapped[dt.date | None]
    done_date: Mapped[dt.date | None]


class Attachment(Record, Base):
    """What is attached; the bytes live once per content in ``attachment_content``."""

    __tablename__ = "attachment"
    __table_args__ = (
        one_of("kind", AttachmentKind),
        CheckConstraint("size >= 0", name="size"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), index=True)
    finding_id: Mapped[str | None] = mapped_column(ForeignKey("finding.id"), index=True)
    kind: Mapped[str] = mapped_column(default=AttachmentKind.PHOTO)
    filename: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    caption: Mapped[str] = mapped_column(default="")


class AttachmentContent(Base):
    """Content-addressed bytes: not journalled, checked by their own hash."""

    __tablename__ = "attachment_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)
