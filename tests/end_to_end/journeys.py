"""What people come to the program for, done by keyboard: shared by the flows and the tour."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.services.vocabulary import VisitState
from desktop_app.views.screens.documents.screen import DocumentsScreen
from desktop_app.views.screens.experiment.screen import ExperimentScreen
from desktop_app.views.screens.visit.screen import VisitScreen
from desktop_app.views.screens.visits.screen import VisitsScreen
from tests.end_to_end.driver import Person, name_of, turn, wait_until

NOT_OBSERVED = "Alt+N"
"""Stands for a value: the key is pressed instead."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is typed in one line: its value (or NOT_OBSERVED), its n."""

    value: str
    n: str = ""


PURPOSE = "Point d’étape : séance du matin"
MEASURES = (
    Measured("54"),
    Measured("8,4", "24"),
    Measured("46.5", "24"),
    Measured(NOT_OBSERVED),
    Measured("8.4", "24"),
    Measured(""),  # an answer in words
    Measured(""),
    Measured(""),
    Measured("3,2", "5"),
    Measured("o"),
)
"""A visit to a collège for Jexplore, line by line; « » leaves a line as it is."""
FINDING = "Je croyais que plombier, c’était pas pour moi ; maintenant j’ai envie d’essayer."
ACTION = "Prêter deux casques de plus à la classe de quatrième B"


def open_demonstration(person: Person) -> None:
    """From the welcome, by keyboard."""
    person.tab_to("Voir la démonstration")
    person.press("Space")
    person.arrive("home")


def create_visit(person: Person, experiment: str, purpose: str) -> VisitScreen:
    """Ctrl+N, then the entry tab with its first measure focused."""
    person.press("Ctrl+N")
    dialog = person.await_dialog("Nouvelle visite")
    person.choose("Expérimentation", experiment)
    person.fill("Objet", purpose)
    person.press("Ctrl+Return")
    person.dialog_closed(dialog)
    person.arrive("visit")
    page = visit_page(person)
    measures_rest(page)
    person.settle()
    return page


def measures_rest(page: VisitScreen) -> None:
    """Until the last row of the measures is laid out."""
    wait_until(lambda: page.entry.measures.complete, "the measures to be there")
    turn(50)


def visit_page(person: Person) -> VisitScreen:
    page = person.window.screens["visit"]
    assert isinstance(page, VisitScreen)
    return page


def measure(person: Person, lines: tuple[Measured, ...]) -> None:
    """From the first value on: value, Tab, n, back, Enter; Alt+N for what was not observed."""
    for line in lines:
        here = name_of(person.focus)
        if line.value == NOT_OBSERVED:
            person.press(NOT_OBSERVED)
        elif line.value:
            person.replace(line.value)
        if line.n:
            person.press("Tab")
            person.replace(line.n)
            person.press("Shift+Tab")
        assert name_of(person.focus) == here
        person.press("Return")
    saved(person)


def saved(person: Person) -> None:
    """Waits until all that was typed is in the notebook."""
    queue = visit_page(person).work.queue
    wait_until(lambda: not queue.unsaved, "what was typed to be saved")
    person.settle()


def add_finding(person: Person, words: str, audience: str) -> None:
    """Ctrl+Enter opens it, its words, its polarity, its audience, Ctrl+Enter ends it."""
    before = len(visit_page(person).entry.findings.cards)
    person.press("Ctrl+Return")
    wait_until(lambda: name_of(person.focus) == "Texte du constat", "the finding's editor")
    person.type(words)
    person.choose("Effet", "Effet positif")
    person.choose("Nature", "Propos rapporté")
    person.fill("Public concerné", audience)
    person.press("Ctrl+Return")
    cards = visit_page(person).entry.findings
    wait_until(lambda: len(cards.cards) == before + 1, "the finding's card")
    saved(person)


def add_action(person: Person, what: str, who: str, due: str) -> None:
    """On the Actions tab: Ctrl+Enter, the form, Ctrl+Enter."""
    person.press("Alt+3")
    person.press("Ctrl+Return")
    dialog = person.await_dialog("Nouvelle action")
    person.type(what)
    person.fill("Par qui", who)
    person.fill("Avant le", due)
    person.press("Ctrl+Return")
    person.dialog_closed(dialog)
    person.see(what)


def validate(person: Person) -> None:
    """Ctrl+Shift+Enter; raises AssertionError with what is missing."""
    page = visit_page(person)
    person.press("Ctrl+Shift+Return")
    person.settle()
    assert page.notice.isHidden(), page.notice_text.text()
    wait_until(lambda: page.work.visit.state is VisitState.VALIDATED, "the visit to be validated")


def show_results(person: Person, enterprise: str) -> ExperimentScreen:
    """From the list of experiments, by keyboard, to the results of one."""
    person.press("Ctrl+3")
    person.arrive("experiments")
    person.tab_to(enterprise)
    person.press("Return")
    person.arrive("experiment")
    page = person.window.screens["experiment"]
    assert isinstance(page, ExperimentScreen)
    wait_until(lambda: page.dossier is not None, "the experiment to be read")
    return page


def save_document(person: Person, kind: str, path: Path, experiment: str, visit: str = "") -> None:
    """In Synthèses: chooses a document with the arrows, waits for its preview, saves it."""
    person.press("Ctrl+6")
    person.arrive("documents")
    page = person.window.screens["documents"]
    assert isinstance(page, DocumentsScreen)
    chosen = page.kinds_card.buttons[page.kinds_card.kind]
    person.tab_to(name_of(chosen))
    for key in ("Up", "Up", "Down", "Down"):
        if not name_of(person.focus).startswith(kind):
            person.press(key)
    assert name_of(person.focus).startswith(kind), name_of(person.focus)
    person.choose("Expérimentation", experiment)
    if visit:
        person.settle()
        person.choose("Visite", visit)
    previewed(person)
    with person.answering(path):
        person.press("Ctrl+S")
    person.settle()
    assert page.saved == path, person.window.notify.message


def previewed(person: Person) -> None:
    """Waits for the preview of the present choices."""
    page = choices_rest(person)
    assert page.summary.text(), "no preview"


def choices_rest(person: Person) -> DocumentsScreen:
    """The preview is asked once the choices have rested: waits for that, and for it."""
    page = person.window.screens["documents"]
    assert isinstance(page, DocumentsScreen)
    wait_until(lambda: not page._timer.isActive(), "the choices to rest")
    person.settle()
    return page


def find_visit(person: Person, reference: str) -> None:
    """Ctrl+2, search as one types, Enter on the first."""
    person.press("Ctrl+2")
    person.arrive("visits")
    person.press("Ctrl+F")
    person.type(reference)
    page = person.window.screens["visits"]
    assert isinstance(page, VisitsScreen)
    wait_until(lambda: [row.reference for row in page.model.rows] == [reference], "the visit")
    person.press("Return")
    if person.window.current_screen() is page:
        person.press("Return")
    person.arrive("visit")
