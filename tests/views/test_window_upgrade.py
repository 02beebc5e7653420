"""Notebooks of other versions in the real window: an old one is upgraded, a newer one refused."""

import gzip
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_driver import Start, calm, page

from desktop_app import __version__
from desktop_app.store.migrations.migrate import HEAD
from desktop_app.views.screens.home.screen import HomeScreen
from desktop_app.views.screens.welcome.screen import WelcomeScreen

Unprivileged = Callable[[], AbstractContextManager[None]]
STORED = Path(__file__).parents[1] / "store" / "files" / "format-1.carnet.gz"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ancien.carnet"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    return path


def test_an_old_notebook_opens_and_says_that_it_was_upgraded(
    start: Start, old: Path, qtbot: QtBot
) -> None:
    window = start(old)
    assert window.notebooks.path == old
    said = window.notify.message
    assert "«\u00a0ancien.carnet\u00a0» a été mis à jour" in said
    assert "«\u00a0ancien (format 1).carnet\u00a0»" in said
    assert old.with_name("ancien (format 1).carnet").exists()
    window.notify.hide()
    with qtbot.waitSignal(window.arrived):
        window.notebooks.open(old)
    calm(qtbot, window)
    assert isinstance(window.current_screen(), HomeScreen)
    assert window.notify.message == ""


@pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
@pytest.mark.parametrize("mode", [0o444, 0o666], ids=["file", "folder"])
def test_an_old_notebook_on_protected_media_is_to_be_copied(
    start: Start, old: Path, open_folder: Path, unprivileged: Unprivileged, mode: int
) -> None:
    path = open_folder / old.name
    shutil.copyfile(old, path)
    path.chmod(mode)
    open_folder.chmod(0o555)
    with unprivileged():
        welcome = page(start(path))
    assert isinstance(welcome, WelcomeScreen)
    assert "en lecture seule" in welcome.error
    assert re.search(r"[Cc]opiez[- ].* dans un de vos dossiers\.$", welcome.error)
    assert path.read_bytes() == old.read_bytes()
    assert [file.name for file in open_folder.iterdir()] == [path.name]


def test_a_newer_notebook_says_which_version_to_ask_for(start: Start, demo: Path) -> None:
    with closing(sqlite3.connect(demo, isolation_level=None)) as connection:
        connection.execute(f"INSERT INTO file_format VALUES ({HEAD + 1}, '9.1.0')")  # noqa: S608
        connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    welcome = page(start(demo))
    assert isinstance(welcome, WelcomeScreen)
    assert welcome.error.endswith(
        "Demandez à votre service informatique la version 9.1.0 de Carnet d’impact, ou une plus "
        f"récente (ce poste a la {__version__})."
    )
