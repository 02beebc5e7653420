"""« Mesures », a row a value, and « Réponses », what was written to qualitative indicators."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from desktop_app import french
from desktop_app.exports.excel.cells import Column, Kind
from desktop_app.exports.excel.figures import figure, fraction
from desktop_app.services.documents.rows import MeasurementRow, WorkbookDocument
from desktop_app.services.results.rows import IndicatorResult
from desktop_app.services.results.words import MASKED
from desktop_app.services.vocabulary import ValueType, Wave, label

FROZEN = 3  # columns that stay in sight: which indicator a row is of

Row = Sequence[object]

MEASUREMENTS = (
    Column("Promotion", Kind.COUNT, 10, "Numéro de la promotion."),
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Indicateur", width=12, help="Code de l’indicateur."),
    Column("Libellé", width=46, help="Ce qui est mesuré."),
    Column("Site", width=30, help="Terrain où la valeur a été relevée."),
    Column("Commune", width=22, help="Commune du site."),
    Column("Visite", width=18, help="Référence de la visite, vide si saisie hors visite."),
    Column("Date", Kind.DATE, 12, "Jour de la mesure."),
    Column("Vague", width=8, help="T0, T1 ou T2 quand l’indicateur se mesure par vague."),
    Column("Ventilation", width=18, help="Sous-population ; vide = ensemble."),
    Column(
        "Statut", width=24, help="Observé, non observé, sans objet, ou masqué (voir Lisez-moi)."
    ),
    Column(
        "Valeur",
        Kind.NUMBER,
        12,
        "Valeur relevée, en pleine précision. Vide n’est jamais zéro ; un pourcentage de peu de "
        "personnes et un oui / non se lisent dans la colonne Lecture.",
    ),
    Column("Lecture", width=14, help="« 8 sur 9 », « oui », « masqué » : ce qui n’est pas nombre."),
    Column("Type", width=13, help="Nombre, pourcentage, échelle, oui / non ou qualitatif."),
    Column("Unité", width=22, help="Unité de la valeur."),
    Column("n", Kind.COUNT, 8, "Effectif sur lequel porte la mesure."),
    Column("Définition", Kind.COUNT, 11, "Version de la fiche en vigueur à la mesure."),
    Column("Fiabilité", width=10, help="Faible, moyenne ou bonne."),
    Column(
        "Commentaire", Kind.TEXT, 60, "Précision donnée à la saisie, ou réponse à un qualitatif."
    ),
)
PLACES = {column.title: get_column_letter(at) for at, column in enumerate(MEASUREMENTS, 1)}

ANSWERS = (
    Column("Expérimentation", width=16, help="Code de l’expérimentation."),
    Column("Indicateur", width=11, help="Code de l’indicateur qualitatif."),
    Column("Libellé", Kind.LONG_TEXT, 34, "Ce qui est demandé."),
    Column("Date", Kind.DATE, 12, "Jour de la réponse."),
    Column("Vague", width=8, help="T0 pour une réponse de la vague initiale."),
    Column("Site", Kind.LONG_TEXT, 28, "Terrain où elle a été donnée."),
    Column("Visite", width=18, help="Référence de la visite, vide si saisie hors visite."),
    Column("Ventilation", width=18, help="Sous-population ; vide = ensemble."),
    Column("Réponse", Kind.LONG_TEXT, 80, "Ce qui a été écrit, sans nom de personne."),
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What an indicator's values are, how finely they are read, what its categories are called."""

    value_type: ValueType
    decimals: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, result: IndicatorResult) -> "_Known":
        row = result.indicator
        labels = dict(zip(row.categories, row.labels, strict=False))
        return cls(row.value_type, result.decimals, labels)


class Measurements:
    """Turns measurements into rows, and counts what is not a number any more.

    ``masked``: values that do not leave the app; ``few``: the sum of the percentages told as
    « 8 sur 9 », which the sheet's own sum no longer holds.
    """

    def __init__(self, document: WorkbookDocument) -> None:
        self.masked = 0
        self.few = 0.0
        self._least = document.thresholds.min_n_percentage
        self._known = {result.indicator.id: _Known.of(result) for result in document.results}

    def rows(self, found: Iterator[MeasurementRow]) -> Iterator[Row]:
        for row in found:
            self.masked += row.withheld
            yield self.row(row)

    def row(self, row: MeasurementRow) -> Row:
        known = self._known.get(row.indicator_id) or _Known(_kind(row))
        kind = known.value_type
        value: object = None
        reading = ""
        if row.withheld:
            reading = MASKED
        elif row.value is not None:
            if kind is ValueType.YES_NO:
                reading = french.measured(row.value, yes_no=True)
            elif kind is ValueType.PERCENTAGE and (
                reading := fraction(row.value, row.n, self._least)
            ):
                self.few += row.value
            else:
                value = figure(row.value, kind, known.decimals)
        return (
            row.cohort_number,
            row.experiment_code,
            row.indicator_code,
            row.indicator_label,
            row.site_name,
            row.commune,
            row.visit_reference,
            row.date,
            label(row.wave) if row.wave else None,
            known.labels.get(row.category, row.category),
            "Masqué" if row.withheld else label(row.status),
            value,
            reading,
            label(kind),
            row.unit,
            None if row.withheld else row.n,
            row.indicator_version,
            label(row.reliability) if row.reliability else None,
            "" if row.withheld else row.comment,
        )


def _kind(row: MeasurementRow) -> ValueType:
    if row.is_percentage:
        return ValueType.PERCENTAGE
    return ValueType.YES_NO if row.is_yes_no else ValueType.NUMBER


def answer_rows(document: WorkbookDocument) -> Iterator[Row]:
    for result in document.results:
        indicator = result.indicator
        for answer in result.answers:
            yield (
                indicator.experiment_code,
                indicator.code,
                indicator.label,
                answer.date,
                label(Wave.T0) if answer.initial else None,
                answer.site_name,
                answer.visit_reference,
                indicator.category_label(answer.category) if answer.category else "",
                answer.text,
            )
