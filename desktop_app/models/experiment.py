"""An enterprise, the experiment it runs, and which directorates and sites it concerns."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Record, in_order, one_of, plausible_days
from desktop_app.models.enums import Phase


class Enterprise(Record, Base):
    __tablename__ = "enterprise"

    name: Mapped[str]
    legal_form: Mapped[str] = mapped_column(default="")
    siret: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")


class Experiment(Record, Base):
    __tablename__ = "experiment"
    __table_args__ = (
        Index("uq_experiment_code", "code", unique=True, sqlite_where=text("NOT deleted")),
        one_of("phase", Phase),
        in_order("start_date", "end_date"),
        *plausible_days(["start_date", "end_date"]),
        CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
    )

    code: Mapped[str]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprise.id"), index=True)
    title: Mapped[str]
    social_need: Mapped[str] = mapped_column(default="")
    target_audience: Mapped[str] = mapped_column(default="")
    phase: Mapped[str] = mapped_column(default=Phase.EXPERIMENTATION)
    start_date: Mapped[dt.date | None]
    end_date: Mapped[dt.date | None]
    budget: Mapped[float | None]
    sdg_tags: Mapped[str] = mapped_column(default="")
    final_decision: Mapped[str] = mapped_column(default="")


class ExperimentDirectorate(Record, Base):
    __tablename__ = "experiment_directorate"

    experiment_id: Mapped[str] = mapped_column(ForeignKey("experiment.id"), index=True)
    directorate_id: Mapped[str] = mapped_column(ForeignKey("directorate.id"), index=True)


class ExperimentSite(Record, Base):
    """A site (terrain) opened to an experiment."""

    __tablename__ = "experiment_site"

    experiment_id: Mapped[str] = mapped_column(ForeignKey("experiment.id"), index=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
