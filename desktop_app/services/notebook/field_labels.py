"""French names of records and fields, and values in words, for the history."""

import datetime as dt
from collections.abc import Callable, Mapping

from desktop_app import french
from desktop_app.config.declared import BY_KEY
from desktop_app.services import vocabulary
from desktop_app.services.vocabulary import (
    Aggregation,
    Appreciation,
    AttachmentKind,
    Counted,
    Direction,
    EvaluationQuestion,
    FindingKind,
    Frequency,
    MeasurementStatus,
    ObjectiveLevel,
    Phase,
    Polarity,
    Reliability,
    SiteType,
    SourceType,
    ValueType,
    VisitState,
    Wave,
)

Names = Mapping[str, str]
"""Record id → how people call it, for fields that hold another record's id."""

ENTITIES: dict[str, str] = {
    "notebook": "Carnet",
    "device": "Poste",
    "programme": "Programme",
    "cohort": "Promotion",
    "directorate": "Direction métier",
    "enterprise": "Entreprise sociale",
    "experiment": "Expérimentation",
    "experiment_directorate": "Direction concernée",
    "experiment_site": "Terrain ouvert",
    "objective": "Objectif",
    "indicator": "Indicateur",
    "site": "Site",
    "visit": "Visite",
    "measurement": "Mesure",
    "finding": "Constat",
    "follow_up": "Action",
    "attachment": "Pièce jointe",
}

FEMININE = frozenset(
    {
        "cohort", "directorate", "enterprise", "experiment", "experiment_directorate", "visit",
        "measurement", "follow_up", "attachment",
    }
)  # fmt: skip

NOTHING = french.MISSING

_SHARED: dict[str, str] = {
    "experiment_id": "Expérimentation",
    "site_id": "Site",
    "visit_id": "Visite",
    "indicator_id": "Indicateur",
    "finding_id": "Constat",
    "objective_id": "Objectif",
    "cohort_id": "Promotion",
    "enterprise_id": "Entreprise sociale",
    "directorate_id": "Direction métier",
    "programme_id": "Programme",
    "date": "Date",
    "position": "Rang",
    "name": "Nom",
    "label": "Libellé",
    "code": "Code",
    "title": "Titre",
    "type": "Type",
    "siret": "SIRET",
    "start_date": "Début",
    "end_date": "Fin",
    "version": "Version",
    "unit": "Unité",
    "definition": "Définition",
    "evaluation_question": "Question évaluative",
    "commune": "Commune",
    "phase": "Phase",
    "target_value": "Cible",
    "target_date": "Date de la cible",
    "baseline_value": "Référence T0",
    "baseline_date": "Date de la référence T0",
}

FIELDS: dict[str, dict[str, str]] = {
    "notebook": {
        "illustrative": "Données fictives",
        "reference_date": "Jour de référence",
        **{
            key: BY_KEY[key].label
            for key in ("on_track", "watch", "min_n_percentage", "mask_below", "organisation")
        },
        "logo_sha256": "Logo des documents",
    },
    "programme": {
        "territory": "Territoire",
        "operator": "Opérateur",
        "contract_reference": "Référence du marché ou de la convention",
        "annual_budget": "Budget annuel (€)",
    },
    "cohort": {"number": "Numéro", "label": "Intitulé"},
    "enterprise": {
        "legal_form": "Forme juridique",
        "website": "Site internet",
        "contact": "Contact",
    },
    "experiment": {
        "social_need": "Besoin social",
        "target_audience": "Public visé",
        "budget": "Budget (€)",
        "sdg_tags": "Objectifs de développement durable",
        "final_decision": "Décision finale",
    },
    "objective": {"statement": "Énoncé", "level": "Niveau"},
    "indicator": {
        "label": "Intitulé",
        "formula": "Formule",
        "numerator": "Numérateur",
        "denominator": "Dénominateur",
        "value_type": "Type de valeur",
        "direction": "Sens souhaité",
        "aggregation": "Calcul de la valeur actuelle",
        "scale_min": "Bas de l’échelle",
        "scale_max": "Haut de l’échelle",
        "source": "Source",
        "method": "Méthode",
        "frequency": "Fréquence",
        "owner": "Responsable",
        "disaggregation": "Ventilation par",
        "categories": "Publics distingués",
        "category_labels": "Noms des publics",
        "limits": "Limites",
        "n_counts": "Ce que compte n",
        "exhaustive": "Toutes les personnes concernées sont comptées",
        "baseline_to_measure": "T0 à relever",
        "baseline_version": "Version de la fiche pour laquelle le T0 vaut",
        "change_reason": "Motif du changement",
        "changed_on": "Changé le",
    },
    "site": {
        "address": "Adresse",
        "postcode": "Code postal",
        "insee_code": "Code commune INSEE",
        "finess": "FINESS",
        "uai": "UAI",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "authority": "Autorité compétente",
    },
    "device": {"suffix": "Suffixe des références", "label": "Nom du poste", "agent": "Auteur"},
    "visit": {
        "reference": "Référence",
        "start_time": "Début",
        "end_time": "Fin",
        "remote": "À distance",
        "author": "Auteur",
        "participants": "Participants",
        "headcount": "Effectif rencontré",
        "purpose": "Objet",
        "context": "Contexte",
        "notes": "Notes",
        "strengths": "Points d’appui",
        "brakes": "Freins",
        "risks": "Risques",
        "limits": "Limites",
        "appreciation": "Appréciation",
        "state": "État",
        "validated_by": "Validée par",
    },
    "measurement": {
        "status": "Relevé",
        "value": "Valeur",
        "n": "Effectif (n)",
        "category": "Ventilation",
        "wave": "Vague",
        "reliability": "Fiabilité",
        "comment": "Commentaire",
    },
    "finding": {
        "kind": "Nature",
        "polarity": "Effet",
        "intended": "Effet attendu",
        "intensity": "Intensité",
        "audience": "Public",
        "source_type": "Source",
        "text": "Texte",
    },
    "follow_up": {
        "what": "Action",
        "who": "Responsable",
        "due_date": "Échéance",
        "done_date": "Faite le",
    },
    "attachment": {
        "kind": "Nature",
        "filename": "Fichier",
        "caption": "Légende",
        "size": "Taille",
    },
}

# Said by another line of the same entry, or of no use to a reader.
HIDDEN: dict[str, frozenset[str]] = {
    "visit": frozenset({"id", "deleted", "validated_at"}),
    "measurement": frozenset(
        {"id", "deleted", "visit_id", "date", "site_id", "indicator_version", "indicator_id"}
    ),
    "finding": frozenset({"id", "deleted", "visit_id", "position"}),
    "follow_up": frozenset({"id", "deleted", "visit_id", "experiment_id"}),
    "attachment": frozenset(
        {"id", "deleted", "visit_id", "sha256", "media_type", "width", "height"}
    ),
}

_ENUMS: dict[tuple[str, str], Callable[[str], object]] = {
    ("visit", "state"): VisitState,
    ("visit", "appreciation"): Appreciation,
    ("measurement", "status"): MeasurementStatus,
    ("measurement", "wave"): Wave,
    ("measurement", "reliability"): Reliability,
    ("finding", "evaluation_question"): EvaluationQuestion,
    ("finding", "kind"): FindingKind,
    ("finding", "polarity"): Polarity,
    ("finding", "source_type"): SourceType,
    ("objective", "evaluation_question"): EvaluationQuestion,
    ("objective", "level"): ObjectiveLevel,
    ("indicator", "value_type"): ValueType,
    ("indicator", "direction"): Direction,
    ("indicator", "aggregation"): Aggregation,
    ("indicator", "frequency"): Frequency,
    ("indicator", "n_counts"): Counted,
    ("attachment", "kind"): AttachmentKind,
    ("site", "type"): SiteType,
    ("experiment", "phase"): Phase,
}


def entity_label(entity: str) -> str:
    return ENTITIES.get(entity, entity)


def field_label(entity: str, field: str) -> str:
    """The French name of a field; its own name when it has none (no screen shows it)."""
    return FIELDS.get(entity, {}).get(field) or _SHARED.get(field, field)


def hidden(entity: str, field: str) -> bool:
    return field in HIDDEN.get(entity, frozenset({"id", "deleted"}))


def value_text(entity: str, field: str, value: object, names: Names) -> str:
    """A journalled value in words: « 09/06/2021 », « Validée », « oui », « 8,4 », « — »."""
    if value is None or value == "":
        return french.MISSING
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return _figure(entity, field, value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or french.MISSING
    if isinstance(value, dict):
        said = (f"{first} → {now}" for first, now in value.items() if first != now)
        return ", ".join(said) or french.MISSING
    return _text(entity, field, str(value), names)


def _figure(entity: str, field: str, value: float) -> str:
    """« 80 % », « 5 personnes », « 1,3 Mo », « 8,4 »."""
    if entity == "notebook" and field in BY_KEY:
        if BY_KEY[field].unit == "personnes":
            return french.plural(int(value), "personne")
        return french.percent(value)
    return french.size(int(value)) if field == "size" else french.number(value)


def _text(entity: str, field: str, text: str, names: Names) -> str:
    if (enum := _ENUMS.get((entity, field))) is not None:
        return vocabulary.label(enum(text))
    if field.endswith("_id"):
        return names.get(text, french.MISSING)
    if field == "logo_sha256":  # a mark that tells one image from another
        return f"image {text[:6]}"
    if field in {"date", "changed_on"} or field.endswith("_date"):
        return french.date(dt.date.fromisoformat(text))
    if field.endswith("_time"):
        return french.time(dt.time.fromisoformat(text))
    return text
