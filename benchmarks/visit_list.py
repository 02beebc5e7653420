"""A list of 100,000 visits: its first page, then scrolling to and past the end of a page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.bare_sql import BareNotebook
from benchmarks.children import BARE, BarePaint
from benchmarks.notebooks import VISITS, Notebooks, services, working_copy
from benchmarks.report import Measure, Timings
from desktop_app.app import dress
from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visits.visit_rows import VisitFilter, VisitPage
from desktop_app.views.screens.visits.screen import PAGE
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.tables.visit_list import EXPERIMENT, OPTIONAL, VisitListModel

SORTS = ("date", "reference", "experiment", "site", "state")
ROUNDS = 8
PAGES = 12


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = working_copy(notebooks.visits, folder)
        with services(copy, folder, read_only=True) as made, BareNotebook(copy) as bare:
            assert made.visits.count(VisitFilter()) >= VISITS
            yield from _pages(made, bare)
            yield from _scrolling(made, folder)


def _pages(made: NotebookServices, bare: BareNotebook) -> Iterator[Measure]:
    """Each sort, both ways; then each sort's next pages. The floor: by date alone."""
    first, following = Timings(), Timings()
    bare_first, bare_following = Timings(), Timings()
    for _ in range(ROUNDS):
        for sort in SORTS:
            for descending in (True, False):
                first.time(
                    lambda sort=sort, descending=descending: made.visits.page(
                        VisitFilter(), sort=sort, descending=descending, size=PAGE
                    )
                )
                bare_first.time(lambda: bare.page(PAGE))
    for sort in SORTS:
        page = made.visits.page(VisitFilter(), sort=sort, size=PAGE)
        for _ in range(PAGES):
            last = page.rows[-1]
            with following.one():
                page = made.visits.page(VisitFilter(), sort=sort, cursor=page.cursor, size=PAGE)
            place = (last.date.isoformat(), last.reference)
            bare_following.time(lambda place=place: bare.next_page(*place, PAGE))
    floor = "a page of bare rows by date, p95"
    yield first.over("first page of 100,000 visits, any sort", 45, bare_first.p95, floor)
    yield following.over("next page, read in a thread", 14, bare_following.p95, floor)


def _scrolling(made: NotebookServices, folder: Path) -> Iterator[Measure]:
    """The real table, painted at each step; a page's arrival is a step like the others."""
    app = QApplication.instance() or QApplication(["carnet-impact"])
    assert isinstance(app, QApplication)
    dress(app, Settings(folder / "theme.json"))
    model = VisitListModel()
    table = RowView(model, "Visites", stretch=EXPERIMENT, least=150, optional=OPTIONAL)
    waiting: list[object] = []
    model.wanted.connect(waiting.append)
    model.replace(made.visits.page(VisitFilter(), size=PAGE))
    table.resize(1200, 640)
    table.show()
    app.processEvents()
    bar = table.verticalScrollBar()
    step, bare, pages = Timings(), BarePaint(), 0
    while pages < PAGES:
        page: VisitPage | None = None
        if waiting:
            page = made.visits.page(VisitFilter(), cursor=waiting.pop(), size=PAGE)  # type: ignore[arg-type]
            pages += 1
            bare.sample()
        with step.one():
            if page is not None:
                model.append(page)
            bar.setValue(bar.value() + bar.pageStep())
            table.viewport().repaint()
            app.processEvents()
    table.close()
    yield step.over("scroll step of the list (a screenful painted)", 0.15, bare.milliseconds, BARE)
