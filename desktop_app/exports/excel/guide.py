"""« Lisez-moi », « Dictionnaire » and « Listes »: what explains the rest."""

from collections.abc import Iterator
from typing import Any

from desktop_app import french
from desktop_app.exports.excel import indicators, measurements, rows, summary
from desktop_app.exports.excel.cells import CellMaker, Column, Kind
from desktop_app.exports.excel.table_sheet import height_of, prepare_page, write_table
from desktop_app.exports.wording import glossary
from desktop_app.french import NBSP
from desktop_app.services import vocabulary
from desktop_app.services.documents.rows import WorkbookDocument
from desktop_app.services.vocabulary import label

_READ_ME_WIDTH = 96

_SHEETS = (
    ("Synthèse", summary.SUMMARY),
    ("Indicateurs", indicators.INDICATORS),
    ("Mesures", measurements.MEASUREMENTS),
    ("Réponses", measurements.ANSWERS),
    ("Visites", rows.VISITS),
    ("Constats", rows.FINDINGS),
    ("Actions", rows.FOLLOW_UPS),
    ("Sites", rows.SITES),
)

_LISTS = (
    ("État d’un résultat", vocabulary.ResultState),
    ("Mouvement d’un indicateur", vocabulary.Movement),
    ("Niveau", vocabulary.Level),
    ("Phase", vocabulary.Phase),
    ("Question d’évaluation", vocabulary.EvaluationQuestion),
    ("Type de valeur", vocabulary.ValueType),
    ("Sens", vocabulary.Direction),
    ("Calcul", vocabulary.Calculation),
    ("Ce que compte n", vocabulary.Counted),
    ("Fréquence", vocabulary.Frequency),
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
    prepare_page(sheet, columns)
    maker = CellMaker(sheet)
    _, convert = maker.converters(columns)
    sheet.append([maker.title(document.header.notebook_title or "Carnet d’impact")])
    for number, (name, text) in enumerate(_read_me(document), 2):
        sheet.row_dimensions[number].height = height_of([text], [_READ_ME_WIDTH])
        sheet.append([maker.label(name), convert(french.typeset(text))])
    sheet.close()


def _read_me(document: WorkbookDocument) -> Iterator[tuple[str, str]]:
    """The scope comes first: all that restricts these figures, under their title."""
    header = document.header
    scope = header.scope.removeprefix(f"Périmètre{NBSP}: ")
    yield "Périmètre", f"{scope[:1].upper()}{scope[1:]}."
    if header.illustrative:
        yield (
            "Données fictives",
            "Carnet de démonstration : aucune valeur de ce classeur n’a été mesurée.",
        )
    programme = header.programme.name if header.programme else ""
    yield "Programme", programme or french.MISSING
    yield "Émetteur", f"{header.organisation} — {header.author}"
    yield "Établi le", french.date_time(header.generated_at)
    yield "Situation au", french.date(min(document.scope.until or header.today, header.today))
    yield "Visites comptées", _visits(document)
    yield "Confidentialité", " ".join(_confidentiality(document))
    yield from _how_to_read(document)
    yield "Version", f"Carnet d’impact {header.version}"


def _visits(document: WorkbookDocument) -> str:
    if document.scope.include_drafts:
        return (
            "Visites validées et en brouillon : des visites qui ne sont pas validées comptent dans "
            "ces chiffres, qui peuvent encore changer. Jamais celles qui sont seulement prévues."
        )
    return "Visites validées seulement : ni brouillons, ni visites prévues, ni leurs mesures."


def _confidentiality(document: WorkbookDocument) -> Iterator[str]:
    limits = document.thresholds
    yield (
        "Données pseudonymisées, donc toujours personnelles : à ne transmettre qu’aux directions "
        "concernées. Participants désignés par leur fonction."
    )
    if limits.mask_below:
        yield (
            f"Ce qui repose sur moins de {limits.mask_below} personnes est masqué, avec tout ce "
            "qui le dirait ; d’autres valeurs le sont avec lui, jusqu’à ce qu’aucune somme ni "
            "différence de ce qui est imprimé ne le redonne."
        )
    else:
        yield "Petits effectifs non masqués : ce classeur ne doit pas être diffusé."
    if limits.min_n_percentage:
        yield (
            f"Un pourcentage dont n est inférieur à {limits.min_n_percentage} se lit en effectifs "
            "(« 8 sur 9 »), dans la colonne Lecture."
        )


def _how_to_read(document: WorkbookDocument) -> Iterator[tuple[str, str]]:
    limits = document.thresholds
    yield (
        "Vide n’est pas zéro",
        (
            "Une cellule vide est une valeur non relevée ; « non observé » et « sans objet » sont "
            "écrits dans la colonne Statut de la feuille Mesures. Zéro est une valeur mesurée."
        ),
    )
    yield (
        "Pas de moyenne",
        (
            "Des indicateurs différents ne font jamais une moyenne. Synthèse compte, par niveau, "
            "combien sont atteints, en progrès, inchangés, en recul ou sans donnée ; la viabilité "
            "(ce qui répond à Q3) est à part. L’expérimentation qui dérive le plus vient d’abord."
        ),
    )
    yield (
        "États",
        (
            f"« En bonne voie » : au moins {french.percent(100 * limits.on_track)} du chemin "
            "attendu au jour de la dernière mesure ; « à surveiller » : au moins "
            f"{french.percent(100 * limits.watch)} ; en dessous, « en retard ». « En recul » : "
            "moins bien que le T0, au-delà de l’arrondi. Toutes les règles : feuille Dictionnaire."
        ),
    )
    yield (
        "Contrôle",
        (
            "La feuille Contrôle compare le nombre de lignes et les sommes de chaque feuille à "
            "ceux du carnet ; les formules se recalculent à l’ouverture."
        ),
    )


def write_dictionary(workbook: Any, document: WorkbookDocument) -> Iterator[int]:
    """What each column is, then the rules of the figures, with the thresholds in force."""
    columns = (
        Column("Feuille", width=16),
        Column("Colonne ou règle", width=34),
        Column("Signification", Kind.LONG_TEXT, 100),
    )
    lines = [
        *(
            (f"Règle : {kind}", term, french.typeset(text))
            for key, kind in (("states", "états"), ("calculations", "calculs"))
            for term, text in glossary(key, document.thresholds)
        ),
        *(
            (sheet, column.title, french.typeset(column.help))
            for sheet, declared in _SHEETS
            for column in declared
        ),
    ]
    return write_table(workbook, "Dictionnaire", columns, lines)


def write_lists(workbook: Any) -> Iterator[int]:
    columns = (Column("Liste", width=28), Column("Valeur", width=44))
    lines = [(name, label(member)) for name, members in _LISTS for member in members]
    return write_table(workbook, "Listes", columns, lines)
