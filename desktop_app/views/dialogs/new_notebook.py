"""A new notebook: its title, what heads its documents, and where its file goes."""

import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.notebook.rules import LONGEST_HEADER
from desktop_app.system.paths import is_folder, there
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.fields import TextLine, labelled
from desktop_app.views.widgets.fixed import FIXED, fixed_mark
from desktop_app.views.widgets.text import small, text

SUFFIX = ".carnet"
LONGEST_NAME = 160
"""Bytes: Linux counts them, up to 255, and the files kept beside a notebook add to its name."""
GONE = "Ce dossier n’existe pas. Choisissez-en un autre."
GONE_FIXED = (
    "Le dossier fixé par votre organisation ne peut pas être atteint. Vérifiez la connexion au "
    "réseau, sinon signalez-le à votre service informatique."
)
HEADER_HELP = "Votre organisation, en haut des documents. Vide\u00a0: le territoire du programme."
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def file_name(title: str) -> str:
    """A name every system accepts: « Val d’Oise 2021 » → « Val d’Oise 2021.carnet »."""
    cleaned = _UNSAFE.sub(" ", unicodedata.normalize("NFC", title))
    kept = " ".join(cleaned.split()).strip(". ")[:80]
    kept = kept.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip(". ")
    return f"{kept or 'Carnet'}{SUFFIX}"


class NewNotebookDialog(QDialog):
    """Emits ``asked(Path, title, header)`` once all are good.

    A ``fixed`` folder and a fixed header are only read.
    """

    asked = Signal(object, str, str)

    def __init__(
        self,
        folder: Path,
        parent: QWidget | None = None,
        *,
        fixed: bool = False,
        header: str = "",
        header_fixed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nouveau carnet")
        self.finished.connect(self.deleteLater)
        self.folder = folder
        self.fixed = fixed
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(22), dp(20), dp(22), dp(18))
        column.setSpacing(dp(14))
        column.addWidget(text("Nouveau carnet", "h2"))
        self.title_field = TextLine("Expérimentations du Val d’Oise, 2021")
        self.title_field.setMinimumWidth(dp(420))
        self.title_field.edited.connect(self._preview)
        column.addWidget(labelled("Titre", self.title_field))
        self.header_field = TextLine("Département de l’Isère")
        self.header_field.setMaxLength(LONGEST_HEADER)
        self.header_field.set_value(header)
        column.addWidget(labelled("En-tête des documents", self.header_field))
        column.addWidget(self._header_help(fixed=header_fixed))
        self.folder_field = TextLine()
        self.folder_field.set_value(str(folder))
        self.folder_field.edited.connect(self._preview)
        column.addLayout(self._folder_row())
        if fixed:
            column.addWidget(fixed_mark())
        self.preview = small("")
        column.addWidget(self.preview)
        self.refusal = text("", "error")
        self.refusal.hide()
        column.addWidget(self.refusal)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = secondary("Annuler")
        cancel.clicked.connect(self.reject)
        buttons.addWidget(cancel)
        self.create_button = primary("Créer le carnet")
        self.create_button.setDefault(True)
        self.create_button.clicked.connect(self._accept)
        buttons.addWidget(self.create_button)
        column.addLayout(buttons)
        self._preview()

    def _header_help(self, *, fixed: bool) -> QWidget:
        self.header_field.setAccessibleDescription(HEADER_HELP)
        if not fixed:
            return small(HEADER_HELP)
        self.header_field.setReadOnly(True)
        self.header_field.setAccessibleDescription(f"{FIXED}, lecture seule.")
        return fixed_mark()

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(labelled("Dossier", self.folder_field), 1)
        if self.fixed:
            self.folder_field.setReadOnly(True)
            self.folder_field.setAccessibleDescription(f"{FIXED}, lecture seule.")
            return row
        browse = secondary("Parcourir…")
        browse.clicked.connect(self._browse)
        holder = QVBoxLayout()
        holder.addStretch(1)
        holder.addWidget(browse)
        row.addLayout(holder)
        return row

    def target(self) -> Path:
        folder = Path(self.folder_field.value())
        with suppress(RuntimeError):  # « ~nobody »: a folder that is not there, by its own name
            folder = folder.expanduser()
        return folder / file_name(self.title_field.value())

    def _preview(self) -> None:
        self.preview.setText(f"Fichier\u00a0: {self.target()}")
        self.refusal.hide()

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Dossier du carnet", self.folder_field.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose(self, folder: str) -> None:
        self.folder_field.set_value(folder)
        self._preview()

    def _accept(self) -> None:
        title, target = self.title_field.value(), self.target()
        if not title:
            self._refuse("Donnez un titre au carnet.", self.title_field)
        elif not is_folder(target.parent):
            self._refuse(GONE_FIXED if self.fixed else GONE, self.folder_field)
        elif there(target):
            self._refuse(
                f"Un fichier {target.name} existe déjà ici. Changez le titre ou le dossier.",
                self.title_field,
            )
        else:
            self.accept()
            self.asked.emit(target, title, self.header_field.value())

    def _refuse(self, sentence: str, field: TextLine) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()
        field.setFocus()
