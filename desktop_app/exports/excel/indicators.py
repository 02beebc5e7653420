"""« Indicateurs »: everything that is said of an indicator, a column a fact.

What a direction reads stands at the left: what is measured, T0, value, target, state, reserve. How
the figure was reckoned and what it rests on come next, the indicator's own sheet last.
"""

from collections.abc import Callable, Iterator, Sequence

from openpyxl.utils import get_column_letter

from desktop_app.exports.excel import indicator_line as cells
from desktop_app.exports.excel.cells import Column, Kind
from desktop_app.exports.excel.figures import share
from desktop_app.exports.excel.indicator_line import Line
from desktop_app.french import NBSP
from desktop_app.services.documents.rows import WorkbookDocument
from desktop_app.services.results import words
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.reference_words import same_sites_text
from desktop_app.services.vocabulary import Calculation, Counted, Wave, label

FROZEN = 3  # columns that stay in sight: which indicator a row is of

Read = Callable[[Line], object]
Field = tuple[Column, Read]


def _text(title: str, width: int, read: Read, meaning: str) -> Field:
    return Column(title, Kind.TEXT, width, meaning), read


def _long(title: str, width: int, read: Read, meaning: str) -> Field:
    return Column(title, Kind.LONG_TEXT, width, meaning), read


def _number(title: str, read: Read, meaning: str) -> Field:
    return Column(title, Kind.NUMBER, 11, meaning), read


def _count(title: str, read: Read, meaning: str) -> Field:
    return Column(title, Kind.COUNT, 9, meaning), read


def _date(title: str, read: Read, meaning: str) -> Field:
    return Column(title, Kind.DATE, 12, meaning), read


def _counted(line: Line) -> str:
    return label(line.indicator.n_counts or Counted.PEOPLE) if line.counts else ""


def _exhaustive(line: Line) -> str:
    if not line.counts:
        return ""
    return "oui" if line.indicator.exhaustive else "non"


def _calculation(line: Line) -> str:
    told = line.told or not line.counts
    return words.calculation_text(line.result) if told else label(line.calculation)


_FIGURE = (
    _text("Expérimentation", 16, lambda x: x.code, "Code de l’expérimentation."),
    _text("Indicateur", 11, lambda x: x.indicator.code, "Code de l’indicateur."),
    _long("Libellé", 34, lambda x: x.indicator.label, "Ce qui est mesuré."),
    _text(
        "Niveau",
        15,
        lambda x: label(x.objective.level),
        "Réalisations, résultats, impacts ; la viabilité (objectifs qui répondent à Q3) à part.",
    ),
    _text(
        "Lecture",
        24,
        cells.reading,
        "La valeur telle qu’elle se lit : « 47 % », « 8 sur 9 », « oui : 2 sites sur 3 », nombre "
        "de réponses, ou « masqué ».",
    ),
    _long("Unité", 20, lambda x: x.indicator.unit, "Unité de la valeur."),
    _number(
        "T0 retenu",
        cells.used_baseline,
        "Le T0 convenu ; le T0 mesuré quand la fiche dit « T0 à relever » ou n’en convient pas. "
        "Une somme part de 0.",
    ),
    _number(
        "Actuel",
        cells.actual,
        "Valeur connue à la date du classeur, en pleine précision. Vide quand elle se lit en mots "
        "(colonne Lecture).",
    ),
    _number("Cible", lambda x: x.value(x.indicator.target_value), "Valeur visée."),
    _number(
        "Taux d’atteinte",
        cells.rate,
        "(actuel − T0) ÷ (cible − T0) ; à maintenir : 1 − |actuel − cible| ÷ |T0 − cible|. "
        "Formule vivante, non bornée ; vide quand il n’a pas de sens (voir Réserve).",
    ),
    _text("État", 27, lambda x: words.state_text(x.result), "Voir les règles, plus bas."),
    _text(
        "Mouvement",
        13,
        lambda x: cells.movement(x.result),
        "Atteinte, en progrès, inchangée, en recul ou sans donnée ; c’est lui que Synthèse compte.",
    ),
    _long(
        "Réserve",
        50,
        lambda x: cells.sentences(words.reserves_text(x.result)),
        "Ce qu’il faut savoir avant de citer la valeur.",
    ),
    _count(
        "n",
        lambda x: x.result.n if x.told and x.counts else None,
        "Effectif sur lequel repose la valeur actuelle ; vide quand une mesure ne le dit pas.",
    ),
    _date("Au", lambda x: x.result.actual_date, "Date de la dernière mesure comptée."),
    _date(
        "Non mesuré depuis le",
        lambda x: None if x.result.masked else x.result.stale_since,
        "Dernière mesure, quand la fréquence de l’indicateur est dépassée.",
    ),
)

_BASIS = (
    _long(
        "Calcul",
        40,
        _calculation,
        "Façon dont les mesures font une valeur.",
    ),
    _number("T0 convenu", lambda x: x.value(x.indicator.baseline_value), "T0 écrit dans la fiche."),
    _number("T0 mesuré", cells.measured_baseline, "Mesures de la vague T0."),
    _count(
        "n du T0 mesuré",
        lambda x: None if x.result.masked else x.result.baseline.measured_n,
        "Effectif des mesures de la vague T0.",
    ),
    _date("T0 mesuré le", lambda x: x.result.baseline.measured_on, "Dernière mesure du T0."),
    _number(
        "Taux depuis le T0 convenu",
        lambda x: cells.other_rate(x, x.result.baseline.agreed_rate),
        "Quand T0 convenu et T0 mesuré diffèrent de plus que l’arrondi.",
    ),
    _number(
        "Taux depuis le T0 mesuré",
        lambda x: cells.other_rate(x, x.result.baseline.measured_rate),
        "Quand T0 convenu et T0 mesuré diffèrent de plus que l’arrondi.",
    ),
    _number(
        "Part attendue",
        lambda x: share(x.result.expected) if x.told else None,
        "Part du chemin attendue à la date de la dernière mesure ; par vague, T1 est à mi-chemin.",
    ),
    _text(
        "Ce que compte n",
        13,
        _counted,
        "Personnes, réponses, séances ou objets.",
    ),
    _text(
        "Exhaustif",
        11,
        _exhaustive,
        "Oui si toutes les personnes concernées sont comptées.",
    ),
    _number(
        "IC 95 % bas",
        lambda x: cells.bound(x, x.result.interval.low if x.result.interval else None),
        "Intervalle de Wilson, borne basse.",
    ),
    _number(
        "IC 95 % haut",
        lambda x: cells.bound(x, x.result.interval.high if x.result.interval else None),
        "Intervalle de Wilson, borne haute.",
    ),
    _long(
        "Sans intervalle", 30, cells.no_interval, "Pourquoi un pourcentage n’a pas d’intervalle."
    ),
    _count("Sites", lambda x: x.result.sites, "Sites dont une mesure est dans la valeur."),
    _count(
        "Sites connus",
        lambda x: None if x.calculation is Calculation.NONE else x.result.known_sites,
        "Sites mesurés au moins une fois, T0 compris.",
    ),
    _count(
        f"Sites «{NBSP}oui{NBSP}»",
        lambda x: x.result.yes_sites if x.told and x.calculation is Calculation.SITES else None,
        "Pour un oui / non : sites dont la dernière réponse est oui.",
    ),
    _count("Mesures comptées", lambda x: x.result.measures, "Mesures dont la valeur est faite."),
    _count(
        "Valeurs relevées",
        lambda x: x.result.recorded,
        "Toutes les valeurs saisies, ventilations et T0 compris.",
    ),
    _count("Non observés", lambda x: x.result.not_observed_count, "Jamais comptés comme zéro."),
    _text(
        "Vagues",
        9,
        lambda x: ", ".join(label(Wave(wave)) for wave in x.result.waves),
        "Vagues des mesures comptées, d’un indicateur relevé par vague.",
    ),
    _long(
        "Mêmes sites",
        50,
        lambda x: same_sites_text(x.result),
        "Évolution sur les seuls sites mesurés au T0 et depuis.",
    ),
)

_SHEET = (
    _long(
        "Historique",
        60,
        lambda x: cells.sentences([change_text(x.indicator, c) for c in x.result.history]),
        "Changements de T0, de cible ou de définition, et leur motif.",
    ),
    _count("Série", lambda x: x.result.series, "Rang de la définition dont viennent les valeurs."),
    _count("Version", lambda x: x.indicator.version, "Version de la fiche en vigueur."),
    _text("Type", 18, lambda x: cells.kind(x.indicator), "Nature de la valeur."),
    _text("Sens", 15, lambda x: label(x.indicator.direction), "Sens voulu."),
    _text("Fréquence", 22, lambda x: label(x.indicator.frequency), "Rythme des mesures."),
    _date("Date du T0", lambda x: x.indicator.baseline_date, "Date du T0 convenu."),
    _date("Échéance", lambda x: x.indicator.target_date, "Date de la cible."),
    _long("Objectif", 44, lambda x: x.objective.objective.statement, "Objectif agréé."),
    _text(
        "Question",
        38,
        lambda x: label(x.objective.objective.evaluation_question),
        "Question d’évaluation à laquelle l’objectif répond.",
    ),
    _long("Définition", 64, lambda x: x.indicator.definition, "Ce que l’indicateur compte."),
    _long("Formule", 44, lambda x: cells.formula(x.indicator), "Comment il se calcule."),
    _long("Source", 36, lambda x: x.indicator.source, "D’où vient la donnée."),
    _long("Méthode", 44, lambda x: x.indicator.method, "Comment elle est recueillie."),
    _long("Limites", 60, lambda x: x.indicator.limits, "Ce que l’indicateur ne dit pas."),
)

_FIELDS: tuple[Field, ...] = (*_FIGURE, *_BASIS, *_SHEET)
INDICATORS = tuple(column for column, _ in _FIELDS)
PLACES = {column.title: get_column_letter(at) for at, column in enumerate(INDICATORS, 1)}


def indicator_rows(document: WorkbookDocument) -> Iterator[Sequence[object]]:
    """By experiment, then objective, as the results are."""
    row = 1
    for sheet in document.sheets:
        for objective in sheet.objectives:
            for result in objective.results:
                row += 1
                code = sheet.experiment.experiment.code
                least = document.thresholds.min_n_percentage
                line = Line(code, objective, result, row, PLACES, least)
                yield tuple(read(line) for _, read in _FIELDS)
