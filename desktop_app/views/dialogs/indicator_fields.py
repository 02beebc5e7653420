"""The fields of the *fiche indicateur*, and the words that explain them."""

from collections.abc import Mapping

from desktop_app.french import NBSP, typeset
from desktop_app.services.results.calculation import ALLOWED
from desktop_app.services.vocabulary import (
    Aggregation,
    Counted,
    Direction,
    Frequency,
    ValueType,
    label,
)
from desktop_app.views.dialogs.form_editors import FieldKind, Options
from desktop_app.views.dialogs.record_form import FieldSpec, Section


def _options(
    enum: type[ValueType | Direction | Aggregation | Frequency],
) -> Options:
    return tuple((member, label(member)) for member in enum)


COUNTED: Options = tuple((member, label(member).lower()) for member in Counted)
UNSAID: Options = ((None, "non précisé (compté en personnes)"),)
"""Of an older notebook, which never asked."""
ANSWERS: Options = ((None, "—"), (1.0, "oui"), (0.0, "non"))

_EXAMPLES = {
    Aggregation.ADDITIVE: "tout s’ajoute, depuis 0. Ex. 5, 2 puis 0 jeunes entrés → 7.",
    Aggregation.LATEST: "le dernier état de chaque site, en moyenne. Ex. 12 puis 9 ici, 5 là → 7.",
    Aggregation.MEAN: "chaque mesure compte selon son n. Ex. 3 (n = 10) et 4 (n = 30) → 3,75.",
    Aggregation.RATIO: "les concernés sur les comptés. Ex. 6 sur 10 et 24 sur 30 → 75 %.",
}
_ALONE = {
    ValueType.YES_NO: f"Par site{NBSP}: oui ou non, le moins avancé décide.",
    ValueType.QUALITATIVE: "Réponses en toutes lettres.",
}


def ways(kind: ValueType) -> Options:
    """The calculations that go with a type of value."""
    return tuple((way, label(way)) for way in ALLOWED[kind])


def calculation_help(kind: ValueType) -> str:
    """Each calculation in a line, with its example; the only one when there is no choice."""
    if kind in _ALONE:
        return _ALONE[kind]
    said = "\n".join(typeset(f"{label(way)} : {_EXAMPLES[way]}") for way in ALLOWED[kind])
    return said.replace(" →", f"{NBSP}→").replace("→ ", f"→{NBSP}").replace("Ex. ", f"Ex.{NBSP}")


SECTIONS = (
    Section(
        "Ce qui est mesuré",
        (
            FieldSpec("code", "Code", width=2, help=f"Vide{NBSP}: donné pour vous"),
            FieldSpec("label", "Intitulé", required="Donnez un intitulé à l’indicateur.", width=4),
            FieldSpec("definition", "Définition", FieldKind.AREA, width=6),
            FieldSpec(
                "value_type",
                "Type de valeur",
                FieldKind.CHOICE,
                options=_options(ValueType),
                width=2,
            ),
            FieldSpec("unit", "Unité", width=2, help="Ex. jours, % des jeunes"),
            FieldSpec(
                "direction", "Sens souhaité", FieldKind.CHOICE, options=_options(Direction), width=2
            ),
            FieldSpec("scale_min", "Échelle, de", FieldKind.NUMBER, width=3),
            FieldSpec("scale_max", "à", FieldKind.NUMBER, width=3),
            FieldSpec("numerator", "Numérateur", width=3),
            FieldSpec("denominator", "Dénominateur", width=3),
            FieldSpec("formula", "Formule", width=6),
        ),
    ),
    Section(
        "Calcul",
        (
            FieldSpec(
                "aggregation",
                "Calcul de la valeur actuelle",
                FieldKind.CHOICE,
                options=_options(Aggregation),
                width=2,
            ),
            FieldSpec("calculation_help", "", FieldKind.NOTE, width=4),
            FieldSpec("calculation", "Calcul de la valeur actuelle", FieldKind.NOTE, width=6),
            FieldSpec("n_counts", "n compte des", FieldKind.CHOICE, options=COUNTED, width=2),
            FieldSpec(
                "exhaustive",
                "Comptage exhaustif",
                FieldKind.CHECK,
                width=4,
                help="Toutes les personnes concernées sont comptées.",
            ),
        ),
    ),
    Section(
        "Référence et cible",
        (
            FieldSpec("baseline_value", "Référence T0", FieldKind.NUMBER, width=3),
            FieldSpec(
                "baseline_answer", "Référence T0", FieldKind.CHOICE, options=ANSWERS, width=3
            ),
            FieldSpec("baseline_date", "mesurée le", FieldKind.DATE, width=3),
            FieldSpec(
                "baseline_to_measure",
                "T0 à relever",
                FieldKind.CHECK,
                width=6,
                help="La mesure de la vague T0 comptera, à la place de la référence convenue.",
            ),
            FieldSpec("target_value", "Cible", FieldKind.NUMBER, width=3),
            FieldSpec("target_answer", "Cible", FieldKind.CHOICE, options=ANSWERS, width=3),
            FieldSpec("target_date", "à atteindre le", FieldKind.DATE, width=3),
        ),
    ),
    Section(
        "Recueil",
        (
            FieldSpec("source", "Source", width=3),
            FieldSpec("method", "Méthode", width=3, help="Questionnaire, observation, entretien…"),
            FieldSpec(
                "frequency", "Fréquence", FieldKind.CHOICE, options=_options(Frequency), width=3
            ),
            FieldSpec("owner", "Responsable", width=3, help="Une fonction, pas un nom"),
            FieldSpec("disaggregation", "Ventilation par", width=3, help="Genre, âge, unité…"),
            FieldSpec(
                "categories",
                "Publics distingués",
                FieldKind.CATEGORIES,
                width=3,
                help=f"Alt ↑ ↓{NBSP}: déplacer · Alt Suppr{NBSP}: retirer",
            ),
            FieldSpec("limits", "Limites", FieldKind.AREA, width=6),
        ),
    ),
)
_STAND_INS = {"baseline_answer": "baseline_value", "target_answer": "target_value"}
"""The list that stands for a number of a yes/no indicator."""
FIELDS = tuple(
    spec.name
    for section in SECTIONS
    for spec in section.fields
    if spec.kind is not FieldKind.NOTE and spec.name not in _STAND_INS
)
OF_SCALES = ("scale_min", "scale_max")
OF_PERCENTAGES = ("numerator", "denominator")
REFERENCES = ("baseline_value", "baseline_date", "target_value", "target_date")


def shown_fields(kind: ValueType, aggregation: object) -> Mapping[str, bool]:
    """Whether each field that depends on the type of value shows."""
    worded, yes_no = kind is ValueType.QUALITATIVE, kind is ValueType.YES_NO
    adds_up = aggregation is Aggregation.ADDITIVE and kind is ValueType.NUMBER
    return {
        **dict.fromkeys(OF_SCALES, kind is ValueType.SCALE),
        **dict.fromkeys(OF_PERCENTAGES, kind is ValueType.PERCENTAGE),
        **dict.fromkeys(("aggregation", "calculation_help"), not worded and not yes_no),
        "calculation": worded or yes_no,
        **dict.fromkeys(("n_counts", "exhaustive"), not worded),
        **dict.fromkeys(("baseline_date", "target_date"), not worded),
        **dict.fromkeys(("baseline_value", "target_value"), not worded and not yes_no),
        **dict.fromkeys(_STAND_INS, yes_no),
        "baseline_to_measure": not worded and not adds_up,
    }


def as_fields(values: Mapping[str, object]) -> dict[str, object]:
    """A record's values, as the form shows them."""
    return {**values, **{list_: values.get(name) for list_, name in _STAND_INS.items()}}


def as_values(fields: Mapping[str, object]) -> dict[str, object]:
    """What the form holds, as a record does.

    Without what the type of value leaves no meaning to (and hides from the form).
    """
    kind = fields["value_type"]
    values = {name: value for name, value in fields.items() if name not in _STAND_INS}
    if kind is ValueType.YES_NO:
        values |= {name: fields[list_] for list_, name in _STAND_INS.items()}
    if kind is not ValueType.SCALE:
        values |= dict.fromkeys(OF_SCALES)
    if kind is ValueType.QUALITATIVE:
        values |= dict.fromkeys(REFERENCES)
        values |= {"baseline_to_measure": False, "exhaustive": False}
    if kind in _ALONE:
        values["aggregation"] = Aggregation.LATEST
    if values["aggregation"] is Aggregation.ADDITIVE:
        values["baseline_to_measure"] = False
    return values


def start_of(name: str) -> str:
    """The field that shows a value of a yes/no indicator."""
    return next((list_ for list_, number in _STAND_INS.items() if number == name), name)
