"""The frozen schema: equal to the models, upgraded step by step, refusing what it must."""

import datetime as dt
import pkgutil
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from store_samples import DAY, Sample, new_visit, refused

from desktop_app import __version__
from desktop_app.models.base import Base
from desktop_app.models.experiment import Experiment
from desktop_app.models.framework import Indicator
from desktop_app.models.visit import FollowUp, Measurement, Visit
from desktop_app.store import integrity
from desktop_app.store.file_format import version_numbers
from desktop_app.store.migrations import migrate, versions
from desktop_app.store.notebook import Notebook
from desktop_app.store.sqlite_errors import sentence
from desktop_app.store.tables import RECORD_TABLES


def described(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Every table and index but the search's, spaces and the order of their parts aside.

    A column that a migration adds comes after the constraints.
    """
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'"
    )
    return {
        name: sorted(re.split(r",(?![^()]*\))", re.sub(r"[\s\"]+", "", sql).rstrip(")")))
        for name, sql in rows
        if not name.startswith(("search", "ix_search"))
    }


def test_the_migrated_schema_is_the_models(closed: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    Base.metadata.create_all(engine)
    engine.dispose()
    with (
        closing(sqlite3.connect(tmp_path / "models.db")) as models,
        closing(sqlite3.connect(closed)) as migrated,
    ):
        assert described(migrated) == described(models)


def test_each_migration_is_listed_once_in_order() -> None:
    revisions = [migration.revision for migration in migrate.known()]
    assert revisions == [f"{number:04d}" for number in range(1, migrate.HEAD + 1)]
    folder = Path(migrate.__file__).parent / "versions"
    assert sorted(file.stem for file in folder.glob("[0-9]*.py")) == list(migrate.MIGRATIONS)


def test_each_format_has_the_version_that_reads_it() -> None:
    assert list(migrate.READABLE_SINCE) == list(range(1, migrate.HEAD + 1))
    texts = [*migrate.READABLE_SINCE.values(), __version__]
    numbers = [found for text in texts if (found := version_numbers(text))]
    assert len(numbers) == len(texts)
    assert numbers == sorted(numbers)


def test_the_names_of_migrations_can_be_collected() -> None:
    """As what freezes the program does: they are imported by name only."""
    found = {module.name for module in pkgutil.iter_modules(versions.__path__)}
    assert found >= set(migrate.MIGRATIONS)


@pytest.mark.parametrize("table", [table.name for table in RECORD_TABLES])
def test_records_are_never_deleted(notebook: Notebook, sample: Sample, table: str) -> None:
    with notebook.write() as uow:
        rows = uow.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
    if rows:
        with refused(notebook, "ne s’efface pas") as uow:
            uow.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608


@pytest.mark.parametrize(
    ("kind", "good", "bad", "words"),
    [
        ("percentage", (0.0, 52.5, 100.0), (-0.1, 100.1), "0 à 100"),
        ("scale", (1.0, 3.2, 5.0), (0.9, 5.1), "échelle"),
        ("yes_no", (0.0, 1.0), (0.5, 2.0), "oui ou non"),
        ("number", (-4.0, 1e9), (), ""),
        ("qualitative", (), (3.0,), "qualitatif"),
    ],
)
def test_values_stay_within_their_indicator(
    notebook: Notebook,
    sample: Sample,
    kind: str,
    good: tuple[float, ...],
    bad: tuple[float, ...],
    words: str,
) -> None:
    values = {"indicator_id": sample.indicators[kind], "site_id": sample.site, "date": DAY}
    for value in good:
        with notebook.write() as uow:
            uow.add(Measurement(**values, value=value))
    for value in bad:
        with refused(notebook, words) as uow:
            uow.add(Measurement(**values, value=value))
    for value in bad[: len(good)]:
        with refused(notebook, words) as uow:
            measurement = uow.add(Measurement(**values, value=good[0]))
            uow.flush()
            measurement.value = value


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"end_time": dt.time(9, 0)}, "heure de fin précède"),
        ({"date": dt.date(1900, 1, 1)}, "2000 à 2099"),
        ({"date": dt.date(2100, 1, 1)}, "2000 à 2099"),
        ({"headcount": -1}, "personnes rencontrées"),
        ({"state": "finie"}, "ck_visit_state"),
        ({"site_id": "nowhere"}, "n’existe plus"),
        ({"date": None}, "obligatoire"),
        ({"notes": "demi-caractère \ud800"}, "illisible"),
        ({"headcount": 2**70}, "nombre"),
    ],
)
def test_a_visit_the_notebook_refuses(
    notebook: Notebook, sample: Sample, change: dict[str, Any], words: str
) -> None:
    with refused(notebook, words) as uow:
        visit = uow.session.get_one(Visit, sample.visit)
        for field, value in change.items():
            setattr(visit, field, value)
    assert integrity.check(notebook) == []


def test_the_same_thing_twice(notebook: Notebook, sample: Sample) -> None:
    with refused(notebook, "déjà ce code") as uow:
        first = uow.session.get_one(Experiment, sample.experiment)
        uow.add(
            Experiment(
                code="JEX", title="x", cohort_id=first.cohort_id, enterprise_id=first.enterprise_id
            )
        )
    with refused(notebook, "déjà une mesure") as uow:
        uow.add(
            Measurement(
                indicator_id=sample.indicators["number"],
                site_id=sample.site,
                visit_id=sample.visit,
                date=DAY,
                value=1.0,
            )
        )
    with refused(notebook, "référence") as uow:
        visit = new_visit(uow, sample.experiment, sample.site)
        visit.reference = uow.session.get_one(Visit, sample.visit).reference
        uow.add(visit)


def test_other_bounds(notebook: Notebook, sample: Sample) -> None:
    with refused(notebook, "dans l’échelle") as uow:
        uow.session.get_one(Indicator, sample.indicators["scale"]).target_value = 9.0
    with refused(notebook, "minimum") as uow:
        uow.session.get_one(Indicator, sample.indicators["scale"]).scale_max = None
    with refused(notebook, "2000 à 2099") as uow:
        uow.add(FollowUp(experiment_id=sample.experiment, what="x", due_date=dt.date(1999, 12, 31)))
    with refused(notebook, "ne porte pas de valeur") as uow:
        uow.session.get_one(Measurement, sample.measurement).status = "not_observed"
    with refused(notebook, "date de fin précède") as uow:
        experiment = uow.session.get_one(Experiment, sample.experiment)
        experiment.start_date, experiment.end_date = DAY, DAY.replace(year=2020)


def test_attachment_bytes_do_not_change(notebook: Notebook, sample: Sample) -> None:
    with refused(notebook, "pièce jointe ne se modifie pas") as uow:
        uow.session.execute(text("UPDATE attachment_content SET content = x'00'"))


def test_our_own_bugs_stay_bugs(notebook: Notebook) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError) as caught,
    ):
        connection.execute("SELECT nonsense FROM nowhere")
    assert sentence(caught.value) is None
    assert sentence(sqlite3.ProgrammingError("made in Python")) is None
