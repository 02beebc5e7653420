"""The list of experiments, the forms that make them, and the programme behind them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from screen_sample import Sample, dated_services, dialog_of, fill, mount, rest, type_in

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.results.rows import ExperimentResult, Level, LevelTally, Tally
from desktop_app.services.vocabulary import Movement, Phase
from desktop_app.views.dialogs.directory_dialog import DirectoryDialog
from desktop_app.views.dialogs.directory_form import DirectoryFormDialog, ProgrammeStartDialog
from desktop_app.views.dialogs.experiment_form import ExperimentDialog
from desktop_app.views.dialogs.form_dialog import FormDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiments.card import ExperimentCard
from desktop_app.views.screens.experiments.screen import STALE, ExperimentsScreen

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def screen(context: ScreenContext, window: QWidget) -> Iterator[ExperimentsScreen]:
    made = ExperimentsScreen(context)
    mount(window, made)
    yield made
    made.dispose()


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def opened(screen: ExperimentsScreen, sample: Sample) -> ExperimentsScreen:
    screen.show_place(Place("experiments"))
    rest(screen)
    return screen


def codes(screen: ExperimentsScreen) -> list[str]:
    return [result.experiment.code for result in screen.shown()]


def edit(dialog: FormDialog, name: str, text: str) -> None:
    type_in(dialog.form.boxes[name].editor.widget, text)


def answer(button_text: str) -> None:
    """Answers the question that is about to be asked."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        button = next(b for b in box.buttons() if b.text() == button_text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)


def test_filters_narrow_the_list(opened: ExperimentsScreen, sample: Sample) -> None:
    assert opened.header.subtitle_label.text() == "3 expérimentations"
    for field, value, left in (
        (opened.standing, Movement.PROGRESS, ["DUO"]),
        (opened.standing, Movement.DECLINE, []),
        (opened.standing, STALE, []),
        (opened.phase, Phase.STOPPED, []),
        (opened.directorate, opened.directorate._values[1], ["DUO"]),
        (opened.cohort, opened.cohort._values[1], ["ANDIBO"]),
    ):
        field.set_value(value)
        field.edited.emit()
        assert codes(opened) == left
        field.set_value(None)
    type_in(opened.text, "autisme")
    assert codes(opened) == ["ANDIBO"]
    assert opened.header.subtitle_label.text() == "1 sur 3 expérimentations"


def test_the_most_fragile_come_first_in_each_promotion(
    opened: ExperimentsScreen, services: NotebookServices
) -> None:
    def standing(result: ExperimentResult) -> ExperimentResult:
        tally = {"DUO": Tally(progress=3), "JEXPLORE": Tally(decline=1, progress=1)}
        levels = tally.get(result.experiment.code, Tally(reached=1))
        return replace(result, levels=(LevelTally(Level.OUTCOME, levels),), stale=levels.decline)

    portfolio = opened.portfolio
    made = replace(portfolio, results=tuple(standing(result) for result in portfolio.results))
    opened.show_portfolio(made)
    assert codes(opened) == ["JEXPLORE", "DUO", "ANDIBO"]
    for wanted, left in (
        (Movement.DECLINE, ["JEXPLORE"]),
        (STALE, ["JEXPLORE"]),
        (Movement.PROGRESS, ["JEXPLORE", "DUO"]),
        (Movement.REACHED, ["ANDIBO"]),
        (Movement.NO_DATA, []),
    ):
        opened.standing.set_value(wanted)
        opened.standing.edited.emit()
        assert codes(opened) == left


def test_a_card_opens_its_results(
    opened: ExperimentsScreen, sample: Sample, places: list[Place]
) -> None:
    card = opened.findChildren(ExperimentCard)[0]
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert places == [Place("experiment", card.result.experiment.id, "results")]


def test_a_form_refuses_with_sentences_and_keeps_what_was_typed(
    opened: ExperimentsScreen, window: QWidget, services: NotebookServices
) -> None:
    opened.add()
    rest(opened)
    dialog = dialog_of(window, ExperimentDialog)
    edit(dialog, "title", "Jardiner ensemble")
    edit(dialog, "start_date", "1/9/21")
    edit(dialog, "end_date", "1/3/21")
    edit(dialog, "budget", "beaucoup")
    dialog.submit()
    assert dialog.isVisible()
    assert dialog.form.boxes["code"].note == "Donnez un code court, ex. JEXPLORE."
    assert "n’est pas un nombre" in dialog.form.boxes["budget"].note
    edit(dialog, "code", "JARDIN")
    edit(dialog, "budget", "16 000")
    dialog.form.boxes["enterprise_id"].editor.write(services.directory.enterprises()[0].id)
    dialog.form.edited.emit()
    QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert "avant le début" in dialog.form.boxes["end_date"].note
    edit(dialog, "end_date", "30/11/21")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    rest(opened)
    made = services.experiments.by_code("JARDIN")
    assert (made.title, made.budget) == ("Jardiner ensemble", 16_000)


def test_a_code_already_taken_is_refused_by_the_notebook(
    opened: ExperimentsScreen, window: QWidget, services: NotebookServices
) -> None:
    opened.add()
    rest(opened)
    dialog = dialog_of(window, ExperimentDialog)
    edit(dialog, "code", "DUO")
    edit(dialog, "title", "Un autre")
    edit(dialog, "enterprise_name", "Entreprise neuve")
    dialog.form.boxes["enterprise_id"].editor.write("")
    dialog.form.edited.emit()
    edit(dialog, "enterprise_name", "Entreprise neuve")
    dialog.submit()
    rest(opened)
    assert dialog.isVisible()
    assert "DUO" in dialog.problem
    edit(dialog, "code", "DUO2")
    dialog.submit()
    rest(opened)
    assert services.experiments.by_code("DUO2").enterprise.name == "Entreprise neuve"
    names = [row.name for row in services.directory.enterprises()]
    assert names.count("Entreprise neuve") == 1


def test_escape_asks_before_losing_what_was_typed(
    opened: ExperimentsScreen, window: QWidget
) -> None:
    opened.add()
    rest(opened)
    dialog = dialog_of(window, ExperimentDialog)
    edit(dialog, "title", "Jardiner")
    answer("Continuer la saisie")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    answer("Abandonner")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_escape_closes_an_untouched_form(opened: ExperimentsScreen, window: QWidget) -> None:
    opened.add()
    rest(opened)
    dialog = dialog_of(window, ExperimentDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_empty_notebook_starts_with_its_programme(
    screen: ExperimentsScreen, window: QWidget, services: NotebookServices
) -> None:
    screen.show_place(Place("experiments"))
    rest(screen)
    screen.add()
    start = dialog_of(window, ProgrammeStartDialog)
    start.submit()
    assert start.form.boxes["programme_name"].note == "Donnez un nom au programme."
    edit(start, "programme_name", "Innover")
    edit(start, "cohort_number", "0")
    start.submit()
    assert "commence à 1" in start.form.boxes["cohort_number"].note
    edit(start, "cohort_number", "3")
    start.submit()
    rest(screen)
    rest(screen)
    assert [row.number for row in services.directory.cohorts()] == [3]
    dialog_of(window, ExperimentDialog).reject()


def test_promotions_enterprises_and_directorates_are_kept_in_one_dialog(
    opened: ExperimentsScreen, window: QWidget, services: NotebookServices
) -> None:
    opened.open_directory("cohort")
    rest(opened)
    dialog = dialog_of(window, DirectoryDialog)
    assert dialog.tabs.current == "cohort"
    listed = dialog.lists["cohort"].list
    assert listed.count() == 2
    dialog.edit("cohort", None)
    form = dialog_of(dialog, DirectoryFormDialog)
    edit(form, "number", "2")
    form.submit()
    rest(opened)
    assert "existe déjà" in form.problem
    edit(form, "number", "3")
    form.submit()
    rest(opened)
    assert listed.count() == 3

    dialog_of(window, DirectoryDialog)
    dialog.tabs.set_current("directorate")
    directorates = dialog.lists["directorate"].list
    before = directorates.count()
    directorates.setFocus()
    QTest.keyClick(directorates, Qt.Key.Key_Delete)
    rest(opened)
    assert directorates.count() == before - 1
    undo = next(
        button
        for button in dialog.findChildren(QPushButton)
        if button.text() == "Annuler" and button.isVisible()
    )
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    rest(opened)
    assert directorates.count() == before

    dialog.tabs.set_current("enterprise")
    dialog.drop("enterprise", services.directory.enterprises()[0])
    rest(opened)
    assert len(services.directory.enterprises()) == 3
    assert "expérimentation" in dialog.notifier.message
    dialog.reject()
