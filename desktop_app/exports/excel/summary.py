"""« Synthèse »: a row an experiment, the one that drifts most first; no average, no overall state.

Its indicators are counted level by level: in words at the left, a number a column at the right,
which can be sorted, added and pivoted.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from desktop_app.exports.excel.cells import Column, Kind
from desktop_app.exports.excel.table_sheet import write_table
from desktop_app.french import NBSP
from desktop_app.services.documents.rows import WorkbookDocument
from desktop_app.services.programme.experiment_words import ended_on_text, level_tallies, level_text
from desktop_app.services.results.rows import (
    WORST_FIRST,
    Level,
    Movement,
    ResultSheet,
    Tally,
    drift,
)
from desktop_app.services.vocabulary import label

FROZEN = 2  # columns that stay in sight: the experiment

COUNTED = {
    Movement.DECLINE: "En recul",
    Movement.UNCHANGED: "Inchangées",
    Movement.PROGRESS: "En progrès",
    Movement.REACHED: "Atteintes",
    Movement.NO_DATA: "Sans donnée",
}
_SHORT = {
    Level.OUTPUT: "Réalisations",
    Level.OUTCOME: "Résultats",
    Level.IMPACT: "Impacts",
    Level.VIABILITY: "Viabilité",
}


def _level_columns(level: Level) -> tuple[Column, ...]:
    name = _SHORT[level]
    counts = (
        Column(
            f"{name}{NBSP}: {COUNTED[movement].lower()}",
            Kind.COUNT,
            12,
            f"{label(level)} : indicateurs « {label(movement)} ».",
        )
        for movement in WORST_FIRST
    )
    total = Column(
        f"{name}{NBSP}: ensemble", Kind.COUNT, 12, f"{label(level)} : indicateurs chiffrés."
    )
    return (*counts, total)


SUMMARY = (
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Intitulé", Kind.LONG_TEXT, 34, "Intitulé de l’expérimentation."),
    Column("Entreprise", width=20, help="Entreprise sociale."),
    Column("Situation", width=22, help="En cours ; terminée passé sa fin, implantée ou arrêtée."),
    *(
        Column(
            _SHORT[level],
            Kind.LONG_TEXT,
            30,
            f"{label(level)} : combien d’indicateurs atteints, et où en sont les autres.",
        )
        for level in Level
    ),
    *(
        Column(
            COUNTED[movement],
            Kind.COUNT,
            11,
            f"Indicateurs « {label(movement)} », tous niveaux ensemble.",
        )
        for movement in WORST_FIRST
    ),
    Column("Dont masquées", Kind.COUNT, 11, "De « sans donnée » : trop peu de personnes."),
    Column("Qualitatifs", Kind.COUNT, 11, "Indicateurs en toutes lettres, comptés à part."),
    Column("Indicateurs", Kind.COUNT, 11, "Tous les indicateurs : la somme des précédents."),
    Column("Non mesurés", Kind.COUNT, 11, "Indicateurs dont la fréquence est dépassée."),
    Column("Non mesuré depuis le", Kind.DATE, 12, "La plus ancienne de leurs dernières mesures."),
    Column("Sites", Kind.COUNT, 8, "Sites visités au moins une fois dans le périmètre."),
    Column("Visites", Kind.COUNT, 8, "Visites du périmètre ; une visite prévue ne compte pas."),
    Column(
        "Observations", Kind.COUNT, 13, "Constats, et mesures observées (T0 compris) du périmètre."
    ),
    Column("Constats positifs", Kind.COUNT, 10, "Constats d’effet positif."),
    Column("Constats neutres", Kind.COUNT, 10, "Constats neutres."),
    Column("Constats négatifs", Kind.COUNT, 10, "Constats d’effet négatif."),
    Column("Décision", Kind.LONG_TEXT, 90, "Décision finale, si elle est prise."),
    Column("Promotion", Kind.COUNT, 10, "Numéro de la promotion."),
    Column("Directions", Kind.LONG_TEXT, 34, "Directions métiers concernées."),
    Column("Phase", width=16, help="Étape du parcours."),
    Column("Début", Kind.DATE, 12, "Début de l’expérimentation."),
    Column("Fin", Kind.DATE, 12, "Fin prévue de l’expérimentation."),
    *(column for level in Level for column in _level_columns(level)),
)


def write_summary(workbook: Any, document: WorkbookDocument) -> Iterator[int]:
    drifting = sorted(document.sheets, key=lambda sheet: drift(sheet.experiment))
    return write_table(workbook, "Synthèse", SUMMARY, map(_row, drifting), frozen=FROZEN)


def _row(sheet: ResultSheet) -> Sequence[object]:
    result, row = sheet.experiment, sheet.experiment.experiment
    levels = level_tallies(result)
    return (
        row.code,
        row.title,
        row.enterprise.name,
        ended_on_text(result, sheet.as_of) or "En cours",
        *(_level(level, tally) for level, tally in levels),
        *_counts(result.tally),
        result.tally.masked,
        result.qualitative,
        result.indicator_count,
        result.stale,
        result.stale_since,
        result.site_count,
        result.visit_count,
        result.observation_count,
        sheet.positive_findings,
        sheet.neutral_findings,
        sheet.negative_findings,
        row.final_decision,
        row.cohort.number,
        ", ".join(directorate.name for directorate in row.directorates),
        label(row.phase),
        row.start_date,
        row.end_date,
        *(count for _, tally in levels for count in (*_counts(tally), tally.total)),
    )


def _level(level: Level, tally: Tally) -> str:
    """« 1 atteinte sur 3 · 1 en recul »: the level itself is the column's title."""
    return level_text(level, tally).removeprefix(f"{label(level)}{NBSP}: ") if tally.total else ""


def _counts(tally: Tally) -> Iterator[int]:
    return (tally.of(movement) for movement in WORST_FIRST)
