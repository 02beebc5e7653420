"""Drives the real window from the tests."""

from collections.abc import Callable

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.views.window.main_window import MainWindow

Start = Callable[..., MainWindow]


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.operations.busy)


def press(window: MainWindow, keys: str) -> None:
    """Triggers a command by its key, as the shortcut map would."""
    QTest.keySequence(window, keys)


def page(window: MainWindow) -> object:
    return window.pages.currentWidget()
