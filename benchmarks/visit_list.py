"""A list of 100,000 visits: its first page, then scrolling to and past the end of a page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.notebooks import VISITS, Notebooks, services
from benchmarks.report import Measure, Timings
from desktop_app.app import dress
from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visit_rows import VisitFilter, VisitPage
from desktop_app.views.screens.visits import PAGE
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.tables.visit_list import EXPERIMENT, OPTIONAL, VisitListModel

SORTS = ("date", "reference", "experiment", "site", "state")
ROUNDS = 8
PAGES = 12


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    with (
        tempfile.TemporaryDirectory() as folder,
        services(notebooks.visits, Path(folder), read_only=True) as made,
    ):
        assert made.visits.count(VisitFilter()) >= VISITS
        yield from _pages(made)
        yield from _scrolling(made, Path(folder))


def _pages(made: NotebookServices) -> Iterator[Measure]:
    """Each sort, both ways; then each sort's next pages."""
    first, following = Timings(), Timings()
    for _ in range(ROUNDS):
        for sort in SORTS:
            for descending in (True, False):
                first.time(
                    lambda sort=sort, descending=descending: made.visits.page(
                        VisitFilter(), sort=sort, descending=descending, size=PAGE
                    )
                )
    for sort in SORTS:
        page = made.visits.page(VisitFilter(), sort=sort, size=PAGE)
        for _ in range(PAGES):
            with following.one():
                page = made.visits.page(VisitFilter(), sort=sort, cursor=page.cursor, size=PAGE)
    yield first.p95("first page of 100,000 visits, any sort", 50)
    yield following.p95("next page, read in a thread", 50)


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
    step, pages = Timings(), 0
    while pages < PAGES:
        page: VisitPage | None = None
        if waiting:
            page = made.visits.page(VisitFilter(), cursor=waiting.pop(), size=PAGE)  # type: ignore[arg-type]
            pages += 1
        with step.one():
            if page is not None:
                model.append(page)
            bar.setValue(bar.value() + bar.pageStep())
            table.viewport().repaint()
            app.processEvents()
    table.close()
    yield step.p95("scroll step of the list (a screenful painted)", 20)
