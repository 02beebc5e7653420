"""The main job without a window: a notebook made, a visit recorded, documents written, copies."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.certain import known
from desktop_app.services.notebook.trial import Trial, require
from desktop_app.services.programme.experiment_rows import SaveRecord

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings
    from desktop_app.services.catalogue import NotebookServices
    from desktop_app.services.visits.visit_rows import VisitRow

TITLE = "Carnet d’auto-test — été à l’hôpital"
SITE = "Foyer Les Églantiers"
NOTE = "Trois élèves ont préféré l’atelier du goûter."
WORD = "goûter"
VALUE = 17.5
DAY = dt.date(2021, 6, 9)


class NotebookTrial:
    """Holds the services of the notebook it makes in ``folder``, until ``close``.

    ``visit`` is the one recorded in it, None until then.
    """

    def __init__(self, trial: Trial, folder: Path, settings: "Settings") -> None:
        self.path = folder / "Été – auto-test.carnet"
        self._experiment_id = ""
        self.visit: VisitRow | None = None
        self._trial = trial
        self._folder = folder
        self._settings = settings
        self._services: NotebookServices | None = None
        self._site_id = ""
        self._indicator_id = ""
        self._finding_id = ""

    def run(self) -> None:
        run = self._trial.run
        run("notebook", self._create)
        run("programme", self._programme, ("notebook",))
        run("visit", self._visit, ("programme",))
        run("photos", self._photos, ("visit",))
        run("validation", self._validate, ("visit",))
        run("search", self._search, ("visit",))
        run("results", self._results, ("visit",))
        run("workbook", self._workbook, ("validation",))
        run("visit report", self._report, ("validation",))
        run("experiment report", self._synthesis, ("validation",))
        run("backup", self._backup, ("visit",))
        run("restore", self._restore, ("backup",))
        run("check", self._check, ("visit",))
        run("demonstration", self._demonstrate)

    def close(self) -> None:
        if self._services is not None:
            self._services.notebook.close()

    @property
    def services(self) -> "NotebookServices":
        return known(self._services)

    @property
    def recorded(self) -> "VisitRow":
        return known(self.visit)

    def _create(self) -> str:
        from desktop_app.services.catalogue import build_services
        from desktop_app.services.notebook.notebooks import create_notebook
        from desktop_app.store.device import device_of

        notebook = create_notebook(self.path, TITLE, device_of(self._settings))
        self._services = build_services(notebook, self._settings)
        require(notebook.title == TITLE, f"titre relu\u00a0: {notebook.title!r}")
        return f"schéma {notebook.schema_version}"

    def _programme(self) -> None:
        made = self.services
        made.directory.save_programme(SaveRecord(None, {"name": "Programme d’auto-test"}))
        cohort = made.directory.save_cohort(SaveRecord(None, {"number": 1, "label": "Première"}))
        enterprise = made.directory.save_enterprise(SaveRecord(None, {"name": "Œuvre à l’essai"}))
        self._site_id = made.sites.save(
            SaveRecord(None, {"name": SITE, "commune": "Éragny"})
        ).value.id
        experiment = made.experiments.save(
            SaveRecord(
                None,
                {
                    "code": "AUT",
                    "title": "Expérimentation d’auto-test",
                    "cohort_id": cohort.value.id,
                    "enterprise_id": enterprise.value.id,
                    "start_date": dt.date(2021, 3, 1),
                    "end_date": dt.date(2021, 11, 30),
                    "site_ids": [self._site_id],
                },
            )
        )
        self._experiment_id = experiment.value.id
        objective = made.framework.save_objective(
            SaveRecord(None, {"experiment_id": self._experiment_id, "statement": "Tenir l’épreuve"})
        )
        self._indicator_id = made.framework.save_indicator(
            SaveRecord(
                None,
                {
                    "objective_id": objective.value.id,
                    "label": "Séances menées à terme",
                    "baseline_value": 10.0,
                    "baseline_date": dt.date(2021, 3, 1),
                    "target_value": 25.0,
                    "target_date": dt.date(2021, 11, 30),
                },
            )
        ).value.id

    def _visit(self) -> str:
        from desktop_app.services.visits.visit_rows import (
            EditVisit,
            NewFinding,
            NewFollowUp,
            NewVisit,
            RecordMeasure,
        )
        from desktop_app.services.vocabulary import MeasurementStatus

        made = self.services
        visit = made.visits.create(NewVisit(self._experiment_id, self._site_id, DAY)).value
        self.visit = visit
        made.visits.edit(EditVisit(visit.id, {"notes": "Auto-test du programme."}))
        made.measures.record(
            RecordMeasure(visit.id, self._indicator_id, "", MeasurementStatus.OBSERVED, VALUE, n=24)
        )
        self._finding_id = made.findings.add(NewFinding(visit.id, NOTE)).value.id
        made.follow_ups.add(NewFollowUp("Envoyer le protocole", "Éducatrice", visit_id=visit.id))
        return visit.reference

    def _photos(self) -> str:
        """Of every kind that is taken: Pillow loads each reader by its name."""
        from PIL import Image, ImageCms

        picture = Image.linear_gradient("L").resize((1200, 800)).convert("RGB")
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        attachments = self.services.attachments
        for kind in ("jpeg", "png", "webp", "tiff"):
            source = self._folder / f"photo prise là-bas.{kind}"
            picture.save(source, icc_profile=profile)
            row = attachments.add(self.recorded.id, source, f"Le réfectoire ({kind})").value
            kept = attachments.content(row.id)
            require(row.thumbnail, f"{kind}\u00a0: pas de vignette")
            require(kept.startswith(b"\xff\xd8"), f"{kind}\u00a0: relue, ce n’est pas un JPEG")
            picture = picture.rotate(180)
        return "4 formats"

    def _validate(self) -> str:
        self.visit = self.services.visits.validate(self.recorded.id).value
        return self.visit.state.value

    def _search(self) -> str:
        for word in (WORD, "GOUTER"):
            found = {hit.record_id for hit in self.services.search.search(word)}
            require(self._finding_id in found, f"«\u00a0{word}\u00a0» n’est pas trouvé")
        return WORD

    def _results(self) -> str:
        sheet = self.services.results.sheet(self._experiment_id)
        found = [result.actual for part in sheet.objectives for result in part.results]
        require(found == [VALUE], f"résultats relus\u00a0: {found}")
        return "50\u202f%"

    def _workbook(self) -> str:
        import openpyxl

        from desktop_app.exports.excel.workbook import write_workbook

        target = self._folder / "Classeur été.xlsx"
        documents = self.services.documents
        _finish(write_workbook(documents.workbook_document(), documents, target))
        book = openpyxl.load_workbook(target, read_only=True)
        names, rows = book.sheetnames, list(book["Mesures"].iter_rows(values_only=True))
        book.close()
        value = dict(zip(rows[0], rows[1], strict=False))
        require(value["Valeur"] == VALUE, f"valeur relue\u00a0: {value['Valeur']}")
        require(value["Site"] == SITE, f"site relu\u00a0: {value['Site']}")
        return f"{len(names)} feuilles"

    def _report(self) -> str:
        from desktop_app.exports.pdf.visit import write_visit

        target = self._folder / "Compte rendu.pdf"
        _finish(write_visit(self.services.documents.visit_document(self.recorded.id), target))
        return _read_pdf(target, (self.recorded.reference, "Églantiers", "goûter"))

    def _synthesis(self) -> str:
        from desktop_app.exports.pdf.experiment import write_experiment

        target = self._folder / "Synthèse.pdf"
        document = self.services.documents.experiment_document(self._experiment_id)
        _finish(write_experiment(document, target))
        return _read_pdf(target, ("Œuvre à l’essai", "Séances menées à terme"))

    def _backup(self) -> None:
        from desktop_app.services.notebook.notebooks import NotebookService

        NotebookService(self.services.notebook).backup(self._folder / "Copie.carnet")

    def _restore(self) -> str:
        from desktop_app.services.notebook.notebooks import NotebookService, open_notebook, restore
        from desktop_app.store.device import device_of

        target = self._folder / "Rétabli.carnet"
        restore(self._folder / "Copie.carnet", target)
        with open_notebook(target, device_of(self._settings)) as notebook:
            counts = NotebookService(notebook).counts()
        require(counts == NotebookService(self.services.notebook).counts(), f"relu\u00a0: {counts}")
        return f"{counts['journal']} écritures de journal"

    def _check(self) -> str:
        from desktop_app.services.notebook.notebooks import NotebookService

        report = NotebookService(self.services.notebook).check()
        require(report.ok, "\u202f; ".join(problem.message for problem in report.problems))
        return ", ".join(report.areas)

    def _demonstrate(self) -> None:
        from desktop_app.services.demo import write_demo

        write_demo(self._folder / "Démonstration.carnet")


def _finish(steps: Iterable[object]) -> None:
    for _ in steps:
        pass


def _read_pdf(path: Path, words: tuple[str, ...]) -> str:
    """Reopens it with the reader the previews use."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        pages = len(pdf)
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    flat = " ".join(text.split())
    for word in words:
        require(word in flat, f"«\u00a0{word}\u00a0» n’est pas dans le PDF")
    return f"{pages} p."
