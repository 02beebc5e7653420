"""Answers in words have room; what does not add up, or lacks its n, is said and never blocks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from visit_fixtures import Settle, place, rest
from visit_notebook import Sample, fill

from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.visits.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import Aggregation, MeasurementStatus, ValueType
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.visit.measure_field import AnswerArea
from desktop_app.views.screens.visit.measure_row import MeasureRow
from desktop_app.views.screens.visit.screen import VisitScreen

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

RETURN = Qt.Key.Key_Return


@pytest.fixture
def sample(services: "NotebookServices") -> Sample:
    """With an answer to collect between the others, and parts that add up."""
    made = fill(services.notebook)
    framework = services.framework
    objective = framework.objectives(made.experiment)[0].id
    values: dict[str, object]
    values = {"objective_id": objective, "label": "Familles", "value_type": ValueType.QUALITATIVE}
    answer = framework.save_indicator(SaveRecord(None, values)).value
    for _ in range(2):
        framework.move_indicator(answer.id, -1)
    flow: dict[str, object] = {"aggregation": Aggregation.ADDITIVE, "baseline_value": None}
    flow["change_reason"] = "c’est un cumul"
    framework.save_indicator(SaveRecord(made.indicators[0], flow))
    return made


@pytest.fixture
def opened(
    context: ScreenContext, window: QWidget, sample: Sample, settle: Settle
) -> Iterator[VisitScreen]:
    made = VisitScreen(context)
    place(made, window)
    made.show_place(Place("visit", sample.visit))
    settle()
    rest(made)
    yield made
    made.dispose()


def row(screen: VisitScreen, label: str, category: str = "") -> MeasureRow:
    rest(screen)
    return next(
        found
        for found in screen.entry.measures.rows
        if found.line.label.startswith(label) and found.line.category == category
    )


def put(field: QWidget, words: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, words)


def stored(services: "NotebookServices", visit: str, label: str) -> MeasureLine:
    lines = services.measures.lines(visit)
    return next(line for line in lines if line.label.startswith(label) and not line.category)


def test_an_answer_is_written_over_several_lines(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    families = row(opened, "Familles")
    area = families.comment
    assert isinstance(area, AnswerArea)
    assert families.value.isHidden()
    assert families.n.isHidden()
    low = area.height()
    put(area, "Six familles sur huit parlent de retours plus calmes.")
    for _ in range(3):
        QTest.keyClick(area, RETURN)
    put(area, "Deux demandent la suite.")
    assert area.hasFocus()
    opened.flush()
    settle()
    line = stored(services, sample.visit, "Familles")
    assert line.status is MeasurementStatus.OBSERVED
    assert line.comment == (
        "Six familles sur huit parlent de retours plus calmes.\n\n\nDeux demandent la suite."
    )
    assert area.height() > low
    assert "1 sur 6" in opened.entry.measures.counter.text()
    area.selectAll()
    QTest.keyClick(area, Qt.Key.Key_Delete)
    opened.flush()
    settle()
    assert stored(services, sample.visit, "Familles").status is None


def test_the_keys_come_to_an_answer_and_leave_it(opened: VisitScreen) -> None:
    before, families, after = (row(opened, name) for name in ("Satisf", "Familles", "Signal"))
    before.value.setFocus()
    QTest.keyClick(before.value, RETURN)
    assert families.comment.hasFocus()
    QTest.keyClick(families.comment, RETURN)  # nothing written: on to the next
    assert after.value.hasFocus()
    QTest.keyClick(after.value, Qt.Key.Key_Up)
    put(families.comment, "une")
    QTest.keyClick(families.comment, RETURN)
    put(families.comment, "deux")
    QTest.keyClick(families.comment, Qt.Key.Key_Up)
    assert families.comment.hasFocus()
    QTest.keyClick(families.comment, Qt.Key.Key_Up)
    assert before.value.hasFocus()
    before.comment.setFocus()
    QTest.keyClick(before.comment, Qt.Key.Key_Tab)
    assert families.comment.hasFocus()
    QTest.keyClick(families.comment, Qt.Key.Key_Tab)
    assert after.value.hasFocus()


def test_an_answer_is_watched_and_says_what_not_to_write(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    families = row(opened, "Familles")
    assert families.answer is not None
    said = [label.text() for label in families.answer.findChildren(QLabel)]
    assert any("Ne nommez jamais" in words for words in said)
    put(families.comment, "Vu Mme Durand ce matin")
    qtbot.waitUntil(lambda: not families.privacy.isHidden())
    families.privacy.remedy.click()
    opened.flush()
    settle()
    assert stored(services, sample.visit, "Familles").comment == "Vu une personne ce matin"


def test_an_answer_too_long_is_said_and_stays_on_screen(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    families = row(opened, "Familles")
    area = families.comment
    assert isinstance(area, AnswerArea)
    area.setPlainText("é" * 100_001)
    opened.flush()
    settle()
    assert "100\u202f001 caractères" in families.problem.text()
    assert area.error
    assert stored(services, sample.visit, "Familles").status is None
    area.setPlainText("raccourci")
    opened.flush()
    settle()
    assert not families.problem.text()
    assert stored(services, sample.visit, "Familles").comment == "raccourci"


def test_an_unseen_answer_is_marked(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    families = row(opened, "Familles")
    families.comment.setFocus()
    QTest.keyClick(families.comment, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    settle()
    assert stored(services, sample.visit, "Familles").status is MeasurementStatus.NOT_OBSERVED
    assert "Non observé" in families.unit.text()


def test_a_validated_answer_is_read_whole(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    words = "\n".join(f"Famille {number} : plus calme le vendredi." for number in range(12))
    family = next(
        line for line in services.measures.lines(sample.visit) if line.label == "Familles"
    )
    services.measures.record(
        RecordMeasure(
            sample.visit, family.indicator_id, "", MeasurementStatus.OBSERVED, comment=words
        )
    )
    services.visits.validate(sample.visit)
    opened.refresh()
    settle()
    rest(opened)
    area = row(opened, "Familles").comment
    assert isinstance(area, AnswerArea)
    assert area.isReadOnly()
    assert area.toPlainText() == words
    assert area.property("locked") is True
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)


def test_rows_of_answers_serve_again_for_answers_alone(
    opened: VisitScreen, sample: Sample, settle: Settle
) -> None:
    before = set(opened.entry.measures.rows)
    put(row(opened, "Familles").comment, "mots du 9 juin")
    opened.flush()
    opened.show_place(Place("visit", sample.previous))
    settle()
    rest(opened)
    rows = opened.entry.measures.rows
    assert set(rows) <= before
    assert all(one.worded is (one.line.value_type is ValueType.QUALITATIVE) for one in rows)
    assert row(opened, "Familles").comment.value() == ""


def test_parts_and_total_that_do_not_agree_are_said_as_they_are_typed(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    whole = row(opened, "Usage")
    whole.fold.click()
    first, second = (row(opened, "Usage", name) for name in ("Unité A", "Unité B"))
    put(whole.value, "100")
    put(first.value, "70")
    assert not whole.remark.text()  # not all the parts are there, and they are not over it
    put(second.value, "50")
    assert whole.remark.text() == "Les parties font 120, le total 100."
    assert whole.remark.isVisible()
    opened.flush()
    settle()
    values = {line.category: line.value for line in services.measures.lines(sample.visit)[:3]}
    assert values == {"": 100.0, "Unité A": 70.0, "Unité B": 50.0}
    whole.fold.click()
    rest(opened)
    assert whole.remark.isVisible()
    opened.show_place(Place("visit", sample.previous))
    settle()
    assert not row(opened, "Usage").remark.text()
    opened.show_place(Place("visit", sample.visit))
    settle()
    assert "120" in row(opened, "Usage").remark.text()
    again = row(opened, "Usage", "Unité B")
    again.value.selectAll()
    put(again.value, "30")
    assert not row(opened, "Usage").remark.text()


def test_a_missing_n_is_remarked_once_the_row_is_left(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    share = row(opened, "Signal")
    put(share.value, "47")
    assert not share.remark.text()
    QTest.keyClick(share.value, Qt.Key.Key_Tab)
    assert share.n.hasFocus()
    assert not share.remark.text()
    QTest.keyClick(share.n, Qt.Key.Key_Tab)
    assert "n manque" in share.remark.text()
    assert share.remark.isVisible()
    put(share.n, "12")
    QTest.keyClick(share.n, RETURN)
    settle()
    assert not share.remark.text()
    assert stored(services, sample.visit, "Signal").n == 12
