"""The form of a site: identifiers are refused or questioned by the service's own rules."""

from PySide6.QtWidgets import QWidget

from desktop_app.services.programme.experiment_rows import SaveRecord, SiteRow
from desktop_app.services.programme.identifiers import check_insee, check_siret, check_uai
from desktop_app.services.vocabulary import LABELS, SiteType
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import (
    FieldSpec,
    Problems,
    RecordForm,
    Section,
    refused,
)
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.fields import TextLine

TYPES = tuple((kind, LABELS[kind]) for kind in SiteType)

SECTIONS = (
    Section(
        "Le site",
        (
            FieldSpec(
                "name",
                "Nom",
                required="Donnez un nom au site, par exemple «\u00a0EHPAD Les Tilleuls\u00a0».",
                width=4,
            ),
            FieldSpec("type", "Type", FieldKind.CHOICE, options=TYPES, width=2),
            FieldSpec("address", "Adresse", width=6),
            FieldSpec("postcode", "Code postal", width=2),
            FieldSpec("commune", "Commune", width=4),
            FieldSpec("authority", "Autorité compétente", width=6, help="ARS, Département, DSDEN…"),
        ),
    ),
    Section(
        "Identifiants",
        (
            FieldSpec("siret", "SIRET", width=3, help="14 chiffres"),
            FieldSpec(
                "uai", "UAI (établissement scolaire)", width=3, help="7 chiffres et une lettre"
            ),
            FieldSpec("finess", "FINESS", width=3, help="9 caractères"),
            FieldSpec(
                "insee_code", "Code commune INSEE", width=3, help="5 caractères, pas le code postal"
            ),
        ),
    ),
    Section(
        "Position",
        (
            FieldSpec("latitude", "Latitude", FieldKind.NUMBER, width=3, help="Degrés, ex. 49,036"),
            FieldSpec(
                "longitude", "Longitude", FieldKind.NUMBER, width=3, help="Degrés, ex. 2,063"
            ),
        ),
    ),
)
CHECKS = {"siret": check_siret, "uai": check_uai, "insee_code": check_insee}
FIELDS = tuple(spec.name for section in SECTIONS for spec in section.fields)


def site_values(site: SiteRow) -> dict[str, object]:
    return {name: getattr(site, name) for name in FIELDS}


def check_site(values: dict[str, object]) -> Problems:
    problems: Problems = []
    for name, limit, word in (("latitude", 90, "latitude"), ("longitude", 180, "longitude")):
        value = values[name]
        if isinstance(value, float) and abs(value) > limit:
            problems.append((name, f"Une {word} va de −{limit} à {limit} degrés."))
    problems += refused(values, CHECKS)
    if (values["latitude"] is None) is not (values["longitude"] is None):
        problems.append(("latitude", "Indiquez la latitude et la longitude, ou aucune des deux."))
    return problems


class SiteDialog(FormDialog):
    """Creates or edits a site; signal ``saved(SiteRow)``."""

    def __init__(
        self, context: ScreenContext, site: SiteRow | None = None, parent: QWidget | None = None
    ) -> None:
        title = "Nouveau site" if site is None else f"Modifier {site.name}"
        form = RecordForm(SECTIONS, today_of(context), check_site)
        super().__init__(context, title, form, parent)
        if site is not None:
            form.load(site_values(site))
        record_id = None if site is None else site.id
        self.save_with(lambda values: context.services.sites.save(SaveRecord(record_id, values)))
        for name in ("finess", "insee_code", "postcode"):
            widget = form.boxes[name].editor.widget
            if isinstance(widget, TextLine):
                widget.committed.connect(self._warn)
        self._warn()

    def _warn(self) -> None:
        """What looks doubtful is said beside its field, and does not prevent saving."""
        sites = self.context.services.sites
        for shown, names in (("finess", ("finess",)), ("insee_code", ("insee_code", "postcode"))):
            found = sites.warnings({name: self.form.current(name) for name in names})
            self.form.warn(shown, " ".join(found))
