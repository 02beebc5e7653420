"""What the organisation fixed: read in Paramètres, followed everywhere, changed nowhere."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import open_window
from desktop_app.commands.settings import problem
from desktop_app.config.declared import BY_KEY, DECLARED, Kind, Setting
from desktop_app.config.policy import judged
from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.notebook.rules import ChangeRules
from desktop_app.views.dialogs.directory_dialog import DirectoryDialog
from desktop_app.views.dialogs.directory_offer import DirectorateOffer
from desktop_app.views.dialogs.new_notebook import NewNotebookDialog
from desktop_app.views.runtime.proposed_folders import document_folder, look_for_folders
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.screens.documents.screen import DocumentsScreen
from desktop_app.views.screens.settings.fields import describe, fixed
from desktop_app.views.screens.settings.paths import (
    NO_FIXED_FILE,
    NO_FIXED_FOLDER,
    NO_FOLDER,
    lost_paths,
)
from desktop_app.views.screens.settings.screen import SettingsScreen
from desktop_app.views.widgets.fixed import FIXED
from desktop_app.views.widgets.text_area import TextArea

SOURCE = "/etc/xdg/carnet-impact/policy.toml"
EVERYTHING = {
    "theme": "light",
    "text_scale": 100,
    "agent": "Mission innovation",
    "device_label": "poste 7",
    "organisation": "Département du Val d’Oise",
    "logo": "/nulle/part/logo.png",
    "mask_below": 11,
    "directorates": ["AUT — Autonomie", "EFS — Enfance"],
    "min_n_percentage": 20,
    "on_track": 70,
    "watch": 40,
}


@pytest.fixture
def raw(tmp_path: Path) -> dict[str, object]:
    return {
        **EVERYTHING,
        "notebook_folder": str(tmp_path / "fixé" / "carnets"),
        "document_folder": str(tmp_path / "fixé" / "documents"),
    }


@pytest.fixture
def settings(tmp_path: Path, raw: dict[str, object]) -> Settings:
    return Settings(tmp_path / "config" / "settings.json", judged(raw, SOURCE))


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, settle: Callable[[], None]) -> SettingsScreen:
    made = SettingsScreen(context)
    QVBoxLayout(window).addWidget(made)
    made.show_place(Place("settings"))
    window.show()
    settle()
    return made


def read(field: QWidget) -> str:
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    assert field.isReadOnly()
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_every_setting_fixed_is_read_and_not_changed(
    screen: SettingsScreen, settings: Settings, raw: dict[str, object]
) -> None:
    shown = {key: read(field) for key, field in screen.fields.items()}
    lines = raw["directorates"]
    assert isinstance(lines, list)
    assert shown == {
        **{key: str(value) for key, value in raw.items()},
        "theme": "Clair",
        "directorates": "\n".join(lines),
    }
    field = screen.fields["organisation"]
    QTest.keyClicks(field, "autre")
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.flush()
    assert settings.text("organisation") == "Département du Val d’Oise"
    stored = json.loads(settings.path.read_text(encoding="utf-8"))
    assert stored.keys() == {"device_id"}  # of the notebook that the fixtures opened


def test_each_is_reached_by_the_keyboard_and_said_to_be_fixed(screen: SettingsScreen) -> None:
    for key, field in screen.fields.items():
        assert field.isEnabled()
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert field.accessibleName() == BY_KEY[key].label
        assert FIXED in field.accessibleDescription()
        assert BY_KEY[key].help in field.accessibleDescription()
    for tab, rules in (("notebook", 6), ("computer", 6), ("new", 7)):
        screen.tabs.set_current(tab)
        marks = [mark for mark in screen.findChildren(QLabel) if mark.text() == FIXED]
        assert sum(mark.isVisible() for mark in marks) == rules
        buttons = [button for button in screen.findChildren(QPushButton) if button.isVisible()]
        assert buttons == []


def test_a_rule_that_is_fixed_is_read_in_every_notebook(
    screen: SettingsScreen, services: NotebookServices
) -> None:
    assert screen.rules is not None
    shown = {key: read(field) for key, field in screen.rules.fields.items() if key != "logo"}
    assert shown == {
        "organisation": "Département du Val d’Oise",
        "territory": "",  # no programme yet
        "mask_below": "11",
        "min_n_percentage": "20",
        "on_track": "70",
        "watch": "40",
    }
    for key in ("organisation", "mask_below", "min_n_percentage", "on_track", "watch"):
        assert FIXED in screen.rules.fields[key].accessibleDescription()
    field = screen.rules.fields["mask_below"]
    QTest.keyClicks(field, "9")
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.flush()
    with services.notebook.glance() as reader:
        assert reader.scalar("SELECT mask_below FROM notebook") is None
    with pytest.raises(UserError, match="est fixé par votre organisation"):
        services.rules.change(ChangeRules({"mask_below": 9}))


def test_the_keys_select_and_copy_what_is_fixed(screen: SettingsScreen) -> None:
    area = screen.fields["directorates"]
    assert isinstance(area, TextArea)
    area.setFocus()
    QTest.keySequence(area, "Ctrl+A")
    assert area.textCursor().selectedText().startswith("AUT — Autonomie")
    QTest.keyClick(area, Qt.Key.Key_Delete)
    assert area.toPlainText().startswith("AUT — Autonomie")


def test_the_page_counts_what_is_fixed_and_says_what_is_lost(screen: SettingsScreen) -> None:
    screen.tabs.set_current("new")
    texts = [label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen)]
    assert any("13 réglages fixés par votre organisation" in text for text in texts)
    assert NO_FIXED_FILE.format("est introuvable") in texts
    screen.tabs.set_current("notebook")
    texts = [label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen)]
    assert any("/nulle/part/logo.png est introuvable" in text for text in texts)


def test_a_fixed_folder_out_of_reach_is_not_said_to_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    there, lost = tmp_path / "new" / "folder", tmp_path / "file" / "folder"
    raw = {"notebook_folder": str(lost), "document_folder": str(there)}
    settings = Settings(tmp_path / "settings.json", judged(raw, SOURCE))
    lack = f"ne peut pas être créé dans {tmp_path / 'file'}"
    assert lost_paths(settings, raw) == {"notebook_folder": NO_FIXED_FOLDER.format(lack)}
    assert problem(settings, BY_KEY["notebook_folder"]) == f"ce dossier {lack}."
    assert settings.folder("document_folder") == there
    assert there.is_dir()
    free = Settings(tmp_path / "settings.json")
    free.set("notebook_folder", str(lost))
    assert lost_paths(free, raw) == {"notebook_folder": NO_FOLDER.format("est introuvable")}


@pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
@pytest.mark.parametrize(("fixed", "words"), [(True, NO_FIXED_FOLDER), (False, NO_FOLDER)])
def test_a_folder_that_takes_no_file_is_said_as_the_command_does(
    tmp_path: Path,
    open_folder: Path,
    unprivileged: Callable[[], AbstractContextManager[None]],
    fixed: bool,
    words: str,
) -> None:
    raw = {"document_folder": str(open_folder)}
    settings = Settings(tmp_path / "settings.json", judged(raw if fixed else {}, SOURCE))
    if not fixed:
        settings.set("document_folder", str(open_folder))
    open_folder.chmod(0o555)
    with unprivileged():
        told = lost_paths(settings, raw)
        same = problem(settings, BY_KEY["document_folder"])
    assert told == {"document_folder": words.format("n’accepte pas d’écriture")}
    assert same == "ce dossier n’accepte pas d’écriture."


def test_a_flag_is_read_too() -> None:
    setting = Setting("drapeau", Kind.FLAG, default=False, label="Essai", help="Aide.")
    field = fixed(setting, value=True)
    describe(field, setting, is_fixed=True)
    assert read(field) == "Oui"
    assert field.accessibleDescription() == f"{FIXED}, lecture seule. Aide."
    field.deleteLater()


class TestFixedToNone:
    @pytest.fixture
    def raw(self) -> dict[str, object]:
        return {"logo": "", "notebook_folder": "", "directorates": []}

    def test_the_page_says_none(self, screen: SettingsScreen) -> None:
        assert read(screen.fields["logo"]) == read(screen.fields["notebook_folder"]) == "Aucun"
        area = screen.fields["directorates"]
        assert isinstance(area, TextArea)
        assert (area.toPlainText(), area.placeholderText()) == ("", "Aucune")

    def test_a_new_notebook_goes_where_the_person_says(
        self, settings: Settings, qtbot: QtBot
    ) -> None:
        window = open_window(settings)
        with qtbot.waitSignal(window.painted):
            pass
        qtbot.waitUntil(lambda: not window.operations.busy)
        window.notebooks.ask_new()
        dialog = window.findChild(NewNotebookDialog)
        assert dialog is not None
        assert not dialog.folder_field.isReadOnly()
        dialog.reject()
        window.close()
        window.deleteLater()


class TestRefused:
    @pytest.fixture
    def raw(self) -> dict[str, object]:
        return {"mask_below": 99, "inconnu": 1}

    def test_the_setting_is_free_and_the_page_says_why(self, screen: SettingsScreen) -> None:
        field = screen.fields["mask_below"]
        assert isinstance(field, QLineEdit)
        assert not field.isReadOnly()
        texts = [label.text() for label in screen.findChildren(QLabel)]
        assert f"{SOURCE}, «\u00a0mask_below\u00a0»\u00a0: écrivez un nombre de 0 à 50." in texts
        assert any("«\u00a0inconnu\u00a0»" in text for text in texts)


class TestFree:
    @pytest.fixture
    def raw(self) -> dict[str, object]:
        return {}

    def test_lines_are_stored_as_they_were_understood(
        self, screen: SettingsScreen, settings: Settings
    ) -> None:
        area = screen.fields["directorates"]
        assert isinstance(area, TextArea)
        area.setFocus()
        area.setPlainText("AUT - Autonomie\n\nEFS — Enfance")
        area.commit()
        assert settings.items("directorates") == ("AUT — Autonomie", "EFS — Enfance")
        assert area.toPlainText() == "AUT — Autonomie\nEFS — Enfance"

    def test_a_malformed_line_is_named_and_nothing_is_stored(
        self, screen: SettingsScreen, settings: Settings
    ) -> None:
        screen.tabs.set_current("new")
        before = settings.items("directorates")
        area = screen.fields["directorates"]
        assert isinstance(area, TextArea)
        area.setPlainText("AUT — Autonomie\nEnfance")
        area.commit()
        said = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
        assert any("la ligne «\u00a0Enfance\u00a0» doit s’écrire" in text for text in said)
        assert settings.items("directorates") == before

    def test_help_is_still_said_once_a_value_is_shown(self, screen: SettingsScreen) -> None:
        for setting in DECLARED:
            if setting.group:
                field = screen.fields[setting.key]
                assert field.accessibleDescription() == setting.help


def test_the_window_makes_a_notebook_in_the_fixed_folder_with_the_fixed_directions(
    settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(settings)
    with qtbot.waitSignal(window.painted):
        pass
    qtbot.waitUntil(lambda: not window.operations.busy)
    window.notebooks.ask_new()
    dialog = window.findChild(NewNotebookDialog)
    assert dialog is not None
    assert dialog.header_field.isReadOnly()
    assert dialog.header_field.text() == "Département du Val d’Oise"
    assert dialog.folder_field.isReadOnly()
    assert FIXED in dialog.folder_field.accessibleDescription()
    assert "Parcourir…" not in [button.text() for button in dialog.findChildren(QPushButton)]
    dialog.title_field.setText("Été 2021")
    qtbot.waitUntil((tmp_path / "fixé" / "carnets").is_dir)
    with qtbot.waitSignal(window.notebook_changed):
        dialog.create_button.click()
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert (tmp_path / "fixé" / "carnets" / "Été 2021.carnet").is_file()
    assert window.services is not None
    rules = window.services.rules.get()
    assert (rules.heading, rules.mask_below) == ("Département du Val d’Oise", 11)
    with window.services.notebook.glance() as reader:
        kept = reader.rows("SELECT organisation, mask_below, on_track, watch FROM notebook")
    assert kept == [("Département du Val d’Oise", 11, 70, 40)]
    rows = window.services.directory.directorates()
    assert [(row.code, row.name) for row in rows] == [("AUT", "Autonomie"), ("EFS", "Enfance")]
    window.close()
    window.deleteLater()


def test_a_fixed_folder_out_of_reach_is_said(tmp_path: Path, window: QWidget, qtbot: QtBot) -> None:
    dialog = NewNotebookDialog(tmp_path / "absent", window, fixed=True)
    dialog.title_field.setText("Essai")
    dialog.create_button.click()
    assert "fixé par votre organisation ne peut pas être atteint" in dialog.refusal.text()
    dialog.reject()


def test_documents_go_to_the_fixed_folder_first(
    settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.remember("document_choices", {"folder": str(tmp_path)})
    look_for_folders(settings)
    qtbot.waitUntil(lambda: settings.folder("document_folder") is not None)
    assert document_folder(settings) == tmp_path / "fixé" / "documents"
    assert document_folder(settings).is_dir()


def test_what_is_masked_is_not_for_the_person_to_say(
    context: ScreenContext, settings: Settings, window: QWidget, settle: Callable[[], None]
) -> None:
    settings.remember("document_choices", {"kind": "workbook", "mask": False})
    screen = DocumentsScreen(context)
    QVBoxLayout(window).addWidget(screen)
    screen.show_place(Place("documents"))
    window.show()
    settle()
    box = screen.perimeter.mask_box
    assert box.isVisible()
    assert box.isChecked()
    assert not box.isEnabled()
    assert screen.perimeter.mask_mark.isVisible()
    assert screen.perimeter.order().mask
    assert "mask" not in screen.perimeter.remembered()
    screen.dispose()


def test_another_notebook_is_offered_the_missing_directions(
    context: ScreenContext, window: QWidget, settle: Callable[[], None]
) -> None:
    dialog = DirectoryDialog(context, "directorate", window)
    dialog.show()
    settle()
    offer = dialog.findChild(DirectorateOffer)
    assert offer is not None
    assert offer.text() == "Ajouter celles de votre organisation qui manquent\u00a0: AUT, EFS"
    assert dialog.lists["directorate"].list.count() == 0
    offer.click()
    settle()
    assert dialog.lists["directorate"].list.count() == 2
    assert not offer.isVisible()
    assert dialog.notifier.message == "2 directions ajoutées."
    dialog.reject()
