"""A suspected name waits for its remedy before it is written, never longer than it should."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from visit_fixtures import Settle, opened, sample, screen
from visit_notebook import Sample

from desktop_app.views.dialogs.follow_up import FollowUpDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.visit import edit_queue
from desktop_app.views.screens.visit.screen import VisitScreen
from desktop_app.views.widgets.privacy_notice import ALREADY, NOT_YET

__all__ = ["opened", "sample", "screen"]  # fixtures, used by name

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

NAME = "Vu Mme Durand ce matin"


def put(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)


def written(services: "NotebookServices", sample: Sample) -> str:
    """All that the history of the visit holds."""
    return "\n".join(
        f"{change.old} {change.new}"
        for entry in services.history.of_visit(sample.visit)
        for change in entry.changes
    )


def test_a_name_replaced_at_once_leaves_no_trace(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    notes = opened.entry.notes.notes
    put(notes.area, NAME)
    qtbot.waitUntil(lambda: not notes.privacy.isHidden())
    assert notes.privacy.fate.text() == NOT_YET
    autosave = opened.work.queue.findChild(QTimer)
    with qtbot.waitSignal(autosave.timeout):
        pass
    settle()
    assert "Durand" not in written(services, sample)
    notes.privacy.remedy.setFocus()
    notes.privacy.remedy.click()
    settle()
    assert notes.area.hasFocus()
    assert services.visits.get(sample.visit).notes == "Vu une personne ce matin"
    assert "Durand" not in written(services, sample)


def test_leaving_the_field_saves_the_name_and_says_so(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    notes = opened.entry.notes.notes
    put(notes.area, NAME)
    opened.entry.identification.purpose.setFocus()
    with qtbot.waitSignal(opened.context.operations.saved):
        pass
    settle()
    assert services.visits.get(sample.visit).notes == NAME
    assert notes.privacy.fate.text() == ALREADY


def test_a_name_left_there_is_saved_after_a_while(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edit_queue, "HELD", 0.5)
    put(opened.entry.notes.notes.area, NAME)
    with qtbot.waitSignal(opened.context.operations.saved):
        pass
    settle()
    assert services.visits.get(sample.visit).notes == NAME


def test_going_elsewhere_loses_nothing_of_what_waits(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    put(opened.entry.notes.notes.area, NAME)
    opened.flush()
    opened.show_place(Place("visit", sample.previous))
    settle()
    assert services.visits.get(sample.visit).notes == NAME


def test_a_findings_name_waits_too_and_suits_its_audience(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    opened.entry.findings.write_new()
    editor = opened.entry.findings.editor
    assert editor is not None
    put(editor.audience, "Des residents")
    put(editor.text, NAME)
    qtbot.waitUntil(lambda: not editor.privacy.isHidden())
    editor.privacy.remedy.click()
    settle()
    (finding,) = services.findings.of_visit(sample.visit)
    assert finding.text == "Vu un résident ce matin"
    assert "Durand" not in written(services, sample)


def test_comments_participants_and_actions_are_watched(
    opened: VisitScreen, sample: Sample, settle: Settle, qtbot: QtBot
) -> None:
    row = opened.entry.measures.rows[0]
    put(row.comment, NAME)
    qtbot.waitUntil(lambda: not row.privacy.isHidden())
    row.privacy.remedy.click()
    assert row.comment.text() == "Vu une personne ce matin"
    card = opened.entry.identification
    for field, notice in zip((card.participants, card.purpose), card.notices, strict=True):
        put(field, NAME)
        qtbot.waitUntil(lambda notice=notice: not notice.isHidden())
        notice.remedy.click()
        assert field.text() == "Vu une personne ce matin"
    opened.flush()
    settle()
    dialog = FollowUpDialog(opened.window())
    dialog.open()
    put(dialog.who, "Mme Durand")
    qtbot.waitUntil(dialog.notices[1].isVisible)
    dialog.notices[1].remedy.click()
    assert dialog.who.text() == "Une personne"
    dialog.reject()
    dialog.deleteLater()
