"""What both documents show in the same way: findings, actions, photos, identification."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from desktop_app import french
from desktop_app.exports.pdf.flowables import Photo, TaggedParagraph
from desktop_app.exports.pdf.grid import Grid
from desktop_app.exports.pdf.photos import PaperPhoto
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH, style
from desktop_app.exports.pdf.text import lowered, markup, paragraphs, shortened
from desktop_app.services.results.rows import ResultState
from desktop_app.services.visits.visit_rows import FindingRow, FollowUpRow
from desktop_app.services.vocabulary import FindingKind, Polarity, label

STATE_TONES = {
    ResultState.REACHED: "good",
    ResultState.ON_TRACK: "good",
    ResultState.WATCH: "warn",
    ResultState.LATE: "bad",
    ResultState.DECLINE: "bad",
    ResultState.MISSED: "warn",
    ResultState.NO_DATA: "neutral",
    ResultState.UNJUDGED: "neutral",
    ResultState.ANSWERED: "info",
}
POLARITY_BARS = {Polarity.POSITIVE: "good", Polarity.NEUTRAL: "muted", Polarity.NEGATIVE: "bad"}
PHOTO_HEIGHT = 230.0
PHOTO_WIDTH = WIDTH / 2 - 10
LONG_CAPTION = 400
DOT = " · "


def finding_item(
    finding: FindingRow, *, where: bool = False, kind: bool = False
) -> tuple[str, str, str, str]:
    """A finding as a list entry: its words, then who says it, its polarity in words.

    ``where`` adds the site and the date, ``kind`` whether it is a fact or an interpretation.
    """
    reported = finding.kind is FindingKind.REPORTED
    parts = [label(finding.polarity)]
    if not finding.intended:
        parts.append("inattendu")
    if kind and not reported:
        parts.append(lowered(label(finding.kind)))
    if finding.intensity is not None:
        parts.append(f"intensité {french.number(finding.intensity)}")
    if finding.audience:
        parts.append(finding.audience)
    if finding.source_type is not None:
        parts.append(lowered(label(finding.source_type)))
    if where:
        parts += [finding.site_name, french.date(finding.visit_date)]
    text = finding.text.strip()
    if reported and text:
        text = french.quoted(unquoted(text))
    name = "quote" if reported else "item"
    bar = POLARITY_BARS[finding.polarity]
    return text or "(constat sans texte)", DOT.join(parts), bar, name


def unquoted(text: str) -> str:
    """A quote without the marks that enclose it whole; those inside it stay."""
    for opening, closing in ("«»", "“”", '""'):
        inner = text[1:-1]
        if text.startswith(opening) and text.endswith(closing) and opening not in inner:
            return inner.strip()
    return text


def polarity_counts(findings: Sequence[FindingRow]) -> str:
    """« 7 constats : 4 positifs, 2 neutres, 1 négatif, dont 1 inattendu »."""
    if len(findings) == 1:
        tail = ", inattendu" if not findings[0].intended else ""
        return f"1 constat{french.NBSP}: {lowered(label(findings[0].polarity))}{tail}."
    counts = {tone: sum(f.polarity is tone for f in findings) for tone in Polarity}
    words = (
        (counts[Polarity.POSITIVE], "effet positif", "effets positifs"),
        (counts[Polarity.NEUTRAL], "neutre", "neutres"),
        (counts[Polarity.NEGATIVE], "effet négatif", "effets négatifs"),
    )
    said = ", ".join(french.plural(count, one, many) for count, one, many in words if count)
    unexpected = sum(not f.intended for f in findings)
    tail = f", dont {french.plural(unexpected, 'inattendu')}" if unexpected else ""
    return f"{french.plural(len(findings), 'constat')}{french.NBSP}: {said}{tail}."


def follow_up_state(row: FollowUpRow) -> tuple[str, str]:
    """Words and tone: done, late, or still to come."""
    if row.done_date is not None:
        return f"Faite le {french.date(row.done_date)}", "good"
    if row.days_left is not None and row.days_left < 0:
        return "En retard", "bad"
    return "À faire", "info"


def follow_up_table(story: Story, rows: Sequence[FollowUpRow]) -> None:
    grid = Grid(story, (WIDTH - 262, 94, 66, 102))
    grid.head("Action", "Qui", "Échéance", "État")
    for row in rows:
        text, tone = follow_up_state(row)
        due = french.date(row.due_date) if row.due_date else "sans échéance"
        grid.row().text(row.what or "—").text(row.who or "—").text(due).pill(text, tone)
    grid.close()


def photo_gallery(
    story: Story, photos: Sequence[PaperPhoto], *, height: float = PHOTO_HEIGHT
) -> None:
    """Photos two by two with their captions; one that cannot be shown is said to be so."""
    row: list[list[Flowable]] = []
    for photo in photos:
        cell, long = _photo(story, photo, height)
        if long:
            story.columns(row)
            row = []
            story.flowables += cell
            continue
        row.append(cell)
        if len(row) == 2:
            story.columns(row)
            row = []
    story.columns(row)


def _photo(story: Story, photo: PaperPhoto, highest: float) -> tuple[list[Flowable], bool]:
    """A photo and its caption, and whether the caption is too long for a column."""
    caption = photo.row.caption.strip() or "Photo sans légende"
    cell: list[Flowable] = []
    if photo.jpeg is None:
        caption = f"{caption} – image manquante ou illisible ({photo.row.filename})"
    else:
        height = min(PHOTO_WIDTH * photo.ratio, highest)
        said = shortened(f"Photo{french.NBSP}: {caption}", 1000)
        figure = story.root.add("Figure", alt=said)
        cell.append(Photo(photo.jpeg, height / photo.ratio, height, figure))
    cell += [
        TaggedParagraph(part, style("caption")).tagged(story.root.add("P"))
        for part in paragraphs(caption)
    ]
    return cell, len(caption) > LONG_CAPTION


def identification(story: Story, entries: Sequence[tuple[str, str]]) -> None:
    """Names and values; every value is user text."""
    grid = Grid(story, (118, WIDTH - 118), plain=True)
    for name, value in entries:
        if value:
            grid.row().text(name, look="head").text(value)
    grid.close(after=4)


def definitions(story: Story, entries: Sequence[tuple[str, str]]) -> list[Flowable]:
    """A term in bold, then its meaning; one list item each. For the caller to place."""
    listed = story.root.add("L")
    items: list[Flowable] = []
    for term, meaning in entries:
        text = f"<b>{markup(term)}.</b> {markup(meaning)}"
        body = listed.add("LI").add("LBody")
        items.append(TaggedParagraph(text, style("definition")).tagged(body.add("P")))
    return items


def joined(parts: Sequence[str]) -> str:
    return DOT.join(part for part in parts if part)


def batches(rows: Sequence[FindingRow]) -> Iterator[tuple[FindingKind, list[FindingRow]]]:
    """Findings by kind: facts, then reported speech, then interpretations."""
    for kind in FindingKind:
        some = [row for row in rows if row.kind is kind]
        if some:
            yield kind, some
