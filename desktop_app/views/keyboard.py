"""What the window can be told to do, with its keys: data.

The menu, the list of shortcuts (F1) and the screens (``Screen.command``) all use this table.
"""

from dataclasses import dataclass

from desktop_app.views.navigation import Place

NOTEBOOK = "Carnet"
WORK = "Travail"
MOVE = "Se déplacer"
PROGRAM = "Programme"


@dataclass(frozen=True, slots=True)
class Command:
    """``needs_notebook`` greys it out while none is open."""

    name: str
    text: str
    keys: str
    group: str
    needs_notebook: bool = False
    in_menu: bool = True


COMMANDS = (
    Command("new_visit", "Nouvelle visite", "Ctrl+N", WORK, needs_notebook=True),
    Command("search", "Rechercher partout…", "Ctrl+K", WORK, needs_notebook=True),
    Command("undo", "Annuler la dernière modification", "Ctrl+Z", WORK, needs_notebook=True),
    Command("new_notebook", "Nouveau carnet…", "Ctrl+Shift+N", NOTEBOOK),
    Command("open_notebook", "Ouvrir un carnet…", "Ctrl+O", NOTEBOOK),
    Command("backup", "Sauvegarder une copie…", "Ctrl+Shift+S", NOTEBOOK, needs_notebook=True),
    Command("restore", "Restaurer une copie…", "Ctrl+Shift+R", NOTEBOOK),
    Command("check", "Vérifier le carnet", "Ctrl+Shift+V", NOTEBOOK, needs_notebook=True),
    Command(
        "figures",
        "Ce que les nouvelles règles ont changé…",
        "Ctrl+Shift+J",
        NOTEBOOK,
        needs_notebook=True,
    ),
    Command("close_notebook", "Fermer le carnet", "Ctrl+W", NOTEBOOK, needs_notebook=True),
    Command("back", "Page précédente", "Alt+Left", MOVE, needs_notebook=True),
    Command("home", "Accueil", "Ctrl+1", MOVE, needs_notebook=True, in_menu=False),
    Command("visits", "Visites", "Ctrl+2", MOVE, needs_notebook=True, in_menu=False),
    Command("experiments", "Expérimentations", "Ctrl+3", MOVE, needs_notebook=True, in_menu=False),
    Command("sites", "Sites", "Ctrl+4", MOVE, needs_notebook=True, in_menu=False),
    Command("actions", "Actions", "Ctrl+5", MOVE, needs_notebook=True, in_menu=False),
    Command("documents", "Synthèses", "Ctrl+6", MOVE, needs_notebook=True, in_menu=False),
    Command("settings", "Paramètres", "Ctrl+7", PROGRAM),
    Command("shortcuts", "Raccourcis clavier", "F1", PROGRAM),
    Command("about", "À propos", "Shift+F1", PROGRAM),
    Command("quit", "Quitter", "Ctrl+Q", PROGRAM),
)

PLACES = {
    "new_visit": Place("visits", tab="new"),
    **{
        name: Place(name)
        for name in ("home", "visits", "experiments", "sites", "actions", "documents", "settings")
    },
}

# Keys that the pages and the widgets bind themselves, for the list of shortcuts.
OTHER_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Partout",
        (
            ("Menu", "Alt+M"),
            ("Onglet suivant, précédent", "Ctrl+PgDown, Ctrl+PgUp"),
            ("Champ suivant, précédent", "Tab, Shift+Tab"),
            ("Appuyer sur le bouton ou ouvrir la ligne choisie", "Return"),
            ("Enregistrer un formulaire", "Ctrl+Return"),
            ("Fermer un dialogue", "Escape"),
            ("Ouvrir une liste de choix, ou le calendrier d’une date", "Alt+Down"),
        ),
    ),
    (
        "Dans la liste des visites",
        (
            ("Chercher dans les visites", "Ctrl+F"),
            ("Effacer les filtres", "Ctrl+Shift+F"),
            ("Ouvrir la visite", "Return"),
            ("Supprimer la visite", "Del"),
        ),
    ),
    (
        "Dans une visite",
        (
            ("Préparation, Saisie, Actions, Pièces jointes, Historique", "Alt+1…5"),
            ("Onglet suivant, précédent", "Ctrl+Tab, Ctrl+Shift+Tab"),
            ("Commencer la saisie ; ajouter un constat, une action", "Ctrl+Return"),
            ("Mesure suivante, dans la même colonne", "Return, Down"),
            ("Mesure précédente", "Up"),
            ("Mesure non observée", "Alt+N"),
            ("Mesure sans objet", "Alt+S"),
            ("Fiabilité d’une mesure", "Alt+F"),
            ("Modifier un constat ou une action", "F2"),
            ("Supprimer un constat, une action, une pièce", "Del"),
            ("Ajouter une photo ou un document", "Ctrl+Shift+A"),
            ("Valider la visite, l’amender, terminer l’amendement", "Ctrl+Shift+Return"),
            ("Voir le compte rendu", "Ctrl+P"),
        ),
    ),
    (
        "Dans les expérimentations et les sites",
        (
            ("Nouvelle expérimentation, nouveau site", "Alt+N"),
            ("Programme et promotions", "Alt+P"),
            ("Modifier l’expérimentation", "Ctrl+E"),
            ("Préparer sa synthèse", "Ctrl+P"),
            ("Voir les mesures derrière un résultat", "Alt+O"),
            ("Ajouter un indicateur, un objectif", "Ins, Shift+Ins"),
            ("Monter, descendre dans le cadre", "Alt+Up, Alt+Down"),
            ("Modifier la ligne choisie", "F2"),
            ("Supprimer la ligne choisie", "Del"),
        ),
    ),
    (
        "Dans les actions",
        (
            ("Nouvelle action", "Alt+N"),
            ("Marquer faite, ou rouvrir", "Space, Ctrl+D"),
            ("Voir la visite", "Ctrl+Return"),
            ("Modifier, supprimer", "F2, Del"),
        ),
    ),
    (
        "Dans les synthèses et les aperçus",
        (
            ("Enregistrer le document", "Ctrl+S"),
            ("Ouvrir le document enregistré (page Synthèses)", "Ctrl+Shift+O"),
            ("Ouvrir le document enregistré (aperçu)", "Ctrl+O"),
            ("Agrandir, réduire, ajuster la page", "Ctrl++, Ctrl+-, Ctrl+0"),
            ("Page suivante, précédente", "PgDown, PgUp"),
        ),
    ),
)
