"""The strip of photos beside the entry: seen at a glance, opened with a key."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.services.visits.visit_rows import AttachmentRow
from desktop_app.services.vocabulary import AttachmentKind
from desktop_app.views.screens.visit.columns import CardGrid, chain_tabs
from desktop_app.views.screens.visit.thumbnail import Picture
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.text import small

STRIPPED = "Localisation et auteur retirés à l’import"
MOST = 6


class PhotosCard(Card):
    """``show`` opens a photo at full size; ``add`` asks for files."""

    def __init__(self, show: Callable[[AttachmentRow], None], add: Callable[[], None]) -> None:
        self.add = link("Ajouter…")
        self.add.setAccessibleName("Ajouter une photo ou un document")
        super().__init__("Photos", trailing=self.add)
        self._show = show
        self._rows: tuple[AttachmentRow, ...] = ()
        self.add.clicked.connect(lambda _=False: add())
        self.strip = CardGrid(column_width=84, most=3)
        self.body.addWidget(self.strip)
        self._note = small(STRIPPED)
        self.body.addWidget(self._note)

    def load(self, rows: tuple[AttachmentRow, ...], *, editable: bool) -> None:
        self.add.setVisible(editable)
        photos = tuple(row for row in rows if row.kind is AttachmentKind.PHOTO)[:MOST]
        self._note.setText(STRIPPED if photos else f"Aucune photo. {STRIPPED}.")
        if photos == self._rows:
            return
        self._rows = photos
        pictures: list[QWidget] = []
        for row in photos:
            picture = Picture(row)
            picture.opened.connect(lambda row=row: self._show(row))
            pictures.append(picture)
        self.strip.set_widgets(pictures)
        chain_tabs(self.add, pictures)
