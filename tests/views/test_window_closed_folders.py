"""The window, given a folder that one may not enter or a name that nobody has."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_driver import Start, calm, page

from desktop_app.config.settings import Settings
from desktop_app.views.dialogs.new_notebook import NewNotebookDialog
from desktop_app.views.runtime.proposed_folders import document_folder
from desktop_app.views.screens.welcome.screen import WelcomeScreen

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
Unprivileged = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def closed(open_folder: Path) -> Path:
    folder = open_folder / "fermé"
    folder.mkdir()
    folder.chmod(0)
    return folder


def test_a_new_notebook_there_is_refused_in_a_sentence(
    start: Start, closed: Path, unprivileged: Unprivileged, qtbot: QtBot
) -> None:
    window = start()
    window.notebooks.ask_new()
    dialog = window.findChild(NewNotebookDialog)
    assert dialog is not None
    dialog.title_field.set_value("Essai")
    with unprivileged():
        dialog.folder_field.set_value(str(closed / "dedans"))
        dialog.create_button.click()
        assert "n’existe pas" in dialog.refusal.text()
        dialog.folder_field.set_value(str(closed))
        dialog.create_button.click()
        calm(qtbot, window)
    welcome = page(window)
    assert isinstance(welcome, WelcomeScreen)
    assert "pas le droit d’écrire" in welcome.error


def test_the_folder_of_nobody_is_not_there(window: QWidget, qtbot: QtBot) -> None:
    dialog = NewNotebookDialog(Path("~personne-de-ce-nom"))
    qtbot.addWidget(dialog)
    dialog.title_field.set_value("Essai")
    dialog.create_button.click()
    assert "n’existe pas" in dialog.refusal.text()


def test_documents_are_proposed_elsewhere(
    settings: Settings, closed: Path, unprivileged: Unprivileged
) -> None:
    settings.set("document_choices", {"folder": str(closed / "dedans")})
    with unprivileged():
        settings.seen.look(closed / "dedans")
        assert closed not in document_folder(settings).parents
