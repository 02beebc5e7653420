"""« Pièces jointes »: photos and documents, added by button, key or drop."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.services.visits.visit_rows import AttachmentRow
from desktop_app.services.vocabulary import AttachmentKind
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.temporary import TemporaryFolder
from desktop_app.views.screens.visit.bundle import VisitBundle
from desktop_app.views.screens.visit.columns import CardGrid, chain_tabs
from desktop_app.views.screens.visit.photos import STRIPPED
from desktop_app.views.screens.visit.thumbnail import AttachmentCard
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, small, text

FILES = (
    "Photos et documents (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.pdf *.docx *.xlsx *.odt *.txt)"
    ";;Tous les fichiers (*)"
)


class AttachmentsTab(ScrollPage):
    def __init__(self, work: VisitWork) -> None:
        super().__init__(margins=False)
        self._work = work
        self._rows: tuple[AttachmentRow, ...] = ()
        self._visit_id = ""
        self._folder = TemporaryFolder()
        self.setAcceptDrops(True)
        self.add = secondary("Ajouter des fichiers")
        self.add.show_shortcut("Ctrl+Shift+A")
        self.add.clicked.connect(self.ask)
        self._card = Card("Photos et documents de la visite", trailing=self.add)
        self.problem = text("", "error")
        self.problem.hide()
        self._card.body.addWidget(self.problem)
        self._empty = muted(
            "Déposez ici des photos (JPEG, PNG, WEBP, TIFF) ou des documents (PDF, DOCX, XLSX, "
            "ODT, TXT)."
        )
        self._card.body.addWidget(self._empty)
        self.grid = CardGrid(column_width=240, most=4)
        self._card.body.addWidget(self.grid)
        foot = QHBoxLayout()
        foot.setSpacing(dp(10))
        foot.addWidget(
            small(f"{STRIPPED}. Une photo ne doit permettre de reconnaître personne."), 1
        )
        self._card.body.addLayout(foot)
        self.body.addWidget(self._card)
        self.body.addStretch(1)
        work.editable_changed.connect(self._place)

    @property
    def cards(self) -> tuple[AttachmentCard, ...]:
        return tuple(card for card in self.grid.widgets if isinstance(card, AttachmentCard))

    def bind(self, page: QWidget) -> None:
        """Ctrl+Shift+A adds a file from any tab of the page."""
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+A"), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask)

    def load(self, bundle: VisitBundle) -> None:
        if self._visit_id != bundle.visit.id:
            self._visit_id = bundle.visit.id
            self._say("")
        elif bundle.attachments == self._rows:
            return
        self._rows = bundle.attachments
        self._place()

    def ask(self) -> None:
        if not self._work.editable:
            return
        names, _ = QFileDialog.getOpenFileNames(self.window(), "Ajouter des fichiers", "", FILES)
        self.take([Path(name) for name in names])

    def take(self, paths: list[Path]) -> None:
        """Adds files one after the other; a refused one says why and does not stop the others."""
        self._say("")
        attachments, visit_id = self._work.services.attachments, self._work.visit_id
        for path in paths:
            self._work.start_if_planned()
            self._work.write(
                partial(attachments.add, visit_id, path),
                failed=partial(self._refused, path),
            )

    def open(self, attachment_id: str) -> None:
        row = next((row for row in self._rows if row.id == attachment_id), None)
        if row is not None:
            self.open_row(row)

    def open_row(self, row: AttachmentRow) -> None:
        """A photo opens in the window, a document in the machine's program for it."""
        attachments = self._work.services.attachments
        self._work.operations.query(
            lambda: attachments.content(row.id),
            lambda content: self._show(row, content),
            owner=self,
            key="content",
            failed=self._say,
        )

    def forget_files(self) -> None:
        """Removes the copies made to open documents elsewhere."""
        self._folder.clean()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._work.editable and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._card.set_selected(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._card.set_selected(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._card.set_selected(False)
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.take([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def _place(self) -> None:
        editable = self._work.editable
        self.add.setVisible(editable)
        kept = {card.row.id: card for card in self.cards if card.editable == editable}
        widgets: list[AttachmentCard] = []
        for row in self._rows:
            card = kept.get(row.id)
            if card is None:
                card = AttachmentCard(self._work, row, editable=editable)
                card.opened.connect(self.open)
                card.removed.connect(self._remove)
            card.load(row)
            widgets.append(card)
        self.grid.set_widgets(widgets)
        chain_tabs(self.add, widgets)
        self._empty.setVisible(not widgets)

    def _remove(self, attachment_id: str) -> None:
        attachments = self._work.services.attachments
        self._work.write(
            lambda: attachments.delete(attachment_id), undo_text="Pièce jointe supprimée."
        )

    def _refused(self, path: Path, sentence: str) -> None:
        quoted = french.quoted(path.name)
        told = sentence if path.name in sentence else f"{quoted}{french.NBSP}: {sentence}"
        self._say("\n".join(part for part in (self.problem.text(), told) if part))
        if not self.isVisible():
            self._work.context.notify.show(told)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _show(self, row: AttachmentRow, content: bytes) -> None:
        if row.kind is AttachmentKind.PHOTO:
            from desktop_app.views.dialogs.attachment_view import PhotoDialog

            dialog = PhotoDialog(self.window(), row, content)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
            return
        try:
            path = self._folder.write(Path(row.filename).name, content)
        except UserError as error:
            self._say(str(error))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
