"""How a result reads on screen: the lines of each cell of the results table."""

from collections.abc import Collection
from dataclasses import dataclass

from desktop_app.french import MISSING, NBSP, NNBSP, number, plural, typeset
from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.reference_words import baseline_detail, baseline_text
from desktop_app.services.results.rows import (
    IndicatorResult,
    Level,
    ObjectiveResult,
    Reserve,
    ResultState,
    Thresholds,
    level_of,
)
from desktop_app.services.results.tallies import tally_of
from desktop_app.services.results.tally_words import tally_text
from desktop_app.services.results.words import (
    actual_text,
    basis_text,
    joined,
    rate_text,
    reserves_text,
    state_detail,
    state_text,
    value_text,
)
from desktop_app.services.vocabulary import SHORT_LABELS, Direction, ValueType, label

__all__ = ["value_text"]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a cell; ``colour`` is a token. ``mark``: the sign of a reserve stands before."""

    text: str
    colour: str = "ink"
    small: bool = False
    bold: bool = False
    mark: bool = False


Lines = tuple[Words, ...]


def unit_text(indicator: IndicatorRow) -> str:
    """« jours, à faire baisser », « échelle 1 à 5 », « % des jeunes »."""
    unit = indicator.unit
    if indicator.value_type is ValueType.SCALE and indicator.scale_min is not None:
        low, high = number(indicator.scale_min), number(indicator.scale_max)
        said = low in unit and high in unit
        bounds = f"échelle {low} à {high}"
        unit = unit if said else f"{unit}, {bounds}" if unit else bounds
    if not unit:
        unit = {
            ValueType.NUMBER: "nombre",
            ValueType.PERCENTAGE: "%",
            ValueType.YES_NO: "oui ou non",
            ValueType.QUALITATIVE: "réponse libre",
        }.get(indicator.value_type, "")
    wanted = {Direction.DOWN: "à faire baisser", Direction.KEEP: "à maintenir"}
    way = wanted.get(indicator.direction, "")
    if not way or indicator.calculation is Calculation.NONE:
        return unit
    return f"{unit}, {way}" if unit else way


def label_lines(result: IndicatorResult, hidden: Collection[str] = ()) -> Lines:
    """What it measures, and the cells that a narrow table has no column for."""
    indicator = result.indicator
    unit = unit_text(indicator)
    if indicator.calculation is Calculation.NONE:
        unit = joined([unit, basis_text(result)])
    lines = [Words(indicator.label), Words(unit, "muted", small=True)]
    if (kept := hidden_text(result, hidden)) and indicator.calculation is not Calculation.NONE:
        lines.append(Words(kept, "ink", small=True))
    return tuple(line for line in lines if line.text)


BASELINE, TARGET, BAR = "baseline", "target", "bar"


def hidden_text(result: IndicatorResult, hidden: Collection[str]) -> str:
    """« T0 38 % · cible 60 % · 41 % du chemin » : what stands in no column."""
    target = value_text(result.indicator, result.indicator.target_value, result.decimals)
    rate = rate_text(result)
    return joined(
        [
            f"T0{NBSP}{baseline_text(result)}" if BASELINE in hidden else "",
            f"cible{NBSP}{target}" if TARGET in hidden else "",
            f"{rate} du chemin" if BAR in hidden and rate else "",
        ]
    )


def baseline_lines(result: IndicatorResult) -> Lines:
    """T0 as it counts, and under it where it comes from; the other one in orange when apart."""
    indicator, baseline = result.indicator, result.baseline
    if indicator.calculation is Calculation.NONE:
        return ()
    first, detail = baseline_text(result), baseline_detail(result)
    if not baseline.differs:
        return _lines(Words(first), Words(detail, "muted", small=True))
    if baseline.used == baseline.measured and not baseline.to_measure:
        agreed = value_text(indicator, baseline.agreed, result.decimals)
        return (
            Words(f"mesuré {first}"),
            Words(f"convenu {agreed}", "warn", small=True, bold=True),
        )
    word = "mesuré" if baseline.to_measure else "convenu"
    return (Words(f"{word} {first}"), Words(detail, "warn", small=True, bold=True))


def actual_lines(result: IndicatorResult) -> Lines:
    if result.indicator.calculation is Calculation.NONE:
        return ()
    muted = result.actual is None
    return _lines(
        Words(actual_text(result), "muted" if muted else "ink", bold=not muted),
        Words(basis_text(result), "muted", small=True),
    )


def target_lines(result: IndicatorResult) -> Lines:
    if result.indicator.calculation is Calculation.NONE:
        return ()
    return (Words(value_text(result.indicator, result.indicator.target_value, result.decimals)),)


def rate_line(result: IndicatorResult) -> Words:
    """Beside the bar, unclamped; red with its sign when it is behind T0."""
    behind = result.attainment is not None and result.attainment < 0
    return Words(rate_text(result), "bad" if behind else "ink", small=True, bold=True)


def state_lines(result: IndicatorResult) -> Lines:
    """Under the pill: since when, on how many sites, and that there is a reserve."""
    stale = result.stale_since is not None
    detail = Words(state_detail(result), "warn" if stale else "muted", small=True, bold=stale)
    reserve = reserve_word(result)
    return _lines(detail, Words(reserve, "warn", small=True, mark=True))


def reserve_word(result: IndicatorResult) -> str:
    """« moyenne simple », « 2 réserves »: that something must be said, in a cell's room."""
    told = [reserve for reserve in result.reserves if reserve not in _SAID_ELSEWHERE]
    if len(told) > 1:
        return plural(len(told), "réserve")
    return _SHORT[told[0]] if told else ""


_SAID_ELSEWHERE = {Reserve.ONLY_T0}
_SHORT = {
    Reserve.PAIR: "calcul à revoir",
    Reserve.PARTS_DISAGREE: "parties et total diffèrent",
    Reserve.PLAIN_MEAN: "moyenne simple",
    Reserve.WITHOUT_N: "mesures sans n",
    Reserve.OLDER_SERIES: "définition antérieure",
    Reserve.NO_COMPARABLE_T0: "T0 non comparable",
    Reserve.NO_T0: "sans T0",
    Reserve.T0_WITHHELD: "T0 masqué",
    Reserve.NO_TARGET: "sans cible",
    Reserve.T0_IS_TARGET: "T0 déjà à la cible",
    Reserve.SUM_FROM_ZERO: "T0 autre que 0",
    Reserve.PART_OF_PERIOD: "somme partielle",
    Reserve.OTHER_PERIMETER: "périmètre différent",
}


def state_said(result: IndicatorResult) -> str:
    """The state for the ear: with its detail and every reserve in full."""
    state = "" if result.state is ResultState.UNJUDGED else state_text(result)
    words = ", ".join(part for part in (state or "sans état", state_detail(result)) if part)
    reserves = " ".join(reserves_text(result))
    return f"{words}. Réserve{NBSP}: {reserves}" if reserves else words


def spoken(lines: Lines) -> str:
    return ", ".join(line.text for line in lines if line.text and line.text != MISSING) or "vide"


def objective_pill(objective: ObjectiveRow) -> str:
    """« Résultat · Q1 », « Viabilité · Q3 »."""
    question = SHORT_LABELS[objective.evaluation_question]
    viable = level_of(objective) is Level.VIABILITY
    return f"{'Viabilité' if viable else label(objective.level)} · {question}"


def objective_tally(objective: ObjectiveResult) -> str:
    """« 1 en recul · 1 en progrès · 1 qualitatif »."""
    tally = tally_of(objective.results)
    return tally_text(tally, len(objective.results) - tally.total)


def _lines(*lines: Words) -> Lines:
    return tuple(line for line in lines if line.text)


def thresholds_text(thresholds: Thresholds) -> str:
    """What the states mean, with the rules in force: the tool tip of the column « État »."""
    on_track, watch = number(thresholds.on_track * 100, 0), number(thresholds.watch * 100, 0)
    return typeset(
        "Le chemin parcouru de T0 à la cible, comparé à celui attendu le jour de la dernière "
        "mesure (à la moitié à T1, au bout à T2 pour un indicateur mesuré par vague).\n"
        "Cible atteinte : la valeur actuelle atteint la cible.\n"
        f"En bonne voie : au moins {on_track} % du chemin attendu.\n"
        f"À surveiller : entre {watch} et {on_track} %.\n"
        f"En retard : moins de {watch} %.\n"
        "En recul : moins bien qu’au T0.\n"
        "Non atteinte : l’expérimentation est terminée, avec la part du chemin faite.\n"
        "Sans donnée : rien n’a été mesuré depuis le T0.\n"
        "— : rien à quoi comparer la valeur ; la réserve dit pourquoi."
    ).replace(" %", f"{NNBSP}%")
