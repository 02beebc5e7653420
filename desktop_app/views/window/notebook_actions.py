"""Opening, creating, copying and leaving notebooks: what the menu's first group does."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app.errors import UserError
from desktop_app.french import NBSP, plural
from desktop_app.system.paths import there
from desktop_app.views.widgets.text import tip
from desktop_app.views.window.dialogs import tell_figures
from desktop_app.views.window.ports import Opened

if TYPE_CHECKING:
    from desktop_app.services.home.rows import CheckReport
    from desktop_app.views.screens.welcome.screen import WelcomeScreen
    from desktop_app.views.window.main_window import MainWindow

FILTER = "Carnets d’impact (*.carnet)"
SUFFIX = ".carnet"
UNKEPT = (
    "La liste de vos carnets ne sera gardée que pour cette séance, et vos réglages ne peuvent pas "
    "être changés\u00a0: votre dossier personnel n’accepte pas d’écriture."
)


class NotebookActions(QObject):
    """Holds the notebook being shown: ``path`` is None while there is none."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self.path: Path | None = None
        self._welcome: WelcomeScreen | None = None
        self._unsaved: list[str] = []
        self._unkept = False
        window.operations.write_failed.connect(self._unsaved.append)

    # Coming in

    def start(self, asked: Path | None) -> None:
        """Opens the notebook asked for, else the last one if it is still there, else welcomes."""
        last = self.window.settings.text("last_notebook")
        path = asked or (Path(last) if last else None)
        if path is None or (asked is None and not there(path)):
            self.welcome()
        else:
            self.open(path)

    def open(self, path: Path) -> None:
        """Opens in a thread; a refusal leads back to the notebook one was in, else to the welcome.

        Either way with its sentence.
        """
        before = self.path
        if self.release():
            self.window.wait(f"Ouverture de {path.name}…")
            refused = self.welcome if before is None else self._return_to(before)
            self._admit(lambda: self.window.doors.open(path), refused)

    def _return_to(self, path: Path) -> Callable[[str], None]:
        def refused(sentence: str) -> None:
            self._admit(lambda: self.window.doors.open(path), self.welcome)
            self.window.notify.show(sentence)

        return refused

    def create(self, path: Path, title: str, header: str = "") -> None:
        """``header``: what its documents bear at their head; '' leaves it to the territory."""
        if self.release():
            self.window.wait(f"Création de {path.name}…")
            self._admit(lambda: self.window.doors.create(path, title, header), self.welcome)

    def demonstrate(self) -> None:
        """Opens the demonstration of this laptop, written first if need be."""
        path = self.new_folder() / f"Démonstration{SUFFIX}"
        if there(path):
            self.open(path)
            return
        self.window.operations.job(
            "Préparation de la démonstration",
            lambda: self.window.doors.demonstrate(path),
            done=lambda: self.open(path),
            failed=self.welcome,
            parent=self.window,
        )

    def welcome(self, error: str = "") -> None:
        """Shows the welcome, with the sentence of what went wrong."""
        from desktop_app.views.screens.welcome.screen import WelcomeScreen

        if self._welcome is None:
            page = WelcomeScreen()
            page.new_asked.connect(self.ask_new)
            page.open_asked.connect(self.ask_open)
            page.demonstration_asked.connect(self.demonstrate)
            page.chosen.connect(self.open)
            page.forgotten.connect(self._forget)
            self._welcome = page
        self._welcome.set_recent(self.window.settings.items("recent_notebooks"))
        self._welcome.show_error(error)
        self.window.show_page(self._welcome)
        self._welcome.take_focus()

    def _admit(self, door: Callable[[], Opened], refused: Callable[[str], None]) -> None:
        self.window.operations.query(
            door, self._show, owner=self.window, key="notebook", failed=refused
        )

    def _show(self, opened: Opened) -> None:
        self.path = opened.path
        self._unsaved.clear()
        unkept = self._keep(lambda: self.window.settings.remember_notebook(opened.path))
        self.window.set_notebook(opened)
        told = (*opened.warnings, unkept) if unkept else opened.warnings
        if told:
            self.window.notify.show(" ".join(told))
        self._adopt_rules(opened)
        tell_figures(self.window)

    def _adopt_rules(self, opened: Opened) -> None:
        """A notebook of 0.1 or 0.2 takes, once, the rules that this computer applied to it."""
        rules, operations = opened.services.rules, self.window.operations

        def adopt(undecided: bool) -> None:  # noqa: FBT001  (what the read gave)
            if undecided and self.window.services is opened.services:
                operations.run(rules.adopt, undoable=False, failed=lambda _: None)

        operations.query(rules.undecided, adopt, owner=self.window, key="rules")

    # Leaving

    def release(self) -> bool:
        """Commits, waits, and closes the notebook. False: the person chose to stay.

        They are asked when a document or a copy is being written, and when a write was refused
        (disk full): closing would lose it.
        """
        window = self.window
        job = window.operations.job_title
        if job and not self._interrupt(job):
            return False
        if window.services is None:
            return True
        self._unsaved.clear()
        window.flush()
        window.operations.flush()
        if self._unsaved and not self._leave_anyway(self._unsaved[-1]):
            window.status.show_failure()
            return False
        window.operations.drain()
        services = window.services
        window.clear_notebook()
        window.doors.close(services)
        self.path = None
        return True

    def leave(self) -> None:
        """Closes the notebook and shows the welcome; the next start will not open it."""
        if self.release():
            self._remember(lambda: self.window.settings.set("last_notebook", ""))
            self.welcome()

    def _interrupt(self, job: str) -> bool:
        return self._sure(
            "Travail en cours",
            f"«{NBSP}{job}{NBSP}» n’est pas terminé.",
            "Fermer maintenant l’interrompt, et son fichier ne sera pas écrit.",
            ("Attendre la fin", "Interrompre et fermer"),
        )

    def _leave_anyway(self, sentence: str) -> bool:
        return self._sure(
            "Modification non enregistrée",
            "La dernière modification n’a pas pu être enregistrée.",
            sentence,
            ("Revenir au carnet", "Fermer sans elle"),
        )

    def _sure(self, title: str, sentence: str, more: str, choices: tuple[str, str]) -> bool:
        """Asks between staying, proposed first, and leaving."""
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(title)
        box.setText(tip(sentence))
        box.setInformativeText(tip(more))
        stay = box.addButton(choices[0], QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(choices[1], QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is leave

    # Asking

    def ask_new(self) -> None:
        from desktop_app.views.dialogs.new_notebook import NewNotebookDialog

        settings = self.window.settings
        fixed = settings.fixed("notebook_folder") and bool(settings.text("notebook_folder"))
        dialog = NewNotebookDialog(
            self.new_folder(),
            self.window,
            fixed=fixed,
            header=settings.text("organisation"),
            header_fixed=settings.fixed("organisation"),
        )
        dialog.asked.connect(self.create)
        dialog.open()

    def ask_open(self) -> None:
        self._ask_file("Ouvrir un carnet", "Ouvrir", self.open)

    def ask_backup(self) -> None:
        if self.path is None:
            return
        today = dt.date.today()  # noqa: DTZ011  (the laptop's own day)
        name = f"{self.path.stem} – copie du {today:%Y-%m-%d}{SUFFIX}"
        self._ask_file("Sauvegarder une copie", "Sauvegarder", self.backup, save_as=name)

    def ask_restore(self) -> None:
        def chosen(copy: Path) -> None:
            name = f"{copy.stem} – restauré{SUFFIX}"
            self._ask_file(
                "Où restaurer la copie",
                "Restaurer",
                lambda target: self.restore(copy, target),
                save_as=name,
            )

        self._ask_file("Choisir la copie à restaurer", "Choisir", chosen)

    def _ask_file(
        self, title: str, accept: str, chosen: Callable[[Path], object], *, save_as: str = ""
    ) -> None:
        dialog = QFileDialog(self.window, title, str(self.folder()), FILTER)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
        if save_as:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(save_as)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Copies

    def backup(self, target: Path) -> None:
        """Writes a whole, verified copy, and remembers when."""
        services, path = self.window.services, self.path
        if services is None or path is None:
            return
        self.window.flush()

        def done() -> None:
            now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
            known = self.window.settings.mapping("last_backups")
            self._remember(
                lambda: self.window.settings.set("last_backups", {**known, str(path): now})
            )
            self.window.show_identity()
            self.window.notify.show(f"Copie enregistrée et vérifiée\u00a0: {target.name}")

        self.window.operations.job(
            "Sauvegarde du carnet",
            lambda: self.window.doors.backup(services, target),
            done=done,
            parent=self.window,
        )

    def restore(self, copy: Path, target: Path) -> None:
        self.window.operations.job(
            "Restauration de la copie",
            lambda: self.window.doors.restore(copy, target),
            done=lambda: self.open(target),
            parent=self.window,
        )

    def last_backup(self) -> dt.datetime | None:
        known = self.window.settings.mapping("last_backups").get(str(self.path))
        try:
            return dt.datetime.fromisoformat(str(known)) if known else None
        except ValueError:
            return None

    def check(self) -> None:
        """Checks the whole notebook in a thread and says what was found."""
        services = self.window.services
        if services is not None:
            self.window.notify.show("Vérification du carnet en cours…")
            self.window.operations.query(
                lambda: self.window.doors.check(services),
                self._show_report,
                owner=self.window,
                key="check",
            )

    def _show_report(self, report: "CheckReport") -> None:
        if report.ok:
            areas = plural(len(report.areas), "contrôle")
            self.window.notify.show(f"Le carnet est intact\u00a0: {areas}, aucun problème.")
            return
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Vérification du carnet")
        box.setText(f"{plural(len(report.problems), 'problème trouvé', 'problèmes trouvés')}.")
        box.setInformativeText(tip("\n".join(line.message for line in report.problems[:8])))
        box.finished.connect(box.deleteLater)
        box.open()

    # Small things

    def folder(self) -> Path:
        """Where notebooks and their copies are looked for."""
        from desktop_app.views.runtime.proposed_folders import notebook_folder

        return notebook_folder(self.window.settings, self.path)

    def new_folder(self) -> Path:
        """Where a new one goes: to the folder that the organisation fixed, even out of reach."""
        settings, key = self.window.settings, "notebook_folder"
        found = self.folder()
        return Path(settings.text(key)) if settings.fixed(key) and settings.text(key) else found

    def _forget(self, path: str) -> None:
        self._remember(lambda: self.window.settings.forget_notebook(path))
        self.welcome()

    def _remember(self, write: Callable[[], None]) -> None:
        told = self._keep(write)
        if told:
            self.window.notify.show(told)

    def _keep(self, write: Callable[[], None]) -> str:
        """A preference that cannot be written must not keep anyone from their notebook.

        Gives the sentence to say of it, the first time only: nothing more can be done.
        """
        try:
            write()
        except UserError:
            if not self._unkept:
                self._unkept = True
                return UNKEPT
        return ""
