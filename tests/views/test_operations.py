"""Writes in order, reads that replace one another, jobs that can be stopped, and failures."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.changes import Changes, Outcome
from desktop_app.views.runtime.operations import Operations
from desktop_app.views.runtime.stepping import Stage, stepped
from desktop_app.views.widgets.progress_panel import ProgressPanel

Settle = Callable[[], None]


def outcome(value: object, hlc: str = "1") -> Outcome[object]:
    return Outcome(value, Changes(frozenset({"visit"}), frozenset({"v"})), hlc)


def test_writes_run_in_order_off_the_interface_thread(
    operations: Operations, settle: Settle
) -> None:
    seen: list[int] = []
    threads: set[int] = set()

    def write(number: int) -> Outcome[object]:
        threads.add(threading.get_ident())
        seen.append(number)
        return outcome(number)

    done: list[object] = []
    for number in range(20):
        operations.run(lambda number=number: write(number), done=done.append)
    settle()
    assert seen == done == list(range(20))
    assert threading.get_ident() not in threads
    assert len(threads) == 1


def test_what_nobody_waits_for_is_done_at_rest_off_the_interface_thread(
    operations: Operations, qtbot: QtBot, settle: Settle
) -> None:
    done: list[tuple[str, int]] = []

    def note(name: str) -> None:
        done.append((name, threading.get_ident()))

    operations._rest.setInterval(30)
    operations.later(lambda: note("former"))
    operations.run(lambda: note("write") or outcome(1))
    operations.later(lambda: note("last"))
    assert done == [] or [name for name, _ in done] == ["write"]
    settle()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert [name for name, _ in done] == ["write", "last"]
    assert threading.get_ident() not in {thread for _, thread in done}
    settle()
    qtbot.wait(60)
    assert len(done) == 2


def test_what_nobody_waits_for_is_done_before_the_notebook_closes(operations: Operations) -> None:
    done: list[str] = []
    operations.run(lambda: done.append("write") or outcome(1))
    operations.later(lambda: done.append("later"))
    operations.drain()
    assert done == ["write", "later"]
    operations.drain()
    assert len(done) == 2


def test_a_write_is_announced_with_who_made_it(
    operations: Operations, window: QWidget, qtbot: QtBot
) -> None:
    heard: list[tuple[Changes, object]] = []
    operations.data_changed.connect(lambda changes, who: heard.append((changes, who)))
    with qtbot.waitSignals([operations.saved, operations.data_changed, operations.idle]):
        operations.run(lambda: outcome(1), initiator=window)
    [(changes, initiator)] = heard
    assert changes.touches("visit")
    assert initiator is window


def test_a_user_error_is_said_and_a_callback_takes_it(
    operations: Operations, qtbot: QtBot, settle: Settle
) -> None:
    def refuse() -> Outcome[object]:
        raise UserError("Le disque est plein.")

    with qtbot.waitSignal(operations.failed) as seen:
        operations.run(refuse)
    assert seen.args == ["Le disque est plein."]
    taken: list[str] = []
    with qtbot.assertNotEmitted(operations.failed):
        operations.run(refuse, failed=taken.append)
        settle()
    assert taken == ["Le disque est plein."]


def test_a_bug_reaches_the_crash_boundary(
    operations: Operations, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []

    def hook(kind: type[BaseException], _: BaseException, __: TracebackType | None) -> None:
        caught.append(kind)

    monkeypatch.setattr(sys, "excepthook", hook)
    operations.run(lambda: outcome(1 / 0))
    settle()
    assert caught == [ZeroDivisionError]


def test_a_newer_read_replaces_the_older(
    operations: Operations, window: QWidget, settle: Settle
) -> None:
    gate = threading.Event()
    got: list[str] = []

    def slow() -> str:
        gate.wait(5)
        return "old"

    operations.query(slow, got.append, owner=window, key="list")
    operations.query(lambda: "new", got.append, owner=window, key="list")
    operations.query(lambda: "other", got.append, owner=window, key="count")
    gate.set()
    settle()
    assert sorted(got) == ["new", "other"]


def test_nothing_is_delivered_to_a_widget_that_is_gone(
    operations: Operations, qtbot: QtBot
) -> None:
    got: list[int] = []
    gate = threading.Event()
    owner = QWidget()

    def slow() -> int:
        gate.wait(5)
        return 1

    operations.query(slow, got.append, owner=owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    with qtbot.waitSignal(operations.idle):
        gate.set()
    assert got == []


def test_flush_waits_for_the_writes_and_announces_them(operations: Operations) -> None:
    done: list[object] = []
    for number in range(5):
        operations.run(lambda number=number: outcome(number), done=done.append)
    operations.flush()
    assert done == [0, 1, 2, 3, 4]


def test_a_write_asked_by_the_end_of_another_is_flushed_too(operations: Operations) -> None:
    done: list[object] = []
    operations.run(
        lambda: outcome(1),
        done=lambda _: operations.run(lambda: outcome(2), done=done.append),
    )
    operations.flush()
    assert done == [2]


def test_what_can_be_undone_is_remembered_latest_first(
    operations: Operations, settle: Settle
) -> None:
    operations.run(lambda: outcome(1, "a"))
    operations.run(lambda: outcome(1, "b"))
    operations.run(lambda: outcome(1, "c"), undoable=False)
    settle()
    assert [operations.take_undoable() for _ in range(3)] == ["b", "a", ""]


def test_a_job_shows_its_progress_and_ends(
    operations: Operations, window: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    gate = threading.Event()
    done: list[str] = []

    def work() -> Iterator[Stage]:
        yield Stage(1, 2, "Feuille Mesures")
        gate.wait(5)
        yield Stage(2, 2, "Feuille Visites")

    window.show()
    operations.job("Classeur", work, done=lambda: done.append("done"), parent=window)
    panel = window.findChild(ProgressPanel)
    qtbot.waitUntil(lambda: panel.step.text() == "Feuille Mesures")
    assert panel.bar.maximum() == 2
    gate.set()
    settle()
    assert done == ["done"]


def test_a_job_stopped_closes_its_iterator(
    operations: Operations, window: QWidget, tmp_path: Path, settle: Settle
) -> None:
    half = tmp_path / "half"
    started = threading.Event()
    done: list[str] = []

    def work() -> Iterator[Stage]:
        half.write_text("half")
        try:
            for step in range(10_000_000):
                started.set()
                yield Stage(step, 0, "")
        finally:
            half.unlink()

    operations.job("Classeur", work, done=lambda: done.append("done"), parent=window)
    started.wait(5)
    window.findChild(ProgressPanel).stop.click()
    settle()
    assert not half.exists()
    assert done == []


def test_draining_answers_no_read(operations: Operations, window: QWidget) -> None:
    begun, gate = threading.Event(), threading.Event()
    got: list[int] = []

    def slow() -> int:
        begun.set()
        gate.wait(5)
        return 1

    operations.query(slow, got.append, owner=window, key="a")
    begun.wait(5)
    opener = threading.Timer(0.01, gate.set)
    opener.start()
    operations.drain()
    opener.join()
    assert got == []
    assert not operations.busy


def test_closing_stops_a_job(window: QWidget) -> None:
    operations = Operations()

    def endless() -> Iterator[Stage]:
        step = 0
        while True:
            step += 1
            yield Stage(step, 0, "")

    operations.job("Sans fin", endless, parent=window)
    operations.close()
    assert not operations.busy


def test_callbacks_become_steps() -> None:
    def work(progress: Callable[[int, int], None]) -> None:
        for page in range(3):
            progress(page, 3)

    assert [stage.done for stage in stepped("Copie", work)] == [0, 0, 1, 2]


def test_closing_the_steps_stops_the_work() -> None:
    ended: list[bool] = []

    def work(progress: Callable[[int, int], None]) -> None:
        try:
            while True:
                progress(1, 2)
        finally:
            ended.append(True)

    steps = stepped("Copie", work)
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert ended == [True]


def test_an_error_of_the_work_is_raised_to_who_reads_the_steps() -> None:
    def work(progress: Callable[[int, int], None]) -> None:
        raise UserError("Dossier protégé.")

    with pytest.raises(UserError, match="protégé"):
        list(stepped("Copie", work))
