"""The compte rendu seen before it is sent."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from visit_fixtures import Settle, opened, sample, screen
from visit_notebook import Sample, fill_visit

from desktop_app.views.dialogs.pdf_preview import PdfPreview
from desktop_app.views.runtime.proposed_folders import own_folder
from desktop_app.views.screens.visit.screen import VisitScreen

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

__all__ = ["opened", "sample", "screen"]  # fixtures, used by name


def preview(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> PdfPreview:
    fill_visit(services.notebook, sample)
    opened.refresh()
    settle()
    QTest.keyClick(opened, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    dialog = opened.window().findChild(PdfPreview)
    assert dialog is not None
    return dialog


def test_pages_are_drawn_zoomed_and_walked(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    dialog = preview(opened, services, sample, settle)
    assert dialog.ready
    pages = dialog.pages
    assert pages.page == 1
    pages.grab()
    settle()
    drawn = pages.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(60, 400, 3) for y in range(60, 400, 3)}
    assert len(colours) > 1
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert pages.page == pages.page_count
    before = pages.horizontalScrollBar().maximum()
    for _ in range(4):
        QTest.keyClick(dialog, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pages.horizontalScrollBar().maximum() > before
    settle()
    dialog.close()


def test_a_copy_is_saved_and_a_folder_is_refused(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    tmp_path: Path,
) -> None:
    dialog = preview(opened, services, sample, settle)
    dialog.save_copy(tmp_path)
    settle()
    assert "est un dossier" in dialog.message.text()
    target = tmp_path / "compte rendu.pdf"
    dialog.save_copy(target)
    settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert "Enregistré" in dialog.message.text()
    dialog.close()


def test_a_copy_is_proposed_where_documents_go(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Path] = []

    def ask(_dialog: object, _title: str, path: str, _forms: str) -> tuple[str, str]:
        asked.append(Path(path).parent)
        return "", ""

    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", ask)
    dialog = preview(opened, services, sample, settle)
    settings = opened.context.settings
    dialog.save.click()
    settings.set("document_folder", str(tmp_path / "absent"))
    settings.seen.look(tmp_path / "absent")
    dialog.save.click()
    settings.set("document_folder", str(tmp_path))
    settings.seen.look(tmp_path)
    dialog.save.click()
    last = tmp_path / "dernier"
    last.mkdir()
    settings.set("document_choices", {"folder": str(last)})
    settings.seen.look(last)
    dialog.save.click()
    assert asked == [own_folder(), own_folder(), tmp_path, last]
    assert own_folder().is_dir()
    dialog.close()


@pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
def test_a_copy_is_not_saved_in_a_folder_one_may_not_enter(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    open_folder: Path,
    unprivileged: Callable[[], AbstractContextManager[None]],
) -> None:
    dialog = preview(opened, services, sample, settle)
    open_folder.chmod(0)
    with unprivileged():
        dialog.save_copy(open_folder / "compte rendu.pdf")
        settle()
    assert "ne peut pas être écrit" in dialog.message.text()
    dialog.close()
