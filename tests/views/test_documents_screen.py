"""The documents: seen before they are saved, over the perimeter asked for."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from screen_sample import DAY, Sample, dated_services, fill, mount, rest, type_in

from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.scope import Scope
from desktop_app.views.navigation import Place
from desktop_app.views.proposed_folders import document_folder
from desktop_app.views.screens import documents_build
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.documents import DocumentsScreen
from desktop_app.views.screens.documents_build import Kind, Order


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, sample: Sample) -> Iterator[DocumentsScreen]:
    context.settings.set("document_choices", {"drafts": True})
    made = DocumentsScreen(context)
    mount(window, made)
    yield made
    made.dispose()


def previewed(screen: DocumentsScreen) -> None:
    """Waits for the choices to rest, then for the preview."""
    rest(screen)
    if screen._timer.isActive():
        loop = QEventLoop()
        screen._timer.timeout.connect(loop.quit)
        loop.exec()
    rest(screen)


def show(screen: DocumentsScreen, record_id: str | None, kind: Kind) -> None:
    screen.show_place(Place("documents", record_id, str(kind)))
    previewed(screen)


def test_a_synthesis_is_seen_page_by_page(screen: DocumentsScreen, sample: Sample) -> None:
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    assert screen.preview.shows_pages
    pages = screen.preview.pages.page_count
    assert pages >= 2
    assert screen.summary.text() == f"{pages} pages · 12 observations"
    assert not list(screen._folder.path().iterdir())


def test_the_choices_change_the_document(screen: DocumentsScreen, sample: Sample) -> None:
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    screen.perimeter.drafts.setFocus()
    QTest.keyClick(screen.perimeter.drafts, Qt.Key.Key_Space)
    previewed(screen)
    assert "0 observation" in screen.summary.text()
    assert "cochez" in screen.summary.text()
    type_in(screen.perimeter.until, "1/3/21")
    screen.perimeter.until.commit()
    type_in(screen.perimeter.since, "1/6/21")
    screen.perimeter.since.commit()
    previewed(screen)
    assert "finit avant de commencer" in screen.perimeter.problem.text()
    assert not screen.save_button.isEnabled()
    type_in(screen.perimeter.since, "demain")
    screen.perimeter.since.commit()
    previewed(screen)
    assert "n’est pas une date" in screen.perimeter.problem.text()


def test_a_visit_is_chosen_among_those_of_the_experiment(
    screen: DocumentsScreen, sample: Sample
) -> None:
    show(screen, sample.visits["first"], Kind.VISIT)
    assert screen.perimeter.visit.value() == sample.visits["first"]
    assert screen.perimeter.visit.count() == 2  # the third is only planned
    assert screen.summary.text().endswith("5 observations")
    choose(screen, sample.experiments["duo"])
    previewed(screen)
    assert screen.perimeter.visit.itemText(0).startswith("02/06/2021")
    choose(screen, sample.experiments["jexplore"])
    previewed(screen)
    assert screen.perimeter.visit.value() is None
    assert "Aucune visite réalisée" in screen.perimeter.problem.text()
    assert not screen.save_button.isEnabled()
    assert screen.perimeter.cohort.isHidden() or not screen.perimeter.cohort.isVisible()


def choose(screen: DocumentsScreen, experiment_id: str) -> None:
    """As a person does, in the list."""
    field = screen.perimeter.experiment
    field.set_value(experiment_id)
    field.committed.emit()


def test_a_visit_reached_from_its_page_is_shown_even_if_planned(
    screen: DocumentsScreen, sample: Sample
) -> None:
    show(screen, sample.visits["planned"], Kind.VISIT)
    assert screen.perimeter.visit.value() == sample.visits["planned"]
    assert screen.preview.shows_pages


def test_a_workbook_is_of_everything_until_an_experiment_is_chosen(
    screen: DocumentsScreen, sample: Sample
) -> None:
    screen.show_place(Place("documents"))
    previewed(screen)
    kinds = screen.kinds_card.buttons
    first = screen.perimeter.experiment.value()
    assert first is not None
    kinds[Kind.WORKBOOK].click()
    previewed(screen)
    assert screen.perimeter.experiment.value() is None
    assert screen.perimeter.remembered()["experiment"] == ""
    choose(screen, sample.experiments["jexplore"])
    kinds[Kind.EXPERIMENT].click()
    assert screen.perimeter.experiment.value() == sample.experiments["jexplore"]
    kinds[Kind.WORKBOOK].click()
    previewed(screen)
    assert screen.perimeter.order().scope.experiment_id == sample.experiments["jexplore"]


def test_the_workbook_says_what_it_holds(screen: DocumentsScreen, sample: Sample) -> None:
    screen.show_place(Place("documents"))
    previewed(screen)
    kinds = screen.kinds_card.buttons
    kinds[Kind.EXPERIMENT].setFocus()
    QTest.keyClick(kinds[Kind.EXPERIMENT], Qt.Key.Key_Down)
    assert screen.kinds_card.kind is Kind.WORKBOOK
    previewed(screen)
    assert not screen.preview.shows_pages
    assert screen.summary.text() == "12 observations"
    assert screen.save_button.text() == "Enregistrer le classeur…"


@pytest.mark.parametrize(
    ("kind", "name", "start"),
    [
        (Kind.EXPERIMENT, "synthese.pdf", b"%PDF"),
        (Kind.VISIT, "visite.pdf", b"%PDF"),
        (Kind.WORKBOOK, "classeur.xlsx", b"PK"),
    ],
)
def test_saving_writes_what_was_previewed(
    screen: DocumentsScreen,
    sample: Sample,
    tmp_path: Path,
    context: ScreenContext,
    kind: Kind,
    name: str,
    start: bytes,
) -> None:
    record = {
        Kind.EXPERIMENT: sample.experiments["duo"],
        Kind.VISIT: sample.visits["last"],
        Kind.WORKBOOK: None,
    }[kind]
    show(screen, record, kind)
    target = tmp_path / "envoi" / name
    target.parent.mkdir()
    screen.save_to(target)
    rest(screen)
    assert target.read_bytes().startswith(start)
    assert context.notify.message == f"Document enregistré\u00a0: {name}"
    assert screen.open_button.isEnabled()
    assert screen.saved == target
    assert document_folder(context.settings) == target.parent
    assert [path.name for path in target.parent.iterdir()] == [name]


def test_a_refused_folder_is_said_and_nothing_is_left(
    screen: DocumentsScreen, sample: Sample, tmp_path: Path, context: ScreenContext
) -> None:
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    screen.save_to(tmp_path / "absent" / "synthese.pdf")
    rest(screen)
    assert "n’existe pas" in context.notify.message
    assert screen.saved is None


def test_choices_are_found_again(
    screen: DocumentsScreen, sample: Sample, context: ScreenContext, window: QWidget
) -> None:
    show(screen, sample.experiments["jexplore"], Kind.EXPERIMENT)
    screen.perimeter.photos.setChecked(False)
    screen.flush()
    again = DocumentsScreen(context)
    again.setParent(window)
    again.show_place(Place("documents"))
    previewed(again)
    assert again.perimeter.experiment.value() == sample.experiments["jexplore"]
    assert not again.perimeter.photos.isChecked()
    assert again.perimeter.drafts.isChecked()
    again.dispose()


def test_unmasking_is_a_choice_of_the_document(
    services: NotebookServices, settings: Settings, sample: Sample
) -> None:
    scope = Scope(experiment_id=sample.experiments["duo"])
    settings.set("mask_below", 30)
    masked, whole = (
        documents_build.gather(services, Order(Kind.EXPERIMENT, scope, mask=mask))
        for mask in (True, False)
    )
    assert masked.thresholds.mask_below == 30
    assert whole.thresholds.mask_below == 0
    assert settings.number("mask_below") == 30


def test_names_of_files_are_plain(services: NotebookServices, settings: Settings) -> None:
    sample = fill(services)
    scope = Scope(experiment_id=sample.experiments["duo"])
    document = documents_build.gather(services, Order(Kind.EXPERIMENT, scope))
    assert documents_build.file_name(document) == f"Synthese-DUO-{DAY.isoformat()}.pdf"
    cohort = services.directory.cohorts()[1].id
    workbook = documents_build.gather(services, Order(Kind.WORKBOOK, Scope(cohort_id=cohort)))
    assert documents_build.file_name(workbook) == "Classeur-2021-2021-06-09.xlsx"


def test_an_incomplete_order_is_refused(services: NotebookServices, settings: Settings) -> None:
    for order in (
        Order(Kind.EXPERIMENT, Scope()),
        Order(Kind.VISIT, Scope()),
        Order(Kind.WORKBOOK, Scope(since=DAY, until=DAY - dt.timedelta(1))),
    ):
        with pytest.raises(UserError):
            documents_build.gather(services, order)


def test_the_mask_follows_the_settings(
    screen: DocumentsScreen, sample: Sample, settings: Settings
) -> None:
    settings.set("mask_below", 11)
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    assert screen.perimeter.mask_box.text() == "Masquer les effectifs inférieurs à 11"
    settings.set("mask_below", 0)
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    assert not screen.perimeter.mask_box.isVisible()
    assert screen.perimeter.order().mask
