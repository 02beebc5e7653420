"""A visit's report as it would be sent, shown before it is."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.exports.progress import Progress
from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.views.runtime.context import ScreenContext


def open_preview(context: ScreenContext, parent: QWidget, visit: VisitRow, folder: Path) -> None:
    """Written into ``folder``, which is not kept."""
    from desktop_app.views.dialogs.pdf_preview import PdfPreview
    from desktop_app.views.runtime.proposed_folders import document_folder

    def write(path: Path) -> Iterator[Progress]:
        from desktop_app.exports.pdf import write_visit

        return write_visit(context.services.documents.visit_document(visit.id), path)

    name = f"Compte rendu {visit.reference}.pdf"
    dialog = PdfPreview(
        parent,
        context.operations,
        write,
        folder / name,
        name,
        lambda: document_folder(context.settings),
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
