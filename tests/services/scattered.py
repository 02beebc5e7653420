"""A notebook filled at random: few days and sites, every shape of measure, several definitions."""

import datetime as dt
import random

from programme_seed import START, Seed

from desktop_app.models.enums import Aggregation, Frequency, ValueType, VisitState, Wave
from desktop_app.models.visit import Measurement, Visit
from desktop_app.store.references import next_visit_reference

KINDS = (
    (ValueType.NUMBER, Aggregation.ADDITIVE, Frequency.SESSION),
    (ValueType.NUMBER, Aggregation.LATEST, Frequency.MONTHLY),
    (ValueType.NUMBER, Aggregation.MEAN, Frequency.MONTHLY),
    (ValueType.PERCENTAGE, Aggregation.RATIO, Frequency.MONTHLY),
    (ValueType.PERCENTAGE, Aggregation.RATIO, Frequency.WAVE),
    (ValueType.PERCENTAGE, Aggregation.LATEST, Frequency.WAVE),
    (ValueType.NUMBER, Aggregation.MEAN, Frequency.WAVE),
    (ValueType.YES_NO, Aggregation.LATEST, Frequency.QUARTERLY),
)
CATEGORIES = ("Filles", "Garçons")


def fill(seed: Seed, number: int, visits: int = 60) -> None:
    """Visits of few days, so that many share one; measures of every shape."""
    rng = random.Random(number)  # noqa: S311  (the same notebook for the same number)
    sites = [seed.site, seed.new_site("Foyer"), seed.new_site("Collège")]
    made = [
        (
            seed.new_indicator(
                f"Indicateur {place}",
                value_type=kind,
                aggregation=way,
                frequency=frequency,
                baseline_value=None,
                baseline_date=START if place % 2 else None,
                disaggregation="genre",
                categories=CATEGORIES,
            ),
            kind,
        )
        for place, (kind, way, frequency) in enumerate(KINDS)
    ]
    states = [VisitState.VALIDATED, VisitState.VALIDATED, VisitState.DRAFT, VisitState.PLANNED]
    with seed.notebook.write() as uow:
        for _ in range(visits):
            day = dt.date(2021, rng.randint(2, 9), rng.randint(1, 4))
            visit = Visit(
                reference=next_visit_reference(uow, day),
                experiment_id=seed.experiment,
                site_id=rng.choice(sites),
                date=day,
                start_time=rng.choice([None, dt.time(9), dt.time(14)]),
                state=rng.choice(states).value,
            )
            uow.add(visit)
            uow.flush()
            wave = rng.choice([None, Wave.T0, Wave.T1, Wave.T2])
            for indicator, kind in rng.sample(made, 4):
                for category in rng.choice([[""], [*CATEGORIES], ["", *CATEGORIES], ["Filles"]]):
                    value = rng.choice([0, 1]) if kind is ValueType.YES_NO else rng.randint(0, 80)
                    uow.add(
                        Measurement(
                            indicator_id=indicator,
                            visit_id=visit.id,
                            site_id=visit.site_id,
                            date=day,
                            wave=wave,
                            category=category,
                            value=float(value),
                            n=rng.choice([None, 5, 12, 40]),
                            deleted=rng.random() < 0.05,
                        )
                    )
