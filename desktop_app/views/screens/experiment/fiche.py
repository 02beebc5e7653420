"""The fiche of what is chosen in the framework: everything known of it, and nothing empty."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.french import date, number, typeset
from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow
from desktop_app.services.results.calculation import Calculation, go_together
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.rows import DefinitionChange
from desktop_app.services.results.words import value_text
from desktop_app.services.vocabulary import ValueType, label
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.facts_form import FactsForm

Facts = tuple[tuple[str, str], ...]
History = Sequence[DefinitionChange]


class FicheCard(Card):
    """Its words can be selected, to be copied elsewhere."""

    def __init__(self) -> None:
        super().__init__("Fiche indicateur")
        self._shown: tuple[object, History] | None = None
        self._form = FactsForm()
        self.body.addLayout(self._form)

    def show_record(self, record: object, history: History = ()) -> None:
        """``history``: what changed in an indicator's definition, the oldest first."""
        if self._shown == (record, history):
            return
        self._shown = record, history
        match record:
            case IndicatorRow():
                self.set_title(f"Fiche indicateur {record.code}")
                facts = indicator_facts(record, history)
            case ObjectiveRow():
                self.set_title("Objectif")
                facts = objective_facts(record)
            case _:
                facts = ()
        self._form.show_facts(facts)
        for words in self.findChildren(QLabel):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def objective_facts(objective: ObjectiveRow) -> Facts:
    return (
        ("Objectif", objective.statement),
        ("Niveau", label(objective.level)),
        ("Question", label(objective.evaluation_question)),
        ("Indicateurs", number(len(objective.indicators), 0)),
    )


def indicator_facts(indicator: IndicatorRow, history: History = ()) -> Facts:
    scale = ""
    if indicator.value_type is ValueType.SCALE:
        scale = f"{number(indicator.scale_min)} à {number(indicator.scale_max)}"
    in_words = indicator.calculation is Calculation.NONE
    return (
        ("Intitulé", indicator.label),
        ("Définition", indicator.definition),
        ("Type", label(indicator.value_type)),
        ("Échelle", scale),
        ("Unité", indicator.unit),
        ("Sens souhaité", "" if in_words else label(indicator.direction)),
        ("Numérateur", indicator.numerator),
        ("Dénominateur", indicator.denominator),
        ("Formule", indicator.formula),
        ("Référence T0", baseline_fact(indicator)),
        ("Cible", _dated(indicator, indicator.target_value, indicator.target_date)),
        ("Source", indicator.source),
        ("Méthode", indicator.method),
        ("Fréquence", label(indicator.frequency)),
        ("Calcul", calculation_fact(indicator)),
        ("n compte", counted_fact(indicator)),
        ("Responsable", indicator.owner),
        ("Ventilation", indicator.disaggregation),
        ("Publics", ", ".join(indicator.category_label(name) for name in indicator.categories)),
        ("Limites", indicator.limits),
        ("Version", number(indicator.version, 0)),
        ("Ce qui a changé", "\n".join(change_text(indicator, change) for change in history)),
    )


def baseline_fact(indicator: IndicatorRow) -> str:
    """« 38 % au 01/03/2021 », « à relever », « à relever ; convenu : 38 % au 01/03/2021 »."""
    agreed = _dated(indicator, indicator.baseline_value, indicator.baseline_date)
    if not indicator.baseline_to_measure:
        return agreed
    return typeset(f"à relever ; convenu : {agreed}") if agreed else "à relever"


def calculation_fact(indicator: IndicatorRow) -> str:
    """By its type; one that does not go with it is said, to be mended."""
    if go_together(indicator.value_type, indicator.aggregation):
        return label(indicator.calculation)
    return f"{label(indicator.aggregation)} (ne convient pas au type)"


def counted_fact(indicator: IndicatorRow) -> str:
    """« Personnes, toutes comptées », « Réponses »; older notebooks do not say."""
    if indicator.calculation in {Calculation.NONE, Calculation.SITES}:
        return ""
    said = "" if indicator.n_counts is None else label(indicator.n_counts)
    if not indicator.exhaustive:
        return said
    return f"{said}, relevé exhaustif" if said else "relevé exhaustif"


def _dated(indicator: IndicatorRow, value: float | None, day: dt.date | None) -> str:
    if value is None:
        return ""
    words = value_text(indicator, value)
    return f"{words} au {date(day)}" if day else words
