"""The synthèse d'expérimentation: what changed, for whom, and how it is known."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app import french
from desktop_app.exports.pdf.common import follow_up_table, joined, photo_gallery
from desktop_app.exports.pdf.experiment_annexes import annexes
from desktop_app.exports.pdf.experiment_brief import opening
from desktop_app.exports.pdf.experiment_questions import question_sections
from desktop_app.exports.pdf.grid import Grid
from desktop_app.exports.pdf.layout import write_story
from desktop_app.exports.pdf.photos import PaperPhoto, prepared
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.progress import Progress
from desktop_app.services.documents.rows import ExperimentDocument
from desktop_app.services.vocabulary import label


def write_experiment(
    document: ExperimentDocument, path: Path, *, invariant: bool = False
) -> Iterator[Progress]:
    """Writes the document; closing the iterator cancels. Raises UserError (disk, folder, fonts)."""
    experiment = document.sheet.experiment.experiment
    day = french.long_date(document.sheet.as_of)
    photos = yield from prepared(document.photos)
    yield Progress(0, 1, "Composition")
    yield from write_story(
        experiment_story(document, photos),
        path,
        header=document.header,
        title=f"Synthèse d’expérimentation – {experiment.enterprise.name} – au {day}",
        running=f"Synthèse au {day}",
        invariant=invariant,
    )


def experiment_story(document: ExperimentDocument, photos: Sequence[PaperPhoto]) -> Story:
    story = Story()
    opening(story, document)
    told = question_sections(story, document)
    _decision(story, document)
    _follow_ups(story, document)
    _grounds(story, document)
    if photos:
        story.h2("Photos", room=165)
        photo_gallery(story, photos, height=104)
    annexes(story, document, told)
    return story


def _decision(story: Story, document: ExperimentDocument) -> None:
    decision = document.sheet.experiment.experiment.final_decision
    if decision.strip():
        story.h2("Décision")
        story.text(decision)


def _follow_ups(story: Story, document: ExperimentDocument) -> None:
    story.h2("Actions")
    if document.follow_ups:
        follow_up_table(story, document.follow_ups)
    else:
        story.text("Aucune action n’a été décidée.", "note")


def _grounds(story: Story, document: ExperimentDocument) -> None:
    """Sites and visits: where the figures come from."""
    story.h2("Sites et visites")
    if document.sites:
        grid = Grid(story, (WIDTH - 285, 80, 95, 50, 60), rights=(3, 4))
        grid.head("Site", "Type", "Commune", "Visites", "Dernière")
        for site in document.sites:
            row = grid.row().text(site.name).text(label(site.type)).text(site.commune or "—")
            row.text(french.number(site.visit_count)).text(french.date(site.last_visit))
        grid.close()
    else:
        story.text("Aucun site n’est rattaché à l’expérimentation.", "note")
    if not document.visits:
        story.text("Aucune visite dans le périmètre de ce document.", "note")
        return
    grid = Grid(story, (80, 56, WIDTH - 286, 54, 48, 48), rights=(4, 5))
    grid.head("Visite", "Date", "Site", "État", "Mesures", "Constats")
    for visit in document.visits:
        row = grid.row().text(visit.reference).text(french.date(visit.date))
        row.text(joined([visit.site_name, visit.commune])).text(label(visit.state))
        row.text(french.number(visit.measurement_count)).text(french.number(visit.finding_count))
    grid.close()
