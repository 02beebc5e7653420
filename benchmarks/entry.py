"""What follows each keystroke, in a notebook of 100,000 observations: a field saved, a search."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.notebooks import (
    OBSERVATIONS,
    Notebooks,
    observation_count,
    services,
    working_copy,
)
from benchmarks.report import Measure, Timings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visit_rows import EditVisit, MeasureLine, RecordMeasure, VisitFilter
from desktop_app.services.vocabulary import MeasurementStatus, ValueType, VisitState
from desktop_app.views.dialogs.search_lines import find_lines

COMMITS = 200
TYPED = (
    "séance", "jeunes", "le", "élève calme", "mentor", "familles accompagnées",  # everywhere
    "tablette", "V-2021-0042", "Éragny", "gonflables", "zzz", "xylophone",  # rare, or nowhere
)  # fmt: skip


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        copy = working_copy(notebooks.observations, Path(folder))
        with services(copy, Path(folder)) as made:
            assert observation_count(made.notebook) >= OBSERVATIONS
            yield from _commits(made)
            yield from _searches(made)


def _commits(made: NotebookServices) -> Iterator[Measure]:
    draw = random.Random(1)  # noqa: S311
    visits = made.visits.page(VisitFilter(state=VisitState.VALIDATED), size=COMMITS).rows
    text, value = Timings(), Timings()
    for position, visit in enumerate(visits):
        edit = EditVisit(visit.id, {"notes": f"Séance observée, remarque {position}. " * 20})
        text.time(lambda edit=edit: made.visits.edit(edit))
    for visit in visits:
        line = next(line for line in made.measures.lines(visit.id) if _takes_numbers(line))
        low = line.scale_min or 0
        number = low + draw.random() * ((line.scale_max or 50) - low)
        command = RecordMeasure(
            visit.id, line.indicator_id, line.category, MeasurementStatus.OBSERVED, number, n=24
        )
        value.time(lambda command=command: made.measures.record(command))
    yield text.p95("a text of the visit saved (100,000 observations)", 20)
    yield value.p95("a measure saved (100,000 observations)", 20)


def _takes_numbers(line: MeasureLine) -> bool:
    return line.value_type not in {ValueType.QUALITATIVE, ValueType.YES_NO}


def _searches(made: NotebookServices) -> Iterator[Measure]:
    """Each text is typed letter after letter; every state of the field is searched."""
    everything, visits = Timings(), Timings()
    for text in TYPED:
        for end in range(1, len(text) + 1):
            words = text[:end]
            everything.time(lambda words=words: find_lines(made, words))
            visits.time(lambda words=words: made.visits.page(VisitFilter(text=words)))
    yield everything.p95("search everywhere as one types (100,000 observations)", 50)
    yield visits.p95("the visit list filtered as one types (100,000 observations)", 50)
