"""Harm done to the notebook's file and to the settings, in front of the real window."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Read, Start
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from desktop_app.config.settings import Settings
from desktop_app.services.visits.visit_rows import EditVisit, VisitFilter
from desktop_app.views.navigation import Place
from desktop_app.views.screens.welcome.screen import WelcomeScreen
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, wait_until

TRAP = '<b>gras</b> & <img src="x">'


def error(person: Person) -> str:
    page = person.window.pages.currentWidget()
    assert isinstance(page, WelcomeScreen)
    return page.error


def test_a_notebook_from_a_newer_version_names_it(start: Start, demonstration: Path) -> None:
    with closing(sqlite3.connect(demonstration)) as connection:
        connection.execute("PRAGMA user_version = 7")
    before = demonstration.read_bytes()
    with start(demonstration) as person:
        assert "qui lit le format 7" in error(person)
    assert demonstration.read_bytes() == before


def test_a_full_disk_keeps_the_words_until_there_is_room(
    start: Start, read: Read, demonstration: Path
) -> None:
    words = "Ce qui a été vu ce matin. " * 3000
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Disque plein")
        person.tab_to("Notes libres")
        assert person.window.services is not None
        notebook = person.window.services.notebook
        with notebook.write() as uow:  # SQLite then answers « disk full »
            uow.session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        page.entry.notes.notes.area.insertPlainText(words)
        person.see("Le disque est plein")
        person.settle()
        assert page.entry.notes.notes.area.toPlainText() == words
        with notebook.write() as uow:
            uow.session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        person.type("Fin.")
        journeys.saved(person)
        visit = page.work.visit.id
    with read(demonstration) as services:
        assert services.visits.get(visit).notes.endswith("matin. Fin.")


def test_a_notebook_renamed_while_open_is_said_then_saved_once_back(
    start: Start, read: Read, demonstration: Path
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Fichier parti")
        person.tab_to("Notes libres")
        elsewhere = demonstration.rename(demonstration.with_name("ailleurs.carnet"))
        person.type("Des mots")
        person.see("n’est plus à sa place")
        person.settle()
        elsewhere.rename(demonstration)
        person.type(" gardés")
        journeys.saved(person)
        visit = page.work.visit.id
    with read(demonstration) as services:
        assert services.visits.get(visit).notes == "Des mots gardés"


def test_a_notebook_deleted_while_open_can_be_saved_elsewhere(
    start: Start, read: Read, demonstration: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "sauvée.carnet"
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Fichier supprimé")
        person.tab_to("Notes libres")
        person.type("Avant")
        journeys.saved(person)
        visit = page.work.visit.id
        demonstration.unlink()
        person.window.notebooks.backup(copy)
        wait_until(copy.exists, "the copy")
        person.settle()
    with read(copy) as services:
        assert services.visits.get(visit).notes == "Avant"


def test_a_file_damaged_while_open_is_said_by_every_screen(
    start: Start, demonstration: Path
) -> None:
    with start(demonstration) as person:
        size = demonstration.stat().st_size
        with demonstration.open("r+b") as file:
            for page in range(1, size // 4096):
                file.seek(page * 4096)
                file.write(b"\xff" * 8)
        person.press("Ctrl+2")
        person.settle()
        assert "endommagé" in person.window.notify.message
        assert person.window.services is not None
        assert not person.window.doors.check(person.window.services).ok


def test_without_rights_on_its_settings_the_program_works(
    start: Start, read: Read, demonstration: Path, tmp_path: Path
) -> None:
    """A file stands where the folder should be: nobody, root included, can write there."""
    (tmp_path / "protégé").touch()
    deaf = Settings(tmp_path / "protégé" / "settings.json")
    with start(demonstration, deaf) as person:
        person.see("Bonjour")
        page = journeys.create_visit(person, "Jexplore", "Sans réglages")
        person.fill("Notes libres", "Gardé")
        journeys.saved(person)
        visit = page.work.visit.id
    with read(demonstration) as services:
        assert services.visits.get(visit).notes == "Gardé"


@pytest.mark.parametrize("screen", ["home", "visits", "sites", "visit", "actions"])
def test_what_people_wrote_is_never_taken_for_html(
    start: Start, demonstration: Path, screen: str
) -> None:
    with start(demonstration) as person:
        services = person.window.services
        assert services is not None
        visit = services.visits.page(VisitFilter()).rows[0]
        services.visits.edit(
            EditVisit(visit.id, dict.fromkeys(("purpose", "participants", "notes"), TRAP))
        )
        with services.notebook.write() as uow:
            uow.session.connection().exec_driver_sql("UPDATE site SET name = ? || name", (TRAP,))
        person.window.settings.set("agent", TRAP)
        person.window.show_identity()
        person.window.go(Place(screen, visit.id if screen == "visit" else None))
        person.arrive(screen)
        person.see(TRAP)
        assert [words for words in rich_texts(person.window) if "gras" in words] == []


def rich_texts(root: QWidget) -> list[str]:
    """All that Qt would read as HTML: labels that are not plain text, tool tips with a tag."""
    found = []
    for widget in root.findChildren(QWidget):
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            found += [widget.text()]
        tips = [widget.toolTip()]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            tips += item_tips(widget.model())
        found += [tip for tip in tips if re.search(r"<(b|img)\b", tip)]
    return found


def item_tips(model: QAbstractItemModel) -> list[str]:
    cells = [
        model.index(row, column, QModelIndex())
        for row in range(min(model.rowCount(), 20))
        for column in range(model.columnCount())
    ]
    return [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells]
