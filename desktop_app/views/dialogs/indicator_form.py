"""The *fiche indicateur*: what is measured, how, from where to where."""

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.french import number
from desktop_app.services.changes import Outcome
from desktop_app.services.experiment_rows import IndicatorRow, SaveRecord
from desktop_app.services.vocabulary import (
    LABELS,
    Aggregation,
    Direction,
    Frequency,
    ValueType,
)
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import FieldSpec, Problems, RecordForm, Section
from desktop_app.views.screens.base import ScreenContext


def _options(
    enum: type[ValueType | Direction | Aggregation | Frequency],
) -> tuple[tuple[object, str], ...]:
    return tuple((member, LABELS[member]) for member in enum)


SECTIONS = (
    Section(
        "Ce qui est mesuré",
        (
            FieldSpec("code", "Code", width=2, help="Vide\u00a0: donné pour vous"),
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
        "Référence et cible",
        (
            FieldSpec("baseline_value", "Référence T0", FieldKind.NUMBER, width=3),
            FieldSpec("baseline_date", "mesurée le", FieldKind.DATE, width=3),
            FieldSpec("target_value", "Cible", FieldKind.NUMBER, width=3),
            FieldSpec("target_date", "à atteindre le", FieldKind.DATE, width=3),
        ),
    ),
    Section(
        "Recueil",
        (
            FieldSpec("source", "Source", width=3),
            FieldSpec("method", "Méthode", width=3, help="Questionnaire, observation, entretien…"),
            FieldSpec(
                "frequency", "Fréquence", FieldKind.CHOICE, options=_options(Frequency), width=2
            ),
            FieldSpec(
                "aggregation",
                "Calcul de la valeur actuelle",
                FieldKind.CHOICE,
                options=_options(Aggregation),
                width=2,
            ),
            FieldSpec("owner", "Responsable", width=2, help="Une fonction, pas un nom"),
            FieldSpec("disaggregation", "Ventilation par", width=3, help="Genre, âge, unité…"),
            FieldSpec(
                "categories",
                "Publics distingués",
                FieldKind.LIST,
                width=3,
                help="Séparés par des points-virgules\u00a0: Femmes\u00a0; Hommes",
            ),
            FieldSpec("limits", "Limites", FieldKind.AREA, width=6),
        ),
    ),
)
FIELDS = tuple(spec.name for section in SECTIONS for spec in section.fields)


def indicator_values(indicator: IndicatorRow) -> dict[str, object]:
    return {name: getattr(indicator, name) for name in FIELDS}


def check_indicator(values: dict[str, object]) -> Problems:
    """What the fields say together: a scale in order, T0 and target within it, dates in order."""
    problems: Problems = []
    first, last = values["baseline_date"], values["target_date"]
    if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
        problems.append(("target_date", "La cible est datée avant la référence T0."))
    bounds = _bounds(values)
    if values["value_type"] is ValueType.SCALE and bounds is None:
        problems.append(
            ("scale_min", "Donnez les deux bornes de l’échelle, la plus petite d’abord.")
        )
    if bounds is not None:
        low, high = bounds
        for name, word in (("baseline_value", "La référence T0"), ("target_value", "La cible")):
            value = values[name]
            if isinstance(value, float) and not low <= value <= high:
                sentence = f"{word} doit être comprise entre {number(low)} et {number(high)}."
                problems.append((name, sentence))
    if values["disaggregation"] and not values["categories"]:
        problems.append(("categories", "Listez les publics distingués par cette ventilation."))
    if values["categories"] and not values["disaggregation"]:
        problems.append(
            ("disaggregation", "Nommez ce qui distingue ces publics\u00a0: genre, âge…")
        )
    return problems


def _bounds(values: dict[str, object]) -> tuple[float, float] | None:
    match values["value_type"]:
        case ValueType.PERCENTAGE:
            return 0.0, 100.0
        case ValueType.YES_NO:
            return 0.0, 1.0
        case ValueType.SCALE:
            low, high = values["scale_min"], values["scale_max"]
            if isinstance(low, float) and isinstance(high, float) and low < high:
                return low, high
    return None


def coherent(values: dict[str, object]) -> dict[str, object]:
    """Without what the type of value leaves no meaning to (and hides from the form)."""
    without: tuple[str, ...] = ()
    if values["value_type"] is not ValueType.SCALE:
        without += ("scale_min", "scale_max")
    if values["value_type"] is ValueType.QUALITATIVE:
        without += ("baseline_value", "baseline_date", "target_value", "target_date")
    return {**values, **dict.fromkeys(without)}


class IndicatorDialog(FormDialog):
    """Creates an indicator of ``objective_id``, or edits one; signal ``saved(IndicatorRow)``."""

    def __init__(
        self,
        context: ScreenContext,
        objective_id: str,
        indicator: IndicatorRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = (
            "Nouvel indicateur"
            if indicator is None
            else f"Fiche indicateur {indicator.code} · version {indicator.version}"
        )
        super().__init__(
            context,
            title,
            RecordForm(SECTIONS, today_of(context), check_indicator),
            parent,
            width=820,
        )
        self.form.load({"frequency": Frequency.MONTHLY, "aggregation": Aggregation.LATEST})
        if indicator is not None:
            self.form.load(indicator_values(indicator))
            self.say_note(
                "Changer la définition, le type ou le calcul crée une nouvelle version\u00a0: "
                "les mesures déjà recueillies gardent la leur."
            )
        self.form.edited.connect(self._adapt)
        self._adapt()
        record_id = None if indicator is None else indicator.id

        def save(values: dict[str, object]) -> Outcome[Any]:
            values = coherent(values)
            if record_id is None:
                values = {"objective_id": objective_id, **values}
            return context.services.framework.save_indicator(SaveRecord(record_id, values))

        self.save_with(save)

    def _adapt(self) -> None:
        """Only the fields that the type of value calls for."""
        kind = self.form.current("value_type")
        for name in ("scale_min", "scale_max"):
            self.form.show_field(name, visible=kind is ValueType.SCALE)
        for name in ("numerator", "denominator"):
            self.form.show_field(name, visible=kind is ValueType.PERCENTAGE)
        measured = kind is not ValueType.QUALITATIVE
        for name in (
            "baseline_value",
            "baseline_date",
            "target_value",
            "target_date",
            "aggregation",
        ):
            self.form.show_field(name, visible=measured)
