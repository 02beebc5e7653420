"""Paramètres and the welcome: drawn from the declarations, stored as they are committed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.config.declared import DECLARED
from desktop_app.config.settings import Settings
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.screens.settings.screen import SettingsScreen
from desktop_app.views.screens.welcome.screen import WelcomeScreen
from desktop_app.views.widgets.fields import Choice, NumberField, TextLine


@pytest.fixture
def screen(context: ScreenContext, window: QWidget) -> SettingsScreen:
    made = SettingsScreen(context)
    QVBoxLayout(window).addWidget(made)
    made.show_place(Place("settings", tab="computer"))
    window.show()
    return made


def test_every_declared_setting_has_its_field_and_its_name(screen: SettingsScreen) -> None:
    wanted = {setting.key: setting.label for setting in DECLARED if setting.group}
    assert {key: field.accessibleName() for key, field in screen.fields.items()} == wanted
    texts = {label.text() for label in screen.findChildren(QLabel)}
    assert {setting.group for setting in DECLARED if setting.group} <= texts


def test_a_field_is_stored_when_committed(screen: SettingsScreen, settings: Settings) -> None:
    field = screen.fields["agent"]
    assert isinstance(field, TextLine)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Direction Autonomie")
    assert settings.text("agent") == "Mission innovation"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert settings.text("agent") == "Direction Autonomie"


def test_leaving_the_screen_stores_what_was_typed(
    screen: SettingsScreen, settings: Settings
) -> None:
    field = screen.fields["organisation"]
    assert isinstance(field, TextLine)
    field.selectAll()
    QTest.keyClicks(field, "Val d'Oise")
    screen.flush()
    assert settings.text("organisation") == "Val d'Oise"


def test_a_refused_value_says_why_and_is_not_stored(
    screen: SettingsScreen, settings: Settings
) -> None:
    field = screen.fields["text_scale"]
    assert isinstance(field, NumberField)
    field.selectAll()
    QTest.keyClicks(field, "400")
    field.commit()
    assert settings.number("text_scale") == 100
    refusals = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert "La valeur doit être entre 100 et 200. Corrigez la saisie." in refusals


@pytest.mark.parametrize("key", ["agent", "device_label"])
def test_a_text_that_signs_cannot_be_emptied(
    screen: SettingsScreen, settings: Settings, key: str
) -> None:
    before = settings.text(key)
    field = screen.fields[key]
    assert isinstance(field, TextLine)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert settings.text(key) == before
    refusals = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert any("ne peut pas être vide" in words for words in refusals)
    screen.refresh()
    assert field.text() == before


@pytest.mark.parametrize(("key", "value"), [("mask_below", "0"), ("theme", "dark")])
def test_what_the_disk_refuses_is_said_and_the_former_value_shown(
    screen: SettingsScreen, settings: Settings, key: str, value: str
) -> None:
    screen.tabs.set_current("new" if key == "mask_below" else "computer")
    settings.path = settings.path / "beneath a file" / "settings.json"
    before = settings.value(key)
    field = screen.fields[key]
    if isinstance(field, NumberField):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, value)
        QTest.keyClick(field, Qt.Key.Key_Return)
    else:
        screen.store(key, value)
    said = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert any("n’a pas pu être enregistré" in words for words in said)
    assert isinstance(field, (NumberField, Choice))
    assert settings.value(key) == field.value() == before
    screen.flush()
    assert settings.value(key) == before


def test_a_theme_is_chosen_from_its_list(screen: SettingsScreen, settings: Settings) -> None:
    field = screen.fields["theme"]
    assert isinstance(field, Choice)
    assert [field.itemText(row) for row in range(3)] == ["Système", "Clair", "Sombre"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    field.set_value("dark")
    field.committed.emit()
    assert settings.text("theme") == "dark"


def test_the_welcome_lists_the_recent_notebooks(
    window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    there, gone = tmp_path / "val-doise.carnet", tmp_path / "absent.carnet"
    there.write_bytes(b"")
    welcome = WelcomeScreen()
    QVBoxLayout(window).addWidget(welcome)
    welcome.set_recent((str(there), str(gone)))
    window.show()
    buttons = {button.accessibleName(): button for button in welcome.findChildren(QPushButton)}
    assert not buttons["absent"].isEnabled()
    with qtbot.waitSignal(welcome.chosen, check_params_cb=lambda path: path == there):
        buttons["val-doise"].click()
    with qtbot.waitSignal(welcome.forgotten, check_params_cb=lambda path: path == str(gone)):
        buttons["Retirer absent de la liste"].click()
    welcome.set_recent(())
    assert not welcome._recent.isVisible()


def test_the_welcome_says_what_went_wrong(window: QWidget) -> None:
    welcome = WelcomeScreen()
    QVBoxLayout(window).addWidget(welcome)
    window.show()
    welcome.show_error("Ce fichier n’est pas un carnet.")
    assert welcome._error.isVisible()
    welcome.show_error("")
    assert not welcome._error.isVisible()
