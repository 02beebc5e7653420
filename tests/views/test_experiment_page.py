"""The page of an experiment: results one can trace, a framework one can edit, its visits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from screen_sample import Sample, come_back, dated_services, dialog_of, fill, mount, rest, type_in

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow, SaveRecord
from desktop_app.services.visits.visit_rows import RecordMeasure, VisitFilter
from desktop_app.services.vocabulary import (
    Aggregation,
    Frequency,
    MeasurementStatus,
    Movement,
    ValueType,
)
from desktop_app.views.dialogs.category_list import CategoryList
from desktop_app.views.dialogs.indicator_form import IndicatorDialog
from desktop_app.views.dialogs.objective_form import ObjectiveDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiment.evidence import EvidenceDialog
from desktop_app.views.screens.experiment.findings import QuoteButton
from desktop_app.views.screens.experiment.presentation import SiteButton
from desktop_app.views.screens.experiment.screen import ExperimentScreen
from desktop_app.views.tables import result_table
from desktop_app.views.tables.result_delegate import ResultDelegate

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, sample: Sample) -> Iterator[ExperimentScreen]:
    made = ExperimentScreen(context)
    mount(window, made)
    made.show_place(Place("experiment", sample.experiments["duo"], "results"))
    rest(made)
    yield made
    made.dispose()


def test_the_head_says_what_and_where(screen: ExperimentScreen, places: list[Place]) -> None:
    assert screen.header.title_label.text() == (
        "Duo for a job — Mentorat de jeunes par des seniors"
    )
    assert [word.text() for word in screen.tally.words] == ["3 en progrès"]
    assert "en progrès" in screen.tally.accessibleName()
    assert screen.tabs.tabText(3) == "Visites\u00a0(2)"
    screen.open_document()
    assert places == [Place("documents", screen.place.record_id, "experiment")]


def test_what_is_known_of_an_indicator_opens_under_its_row(
    screen: ExperimentScreen, sample: Sample
) -> None:
    results, detail = screen.results, screen.results.detail
    assert detail.accessibleName() == "D1, détail"
    assert "02/06/2021" in detail.chart.scene().alt
    assert "Femmes" in detail.bars.scene().alt
    assert detail.breakdown.accessibleName() == "Par genre"
    assert detail.evidence.accessibleName() == "Preuves\u00a0: 2 mesures comptées"
    results.table.setFocus()
    QTest.keyClick(results.table, Qt.Key.Key_Down)
    rest(screen)
    assert detail.accessibleName() == "D2, détail"
    assert "Délai" in detail.chart.scene().alt
    assert detail.evidence.accessibleName() == "Preuves\u00a0: 1 mesure comptée, 1 à part"
    assert not detail.bars.isVisible()
    results.select_indicator(sample.indicators["D3"])
    rest(screen)
    assert detail.accessibleName() == "D3, détail"
    assert detail.geometry().top() == results.table.rowViewportPosition(4) + (
        results.table.rowHeight(4) - detail.height()
    )


def test_the_table_never_scrolls_inside_the_page(screen: ExperimentScreen, window: QWidget) -> None:
    table = screen.results.table
    for width in (1232, 820, 560):
        window.resize(width, 700)
        rest(screen)
        rest(screen)  # what opened grew, and the page with it
        assert table.verticalScrollBar().maximum() == 0
        assert table.horizontalScrollBar().maximum() == 0
        assert table.viewport().height() >= table.verticalHeader().length()


def test_what_a_narrow_table_has_no_column_for_stands_under_the_name(
    screen: ExperimentScreen, window: QWidget
) -> None:
    table = screen.results.table
    assert not any(table.isColumnHidden(column) for column in range(7))
    assert not screen.results.detail.way.isVisible()
    window.resize(520, 700)
    rest(screen)
    assert table.isColumnHidden(result_table.BASELINE)
    assert table.isColumnHidden(result_table.BAR)
    first = screen.results.current
    assert first is not None
    delegate = table.itemDelegate()
    assert isinstance(delegate, ResultDelegate)
    lines = [line.text for line in delegate.lines(first, result_table.LABEL)]
    assert lines[-1] == "T0\u00a031\u202f% · cible\u00a070\u202f% · 33\u202f% du chemin"
    assert screen.results.detail.way.isVisible()
    assert "T0 31\u202f%" in screen.results.detail.way.scene().alt


def test_the_worst_indicator_is_one_step_away(screen: ExperimentScreen, sample: Sample) -> None:
    results = screen.results
    results.select_indicator(sample.indicators["D3"])
    results.select_movement(Movement.DECLINE)  # none: nothing moves
    assert results.current is not None
    assert results.current.indicator.code == "D3"
    results.select_movement(Movement.PROGRESS)
    rest(screen)
    assert results.current.indicator.code == "D1"


def test_every_figure_leads_to_the_visits_behind_it(
    screen: ExperimentScreen, sample: Sample, window: QWidget, places: list[Place]
) -> None:
    screen.results.table.setFocus()
    QTest.keyClick(screen.results.table, Qt.Key.Key_Down)
    rest(screen)
    QTest.keyClick(screen.results.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, EvidenceDialog)
    rest(screen)
    assert dialog.model.rowCount() == 2
    counted, apart = dialog.model.rows
    assert (counted.counted, counted.date.isoformat()) == (True, "2021-06-02")
    assert (apart.counted, apart.date.isoformat()) == (False, "2021-04-07")
    assert "1 mesure comptée, 1 à part" in visible_words(dialog)
    assert "mesure plus récente au même site" in texts(dialog.model)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    rest(screen)
    assert places == [Place("visit", sample.visits["last"])]
    assert not [found for found in window.findChildren(EvidenceDialog) if found.isVisible()]


def test_the_short_list_adds_up_and_opens_the_visit(
    screen: ExperimentScreen, sample: Sample, places: list[Place]
) -> None:
    short = screen.results.detail.list
    last = short.list.columnCount() - 1
    shown = [[short.list.index(row, column).data() for column in (0, last)] for row in range(3)]
    assert shown == [
        ["02/06/2021", "26,0"],
        ["07/04/2021", "18,0"],
        ["Moyenne pondérée par n", "44\u202f%"],
    ]
    spoken = short.list.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ("02/06/2021, Mission locale, 52\u202f%, n\u00a0=\u00a046, apport\u00a0: 26,0")
    short.setFocus()
    short.select(1)
    QTest.keyClick(short, Qt.Key.Key_Return)
    rest(screen)
    assert places == [Place("visit", sample.visits["first"])]


def test_what_people_wrote_shows_in_the_row_and_in_full_under_it(
    screen: ExperimentScreen, sample: Sample, services: NotebookServices, places: list[Place]
) -> None:
    told = services.framework.save_indicator(
        SaveRecord(
            None,
            {
                "objective_id": sample.objectives["trust"],
                "code": "D4",
                "label": "Ce que disent les jeunes",
                "value_type": ValueType.QUALITATIVE,
                "aggregation": Aggregation.LATEST,
                "frequency": Frequency.WAVE,
            },
        )
    ).value.id
    long = "Je ne savais pas que chaudronnière, c’était possible. " * 8
    services.measures.record(
        RecordMeasure(
            sample.visits["last"], told, "", MeasurementStatus.OBSERVED, None, comment=long
        )
    )
    screen.refresh()
    rest(screen)
    screen.results.select_indicator(told)
    rest(screen)
    place = screen.results.model.position(told)
    cell = screen.results.model.index(place, result_table.ACTUAL)
    said = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"«\u00a0{long.strip()}\u00a0», Mission locale · 02/06/2021"
    state = screen.results.model.index(place, result_table.STATE)
    assert state.data() == "Réponses recueillies"
    detail = screen.results.detail
    assert detail.answers.isVisible()
    assert not detail.chart.isVisible()
    quote = detail.findChildren(QuoteButton)[0]
    assert long.strip() in quote.accessibleName()
    QTest.mouseClick(quote, Qt.MouseButton.LeftButton)
    rest(screen)
    assert places == [Place("visit", sample.visits["last"])]


def visible_words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def texts(model: QAbstractItemModel) -> set[str]:
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return {str(model.index(row, column).data()) for row in rows for column in columns}


def test_quotes_open_their_visit(
    screen: ExperimentScreen, sample: Sample, places: list[Place]
) -> None:
    said = screen.results.findings.findChildren(QuoteButton)
    assert len(said) == 2
    assert (
        said[0]
        .accessibleName()
        .startswith("Effet positif\u00a0: «\u00a0Mon mentor m’a fait comprendre")
    )
    QTest.mouseClick(said[0], Qt.MouseButton.LeftButton)
    assert places[0].record_id == sample.visits["last"]


def test_an_experiment_without_indicators_points_to_its_framework(
    screen: ExperimentScreen, sample: Sample
) -> None:
    screen.show_place(Place("experiment", sample.experiments["andibo"], "results"))
    rest(screen)
    assert not screen.results.table.isVisible()
    screen.results.framework_asked.emit()
    assert screen.tabs.current == "framework"
    assert not screen.framework.table.isVisible()


def test_another_experiment_left_at_once_gives_the_first_back_whole(
    screen: ExperimentScreen, sample: Sample
) -> None:
    first = screen.place
    screen.show_place(Place("experiment", sample.experiments["andibo"], "results"))
    screen.show_place(first)
    rest(screen)
    assert screen.results.current is not None
    assert screen.results.table.isVisible()


def test_a_framework_is_written_in_the_window(
    screen: ExperimentScreen, sample: Sample, window: QWidget, services: NotebookServices
) -> None:
    experiment = sample.experiments["andibo"]
    screen.show_place(Place("experiment", experiment, "framework"))
    rest(screen)
    framework = screen.framework
    framework.add_objective()
    objective = dialog_of(window, ObjectiveDialog)
    type_in(objective.form.boxes["statement"].editor.widget, "Apaiser")
    objective.submit()
    rest(screen)
    assert isinstance(framework.current, ObjectiveRow)
    come_back(window)
    framework.table.setFocus()
    QTest.keyClick(framework.table, Qt.Key.Key_Insert)
    indicator = dialog_of(window, IndicatorDialog)
    form = indicator.form
    assert form.boxes["scale_min"].isHidden()
    form.boxes["value_type"].editor.write(ValueType.SCALE)
    form.edited.emit()
    type_in(form.boxes["label"].editor.widget, "Confort sensoriel")
    type_in(form.boxes["scale_min"].editor.widget, "1")
    type_in(form.boxes["scale_max"].editor.widget, "5")
    type_in(form.boxes["baseline_value"].editor.widget, "2,4")
    type_in(form.boxes["target_value"].editor.widget, "8")
    indicator.submit()
    assert form.boxes["target_value"].note == "La cible doit être comprise entre 1 et 5."
    type_in(form.boxes["target_value"].editor.widget, "3.8")
    categories = form.boxes["categories"].editor.widget
    assert isinstance(categories, CategoryList)
    type_in(categories.new, "Salle A; Salle B")
    QTest.keyClick(categories.new, Qt.Key.Key_Return)
    type_in(categories.new, "salle a")
    indicator.submit()
    assert "sont le même public" in form.boxes["categories"].note
    categories.new.clear()
    indicator.submit()
    assert "genre" in form.boxes["disaggregation"].note
    type_in(form.boxes["disaggregation"].editor.widget, "Espace")
    indicator.submit()
    rest(screen)
    made = framework.current
    assert isinstance(made, IndicatorRow)
    assert (made.label, made.baseline_value, made.target_value) == ("Confort sensoriel", 2.4, 3.8)
    assert made.categories == ("Salle A", "Salle B")
    assert made.frequency is Frequency.MONTHLY
    assert framework.fiche.accessibleName() == f"Fiche indicateur {made.code}"
    assert services.framework.objectives(experiment)[0].indicators == (made,)


def test_a_changed_type_forgets_what_it_hides(
    screen: ExperimentScreen, sample: Sample, window: QWidget, services: NotebookServices
) -> None:
    screen.tabs.set_current("framework")
    screen.framework.table.select(screen.framework.model.position(sample.indicators["D3"]))
    screen.framework.edit()
    dialog = dialog_of(window, IndicatorDialog)
    rest(screen)
    dialog.form.boxes["value_type"].editor.write(ValueType.QUALITATIVE)
    dialog.form.edited.emit()
    dialog.submit()
    assert "Dites en une phrase" in dialog.problem
    type_in(dialog.form.boxes["change_reason"].editor.widget, "recueilli en entretien")
    dialog.submit()
    rest(screen)
    row = services.framework.indicator(sample.indicators["D3"])
    assert (row.value_type, row.scale_min, row.target_value) == (ValueType.QUALITATIVE, None, None)
    assert row.version == 2
    assert framework_note(screen) == "2"


def framework_note(screen: ExperimentScreen) -> str:
    """The last line of the fiche: the version."""
    labels = [label.text() for label in screen.framework.fiche.findChildren(QLabel)]
    return labels[labels.index("Version") + 1]


def test_indicators_move_and_leave_with_a_way_back(
    screen: ExperimentScreen,
    sample: Sample,
    services: NotebookServices,
    context: ScreenContext,
) -> None:
    screen.tabs.set_current("framework")
    framework = screen.framework
    framework.table.setFocus()
    framework.table.select(framework.model.position(sample.indicators["D1"]))
    QTest.keyClick(framework.table, Qt.Key.Key_Down, ALT)
    rest(screen)

    def codes() -> list[str]:
        objectives = services.framework.objectives(sample.experiments["duo"])
        return [row.code for objective in objectives for row in objective.indicators]

    assert codes() == ["D2", "D1", "D3"]
    assert isinstance(framework.current, IndicatorRow)
    assert framework.current.code == "D1"
    QTest.keyClick(framework.table, Qt.Key.Key_Delete)
    rest(screen)
    assert codes() == ["D2", "D3"]
    assert context.notify.message == "Indicateur D1 supprimé. Ses mesures sont gardées."
    clock = context.operations.take_undoable()
    context.operations.run(lambda: services.history.undo(clock), undoable=False)
    rest(screen)
    assert codes() == ["D2", "D1", "D3"]


def test_presentation_and_visits(
    screen: ExperimentScreen, sample: Sample, places: list[Place]
) -> None:
    screen.tabs.set_current("presentation")
    site = screen.presentation.findChildren(SiteButton)[0]
    QTest.mouseClick(site, Qt.MouseButton.LeftButton)
    screen.tabs.set_current("visits")
    assert screen.visits.model.rowCount() == 2
    screen.visits.table.setFocus()
    screen.visits.table.select(0)
    QTest.keyClick(screen.visits.table, Qt.Key.Key_Return)
    assert places == [
        Place("sites", sample.sites["mission"]),
        Place("visit", sample.visits["last"]),
    ]


def test_an_experiment_deleted_elsewhere_goes_back_to_the_list(
    screen: ExperimentScreen,
    sample: Sample,
    services: NotebookServices,
    places: list[Place],
    context: ScreenContext,
) -> None:
    empty = sample.experiments["andibo"]
    assert not services.visits.page(VisitFilter(experiment_id=empty)).rows
    services.experiments.delete(empty)
    screen.show_place(Place("experiment", empty))
    rest(screen)
    assert places == [Place("experiments")]
    assert "n’existe plus" in context.notify.message


def test_an_experiment_leaves_only_while_nothing_refers_to_it(
    screen: ExperimentScreen,
    sample: Sample,
    services: NotebookServices,
    places: list[Place],
    context: ScreenContext,
) -> None:
    screen.delete()
    rest(screen)
    assert "visite" in context.notify.message
    assert places == []
    screen.show_place(Place("experiment", sample.experiments["andibo"], "presentation"))
    rest(screen)
    button = next(
        button
        for button in screen.presentation.findChildren(QPushButton)
        if button.text() == "Supprimer l’expérimentation"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    rest(screen)
    assert places == [Place("experiments")]
    assert {row.code for row in services.experiments.list()} == {"JEXPLORE", "DUO"}
    assert context.notify.message == "Expérimentation supprimée."


def test_the_words_of_the_states_are_explained_with_the_settings_of_the_day(
    screen: ExperimentScreen, settings: Settings
) -> None:
    settings.set("on_track", 95)
    screen.refresh()
    rest(screen)
    header = screen.results.table.horizontalHeader().model()
    said = header.headerData(6, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "au moins 95\u202f%" in said
