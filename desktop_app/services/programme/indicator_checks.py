"""What an indicator must satisfy, said in French."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import Aggregation, ValueType
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.visit import Measurement
from desktop_app.services.results.calculation import Calculation, calculation_of, go_together
from desktop_app.services.results.pair_words import SUM_FROM_ZERO, pair_refusal
from desktop_app.services.saving import require_order, require_text

INDICATOR_FIELDS = frozenset(
    {
        "objective_id",
        "code",
        "label",
        "definition",
        "formula",
        "numerator",
        "denominator",
        "unit",
        "value_type",
        "direction",
        "aggregation",
        "scale_min",
        "scale_max",
        "source",
        "method",
        "frequency",
        "baseline_value",
        "baseline_date",
        "target_value",
        "target_date",
        "owner",
        "disaggregation",
        "categories",
        "limits",
        "category_labels",
        "n_counts",
        "exhaustive",
        "baseline_to_measure",
    }
)

_ANSWERS = (0.0, 1.0)


def check_indicator(session: Session, indicator: Indicator, objective: Objective) -> None:
    """Raises UserError for the first thing that is missing or that does not hold together."""
    require_text(indicator.label, "Donnez un intitulé à l’indicateur.")
    _check_code(session, indicator, objective)
    require_order(indicator.baseline_date, indicator.target_date)
    kind, aggregation = ValueType(indicator.value_type), Aggregation(indicator.aggregation)
    if not go_together(kind, aggregation):
        raise UserError(pair_refusal(kind, aggregation))
    bounds = _bounds(indicator)
    if kind is ValueType.QUALITATIVE and (
        indicator.baseline_value is not None or indicator.target_value is not None
    ):
        raise UserError(
            "Un indicateur qualitatif n’a ni référence T0 ni cible chiffrées. "
            "Effacez-les, ou choisissez un autre type de valeur."
        )
    for value, name in (
        (indicator.baseline_value, "La référence T0"),
        (indicator.target_value, "La cible"),
    ):
        if value is not None and bounds is not None and not bounds[0] <= value <= bounds[1]:
            raise UserError(
                f"{name} ({french.number(value)}) sort de l’échelle de "
                f"{french.number(bounds[0])} à {french.number(bounds[1])}. Corrigez l’une ou "
                "l’autre."
            )
        if kind is ValueType.YES_NO and value is not None and value not in _ANSWERS:
            raise UserError(f"{name} se dit par oui ou par non. Corrigez-la.")
    if calculation_of(kind, aggregation) is Calculation.SUM and indicator.baseline_value:
        raise UserError(SUM_FROM_ZERO)
    if indicator.categories and not indicator.disaggregation:
        raise UserError("Nommez la ventilation (par exemple « genre ») de ces catégories.")
    if indicator.id and bounds is not None:
        _check_measured(session, indicator, bounds)
        if kind is ValueType.YES_NO:
            _check_answers(session, indicator)


def _check_code(session: Session, indicator: Indicator, objective: Objective) -> None:
    same = (
        select(Indicator.label)
        .join(Objective, Objective.id == Indicator.objective_id)
        .where(
            Objective.experiment_id == objective.experiment_id,
            func.lower(Indicator.code) == indicator.code.lower(),
            Indicator.deleted.is_(False),
            Indicator.id != (indicator.id or ""),
        )
    )
    other = session.scalars(same.limit(1)).first()
    if other:
        raise UserError(
            f"Le code {french.quoted(indicator.code)} est déjà celui de l’indicateur "
            f"{french.quoted(other)}. Choisissez un autre code."
        )


def _bounds(indicator: Indicator) -> tuple[float, float] | None:
    """The values this type accepts; None when any. Raises UserError for a scale without bounds."""
    if indicator.value_type == ValueType.PERCENTAGE:
        return (0.0, 100.0)
    if indicator.value_type == ValueType.YES_NO:
        return (0.0, 1.0)
    if indicator.value_type != ValueType.SCALE:
        return None
    low, high = indicator.scale_min, indicator.scale_max
    if low is None or high is None or low >= high:
        raise UserError("Une échelle a un minimum et un maximum plus grand que lui. Complétez-les.")
    return (low, high)


def _check_measured(session: Session, indicator: Indicator, bounds: tuple[float, float]) -> None:
    """Raises UserError when values already recorded would fall outside the new bounds."""
    outside = session.scalar(
        select(func.count()).where(
            Measurement.indicator_id == indicator.id,
            Measurement.deleted.is_(False),
            or_(Measurement.value < bounds[0], Measurement.value > bounds[1]),
        )
    )
    if outside:
        raise UserError(
            f"{french.plural(outside, 'mesure déjà enregistrée', 'mesures déjà enregistrées')} "
            f"sortirai{'en' if outside > 1 else ''}t de l’échelle de {french.number(bounds[0])} à "
            f"{french.number(bounds[1])}. Gardez l’échelle, ou créez un nouvel indicateur."
        )


def _check_answers(session: Session, indicator: Indicator) -> None:
    """Raises UserError when values already recorded are neither yes nor no."""
    other = session.scalar(
        select(func.count()).where(
            Measurement.indicator_id == indicator.id,
            Measurement.deleted.is_(False),
            Measurement.value.not_in(_ANSWERS),
        )
    )
    if other:
        measures = french.plural(other, "mesure déjà enregistrée", "mesures déjà enregistrées")
        raise UserError(
            f"{measures} ne se li{'sent' if other > 1 else 't'} pas par oui ou par non. Gardez le "
            "type de valeur, ou créez un nouvel indicateur."
        )
