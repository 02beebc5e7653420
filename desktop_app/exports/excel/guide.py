"""« Lisez-moi », « Synthèse », « Dictionnaire » and « Listes »: what explains the rest."""

from collections.abc import Iterator, Sequence
from typing import Any

from desktop_app import french
from desktop_app.exports.excel import rows
from desktop_app.exports.excel.cells import CellMaker, Column, Kind
from desktop_app.exports.excel.table_sheet import height_of, prepare_page, write_table
from desktop_app.services import vocabulary
from desktop_app.services.document_rows import WorkbookDocument
from desktop_app.services.result_rows import ResultSheet
from desktop_app.services.vocabulary import label

SUMMARY = (
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Intitulé", Kind.LONG_TEXT, 44, "Intitulé de l’expérimentation."),
    Column("Entreprise", width=20, help="Entreprise sociale."),
    Column("Promotion", Kind.COUNT, 10, "Numéro de la promotion."),
    Column("Directions", Kind.LONG_TEXT, 34, "Directions métiers concernées."),
    Column("Phase", width=16, help="Étape du parcours."),
    Column("Début", Kind.DATE, 12, "Début de l’expérimentation."),
    Column("Fin", Kind.DATE, 12, "Fin prévue de l’expérimentation."),
    Column("État", width=16, help="Jugement d’ensemble au regard du temps écoulé."),
    Column("Part de la cible", Kind.PERCENT, 12, "Moyenne des taux, bornés de 0 à 100 %."),
    Column("Progrès attendu", Kind.PERCENT, 12, "Part du temps écoulé entre T0 et l’échéance."),
    Column("Indicateurs", Kind.COUNT, 11, "Nombre d’indicateurs suivis."),
    Column("Cibles atteintes", Kind.COUNT, 11, "Nombre d’indicateurs à leur cible."),
    Column("Sites", Kind.COUNT, 8, "Sites visités au moins une fois dans le périmètre."),
    Column("Visites", Kind.COUNT, 8, "Visites du périmètre ; une visite prévue ne compte pas."),
    Column(
        "Observations", Kind.COUNT, 13, "Constats, et mesures observées (T0 compris) du périmètre."
    ),
    Column("Constats positifs", Kind.COUNT, 10, "Constats d’effet positif."),
    Column("Constats neutres", Kind.COUNT, 10, "Constats neutres."),
    Column("Constats négatifs", Kind.COUNT, 10, "Constats d’effet négatif."),
    Column("Décision", Kind.LONG_TEXT, 34, "Décision finale, si elle est prise."),
)

_READ_ME_WIDTH = 96

_SHEETS = (
    ("Synthèse", SUMMARY),
    ("Indicateurs", rows.INDICATORS),
    ("Mesures", rows.MEASUREMENTS),
    ("Visites", rows.VISITS),
    ("Constats", rows.FINDINGS),
    ("Actions", rows.FOLLOW_UPS),
    ("Sites", rows.SITES),
)

_LISTS = (
    ("État d’un résultat", vocabulary.ResultState),
    ("Phase", vocabulary.Phase),
    ("Niveau d’objectif", vocabulary.ObjectiveLevel),
    ("Question d’évaluation", vocabulary.EvaluationQuestion),
    ("Sens", vocabulary.Direction),
    ("Calcul", vocabulary.Aggregation),
    ("Statut d’une mesure", vocabulary.MeasurementStatus),
    ("Fiabilité", vocabulary.Reliability),
    ("Nature d’un constat", vocabulary.FindingKind),
    ("Polarité", vocabulary.Polarity),
    ("Source d’un constat", vocabulary.SourceType),
    ("État d’une visite", vocabulary.VisitState),
    ("Type de site", vocabulary.SiteType),
)


def write_read_me(workbook: Any, document: WorkbookDocument) -> None:
    sheet = workbook.create_sheet("Lisez-moi")
    columns = (Column("", width=30), Column("", Kind.LONG_TEXT, _READ_ME_WIDTH))
    prepare_page(sheet, columns, frozen="A2")
    maker = CellMaker(sheet)
    _, convert = maker.converters(columns)
    sheet.append([maker.title(document.header.notebook_title or "Carnet d’impact")])
    for number, (name, text) in enumerate(_read_me(document), 2):
        sheet.row_dimensions[number].height = height_of([text], [_READ_ME_WIDTH])
        sheet.append([maker.label(name), convert(french.typeset(text))])
    sheet.close()


def _read_me(document: WorkbookDocument) -> Iterator[tuple[str, str]]:
    header, limits = document.header, document.thresholds
    if header.illustrative:
        yield (
            "Données fictives",
            "Carnet de démonstration : aucune valeur de ce classeur n’a été mesurée.",
        )
    programme = header.programme.name if header.programme else ""
    yield "Programme", programme or french.MISSING
    yield "Émetteur", f"{header.organisation} — {header.author}"
    yield "Établi le", french.date_time(header.generated_at)
    yield "Situation au", french.date(document.scope.until or header.today)
    yield from document.scope_labels
    yield (
        "Visites comptées",
        "Visites validées et en brouillon ; jamais celles qui sont seulement prévues."
        if document.scope.include_drafts
        else "Visites validées seulement : ni brouillons, ni visites prévues, ni leurs mesures.",
    )
    yield "Confidentialité", " ".join(_confidentiality(document))
    yield (
        "Vide n’est pas zéro",
        (
            "Une cellule vide est une valeur non relevée ; « non observé » et « sans objet » sont "
            "écrits dans la colonne Statut de la feuille Mesures. Zéro est une valeur mesurée."
        ),
    )
    yield (
        "États",
        (
            f"« En bonne voie » : au moins {limits.on_track * 100:.0f} % du progrès attendu à la "
            f"date ; « à surveiller » : au moins {limits.watch * 100:.0f} % ; en dessous, « en "
            "retard »."
        ),
    )
    yield (
        "Contrôle",
        (
            "La feuille Contrôle compare le nombre de lignes et les sommes de chaque feuille à "
            "ceux du carnet ; les formules se recalculent à l’ouverture."
        ),
    )
    yield "Version", f"Carnet d’impact {header.version}"


def _confidentiality(document: WorkbookDocument) -> Iterator[str]:
    limits = document.thresholds
    yield (
        "Données pseudonymisées, donc toujours personnelles : à ne transmettre qu’aux directions "
        "concernées. Participants désignés par leur fonction."
    )
    if limits.mask_below:
        yield (
            f"Les valeurs reposant sur moins de {limits.mask_below} personnes sont masquées ; dans "
            "une ventilation, les plus petites autres catégories le sont aussi quand le total "
            "suffirait à retrouver une valeur masquée."
        )
    else:
        yield "Petits effectifs non masqués : ce classeur ne doit pas être diffusé."
    if limits.min_n_percentage:
        yield (
            f"Feuille Indicateurs : pas de pourcentage sous {limits.min_n_percentage} personnes."
        )


def write_summary(workbook: Any, document: WorkbookDocument) -> Iterator[int]:
    return write_table(
        workbook, "Synthèse", SUMMARY, (_summary(sheet) for sheet in document.sheets)
    )


def _summary(sheet: ResultSheet) -> Sequence[object]:
    result, row = sheet.experiment, sheet.experiment.experiment
    return (
        row.code,
        row.title,
        row.enterprise.name,
        row.cohort.number,
        ", ".join(directorate.name for directorate in row.directorates),
        label(row.phase),
        row.start_date,
        row.end_date,
        label(result.state),
        result.attainment,
        result.expected,
        result.indicator_count,
        result.reached_count,
        result.site_count,
        result.visit_count,
        result.observation_count,
        sheet.positive_findings,
        sheet.neutral_findings,
        sheet.negative_findings,
        row.final_decision,
    )


def write_dictionary(workbook: Any) -> Iterator[int]:
    columns = (
        Column("Feuille", width=16),
        Column("Colonne", width=22),
        Column("Signification", Kind.LONG_TEXT, 80),
    )
    lines = [
        (sheet, column.title, french.typeset(column.help))
        for sheet, declared in _SHEETS
        for column in declared
    ]
    return write_table(workbook, "Dictionnaire", columns, lines)


def write_lists(workbook: Any) -> Iterator[int]:
    columns = (Column("Liste", width=26), Column("Valeur", width=44))
    lines = [(name, label(member)) for name, members in _LISTS for member in members]
    return write_table(workbook, "Listes", columns, lines)
