"""The fiche of what is chosen in the framework: everything known of it, and nothing empty."""

from desktop_app.french import date, number
from desktop_app.services.experiment_rows import IndicatorRow, ObjectiveRow
from desktop_app.services.vocabulary import ValueType, label
from desktop_app.views.screens.experiment_facts import FactsForm
from desktop_app.views.tables.result_text import value_text
from desktop_app.views.widgets.card import Card

Facts = tuple[tuple[str, str], ...]


class FicheCard(Card):
    def __init__(self) -> None:
        super().__init__("Fiche indicateur")
        self._form = FactsForm()
        self.body.addLayout(self._form)

    def show_record(self, record: object) -> None:
        match record:
            case IndicatorRow():
                self.set_title(f"Fiche indicateur {record.code}")
                facts = indicator_facts(record)
            case ObjectiveRow():
                self.set_title("Objectif")
                facts = objective_facts(record)
            case _:
                facts = ()
        self._form.show_facts(facts)


def objective_facts(objective: ObjectiveRow) -> Facts:
    return (
        ("Objectif", objective.statement),
        ("Niveau", label(objective.level)),
        ("Question", label(objective.evaluation_question)),
        ("Indicateurs", number(len(objective.indicators), 0)),
    )


def indicator_facts(indicator: IndicatorRow) -> Facts:
    def reference(value: float | None, day: object) -> str:
        if value is None:
            return ""
        words = value_text(indicator, value)
        return f"{words} au {date(day)}" if day else words  # type: ignore[arg-type]

    scale = ""
    if indicator.value_type is ValueType.SCALE:
        scale = f"{number(indicator.scale_min)} à {number(indicator.scale_max)}"
    return (
        ("Intitulé", indicator.label),
        ("Définition", indicator.definition),
        ("Type", label(indicator.value_type)),
        ("Échelle", scale),
        ("Unité", indicator.unit),
        ("Sens souhaité", label(indicator.direction)),
        ("Numérateur", indicator.numerator),
        ("Dénominateur", indicator.denominator),
        ("Formule", indicator.formula),
        ("Référence T0", reference(indicator.baseline_value, indicator.baseline_date)),
        ("Cible", reference(indicator.target_value, indicator.target_date)),
        ("Source", indicator.source),
        ("Méthode", indicator.method),
        ("Fréquence", label(indicator.frequency)),
        ("Valeur actuelle", label(indicator.aggregation)),
        ("Responsable", indicator.owner),
        ("Ventilation", indicator.disaggregation),
        ("Publics", ", ".join(indicator.categories)),
        ("Limites", indicator.limits),
        ("Version", number(indicator.version, 0)),
    )
