"""What is typed in a measure's row, read into the command that records it.

« Not recorded », « non observé », « sans objet » and zero are four different things here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.services.results.rounding import written_decimals
from desktop_app.services.visits.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import (
    Calculation,
    MeasurementStatus,
    Reliability,
    ValueType,
    Wave,
)

_YES = frozenset({"o", "oui", "y", "1"})
_OF_PEOPLE = frozenset({ValueType.PERCENTAGE, ValueType.SCALE, ValueType.YES_NO})
_NO = frozenset({"n", "non", "0"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as it stands on screen; ``status`` is the mark of Alt+N or Alt+S, else None.

    ``wave`` is T0, T1 or T2 for an indicator measured by waves.
    """

    value: str
    n: str
    comment: str
    status: MeasurementStatus | None = None
    wave: Wave | None = None
    reliability: Reliability | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is not written: ``field`` is « value », « n » or « comment » (an answer)."""

    field: str
    sentence: str


def read(line: MeasureLine, visit_id: str, typed: Typed) -> RecordMeasure | Refusal:
    """The command to record this row; a Refusal is shown, not written.

    A comment alone says that the value was not observed: it is kept as such, never as a zero. A
    qualitative one is the answer itself.
    """
    if line.value_type is ValueType.QUALITATIVE:
        return _answer(line, visit_id, typed)
    try:
        value = read_value(line, typed.value)
    except UserError as error:
        return Refusal("value", str(error))
    try:
        n = french.parse_count(typed.n)
    except UserError as error:
        return Refusal("n", str(error))
    comment = typed.comment.strip()
    status = _status(typed, value, comment)
    if status is None and n is not None:
        return Refusal("value", "Saisissez la valeur observée sur cet effectif.")
    if n == 0 and line.value_type in _OF_PEOPLE and value is not None:
        return Refusal("n", "Avec n = 0, personne n’a été observé. Corrigez n ou videz la valeur.")
    if status is not MeasurementStatus.OBSERVED:
        value = n = None
    return _command(line, visit_id, typed, status, value, n)


def _answer(line: MeasureLine, visit_id: str, typed: Typed) -> RecordMeasure:
    """A count that an older notebook holds beside the answer is left as it is."""
    status = typed.status
    if status is None and typed.comment.strip():
        status = MeasurementStatus.OBSERVED
    n = line.n if status is MeasurementStatus.OBSERVED else None
    return _command(line, visit_id, typed, status, None, n)


def _command(
    line: MeasureLine,
    visit_id: str,
    typed: Typed,
    status: MeasurementStatus | None,
    value: float | None,
    n: int | None,
) -> RecordMeasure:
    return RecordMeasure(
        visit_id=visit_id,
        indicator_id=line.indicator_id,
        category=line.category,
        status=status,
        value=value,
        n=n,
        comment=typed.comment.strip(),
        wave=typed.wave,
        reliability=typed.reliability,
    )


def says_the_same(line: MeasureLine, command: RecordMeasure) -> bool:
    """Whether the notebook already holds what the command would write."""
    held = (line.status, line.value, line.n, line.comment, line.wave)
    same = held == (command.status, command.value, command.n, command.comment, command.wave)
    return same and (line.status is None or line.reliability == command.reliability)


def after(line: MeasureLine, command: RecordMeasure) -> MeasureLine:
    """The line as it is once the command is committed."""
    return replace(
        line,
        status=command.status,
        value=command.value,
        n=command.n,
        comment=command.comment,
        wave=command.wave,
        reliability=command.reliability,
    )


def read_value(line: MeasureLine, text: str) -> float | None:
    """Reads « 8,4 », « 8.4 », « 52 % », « o », « non ». Raises UserError (a French sentence)."""
    word = text.strip().casefold()
    if not word:
        return None
    if line.value_type is ValueType.YES_NO:
        if word in _YES or word in _NO:
            return 1.0 if word in _YES else 0.0
        raise UserError("Répondez par oui ou non (o ou n).")
    value = french.parse_number(text, percentage=line.value_type is ValueType.PERCENTAGE)
    low, high = bounds(line)
    if value is not None and not low <= value <= high:
        raise UserError(_out_of_bounds(line, low, high))
    return value


def bounds(line: MeasureLine) -> tuple[float, float]:
    if line.value_type is ValueType.PERCENTAGE:
        return 0.0, 100.0
    low, high = line.scale_min, line.scale_max
    if line.value_type is ValueType.SCALE and low is not None and high is not None:
        return low, high
    return float("-inf"), float("inf")


def shown_value(line: MeasureLine, value: float | None) -> str:
    """A value as it is typed back in the field, to the last digit: « 8,4 », « oui »; '' if none."""
    if value is None:
        return ""
    if line.value_type is ValueType.YES_NO:
        return french.measured(value, yes_no=True)
    return french.written(value, grouped=False)


def read_back(line: MeasureLine, value: float | None) -> str:
    """A value as it is read beside the field: « 40 % », « oui », « — ».

    At the decimals that keep apart the last value, T0 and the target.
    """
    return french.measured(
        value,
        percentage=line.value_type is ValueType.PERCENTAGE,
        yes_no=line.value_type is ValueType.YES_NO,
        decimals=written_decimals(
            line.value_type, line.last_value, line.baseline_value, line.target_value, value
        ),
    )


def last_text(line: MeasureLine) -> str:
    """The last value; the day of the last answer, which is read in its own visit."""
    if line.value_type is not ValueType.QUALITATIVE:
        return read_back(line, line.last_value)
    return french.MISSING if line.last_date is None else french.date(line.last_date)


def remark(line: MeasureLine) -> str:
    """What is said under a row that is recorded all the same; '' when nothing is."""
    counted = line.value is None or line.n is not None
    if line.value_type is not ValueType.PERCENTAGE or not line.of_people or counted:
        return ""
    return f"n manque{french.NBSP}: ce pourcentage sera masqué dans les documents."


def parts_remark(total: MeasureLine, parts: Sequence[MeasureLine]) -> str:
    """Where the parts of one occasion and its total do not agree; '' when they do.

    « Les parties font 120, le total 100. » of what is added up, when the parts are over the total
    or are all there; of anything else, their n over the total's.
    """
    valued = [part for part in parts if part.value is not None]
    if total.value is None or not valued:
        return ""
    if total.calculation is Calculation.SUM:
        made = math.fsum(part.value for part in valued if part.value is not None)
        complete = all(part.value is not None for part in parts if not part.retired)
        agree = math.isclose(made, total.value, rel_tol=1e-9, abs_tol=1e-9)
        if agree or not (complete or made > total.value):
            return ""
        decimals = written_decimals(total.value_type, made, total.value)
        whole = french.measured(total.value, decimals=decimals)
        return f"Les parties font {french.measured(made, decimals=decimals)}, le total {whole}."
    counts = [part.n for part in valued if part.n is not None]
    if total.n is None or sum(counts) <= total.n:
        return ""
    return (
        f"Les parties comptent n{french.NBSP}={french.NBSP}{french.number(sum(counts), 0)}, le "
        f"total n{french.NBSP}={french.NBSP}{french.number(total.n, 0)}."
    )


def unit_text(line: MeasureLine) -> str:
    """« résidents/jour », « échelle 1 à 5 », « oui / non »."""
    if line.value_type is ValueType.SCALE and line.scale_min is not None:
        low, high = french.number(line.scale_min), french.number(line.scale_max)
        scale = f"échelle {low} à {high}"
        said = low in line.unit and high in line.unit
        return line.unit if said else ", ".join(part for part in (line.unit, scale) if part)
    if line.value_type is ValueType.YES_NO:
        return "oui / non"
    if line.value_type is ValueType.QUALITATIVE:
        return line.unit or "réponse libre"
    if line.value_type is ValueType.PERCENTAGE:
        return line.unit if "%" in line.unit else f"%{french.NBSP}{line.unit}".strip()
    return line.unit


def reference_text(line: MeasureLine) -> str:
    """What the last value's tooltip says: its day, the reference T0 and the target."""
    if line.value_type is ValueType.QUALITATIVE:
        return "" if line.last_date is None else f"Dernière réponse le {last_text(line)}"
    parts = []
    if line.last_date is not None:
        day = french.date(line.last_date)
        parts.append(f"Dernière valeur : {read_back(line, line.last_value)} le {day}")
    parts.append(f"Référence T0 : {read_back(line, line.baseline_value)}")
    parts.append(f"Cible : {read_back(line, line.target_value)}")
    return "\n".join(part.replace(" :", f"{french.NBSP}:") for part in parts)


def progress_text(lines: tuple[MeasureLine, ...]) -> str:
    """« 3 sur 4 saisies · 1 non observée »: indicators, whatever their categories."""
    offered = {line.indicator_id for line in lines if not line.retired}
    done = _having(lines, MeasurementStatus.OBSERVED) & offered
    skipped = (_having(lines, MeasurementStatus.NOT_OBSERVED) & offered) - done
    unsuited = (_having(lines, MeasurementStatus.NOT_APPLICABLE) & offered) - done - skipped
    parts = [f"{len(done)} sur {len(offered)} {'saisies' if len(offered) > 1 else 'saisie'}"]
    if skipped:
        parts.append(french.plural(len(skipped), "non observée", "non observées"))
    if unsuited:
        parts.append(f"{len(unsuited)} sans objet")
    return " · ".join(parts)


def _having(lines: tuple[MeasureLine, ...], status: MeasurementStatus) -> set[str]:
    return {line.indicator_id for line in lines if line.status is status}


def _status(typed: Typed, value: float | None, comment: str) -> MeasurementStatus | None:
    if value is not None:
        return MeasurementStatus.OBSERVED
    if typed.status is not None:
        return typed.status
    return MeasurementStatus.NOT_OBSERVED if comment else None


def _out_of_bounds(line: MeasureLine, low: float, high: float) -> str:
    if line.value_type is ValueType.PERCENTAGE:
        return f"Un pourcentage va de 0 à 100{french.NNBSP}%. Rien n’a été enregistré."
    return f"L’échelle va de {french.number(low)} à {french.number(high)}. Rien n’a été enregistré."
