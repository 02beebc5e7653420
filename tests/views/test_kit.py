"""The widget kit: fields, pills, tabs, headers, theme."""

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.vocabulary import ResultState, VisitState
from desktop_app.system.tokens import DARK, LIGHT, tokens
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import apply_theme, current_scheme, current_tokens, style_sheet
from desktop_app.views.widgets.autosave import Autosave
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.fields import (
    Choice,
    DateField,
    NumberField,
    TextLine,
    TimeField,
    commit_fields,
    labelled,
)
from desktop_app.views.widgets.flow import AdaptiveRow, FlowLayout
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.pill import STATE_TONES, Pill, state_pill
from desktop_app.views.widgets.tabs import PageTabs
from desktop_app.views.widgets.text_area import TextArea


def shown(window: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


def write(widget: QWidget, text: str) -> None:
    """Types a text key by key; QTest.keyClicks takes Latin-1 only."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, event)


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent_text") for ground in (
        "background", "surface", "header", "neutral_bg", "accent_soft")),
    *((tone, f"{tone}_bg") for tone in ("good", "warn", "bad", "info")),
    *((tone, "surface") for tone in ("good", "warn", "bad", "info", "accent")),
    ("warn", "header"), ("on_accent", "accent"), ("on_accent", "accent_text"),
    ("surface", "badge"), ("background", "ink"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_has_the_contrast_the_standard_asks(scheme: str, ink: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_the_focus_is_seen_on_every_ground(scheme: str) -> None:
    colours = tokens(scheme)
    for ground in ("surface", "background"):
        assert contrast(colours["focus"], colours[ground]) >= 3


def test_the_style_sheet_has_no_placeholder_left() -> None:
    sheet = style_sheet(tokens(DARK), 1.5)
    assert "@" not in sheet
    assert "$" not in sheet
    assert "dp" not in sheet
    assert "font-size: 20px" in style_sheet({**tokens(LIGHT)}, 0.8)


def test_both_schemes_name_the_same_colours() -> None:
    assert tokens(LIGHT).keys() == tokens(DARK).keys()


def test_widgets_read_the_theme_in_force(themed: QApplication) -> None:
    apply_theme(themed, DARK, 200)
    try:
        assert current_scheme() == DARK
        assert current_tokens() == tokens(DARK)
        assert themed.font().pixelSize() == 30
    finally:
        apply_theme(themed, LIGHT, 100)


def test_the_first_weight_of_the_font_is_there(themed: QApplication) -> None:
    assert QLabel("x").fontInfo().family() == "Source Sans Pro"


def test_an_icon_takes_the_theme_s_colour(themed: QApplication) -> None:
    image = icon("house", "accent").pixmap(32, 32).toImage()
    seen = {
        image.pixelColor(x, y).name().upper()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert tokens(LIGHT)["accent"] in seen


@pytest.mark.parametrize(
    ("typed", "value"), [("8,4", 8.4), ("8.4", 8.4), ("1 234,5", 1234.5), ("", None), ("−3", -3)]
)
def test_a_number_is_read_as_people_type_it(
    window: QWidget, typed: str, value: float | None
) -> None:
    field = NumberField()
    shown(window, field)
    write(field, typed)
    field.commit()
    assert field.value() == value
    assert field.error == ""


def test_points_between_thousands_are_rewritten_and_others_refused_by_their_own_sentence(
    window: QWidget,
) -> None:
    field, other = NumberField(), TextLine()
    shown(window, field, other)
    field.setFocus()
    write(field, "1.234,5")
    other.setFocus()
    assert (field.text(), field.value(), field.error) == ("1234,5", 1234.5, "")
    field.clear()
    field.setFocus()
    write(field, "1.234")
    other.setFocus()
    assert "«\u00a01.234\u00a0» se lit" in field.error
    assert field.text() == "1.234"


def test_a_percent_sign_is_for_percentages(window: QWidget) -> None:
    field = NumberField()
    shown(window, field)
    write(field, "12 %")
    field.commit()
    assert "est un pourcentage" in field.error
    field.percentage = True
    field.check()
    assert (field.error, field.value()) == ("", 12.0)


def test_a_refused_number_says_why_and_gives_none(window: QWidget) -> None:
    field = NumberField(minimum=1, maximum=5)
    shown(window, field)
    write(field, "abc")
    field.commit()
    assert field.value() is None
    assert "n’est pas un nombre" in field.error
    field.clear()
    write(field, "7")
    field.commit()
    assert field.error == "La valeur doit être entre 1 et 5. Corrigez la saisie."
    assert field.property("error") is True
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    write(field, "4")
    assert field.error == ""
    assert field.value() == 4


def test_a_number_keeps_its_decimals(window: QWidget) -> None:
    field = NumberField()
    field.setParent(window)
    field.set_value(12.34567)
    assert field.text() == "12,34567"
    field.set_value(1e-7)
    assert (field.text(), field.value()) == ("0,0000001", 1e-7)
    field.set_value(123456789.123456)
    assert field.value() == 123456789.123456
    field.set_value(-2)
    assert field.value() == -2


def test_a_field_signals_edits_of_the_person_only(window: QWidget, qtbot: QtBot) -> None:
    field = TextLine()
    shown(window, field)
    with qtbot.assertNotEmitted(field.edited), qtbot.assertNotEmitted(field.committed):
        field.set_value("Directrice")
        field.commit()
    with qtbot.waitSignals([field.edited, field.committed]):
        write(field, "s")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.pending


def test_a_date_is_completed_and_rewritten(window: QWidget, qtbot: QtBot) -> None:
    field = DateField(today=dt.date(2021, 6, 1))
    shown(window, field, TextLine())
    field.setFocus()
    write(field, "9/6")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.value() == dt.date(2021, 6, 9)
    qtbot.waitUntil(lambda: field.text() == "09/06/2021")


@pytest.mark.parametrize("typed", ["31/02/2021", "demain", "01/01/1900", "01/01/2100"])
def test_an_impossible_date_is_refused(window: QWidget, typed: str) -> None:
    field = DateField()
    shown(window, field)
    write(field, typed)
    field.commit()
    assert field.value() is None
    assert field.error


def test_the_calendar_opens_on_alt_down_and_gives_its_day(window: QWidget, qtbot: QtBot) -> None:
    field = DateField(today=dt.date(2021, 6, 9))
    shown(window, field)
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = QApplication.activePopupWidget()
    assert calendar is not None
    with qtbot.waitSignal(field.committed):
        QTest.keyClick(calendar.findChild(QWidget, "qt_calendar_calendarview"), Qt.Key.Key_Return)
    assert field.value() == dt.date(2021, 6, 9)


def test_a_time_is_read_as_people_type_it(window: QWidget) -> None:
    field = TimeField()
    shown(window, field)
    write(field, "13h30")
    field.commit()
    assert field.value() == dt.time(13, 30)


def test_a_choice_keeps_its_value_when_its_list_changes(window: QWidget, qtbot: QtBot) -> None:
    choice = Choice([("a", "Andibo"), ("b", "Solinum")], window)
    choice.set_value("b")
    with qtbot.assertNotEmitted(choice.committed):
        choice.set_items([("b", "Solinum"), ("c", "Jexplore")])
    assert choice.value() == "b"
    choice.set_value("unknown")
    assert choice.value() is None
    choice.set_items([])
    assert choice.value() is None


def test_scrolling_over_a_choice_does_not_change_it(window: QWidget) -> None:
    choice = Choice([(1, "un"), (2, "deux")])
    shown(window, choice, TextLine())
    choice.clearFocus()
    event = QEvent(QEvent.Type.Wheel)
    assert event.isAccepted()
    QTest.wheelEvent(window.windowHandle(), QPoint(40, 20), QPoint(0, -120))
    assert choice.value() == 1


def test_a_text_area_grows_and_commits_on_leaving(window: QWidget, qtbot: QtBot) -> None:
    area, other = TextArea(rows=2, most_rows=6), TextLine()
    shown(window, area, other)
    before = area.sizeHint().height()
    area.setFocus()
    write(area, "un\ndeux\ntrois\nquatre")
    area.setPlainText("a\n" * 20)
    assert before < area.sizeHint().height()
    with qtbot.waitSignal(area.committed):
        other.setFocus()
    assert not area.pending


def test_a_text_too_long_says_so(window: QWidget) -> None:
    area = TextArea()
    area.setParent(window)
    area.setPlainText("x" * 100_001)
    assert "100" in area.error


def test_committing_a_page_commits_its_fields(window: QWidget, qtbot: QtBot) -> None:
    line, area = TextLine(), TextArea()
    shown(window, line, area)
    write(line, "a")
    write(area, "b")
    with qtbot.waitSignals([line.committed, area.committed]):
        commit_fields(window)


def test_a_label_names_its_field(window: QWidget) -> None:
    field = TextLine()
    labelled("Participants", field).setParent(window)
    assert field.accessibleName() == "Participants"


def test_a_pill_says_a_word_and_a_tone(window: QWidget) -> None:
    pill = Pill("En retard", "bad", window)
    assert (pill.text(), pill.tone) == ("En retard", "bad")
    pill.set("", "neutral")
    assert pill.sizeHint().isEmpty()
    with pytest.raises(ValueError, match="mauve"):
        pill.set("x", "mauve")


@pytest.mark.parametrize("state", [*ResultState, *VisitState])
def test_every_state_has_its_pill(window: QWidget, state: ResultState | VisitState) -> None:
    pill = state_pill(state)
    pill.setParent(window)
    assert pill.text()
    assert pill.tone == STATE_TONES[state]


def test_tabs_are_known_by_key(window: QWidget, qtbot: QtBot) -> None:
    tabs = PageTabs()
    shown(window, tabs)
    with qtbot.assertNotEmitted(tabs.changed):
        tabs.add("entry", "Saisie")
        tabs.add("actions", "Actions")
    assert tabs.current == "entry"
    with qtbot.waitSignal(tabs.changed, check_params_cb=lambda key: key == "actions"):
        QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    tabs.set_text("actions", "Actions (2)")
    assert tabs.tabText(1) == "Actions (2)"
    with pytest.raises(KeyError):
        tabs.set_current("absent")


def test_a_header_puts_its_actions_below_when_the_place_is_short(window: QWidget) -> None:
    header = PageHeader("IME Les Sources, Sarcelles — 9 juin 2021")
    action = primary("Valider la visite", "Ctrl+Return")
    header.add_action(action)
    shown(window, header)
    QApplication.processEvents()
    assert action.mapTo(header, QPoint(0, 0)).y() < header.title_label.height()
    window.resize(420, 700)
    QApplication.processEvents()
    assert action.mapTo(header, QPoint(0, 0)).y() > header.title_label.height()


def test_a_clickable_card_obeys_the_keyboard(window: QWidget, qtbot: QtBot) -> None:
    card = Card("Andibo", clickable=True)
    shown(window, card)
    with qtbot.waitSignal(card.clicked):
        QTest.keyClick(card, Qt.Key.Key_Return)
    with qtbot.waitSignal(card.clicked):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)


def test_rows_wrap(window: QWidget) -> None:
    box = QWidget()
    flow = FlowLayout(box)
    for name in ("un", "deux", "trois", "quatre", "cinq"):
        flow.addWidget(primary(name))
    wide, narrow = flow.heightForWidth(1000), flow.heightForWidth(160)
    assert narrow > wide
    row = AdaptiveRow(500)
    row.add(QLabel("gauche"), 1)
    row.add(QLabel("droite"))
    shown(window, box, row)
    QApplication.processEvents()
    assert not row.stacked
    window.resize(400, 500)
    QApplication.processEvents()
    assert row.stacked


def test_a_cut_label_keeps_its_whole_text(window: QWidget) -> None:
    label = ElidedLabel("Un texte bien trop long pour la place qu’on lui donne")
    label.setParent(window)
    label.resize(60, 20)
    window.show()
    QApplication.processEvents()
    assert label.toolTip() == label.text()


def test_an_empty_state_offers_its_action(window: QWidget, qtbot: QtBot) -> None:
    asked: list[str] = []
    state = EmptyState("map-pin", "Aucune visite", "Rien.", "Créer", lambda: asked.append("x"))
    shown(window, state)
    state.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1].click()
    assert asked == ["x"]


def test_autosave_waits_for_the_last_keystroke(window: QWidget, qtbot: QtBot) -> None:
    saved: list[int] = []
    autosave = Autosave(window, lambda: saved.append(1), delay=10)
    autosave.touch()
    autosave.touch()
    assert autosave.pending
    qtbot.waitUntil(lambda: saved == [1])
    autosave.touch()
    autosave.flush()
    assert saved == [1, 1]
    autosave.flush()
    assert saved == [1, 1]
