"""The measures of a visit report: figures in a table, answers in their own words."""

from collections.abc import Sequence

from desktop_app import french
from desktop_app.exports.charts_scene import count_text
from desktop_app.exports.pdf.answers import quoted_answer
from desktop_app.exports.pdf.common import joined
from desktop_app.exports.pdf.grid import Grid
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.pdf.text import lowered, shortened
from desktop_app.french import NBSP, NNBSP
from desktop_app.services.documents.rows import VisitDocument
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.results.words import MASKED, fraction_text
from desktop_app.services.visits.visit_rows import MeasureLine
from desktop_app.services.vocabulary import (
    Calculation,
    Counted,
    MeasurementStatus,
    ValueType,
    label,
)

NEXT = f"{NNBSP}; "


def measures(story: Story, document: VisitDocument) -> None:
    story.h2("Mesures")
    recorded = [line for line in document.measures if line.measurement_id is not None]
    figures = [line for line in recorded if line.value_type is not ValueType.QUALITATIVE]
    told = [line for line in recorded if line.value_type is ValueType.QUALITATIVE]
    if not recorded:
        story.text("Aucune mesure n’a été relevée lors de cette visite.", "note")
    if figures:
        _table(story, figures, document)
    missing = [
        _name(line)
        for line in document.measures
        if line.due and line.measurement_id is None and not line.category
    ]
    notes = [reading(document)] if figures else []
    if missing:
        notes.append(f"Attendues à cette date et non relevées{NBSP}: {NEXT.join(missing)}.")
    story.text(" ".join(notes), "note")
    _answers(story, told)


def reading(document: VisitDocument) -> str:
    """How the table is to be read."""
    said = ["Non observé et sans objet ne valent pas zéro."]
    if document.thresholds.min_n_percentage > 0:
        floor = french.number(document.thresholds.min_n_percentage, 0)
        said.append(f"Un pourcentage dont n est inférieur à {floor} se lit en effectifs.")
    if document.hidden:
        least = french.number(document.thresholds.mask_below, 0)
        said.append(f"Masqué{NBSP}: repose sur moins de {least} personnes, ou les trahirait.")
    return " ".join(said)


def _name(line: MeasureLine) -> str:
    return f"{line.indicator_code} {line.label}".strip()


def _table(story: Story, lines: Sequence[MeasureLine], document: VisitDocument) -> None:
    grid = Grid(story, (WIDTH - 306, 46, 84, 128, 48), rights=(1, 2, 3, 4))
    grid.head("Indicateur", "T0", "Valeur précédente", "Relevé de la visite", "Cible")
    for line in lines:
        masked = (line.indicator_id, line.category) in document.hidden
        guarded = line.indicator_id in document.guarded
        _row(grid, line, document.thresholds, masked=masked, guarded=guarded)
    grid.close(after=3)


def _row(
    grid: Grid, line: MeasureLine, thresholds: Thresholds, *, masked: bool, guarded: bool
) -> None:
    name = f"{line.indicator_code} – {line.label}" if line.indicator_code else line.label
    under = line.unit
    if line.category:
        under = joined([line.indicator_code or line.label, f"par {lowered(line.disaggregation)}"])
        name = line.part
    value, note = recorded_value(line, thresholds, masked=masked)
    whole = not line.category  # T0, target and last value are those of the whole audience
    before = f"le {french.date(line.last_date)}" if line.last_date and whole else ""
    row = grid.row().text(name, under)
    row.text(_plain(line, line.baseline_value) if whole else "")
    row.text(previous_value(line, thresholds, guarded=guarded) if whole else "", before)
    row.text(value, note, strong=True)
    row.text(_plain(line, line.target_value) if whole else "")


def previous_value(line: MeasureLine, thresholds: Thresholds, *, guarded: bool = False) -> str:
    """The site's last value before; masked when it rests on few people, or may tell of some."""
    if line.last_value is None:
        return french.MISSING
    if guarded or _few(line, line.last_value, line.last_n, thresholds.mask_below):
        return MASKED
    return _read(line, line.last_value, line.last_n, thresholds)


def _few(line: MeasureLine, value: float, n: int | None, threshold: int) -> bool:
    """By its n, or by itself where it counts people; a percentage without n may be of few."""
    if not line.of_people:
        return False
    counts = line.value_type is ValueType.NUMBER and line.n_counts is not Counted.ANSWERS
    added = line.calculation is Calculation.SUM
    if counts and (added or (n is None and line.calculation is Calculation.LATEST)):
        return 0 < value < threshold or (n is not None and 0 < n < threshold)
    if n is None:
        return threshold > 0 and line.value_type is ValueType.PERCENTAGE
    return 0 < n < threshold


def recorded_value(
    line: MeasureLine, thresholds: Thresholds, *, masked: bool = False
) -> tuple[str, str]:
    """What may be printed of a recorded cell, and what goes with it: nothing when masked."""
    if masked:
        return MASKED, ""
    comment = line.comment.strip()
    if line.status is not MeasurementStatus.OBSERVED:
        return label(line.status), comment
    details = [] if line.wave is None else [label(line.wave)]
    if line.reliability is not None:
        details.append(f"fiabilité {lowered(label(line.reliability))}")
    value = _read(line, line.value, line.n, thresholds)
    if line.n is not None:
        details.insert(0, count_text(line.n))
    elif line.value_type is ValueType.PERCENTAGE:
        details.insert(0, "n non renseigné")
    return value, "\n".join(part for part in (joined(details), comment) if part)


def _read(line: MeasureLine, value: float | None, n: int | None, thresholds: Thresholds) -> str:
    """« 52 % », or « 8 sur 9 » under the number of people that a percentage deserves."""
    percentage = line.value_type is ValueType.PERCENTAGE
    if percentage and value is not None and n and n < thresholds.min_n_percentage:
        return fraction_text(value, n)
    return _plain(line, value)


def _plain(line: MeasureLine, value: float | None) -> str:
    return french.measured(
        value,
        percentage=line.value_type is ValueType.PERCENTAGE,
        yes_no=line.value_type is ValueType.YES_NO,
    )


def _answers(story: Story, lines: Sequence[MeasureLine]) -> None:
    """What was answered in words, whole; else that nothing was observed."""
    for line in lines:
        answer = line.comment.strip()
        story.h3(shortened(joined([_name(line), line.part])))
        if line.status is MeasurementStatus.OBSERVED and answer:
            wave = "" if line.wave is None else label(line.wave)
            story.items([(quoted_answer(answer), wave, "accent", "quote")])
        else:
            said = label(line.status)
            story.text(f"{said}. {answer}" if answer else f"{said}.", "note")
