"""The first screen: what it says of a living notebook, and the first steps of an empty one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from screen_sample import DAY, Sample, dated_services, dialog_of, fill, mount, rest, type_in

from desktop_app.config.settings import Settings
from desktop_app.french import NBSP
from desktop_app.models.enums import Phase
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.programme.experiment_rows import CohortRow, EnterpriseRow, ExperimentRow
from desktop_app.services.results.rows import ExperimentResult, Level, LevelTally, Tally
from desktop_app.services.visits.visit_rows import EditFollowUp, NewVisit
from desktop_app.views.dialogs.directory_form import ProgrammeStartDialog
from desktop_app.views.dialogs.experiment_form import ExperimentDialog
from desktop_app.views.dialogs.site_form import SiteDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiments.card import ExperimentCard, count_parts
from desktop_app.views.screens.home.board import (
    ExperimentBoard,
    groups,
    indicators_text,
    promotions_text,
)
from desktop_app.views.screens.home.rows import FollowUpButton, UpcomingRow
from desktop_app.views.screens.home.screen import HomeScreen
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.tone_line import Part, ToneLine


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
    assert "Expérimentation" in words(duo)
    assert "3 en progrès" in words(duo)
    assert "1 site · 2 visites" in words(duo)
    assert not any("de la cible" in text for text in words(screen))
    assert "juin" in screen.chart.accessibleName()
    assert not screen.drafts.isVisible()
    assert not screen.start.isVisible()


def test_every_figure_card_and_row_opens_what_it_speaks_of(
    screen: HomeScreen, sample: Sample, places: list[Place]
) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    for card in screen.figures:
        card.setFocus()
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert places == [
        Place("visits", tab="week"),
        Place("visits", tab="due"),
        Place("actions", tab="late"),
        Place("visits", tab="validated"),
    ]
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


def test_what_is_under_way_faces_what_has_ended(screen: HomeScreen, sample: Sample) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    assert [card.result.experiment.code for card in screen.board.cards][-1] == "ANDIBO"
    captions = [line.text() for line in screen.board.findChildren(ToneLine)]
    assert "En cours · promotion 2 (2021) · 0 à 3 indicateurs chacune" in captions
    assert "Terminées · promotion 1 (2020) · 0 indicateur" in captions
    lefts = [card.x() for card in screen.board.cards]
    assert lefts[0] == lefts[1] < lefts[2]
    assert screen.board.cards[0].y() == screen.board.cards[2].y()


def test_tab_goes_as_one_reads(screen: HomeScreen, sample: Sample) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    screen.figures[0].setFocus()
    seen = []
    for _ in range(12):
        seen.append(type(QApplication.focusWidget()).__name__)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [
        *["FigureCard"] * 4, *["ExperimentCard"] * 3, "Button", "UpcomingRow", "Button",
        *["FollowUpButton"] * 2,
    ]  # fmt: skip


def test_a_card_says_its_levels_to_who_hovers_and_to_who_cannot_see(
    screen: HomeScreen, sample: Sample
) -> None:
    screen.show_place(Place("home"))
    rest(screen)
    duo = next(card for card in screen.board.cards if card.result.experiment.code == "DUO")
    levels = f"Résultats{NBSP}: 0 atteinte sur 2 · 2 en progrès"
    assert levels in duo.toolTip().splitlines()
    assert levels in duo.accessibleName()
    assert duo.accessibleName().startswith("Duo for a job, Mentorat de jeunes par des seniors")


def test_visits_in_draft_are_left_out_said_and_listed(
    screen: HomeScreen, sample: Sample, services: NotebookServices, places: list[Place]
) -> None:
    for day in (DAY, DAY - dt.timedelta(1)):
        services.visits.create(NewVisit(sample.experiments["duo"], sample.sites["mission"], day))
    screen.show_place(Place("home"))
    rest(screen)
    assert screen.drafts.text() == "2 visites en brouillon non comptées"
    duo = next(card for card in screen.board.cards if card.result.experiment.code == "DUO")
    assert "1 site · 2 visites" in words(duo)
    assert duo.toolTip().endswith("2 visites en brouillon non comptées")
    QTest.keyClick(screen.drafts, Qt.Key.Key_Return)
    assert places == [Place("visits", tab="drafts")]


def test_the_worst_comes_first_in_each_group(themed: QApplication) -> None:
    results = [
        card_result("A", Tally(reached=4)),
        card_result("B", Tally(progress=3, decline=1)),
        card_result("C", Tally(unchanged=2, progress=2)),
        card_result("D", Tally(reached=3, progress=1), ended=True),
        card_result("E", Tally(progress=1, decline=2, no_data=1), ended=True),
    ]
    found = groups(results)
    assert [(group.name, [r.experiment.code for r in group.results]) for group in found] == [
        ("En cours", ["B", "C", "A"]),
        ("Terminées", ["E", "D"]),
    ]
    assert promotions_text(results) == "promotion 2 (2021)"
    assert indicators_text(results) == "4 indicateurs chacune"
    assert indicators_text(results[:1]) == "4 indicateurs"


def test_groups_of_very_different_sizes_stand_one_above_the_other(window: QWidget) -> None:
    board = ExperimentBoard()
    mount(window, board)
    running = [card_result(code, Tally(progress=4)) for code in "ABCDE"]
    board.show_results([*running, card_result("Z", Tally(reached=4), ended=True)], DAY)
    QApplication.processEvents()
    tops = [card.y() for card in board.cards]
    assert tops[0] == tops[1] < tops[2] == tops[3] < tops[4] < tops[5]
    kept = board.cards[0]
    board.show_results(running[:2], DAY)
    QApplication.processEvents()
    assert board.cards[0] is kept
    assert board.cards[0].x() < board.cards[1].x()
    window.resize(560, 700)
    QApplication.processEvents()
    assert board.cards[0].x() == board.cards[1].x()


def test_what_declines_is_said_first_and_in_red_and_what_is_late_as_a_warning(
    window: QWidget,
) -> None:
    tally = Tally(reached=1, progress=4, unchanged=1, decline=1, no_data=2)
    late = replace(card_result("DUO", tally), stale=1, stale_since=dt.date(2021, 3, 18))
    card = ExperimentCard(late, DAY)
    mount(window, card, 380, 160)
    assert count_parts(late)[0] == Part("1 en recul", "bad", bold=True)
    assert words(card)[-2:] == [
        "1 en recul · 1 inchangée · 4 en progrès · 1 atteinte · 2 sans donnée",
        f"Non mesuré depuis le 18/03{NBSP}: 1 indicateur · 2 sites · 3 visites",
    ]
    card.show_result(card_result("DUO", Tally(reached=4), ended=True), dt.date(2022, 2, 1))
    assert "Bilan · toutes atteintes" in words(card)
    assert "Terminée le 30/11/2021 · 2 sites · 3 visites" in words(card)
    card.show_result(card_result("DUO", Tally()), DAY)
    assert "aucun indicateur" in words(card)


@pytest.mark.parametrize("width", [200, 320, 900])
def test_no_word_of_a_card_is_cut_at_any_width(window: QWidget, width: int) -> None:
    tally = Tally(reached=11, progress=14, unchanged=12, decline=13, no_data=15)
    late = replace(
        card_result("DUO", tally),
        stale=12,
        stale_since=dt.date(2020, 3, 18),
        qualitative=3,
        ended=False,
    )
    card = ExperimentCard(late, DAY)
    mount(window, card, width, 300)
    for line in card.findChildren(ToneLine):
        assert line.width() <= width
        assert line.height() >= line.heightForWidth(line.width())
    name, pill = card.findChild(QLabel), card.findChild(Pill)
    assert name is not None
    assert pill.width() >= pill.sizeHint().width() or width == 200


def card_result(code: str, tally: Tally, *, ended: bool = False) -> ExperimentResult:
    experiment = ExperimentRow(
        code, code, f"Expérimentation {code}", EnterpriseRow("e", code, "", "", "", ""),
        CohortRow("c", 2, "", dt.date(2021, 3, 1), None), (), "", "",
        Phase.EVALUATION if ended else Phase.EXPERIMENTATION,
        dt.date(2021, 3, 1), dt.date(2021, 11, 30), None, "", "", 2, 3,
    )  # fmt: skip
    return ExperimentResult(
        experiment, (LevelTally(Level.OUTCOME, tally),), tally.total, 0, 0, None,
        ended=ended, visit_count=3, site_count=2, observation_count=9,
    )  # fmt: skip


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
    for words_shown in screen.findChildren(ToneLine):
        assert words_shown.height() >= words_shown.heightForWidth(words_shown.width())


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
