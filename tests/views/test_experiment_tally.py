"""Where an experiment's indicators stand, beside its title and level by level."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from screen_sample import dated_services, fill, mount, rest

from desktop_app.config.settings import Settings
from desktop_app.exports.charts_scene import Rect, Scene
from desktop_app.french import NBSP
from desktop_app.models.enums import Phase
from desktop_app.services.programme.experiment_rows import CohortRow, EnterpriseRow, ExperimentRow
from desktop_app.services.results.rows import ExperimentResult, Level, LevelTally, Movement, Tally
from desktop_app.system.tokens import DARK, LIGHT, tokens
from desktop_app.views.charts.scene_view import paint_scene
from desktop_app.views.look.theme import apply_theme
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.operations import Operations
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiment.screen import ExperimentScreen
from desktop_app.views.screens.experiment.tally import LevelsCard, TallyStrip
from desktop_app.views.widgets.buttons import link, primary
from desktop_app.views.widgets.legend import LegendLine, TallyLegend
from desktop_app.views.widgets.notify import Notifier
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.tone_line import Part, ToneLine

DUO = ExperimentRow(
    "duo", "DUO", "Mentorat", EnterpriseRow("e", "Duo", "", "", "", ""),
    CohortRow("c", 2, "", None, None), (), "", "", Phase.EXPERIMENTATION,
    dt.date(2021, 3, 1), dt.date(2021, 11, 30), None, "", "", 4, 9, 2,
)  # fmt: skip


def result(*, qualitative: int = 0) -> ExperimentResult:
    levels = (
        LevelTally(Level.OUTCOME, Tally(reached=1, progress=1, no_data=1)),
        LevelTally(Level.VIABILITY, Tally(progress=2, unchanged=1, decline=1)),
    )
    return ExperimentResult(
        DUO, levels, 7 + qualitative, qualitative, 0, None,
        ended=False, visit_count=9, site_count=4, observation_count=40,
    )  # fmt: skip


def placed(window: QWidget, widget: QWidget, width: int, height: int = 400) -> None:
    window.resize(width, height)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, None])
def test_a_word_of_the_bar_asks_for_its_indicators(window: QWidget, key: Qt.Key | None) -> None:
    strip = TallyStrip()
    asked: list[Movement] = []
    strip.asked.connect(asked.append)
    strip.show_result(result(qualitative=1))
    placed(window, strip, 800)
    assert [word.text() for word in strip.words] == [
        "1 en recul", "1 inchangée", "3 en progrès", "1 atteinte", "1 sans donnée",
    ]  # fmt: skip
    worst = strip.words[0]
    if key is None:
        QTest.mouseClick(worst, Qt.MouseButton.LeftButton)
    else:
        worst.setFocus()
        QTest.keyClick(worst, key)
    assert asked == [Movement.DECLINE]
    assert [label.text() for label in strip.findChildren(QLabel)] == ["1 qualitatif"]
    assert f"Viabilité (Q3){NBSP}: 0 atteinte sur 4 · 1 en recul" in strip.accessibleName()


def test_the_focus_stays_on_its_word_when_the_figures_change(window: QWidget) -> None:
    strip = TallyStrip()
    strip.show_result(result())
    placed(window, strip, 800)
    strip.words[2].setFocus()
    strip.show_result(result(qualitative=2))
    QApplication.processEvents()
    assert QApplication.focusWidget() is strip.words[2]


def test_a_word_beside_the_title_leads_to_its_first_indicator(
    tmp_path: Path,
    settings: Settings,
    operations: Operations,
    window: QWidget,
    places: list[Place],
) -> None:
    with dated_services(tmp_path, settings) as services:
        sample = fill(services)
        context = ScreenContext(services, operations, settings, places.append, Notifier(window))
        screen = ExperimentScreen(context)
        mount(window, screen)
        screen.show_place(Place("experiment", sample.experiments["duo"], "presentation"))
        rest(screen)
        (word,) = screen.tally.words
        assert word.text() == "3 en progrès"
        word.setFocus()
        QTest.keyClick(word, Qt.Key.Key_Return)
        rest(screen)
        assert screen.tabs.current == "results"
        assert screen.results.current is not None
        assert screen.results.current.movement is Movement.PROGRESS
        levels = screen.presentation.levels
        assert f"0{NBSP}/{NBSP}2" in [label.text() for label in levels.findChildren(QLabel)]
        screen.dispose()


def test_levels_are_told_apart(window: QWidget) -> None:
    card = LevelsCard()
    card.show_result(result())
    placed(window, card, 700)
    shown = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    for words in ("Réalisations", "aucun", f"1{NBSP}/{NBSP}3", f"0{NBSP}/{NBSP}4"):
        assert words in shown
    assert "1 en recul · 1 inchangée · 2 en progrès" in shown


@pytest.mark.parametrize("width", [340, 520, 1200])
def test_what_stands_beside_a_title_goes_under_it_rather_than_be_cut(
    window: QWidget, width: int
) -> None:
    header = PageHeader("Duo for a job — Mentorat de jeunes")
    strip, note = TallyStrip(), link("3 visites en brouillon non comptées")
    header.set_beside(strip)
    header.add_note(note)
    header.add_action(primary("Synthèse…"))
    strip.show_result(result())
    header.set_subtitle("Promotion 2 · mars – novembre 2021")
    placed(window, header, width)
    title = header.title_label
    for word in strip.words:
        place = word.mapTo(header, word.rect().bottomRight())
        assert place.x() <= width
        assert place.y() <= header.height()
    same_line = strip.mapTo(header, strip.rect().center()).y() <= title.geometry().bottom()
    assert same_line is (width == 1200)
    assert note.width() >= note.sizeHint().width()


def test_a_line_wraps_between_its_parts_and_keeps_its_trailing_words(window: QWidget) -> None:
    line = ToneLine()
    parts = [Part("1 en recul", "bad", bold=True), Part(""), Part("12 en progrès")]
    line.set_parts(parts, "4 sites · 9 visites · 2 prévues", "4 sites · 9 visites")
    placed(window, line, 600)
    assert line.text() == "1 en recul · 12 en progrès · 4 sites · 9 visites · 2 prévues"
    one = line.heightForWidth(600)
    assert line.heightForWidth(330) == one  # the shorter words stand beside
    assert one < line.heightForWidth(230) <= 2 * one
    assert line.heightForWidth(90) > 2 * one
    line.set_parts([], "4 sites")
    assert line.heightForWidth(600) == one


def test_the_legend_says_the_five_words_and_wraps(window: QWidget) -> None:
    legend = TallyLegend()
    for word in ("en recul", "inchangée", "en progrès", "atteinte", "sans donnée"):
        assert word in legend.accessibleName()
    hint = legend.sizeHint()
    assert legend.heightForWidth(hint.width()) <= hint.height()
    assert legend.heightForWidth(hint.width() // 2) >= 2 * hint.height()
    line = LegendLine("Expérimentations", "les plus fragiles d’abord")
    placed(window, line, 320)
    assert line.height() >= 2 * hint.height()


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_an_outlined_shape_is_filled_inside_its_line(themed: QApplication, scheme: str) -> None:
    apply_theme(themed, scheme, 100)
    try:
        image = QImage(QSize(40, 20), QImage.Format.Format_RGB32)
        image.fill(QColor("#FF00FF"))
        painter = QPainter(image)
        shape = Rect(5, 5, 30, 10, "tally_no_data", 0, "tally_outline", 2.0)
        paint_scene(painter, Scene(40, 20, (shape,)), 0, 0, 1)
        painter.end()
        colours = tokens(scheme)
        assert image.pixelColor(20, 10).name().upper() == colours["tally_no_data"]
        assert image.pixelColor(20, 6).name().upper() == colours["tally_outline"]
        assert image.pixelColor(20, 3).name().upper() == "#FF00FF"
    finally:
        apply_theme(themed, LIGHT, 100)
