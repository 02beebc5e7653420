"""The first screen: what it says of a living notebook, and the first steps of an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from screen_sample import DAY, Sample, dated_services, dialog_of, fill, mount, rest, type_in

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visit_rows import EditFollowUp
from desktop_app.views.dialogs.directory_form import ProgrammeStartDialog
from desktop_app.views.dialogs.experiment_form import ExperimentDialog
from desktop_app.views.dialogs.site_form import SiteDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiment_card import ExperimentCard
from desktop_app.views.screens.home import HomeScreen
from desktop_app.views.screens.home_rows import FollowUpButton, UpcomingRow


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def screen(context: ScreenContext, window: QWidget) -> Iterator[HomeScreen]:
    made = HomeScreen(context)
    mount(window, made)
    yield made
    made.dispose()


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_it_says_where_the_programme_stands(screen: HomeScreen, sample: Sample) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    assert screen.header.subtitle_label.text() == (
        "Promotion 2 · mars – novembre 2021 · semaine 23"
    )
    assert [card.accessibleName() for card in screen.figures] == [
        "0 visite cette semaine",
        "0 mesure à recueillir cette semaine",
        "1 action en retard",
        "12 observations depuis le lancement",
    ]
    cards = screen.findChildren(ExperimentCard)
    assert {card.result.experiment.code for card in cards} == {"ANDIBO", "JEXPLORE", "DUO"}
    duo = next(card for card in cards if card.result.experiment.code == "DUO")
    assert "En bonne voie" in words(duo)
    assert "1 site · 2 visites" in words(duo)
    assert any(text.endswith("de la cible") for text in words(duo))
    assert "juin" in screen.chart.accessibleName()
    assert not screen.start.isVisible()


def test_every_figure_card_and_row_opens_what_it_speaks_of(
    screen: HomeScreen, sample: Sample, places: list[Place]
) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    for card in screen.figures:
        card.setFocus()
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert [place.screen for place in places] == ["visits", "visits", "actions", "experiments"]
    places.clear()
    for kind in (UpcomingRow, FollowUpButton):
        QTest.keyClick(screen.findChildren(kind)[0], Qt.Key.Key_Return)
    duo = next(
        card for card in screen.findChildren(ExperimentCard) if card.result.experiment.code == "DUO"
    )
    QTest.mouseClick(duo, Qt.MouseButton.LeftButton)
    assert places == [
        Place("visit", sample.visits["planned"], "preparation"),
        Place("actions", sample.follow_ups["late"]),
        Place("experiment", sample.experiments["duo"], "results"),
    ]


def test_a_change_made_elsewhere_shows(
    screen: HomeScreen,
    sample: Sample,
    services: NotebookServices,
    context: ScreenContext,
) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    command = EditFollowUp(sample.follow_ups["late"], {"done_date": DAY})
    context.operations.run(lambda: services.follow_ups.edit(command))
    rest(screen)
    assert screen.figures[2].accessibleName() == "0 action en retard"
    assert len(screen.findChildren(FollowUpButton)) >= 2


def test_an_empty_notebook_leads_to_its_first_visit(
    screen: HomeScreen,
    window: QWidget,
    places: list[Place],
    services: NotebookServices,
) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    assert screen.start.isVisible()
    buttons = [b for b in screen.start.findChildren(QPushButton) if b.isVisible()]
    assert [b.property("kind") for b in buttons] == ["primary", "secondary", "secondary"]

    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    start = dialog_of(window, ProgrammeStartDialog)
    type_in(start.form.boxes["programme_name"].editor.widget, "Expérimenter")
    type_in(start.form.boxes["cohort_start_date"].editor.widget, "1/3/21")
    type_in(start.form.boxes["cohort_end_date"].editor.widget, "30/11/21")
    QTest.keyClick(start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest(screen)
    assert services.directory.programme().name == "Expérimenter"

    screen.start.create_experiment()
    rest(screen)
    dialog = dialog_of(window, ExperimentDialog)
    type_in(dialog.form.boxes["code"].editor.widget, "JEX")
    type_in(dialog.form.boxes["title"].editor.widget, "Découvrir des métiers")
    type_in(dialog.form.boxes["enterprise_name"].editor.widget, "Jexplore")
    dialog.submit()
    rest(screen)
    experiment = services.experiments.by_code("JEX")
    assert experiment.enterprise.name == "Jexplore"
    assert experiment.cohort.number == 1
    assert places == [Place("experiment", experiment.id, "framework")]

    screen.start.add_site()
    site = dialog_of(window, SiteDialog)
    type_in(site.form.boxes["name"].editor.widget, "Collège Jules-Verne")
    site.submit()
    rest(screen)
    assert [row.name for row in services.sites.list()] == ["Collège Jules-Verne"]
    assert not screen.start.isVisible()


def test_no_word_is_cut_in_a_small_window(
    screen: HomeScreen, window: QWidget, sample: Sample, services: NotebookServices
) -> None:
    long = "Fournir deux casques supplémentaires à la mission locale et au collège"
    services.follow_ups.edit(EditFollowUp(sample.follow_ups["late"], {"what": long}))
    window.resize(1030, 640)
    screen.show_place(Place("home"))
    rest(screen)
    for row in screen.findChildren(FollowUpButton):
        assert row.height() >= row.heightForWidth(row.width())


def test_an_experiment_asked_first_starts_with_its_promotion(
    screen: HomeScreen, window: QWidget, services: NotebookServices
) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    screen.start.create_experiment()
    start = dialog_of(window, ProgrammeStartDialog)
    type_in(start.form.boxes["programme_name"].editor.widget, "Innover")
    start.submit()
    rest(screen)
    dialog = dialog_of(window, ExperimentDialog)
    assert dialog.form.current("cohort_id") == services.directory.cohorts()[0].id
    dialog.reject()
