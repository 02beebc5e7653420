"""A document seen before it is sent: its pages, then save a copy or open it elsewhere."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.exports.progress import Progress
from desktop_app.system.paths import is_folder
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.operations import Operations
from desktop_app.views.widgets.buttons import primary, quiet, secondary
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.keys import sequences
from desktop_app.views.widgets.pdf_pages import PdfPages
from desktop_app.views.widgets.text import muted, text

Write = Callable[[Path], Iterator[Progress]]


class PdfPreview(QDialog):
    """Writes the document at ``path`` with ``write``, off the UI thread, then shows its pages.

    ``name`` is the file's name when it is saved; ``folder`` says where the file dialog starts.
    """

    def __init__(
        self,
        parent: QWidget,
        operations: Operations,
        write: Write,
        path: Path,
        name: str,
        folder: Callable[[], Path],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Aperçu{french.NBSP}: {name}")
        self.setSizeGripEnabled(True)
        self._operations = operations
        self._path = path
        self._name = name
        self._folder = folder
        self.pages = PdfPages(operations.query, self)
        self.pages.page_changed.connect(self._count)
        self._counter = muted("")
        self._counter.setWordWrap(False)
        self.message = text("Préparation du document…")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(dp(8))
        self.save = primary("Enregistrer sous…")
        bind_key(self.save, "Ctrl+S")
        self.save.clicked.connect(self._save)
        self.open_button = secondary("Ouvrir")
        bind_key(self.open_button, "Ctrl+O")
        self.open_button.clicked.connect(self._open)
        self._lay_out()
        self.pages.hide()
        for button in (self.save, self.open_button):
            button.setEnabled(False)
        room = parent.window().size()
        self.resize(min(dp(980), room.width() - dp(60)), room.height() - dp(40))
        operations.query(
            lambda: _written(write, path), self._show, owner=self, failed=self._refused
        )

    @property
    def ready(self) -> bool:
        return self.pages.page_count > 0

    def done(self, result: int) -> None:
        self.pages.close_file()
        super().done(result)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(dp(16), dp(10), dp(16), dp(10))
        head.setSpacing(dp(8))
        head.addWidget(self._counter)
        smaller = quiet("magnifying-glass-minus", "Réduire")
        larger = quiet("magnifying-glass-plus", "Agrandir")
        fit = quiet("arrows-out-line-horizontal", "Ajuster à la largeur")
        smaller.clicked.connect(lambda: self.pages.step_zoom(-1))
        larger.clicked.connect(lambda: self.pages.step_zoom(1))
        fit.clicked.connect(lambda: self.pages.set_zoom(None))
        for button, keys in ((smaller, "Ctrl+-"), (larger, "Ctrl++"), (fit, "Ctrl+0")):
            button.setToolTip(f"{button.accessibleName()} ({keys})")
            for sequence in sequences(keys):
                QShortcut(sequence, button).activated.connect(button.click)
        QShortcut(QKeySequence("Ctrl+="), larger).activated.connect(larger.click)
        for button in (smaller, larger, fit):
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(self.open_button)
        head.addWidget(self.save)
        column.addLayout(head)
        column.addWidget(self.message, 1)
        column.addWidget(self.pages, 1)

    def _show(self, path: Path) -> None:
        self.pages.open(path)
        self.message.hide()
        self.pages.show()
        self.pages.setFocus()
        for button in (self.save, self.open_button):
            button.setEnabled(True)

    def _refused(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.show()

    def _count(self, page: int, count: int) -> None:
        self._counter.setText(f"Page {page} sur {count}")

    def _save(self) -> None:
        suggested = str(self._folder() / self._name)
        name, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer le document", suggested, "PDF (*.pdf)"
        )
        if name:
            self.save_copy(Path(name))

    def save_copy(self, target: Path) -> None:
        """Writes the document there; a refusal is said in the dialog, the previous file stays."""
        source = self._path
        self._operations.query(
            lambda: _copied(source, target), self._copied, owner=self, failed=self._refused
        )

    def _copied(self, target: Path) -> None:
        self.message.setText(f"Enregistré{french.NBSP}: {target}")
        self.message.setAccessibleName(self.message.text())
        self.message.show()
        self._column.setStretch(1, 0)

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path))):
            self._refused("Aucun programme de cet ordinateur n’ouvre les PDF. Enregistrez-le.")


def _written(write: Write, path: Path) -> Path:
    for _ in write(path):
        pass
    return path


def _copied(source: Path, target: Path) -> Path:
    from desktop_app.exports.atomic import written_beside

    if is_folder(target):
        raise UserError(f"{target} est un dossier. Choisissez un nom de fichier.")
    with written_beside(target) as file:
        file.write_bytes(source.read_bytes())
    return target
