"""The chosen site: what is known of it, what is doubtful, its visits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.french import NBSP, number
from desktop_app.services.programme.experiment_rows import SiteRow
from desktop_app.services.visits.visit_rows import VisitListRow, VisitPage
from desktop_app.services.vocabulary import VisitState, label
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.screens.sites.visits import VisitButton
from desktop_app.views.screens.visits.counts import made_text
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.facts_form import FactsForm
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, text


class SiteDetail(ScrollPage):
    """Signal ``edit_asked()``."""

    edit_asked = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(margins=False)
        self.setMinimumHeight(dp(220))
        self.context = context
        self.site: SiteRow | None = None
        edit = link("Modifier…")
        edit.clicked.connect(self.edit_asked)
        self.card = Card(" ", trailing=edit)
        self._form = FactsForm()
        self.card.body.addLayout(self._form)
        self._notice = QFrame()
        self._notice.setProperty("role", "notice")
        self._notice.setProperty("tone", "warn")
        self._warning = text("")
        inside = QVBoxLayout(self._notice)
        inside.setContentsMargins(dp(12), dp(8), dp(12), dp(8))
        inside.addWidget(self._warning)
        self.card.body.addWidget(self._notice)
        self.body.addWidget(self.card)
        self.visits_card = Card("Visites")
        self._visits = QVBoxLayout()
        self._visits.setSpacing(0)
        self.visits_card.body.addLayout(self._visits)
        self.body.addWidget(self.visits_card)
        self.body.addStretch(1)
        self.show_site(None)

    @property
    def warning(self) -> str:
        return "" if self._notice.isHidden() else self._warning.text()

    def show_site(self, site: SiteRow | None) -> None:
        changed = site is None or self.site is None or site.id != self.site.id
        self.site = site
        self.card.setVisible(site is not None)
        if changed:
            self.visits_card.hide()
        if site is None:
            return
        self.card.set_title(site.name)
        self._form.show_facts(site_facts(site))
        checked = {
            "finess": site.finess,
            "insee_code": site.insee_code,
            "postcode": site.postcode,
        }
        warnings = self.context.services.sites.warnings(checked)
        self._warning.setText("\n".join(warnings))
        self._notice.setVisible(bool(warnings))

    def show_visits(self, site_id: str, page: VisitPage) -> None:
        """Ignored when another site was chosen meanwhile."""
        if self.site is None or self.site.id != site_id:
            return
        while (item := self._visits.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row in page.rows:
            button = VisitButton(row)
            button.clicked.connect(lambda _=False, row=row: self._open(row))
            self._visits.addWidget(button)
        if not page.rows:
            self._visits.addWidget(muted("Aucune visite n’y a encore été faite."))
        planned = sum(row.state is VisitState.PLANNED for row in page.rows)
        made = made_text(self.site.visit_count if self.site else 0, planned)
        self.visits_card.set_title(f"Visites{NBSP}({made})")
        self.visits_card.show()

    def _open(self, row: VisitListRow) -> None:
        self.context.go(Place("visit", row.id))


def site_facts(site: SiteRow) -> tuple[tuple[str, str], ...]:
    """What is known of a site, name and words."""
    place = " ".join(part for part in (site.postcode, site.commune) if part)
    position = ""
    if site.latitude is not None and site.longitude is not None:
        position = f"{number(site.latitude, 4)}\u202f; {number(site.longitude, 4)}"
    return (
        ("Type", label(site.type)),
        ("Adresse", "\n".join(part for part in (site.address, place) if part)),
        ("Expérimentations", ", ".join(site.experiment_codes)),
        ("Autorité", site.authority),
        ("SIRET", site.siret),
        ("UAI", site.uai),
        ("FINESS", site.finess),
        ("Commune INSEE", site.insee_code),
        ("Position", position),
    )
