"""What is typed or pasted wrong, in the real window: a sentence, and nothing is lost."""

import datetime as dt
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from conftest import Read, Start
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.french import typeset
from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.views.navigation import Place
from desktop_app.views.screens.experiment.screen import ExperimentScreen
from desktop_app.views.screens.visit.screen import VisitScreen
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, Stuck, name_of, wait_until

TRAP = '<b>gras</b> & <img src="x">'
FORMULA = '=HYPERLINK("http://exemple.fr")'


def settled(person: Person, page: VisitScreen) -> VisitRow:
    """The visit as the notebook has it once all that can be saved is."""
    wait_until(lambda: not page.work.queue.unsaved, "what was typed to be tried")
    person.settle()
    services = person.window.services
    assert services is not None
    return services.visits.get(page.work.visit.id)


def refused(page: VisitScreen) -> bool:
    """Whether the page says that something on screen is not saved."""
    return page.work.queue.refused(page.work.visit.id)


def paste(person: Person, words: str) -> None:
    """Over all that the focused field holds."""
    QApplication.clipboard().setText(words)
    person.press("Ctrl+A")
    person.press("Ctrl+V")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("Date", "01/01/1900", "hors des années 2000 à 2099"),
        ("Date", "31/12/2100", "hors des années 2000 à 2099"),
        ("Date", "29/02/2021", "n’est pas une date"),
        ("De", "25:00", "n’est pas une heure"),
        ("Effectif", "-3", "n’est pas un effectif"),
        ("Effectif", "2,5", "n’est pas un effectif"),
        ("Effectif", "1e9", "n’est pas un effectif"),
        ("Effectif", "9999999999999", "trop grand"),
    ],
)
def test_an_impossible_field_is_said_and_stays_on_screen(
    start: Start, demonstration: Path, field: str, typed: str, sentence: str
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Champs faux")
        before = settled(person, page)
        person.fill(field, typed)
        person.press("Tab")
        assert settled(person, page) == before
        person.see(sentence)
        person.see(typed)
        assert refused(page)


def test_the_end_before_the_start_is_said(start: Start, demonstration: Path) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "À l’envers")
        person.fill("De", "14:00")
        person.fill("À", "13:00")
        person.press("Return")
        kept = settled(person, page)
        assert (kept.start_time, kept.end_time) == (dt.time(14), None)
        person.see("est avant l’heure de début")
        assert refused(page)
        person.press("Tab")
        person.press("Shift+Tab")
        assert name_of(person.focus) == "À"
        person.replace("13:30")  # typed in full view, under no sentence
        person.press("Ctrl+A")
        person.press("Delete")
        settled(person, page)


@pytest.mark.parametrize("words", ["é" * 100_000, "😀" * 100_000, "mot " * 24_999 + "fin."])
def test_a_hundred_thousand_characters_are_kept(
    start: Start, demonstration: Path, words: str
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Long texte")
        person.tab_to("Notes libres")
        paste(person, words)
        assert settled(person, page).notes == words
        assert not refused(page)


def test_one_more_is_refused_and_stays_on_screen(start: Start, demonstration: Path) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Trop long")
        person.tab_to("Notes libres")
        paste(person, "gardé")
        settled(person, page)
        paste(person, "é" * 100_001)
        person.press("Tab")
        assert settled(person, page).notes == "gardé"
        assert refused(page)
        area = page.entry.notes.notes.area
        assert len(area.toPlainText()) == 100_001
        area.setFocus()
        paste(person, "raccourci")
        assert settled(person, page).notes == "raccourci"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\x00b\x07\x1b[31mc\x7f\x9b", "ab[31mc"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("👩\u200d👧 🇫🇷", "👩\u200d👧 🇫🇷"),
        ("a\ud800b", "ab"),
        ("un\u2028deux", "un\ndeux"),
        (FORMULA, FORMULA),
        (TRAP, TRAP),
    ],
)
def test_strange_characters_are_cleaned_or_kept(
    start: Start, demonstration: Path, pasted: str, kept: str
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Caractères")
        person.tab_to("Notes libres")
        page.entry.notes.notes.area.insertPlainText(pasted)  # no clipboard carries them all
        assert settled(person, page).notes == kept


def test_what_looks_like_code_is_text_in_every_document(
    start: Start, read: Read, demonstration: Path, tmp_path: Path
) -> None:
    from desktop_app.exports.excel.workbook import write_workbook
    from desktop_app.exports.pdf.visit import write_visit

    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", FORMULA)
        person.tab_to("Notes libres")
        paste(person, f"{FORMULA} {TRAP}")
        visit = settled(person, page)
        journeys.add_finding(person, FORMULA, "Élèves")
        journeys.validate(person)
    with read(demonstration) as services:
        document = services.documents.workbook_document()
        list(write_workbook(document, services.documents, tmp_path / "c.xlsx"))
        list(write_visit(services.documents.visit_document(visit.id), tmp_path / "v.pdf"))
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    written = [cell for cell in cells if FORMULA in str(cell.value)]
    assert written
    assert {cell.data_type for cell in written} == {"s"}
    with pypdfium2.PdfDocument(tmp_path / "v.pdf") as pdf:
        pages = "".join(one.get_textpage().get_text_bounded() for one in pdf)
    assert "<b>gras</b> &" in " ".join(pages.split())


def test_an_indicator_deleted_meanwhile_is_said_and_leaving_asks(
    start: Start, demonstration: Path
) -> None:
    with (  # noqa: PT012  (asked on leaving)
        pytest.raises(Stuck, match="n’a pas pu être enregistrée"),
        start(demonstration) as person,
    ):
        page = journeys.create_visit(person, "Jexplore", "Indicateur parti")
        services = person.window.services
        assert services is not None
        line = services.measures.lines(page.work.visit.id)[0]
        person.replace("54")
        services.framework.delete_indicator(line.indicator_id)
        settled(person, page)
        person.see("n’est plus dans le cadre d’évaluation")
        person.see("54")
        assert refused(page)


def test_a_visit_deleted_meanwhile_keeps_the_words_and_leaving_asks(
    start: Start, demonstration: Path
) -> None:
    with (  # noqa: PT012  (asked on leaving)
        pytest.raises(Stuck, match="n’a pas pu être enregistrée"),
        start(demonstration) as person,
    ):
        page = journeys.create_visit(person, "Jexplore", "Visite partie")
        services = person.window.services
        assert services is not None
        person.tab_to("Notes libres")
        person.type("des mots")
        services.visits.delete(page.work.visit.id)
        wait_until(lambda: refused(page), "the refusal")
        person.settle()
        person.see("n’existe plus dans le carnet")
        person.see("des mots")


def fiche(person: Person, code: str) -> QWidget:
    """The form of an indicator, by its experiment's framework."""
    services = person.window.services
    assert services is not None
    experiments = {row.code: row.id for row in services.experiments.list()}
    person.window.go(Place("experiment", experiments["JEX"], "framework"))
    person.arrive("experiment")
    page = person.window.screens["experiment"]
    assert isinstance(page, ExperimentScreen)
    indicators = [
        i for o in services.framework.objectives(experiments["JEX"]) for i in o.indicators
    ]
    wanted = next(row.id for row in indicators if row.code == code)
    page.framework.table.setFocus()
    page.framework.table.select(page.framework.model.position(wanted))
    person.press("F2")
    dialog = person.await_dialog(f"Fiche indicateur {code}")
    person.settle()
    return dialog


def test_a_sum_from_elsewhere_is_refused_and_a_moved_target_asks_why(
    start: Start, read: Read, demonstration: Path
) -> None:
    with start(demonstration) as person:
        dialog = fiche(person, "JEX1")
        person.fill("Référence T0", "5")
        person.see("La référence T0 change")
        person.press("Ctrl+Return")
        person.see("Dites en une phrase pourquoi ce changement.")
        assert name_of(person.focus) == "Motif du changement"
        person.type("convention amendée")
        person.press("Ctrl+Return")
        person.see("Un cumul part de 0. Pour un stock, choisissez")
        person.fill("Référence T0", "0")
        person.fill("Cible", "2")
        person.see("La cible change")
        person.press("Ctrl+Return")
        person.dialog_closed(dialog)
    with read(demonstration) as services:
        (row,) = [
            row
            for experiment in services.experiments.list()
            for objective in services.framework.objectives(experiment.id)
            for row in objective.indicators
            if row.code == "JEX1"
        ]
        assert (row.target_value, row.change_reason) == (2.0, "convention amendée")


def test_a_renamed_public_keeps_its_measures_and_a_removed_one_says_what_leaves(
    start: Start, demonstration: Path
) -> None:
    with start(demonstration) as person:
        dialog = fiche(person, "JEX1")
        person.tab_to("Nom du public")
        person.replace("Classes de quatrième")
        person.see(typeset("« Quatrième » devient « Classes de quatrième »"))
        person.press("Tab")
        person.press("Alt+Delete")
        person.see("la ventilation et restent dans les totaux")
        person.see("Les mesures déjà prises restent dans la même série")
        person.fill("Motif du changement", "relu avec les collèges")
        person.press("Ctrl+Return")
        person.dialog_closed(dialog)
        services = person.window.services
        assert services is not None
        page = journeys.create_visit(person, "Jexplore", "Après")
        lines = services.measures.lines(page.work.visit.id)[:3]
        assert [(line.category, line.part) for line in lines[:2]] == [
            ("", ""),
            ("Quatrième", "Classes de quatrième"),
        ]
        assert lines[2].indicator_code != "JEX1"


def test_parts_over_their_total_and_a_missing_n_are_said_and_kept(
    start: Start, demonstration: Path
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Parties")
        person.replace("10")
        page.entry.measures.rows[0].fold.click()
        journeys.measures_rest(page)
        person.fill("JEX1 Collégiens touchés Quatrième, aujourd’hui", "8")
        person.fill("JEX1 Collégiens touchés Troisième, aujourd’hui", "5")
        person.see("Les parties font 13, le total 10.")
        person.fill("JEX5", "46")
        person.press("Return")
        person.see("n manque")
        settled(person, page)
        assert not refused(page)
        services = person.window.services
        assert services is not None
        values = [line.value for line in services.measures.lines(page.work.visit.id)[:3]]
        assert values == [10, 8, 5]


@pytest.mark.parametrize(
    "search", ["\x00", "a\ud800", '" OR *', "(((", "NEAR(a b)", "AND AND", "col:x", "*" * 5000]
)
@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+2"])
def test_nothing_searched_breaks_the_search(
    start: Start, demonstration: Path, keys: str, search: str
) -> None:
    with start(demonstration) as person:
        person.press(keys)
        if keys == "Ctrl+2":
            person.arrive("visits")
            person.press("Ctrl+F")
        else:
            person.await_dialog("Rechercher")
        field = person.focus
        assert isinstance(field, QLineEdit)
        field.insert(search)
        person.settle()
        person.type(" x")
        person.settle()
