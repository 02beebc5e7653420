"""The sites: found, written down with identifiers that are checked, kept while visited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from screen_sample import Sample, dated_services, dialog_of, fill, mount, rest, type_in

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.views.dialogs.site_form import SiteDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.sites.screen import SitesScreen
from desktop_app.views.screens.sites.visits import VisitButton


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, sample: Sample) -> Iterator[SitesScreen]:
    made = SitesScreen(context)
    mount(window, made)
    made.show_place(Place("sites"))
    rest(made)
    yield made
    made.dispose()


def names(screen: SitesScreen) -> list[str]:
    return [str(screen.model.index(row, 0).data()) for row in range(screen.model.rowCount())]


def choose(screen: SitesScreen, record_id: str) -> None:
    screen.table.select(screen.model.position(record_id))
    rest(screen)


def test_the_list_narrows_as_one_types(screen: SitesScreen, sample: Sample) -> None:
    assert names(screen) == ["Collège Jules-Verne", "EHPAD Les Tilleuls", "Mission locale"]
    type_in(screen.text, "college")
    rest(screen)
    assert names(screen) == ["Collège Jules-Verne"]
    type_in(screen.text, "xyz")
    rest(screen)
    assert names(screen) == []
    assert not screen.detail.card.isVisible()
    type_in(screen.text, " ")
    screen.experiment.set_value(sample.experiments["duo"])
    screen.experiment.edited.emit()
    rest(screen)
    assert names(screen) == ["Mission locale"]


def test_the_chosen_site_shows_its_visits(
    screen: SitesScreen, sample: Sample, places: list[Place]
) -> None:
    screen.show_place(Place("sites", sample.sites["mission"]))
    rest(screen)
    assert screen.detail.card.accessibleName() == "Mission locale"
    visits = screen.detail.findChildren(VisitButton)
    assert [button.row.reference for button in visits]
    assert screen.detail.visits_card.accessibleName() == "Visites\u00a0(2)"
    QTest.keyClick(visits[0], Qt.Key.Key_Return)
    assert places == [Place("visit", sample.visits["last"])]


def test_wrong_identifiers_are_refused_and_doubtful_ones_said(
    screen: SitesScreen, window: QWidget, services: NotebookServices
) -> None:
    screen.add()
    dialog = dialog_of(window, SiteDialog)
    boxes = dialog.form.boxes
    dialog.submit()
    assert boxes["name"].note.startswith("Donnez un nom au site")
    type_in(boxes["name"].editor.widget, "IME Les Sources")
    type_in(boxes["siret"].editor.widget, "000 000 950 00013")
    type_in(boxes["finess"].editor.widget, "950999012")
    type_in(boxes["latitude"].editor.widget, "190")
    boxes["finess"].editor.widget.commit()
    assert boxes["finess"].note
    assert boxes["finess"].note != boxes["finess"].spec.help
    dialog.submit()
    assert boxes["latitude"].note == "Une latitude va de −90 à 90 degrés."
    type_in(boxes["latitude"].editor.widget, "49,05")
    type_in(boxes["longitude"].editor.widget, "2.06")
    dialog.submit()
    rest(screen)
    assert "SIRET" in dialog.problem
    type_in(boxes["siret"].editor.widget, "000 000 950 00014")
    dialog.submit()
    rest(screen)
    site = next(row for row in services.sites.list() if row.name == "IME Les Sources")
    assert site.siret == "00000095000014"
    assert screen.current == site
    assert screen.detail.warning


def test_a_visited_site_stays_and_a_free_one_can_come_back(
    screen: SitesScreen,
    sample: Sample,
    services: NotebookServices,
    context: ScreenContext,
) -> None:
    choose(screen, sample.sites["mission"])
    screen.delete()
    rest(screen)
    assert "visite" in context.notify.message
    assert len(names(screen)) == 3
    free = services.sites.save(SaveRecord(None, {"name": "Tiers-lieu La Fabrique"})).value
    screen.refresh()
    rest(screen)
    choose(screen, free.id)
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Delete)
    rest(screen)
    assert len(names(screen)) == 3
    clock = context.operations.take_undoable()
    context.operations.run(lambda: services.history.undo(clock), undoable=False)
    rest(screen)
    assert "Tiers-lieu La Fabrique" in names(screen)
