"""What is remembered of figures is what would be reckoned anew, whatever was written meanwhile."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
from programme_seed import Seed
from scattered import fill
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.models.enums import Aggregation, VisitState, Wave
from desktop_app.models.framework import Indicator
from desktop_app.models.visit import Measurement, Visit
from desktop_app.services.programme.experiment_reader import frameworks
from desktop_app.services.results import remembered
from desktop_app.services.results.gathering import gather
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.reader import indicators
from desktop_app.services.results.remembered import Remembered
from desktop_app.services.results.scope import Scope
from desktop_app.store.notebook import Notebook
from desktop_app.store.queries.counted import counted_measurements

SCOPES = (Scope(), Scope(include_drafts=True), Scope(since=dt.date(2021, 5, 1)))
Change = Callable[[random.Random, Session, Seed], None]


def _some(rng: random.Random, session: Session, model: type) -> object:
    return rng.choice(session.scalars(select(model).order_by(model.id)).all())


def value(rng: random.Random, session: Session, _seed: Seed) -> None:
    _some(rng, session, Measurement).value = float(rng.randint(0, 1))


def erased(rng: random.Random, session: Session, _seed: Seed) -> None:
    measure = _some(rng, session, Measurement)
    measure.deleted = not measure.deleted


def state(rng: random.Random, session: Session, _seed: Seed) -> None:
    _some(rng, session, Visit).state = rng.choice(list(VisitState))


def hour(rng: random.Random, session: Session, _seed: Seed) -> None:
    _some(rng, session, Visit).start_time = rng.choice([None, dt.time(8), dt.time(15)])


def day(rng: random.Random, session: Session, _seed: Seed) -> None:
    visit = _some(rng, session, Visit)
    visit.date = dt.date(2021, rng.randint(2, 9), 5)
    for measure in session.scalars(select(Measurement).where(Measurement.visit_id == visit.id)):
        measure.date = visit.date


def wave(rng: random.Random, session: Session, _seed: Seed) -> None:
    _some(rng, session, Measurement).wave = rng.choice([None, Wave.T0, Wave.T2])


def start(rng: random.Random, session: Session, _seed: Seed) -> None:
    _some(rng, session, Indicator).baseline_date = dt.date(2021, rng.randint(1, 6), 1)


def calculation(rng: random.Random, session: Session, _seed: Seed) -> None:
    _some(rng, session, Indicator).aggregation = rng.choice([Aggregation.MEAN, Aggregation.LATEST])


def direct(rng: random.Random, session: Session, seed: Seed) -> None:
    indicator = _some(rng, session, Indicator)
    session.add(
        Measurement(
            indicator_id=indicator.id,
            site_id=seed.site,
            date=dt.date(2021, rng.randint(2, 9), 2),
            value=1.0,
        )
    )


CHANGES: tuple[Change, ...] = (
    value, erased, state, hour, day, wave, start, calculation, direct
)  # fmt: skip


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


def both(notebook: Notebook, seed: Seed, memory: Remembered, scope: Scope):
    with notebook.glance() as reader:
        asked = indicators(frameworks(reader, [(seed.experiment, "DUO")]))
        limits = perimeter(reader, scope)
        counted = counted_measurements(reader, limits)
        fresh, known = gather(reader, counted, asked)
        found, changed = memory.gather(reader, limits, counted, asked)
    return (fresh, known), (found, {i: changed[i] for i in known})


@pytest.mark.parametrize("number", range(3))
def test_whatever_is_written_is_seen(notebook: Notebook, seed: Seed, number: int) -> None:
    fill(seed, number)
    memory = Remembered()
    rng = random.Random(number)  # noqa: S311  (the same changes for the same number)
    for step in range(3 * len(CHANGES)):
        with notebook.write() as uow:
            CHANGES[step % len(CHANGES)](rng, uow.session, seed)
        for scope in SCOPES:
            fresh, found = both(notebook, seed, memory, scope)
            assert fresh == found, (step, scope)


def test_only_what_was_touched_is_reckoned_again(
    notebook: Notebook, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(seed, 5)
    memory = Remembered()
    both(notebook, seed, memory, Scope())
    asked: list[str] = []
    true = gather

    def watched(reader, counted, indicators):
        asked.extend(indicator.id for indicator in indicators)
        return true(reader, counted, indicators)

    monkeypatch.setattr(remembered, "gather", watched)
    both(notebook, seed, memory, Scope())
    assert asked == []
    with notebook.write() as uow:
        measure = uow.session.scalars(select(Measurement).where(~Measurement.deleted)).first()
        measure.value, touched = 1.0, measure.indicator_id
    both(notebook, seed, memory, Scope())
    assert asked == [touched]
