"""« Croisements » and « Contrôle »: live formulas over the other sheets' tables."""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from desktop_app import french
from desktop_app.exports.excel.cells import As, Column, Kind
from desktop_app.exports.excel.table_sheet import write_table
from desktop_app.services.document_rows import WorkbookDocument
from desktop_app.services.vocabulary import (
    EvaluationQuestion,
    Polarity,
    ValueType,
    VisitState,
    label,
)


def write_crosstabs(workbook: Any, document: WorkbookDocument) -> Iterator[int]:
    """Findings by experiment, question and polarity; visits by state. Counted by Excel."""
    polarities = [label(member) for member in Polarity]
    states = [label(member) for member in VisitState if member is not VisitState.PLANNED]
    columns = (
        Column("Expérimentation", width=14),
        Column("Question", width=40),
        *(Column(name, Kind.TALLY, 16) for name in polarities),
        Column("Constats", Kind.TALLY, 12),
        *(Column(f"Visites : {name.lower()}s", Kind.TALLY, 18) for name in states),
    )
    lines = [
        _crosstab_line(sheet.experiment.experiment.code, question, number, polarities, states)
        for number, (sheet, question) in enumerate(
            ((sheet, question) for sheet in document.sheets for question in EvaluationQuestion), 2
        )
    ]
    return write_table(workbook, "Croisements", columns, lines)


def _crosstab_line(
    code: str,
    question: EvaluationQuestion,
    number: int,
    polarities: Sequence[str],
    states: Sequence[str],
) -> Sequence[object]:
    last = get_column_letter(2 + len(polarities))
    findings = (
        f'=COUNTIFS(Constats!$C:$C,$A{number},Constats!$F:$F,$B{number},Constats!$H:$H,"{name}")'
        for name in polarities
    )
    visits = (f'=COUNTIFS(Visites!$D:$D,$A{number},Visites!$I:$I,"{name}")' for name in states)
    return (code, label(question), *findings, f"=SUM(C{number}:{last}{number})", *visits)


def write_control(workbook: Any, document: WorkbookDocument, masked: int) -> Iterator[int]:
    """Row counts and sums read in the notebook's tables beside those Excel finds in the sheets."""
    counts = document.counts
    columns = (
        Column("Contrôle", width=44),
        Column("Dans le carnet", Kind.NUMBER, 16),
        Column("Dans le classeur", Kind.NUMBER, 16),
        Column("Écart", Kind.NUMBER, 12),
        Column("Verdict", Kind.FORMULA, 14),
    )
    pairs: list[tuple[str, object, str]] = [
        ("Mesures : lignes", counts.measurements, _rows_of("Mesures", "C")),
        ("Mesures : somme des nombres", counts.measured_sum, _sum_of(ValueType.NUMBER)),
        (
            "Mesures : somme des pourcentages (en %)",
            counts.percentage_sum,
            f"{_sum_of(ValueType.PERCENTAGE)}*100",
        ),
        ("Visites : lignes", counts.visits, _rows_of("Visites", "A")),
        ("Constats : lignes", counts.findings, _rows_of("Constats", "C")),
        ("Actions : lignes", counts.follow_ups, _rows_of("Actions", "A")),
        ("Sites : lignes", counts.sites, _rows_of("Sites", "A")),
        ("Indicateurs : lignes", counts.indicators, _rows_of("Indicateurs", "E")),
    ]
    lines: list[Sequence[object]] = [
        (
            name,
            As(Kind.NUMBER, value),
            As(_kind_of(formula), formula),
            As(_kind_of(formula), f"=ROUND(C{number}-B{number},4)"),
            f'=IF(ABS(D{number})<0.001,"conforme","à vérifier")',
        )
        for number, (name, value, formula) in enumerate(pairs, 2)
    ]
    if masked:
        note = f"Dont {french.plural(masked, 'valeur masquée', 'valeurs masquées')}"
        lines.append((note, As(Kind.NUMBER, masked), None, None, None))
    return write_table(workbook, "Contrôle", columns, lines)


def _kind_of(formula: str) -> Kind:
    return Kind.SUM if formula.startswith("=SUM") else Kind.TALLY


def _rows_of(sheet: str, column: str) -> str:
    return f"=COUNTA({sheet}!${column}:${column})-1"


def _sum_of(value_type: ValueType) -> str:
    return f'=SUMIFS(Mesures!$M:$M,Mesures!$N:$N,"{label(value_type)}")'
