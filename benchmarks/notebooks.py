"""The notebooks measured: written once, kept in build/bench until what writes them changes."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from desktop_app.config.settings import Settings
from desktop_app.models.experiment import ExperimentSite
from desktop_app.models.visit import Finding, Measurement, Visit
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.services.demo import write_demo
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "bench"
SOURCES = ("desktop_app/store", "desktop_app/models", "desktop_app/services/demo", "resources/demo")
OBSERVATIONS = 100_000
VISITS = 100_000
CHUNK = 5_000
DEVICE = DeviceIdentity("be9c4000-0000-4000-8000-000000000000", "Banc de mesure", "Banc")


@dataclass(frozen=True, slots=True)
class Notebooks:
    """``observations`` holds 100,000 measurements, ``visits`` 100,000 visits."""

    demo: Path
    scale_100: Path
    observations: Path
    visits: Path


def notebooks() -> Notebooks:
    """Writes those that are missing or out of date (two minutes), then gives them all."""
    folder = FOLDER / _digest()
    if not folder.is_dir():
        shutil.rmtree(FOLDER, ignore_errors=True)
        folder.mkdir(parents=True)
    made = Notebooks(
        *(folder / f"{name}.carnet" for name in ("demo", "scale-100", "observations", "visits"))
    )
    _once(made.demo, write_demo)
    _once(made.scale_100, lambda path: write_demo(path, scale=100))
    _once(made.observations, lambda path: write_demo(path, scale=185))
    _once(made.visits, lambda path: _write_visits(path, made.scale_100))
    return made


@contextmanager
def services(
    notebook: Path, folder: Path, *, read_only: bool = False
) -> Iterator[NotebookServices]:
    """The services of a notebook, warm."""
    with Notebook.open(notebook, DEVICE, read_only=read_only) as opened:
        made = build_services(opened, Settings(folder / "settings.json"))
        made.warm()
        yield made


def working_copy(notebook: Path, folder: Path) -> Path:
    """A copy to be written to: the kept one stays as it was made."""
    copy = folder / notebook.name
    shutil.copyfile(notebook, copy)
    return copy


def observation_count(opened: Notebook) -> int:
    with opened.read() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Measurement, Finding)
        ]
    return sum(counts)


def _digest() -> str:
    """Of what decides what is written: the schema, the journal, the demonstration."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for source in SOURCES:
        for file in sorted((ROOT / source).rglob("*")):
            if file.is_file() and file.suffix != ".pyc" and "queries" not in file.parts:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _once(path: Path, write: Callable[[Path], None]) -> None:
    if not path.exists():
        print(f"Writing {path.relative_to(ROOT)}…", flush=True)
        write(path)


def _write_visits(path: Path, start: Path) -> None:
    """The visits of ``start``, and as many as needed spread over the same days and sites."""
    beside = path.with_suffix(".part")
    shutil.copyfile(start, beside)
    with Notebook.open(beside, DEVICE) as opened:
        with opened.read() as session:
            links = session.execute(
                select(ExperimentSite.experiment_id, ExperimentSite.site_id)
            ).all()
            known = session.scalar(select(func.count()).select_from(Visit)) or 0
            first, last = session.execute(select(func.min(Visit.date), func.max(Visit.date))).one()
        days = (last - first).days
        for begin in range(known, VISITS, CHUNK):
            rows = []
            for number in range(begin, min(begin + CHUNK, VISITS)):
                experiment, site = links[number % len(links)]
                day = first + dt.timedelta((number * 7919) % days)
                rows.append(
                    {
                        "reference": f"V-{day.year}-{number:06d}-BENC",
                        "experiment_id": experiment,
                        "site_id": site,
                        "date": day,
                        "state": "validated",
                        "author": "Banc",
                        "notes": f"Séance calme, observation numéro {number}.",
                    }
                )
            with opened.write() as uow:
                uow.bulk_insert(Visit, rows)
    beside.rename(path)
