"""The written visits, lived: planned, recorded the same day, validated the next, promises kept."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from desktop_app import french
from desktop_app.models.enums import VisitState
from desktop_app.models.visit import (
    Attachment,
    AttachmentContent,
    Finding,
    FollowUp,
    Measurement,
    Visit,
)
from desktop_app.services.demo import records
from desktop_app.services.demo.chronicle import Chronicle, Event, utc, working_day
from desktop_app.services.demo.content import Content, Data, without
from desktop_app.services.demo.photos import draw
from desktop_app.services.demo.setting import Setting
from desktop_app.store.unit_of_work import UnitOfWork

_PLANNED_AHEAD = 0.7  # share of the visits entered before they took place
_PROMISES_AFTER = dt.timedelta(minutes=55)


@dataclass(frozen=True, slots=True)
class Story:
    """One visit's texts, and the record they become. ``planned``: entered before it took place."""

    code: str
    told: Data
    visit_id: str
    state: VisitState
    planned: bool


class VisitWriter:
    """Events of the visits told in resources/demo/visits."""

    def __init__(self, content: Content, chronicle: Chronicle, setting: Setting) -> None:
        self._content = content
        self._chronicle = chronicle
        self._setting = setting
        self._photo_count = 0

    def events(self) -> list[Event]:
        stories = [
            self._story(experiment.code, told)
            for experiment in self._content.experiments
            for told in experiment.visits
        ]
        return [event for story in stories for event in self._events_of(story)]

    def _story(self, code: str, told: Data) -> Story:
        state = VisitState(told.get("state", VisitState.VALIDATED.value))
        ahead = self._chronicle.rng.random() < _PLANNED_AHEAD
        visit_id = self._chronicle.new_id()
        return Story(code, told, visit_id, state, ahead or state is VisitState.PLANNED)

    def _events_of(self, story: Story) -> Iterator[Event]:
        told, rng = story.told, self._chronicle.rng
        if story.planned:
            yield self._event(story, self._planning(told["date"]), partial(self._plan, story))
        if story.state is VisitState.PLANNED:
            return
        left = dt.datetime.combine(told["date"], told["end"])
        recorded = left + dt.timedelta(minutes=rng.randint(12, 50))
        yield self._event(story, recorded, partial(self._record, story))
        for number, action in enumerate(told.get("follow_ups", ())):
            written = left + _PROMISES_AFTER + dt.timedelta(minutes=number)
            yield from self._promise_events(story, written, action)
        if story.state is VisitState.VALIDATED:
            next_day = working_day(told["date"] + dt.timedelta(days=1))
            yield self._event(story, self._morning(next_day), partial(self._validate, story))
        if amended := told.get("amended"):
            yield self._event(story, self._morning(amended["on"]), partial(self._amend, story))

    def _promise_events(self, story: Story, written: dt.datetime, action: Data) -> Iterator[Event]:
        """An action is written at the end of the visit and, often, kept later."""
        action_id = self._chronicle.new_id()
        yield self._event(story, written, partial(self._promise, story, action, action_id))
        if "done" in action:
            kept = self._morning(action["done"]) + dt.timedelta(hours=5)
            yield self._event(story, kept, partial(self._keep, action, action_id))

    def _planning(self, day: dt.date) -> dt.datetime:
        """Some days before the visit, and never after the notebook's « today »."""
        rng = self._chronicle.rng
        ahead = day - dt.timedelta(days=rng.randint(4, 12))
        latest = self._setting.reference_date - dt.timedelta(days=rng.randint(3, 9))
        return self._morning(working_day(min(ahead, latest), -1))

    def _morning(self, day: dt.date) -> dt.datetime:
        rng = self._chronicle.rng
        return dt.datetime.combine(day, dt.time(rng.randint(8, 11), rng.randrange(60)))

    @staticmethod
    def _event(story: Story, local: dt.datetime, act: Callable[[UnitOfWork], None]) -> Event:
        label = f"Visites{french.NBSP}: {french.month(story.told['date'])}"
        return Event(utc(local), story.told["author"], label, act)

    def _plan(self, story: Story, uow: UnitOfWork) -> None:
        row = records.visit_row(self._setting, story.code, story.told, story.visit_id)
        reference = self._chronicle.reference(uow, story.told["date"])
        uow.bulk_insert(Visit, [{**row, "reference": reference}])

    def _record(self, story: Story, uow: UnitOfWork) -> None:
        if not story.planned:
            self._plan(story, uow)
        chronicle, told, visit_id = self._chronicle, story.told, story.visit_id
        visit = uow.session.get_one(Visit, visit_id)
        visit.state = VisitState.DRAFT.value
        for name, value in records.told(told).items():
            setattr(visit, name, value)
        measurements = records.measurement_rows(chronicle, self._setting, told, visit_id)
        uow.bulk_insert(Measurement, measurements)
        uow.bulk_insert(Finding, records.finding_rows(chronicle, told, visit_id))
        for photo in told.get("photos", ()):
            self._attach(photo, visit_id, uow)

    def _attach(self, told: Data, visit_id: str, uow: UnitOfWork) -> None:
        """Numbered in the order of the diary, so that no two pictures are the same."""
        self._photo_count += 1
        photo = draw(self._content.scenes[told["scene"]], self._photo_count)
        uow.session.add(
            AttachmentContent(sha256=photo.sha256, content=photo.content, thumbnail=photo.thumbnail)
        )
        row = records.attachment_row(
            self._chronicle, visit_id, self._photo_count, told["caption"], photo
        )
        uow.bulk_insert(Attachment, [row])

    def _promise(self, story: Story, action: Data, action_id: str, uow: UnitOfWork) -> None:
        experiment_id = self._setting.experiments[story.code]
        row = records.follow_up_row(action, action_id, story.visit_id, experiment_id)
        uow.bulk_insert(FollowUp, [row])

    @staticmethod
    def _keep(action: Data, action_id: str, uow: UnitOfWork) -> None:
        uow.session.get_one(FollowUp, action_id).done_date = action["done"]

    @staticmethod
    def _amend(story: Story, uow: UnitOfWork) -> None:
        """What was learned after the visit was validated."""
        visit = uow.session.get_one(Visit, story.visit_id)
        for name, text in without(story.told["amended"], "on").items():
            setattr(visit, name, text)

    @staticmethod
    def _validate(story: Story, uow: UnitOfWork) -> None:
        visit = uow.session.get_one(Visit, story.visit_id)
        visit.state = VisitState.VALIDATED.value
        visit.validated_at = uow.now.replace(tzinfo=None)
        visit.validated_by = uow.author
