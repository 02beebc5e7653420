"""Fixtures of the visit pages' tests, named in each file that uses them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from visit_notebook import Sample, fill

from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.visit.screen import VisitScreen

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

Settle = Callable[[], None]


@pytest.fixture
def sample(services: "NotebookServices") -> Sample:
    return fill(services.notebook)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget) -> Iterator[VisitScreen]:
    made = VisitScreen(context)
    place(made, window)
    yield made
    made.dispose()


@pytest.fixture
def opened(screen: VisitScreen, sample: Sample, settle: Settle) -> VisitScreen:
    """The draft of 9 June, on its entry tab."""
    screen.show_place(Place("visit", sample.visit))
    settle()
    rest(screen)
    return screen


def rest(screen: VisitScreen) -> None:
    """Until the rows of the measures, made a few at a time, are all there."""
    QApplication.processEvents()
    while not screen.entry.measures.complete:
        QApplication.processEvents()


def place(widget: QWidget, window: QWidget) -> None:
    """Fills the window with the widget, and shows it."""
    window.resize(1232, 834)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    window.show()
    window.activateWindow()
