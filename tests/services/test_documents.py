import datetime as dt
import tracemalloc
from collections.abc import Collection
from pathlib import Path

import pytest
from programme_seed import Seed

from desktop_app import __version__
from desktop_app.config.policy import judged
from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.models.enums import VisitState
from desktop_app.models.visit import Finding, Measurement, Visit
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.services.notebook.rules import ChangeRules
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import NewFollowUp
from desktop_app.store.notebook import Notebook

MARCH = dt.date(2021, 3, 15)
JUNE = dt.date(2021, 6, 9)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def services(notebook: Notebook, settings: Settings) -> NotebookServices:
    return build_services(notebook, settings)


@pytest.fixture
def seed(notebook: Notebook, services: NotebookServices) -> Seed:
    """Two experiments, two sites, visits of each state, each with something observed."""
    made = Seed(notebook)
    indicator = made.new_indicator()
    site = made.new_site("Collège")
    visits = [
        made.new_visit(MARCH),
        made.new_visit(JUNE, state=VisitState.DRAFT),
        made.new_visit(JUNE, state=VisitState.PLANNED),
    ]
    made.ids["other"] = made.new_experiment("JEX", cohort_id=made.new_cohort(2))
    made.objective = made.new_objective(made.ids["other"])
    second = made.new_indicator("Métiers cités")
    visits.append(made.new_visit(JUNE, site=site, experiment=made.ids["other"]))
    for number, visit in enumerate(visits):
        made.measure(second if number == 3 else indicator, visit, 2.5 * number, 10)
        made.find(visit, f"Constat {number}")
        services.follow_ups.add(NewFollowUp(f"Action {number}", visit_id=visit, due_date=JUNE))
    services.follow_ups.add(
        NewFollowUp("Hors visite", experiment_id=made.experiment, due_date=MARCH)
    )
    made.ids.update(site=site, visit=visits[0], jex_visit=visits[3])
    return made


def test_the_header_is_the_one_the_organisation_fixed(
    notebook: Notebook, tmp_path: Path, seed: Seed
) -> None:
    raw = {"organisation": "Fixée", "logo": str(tmp_path / "logo.png"), "mask_below": 9}
    settings = Settings(tmp_path / "fixed.json", judged(raw, "policy"))
    made = build_services(notebook, settings).documents
    documents = (made.visit_document(seed.ids["visit"]), made.experiment_document(seed.experiment))
    for document in documents:
        assert document.header.organisation == "Fixée"
        assert document.header.logo == b""
        assert document.header.lacking == (
            f"Le logo {raw['logo']} est introuvable\u00a0: le document est fait sans lui."
        )
    assert documents[1].thresholds.mask_below == 9
    whole = made.workbook_document(mask=False)
    assert whole.thresholds.mask_below == 9, "what is fixed cannot be left out of a document"


def test_a_visit_document_repeats_what_the_screen_shows(
    services: NotebookServices, settings: Settings, seed: Seed
) -> None:
    settings.set("organisation", "Département du Val d’Oise")
    visit = seed.ids["visit"]
    document = services.documents.visit_document(visit)
    assert document.visit == services.visits.get(visit)
    assert document.measures == services.measures.lines(visit)
    assert [row.text for row in document.findings] == ["Constat 0"]
    assert [row.what for row in document.follow_ups] == ["Action 0"]
    assert document.attachments == document.photos == ()
    header = document.header
    assert header.organisation == "Département du Val d’Oise"
    assert (header.notebook_title, header.version) == ("Carnet d’essai", __version__)
    assert (header.author, header.illustrative) == ("Camille Renard", False)
    assert header.programme is not None
    assert header.generated_at.tzinfo is not None
    with pytest.raises(UserError, match="n’existe plus"):
        services.documents.visit_document("nowhere")


def test_photos_come_with_their_bytes(
    services: NotebookServices, seed: Seed, tmp_path: Path
) -> None:
    from PIL import Image

    path = tmp_path / "salle.png"
    Image.new("RGB", (40, 30), "teal").save(path)
    note = tmp_path / "note.txt"
    note.write_text("Une note")
    visit = seed.ids["visit"]
    photo = services.attachments.add(visit, path, "La salle").value
    services.attachments.add(visit, note)
    document = services.documents.visit_document(visit)
    assert len(document.attachments) == 2
    ((row, content),) = document.photos
    assert (row, content) == (photo, services.attachments.content(photo.id))
    assert services.documents.visit_document(visit, with_photos=False).photos == ()
    synthesis = services.documents.experiment_document(seed.experiment)
    assert [found.caption for found, _ in synthesis.photos] == ["La salle"]


def test_a_photo_the_notebook_lost_does_not_stop_the_document(
    notebook: Notebook, services: NotebookServices, seed: Seed, tmp_path: Path
) -> None:
    import sqlite3

    from PIL import Image

    path = tmp_path / "salle.png"
    Image.new("RGB", (40, 30), "teal").save(path)
    services.attachments.add(seed.ids["visit"], path)
    with sqlite3.connect(notebook.path) as damage:
        damage.execute("DELETE FROM attachment_content")
    damage.close()
    ((_, content),) = services.documents.visit_document(seed.ids["visit"]).photos
    assert content == b""


def test_an_experiment_document_gathers_its_scope(services: NotebookServices, seed: Seed) -> None:
    with_drafts = Scope(experiment_id=seed.experiment, include_drafts=True)
    document = services.documents.experiment_document(seed.experiment, with_drafts)
    assert document.sheet == services.results.sheet(seed.experiment, with_drafts)
    ((indicator, points),) = document.trajectories
    assert points == services.results.trajectory(indicator, with_drafts)
    assert [visit.date for visit in document.visits] == [MARCH, JUNE]
    assert {row.text for row in document.findings} >= {"Constat 0", "Constat 1"}
    assert [site.name for site in document.sites] == ["Mission locale"]
    assert "visites en brouillon comprises" in document.header.scope
    validated = services.documents.experiment_document(seed.experiment)
    assert [visit.date for visit in validated.visits] == [MARCH]
    assert validated.scope == Scope(experiment_id=seed.experiment)
    assert validated.header.scope == (
        "Périmètre\u00a0: toute la période\u202f; visites validées seulement\u202f; effectifs de "
        "moins de 5 personnes masqués"
    )
    with pytest.raises(UserError):
        services.documents.experiment_document("nowhere")


@pytest.mark.parametrize(
    "restriction",
    ["none", "experiment", "cohort", "site", "since", "until", "drafts"],
)
def test_streams_hold_what_the_control_sheet_counts(
    services: NotebookServices, seed: Seed, restriction: str
) -> None:
    scope = {
        "none": Scope(),
        "experiment": Scope(experiment_id=seed.ids["other"]),
        "cohort": Scope(cohort_id=seed.cohort),
        "site": Scope(site_id=seed.ids["site"]),
        "since": Scope(since=JUNE),
        "until": Scope(until=MARCH),
        "drafts": Scope(include_drafts=True),
    }[restriction]
    documents = services.documents
    document = documents.workbook_document(scope)
    measurements = list(documents.iter_measurements(scope, document.hidden))
    visits = list(documents.iter_visits(scope))
    findings = list(documents.iter_findings(scope))
    follow_ups = list(documents.iter_follow_ups(scope))
    counts = document.counts
    assert counts.measurements == len(measurements) > 0
    told = [row for row in measurements if not row.withheld]
    numbers = [row.value or 0 for row in told if not (row.is_percentage or row.is_yes_no)]
    percentages = [row.value or 0 for row in told if row.is_percentage]
    assert counts.measured_sum == pytest.approx(sum(numbers))
    assert counts.percentage_sum == pytest.approx(sum(percentages))
    assert counts.visits == len(visits) > 0
    assert counts.findings == len(findings) == len(visits)
    assert counts.follow_ups == len(follow_ups)
    assert counts.sites == len(document.sites)
    assert counts.indicators == len(document.results)
    assert follow_ups == list(services.follow_ups.list(scope=scope))
    assert {row.visit_reference for row in measurements} == {row.reference for row in visits}
    assert sum(result.recorded for result in document.results) == len(measurements)
    known = services.results.experiments(scope)
    assert [s.experiment.experiment for s in document.sheets] == [r.experiment for r in known]


def test_streamed_rows_are_those_of_the_services(services: NotebookServices, seed: Seed) -> None:
    (finding,) = (
        row for row in services.documents.iter_findings() if row.visit_id == seed.ids["jex_visit"]
    )
    assert (finding,) == services.findings.of_visit(seed.ids["jex_visit"])
    (measurement,) = services.documents.iter_measurements(Scope(site_id=seed.ids["site"]))
    assert (measurement.cohort_number, measurement.experiment_code) == (2, "JEX")
    (row,) = services.results.evidence(measurement.indicator_id).rows
    assert (row.visit_reference, row.value) == (measurement.visit_reference, measurement.value)
    states = [row.state for row in services.documents.iter_visits()]
    assert VisitState.PLANNED not in states


def test_a_masked_category_cannot_be_told_from_its_total(
    services: NotebookServices, seed: Seed
) -> None:
    """49 people, of whom 24, 22 and 3: one goes with the 3, in the rows and in the sums."""
    visit = seed.new_visit(dt.date(2021, 5, 5), experiment=seed.ids["other"])
    indicator = services.framework.objectives(seed.ids["other"])[0].indicators[0].id
    scope = Scope(experiment_id=seed.ids["other"])
    before = services.documents.workbook_document(scope).counts
    told = [("", 49, 100.0), ("Femmes", 24, 60.0), ("Hommes", 22, 33.0), ("Non précisé", 3, 7.0)]
    for category, n, value in told:
        seed.measure(indicator, visit, value, n, category=category)
    documents = services.documents

    def rows(hidden: Collection[str]) -> list[tuple[str, int | None, float | None]]:
        return [
            (row.category, row.n, row.value)
            for row in documents.iter_measurements(scope, hidden)
            if row.date == dt.date(2021, 5, 5)
        ]

    masked = documents.workbook_document(scope)
    gone = [category for category, n, value in rows(masked.hidden) if (n, value) == (None, None)]
    assert "Non précisé" in gone
    assert len(gone) >= 2
    kept = sum(value for category, _, value in told if category not in gone)
    assert masked.counts.measurements == before.measurements + 4
    assert masked.counts.measured_sum == pytest.approx(before.measured_sum + kept)
    whole = documents.workbook_document(scope, mask=False)
    assert whole.hidden == frozenset()
    assert rows(whole.hidden) == told
    assert whole.counts.measured_sum == pytest.approx(before.measured_sum + 200)
    assert whole.thresholds.mask_below == 0
    assert whole.header.scope.endswith("petits effectifs non masqués")


def test_sites_count_the_visits_of_the_scope(services: NotebookServices, seed: Seed) -> None:
    documents = services.documents
    for scope in (Scope(), Scope(include_drafts=False), Scope(until=MARCH)):
        document = documents.workbook_document(scope)
        assert sum(site.visit_count for site in document.sites) == document.counts.visits
    (site,) = documents.experiment_document(seed.experiment, Scope(until=MARCH)).sites
    assert (site.visit_count, site.last_visit) == (1, MARCH)


def test_a_scope_is_said_in_words(services: NotebookServices, seed: Seed) -> None:
    scope = Scope(
        experiment_id=seed.experiment,
        cohort_id=seed.cohort,
        site_id=seed.site,
        since=MARCH,
        until=JUNE,
        include_drafts=False,
    )
    assert services.documents.workbook_document(scope).scope_labels == (
        ("Expérimentation", "DUO – Expérimentation DUO"),
        ("Promotion", "Promotion 1"),
        ("Site", "Mission locale"),
        ("Période", "du 15/03/2021 au 09/06/2021"),
    )
    assert services.documents.workbook_document().scope_labels == ()


def test_the_rules_of_the_notebook_are_the_thresholds(
    services: NotebookServices, seed: Seed
) -> None:
    services.rules.change(ChangeRules({"mask_below": 11, "on_track": 90}))
    found = services.documents.workbook_document()
    assert (found.thresholds.mask_below, found.thresholds.on_track) == (11, 0.9)
    assert "moins de 11 personnes masqués" in found.header.scope
    assert all(result.masked for result in found.results)


def test_an_isere_notebook_is_headed_by_its_territory_on_paper_and_in_cells(
    services: NotebookServices, settings: Settings, seed: Seed, tmp_path: Path
) -> None:
    import openpyxl
    import pypdfium2
    from PIL import Image

    from desktop_app.exports.excel.workbook import write_workbook
    from desktop_app.exports.pdf import write_experiment

    settings.set("organisation", "Département du Val d’Oise")
    logo = tmp_path / "logo.png"
    Image.new("RGB", (200, 80), "teal").save(logo)
    programme = services.directory.programme()
    assert programme is not None
    services.directory.save_programme(SaveRecord(programme.id, {"territory": "Isère (38)"}))
    services.rules.set_logo(logo)
    document = services.documents.experiment_document(seed.experiment)
    for _ in write_experiment(document, tmp_path / "s.pdf"):
        pass
    pdf = pypdfium2.PdfDocument(tmp_path / "s.pdf")
    words = pdf[0].get_textpage().get_text_bounded()
    images = [found for found in pdf[0].get_objects() if found.type == 3]
    pdf.close()
    assert "Isère (38)" in words
    assert "visites validées seulement" in " ".join(words.split())
    assert "Val d’Oise" not in words
    assert len(images) == 1
    workbook = services.documents.workbook_document()
    for _ in write_workbook(workbook, services.documents, tmp_path / "c.xlsx"):
        pass
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    cells = [str(cell.value) for row in book["Lisez-moi"].iter_rows() for cell in row]
    assert any("Isère (38)" in cell for cell in cells)
    assert not any("Val d’Oise" in cell for cell in cells)
    assert str(book.properties.creator).startswith("Isère (38)")


def test_streams_keep_little_in_memory(
    notebook: Notebook, services: NotebookServices, seed: Seed
) -> None:
    first = dt.date(2021, 3, 1)
    indicator = services.framework.objectives(seed.experiment)[0].indicators[0].id
    visits = [
        {
            "id": f"visit-{number:05d}",
            "reference": f"V-2021-9{number:05d}-ZZ",
            "experiment_id": seed.experiment,
            "site_id": seed.site,
            "date": first + dt.timedelta(number % 200),
            "state": VisitState.VALIDATED.value,
        }
        for number in range(4000)
    ]
    here = [{"visit_id": visit["id"], "date": visit["date"]} for visit in visits]
    with notebook.write() as uow:
        uow.bulk_insert(Visit, visits)
        uow.bulk_insert(
            Measurement,
            [
                {"indicator_id": indicator, "site_id": seed.site, "value": 1.0, "n": 12, **visit}
                for visit in here
            ],
        )
        uow.bulk_insert(
            Finding, [{"visit_id": visit["id"], "text": "Constat " * 20} for visit in visits]
        )
    documents = services.documents
    for stream in (documents.iter_measurements, documents.iter_visits, documents.iter_findings):
        assert sum(1 for _ in stream()) >= 4000  # compiles the statements
        tracemalloc.start()
        assert sum(1 for _ in stream()) >= 4000
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 3_000_000


def test_a_stream_closed_half_way_lets_the_notebook_write(
    services: NotebookServices, seed: Seed
) -> None:
    stream = services.documents.iter_visits()
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    seed.new_visit(JUNE)
    assert services.visits.count() == 5
