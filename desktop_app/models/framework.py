"""The evaluation framework agreed at launch: objectives and their indicators."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Record, in_order, one_of, plausible_days
from desktop_app.models.enums import (
    Aggregation,
    Direction,
    EvaluationQuestion,
    Frequency,
    ObjectiveLevel,
    ValueType,
)


class Objective(Record, Base):
    __tablename__ = "objective"
    __table_args__ = (
        one_of("level", ObjectiveLevel),
        one_of("evaluation_question", EvaluationQuestion),
    )

    experiment_id: Mapped[str] = mapped_column(ForeignKey("experiment.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    statement: Mapped[str]
    level: Mapped[str] = mapped_column(default=ObjectiveLevel.OUTCOME)
    evaluation_question: Mapped[str] = mapped_column(default=EvaluationQuestion.Q1)


class Indicator(Record, Base):
    """One measure. Percentages are stored as 0 to 100, yes/no as 1 and 0.

    ``disaggregation`` names the dimension (« genre »), ``categories`` lists its values.
    A category's identity is its first label; ``category_labels`` maps it to today's one.
    ``version`` grows by one when the definition changes; measurements keep the version they used.
    ``change_reason`` and ``changed_on`` are journalled with the change they explain: the journal
    is the indicator's history (services/results/definitions.py). ``baseline_version`` is the
    version under which T0 was said to be comparable. What older notebooks never said is NULL.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        one_of("value_type", ValueType),
        one_of("direction", Direction),
        one_of("aggregation", Aggregation),
        one_of("frequency", Frequency),
        in_order("baseline_date", "target_date"),
        *plausible_days(["baseline_date", "target_date"]),
        CheckConstraint(
            "value_type <> 'scale' OR "
            "(scale_min IS NOT NULL AND scale_max IS NOT NULL AND scale_min < scale_max)",
            name="scale",
        ),
        CheckConstraint(
            "value_type <> 'scale' OR ((baseline_value IS NULL OR "
            "baseline_value BETWEEN scale_min AND scale_max) AND "
            "(target_value IS NULL OR target_value BETWEEN scale_min AND scale_max))",
            name="reference_in_scale",
        ),
        CheckConstraint("version >= 1", name="version"),
    )

    objective_id: Mapped[str] = mapped_column(ForeignKey("objective.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str]
    label: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    formula: Mapped[str] = mapped_column(default="")
    numerator: Mapped[str] = mapped_column(default="")
    denominator: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    value_type: Mapped[str] = mapped_column(default=ValueType.NUMBER)
    direction: Mapped[str] = mapped_column(default=Direction.UP)
    aggregation: Mapped[str] = mapped_column(default=Aggregation.LATEST)
    scale_min: Mapped[float | None]
    scale_max: Mapped[float | None]
    source: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    frequency: Mapped[str] = mapped_column(default=Frequency.MONTHLY)
    baseline_value: Mapped[float | None]
    baseline_date: Mapped[dt.date | None]
    target_value: Mapped[float | None]
    target_date: Mapped[dt.date | None]
    owner: Mapped[str] = mapped_column(default="")
    disaggregation: Mapped[str] = mapped_column(default="")
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)
    limits: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    n_counts: Mapped[str | None]
    exhaustive: Mapped[bool | None]
    baseline_to_measure: Mapped[bool | None]
    category_labels: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    baseline_version: Mapped[int | None]
    change_reason: Mapped[str | None]
    changed_on: Mapped[dt.date | None]
