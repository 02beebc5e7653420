"""Garbage is looked over in slices, and whole only while nobody does anything."""

import gc
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_app.views.runtime import collector as module
from desktop_app.views.runtime.collector import RESTS, YOUNG, Collector


class Seen:
    """What Python's collector and this thread's clock say, and which passes were asked."""

    def __init__(self) -> None:
        self.young = 0
        self.cpu = 0.0
        self.busy = False
        self.passes: list[int] = []


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    made = Seen()
    monkeypatch.setattr(gc, "get_count", lambda: (made.young, 0, 0))
    monkeypatch.setattr(gc, "collect", lambda generation=2: made.passes.append(generation))
    monkeypatch.setattr(time, "thread_time", lambda: made.cpu)
    return made


@pytest.fixture
def collector(qapp: QApplication, seen: Seen) -> Iterator[Collector]:
    parent = QObject()
    made = Collector(parent, lambda: seen.busy)
    made._timer.stop()
    yield made
    made.stop()


def look(collector: Collector, times: int) -> None:
    for _ in range(times):
        collector._look()


def make_some(collector: Collector, seen: Seen) -> None:
    seen.young = YOUNG + 1
    look(collector, 1)
    seen.young = 0


def test_new_objects_are_looked_over_alone(collector: Collector, seen: Seen) -> None:
    make_some(collector, seen)
    assert seen.passes == [0]


def test_everything_is_looked_over_once_at_rest(collector: Collector, seen: Seen) -> None:
    make_some(collector, seen)
    look(collector, RESTS - 1)
    assert seen.passes == [0]
    look(collector, 2 * RESTS)
    assert seen.passes == [0, 2]


def test_nothing_new_needs_no_look(collector: Collector, seen: Seen) -> None:
    look(collector, 2 * RESTS)
    assert seen.passes == []


def test_who_scrolls_a_list_is_not_held_by_it(collector: Collector, seen: Seen) -> None:
    make_some(collector, seen)
    for _ in range(2 * RESTS):
        seen.cpu += 2 * module.ACTING
        look(collector, 1)
    assert seen.passes == [0]
    look(collector, RESTS)
    assert seen.passes == [0, 2]


def test_work_under_way_is_no_rest(collector: Collector, seen: Seen) -> None:
    make_some(collector, seen)
    seen.busy = True
    look(collector, 2 * RESTS)
    seen.busy = False
    look(collector, RESTS - 1)
    assert seen.passes == [0]
    look(collector, 1)
    assert seen.passes == [0, 2]
