"""The long sheets: what each column is, and how a frozen row fills it."""

from collections.abc import Sequence

from desktop_app import french
from desktop_app.exports.excel.cells import As, Column, Kind, plain_time
from desktop_app.services.document_rows import MeasurementRow
from desktop_app.services.experiment_rows import SiteRow
from desktop_app.services.result_rows import IndicatorResult
from desktop_app.services.visit_rows import FindingRow, FollowUpRow, VisitListRow
from desktop_app.services.vocabulary import ValueType, label

Row = Sequence[object]

INDICATORS = (
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Objectif", Kind.LONG_TEXT, 32, "Objectif agréé au lancement."),
    Column("Niveau", width=12, help="Réalisation, résultat ou impact."),
    Column("Question", width=38, help="Question d’évaluation à laquelle l’objectif répond."),
    Column("Indicateur", width=12, help="Code de l’indicateur."),
    Column("Libellé", Kind.LONG_TEXT, 38, "Ce qui est mesuré."),
    Column("Unité", width=22, help="Unité de la valeur."),
    Column("Sens", width=15, help="À augmenter, à faire baisser ou à maintenir."),
    Column("Référence T0", Kind.NUMBER, 12, "Valeur au lancement."),
    Column("Actuel", Kind.NUMBER, 12, "Valeur connue à la date du classeur."),
    Column("Cible", Kind.NUMBER, 12, "Valeur visée."),
    Column("Taux d’atteinte", Kind.RATE, 12, "(Actuel − T0) ÷ (Cible − T0), formule vivante."),
    Column("n", Kind.COUNT, 8, "Effectif sur lequel repose la valeur actuelle."),
    Column("IC 95 % bas", Kind.PERCENT, 10, "Borne basse de l’intervalle de Wilson."),
    Column("IC 95 % haut", Kind.PERCENT, 10, "Borne haute de l’intervalle de Wilson."),
    Column("Au", Kind.DATE, 12, "Date de la dernière observation."),
    Column("État", width=16, help="Jugement au regard du temps écoulé entre T0 et l’échéance."),
    Column("Observations", Kind.COUNT, 12, "Mesures observées, T0 compris."),
    Column("Réserve", Kind.TEXT, 24, "Pourquoi une valeur n’est pas affichée."),
    Column("Calcul", width=22, help="Façon d’agréger les mesures."),
    Column("Source", Kind.LONG_TEXT, 24, "D’où vient la donnée."),
    Column("Méthode", Kind.LONG_TEXT, 30, "Comment elle est recueillie."),
    Column("Échéance", Kind.DATE, 12, "Date de la cible."),
    Column("Limites", Kind.LONG_TEXT, 40, "Ce que l’indicateur ne dit pas."),
)

MEASUREMENTS = (
    Column("Promotion", Kind.COUNT, 10, "Numéro de la promotion."),
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Indicateur", width=12, help="Code de l’indicateur."),
    Column("Libellé", width=38, help="Ce qui est mesuré."),
    Column("Version", Kind.COUNT, 8, "Version de la définition en vigueur à la mesure."),
    Column("Site", width=28, help="Terrain où la valeur a été relevée."),
    Column("Commune", width=18, help="Commune du site."),
    Column("Visite", width=18, help="Référence de la visite, vide si saisie hors visite."),
    Column("Date", Kind.DATE, 12, "Jour de la mesure."),
    Column("Vague", width=8, help="T0, T1 ou T2 quand l’indicateur se mesure par vague."),
    Column("Ventilation", width=18, help="Sous-population ; vide = ensemble."),
    Column(
        "Statut", width=24, help="Observé, non observé, sans objet, ou masqué (voir Lisez-moi)."
    ),
    Column("Valeur", Kind.NUMBER, 12, "Valeur relevée. Vide n’est jamais zéro."),
    Column("Type", width=13, help="Nombre, pourcentage ou oui / non."),
    Column("Unité", width=14, help="Unité de la valeur."),
    Column("n", Kind.COUNT, 8, "Effectif sur lequel porte la mesure."),
    Column("Fiabilité", width=10, help="Faible, moyenne ou bonne."),
    Column("Commentaire", Kind.TEXT, 40, "Précision donnée à la saisie."),
)

VISITS = (
    Column("Visite", width=18, help="Référence de la visite."),
    Column("Date", Kind.DATE, 12, "Jour de la visite."),
    Column("Heure", Kind.TIME, 8, "Heure de début."),
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Intitulé", width=38, help="Intitulé de l’expérimentation."),
    Column("Entreprise", width=20, help="Entreprise sociale."),
    Column("Site", width=28, help="Terrain visité."),
    Column("Commune", width=18, help="Commune du site."),
    Column("État", width=12, help="Brouillon ou validée."),
    Column("Auteur", width=22, help="Fonction de l’auteur."),
    Column("Mesures", Kind.COUNT, 10, "Mesures saisies."),
    Column("Constats", Kind.COUNT, 10, "Constats et verbatims."),
    Column("Actions ouvertes", Kind.COUNT, 10, "Actions non faites."),
)

FINDINGS = (
    Column("Visite", width=18, help="Référence de la visite."),
    Column("Date", Kind.DATE, 12, "Jour de la visite."),
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Site", width=28, help="Terrain visité."),
    Column("Commune", width=18, help="Commune du site."),
    Column("Question", width=38, help="Question d’évaluation."),
    Column("Nature", width=16, help="Fait, propos rapporté ou interprétation."),
    Column("Polarité", width=14, help="Effet positif, neutre ou négatif."),
    Column("Attendu", width=10, help="Oui si l’effet était attendu."),
    Column("Intensité", Kind.COUNT, 10, "De 1 (légère) à 3 (forte)."),
    Column("Public", width=20, help="Personnes concernées."),
    Column("Source", width=20, help="Observation, entretien, groupe, questionnaire, document."),
    Column("Texte", Kind.LONG_TEXT, 70, "Constat ou propos, sans nom de personne."),
)

FOLLOW_UPS = (
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Action", Kind.LONG_TEXT, 60, "Ce qui est à faire."),
    Column("Qui", width=26, help="Fonction de la personne qui s’en charge."),
    Column("Échéance", Kind.DATE, 12, "Date promise."),
    Column("Faite le", Kind.DATE, 12, "Date de réalisation."),
    Column("Situation", width=14, help="Faite, en retard, à venir ou sans échéance."),
    Column("Visite", width=18, help="Visite où l’action a été décidée."),
    Column("Site", width=28, help="Terrain concerné."),
)

SITES = (
    Column("Site", width=32, help="Nom du terrain."),
    Column("Type", width=16, help="Type d’établissement."),
    Column("Adresse", width=32, help="Adresse."),
    Column("Code postal", width=10, help="Code postal (texte)."),
    Column("Commune", width=20, help="Commune."),
    Column("Code INSEE", width=10, help="Code INSEE de la commune (texte)."),
    Column("FINESS", width=12, help="Identifiant FINESS (texte)."),
    Column("UAI", width=10, help="Identifiant UAI (texte)."),
    Column("SIRET", width=16, help="Identifiant SIRET (texte)."),
    Column("Latitude", Kind.NUMBER, 10, "Degrés WGS 84."),
    Column("Longitude", Kind.NUMBER, 10, "Degrés WGS 84."),
    Column("Autorité", width=24, help="Autorité compétente."),
    Column("Expérimentations", width=20, help="Codes des expérimentations accueillies."),
    Column("Visites", Kind.COUNT, 8, "Visites du périmètre sur ce site."),
    Column("Dernière visite", Kind.DATE, 12, "Jour de la dernière visite du périmètre."),
)


def value_of(value: float | None, value_type: ValueType) -> object:
    """A value in the form Excel shows best: a percentage as a fraction, yes/no in words."""
    if value is None:
        return None
    if value_type is ValueType.PERCENTAGE:
        return As(Kind.PERCENT, value / 100)
    if value_type is ValueType.YES_NO:
        return As(Kind.TEXT, french.measured(value, yes_no=True))
    return value


def indicator(result: IndicatorResult, objective: Row, row_number: int) -> Row:
    row = result.indicator
    interval = result.interval if result.shown else None
    return (
        *objective,
        row.code,
        row.label,
        row.unit,
        label(row.direction),
        value_of(row.baseline_value, row.value_type),
        value_of(result.actual if result.shown else None, row.value_type),
        value_of(row.target_value, row.value_type),
        _rate(row_number),
        result.n,
        interval.low / 100 if interval else None,
        interval.high / 100 if interval else None,
        result.actual_date,
        label(result.state),
        result.measurement_count,
        result.hidden_reason,
        label(row.aggregation),
        row.source,
        row.method,
        row.target_date,
        row.limits,
    )


def _rate(row_number: int) -> str:
    """(actual − T0) ÷ (target − T0), blank when one is missing or T0 is the target."""
    low, now, goal = (f"{column}{row_number}" for column in "IJK")
    return f'=IF(AND(COUNT({low}:{goal})=3,{goal}<>{low}),({now}-{low})/({goal}-{low}),"")'


def measurement(row: MeasurementRow) -> Row:
    kind = (
        ValueType.PERCENTAGE
        if row.is_percentage
        else ValueType.YES_NO
        if row.is_yes_no
        else ValueType.NUMBER
    )
    return (
        row.cohort_number,
        row.experiment_code,
        row.indicator_code,
        row.indicator_label,
        row.indicator_version,
        row.site_name,
        row.commune,
        row.visit_reference,
        row.date,
        label(row.wave) if row.wave else None,
        row.category,
        "Masqué" if row.withheld else label(row.status),
        value_of(row.value, kind),
        label(kind),
        row.unit,
        row.n,
        label(row.reliability) if row.reliability else None,
        row.comment,
    )


def visit(row: VisitListRow) -> Row:
    return (
        row.reference,
        row.date,
        plain_time(row.start_time),
        row.experiment_code,
        row.experiment_title,
        row.enterprise,
        row.site_name,
        row.commune,
        label(row.state),
        row.author,
        row.measurement_count,
        row.finding_count,
        row.open_follow_up_count,
    )


def finding(row: FindingRow) -> Row:
    return (
        row.visit_reference,
        row.visit_date,
        row.experiment_code,
        row.site_name,
        row.commune,
        label(row.evaluation_question),
        label(row.kind),
        label(row.polarity),
        "oui" if row.intended else "non",
        row.intensity,
        row.audience,
        label(row.source_type) if row.source_type else None,
        row.text,
    )


def follow_up(row: FollowUpRow) -> Row:
    if row.done_date:
        situation = "Faite"
    elif row.days_left is None:
        situation = "Sans échéance"
    else:
        situation = "En retard" if row.days_left < 0 else "À venir"
    return (
        row.experiment_code,
        row.what,
        row.who,
        row.due_date,
        row.done_date,
        situation,
        row.visit_reference,
        row.site_name,
    )


def site(row: SiteRow) -> Row:
    return (
        row.name,
        label(row.type),
        row.address,
        row.postcode,
        row.commune,
        row.insee_code,
        row.finess,
        row.uai,
        row.siret,
        row.latitude,
        row.longitude,
        row.authority,
        ", ".join(row.experiment_codes),
        row.visit_count,
        row.last_visit,
    )
