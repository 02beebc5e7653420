"""Results made by hand that show each thing a document says of a figure."""

import datetime as dt
from dataclasses import replace

from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow
from desktop_app.services.results.rows import (
    Answer,
    Baseline,
    CategoryResult,
    DefinitionChange,
    IndicatorResult,
    Interval,
    Movement,
    ObjectiveResult,
    Reserve,
    ResultState,
    SameSites,
    TrajectoryPoint,
)
from desktop_app.services.results.states import attainment
from desktop_app.services.vocabulary import (
    Aggregation,
    Counted,
    Direction,
    EvaluationQuestion,
    Frequency,
    ObjectiveLevel,
    ValueType,
)

TODAY = dt.date(2021, 6, 9)

MOVEMENTS = {
    ResultState.REACHED: Movement.REACHED,
    ResultState.ON_TRACK: Movement.PROGRESS,
    ResultState.WATCH: Movement.PROGRESS,
    ResultState.LATE: Movement.PROGRESS,
    ResultState.MISSED: Movement.PROGRESS,
    ResultState.DECLINE: Movement.DECLINE,
}


def indicator(code: str, label: str, **changes: object) -> IndicatorRow:
    base = IndicatorRow(
        id=f"i-{code}",
        objective_id="o1",
        experiment_id="e1",
        experiment_code="DUO",
        position=1,
        code=code,
        label=label,
        definition="Part des jeunes accompagnés qui ont signé un contrat, une convention de stage "
        "ou une entrée en formation dans les six mois qui suivent la première rencontre.",
        formula="Jeunes en situation positive à 6 mois / jeunes accompagnés depuis 6 mois",
        numerator="",
        denominator="",
        unit="% des jeunes accompagnés",
        value_type=ValueType.PERCENTAGE,
        direction=Direction.UP,
        aggregation=Aggregation.RATIO,
        scale_min=None,
        scale_max=None,
        source="Base de suivi de l’association",
        method="Relevé mensuel de la base",
        frequency=Frequency.WAVE,
        baseline_value=31.0,
        baseline_date=dt.date(2021, 3, 1),
        target_value=70.0,
        target_date=dt.date(2021, 11, 30),
        owner="Coordinatrice de l’antenne",
        disaggregation="genre",
        categories=("Femmes", "Hommes"),
        limits="Les jeunes perdus de vue sont comptés sans solution.",
        version=1,
        n_counts=Counted.PEOPLE,
    )
    return replace(base, **changes)


def result(
    row: IndicatorRow, actual: float | None, state: ResultState, **changes: object
) -> IndicatorResult:
    """Measured at three sites on 46 people; its T0 is the agreed one, its rate follows from it."""
    agreed = row.baseline_value
    rate = attainment(actual, agreed, row.target_value, row.direction)
    base = IndicatorResult(
        indicator=row,
        actual=actual,
        actual_date=TODAY,
        n=46,
        interval=Interval(38.1, 65.9),
        attainment=rate,
        expected=0.36,
        state=state,
        movement=MOVEMENTS.get(state, Movement.NO_DATA),
        baseline=Baseline(agreed=agreed, used=agreed, agreed_rate=rate),
        measures=3,
        sites=3,
        known_sites=3,
        waves=("t1",) if row.frequency is Frequency.WAVE else (),
        recorded=18,
        not_observed_count=1,
        decimals=1 if row.value_type is ValueType.PERCENTAGE else 2,
    )
    return replace(base, **changes)


def jobs() -> IndicatorResult:
    """Two T0 apart, two sites measured at both ends, a breakdown with a masked part."""
    row = indicator("D1", "Jeunes en emploi, formation ou stage à 6 mois")
    return result(
        row,
        52.0,
        ResultState.WATCH,
        baseline=Baseline(
            agreed=31.0,
            measured=36.0,
            measured_n=52,
            measured_sites=3,
            measured_on=dt.date(2021, 3, 15),
            used=31.0,
            differs=True,
            agreed_rate=21 / 39,
            measured_rate=16 / 34,
        ),
        known_sites=4,
        same_sites=SameSites(2, 4, 35.5, 49.0),
        by_category=(
            CategoryResult("Femmes", 58.0, 24, masked=False, interval=Interval(39, 75), rate=0.69),
            CategoryResult("Hommes", 46.0, 22, masked=False, interval=Interval(27, 65), rate=0.38),
            CategoryResult("Non précisé", 41.0, 3, masked=True, interval=None, rate=0.26),
        ),
    )


def pairs() -> IndicatorResult:
    """A sum whose target was amended, and whose parts once did not make the total."""
    row = indicator(
        "D2", "Binômes actifs", unit="binômes", value_type=ValueType.NUMBER,
        baseline_value=0.0, target_value=60.0, aggregation=Aggregation.ADDITIVE, limits="",
        definition="Binômes jeune–mentor qui se sont vus dans le mois.", formula="",
        disaggregation="", categories=(), frequency=Frequency.MONTHLY, n_counts=Counted.OBJECTS,
        version=2,
    )  # fmt: skip
    change = DefinitionChange(
        dt.date(2021, 4, 14), 2, (("target_value", 48.0, 60.0),),
        "deux missions locales de plus", "Mission innovation", new_series=False,
    )  # fmt: skip
    return result(row, 46.0, ResultState.ON_TRACK, n=None, interval=None, measures=12,
                  history=(change,))  # fmt: skip


def masked() -> IndicatorResult:
    """A figure on too few people, with all that would tell it still inside the row."""
    row = indicator("D9", "Jeunes logés à la sortie", baseline_value=12.0, target_value=80.0,
                    limits="", disaggregation="genre")  # fmt: skip
    return result(
        row,
        33.3,
        ResultState.WATCH,
        masked=True,
        movement=Movement.NO_DATA,
        n=3,
        interval=Interval(6.15, 79.23),
        same_sites=SameSites(2, 3, 14.7, 33.3),
        baseline=Baseline(agreed=12.0, measured=14.7, measured_n=4, measured_sites=2, used=12.0,
                          differs=True, agreed_rate=0.313, measured_rate=0.285),
        by_category=(
            CategoryResult("Femmes", 47.1, 2, masked=True, interval=Interval(9, 90), rate=0.5),
            CategoryResult("Hommes", 5.9, 1, masked=True, interval=Interval(1, 77), rate=0.1),
        ),
        reserves=(Reserve.PLAIN_MEAN,),
        without_n=1,
        stale_since=dt.date(2021, 3, 22),
    )  # fmt: skip


def told() -> IndicatorResult:
    """A qualitative indicator that two sites have answered."""
    row = indicator("D7", "Perception des employeurs", value_type=ValueType.QUALITATIVE, unit="",
                    baseline_value=None, target_value=None, disaggregation="", limits="",
                    aggregation=Aggregation.LATEST, categories=(), n_counts=None)  # fmt: skip
    answers = (
        Answer(dt.date(2021, 5, 26), "s1", "Mission locale d’Argenteuil", "",
               "Trois garages acceptent maintenant un stagiaire sans diplôme."),
        Answer(dt.date(2021, 3, 15), "s2", "Mission locale de Cergy", "",
               "« On ne les voit jamais, ces jeunes-là. »", initial=True),
    )  # fmt: skip
    return result(row, None, ResultState.ANSWERED, n=None, interval=None, measures=2, sites=2,
                  recorded=2, not_observed_count=0, waves=(), answers=answers)  # fmt: skip


def objective(
    number: int,
    statement: str,
    level: ObjectiveLevel,
    question: EvaluationQuestion,
    *results: IndicatorResult,
) -> ObjectiveResult:
    row = ObjectiveRow(
        f"o{number}", "e1", number, statement, level, question, tuple(r.indicator for r in results)
    )
    return ObjectiveResult(row, results)


def objectives() -> tuple[ObjectiveResult, ...]:
    delay = result(
        indicator("D3", "Délai moyen avant la première rencontre", unit="jours",
                  value_type=ValueType.NUMBER, direction=Direction.DOWN, baseline_value=34.0,
                  target_value=15.0, aggregation=Aggregation.MEAN, limits="",
                  frequency=Frequency.MONTHLY),
        19.0, ResultState.ON_TRACK, interval=None, actual_date=dt.date(2021, 4, 28),
        stale_since=dt.date(2021, 4, 28),
    )  # fmt: skip
    trust = result(
        indicator("D4", "Confiance en soi déclarée", unit="échelle de 1 à 5",
                  value_type=ValueType.SCALE, scale_min=1.0, scale_max=5.0, baseline_value=2.8,
                  target_value=4.0, aggregation=Aggregation.MEAN, n_counts=Counted.ANSWERS,
                  limits="Questionnaire auto-administré : effet de désirabilité possible."),
        2.45, ResultState.DECLINE, n=31, interval=None, without_n=0,
    )  # fmt: skip
    mentors = result(
        indicator("D5", "Mentors prêts à recommencer", baseline_value=None, target_value=80.0,
                  unit="% des mentors", disaggregation="", limits=""),
        88.0, ResultState.REACHED, n=25, interval=Interval(70.0, 95.8),
        reserves=(Reserve.NO_T0,),
    )  # fmt: skip
    few = result(
        indicator("D6", "Jeunes satisfaits de la fin de parcours", disaggregation="", limits=""),
        75.0, ResultState.ON_TRACK, n=8, interval=Interval(41.0, 93.0), few=True,
    )  # fmt: skip
    cost = result(
        indicator("D8", "Coût complet par jeune accompagné", unit="€", value_type=ValueType.NUMBER,
                  direction=Direction.DOWN, baseline_value=1400.0, target_value=1000.0,
                  aggregation=Aggregation.LATEST, limits="", disaggregation="",
                  frequency=Frequency.QUARTERLY, n_counts=Counted.OBJECTS),
        1060.0, ResultState.ON_TRACK, n=None, interval=None,
    )  # fmt: skip
    rules = result(
        indicator("D10", "Règles d’accueil signées", unit="", value_type=ValueType.YES_NO,
                  baseline_value=0.0, target_value=1.0, aggregation=Aggregation.LATEST, limits="",
                  disaggregation="", frequency=Frequency.QUARTERLY),
        0.0, ResultState.WATCH, n=None, interval=None, yes_sites=2, attainment=None,
    )  # fmt: skip
    out, impact = ObjectiveLevel.OUTCOME, ObjectiveLevel.IMPACT
    q1, q2, q3 = EvaluationQuestion.Q1, EvaluationQuestion.Q2, EvaluationQuestion.Q3
    return (
        objective(1, "Accélérer l’accès à l’emploi ou à la formation", out, q1,
                  jobs(), pairs(), delay),
        objective(2, "Renforcer la confiance et le réseau des jeunes", impact, q1,
                  trust, few, masked()),
        objective(3, "Créer un lien durable entre générations", impact, q2, mentors, told()),
        objective(4, "Trouver un modèle économique local", out, q3, cost, rules),
    )  # fmt: skip


def trajectories() -> tuple[tuple[str, tuple[TrajectoryPoint, ...]], ...]:
    def series(code, *values, n=46):
        days = [dt.date(2021, 3, 15), dt.date(2021, 4, 6), dt.date(2021, 4, 28),
                dt.date(2021, 5, 12), dt.date(2021, 5, 26), dt.date(2021, 6, 8)]  # fmt: skip
        points = zip(days, values, strict=False)
        return f"i-{code}", tuple(TrajectoryPoint(day, value, n, 3) for day, value in points)

    return (
        series("D1", 36.0, 35.0, 33.0, 43.0, 47.0, 52.0),
        series("D2", 4.0, 12.0, 20.0, 29.0, 38.0, 46.0, n=None),
        series("D3", 34.0, 31.0, 27.0, 25.0, 22.0, 19.0),
        series("D4", 2.8, 2.6, 2.45, n=31),
        series("D8", 1400.0, 1180.0, 1060.0, n=None),
        series("D9", 14.7, 21.9, 33.3, n=3),
    )
