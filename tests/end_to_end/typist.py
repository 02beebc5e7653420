"""Someone typing in a window that will be killed: ``python -m tests.end_to_end.typist NOTEBOOK``.

Says « saved REFERENCE » once the first words are in the notebook, then keeps typing.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.app import dress
from desktop_app.config.settings import Settings
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, program, turn, wait_until

KEPT = "L’équipe de nuit n’a pas encore été formée ; à revoir."
LOST = " Encore un mot."


def type_for_ever(person: Person) -> None:
    page = journeys.create_visit(person, "Jexplore", "Visite interrompue")
    person.type("8")
    person.fill("Notes libres", KEPT)
    wait_until(lambda: not page.work.queue.unsaved, "the words to be saved on their own")
    sys.stdout.write(f"saved {page.work.visit.reference}\n")
    sys.stdout.flush()
    while True:
        person.type(LOST)
        turn(20)


def main(arguments: list[str]) -> None:
    notebook = Path(arguments[0])
    settings = Settings(notebook.with_name("typist.json"))
    app = QApplication(["carnet-impact"])
    dress(app, settings)
    with program(settings, notebook) as person:
        type_for_ever(person)


if __name__ == "__main__":
    main(sys.argv[1:])
