"""« Ce carnet » in Paramètres: rules changed one by one, taken back, refused, fixed, adopted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_driver import Start, calm, page

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.services.notebook.rules import NO_PROGRAMME, ChangeRules
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.store.device import device_of
from desktop_app.store.notebook import Notebook
from desktop_app.views.dialogs.new_notebook import NewNotebookDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.settings.rules import READ_ONLY, RulesPanel
from desktop_app.views.screens.settings.screen import SettingsScreen
from desktop_app.views.widgets.fields import NumberField, TextLine

Settle = Callable[[], None]


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, settle: Settle) -> SettingsScreen:
    made = SettingsScreen(context)
    QVBoxLayout(window).addWidget(made)
    window.show()
    made.show_place(Place("settings"))
    settle()
    return made


@pytest.fixture
def panel(screen: SettingsScreen) -> RulesPanel:
    assert screen.rules is not None
    return screen.rules


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (300, 100), "#0e5f5f").save(path)
    return path


def type_in(field: QWidget, text: str) -> None:
    assert isinstance(field, TextLine)
    field.setFocus()
    field.setText(text)  # QTest types no accent
    QTest.keyClick(field, Qt.Key.Key_Return)


def seen(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_notebooks_rules_come_first_and_apart(screen: SettingsScreen) -> None:
    tabs = screen.tabs
    assert [tabs.tabText(index) for index in range(tabs.count())] == [
        "Ce carnet",
        "Ce poste",
        "Nouveaux carnets",
    ]
    assert tabs.current == "notebook"
    assert not screen.fields["theme"].isVisible()
    tabs.set_current("computer")
    assert screen.fields["theme"].isVisible()
    assert not screen.fields["mask_below"].isVisible()
    tabs.set_current("new")
    assert screen.fields["mask_below"].isVisible()


def test_without_a_notebook_only_the_computers_are_shown(
    context: ScreenContext, window: QWidget, settle: Settle
) -> None:
    empty = ScreenContext(None, context.operations, context.settings, context.go, context.notify)  # type: ignore[arg-type]
    made = SettingsScreen(empty)
    QVBoxLayout(window).addWidget(made)
    made.show_place(Place("settings", tab="notebook"))
    window.show()
    settle()
    assert made.rules is None
    assert made.tabs.current == "computer"
    assert made.fields["agent"].isVisible()


def test_a_rule_is_journalled_told_and_taken_back(
    panel: RulesPanel, services: NotebookServices, context: ScreenContext, settle: Settle
) -> None:
    type_in(panel.fields["mask_below"], "7")
    settle()
    assert services.rules.get().mask_below == 7
    assert context.notify.message == "Masquer les effectifs inférieurs à\u00a0: 7 personnes"
    assert [line.entry.title for line in panel.trail.lines] == [
        "Règles du carnet modifiées",
        "Carnet ajouté",
    ]
    changes = {c.field: c.new for c in panel.trail.lines[0].entry.changes}
    assert changes["Masquer les effectifs inférieurs à"].startswith("7")
    assert panel.trail.lines[1].undo.isHidden()
    panel.trail.lines[0].undo.click()
    settle()
    assert services.rules.get().mask_below == 5
    field = panel.fields["mask_below"]
    assert isinstance(field, NumberField)
    assert field.value() == 5


def test_the_same_value_again_writes_nothing(
    panel: RulesPanel, services: NotebookServices, settle: Settle
) -> None:
    panel.store("mask_below", 5)
    settle()
    assert len(services.history.of_record("notebook", services.rules.get().notebook_id)) == 1


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("on_track", "40", "écrivez plus que 50, la valeur de"),
        ("watch", "80", "écrivez moins que 80, la valeur de"),
        ("mask_below", "51", "La valeur doit être entre 0 et 50"),
        ("mask_below", "beaucoup", "nombre"),
    ],
)
def test_a_refusal_stands_beside_its_field(
    panel: RulesPanel, services: NotebookServices, settle: Settle, key: str, typed: str, words: str
) -> None:
    before = services.rules.get()
    type_in(panel.fields[key], typed)
    settle()
    assert any(words in said for said in seen(panel))
    assert services.rules.get() == before
    good = {"on_track": "90", "watch": "10", "mask_below": "6"}[key]
    type_in(panel.fields[key], good)
    settle()
    assert not any(words in said for said in seen(panel))
    assert getattr(services.rules.get(), key) == int(good)


def test_it_says_what_heads_the_documents(
    screen: SettingsScreen, panel: RulesPanel, services: NotebookServices, settle: Settle
) -> None:
    header, territory = panel.fields["organisation"], panel.fields["territory"]
    assert isinstance(header, TextLine)
    assert isinstance(territory, TextLine)
    assert header.placeholderText() == "Carnet d’essai"
    assert NO_PROGRAMME in seen(panel)
    assert territory.isReadOnly()
    services.directory.save_programme(SaveRecord(None, {"name": "P", "territory": "Isère (38)"}))
    screen.refresh()
    settle()
    assert territory.text() == header.placeholderText() == "Isère (38)"
    assert any("portent le territoire, «\u00a0Isère (38)\u00a0»" in said for said in seen(panel))
    type_in(territory, "Isère")
    settle()
    assert services.rules.get().heading == "Isère"
    type_in(header, "Département de l’Isère")
    settle()
    assert services.rules.get().heading == "Département de l’Isère"
    header.setFocus()
    header.clear()
    QTest.keyClick(header, Qt.Key.Key_Return)
    settle()
    assert services.rules.get().heading == "Isère"


def test_leaving_the_page_stores_what_was_typed(
    screen: SettingsScreen, panel: RulesPanel, services: NotebookServices, settle: Settle
) -> None:
    field = panel.fields["organisation"]
    assert isinstance(field, TextLine)
    field.setFocus()
    field.setText("Métropole")
    screen.flush()
    settle()
    assert services.rules.get().organisation == "Métropole"


def test_a_logo_is_seen_changed_and_removed(
    panel: RulesPanel, services: NotebookServices, settle: Settle, logo: Path, tmp_path: Path
) -> None:
    field = panel.logo
    assert field.picture.empty
    assert not field.remove.isVisible()
    field.choose.click()
    dialog = panel.window().findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(logo))
    dialog.reject()
    settle()
    assert not field.picture.empty
    assert field.picture.isVisible()
    assert "Gardé dans le carnet." in seen(panel)
    assert services.documents.workbook_document().header.logo
    panel.set_logo(tmp_path / "absent.png")
    settle()
    assert any("absent.png" in said and "est introuvable" in said for said in seen(panel))
    field.remove.click()
    settle()
    assert field.picture.empty
    assert services.documents.workbook_document().header.logo == b""


def test_what_is_typed_survives_what_someone_else_changes(
    screen: SettingsScreen, panel: RulesPanel, services: NotebookServices, settle: Settle
) -> None:
    field = panel.fields["organisation"]
    assert isinstance(field, TextLine)
    field.setFocus()
    field.setText("Métro")
    change = ChangeRules({"mask_below": 9})
    screen.context.operations.run(lambda: services.rules.change(change))
    settle()
    assert field.text() == "Métro"
    assert panel.fields["mask_below"].text() == "9"  # type: ignore[attr-defined]


def test_a_notebook_that_is_only_read_says_so(
    tmp_path: Path,
    settings: Settings,
    context: ScreenContext,
    window: QWidget,
    settle: Settle,
    demo: Path,
) -> None:
    with Notebook.open(demo, device_of(settings), read_only=True) as notebook:
        reader = ScreenContext(
            build_services(notebook, settings),
            context.operations,
            settings,
            context.go,
            context.notify,
        )
        made = SettingsScreen(reader)
        QVBoxLayout(window).addWidget(made)
        made.show_place(Place("settings"))
        window.show()
        settle()
        assert made.rules is not None
        assert READ_ONLY in seen(made)
        for key, field in made.rules.fields.items():
            assert key == "logo" or field.isReadOnly()  # type: ignore[attr-defined]
        assert not made.rules.logo.choose.isVisible()
        assert all(line.undo.isHidden() for line in made.rules.trail.lines)
        made.dispose()


def as_of_0_2(path: Path) -> None:
    """Nobody decided any rule in it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE notebook SET on_track = NULL, watch = NULL, min_n_percentage = NULL, "
            "mask_below = NULL, organisation = NULL, logo_sha256 = NULL"
        )


def test_the_window_adopts_the_rules_of_an_older_notebook_once(
    start: Start, demo: Path, settings: Settings, qtbot: QtBot
) -> None:
    as_of_0_2(demo)
    settings.set("mask_below", 9)
    window = start(demo)
    calm(qtbot, window)
    assert window.services is not None
    assert not window.services.rules.undecided()
    rules = window.services.rules.get()
    assert (rules.mask_below, rules.heading) == (9, "Val d’Oise (95)")
    with window.services.notebook.glance() as reader:
        entries = reader.scalar("SELECT count(*) FROM journal WHERE entity = 'notebook'")
    assert entries == 2
    assert window.operations.take_undoable() == "", "Ctrl+Z does not take it for a typing"
    settings.set("mask_below", 3)
    window.notebooks.open(demo)
    calm(qtbot, window)
    assert window.services.rules.get().mask_below == 9
    with window.services.notebook.glance() as reader:
        assert reader.scalar("SELECT count(*) FROM journal WHERE entity = 'notebook'") == 2


def test_a_new_notebook_asks_what_heads_its_documents(
    start: Start, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.set("mask_below", 8)
    settings.set("organisation", "Département de l’Essai")
    window = start()
    window.notebooks.ask_new()
    dialog = window.findChild(NewNotebookDialog)
    assert dialog is not None
    assert dialog.header_field.text() == "Département de l’Essai"
    dialog.title_field.setText("Isère 2021")
    dialog.header_field.setText("Département de l’Isère")
    with qtbot.waitSignal(window.notebook_changed):
        dialog.create_button.click()
    calm(qtbot, window)
    assert window.services is not None
    rules = window.services.rules.get()
    assert (rules.heading, rules.mask_below) == ("Département de l’Isère", 8)
    window.go(Place("settings"))
    calm(qtbot, window)
    screen = page(window)
    assert isinstance(screen, SettingsScreen)
    assert screen.rules is not None
    assert screen.rules.fields["organisation"].text() == "Département de l’Isère"  # type: ignore[attr-defined]
