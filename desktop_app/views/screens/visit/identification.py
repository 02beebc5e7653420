"""Who, where, when, with whom: the first card of the entry tab."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.bound import BoundField
from desktop_app.views.screens.visit.notes import watched
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fields import Choice, DateField, NumberField, TextLine, TimeField

BY_FUNCTION = "Par fonction, jamais par nom"
MET = "Nombre de personnes rencontrées"
MODES: tuple[tuple[object, str], ...] = ((False, "Sur place"), (True, "À distance"))


SPANS_WIDE = (
    (("experiment_id", 3), ("date", 3), ("start_time", 2), ("end_time", 2), ("participants", 6)),
    (("site_id", 5), ("remote", 3), ("headcount", 2), ("author", 3), ("purpose", 3)),
)
SPANS_MIDDLE = (
    (
        *(("experiment_id", 3), ("date", 4), ("start_time", 2)),
        *(("end_time", 2), ("headcount", 2), ("remote", 3)),
    ),
    (("site_id", 5), ("participants", 5), ("author", 3), ("purpose", 3)),
)
SPANS_NARROW = (
    (("experiment_id", 8), ("date", 8)),
    (("site_id", 16),),
    (("start_time", 5), ("end_time", 5), ("headcount", 6)),
    (("remote", 8), ("author", 8)),
    (("participants", 16),),
    (("purpose", 16),),
)
"""The fields row by row, with how many of sixteen columns each takes."""


class CutChoice(Choice):
    """A list whose choice ends with « … » when the place is short."""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]  # stubs
            self.currentText(), Qt.TextElideMode.ElideRight, place.width() - dp(6)
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class IdentificationCard(Card):
    def __init__(self, work: VisitWork) -> None:
        super().__init__()
        self.setAccessibleName("Identification de la visite")
        self.experiment = CutChoice()
        self.site = CutChoice()
        self.day = DateField()
        self.start = TimeField()
        self.end = TimeField()
        self.participants = TextLine("Directrice, équipe éducative (4)")
        self.purpose = TextLine("Pourquoi cette visite")
        self.author = TextLine()
        self.mode = Choice(MODES)
        self.headcount = NumberField("personnes", whole=True)
        self.day.setMinimumWidth(dp(124))
        for field in (self.start, self.end):
            field.setMinimumWidth(dp(70))
        no_date = "Indiquez la date de la visite, par exemple 09/06/2021."
        self._fields = (
            BoundField(work, "experiment_id", "Expérimentation", self.experiment),
            BoundField(work, "date", "Date", self.day, required=no_date),
            BoundField(work, "start_time", "De", self.start),
            BoundField(work, "end_time", "À", self.end),
            BoundField(work, "participants", "Participants", self.participants, hint=BY_FUNCTION),
            BoundField(work, "site_id", "Site", self.site),
            BoundField(work, "remote", "Modalité", self.mode),
            BoundField(work, "headcount", "Effectif", self.headcount, hint=MET),
            BoundField(work, "author", "Auteur", self.author),
            BoundField(work, "purpose", "Objet", self.purpose),
        )
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(dp(12))
        self._grid.setVerticalSpacing(dp(10))
        for column in range(16):
            self._grid.setColumnStretch(column, 1)
        self.body.addWidget(holder)
        self.notices = tuple(
            watched(work, self.field(name), field)
            for name, field in (("participants", self.participants), ("purpose", self.purpose))
        )
        for notice in self.notices:
            self.body.addWidget(notice)
        self._visit_id = ""
        self._rows: tuple[tuple[tuple[str, int], ...], ...] = ()
        self._lay_out(SPANS_WIDE)

    def load(self, visit: VisitRow) -> None:
        if visit.id != self._visit_id:
            self._visit_id = visit.id
            for notice in self.notices:
                notice.forget()
        self.day.today = visit.date
        for field in self._fields:
            field.load(visit)

    def set_lists(
        self, visit: VisitRow, experiments: tuple[ExperimentRow, ...], sites: tuple[SiteRow, ...]
    ) -> None:
        """The experiments and sites to choose from; this visit's own are always there."""
        chosen: list[tuple[object, str]] = [(e.id, e.enterprise.name) for e in experiments]
        if all(e.id != visit.experiment_id for e in experiments):
            chosen.insert(0, (visit.experiment_id, visit.enterprise))
        self.experiment.set_items(chosen)
        places: list[tuple[object, str]] = [(s.id, site_name(s.name, s.commune)) for s in sites]
        if all(s.id != visit.site_id for s in sites):
            places.insert(0, (visit.site_id, site_name(visit.site_name, visit.commune)))
        self.site.set_items(places)
        self.field("experiment_id").load(visit)
        self.field("site_id").load(visit)

    def field(self, name: str) -> BoundField:
        """Raises StopIteration for an unknown field (a bug)."""
        return next(field for field in self._fields if field.name == name)

    def minimumSizeHint(self) -> QSize:
        """No minimal width: the fields go on more rows rather than overflow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        if width >= dp(740):
            self._lay_out(SPANS_WIDE)
        else:
            self._lay_out(SPANS_MIDDLE if width >= dp(600) else SPANS_NARROW)

    def _lay_out(self, rows: tuple[tuple[tuple[str, int], ...], ...]) -> None:
        """A sentence takes the whole width, under its row: a narrow field would be crushed."""
        if rows is self._rows:
            return
        self._rows = rows
        while self._grid.takeAt(0) is not None:
            pass
        row = 0
        for fields in rows:
            column = 0
            for name, span in fields:
                self._grid.addWidget(self.field(name), row, column, 1, span)
                column += span
            for name, _ in fields:
                row += 1
                self._grid.addWidget(self.field(name).problem_label, row, 0, 1, 16)
            row += 1
        order = [self.field(name).field for fields in rows for name, _ in fields]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)


def site_name(name: str, commune: str) -> str:
    """« IME Les Sources, Sarcelles »; the commune is not said twice."""
    return name if not commune or commune.casefold() in name.casefold() else f"{name}, {commune}"
