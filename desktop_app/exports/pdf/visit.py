"""The compte rendu de visite."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportlab.platypus import KeepTogether

from desktop_app import french
from desktop_app.exports.charts_scale import appreciation_scale
from desktop_app.exports.pdf.common import (
    batches,
    finding_item,
    follow_up_table,
    identification,
    joined,
    photo_gallery,
    polarity_counts,
)
from desktop_app.exports.pdf.grid import Grid
from desktop_app.exports.pdf.layout import write_story
from desktop_app.exports.pdf.photos import PaperPhoto, prepared
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.pdf.text import markup
from desktop_app.exports.pdf.visit_measures import measures
from desktop_app.exports.progress import Progress
from desktop_app.exports.wording import question, sentence
from desktop_app.services.documents.rows import VisitDocument
from desktop_app.services.vocabulary import (
    AttachmentKind,
    EvaluationQuestion,
    FindingKind,
    VisitState,
    label,
)

KIND_TITLES = {
    FindingKind.FACT: "Faits observés",
    FindingKind.REPORTED: "Propos rapportés",
    FindingKind.INTERPRETATION: "Interprétations",
}


def write_visit(
    document: VisitDocument, path: Path, *, invariant: bool = False
) -> Iterator[Progress]:
    """Writes the document; closing the iterator cancels. Raises UserError (disk, folder, fonts)."""
    visit = document.visit
    photos = yield from prepared(document.photos)
    yield Progress(0, 1, "Composition")
    yield from write_story(
        visit_story(document, photos),
        path,
        header=document.header,
        title=f"Compte rendu de visite {visit.reference} – {visit.site_name}",
        running=f"Compte rendu de visite {visit.reference}",
        invariant=invariant,
    )


def visit_story(document: VisitDocument, photos: Sequence[PaperPhoto]) -> Story:
    story = Story()
    _opening(story, document)
    _course(story, document)
    measures(story, document)
    _findings(story, document)
    _assessment(story, document)
    _follow_ups(story, document)
    _attachments(story, document, photos)
    _validation(story, document)
    return story


def _opening(story: Story, document: VisitDocument) -> None:
    visit, header = document.visit, document.header
    story.title("Compte rendu de visite")
    day = french.long_date(visit.date, weekday=True)
    story.text(joined([_place(document), day]), "subtitle")
    story.text(f"{header.scope}.", "scope")
    story.markup(markup(sentence("observation_mention")), "observation")
    if header.illustrative:
        story.markup(markup(sentence("illustrative")), "mention")
    if visit.state is not VisitState.VALIDATED:
        key = "planned" if visit.state is VisitState.PLANNED else "draft"
        story.markup(markup(sentence(key)), "note")
    story.space(4)
    identification(
        story,
        [
            ("Référence", joined([visit.reference, label(visit.state)])),
            ("Expérimentation", joined([visit.enterprise, visit.experiment_title])),
            ("Site", joined([visit.site_name, label(visit.site_type), visit.commune])),
            ("Date et horaires", joined([french.date(visit.date), _times(document)])),
            ("Modalité", "À distance" if visit.remote else "Sur place"),
            ("Rédaction", joined([visit.author, header.organisation])),
            ("Participants", visit.participants),
            (
                "Personnes rencontrées",
                "" if visit.headcount is None else french.number(visit.headcount),
            ),
        ],
    )


def _place(document: VisitDocument) -> str:
    visit = document.visit
    where = f"{visit.site_name} ({visit.commune})" if visit.commune else visit.site_name
    return joined([visit.enterprise or visit.experiment_title, where])


def _times(document: VisitDocument) -> str:
    visit = document.visit
    if visit.start_time is None:
        return ""
    if visit.end_time is None:
        return f"à partir de {french.time(visit.start_time)}"
    return f"de {french.time(visit.start_time)} à {french.time(visit.end_time)}"


def _course(story: Story, document: VisitDocument) -> None:
    visit = document.visit
    story.h2("Objet et déroulement")
    entries = (
        ("Objet de la visite", visit.purpose),
        ("Contexte", visit.context),
        ("Déroulement", visit.notes),
    )
    for name, text in entries:
        if text.strip():
            story.h3(name)
            story.text(text)
    if not any(text.strip() for _, text in entries):
        story.text("Ni objet, ni contexte, ni déroulement n’ont été renseignés.", "note")


def _findings(story: Story, document: VisitDocument) -> None:
    story.h2("Constats")
    if not document.findings:
        story.text("Aucun constat n’a été noté lors de cette visite.", "note")
        return
    story.text(f"{polarity_counts(document.findings)} {sentence('anonymity')}", "note")
    for code in EvaluationQuestion:
        some = [f for f in document.findings if f.evaluation_question is code]
        if not some:
            continue
        story.h3(f"{code.value.upper()} – {question(code)[0]}", room=120)
        for kind, rows in batches(some):
            story.h4(KIND_TITLES[kind])
            story.items(finding_item(row) for row in rows)


def _assessment(story: Story, document: VisitDocument) -> None:
    visit = document.visit
    entries = (
        ("Points forts", visit.strengths),
        ("Freins", visit.brakes),
        ("Risques", visit.risks),
        ("Limites de l’observation", visit.limits),
    )
    story.h2("Appréciation")
    story.scenes([[("Échelle de la HAS", "", appreciation_scale(visit.appreciation, width=WIDTH))]])
    for name, text in entries:
        if text.strip():
            story.h3(name)
            story.text(text)
    blank = ["appréciation"] if visit.appreciation is None else []
    blank += [name.lower() for name, text in entries if not text.strip()]
    if blank:
        story.text(f"Non renseigné\u00a0: {', '.join(blank)}.", "note")


def _follow_ups(story: Story, document: VisitDocument) -> None:
    story.h2("Suites à donner")
    if document.follow_ups:
        follow_up_table(story, document.follow_ups)
    else:
        story.text("Aucune action à suivre.", "note")


def _attachments(story: Story, document: VisitDocument, photos: Sequence[PaperPhoto]) -> None:
    files = [row for row in document.attachments if row.kind is AttachmentKind.DOCUMENT]
    shown = {row.id for row, _ in document.photos}
    left_out = [
        row
        for row in document.attachments
        if row.kind is AttachmentKind.PHOTO and row.id not in shown
    ]
    if not (files or document.photos or left_out):
        return
    story.h2("Pièces jointes", room=250 if document.photos else 90)
    photo_gallery(story, photos)
    entries = [(row, "") for row in files] + [(row, "photo non jointe") for row in left_out]
    if entries:
        grid = Grid(story, (WIDTH - 150, 90, 60), rights=(2,))
        grid.head("Fichier", "Nature", "Taille")
        for row, remark in entries:
            name = row.caption.strip() or row.filename
            note = joined([row.filename if row.caption.strip() else "", remark])
            grid.row().text(name, note).text(label(row.kind)).text(french.size(row.size))
        grid.close()


def _validation(story: Story, document: VisitDocument) -> None:
    """Kept whole: words on one page and signatures on the next would vouch for nothing."""
    visit = document.visit
    start = len(story.flowables)
    story.h2("Validation")
    if visit.state is VisitState.VALIDATED and visit.validated_at is not None:
        by = f" par {visit.validated_by}" if visit.validated_by else ""
        when = french.date_time(visit.validated_at.astimezone())
        story.text(f"Compte rendu validé{by}, le {when}.")
    else:
        story.text("Compte rendu non validé à ce jour.")
    story.text(sentence("visit_reminder"), "note")
    grid = Grid(story, (WIDTH / 2, WIDTH / 2), plain=True)
    grid.head("Rédaction – nom, fonction, date, signature", "Visa – nom, fonction, date, signature")
    grid.row().text("\u00a0").text("\u00a0")
    grid.close(after=0, row_height=40)
    story.flowables[start:] = [KeepTogether(story.flowables[start + 1 :])]
