"""Turns work that calls back with its progress into work that yields it, and can be closed."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    done: int
    total: int
    label: str


class _Cancelled(Exception):  # noqa: N818  (no error: a way out of the callback)
    """Raised in the work, from its own progress callback, once nobody wants the result."""


def stepped(label: str, work: Callable[[Callable[[int, int], None]], object]) -> Iterator[Stage]:
    """Runs ``work(progress)`` in a thread; yields each ``progress(done, total)``.

    Closing the iterator makes the next ``progress`` raise in the work, and waits for its end.
    What the work raises is raised here.
    """
    stages: queue.SimpleQueue[Stage | None] = queue.SimpleQueue()
    cancelled = threading.Event()
    errors: list[BaseException] = []

    def progress(done: int, total: int) -> None:
        if cancelled.is_set():
            raise _Cancelled
        stages.put(Stage(done, total, label))

    def run() -> None:
        try:
            work(progress)
        except BaseException as error:  # noqa: BLE001  (raised again in the caller's thread)
            errors.append(error)
        finally:
            stages.put(None)

    thread = threading.Thread(target=run, name="carnet-stepped")
    thread.start()
    try:
        yield Stage(0, 0, label)
        while (stage := stages.get()) is not None:
            yield stage
    finally:
        cancelled.set()
        thread.join()
    if errors:
        raise errors[0]
