"""Under a notebook's directions métiers: the offer to add those of the settings that it lacks."""

from desktop_app.french import NBSP, plural
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.buttons import Button

MOST_CODES = 6


class DirectorateOffer(Button):
    """Hidden while nothing is missing. A notebook is never changed before it is pressed."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__("", "link")
        self._context = context
        self.clicked.connect(self._add)
        self.hide()

    def show_missing(self, lines: tuple[str, ...]) -> None:
        """``lines``: « CODE — Nom » of the settings, whose code the notebook has not."""
        fixed = self._context.settings.fixed("directorates")
        whose = "de votre organisation" if fixed else "des Paramètres"
        codes = [line.partition(" — ")[0] for line in lines]
        shown = ", ".join((*codes[:MOST_CODES], *(["…"] if len(codes) > MOST_CODES else [])))
        self.setText(f"Ajouter celles {whose} qui manquent{NBSP}: {shown}")
        self.setAccessibleName(self.text())
        self.setVisible(bool(lines))

    def _add(self) -> None:
        lines = self._context.settings.items("directorates")
        service = self._context.services.directorate_defaults
        run_with_undo(
            self._context,
            lambda: service.add_missing(lines),
            lambda count: f"{plural(count, 'direction ajoutée', 'directions ajoutées')}.",
        )
