"""The evaluation framework of an experiment: objectives and their indicators.

Changing what an indicator means (not how it is worded) makes a new version of it: measurements
keep the version they were taken under.
"""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.models.experiment import Experiment
from desktop_app.models.framework import Indicator, Objective
from desktop_app.services.base import Service, get, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.programme.categories import Categories, planned
from desktop_app.services.programme.experiment_reader import frameworks, indicator_row
from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow, SaveRecord
from desktop_app.services.programme.indicator_changes import (
    Definition,
    IndicatorFacts,
    change_between,
    definition_of,
    explain,
)
from desktop_app.services.programme.indicator_checks import INDICATOR_FIELDS, check_indicator
from desktop_app.services.results.definitions import definitions
from desktop_app.services.saving import edited, keep, lines, require_text
from desktop_app.store.glance import lent
from desktop_app.store.queries import measures as queries
from desktop_app.store.unit_of_work import UnitOfWork

OBJECTIVE_FIELDS = frozenset({"experiment_id", "statement", "level", "evaluation_question"})
_LINES = ("code", "label", "unit", "owner", "disaggregation", "source", "method")

P = TypeVar("P", Objective, Indicator)


class FrameworkService(Service):
    def objectives(self, experiment_id: str) -> tuple[ObjectiveRow, ...]:
        with self.notebook.read() as session:
            experiment = get(session, Experiment, experiment_id)
            return frameworks(lent(session), [(experiment.id, experiment.code)])[experiment.id]

    def indicator(self, indicator_id: str) -> IndicatorRow:
        with self.notebook.read() as session:
            return _indicator_row(session, get(session, Indicator, indicator_id))

    def save_objective(self, command: SaveRecord) -> Outcome[ObjectiveRow]:
        """A new one needs ``experiment_id`` and comes last."""
        with self.notebook.write() as uow, uow.session.no_autoflush:
            blank = Objective(experiment_id="", statement="")
            values = lines(command.values, "statement")
            objective = edited(uow, blank, command, values, OBJECTIVE_FIELDS)
            require_text(objective.statement, "Écrivez l’objectif en une phrase.")
            experiment = get(uow.session, Experiment, objective.experiment_id)
            if command.record_id is None:
                objective.position = len(_siblings(uow.session, objective))
            keep(uow, objective)
            rows = frameworks(lent(uow.session), [(experiment.id, experiment.code)])[experiment.id]
            return outcome(uow, next(row for row in rows if row.id == objective.id))

    def delete_objective(self, objective_id: str) -> Outcome[None]:
        """With its indicators. What was measured stays in the visits, marked as retired."""
        with self.notebook.write() as uow:
            objective = get(uow.session, Objective, objective_id)
            indicators = uow.session.scalars(
                select(Indicator).where(
                    Indicator.objective_id == objective_id, Indicator.deleted.is_(False)
                )
            ).all()
            for indicator in indicators:
                uow.delete(indicator)
            uow.delete(objective)
            return outcome(uow, None)

    def save_indicator(self, command: SaveRecord) -> Outcome[IndicatorRow]:
        """A new one needs ``objective_id`` and comes last; its code is minted when left empty.

        ``values`` also take ``categories`` (labels, or (identity, label) pairs: categories.py),
        ``change_reason`` (UserError when a change needs one that is not there), and
        ``baseline_comparable``: T0 still serves the series that starts, or started.
        """
        values = lines(command.values, *_LINES)
        reason = str(values.pop("change_reason", "") or "")
        comparable = bool(values.pop("baseline_comparable", False))
        with self.notebook.write() as uow, uow.session.no_autoflush:
            session = uow.session
            known = None
            if command.record_id is not None:
                known = get(session, Indicator, command.record_id)
            if "categories" in values:
                values |= _categories(session, known, values["categories"])
            blank = Indicator(objective_id="", code="", label="", version=1, **_DEFAULTS)
            before = None if known is None else definition_of(known)
            indicator = edited(uow, blank, command, values, INDICATOR_FIELDS)
            objective = get(session, Objective, indicator.objective_id)
            if known is None:
                indicator.position = len(_siblings(session, indicator))
            if not indicator.code:
                indicator.code = _free_code(session, objective)
            check_indicator(session, indicator, objective)
            if before is not None:
                self._explain(session, indicator, before, reason, comparable=comparable)
            keep(uow, indicator)
            return outcome(uow, _indicator_row(session, indicator))

    def _explain(
        self,
        session: Session,
        indicator: Indicator,
        before: Definition,
        reason: str,
        *,
        comparable: bool,
    ) -> None:
        """The version, the reason and its day of a change just made."""
        measured = queries.last_version(session, indicator.id)
        change = change_between(
            before, definition_of(indicator), measured=measured is not None, comparable=comparable
        )
        if change.declared and definitions(lent(session), [indicator.id])[indicator.id].comparable:
            change = change.undeclared()
        explain(indicator, change, reason, today=self.notebook.today(), measured=measured or 0)

    def facts(self, indicator_id: str) -> IndicatorFacts:
        """What the form must know of an indicator to say what a change would do."""
        with self.notebook.read() as session:
            indicator = get(session, Indicator, indicator_id)
            found = definitions(lent(session), [indicator_id])[indicator_id]
            return IndicatorFacts(
                parts=queries.parts_measured(session, indicator_id),
                names=dict(indicator.category_labels or {}),
                measured=queries.last_version(session, indicator_id) is not None,
                comparable=found.comparable,
            )

    def delete_indicator(self, indicator_id: str) -> Outcome[None]:
        """What was measured stays in the visits, marked as retired; results leave it out."""
        with self.notebook.write() as uow:
            uow.delete(get(uow.session, Indicator, indicator_id))
            return outcome(uow, None)

    def move_objective(self, objective_id: str, step: int) -> Outcome[None]:
        """Up (-1) or down (+1) among its experiment's objectives; at the end, stays there."""
        with self.notebook.write() as uow:
            return self._move(uow, get(uow.session, Objective, objective_id), step)

    def move_indicator(self, indicator_id: str, step: int) -> Outcome[None]:
        """Up (-1) or down (+1) among its objective's indicators; at the end, stays there."""
        with self.notebook.write() as uow:
            return self._move(uow, get(uow.session, Indicator, indicator_id), step)

    def _move(self, uow: UnitOfWork, record: P, step: int) -> Outcome[None]:
        siblings = _siblings(uow.session, record)
        here = siblings.index(record)
        siblings.insert(min(max(here + step, 0), len(siblings) - 1), siblings.pop(here))
        for position, sibling in enumerate(siblings):
            if sibling.position != position:
                sibling.position = position
        return outcome(uow, None)


_DEFAULTS: dict[str, object] = {
    "value_type": "number",
    "direction": "up",
    "aggregation": "latest",
    "frequency": "monthly",
    "categories": [],
    "n_counts": "people",
    "exhaustive": False,
}


def _siblings(session: Session, record: P) -> list[P]:
    """Live records of the same parent, in order (a new one is not among them yet)."""
    model = type(record)
    same = (
        Objective.experiment_id == record.experiment_id
        if isinstance(record, Objective)
        else Indicator.objective_id == record.objective_id
    )
    query = select(model).where(same, model.deleted.is_(False))
    return list(session.scalars(query.order_by(model.position, model.id)))


def _indicator_row(session: Session, indicator: Indicator) -> IndicatorRow:
    objective = get(session, Objective, indicator.objective_id)
    experiment = get(session, Experiment, objective.experiment_id)
    return indicator_row(indicator, objective, experiment.code)


def _categories(session: Session, indicator: Indicator | None, asked: object) -> dict[str, object]:
    """The fields that hold the categories asked for."""
    if indicator is None:
        found = planned(asked, Categories(), {})
        return {"categories": list(found.identities), "category_labels": dict(found.labels) or None}
    now = Categories(tuple(indicator.categories), indicator.category_labels or {})
    found = planned(asked, now, queries.parts_measured(session, indicator.id))
    return {"categories": list(found.identities), "category_labels": dict(found.labels) or None}


def _free_code(session: Session, objective: Objective) -> str:
    """« DUO-3 »: the experiment's code and the first number free in it, retired ones included."""
    experiment = get(session, Experiment, objective.experiment_id)
    codes = set(
        session.scalars(
            select(Indicator.code)
            .join(Objective, Objective.id == Indicator.objective_id)
            .where(Objective.experiment_id == experiment.id)
        )
    )
    number = 1
    while f"{experiment.code}-{number}" in codes:
        number += 1
    return f"{experiment.code}-{number}"
