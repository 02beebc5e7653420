"""A kept screen is what reckoning it would give, whatever is written meanwhile."""

import datetime as dt
from functools import partial

from programme_seed import Seed

from desktop_app.services.home.frozen_json import dump, load
from desktop_app.services.home.kept_screen import KeptScreen
from desktop_app.store import kept
from desktop_app.store.notebook import Notebook

Content = tuple[int, str]


class Screen:
    """Counts the visits, and how often it had to."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.reckoned = 0
        self.kept: KeptScreen[Content] = KeptScreen(
            notebook, "home", dump, partial(load, tuple[int, str])
        )

    def get(self) -> Content:
        with self.notebook.glance() as reader:
            key = kept.key_of(reader, today=self.notebook.today(), rules="")

            def reckon() -> Content:
                self.reckoned += 1
                return reader.scalar("SELECT count(*) FROM visit"), self.notebook.title

            return self.kept.get(reader, key, reckon)


def test_it_is_reckoned_once_for_a_state(notebook: Notebook) -> None:
    seed, screen = Seed(notebook), Screen(notebook)
    first = screen.get()
    screen.kept.keep()
    assert [screen.get() for _ in range(2)] == [first, first]
    assert screen.reckoned == 1
    assert Screen(notebook).get() == first
    seed.new_visit(dt.date(2021, 6, 7))
    assert screen.get() == (first[0] + 1, first[1])
    assert screen.reckoned == 2


def test_what_was_not_kept_in_time_is_reckoned_again(notebook: Notebook) -> None:
    seed, screen = Seed(notebook), Screen(notebook)
    first = screen.get()
    seed.new_visit(dt.date(2021, 6, 7))
    screen.kept.keep()  # late: it is of the state before
    assert screen.get() == (first[0] + 1, first[1])
    assert screen.reckoned == 2


def test_content_of_another_shape_is_written_anew(notebook: Notebook) -> None:
    Seed(notebook)
    screen = Screen(notebook)
    first = screen.get()
    with notebook.glance() as reader:
        key = kept.key_of(reader, today=notebook.today(), rules="")
    kept.keep(notebook, "home", key, "[1]")
    assert screen.get() == first
    screen.kept.keep()
    assert Screen(notebook).get() == first
    with notebook.glance() as reader:
        assert kept.read(reader, "home", key) == dump(first)


def test_nothing_new_is_not_written_again(notebook: Notebook) -> None:
    Seed(notebook)
    screen = Screen(notebook)
    screen.get()
    screen.kept.keep()
    with notebook.connection() as connection:
        before = connection.execute("PRAGMA data_version").fetchone()
        screen.get()
        screen.kept.keep()
        assert connection.execute("PRAGMA data_version").fetchone() == before
