"""The visit list as other screens ask for it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from screen_sample import DAY, Sample, dated_services, fill, mount, rest

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visits.visit_rows import NewVisit, VisitFilter
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.visits.filters import listed
from desktop_app.views.screens.visits.screen import VisitsScreen


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, sample: Sample) -> Iterator[VisitsScreen]:
    made = VisitsScreen(context)
    mount(window, made)
    yield made
    made.dispose()


def arrive(screen: VisitsScreen, tab: str | None = None) -> list[VisitState]:
    screen.show_place(Place("visits", tab=tab))
    rest(screen)
    return [row.state for row in screen.model.rows]


def test_places_name_their_filters() -> None:
    wednesday = dt.date(2021, 6, 9)
    monday, sunday = dt.date(2021, 6, 7), dt.date(2021, 6, 13)
    assert listed("drafts", wednesday) == VisitFilter(state=VisitState.DRAFT)
    assert listed("validated", wednesday) == VisitFilter(state=VisitState.VALIDATED)
    assert listed("planned", wednesday) == VisitFilter(state=VisitState.PLANNED, since=wednesday)
    assert listed("week", wednesday) == VisitFilter(since=monday, until=sunday)
    assert listed("due", wednesday) == VisitFilter(
        state=VisitState.PLANNED, since=wednesday, until=sunday
    )
    assert listed("new", wednesday) is listed(None, wednesday) is None


def test_the_person_s_own_filter_comes_back(
    screen: VisitsScreen, services: NotebookServices, sample: Sample, settings: Settings
) -> None:
    services.visits.create(NewVisit(sample.experiments["duo"], sample.sites["mission"], DAY))
    assert arrive(screen, "drafts") == [VisitState.DRAFT]
    screen.flush()
    assert "state" not in settings.mapping("visit_filter")
    assert len(arrive(screen)) == 4
    screen.filters.state.set_value(VisitState.PLANNED)
    screen.filters.changed.emit()
    rest(screen)
    assert arrive(screen, "validated") == [VisitState.VALIDATED] * 2
    assert arrive(screen, "planned") == [VisitState.PLANNED]
    assert arrive(screen) == [VisitState.PLANNED]
    screen.flush()
    assert settings.mapping("visit_filter")["state"] == "planned"


def test_what_is_changed_on_arriving_is_the_person_s_own(
    screen: VisitsScreen, settings: Settings
) -> None:
    arrive(screen, "validated")
    screen.filters.since.set_value(dt.date(2021, 5, 1))
    screen.filters.changed.emit()
    rest(screen)
    screen.flush()
    assert settings.mapping("visit_filter")["state"] == "validated"
    assert arrive(screen) == [VisitState.VALIDATED]
