"""What follows each keystroke, in a notebook of 100,000 observations: a field saved, a search.

Each act takes turns with the same by sqlite3 alone, on a copy of its own.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bare_sql import BareNotebook
from benchmarks.notebooks import (
    OBSERVATIONS,
    Notebooks,
    observation_count,
    services,
    working_copy,
)
from benchmarks.report import Measure, Timings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visits.visit_rows import (
    EditVisit,
    MeasureLine,
    RecordMeasure,
    VisitFilter,
)
from desktop_app.services.vocabulary import MeasurementStatus, ValueType, VisitState
from desktop_app.views.dialogs.search_lines import find_lines

COMMITS = 200
PEOPLE = 24
TYPED = (
    "séance", "jeunes", "le", "élève calme", "mentor", "familles accompagnées",  # everywhere
    "tablette", "V-2021-0042", "Éragny", "gonflables", "zzz", "xylophone",  # rare, or nowhere
)  # fmt: skip


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        copy = working_copy(notebooks.observations, Path(folder))
        beside = Path(folder) / "bare.carnet"
        shutil.copyfile(copy, beside)
        with services(copy, Path(folder)) as made, BareNotebook(beside) as bare:
            assert observation_count(made.notebook) >= OBSERVATIONS
            yield from _commits(made, bare)
            yield from _searches(made, bare)


def _commits(made: NotebookServices, bare: BareNotebook) -> Iterator[Measure]:
    draw = random.Random(1)  # noqa: S311
    visits = made.visits.page(VisitFilter(state=VisitState.VALIDATED), size=COMMITS).rows
    text, value = Timings(), Timings()
    bare_text, bare_value = Timings(), Timings()
    for position, visit in enumerate(visits):
        notes = f"Séance observée, remarque {position}. " * 20
        edit = EditVisit(visit.id, {"notes": notes})
        text.time(lambda edit=edit: made.visits.edit(edit))
        bare_text.time(lambda visit=visit, notes=notes: bare.save_text(visit.id, notes))
    for visit in visits:
        line = next(line for line in made.measures.lines(visit.id) if _takes_numbers(line))
        low = line.scale_min or 0
        number = low + draw.random() * ((line.scale_max or 50) - low)
        place = (visit.id, line.indicator_id, line.category)
        command = RecordMeasure(*place, MeasurementStatus.OBSERVED, number, n=PEOPLE)
        value.time(lambda command=command: made.measures.record(command))
        bare_value.time(lambda place=place, number=number: bare.save_value(*place, number, PEOPLE))
    floor = "the same rows committed by bare sqlite3"
    yield text.median_over(
        "a text of the visit saved (100,000 observations)", 9, bare_text.median, floor
    )
    yield value.median_over("a measure saved (100,000 observations)", 22, bare_value.median, floor)


def _takes_numbers(line: MeasureLine) -> bool:
    return line.value_type not in {ValueType.QUALITATIVE, ValueType.YES_NO}


def _searches(made: NotebookServices, bare: BareNotebook) -> Iterator[Measure]:
    """Each text is typed letter after letter; every state of the field is searched."""
    everything, visits, alone = Timings(), Timings(), Timings()
    for text in TYPED:
        for end in range(1, len(text) + 1):
            words = text[:end]
            everything.time(lambda words=words: find_lines(made, words))
            visits.time(lambda words=words: made.visits.page(VisitFilter(text=words)))
            alone.time(lambda words=words: bare.search(words))
    floor = "50 hits by bare FTS5, p95"
    yield everything.over(
        "search everywhere as one types (100,000 observations)", 12, alone.p95, floor
    )
    yield visits.over(
        "the visit list filtered as one types (100,000 observations)", 30, alone.p95, floor
    )
