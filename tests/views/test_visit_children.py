"""Findings, actions and attachments of a visit, by the keyboard, with a way back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from visit_fixtures import Settle, opened, sample, screen
from visit_notebook import Sample, add_photos, fill_visit, photo

from desktop_app.services.vocabulary import EvaluationQuestion, FindingKind, Polarity, SourceType
from desktop_app.views.dialogs.attachment_view import PhotoDialog
from desktop_app.views.dialogs.follow_up import FollowUpDialog
from desktop_app.views.screens.visit.screen import VisitScreen

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

__all__ = ["opened", "sample", "screen"]  # fixtures, used by name

CONTROL = Qt.KeyboardModifier.ControlModifier


def filled(
    screen: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    fill_visit(services.notebook, sample)
    screen.refresh()
    settle()


def undo_button(screen: VisitScreen) -> QPushButton:
    buttons = screen.window().findChildren(QPushButton)
    return next(button for button in buttons if button.text() == "Annuler" and button.isVisible())


def test_ctrl_enter_writes_a_finding_and_ends_it(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    QTest.keyClick(opened, Qt.Key.Key_Return, CONTROL)
    editor = opened.entry.findings.editor
    assert editor is not None
    assert editor.text.hasFocus()
    QTest.keyClicks(editor.text, "Le couloir est calme")
    editor.polarity.set_value(Polarity.POSITIVE)
    editor.question.set_value(EvaluationQuestion.Q2)
    editor.kind.set_value(FindingKind.REPORTED)
    editor.source.set_value(SourceType.INTERVIEW)
    editor.intensity.set_value(3)
    QTest.keyClick(editor.text, Qt.Key.Key_Return, CONTROL)
    settle()
    (found,) = services.findings.of_visit(sample.visit)
    assert (found.text, found.polarity) == ("Le couloir est calme", Polarity.POSITIVE)
    assert (found.kind, found.intensity) == (FindingKind.REPORTED, 3)
    assert opened.entry.findings.editor is None
    (card,) = opened.entry.findings.cards
    assert card.hasFocus()
    assert "«\u00a0Le couloir est calme\u00a0»" in card.accessibleName()


def test_a_new_finding_is_saved_while_it_is_being_written_once_only(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    opened.entry.findings.write_new()
    editor = opened.entry.findings.editor
    assert editor is not None
    QTest.keyClicks(editor.text, "Premiers mots")
    opened.flush()
    QTest.keyClicks(editor.text, ", puis la suite")
    opened.flush()
    settle()
    (found,) = services.findings.of_visit(sample.visit)
    assert found.text == "Premiers mots, puis la suite"
    assert opened.entry.findings.editor is editor


def test_an_empty_new_finding_leaves_nothing(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    opened.entry.findings.write_new()
    editor = opened.entry.findings.editor
    assert editor is not None
    QTest.keyClick(editor.text, Qt.Key.Key_Escape)
    settle()
    assert opened.entry.findings.editor is None
    assert services.findings.of_visit(sample.visit) == ()


def test_a_finding_is_edited_in_place_with_enter(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    filled(opened, services, sample, settle)
    card = opened.entry.findings.cards[1]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    editor = opened.entry.findings.editor
    assert editor is not None
    assert editor.text.toPlainText().startswith("L’éclairage")
    editor.audience.setFocus()
    editor.audience.selectAll()
    QTest.keyClicks(editor.audience, "Familles")
    QTest.keyClick(editor.audience, Qt.Key.Key_Escape)
    settle()
    assert services.findings.of_visit(sample.visit)[1].audience == "Familles"


def test_a_deleted_finding_comes_back(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    filled(opened, services, sample, settle)
    card = opened.entry.findings.cards[0]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    settle()
    assert len(services.findings.of_visit(sample.visit)) == 2
    assert opened.context.notify.message == "Constat supprimé."
    undo_button(opened).click()
    settle()
    assert len(opened.entry.findings.cards) == 3


def test_a_name_in_a_note_is_noticed_and_replaced(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    filled(opened, services, sample, settle)
    notice = opened.entry.notes.notes.privacy
    assert not notice.isHidden()
    assert "Lucas Untel" in notice.label.text()
    notice.remedy.click()
    opened.flush()
    settle()
    assert "avec une personne dans la cabane" in services.visits.get(sample.visit).notes
    assert notice.isHidden()


def test_an_ignored_warning_does_not_come_back(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    filled(opened, services, sample, settle)
    notice = opened.entry.notes.notes.privacy
    notice.ignore.click()
    notice.check()
    assert notice.isHidden()


def test_an_action_is_added_ticked_and_deleted(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    tab = opened.actions_tab
    opened.tabs.set_current("actions")
    tab.add.click()
    dialog = opened.window().findChild(FollowUpDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.isVisible()
    assert "à faire" in dialog.problem.text()
    QTest.keyClicks(dialog.what, "Revoir le plan")
    QTest.keyClicks(dialog.due, "12/6")
    dialog.accept()
    settle()
    (action,) = services.follow_ups.list(visit_id=sample.visit)
    assert action.due_date is not None
    assert action.due_date.isoformat() == "2021-06-12"
    assert opened.tabs.tabText(2) == "Actions (1)"
    line = tab.lines[0]
    line.done.setFocus()
    QTest.keyClick(line.done, Qt.Key.Key_Space)
    settle()
    assert services.follow_ups.list(visit_id=sample.visit)[0].done_date is not None
    assert tab.lines[0].done.isChecked()
    QTest.keyClick(tab.lines[0], Qt.Key.Key_Delete)
    settle()
    assert services.follow_ups.list(visit_id=sample.visit) == ()


def test_a_dropped_photo_is_attached_and_a_refused_file_says_why(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    tmp_path: Path,
) -> None:
    opened.tabs.set_current("attachments")
    good = photo(tmp_path / "salle.jpg", "#446688")
    bad = tmp_path / "film.mp4"
    bad.write_bytes(b"\0\1\2 not a picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (bad, good)])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    target = opened.attachments.viewport()
    enter = QDragEnterEvent(QPoint(20, 20), copy, mime, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(20, 20), copy, mime, left, none))
    settle()
    (row,) = services.attachments.of_visit(sample.visit)
    assert row.filename == "salle.jpg"
    assert "film.mp4" in opened.attachments.problem.text()
    assert opened.tabs.tabText(3) == "Pièces jointes (1)"


def test_captions_are_saved_photos_open_and_deletion_is_undone(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    tmp_path: Path,
) -> None:
    add_photos(services.notebook, sample, tmp_path)
    opened.refresh()
    settle()
    assert len(opened.entry.photos.strip.widgets) == 3
    opened.tabs.set_current("attachments")
    card = opened.attachments.cards[0]
    card.caption.setFocus()
    card.caption.selectAll()
    QTest.keyClicks(card.caption, "Cabane")
    opened.flush()
    settle()
    assert services.attachments.of_visit(sample.visit)[0].caption == "Cabane"
    card.picture.setFocus()
    QTest.keyClick(card.picture, Qt.Key.Key_Return)
    settle()
    dialog = opened.window().findChild(PhotoDialog)
    assert dialog is not None
    assert dialog.readable
    dialog.close()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    settle()
    assert len(opened.attachments.cards) == 2
    undo_button(opened).click()
    settle()
    assert len(opened.attachments.cards) == 3
