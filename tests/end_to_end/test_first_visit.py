"""From an empty notebook to a first visit, through the forms a new user meets."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from desktop_app.services.visits.visit_rows import VisitFilter
from desktop_app.services.vocabulary import ValueType, VisitState
from desktop_app.views.screens.experiment.screen import ExperimentScreen
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, Read, Start, visible_text

TITLE = "Essai du Val d’Oise"
SITE = "EHPAD Les Tilleuls"


def new_notebook(person: Person) -> None:
    person.click("Nouveau carnet")
    dialog = person.await_dialog("Nouveau carnet")
    person.type(TITLE)
    person.press("Return")
    person.dialog_closed(dialog)
    person.arrive("home")


def submitted(person: Person, title: str, fields: dict[str, str], lists: dict[str, str]) -> None:
    """Fills the form in front, Tab by Tab, and saves it."""
    dialog = person.await_dialog(title)
    for name, words in fields.items():
        person.fill(name, words)
    for name, words in lists.items():
        person.choose(name, words)
    person.press("Ctrl+Return")
    person.dialog_closed(dialog)


def describe_programme(person: Person) -> None:
    person.click("Décrire le programme")
    submitted(
        person,
        "Le programme et sa promotion",
        {
            "Nom du programme": "Entreprises sociales en Val d’Oise",
            "Budget annuel": "49 000",
            "Début": "1/1/2020",
            "Fin": "31/12/2026",
            "Intitulé": "Promotion 2021",
        },
        {},
    )


def describe_experiment(person: Person) -> None:
    person.click("Créer une expérimentation")
    submitted(
        person,
        "Nouvelle expérimentation",
        {
            "Code": "ARB",
            "Titre": "Libertés des résidents d’EHPAD",
            "Nom de l’entreprise": "Arbitryum",
            "Début": "1/3/2021",
            "Fin": "30/11/2030",
        },
        {},
    )
    person.arrive("experiment")


def describe_framework(person: Person) -> None:
    """An objective, then its indicator, on the tab shown after the experiment's form."""
    person.click("Ajouter un objectif")
    submitted(
        person,
        "Nouvel objectif",
        {"Objectif": "Que chaque résident choisisse l’heure de son lever"},
        {"Niveau": "Résultat"},
    )
    person.see("Que chaque résident choisisse", framework(person))
    person.press("Ins")
    submitted(
        person,
        "Nouvel indicateur",
        {
            "Intitulé": "Résidents qui choisissent leurs horaires",
            "Unité": "% des résidents",
            "Référence T0": "40",
            "mesurée le": "1/3/2021",
            "Cible": "65",
            "à atteindre le": "30/11/2030",
        },
        {"Type de valeur": "Pourcentage"},
    )


def framework(person: Person) -> ExperimentScreen:
    page = person.window.screens["experiment"]
    assert isinstance(page, ExperimentScreen)
    return page


def add_site(person: Person) -> None:
    person.press("Ctrl+1")
    person.arrive("home")
    person.click("Ajouter un site")
    submitted(person, "Nouveau site", {"Nom": SITE, "Commune": "Pontoise"}, {"Type": "EHPAD"})


def test_from_an_empty_notebook_to_a_first_visit(start: Start, read: Read, tmp_path: Path) -> None:
    with start() as person:
        new_notebook(person)
        person.see("Trois étapes avant la première visite")
        describe_programme(person)
        describe_experiment(person)
        describe_framework(person)
        add_site(person)
        page = journeys.create_visit(person, "Arbitryum", "Première visite")
        journeys.measure(person, (journeys.Measured("52,5", "40"),))
        journeys.add_finding(person, "Les levers sont choisis à l’étage.", "Résidents")
        journeys.validate(person)
        reference = page.work.visit.reference
        journeys.show_results(person, "Arbitryum")
        assert "52,5" in shown_results(person)
        path = person.window.notebooks.path

    assert path == tmp_path / f"{TITLE}.carnet"
    with read(path) as services:
        (experiment,) = services.experiments.list()
        assert (experiment.code, experiment.enterprise.name) == ("ARB", "Arbitryum")
        assert experiment.cohort.label == "Promotion 2021"
        (objective,) = services.framework.objectives(experiment.id)
        (indicator,) = objective.indicators
        assert indicator.value_type is ValueType.PERCENTAGE
        assert (indicator.baseline_value, indicator.target_value) == (40.0, 65.0)
        (visit,) = services.visits.page(VisitFilter()).rows
        assert (visit.reference, visit.state) == (reference, VisitState.VALIDATED)
        assert visit.site_name == SITE
        (line,) = services.measures.lines(visit.id)
        assert (line.value, line.n) == (52.5, 40)


def shown_results(person: Person) -> str:
    """The texts of the results tab, tables included."""
    page = framework(person)
    model = page.results.table.model()
    cells = [
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    return "\n".join([visible_text(page), *cells])


def test_each_empty_screen_says_what_to_do(start: Start) -> None:
    with start() as person:
        new_notebook(person)
        for keys, screen, words in (
            ("Ctrl+2", "visits", "Aucune visite"),
            ("Ctrl+3", "experiments", "Aucune expérimentation"),
            ("Ctrl+4", "sites", "Aucun site"),
            ("Ctrl+5", "actions", "Aucune action"),
        ):
            person.press(keys)
            person.arrive(screen)
            assert words in visible_text(person.window.screens[screen])
        person.press("Ctrl+N")
        dialog = person.await_dialog("Nouvelle visite")
        person.see("Créez d’abord une expérimentation")
        assert dialog.findChildren(QLabel)
        person.press("Escape")
        person.dialog_closed(dialog)
