"""What is typed in a measure's row, read into the command that records it.

« Not recorded », « non observé », « sans objet » and zero are four different things here.
"""

from dataclasses import dataclass, replace

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.services.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import MeasurementStatus, Reliability, ValueType, Wave

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
    """Why a row is not written: ``field`` is « value » or « n »."""

    field: str
    sentence: str


def read(line: MeasureLine, visit_id: str, typed: Typed) -> RecordMeasure | Refusal:
    """The command to record this row; a Refusal is shown, not written.

    A comment alone says that the value was not observed: it is kept as such, never as a zero.
    """
    try:
        value = read_value(line, typed.value)
    except UserError as error:
        return Refusal("value", str(error))
    try:
        n = french.parse_count(typed.n)
    except UserError as error:
        return Refusal("n", str(error))
    comment = typed.comment.strip()
    status = _status(line, typed, value, comment)
    if status is None and n is not None:
        return Refusal("value", "Saisissez la valeur observée sur cet effectif.")
    if n == 0 and line.value_type in _OF_PEOPLE and value is not None:
        return Refusal("n", "Avec n = 0, personne n’a été observé. Corrigez n ou videz la valeur.")
    if status is not MeasurementStatus.OBSERVED:
        value = n = None
    return RecordMeasure(
        visit_id=visit_id,
        indicator_id=line.indicator_id,
        category=line.category,
        status=status,
        value=value,
        n=n,
        comment=comment,
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
    value = french.parse_number(text)
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
    return f"{value:.12g}".replace(".", ",") if abs(value) < 1e12 else french.number(value)


def read_back(line: MeasureLine, value: float | None) -> str:
    """A value as it is read beside the field: « 40 % », « oui », « — »."""
    return french.measured(
        value,
        percentage=line.value_type is ValueType.PERCENTAGE,
        yes_no=line.value_type is ValueType.YES_NO,
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
        return line.unit or "appréciation en commentaire"
    if line.value_type is ValueType.PERCENTAGE:
        return line.unit if "%" in line.unit else f"%{french.NBSP}{line.unit}".strip()
    return line.unit


def reference_text(line: MeasureLine) -> str:
    """What the last value's tooltip says: its day, the reference T0 and the target."""
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


def _status(
    line: MeasureLine, typed: Typed, value: float | None, comment: str
) -> MeasurementStatus | None:
    if value is not None:
        return MeasurementStatus.OBSERVED
    if typed.status is not None:
        return typed.status
    if not comment:
        return None
    qualitative = line.value_type is ValueType.QUALITATIVE
    return MeasurementStatus.OBSERVED if qualitative else MeasurementStatus.NOT_OBSERVED


def _out_of_bounds(line: MeasureLine, low: float, high: float) -> str:
    if line.value_type is ValueType.PERCENTAGE:
        return f"Un pourcentage va de 0 à 100{french.NNBSP}%. Rien n’a été enregistré."
    return f"L’échelle va de {french.number(low)} à {french.number(high)}. Rien n’a été enregistré."
