"""The windowed table of visits: it asks for one page at a time and keeps its place."""

import dataclasses
import datetime as dt

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.services.visits.visit_rows import VisitListRow, VisitPage
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.tables.row_model import ROW_ROLE, SUBLINE_ROLE, TONE_ROLE
from desktop_app.views.tables.visit_list import COLUMNS, SORTS, VisitListModel

ROOT = QModelIndex()


def row(number: int, **values: object) -> VisitListRow:
    made = VisitListRow(
        id=f"visit-{number}",
        reference=f"V-2021-{number:04d}-K7",
        date=dt.date(2021, 6, 9),
        start_time=dt.time(13, 30),
        state=VisitState.DRAFT,
        experiment_id="e",
        experiment_code="AND",
        experiment_title="Aménagements",
        enterprise="Andibo",
        site_id="s",
        site_name="IME Les Sources",
        commune="Sarcelles",
        author="Camille Renard",
        measurement_count=3,
        finding_count=0,
        open_follow_up_count=1,
    )
    return dataclasses.replace(made, **values)


def page(first: int, last: int, *, more: bool) -> VisitPage:
    cursor = (last,) if more else None
    return VisitPage(tuple(row(number) for number in range(first, last + 1)), cursor)


def made(first_page: VisitPage, asked: list[object] | None = None) -> VisitListModel:
    """Under Qt's own model tester, which itself asks for what follows."""
    model = VisitListModel()
    if asked is not None:
        model.wanted.connect(asked.append)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.replace(first_page)
    return model


def test_a_cell_says_its_text_its_second_line_and_its_tone() -> None:
    model = made(page(1, 1, more=False))
    texts = [model.data(model.index(0, column)) for column in range(len(COLUMNS))]
    assert texts[0] == "09/06/2021"
    assert texts[2:5] == ["Andibo", "IME Les Sources", "Brouillon"]
    assert texts[5:8] == ["3", "", "1"]
    assert model.data(model.index(0, 3), SUBLINE_ROLE) == "Sarcelles"
    assert model.data(model.index(0, 4), TONE_ROLE) == "warn"
    assert model.data(model.index(0, 0), ROW_ROLE) == row(1)
    assert len(SORTS) == len(COLUMNS)


def test_one_page_is_asked_at_a_time() -> None:
    asked: list[object] = []
    model = made(page(1, 200, more=True), asked)
    model.fetchMore(ROOT)
    model.fetchMore(ROOT)
    assert asked == [(200,)]
    assert not model.canFetchMore(ROOT)
    model.append(page(201, 350, more=False))
    assert model.rowCount() == 350
    assert model.complete
    assert not model.canFetchMore(ROOT)


def test_what_was_read_beyond_a_refreshed_page_is_let_go() -> None:
    model = made(page(1, 200, more=True))
    model.fetchMore(ROOT)
    model.append(page(201, 400, more=True))
    changed = VisitPage((row(1, finding_count=7), *page(2, 250, more=True).rows), (250,))
    model.replace(changed)
    assert model.rowCount() == 250
    assert model.row_at(0) == row(1, finding_count=7)
    assert not model.complete


def test_a_page_that_never_came_is_asked_again() -> None:
    model = made(page(1, 200, more=True))
    model.fetchMore(ROOT)
    model.give_up()
    assert model.canFetchMore(ROOT)


def test_the_same_visits_are_refreshed_in_place() -> None:
    model = made(page(1, 3, more=False))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    changed = tuple(row(n, state=VisitState.VALIDATED) for n in (1, 2, 3))
    model.replace(VisitPage(changed, None))
    assert not resets
    assert model.data(model.index(0, 4)) == "Validée"
    model.replace(page(2, 3, more=False))
    assert resets
    assert model.position("visit-3") == 1
    assert model.position("visit-1") == -1


def test_headers_are_right_above_numbers() -> None:
    model = made(page(1, 1, more=False))
    horizontal, role = Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    assert model.headerData(0, horizontal) == "Date"
    assert model.headerData(5, horizontal, role) & Qt.AlignmentFlag.AlignRight
