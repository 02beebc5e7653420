"""« Croisements » and « Contrôle »: live formulas over the other sheets' tables.

Only like things are counted together: findings by polarity, indicators by movement.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from desktop_app import french
from desktop_app.exports.excel import indicators, measurements, rows
from desktop_app.exports.excel.cells import As, Column, Kind
from desktop_app.exports.excel.summary import COUNTED
from desktop_app.exports.excel.table_sheet import write_table
from desktop_app.french import NBSP
from desktop_app.services.documents.rows import WorkbookDocument
from desktop_app.services.results.rows import WORST_FIRST, Movement, Tally
from desktop_app.services.results.words import MASKED
from desktop_app.services.vocabulary import EvaluationQuestion, Polarity, ValueType, label

_QUALITATIVE = label(ValueType.QUALITATIVE).lower()


def write_crosstabs(workbook: Any, document: WorkbookDocument) -> Iterator[int]:
    """Findings by polarity and indicators by movement, for each experiment and question."""
    columns = (
        Column("Expérimentation", width=16),
        Column("Question", width=40),
        *(Column(label(member), Kind.TALLY, 12) for member in Polarity),
        Column("Constats", Kind.TALLY, 12),
        *(
            Column(f"Indicateurs{NBSP}: {COUNTED[movement].lower()}", Kind.TALLY, 13)
            for movement in WORST_FIRST
        ),
        Column(f"Indicateurs{NBSP}: qualitatifs", Kind.TALLY, 13),
        Column("Indicateurs", Kind.TALLY, 13),
    )
    lines = [
        _crosstab_line(sheet.experiment.experiment.code, question, number)
        for number, (sheet, question) in enumerate(
            ((sheet, question) for sheet in document.sheets for question in EvaluationQuestion), 2
        )
    ]
    return write_table(workbook, "Croisements", columns, lines, frozen=2)


def _crosstab_line(code: str, question: EvaluationQuestion, number: int) -> Sequence[object]:
    findings = [
        _counted("Constats", rows.FINDINGS, number, "Polarité", [label(member)])
        for member in Polarity
    ]
    movements = [
        _counted("Indicateurs", indicators.INDICATORS, number, "Mouvement", words)
        for words in (*map(_movement_words, WORST_FIRST), [_QUALITATIVE])
    ]
    first = 3
    middle = first + len(findings)
    return (
        code,
        label(question),
        *findings,
        _sum(first, len(findings), number),
        *movements,
        _sum(middle + 1, len(movements), number),
    )


def _sum(first: int, count: int, number: int) -> str:
    last = get_column_letter(first + count - 1)
    return f"=SUM({get_column_letter(first)}{number}:{last}{number})"


def _counted(
    sheet: str, columns: Sequence[Column], number: int, title: str, words: Sequence[str]
) -> str:
    """The rows of a sheet that are of this experiment and question and say one of the words."""
    of_row = (
        f"{_range(sheet, columns, 'Expérimentation')},$A{number},"
        f"{_range(sheet, columns, 'Question')},$B{number}"
    )
    said = _range(sheet, columns, title)
    return "=" + "+".join(f'COUNTIFS({of_row},{said},"{word}")' for word in words)


def _range(sheet: str, columns: Sequence[Column], title: str) -> str:
    place = [column.title for column in columns].index(title) + 1
    letter = get_column_letter(place)
    return f"{sheet}!${letter}:${letter}"


def _movement_words(movement: Movement) -> list[str]:
    """What « Indicateurs » says of it; a masked indicator is one without data."""
    return [label(movement), MASKED] if movement is Movement.NO_DATA else [label(movement)]


def write_control(
    workbook: Any, document: WorkbookDocument, read: measurements.Measurements
) -> Iterator[int]:
    """Row counts and sums read in the notebook's tables beside those Excel finds in the sheets."""
    counts = document.counts
    columns = (
        Column("Contrôle", width=52),
        Column("Dans le carnet", Kind.NUMBER, 16),
        Column("Dans le classeur", Kind.NUMBER, 16),
        Column("Écart", Kind.NUMBER, 12),
        Column("Verdict", Kind.FORMULA, 14),
    )
    pairs: list[tuple[str, object, str]] = [
        ("Mesures : lignes", counts.measurements, _rows_of("Mesures", measurements.MEASUREMENTS)),
        (
            "Mesures : somme des nombres et des échelles",
            counts.measured_sum,
            f"{_sum_of(ValueType.NUMBER)}+{_sum_of(ValueType.SCALE)[1:]}",
        ),
        (
            "Mesures : somme des pourcentages (en %)",
            counts.percentage_sum - read.few,
            f"{_sum_of(ValueType.PERCENTAGE)}*100",
        ),
        ("Réponses : lignes", _answers(document), _rows_of("Réponses", measurements.ANSWERS)),
        ("Visites : lignes", counts.visits, _rows_of("Visites", rows.VISITS)),
        ("Constats : lignes", counts.findings, _rows_of("Constats", rows.FINDINGS)),
        ("Actions : lignes", counts.follow_ups, _rows_of("Actions", rows.FOLLOW_UPS)),
        ("Sites : lignes", counts.sites, _rows_of("Sites", rows.SITES)),
        ("Indicateurs : lignes", counts.indicators, _rows_of("Indicateurs", indicators.INDICATORS)),
        *_movements(document),
    ]
    lines: list[Sequence[object]] = [
        (
            french.typeset(name),
            As(Kind.NUMBER, value),
            As(_kind_of(formula), formula),
            As(_kind_of(formula), f"=ROUND(C{number}-B{number},4)"),
            f'=IF(ABS(D{number})<0.001,"conforme","à vérifier")',
        )
        for number, (name, value, formula) in enumerate(pairs, 2)
    ]
    if read.masked:
        note = f"Dont {french.plural(read.masked, 'valeur masquée', 'valeurs masquées')}"
        lines.append((note, As(Kind.NUMBER, read.masked), None, None, None))
    return write_table(workbook, "Contrôle", columns, lines)


def _movements(document: WorkbookDocument) -> Iterator[tuple[str, object, str]]:
    """What « Synthèse » counts, beside what « Indicateurs » says row by row."""
    tally = Tally.sum(sheet.experiment.tally for sheet in document.sheets)
    said = _range("Indicateurs", indicators.INDICATORS, "Mouvement")
    for movement in WORST_FIRST:
        found = "+".join(f'COUNTIF({said},"{word}")' for word in _movement_words(movement))
        yield f"Synthèse : indicateurs « {label(movement)} »", tally.of(movement), f"={found}"
    qualitative = sum(sheet.experiment.qualitative for sheet in document.sheets)
    yield "Synthèse : indicateurs qualitatifs", qualitative, f'=COUNTIF({said},"{_QUALITATIVE}")'


def _answers(document: WorkbookDocument) -> int:
    return sum(len(result.answers) for result in document.results)


def _kind_of(formula: str) -> Kind:
    return Kind.SUM if formula.startswith("=SUM") else Kind.TALLY


def _rows_of(sheet: str, columns: Sequence[Column]) -> str:
    """Counts the cells of the column every row fills: its experiment's code, or its name."""
    titles = [column.title for column in columns]
    always = "Expérimentation" if "Expérimentation" in titles else titles[0]
    return f"=COUNTA({_range(sheet, columns, always)})-1"


def _sum_of(value_type: ValueType) -> str:
    value, kind = (
        _range("Mesures", measurements.MEASUREMENTS, title) for title in ("Valeur", "Type")
    )
    return f'=SUMIFS({value},{kind},"{label(value_type)}")'
