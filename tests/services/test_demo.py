"""The demonstration notebook: deterministic, whole, plausible, and telling its story."""

import datetime as dt
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from desktop_app.errors import UserError
from desktop_app.models.enums import Phase
from desktop_app.models.experiment import Experiment
from desktop_app.models.visit import Visit
from desktop_app.services.demo import demo_steps, write_demo
from desktop_app.services.notebook.history import HistoryService
from desktop_app.services.results.rows import Reserve, ResultState, Tally, Thresholds
from desktop_app.services.results.service import ResultService
from desktop_app.services.visits.visit_checks import missing
from desktop_app.store.clock import hlc_time
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.integrity import check
from desktop_app.store.notebook import Notebook

TODAY = dt.date(2021, 6, 14)
WEEK_END = dt.date(2021, 6, 20)


@pytest.fixture(scope="module")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demonstration.carnet"
    write_demo(path)
    return path


@pytest.fixture
def demo(demo_path: Path, device: DeviceIdentity) -> Iterator[Notebook]:
    with Notebook.open(demo_path, device, read_only=True) as notebook:
        yield notebook


@pytest.fixture
def rows(demo_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{demo_path.as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_same_seed_writes_the_same_notebook(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_demo(tmp_path / name, scale=2, seed=7)
    assert dump(tmp_path / "first") == dump(tmp_path / "second")


def test_another_seed_writes_other_records(demo_path: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "other", seed=8)
    assert dump(tmp_path / "other") != dump(demo_path)
    assert count(tmp_path / "other", "measurement") == count(demo_path, "measurement")


def test_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "mine.carnet"
    path.write_text("précieux", encoding="utf-8")
    with pytest.raises(UserError, match="existe déjà"):
        write_demo(path)
    assert path.read_text(encoding="utf-8") == "précieux"


def test_closing_the_steps_leaves_nothing(tmp_path: Path) -> None:
    steps = demo_steps(tmp_path / "half.carnet")
    first = next(steps)
    assert 0 < first.done < first.total
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_passes_the_integrity_check(demo: Notebook) -> None:
    assert check(demo) == []


def test_says_that_it_is_fictitious(demo: Notebook, rows: sqlite3.Connection) -> None:
    assert demo.title == "Démonstration — données fictives"
    assert demo.today() == TODAY
    assert rows.execute("SELECT illustrative FROM notebook").fetchall() == [(1,)]
    assert rows.execute("SELECT count(*) FROM indicator").fetchall() == [(56,)]


def test_scale_multiplies_visits_and_keeps_totals_plausible(
    demo_path: Path, tmp_path: Path, device: DeviceIdentity
) -> None:
    path = tmp_path / "larger.carnet"
    write_demo(path, scale=5)
    with Notebook.open(path, device, read_only=True) as notebook:
        assert check(notebook) == []
    assert count(path, "visit") == 5 * count(demo_path, "visit")
    for table in ("measurement", "finding"):
        assert 4 * count(demo_path, table) < count(path, table) < 6 * count(demo_path, table)
    with closing(sqlite3.connect(path)) as connection:
        additive = connection.execute(
            "SELECT sum(value), target_value FROM measurement JOIN indicator "
            "ON indicator.id = indicator_id WHERE aggregation = 'additive' "
            "AND category = '' GROUP BY code"
        ).fetchall()
    assert len(additive) == 3
    assert all(0 < total < target for total, target in additive)


def test_every_validated_visit_could_be_validated(demo: Notebook) -> None:
    with demo.read() as session:
        visits = session.scalars(select(Visit).where(Visit.state == "validated")).all()
        assert len(visits) > 55
        for visit in visits:
            assert missing(session, visit, TODAY) == [], visit.reference


def test_references_follow_the_year_and_the_device(rows: sqlite3.Connection) -> None:
    suffixes = {suffix for (suffix,) in rows.execute("SELECT suffix FROM device")}
    found = rows.execute("SELECT reference, strftime('%Y', date) FROM visit").fetchall()
    assert len({reference for reference, _ in found}) == len(found)
    for reference, year in found:
        letter, minted, number, suffix = reference.split("-")
        assert (letter, minted, len(number)) == ("V", year, 4)
        assert suffix in suffixes


def test_journal_reads_like_two_years_of_work(rows: sqlite3.Connection) -> None:
    entries = rows.execute("SELECT hlc, author FROM journal ORDER BY hlc").fetchall()
    moments = {hlc_time(hlc) for hlc, _author in entries}
    assert len(moments) > 200
    assert min(moments).date() == dt.date(2020, 2, 4)
    assert max(moments).date() <= TODAY
    assert len({author for _hlc, author in entries}) == 6


def test_visits_are_recorded_on_their_day_by_their_author(rows: sqlite3.Connection) -> None:
    visits = rows.execute("SELECT id, date, author FROM visit WHERE state <> 'planned'").fetchall()
    for visit_id, date, author in visits:
        days = {
            (hlc_time(hlc).date().isoformat(), signed)
            for hlc, signed in rows.execute(
                "SELECT hlc, author FROM journal WHERE record_id = ?", (visit_id,)
            )
        }
        assert (date, author) in days


def test_the_week_of_the_demonstration(rows: sqlite3.Connection) -> None:
    planned = rows.execute(
        "SELECT date FROM visit WHERE state = 'planned' ORDER BY date"
    ).fetchall()
    week = [date for (date,) in planned if date <= WEEK_END.isoformat()]
    assert week == ["2021-06-14", "2021-06-16", "2021-06-17"]
    assert len(planned) > len(week)
    late = rows.execute(
        "SELECT what FROM follow_up WHERE done_date IS NULL AND due_date < ? ORDER BY due_date",
        (TODAY.isoformat(),),
    ).fetchall()
    assert [what for (what,) in late] == [
        "Relancer la mission locale sur les conventions",
        "Fournir deux casques supplémentaires à la mission locale",
    ]
    drafts = rows.execute("SELECT count(*) FROM visit WHERE state = 'draft'").fetchone()
    assert drafts == (3,)


def test_results_tell_the_story(demo: Notebook) -> None:
    """A state of each kind, and each of the rules of the figures that can be shown."""
    results = ResultService(demo, lambda _reader: Thresholds())
    found = results.experiments()
    assert {each.experiment.code: each.tally for each in found} == {
        "AND": Tally(reached=4, progress=5),
        "ARB": Tally(reached=1, progress=8),
        "SOL": Tally(reached=9),
        "DUO": Tally(reached=1, progress=5, no_data=3),
        "ETR": Tally(progress=5, unchanged=1, no_data=3),
        "JEX": Tally(reached=1, progress=6, decline=1, no_data=1),
    }
    shown = {
        result.indicator.code: result
        for each in found
        for objective in results.sheet(each.experiment.id).objectives
        for result in objective.results
    }
    assert {result.state for result in shown.values()} == set(ResultState)
    assert shown["JEX5"].state is ResultState.DECLINE
    assert shown["JEX5"].baseline.differs
    assert (shown["ARB5"].baseline.agreed, shown["ARB5"].baseline.measured_n) == (0, 78)
    assert shown["ETR1"].actual == 7  # the initial wave counts in a sum
    assert Reserve.OTHER_PERIMETER in shown["ETR7"].reserves
    assert shown["ETR2"].stale_since == dt.date(2021, 6, 2)
    assert len(shown["JEX10"].answers) == 3
    (target,) = shown["AND5"].history
    assert (target.changes, target.new_series) == ((("target_value", 30.0, 40.0),), False)
    (series,) = shown["SOL2"].history
    assert series.new_series
    assert shown["SOL2"].attainment == pytest.approx(42 / 40)  # T0 was given again
    assert shown["JEX3"].interval is not None
    assert shown["ETR2"].interval is None  # 182 half-days of 7 young people


def test_a_visit_was_amended(demo: Notebook) -> None:
    with demo.read() as session:
        visit = session.scalars(select(Visit).where(Visit.date == dt.date(2021, 3, 9))).one()
    assert any(entry.amendment for entry in HistoryService(demo).of_visit(visit.id))


def test_first_cohort_is_decided_and_the_second_under_way(demo: Notebook) -> None:
    with demo.read() as session:
        found = {each.code: each for each in session.scalars(select(Experiment))}
    phases = {code: each.phase for code, each in found.items()}
    assert phases["AND"] == Phase.IMPLANTED
    assert phases["SOL"] == Phase.EVALUATION
    assert phases["ARB"] == Phase.EVALUATION
    for code in ("AND", "SOL", "ARB"):
        assert "décision fictive" in found[code].final_decision
    for code in ("JEX", "ETR", "DUO"):
        assert (phases[code], found[code].final_decision) == (Phase.EXPERIMENTATION, "")


def test_photos_are_small_jpegs_without_metadata(rows: sqlite3.Connection) -> None:
    photos = rows.execute(
        "SELECT content, thumbnail, width, height, size, caption FROM attachment "
        "JOIN attachment_content USING (sha256)"
    ).fetchall()
    assert len(photos) == 15
    for content, thumbnail, width, height, size, caption in photos:
        assert "photo fictive" in caption
        assert len(content) == size < 100_000
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == ("JPEG", (width, height))
            assert not image.getexif()
        with Image.open(io.BytesIO(thumbnail)) as image:
            assert max(image.size) == 320
