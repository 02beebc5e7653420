"""Results in French, in the same words on the screen, in the workbook, the PDFs and ``show``."""

from collections.abc import Sequence

from desktop_app import french
from desktop_app.french import MINUS, NBSP, NNBSP
from desktop_app.models.enums import Counted, Frequency, ValueType
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import (
    CategoryResult,
    IndicatorResult,
    Interval,
    Reserve,
    ResultState,
)
from desktop_app.services.vocabulary import label

MASKED = "masqué"
ROUNDED = 0.006  # a percentage typed to the unit is half a percent away at most

_COUNTED = {
    Counted.PEOPLE: ("personne", "personnes"),
    Counted.ANSWERS: ("réponse", "réponses"),
    Counted.SESSIONS: ("séance", "séances"),
    Counted.OBJECTS: ("objet", "objets"),
}


def value_text(indicator: IndicatorRow, value: float | None, decimals: int | None = None) -> str:
    """A value in the indicator's own terms: « 52 % », « oui », « 8,4 »."""
    return french.measured(
        value,
        percentage=indicator.value_type is ValueType.PERCENTAGE,
        yes_no=indicator.value_type is ValueType.YES_NO,
        decimals=decimals,
    )


def fraction_text(percentage: float, n: int) -> str:
    """« 8 sur 9 »: a percentage of few people, as the people it is made of.

    « 2,3 sur 7 » when no whole number of people makes that percentage, rounded as it was typed.
    """
    people = percentage * n / 100
    whole = abs(people - round(people)) <= ROUNDED * n
    said = french.number(people, 0) if whole else french.measured(people, decimals=1)
    return f"{said} sur {french.number(n, 0)}"


def percentage_or_fraction(value: float | None, n: int | None, least: int) -> str:
    """« 89,5 % », or « 8 sur 9 » when n is under ``least``."""
    if value is not None and n and n < least:
        return fraction_text(value, n)
    return french.percent(value)


def sites_text(yes: int, sites: int) -> str:
    """« oui : 2 sites sur 3 »."""
    return f"oui{NBSP}: {french.plural(yes, 'site')} sur {french.number(sites, 0)}"


def actual_text(result: IndicatorResult) -> str:
    """The figure as it is read: « 47 % », « 8 sur 9 », « oui : 2 sites sur 3 », « masqué »."""
    indicator = result.indicator
    if result.masked:
        return MASKED
    if result.actual is None:
        return french.MISSING
    if indicator.calculation is Calculation.SITES:
        return sites_text(result.yes_sites, result.sites)
    if result.few and result.n:
        return fraction_text(result.actual, result.n)
    return value_text(indicator, result.actual, result.decimals)


def n_text(indicator: IndicatorRow, n: int | None) -> str:
    """« n = 96 réponses », never broken over two lines; '' when unknown."""
    if n is None:
        return ""
    one, many = _COUNTED[indicator.n_counts or Counted.PEOPLE]
    words = f"{NBSP}{one if n < 2 else many}" if indicator.n_counts is not None else ""
    return f"n{NBSP}={NBSP}{french.number(n, 0)}{words}"


def interval_text(interval: Interval) -> str:
    """« IC 95 % : 38–66 % »."""
    low, high = french.number(interval.low, 0), french.number(interval.high, 0)
    return f"IC{NBSP}95{NNBSP}%{NBSP}: {low}–{high}{NNBSP}%"


def interval_reason(result: IndicatorResult) -> str:
    """Why a percentage has no interval; '' when it has one, or may have one once measured."""
    indicator = result.indicator
    if indicator.value_type is not ValueType.PERCENTAGE or result.interval is not None:
        return ""
    if indicator.exhaustive:
        return "Pas d’intervalle : toutes les personnes concernées ont été comptées."
    if indicator.n_counts not in {None, Counted.PEOPLE}:
        _, many = _COUNTED[indicator.n_counts or Counted.PEOPLE]
        return f"Pas d’intervalle : n compte des {many}, pas des personnes."
    if indicator.frequency is not Frequency.WAVE:
        return "Pas d’intervalle : les mêmes personnes peuvent être comptées plusieurs fois."
    return "" if result.actual is None or result.masked else _measured_reason(result)


def _measured_reason(result: IndicatorResult) -> str:
    """What the measures themselves forbid, where the definition allows an interval."""
    if not result.n:
        return "Pas d’intervalle : n n’est pas connu partout."
    if result.measures > result.sites:
        return "Pas d’intervalle : un site a été mesuré plusieurs fois dans la vague."
    return "Pas d’intervalle : les mesures ne sont pas toutes de la même vague."


def coverage_text(result: IndicatorResult) -> str:
    """« 2 sites sur 4 », « 3 sites »: measured in the figure, of those ever measured."""
    if result.sites < result.known_sites:
        known = french.number(result.known_sites, 0)
        return f"{french.plural(result.sites, 'site')} sur {known}"
    return french.plural(result.sites, "site")


def basis_text(result: IndicatorResult) -> str:
    """What the figure rests on: « n = 96 réponses · 2 sites sur 4 »."""
    indicator = result.indicator
    if result.masked:
        return "trop peu de personnes"
    if indicator.calculation is Calculation.NONE:
        return _answers_text(result)
    if result.actual is None:
        return _nothing_text(result)
    parts = [n_text(indicator, result.n)]
    if indicator.calculation is Calculation.SUM:
        parts.append(french.plural(result.measures, "mesure"))
    if indicator.calculation is not Calculation.SITES:
        parts.append(coverage_text(result))
    elif result.sites < result.known_sites:
        parts.append(f"{coverage_text(result)} depuis T0")
    if result.interval is not None and not result.few:
        parts.append(interval_text(result.interval))
    return joined(parts)


def _answers_text(result: IndicatorResult) -> str:
    if not result.measures:
        return _nothing_text(result)
    return joined([french.plural(result.measures, "réponse"), french.plural(result.sites, "site")])


def _nothing_text(result: IndicatorResult) -> str:
    if result.baseline.measured is not None:
        return "pas encore mesuré depuis T0"
    if result.not_observed_count:
        return french.plural(result.not_observed_count, "non observé", "non observés")
    if result.indicator.frequency is Frequency.ONCE:
        return "une fois, à la fin"
    return ""


def calculation_text(result: IndicatorResult) -> str:
    """How the figure is made: « dernière valeur de chaque site, pondérée par n »."""
    indicator = result.indicator
    weighted = "pondérée par n" if result.n else "moyenne simple"
    match indicator.calculation:
        case Calculation.SUM:
            return "cumul de toutes les mesures, vague T0 comprise"
        case Calculation.LATEST:
            return f"dernière valeur de chaque site, {weighted}"
        case Calculation.SITES:
            return "dernière réponse de chaque site ; le moins avancé décide"
        case Calculation.NONE:
            return "réponses en toutes lettres, jamais résumées par un chiffre"
    ratio = indicator.calculation is Calculation.RATIO
    name = "rapport des effectifs" if ratio else "moyenne"
    how = "" if ratio and result.n else f", {weighted}"
    if indicator.frequency is Frequency.WAVE:
        waves = " et ".join(wave.upper() for wave in result.waves)
        which = f" ({waves})" if waves else ""
        return f"{name} de la dernière vague de chaque site{which}{how}"
    return f"{name} de toute la période depuis T0{how}"


def rate_text(result: IndicatorResult) -> str:
    """The share of the way done: « 44 % », « − 53 % »; '' when there is none."""
    return share_text(result.attainment)


def share_text(rate: float | None) -> str:
    """0.95 → « 95 % », -0.53 → « − 53 % »; whole percents, but never 100 % nor 0 % untruly."""
    if rate is None:
        return ""
    text = french.percent(100 * abs(rate), 0)
    return f"{MINUS}{NNBSP}{text}" if rate < 0 and abs(rate) > 1e-9 else text


def state_text(result: IndicatorResult) -> str:
    """The state in words: « Non atteinte (95 % du chemin) », « masqué »."""
    if result.masked:
        return MASKED
    if result.state is ResultState.MISSED and result.attainment is not None:
        return f"{label(result.state)} ({share_text(max(result.attainment, 0.0))} du chemin)"
    return label(result.state)


def state_detail(result: IndicatorResult) -> str:
    """What stands under the state: « non mesuré depuis le 11/03/2021 », « vague T1 : 2 sites »."""
    if result.masked:
        return ""
    if result.stale_since is not None:
        return f"non mesuré depuis le {french.date(result.stale_since)}"
    if result.baseline.differs and result.baseline.measured_rate is not None:
        used = result.baseline.to_measure
        other = result.baseline.agreed_rate if used else result.baseline.measured_rate
        if other is not None:
            return f"depuis le T0 {'convenu' if used else 'mesuré'}{NBSP}: {share_text(other)}"
    if result.waves and result.indicator.frequency is Frequency.WAVE:
        return (
            f"vague {' et '.join(w.upper() for w in result.waves)}{NBSP}: {coverage_text(result)}"
        )
    return ""


def reserves_text(result: IndicatorResult) -> tuple[str, ...]:
    """Each reserve in a sentence, in order; none when the figure is withheld."""
    if result.masked:
        return ("Repose sur trop peu de personnes pour sortir du carnet.",)
    return tuple(_reserve(reserve, result) for reserve in result.reserves)


def _reserve(reserve: Reserve, result: IndicatorResult) -> str:
    indicator = result.indicator
    match reserve:
        case Reserve.PAIR:
            return _pair_text(indicator)
        case Reserve.PARTS_DISAGREE:
            return disagreement_text(result)
        case Reserve.PLAIN_MEAN:
            return _plain_mean_text(result)
        case Reserve.WITHOUT_N:
            return _without_n_text(result)
        case Reserve.SUM_FROM_ZERO:
            return _sum_text(indicator)
    return _RESERVES[reserve]


def _pair_text(indicator: IndicatorRow) -> str:
    kind, way = label(indicator.value_type).lower(), label(indicator.aggregation).lower()
    return (
        f"Le calcul « {way} » ne convient pas au type « {kind} » : choisissez-en un autre "
        "dans la fiche de l’indicateur."
    )


def _sum_text(indicator: IndicatorRow) -> str:
    return (
        f"Un cumul part de 0, la fiche dit T0 = "
        f"{value_text(indicator, indicator.baseline_value)} : pour un stock, choisissez "
        "« dernière valeur »."
    )


def _without_n_text(result: IndicatorResult) -> str:
    """« 1 mesure sans n est laissée de côté »."""
    verb = "sont laissées" if result.silent > 1 else "est laissée"
    return f"{french.plural(result.silent, 'mesure')} sans n {verb} de côté du rapport."


_RESERVES = {
    Reserve.OTHER_PERIMETER: (
        "Périmètre différent : aucun site n’a à la fois un T0 et une mesure récente."
    ),
    Reserve.OLDER_SERIES: "Mesuré sous une définition antérieure : aucune mesure depuis.",
    Reserve.NO_COMPARABLE_T0: (
        "Sans référence comparable : le T0 a été donné sous une autre définition."
    ),
    Reserve.NO_T0: "Sans référence T0 : le chemin parcouru ne se calcule pas.",
    Reserve.T0_WITHHELD: "Le T0 repose sur trop peu de personnes pour sortir du carnet.",
    Reserve.NO_TARGET: "Sans cible : rien à quoi comparer la valeur.",
    Reserve.T0_IS_TARGET: "Le T0 atteint déjà la cible : le chemin parcouru ne se calcule pas.",
    Reserve.PART_OF_PERIOD: (
        "Somme d’une partie de la période ou des sites : ni avancement ni état."
    ),
    Reserve.ONLY_T0: "Pas encore mesuré depuis T0.",
}


def _plain_mean_text(result: IndicatorResult) -> str:
    """« moyenne simple : n manque à 1 site sur 3 »."""
    latest = result.indicator.calculation is Calculation.LATEST
    total = result.sites if latest else result.measures
    unit = "site" if latest else "mesure"
    missing = french.plural(result.without_n, unit)
    return f"Moyenne simple : n manque à {missing} sur {french.number(total, 0)}."


def disagreement_text(result: IndicatorResult) -> str:
    """« Les parties font 120, le total 100 » : the latest, and how many others."""
    last = result.disagreements[-1]
    others = len(result.disagreements) - 1
    more = f" (et {french.plural(others, 'autre mesure', 'autres mesures')})" if others else ""
    return (
        f"Les parties font {french.number(last.parts)}, le total {french.number(last.total)}, "
        f"le {french.date(last.date)}{more}."
    )


def category_text(
    category: CategoryResult, indicator: IndicatorRow, least: int, decimals: int | None = None
) -> str:
    """A category's figure: « 48 % », « 8 sur 9 », « masqué »."""
    if category.masked:
        return MASKED
    few = indicator.value_type is ValueType.PERCENTAGE and category.n and category.n < least
    if few and category.actual is not None and category.n:
        return fraction_text(category.actual, category.n)
    return value_text(indicator, category.actual, decimals)


def joined(parts: Sequence[str]) -> str:
    """« n = 46 · 3 sites »: the parts that say something."""
    return " · ".join(part for part in parts if part)
