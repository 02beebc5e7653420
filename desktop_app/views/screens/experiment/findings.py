"""« Ce que disent les constats »: how many each way, and what people said."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import date, plural, quoted
from desktop_app.services.results.rows import Answer, ResultSheet
from desktop_app.services.visits.visit_rows import FindingRow
from desktop_app.services.vocabulary import FindingKind, Polarity, label
from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.screens.home.rows import RowButton
from desktop_app.views.tables.result_table import origin, quote
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import muted, small, text

SHOWN = 3
LONGEST = 220
_COLOURS = {Polarity.POSITIVE: "accent", Polarity.NEUTRAL: "muted", Polarity.NEGATIVE: "badge"}


def quotes(findings: tuple[FindingRow, ...], most: int = SHOWN) -> tuple[FindingRow, ...]:
    """The latest words reported, one of each polarity first; then facts when there is no quote."""
    reported = [row for row in findings if row.kind is FindingKind.REPORTED and row.text]
    others = [row for row in findings if row.kind is not FindingKind.REPORTED and row.text]
    latest = sorted(reported, key=lambda row: row.visit_date, reverse=True)
    latest += sorted(others, key=lambda row: row.visit_date, reverse=True)
    chosen: list[FindingRow] = []
    for polarity in (Polarity.POSITIVE, Polarity.NEGATIVE):
        chosen += [row for row in latest if row.polarity is polarity][:1]
    chosen += [row for row in latest if row not in chosen]
    return tuple(chosen[:most])


class FindingsCard(Card):
    def __init__(self, context: ScreenContext) -> None:
        super().__init__("Ce que disent les constats")
        self.context = context
        self._counts = tuple(Pill("", tone, self) for tone in ("good", "neutral", "bad"))
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        for pill in self._counts:
            row.addWidget(pill)
        row.addStretch(1)
        self.body.addLayout(row)
        self._quotes = QVBoxLayout()
        self._quotes.setSpacing(dp(4))
        self.body.addLayout(self._quotes)
        self.body.addStretch(1)

    def show_findings(self, sheet: ResultSheet, findings: tuple[FindingRow, ...]) -> None:
        for pill, count, words, tone in zip(
            self._counts,
            (sheet.positive_findings, sheet.neutral_findings, sheet.negative_findings),
            ("positif", "neutre", "négatif"),
            ("good", "neutral", "bad"),
            strict=True,
        ):
            pill.set(plural(count, words), tone)
        while (item := self._quotes.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row in quotes(findings):
            button = QuoteButton(*finding_quote(row))
            button.clicked.connect(
                lambda _=False, row=row: self.context.go(Place("visit", row.visit_id, "entry"))
            )
            self._quotes.addWidget(button)
        if not findings:
            self._quotes.addWidget(muted("Aucun constat n’a encore été noté en visite."))


def finding_quote(row: FindingRow) -> tuple[str, str, str, str]:
    """What a QuoteButton says of a finding: words, origin, what it is, colour."""
    cut = row.text if len(row.text) <= LONGEST else f"{row.text[:LONGEST].rstrip()}…"
    words = quoted(cut) if row.kind is FindingKind.REPORTED else cut
    place = row.commune or row.site_name
    origin = " · ".join(part for part in (row.audience, place, date(row.visit_date)) if part)
    return words, origin, label(row.polarity), _COLOURS[row.polarity]


def answer_quote(answer: Answer) -> tuple[str, str, str, str]:
    """What a QuoteButton says of an answer, in full."""
    return quote(answer), origin(answer), "Réponse", "accent"


class QuoteButton(RowButton):
    """What was said or seen (``kind``), and where; opens the visit it comes from."""

    def __init__(
        self, words: str, source: str, kind: str, colour: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{kind}\u00a0: {words} {source}", parent)
        self._bar = colour
        self.setToolTip(kind)
        self.columns.setContentsMargins(dp(13), dp(4), dp(4), dp(6))
        column = QVBoxLayout()
        column.setSpacing(dp(2))
        column.addWidget(text(words))
        column.addWidget(small(source))
        self.columns.addLayout(column, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = current_tokens()
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(colours["neutral_bg"]))
        painter.fillRect(0, dp(3), dp(3), self.height() - dp(7), QColor(colours[self._bar]))
        if self.hasFocus():
            painter.setPen(QColor(colours["focus"]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
