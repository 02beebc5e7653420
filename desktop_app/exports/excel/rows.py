"""Visits, findings, actions and sites: what each column is, and how a frozen row fills it."""

from collections.abc import Sequence

from desktop_app.exports.excel.cells import Column, Kind, plain_time
from desktop_app.services.programme.experiment_rows import SiteRow
from desktop_app.services.visits.visit_rows import FindingRow, FollowUpRow, VisitListRow
from desktop_app.services.vocabulary import label

Row = Sequence[object]

VISITS = (
    Column("Visite", width=18, help="Référence de la visite."),
    Column("Date", Kind.DATE, 12, "Jour de la visite."),
    Column("Heure", Kind.TIME, 8, "Heure de début."),
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Intitulé", width=38, help="Intitulé de l’expérimentation."),
    Column("Entreprise", width=20, help="Entreprise sociale."),
    Column("Site", width=28, help="Terrain visité."),
    Column("Commune", width=22, help="Commune du site."),
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
    Column("Commune", width=22, help="Commune du site."),
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
