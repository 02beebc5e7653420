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
from desktop_app.models.visit import Visit
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.notebook.rules import ChangeRules
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.results.scope import Scope
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.proposed_folders import document_folder
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.documents import build as documents_build
from desktop_app.views.screens.documents.build import Kind, Order
from desktop_app.views.screens.documents.screen import DocumentsScreen


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, sample: Sample) -> Iterator[DocumentsScreen]:
    made = DocumentsScreen(context)
    mount(window, made)
    made.perimeter.drafts.setChecked(True)
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


def reopen(services: NotebookServices, sample: Sample) -> None:
    """Every visit is a draft again."""
    with services.notebook.write() as uow:
        for visit_id in sample.visits.values():
            uow.session.get_one(Visit, visit_id).state = VisitState.DRAFT.value


def test_the_choices_change_the_document(
    screen: DocumentsScreen, services: NotebookServices, sample: Sample
) -> None:
    reopen(services, sample)
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    screen.perimeter.drafts.setFocus()
    QTest.keyClick(screen.perimeter.drafts, Qt.Key.Key_Space)
    previewed(screen)
    assert "0 observation" in screen.summary.text()
    assert "cochez" in screen.summary.text()
    assert screen.scope.text() == (
        "Périmètre\u00a0: toute la période\u202f; visites validées seulement\u202f; effectifs de "
        "moins de 5 personnes masqués"
    )
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
    screen.perimeter.mask_box.setChecked(False)
    screen.flush()
    again = DocumentsScreen(context)
    again.setParent(window)
    again.show_place(Place("documents"))
    previewed(again)
    assert again.perimeter.experiment.value() == sample.experiments["jexplore"]
    assert not again.perimeter.photos.isChecked()
    assert not again.perimeter.drafts.isChecked(), "asked for again, each time"
    assert again.perimeter.mask_box.isChecked(), "asked for again, each time"
    again.dispose()


def test_drafts_are_left_out_until_asked_for_and_it_is_said(
    context: ScreenContext, window: QWidget, sample: Sample
) -> None:
    context.settings.set("document_choices", {"drafts": True, "mask": False})  # kept by a 0.2
    screen = DocumentsScreen(context)
    mount(window, screen)
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    assert not screen.perimeter.order().scope.include_drafts
    assert screen.perimeter.order().mask
    assert "visites validées seulement" in screen.scope.text()
    screen.perimeter.drafts.setFocus()
    QTest.keyClick(screen.perimeter.drafts, Qt.Key.Key_Space)
    previewed(screen)
    assert "visites en brouillon comprises" in screen.scope.text()
    assert screen._name.endswith("-brouillons-compris.pdf")
    screen.dispose()


def test_unmasking_is_a_choice_of_the_document(
    services: NotebookServices, settings: Settings, sample: Sample
) -> None:
    scope = Scope(experiment_id=sample.experiments["duo"])
    services.rules.change(ChangeRules({"mask_below": 30}))
    masked, whole = (
        documents_build.gather(services, Order(Kind.EXPERIMENT, scope, mask=mask))
        for mask in (True, False)
    )
    assert masked.thresholds.mask_below == 30
    assert whole.thresholds.mask_below == 0
    assert masked.header.scope.endswith("effectifs de moins de 30 personnes masqués")
    assert whole.header.scope.endswith("petits effectifs non masqués")
    assert services.rules.get().mask_below == 30
    assert settings.number("mask_below") == 5


def test_names_of_files_are_plain(services: NotebookServices, settings: Settings) -> None:
    sample = fill(services)
    scope = Scope(experiment_id=sample.experiments["duo"])
    document = documents_build.gather(services, Order(Kind.EXPERIMENT, scope))
    assert documents_build.file_name(document) == f"Synthese-DUO-{DAY.isoformat()}.pdf"
    cohort = services.directory.cohorts()[1].id
    workbook = documents_build.gather(services, Order(Kind.WORKBOOK, Scope(cohort_id=cohort)))
    assert documents_build.file_name(workbook) == "Classeur-2021-2021-06-09.xlsx"


def test_the_scope_is_in_the_name(services: NotebookServices, settings: Settings) -> None:
    sample = fill(services)

    def named(kind: Kind, scope: Scope, *, mask: bool = True) -> str:
        order = Order(kind, scope, sample.visits["first"], mask=mask)
        return documents_build.file_name(documents_build.gather(services, order))

    march = dt.date(2021, 3, 1)
    duo = sample.experiments["duo"]
    assert (
        named(Kind.EXPERIMENT, Scope(duo, since=march, until=DAY, include_drafts=True))
        == "Synthese-DUO-2021-03-01_2021-06-09-brouillons-compris.pdf"
    )
    assert named(Kind.EXPERIMENT, Scope(duo, since=march)).endswith("-2021-03-01_2021-06-09.pdf")
    assert (
        named(Kind.EXPERIMENT, Scope(duo, until=march), mask=False)
        == "Synthese-DUO-jusqu-au-2021-03-01-effectifs-non-masques.pdf"
    )
    saved = services.directory.save_directorate(
        SaveRecord(None, {"code": "ÉÉ", "name": "Direction de l’« été » " + "et du reste " * 20})
    )
    whole = named(
        Kind.WORKBOOK,
        Scope(duo, directorate_id=saved.value.id, since=march, until=DAY, include_drafts=True),
        mask=False,
    )
    assert whole.isascii()
    assert len(whole) <= documents_build.LONGEST_NAME
    assert "Direction-de-l-ete-et-du-reste" in whole
    assert whole.endswith("-2021-03-01_2021-06-09-brouillons-compris-effectifs-non-masques.xlsx")
    assert named(Kind.VISIT, Scope()).startswith("Compte-rendu-V-2021-")


def test_an_incomplete_order_is_refused(services: NotebookServices, settings: Settings) -> None:
    for order in (
        Order(Kind.EXPERIMENT, Scope()),
        Order(Kind.VISIT, Scope()),
        Order(Kind.WORKBOOK, Scope(since=DAY, until=DAY - dt.timedelta(1))),
    ):
        with pytest.raises(UserError):
            documents_build.gather(services, order)


def test_the_mask_follows_the_rules_of_the_notebook(
    screen: DocumentsScreen, sample: Sample, services: NotebookServices
) -> None:
    services.rules.change(ChangeRules({"mask_below": 11}))
    show(screen, sample.experiments["duo"], Kind.EXPERIMENT)
    assert screen.perimeter.mask_box.text() == "Masquer les effectifs inférieurs à 11"
    change = ChangeRules({"mask_below": 0})
    screen.context.operations.run(lambda: services.rules.change(change))
    previewed(screen)
    assert not screen.perimeter.mask_box.isVisible()
    assert screen.perimeter.order().mask
