import datetime as dt
from pathlib import Path

import pytest
from programme_seed import Seed

from desktop_app import french
from desktop_app.models.enums import Frequency, ValueType, VisitState
from desktop_app.services.home.overview import OverviewService
from desktop_app.services.notebook.search import SearchService
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.results.service import ResultService
from desktop_app.services.visits.follow_ups import FollowUpService
from desktop_app.services.visits.preparation import PreparationService
from desktop_app.services.visits.visit_rows import NewFollowUp
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

TODAY = dt.date(2021, 6, 14)  # a Monday


@pytest.fixture
def notebook(tmp_path: Path, device: DeviceIdentity):
    with Notebook.create(
        tmp_path / "essai.carnet",
        title="Carnet d’essai",
        device=device,
        illustrative=True,
        reference_date=TODAY,
    ) as made:
        yield made


@pytest.fixture
def overview(notebook: Notebook) -> OverviewService:
    return OverviewService(notebook, ResultService(notebook, lambda _reader: Thresholds()))


def test_an_empty_notebook_has_an_overview(overview: OverviewService) -> None:
    found = overview.get()
    assert (found.title, found.illustrative, found.today) == ("Carnet d’essai", True, TODAY)
    assert found.current_cohort is None
    assert (found.observation_count, found.measures_due, found.late_follow_ups) == (0, 0, 0)
    assert found.experiments == found.upcoming == found.follow_ups == ()
    assert [month.count for month in found.observations_by_month] == [0] * 9


def test_upcoming_visits_say_what_is_due(notebook: Notebook, overview: OverviewService) -> None:
    seed = Seed(notebook)
    monthly = seed.new_indicator("Mensuel", frequency=Frequency.MONTHLY)
    seed.new_indicator("Trimestriel", frequency=Frequency.QUARTERLY)
    spoken = seed.new_indicator("Perception", value_type=ValueType.QUALITATIVE)
    seed.new_indicator("Final", frequency=Frequency.ONCE, target_date=dt.date(2021, 11, 30))
    seen = seed.new_visit(TODAY - dt.timedelta(10))
    seed.measure(monthly, seen, 12)
    seed.measure(spoken, seen, None, comment="bien reçu")
    elsewhere = seed.new_site("Collège")
    wednesday, next_week = TODAY + dt.timedelta(2), TODAY + dt.timedelta(9)
    seed.new_visit(wednesday, state=VisitState.PLANNED)
    seed.new_visit(next_week, state=VisitState.PLANNED, site=elsewhere)
    seed.new_visit(TODAY - dt.timedelta(1), state=VisitState.PLANNED)
    found = overview.get()
    assert [(visit.date, visit.site_name, visit.due_count) for visit in found.upcoming] == [
        (wednesday, "Mission locale", 1),
        (next_week, "Collège", 3),
    ]
    assert (found.measures_due, found.visits_this_week) == (1, 1)
    preparation = PreparationService(notebook)
    for visit in found.upcoming:
        due = preparation.prepare(visit.visit_id).due
        assert len({line.indicator_id for line in due}) == visit.due_count


def test_observations_are_counted_once_and_by_month(
    notebook: Notebook, overview: OverviewService
) -> None:
    seed = Seed(notebook)
    number, spoken = seed.new_indicator(), seed.new_indicator(value_type=ValueType.QUALITATIVE)
    for day in (dt.date(2021, 5, 3), dt.date(2021, 6, 7), dt.date(2020, 3, 2)):
        visit = seed.new_visit(day)
        seed.measure(number, visit, 0)
        seed.measure(spoken, visit, None)
        seed.find(visit, "Un constat")
    seed.measure(number, seed.new_visit(TODAY), None, status="not_observed")
    found = overview.get()
    assert found.observation_count == 9
    months = found.observations_by_month
    assert (months[0].month, months[-1].month) == (dt.date(2020, 10, 1), dt.date(2021, 6, 1))
    assert [month.count for month in months] == [0, 0, 0, 0, 0, 0, 0, 3, 3]


def test_follow_ups_come_most_urgent_first(notebook: Notebook, overview: OverviewService) -> None:
    seed = Seed(notebook)
    service = FollowUpService(notebook)
    for what, days in (("dans 4 jours", 4), ("en retard", -6), ("aujourd’hui", 0)):
        due = TODAY + dt.timedelta(days)
        service.add(NewFollowUp(what, due_date=due, experiment_id=seed.experiment))
    service.add(NewFollowUp("un jour", experiment_id=seed.experiment))
    kept = service.add(
        NewFollowUp("faite", due_date=TODAY - dt.timedelta(9), experiment_id=seed.experiment)
    )
    service.mark_done(kept.value.id, TODAY)
    found = overview.get()
    assert [(row.what, row.days_left) for row in found.follow_ups] == [
        ("en retard", -6),
        ("aujourd’hui", 0),
        ("dans 4 jours", 4),
        ("un jour", None),
    ]
    assert found.late_follow_ups == 1


def test_the_current_cohort_is_the_one_under_way(
    notebook: Notebook, overview: OverviewService
) -> None:
    seed = Seed(notebook)
    seed.new_cohort(2)
    current = overview.get().current_cohort
    assert current is not None
    assert current.number == 1


def test_search_finds_a_finding_by_the_beginning_of_a_word(notebook: Notebook) -> None:
    seed = Seed(notebook)
    visit = seed.new_visit(TODAY)
    finding = seed.find(visit, "Le mentor écoute et encourage")
    (hit,) = SearchService(notebook).search("mentor ecou")
    assert (hit.kind, hit.record_id, hit.visit_id) == ("finding", finding, visit)
    assert hit.title == "Le \x02mentor\x03 \x02écoute\x03 et encourage"
    assert hit.excerpt.startswith(f"{french.date(TODAY)} · ")
    assert SearchService(notebook).search('"*') == ()


def test_what_was_kept_is_what_would_be_reckoned(
    notebook: Notebook, overview: OverviewService
) -> None:
    seed = Seed(notebook)
    monthly = seed.new_indicator("Mensuel", frequency=Frequency.MONTHLY)
    seed.measure(monthly, seed.new_visit(TODAY - dt.timedelta(10)), 12)
    seed.new_visit(TODAY + dt.timedelta(2), state=VisitState.PLANNED)
    reckoned = overview.get()
    overview.keep()
    assert overview.get() == reckoned
    seed.measure(monthly, seed.new_visit(TODAY - dt.timedelta(3)), 30)
    assert overview.get().observation_count == reckoned.observation_count + 1
