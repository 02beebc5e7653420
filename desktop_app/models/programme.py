"""The programme, its cohorts (promotions) and the directorates (directions métiers)."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Record, in_order, plausible_days


class Programme(Record, Base):
    __tablename__ = "programme"
    __table_args__ = (
        in_order("start_date", "end_date"),
        *plausible_days(["start_date", "end_date"]),
        CheckConstraint("annual_budget IS NULL OR annual_budget >= 0", name="annual_budget"),
    )

    name: Mapped[str]
    territory: Mapped[str] = mapped_column(default="")
    operator: Mapped[str] = mapped_column(default="")
    contract_reference: Mapped[str] = mapped_column(default="")
    start_date: Mapped[dt.date | None]
    end_date: Mapped[dt.date | None]
    annual_budget: Mapped[float | None]


class Cohort(Record, Base):
    __tablename__ = "cohort"
    __table_args__ = (
        in_order("start_date", "end_date"),
        *plausible_days(["start_date", "end_date"]),
        CheckConstraint("number > 0", name="number"),
    )

    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), index=True)
    number: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    start_date: Mapped[dt.date | None]
    end_date: Mapped[dt.date | None]


class Directorate(Record, Base):
    __tablename__ = "directorate"

    code: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
