"""Free notes, and the texts of the compte rendu, with their warnings beside them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.services.vocabulary import Appreciation, label
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.bound import BoundField
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fields import Choice, TextLine
from desktop_app.views.widgets.privacy_notice import PrivacyNotice, cnil_notice
from desktop_app.views.widgets.text_area import TextArea

SECTIONS = (
    ("context", "Contexte", "Ce qui entoure la visite"),
    ("strengths", "Points forts", "Ce qui marche, et pourquoi"),
    ("brakes", "Freins", "Ce qui retient"),
    ("risks", "Risques", "Ce qui pourrait mal tourner"),
    ("limits", "Limites de la visite", "Ce qui n’a pas pu être vu"),
)


def watched(work: VisitWork, bound: BoundField, field: TextArea | TextLine) -> PrivacyNotice:
    """The warning of a field of the visit: to be laid out near it."""

    def rewrite(words: str) -> None:
        if isinstance(field, TextArea):
            field.setPlainText(words)
        else:
            field.setText(words)
        field.commit()

    notice = PrivacyNotice(field, rewrite, around=work.around, stored=lambda: bound.stored)
    bound.waits = notice.waits
    bound.saved.connect(lambda: notice.set_active(active=work.editable))
    bound.saved.connect(notice.check)
    field.edited.connect(notice.check_soon)
    work.editable_changed.connect(lambda on: notice.set_active(active=on))
    return notice


class WatchedText(QWidget):
    """A free text of the visit with the warning about personal data under it."""

    def __init__(self, work: VisitWork, name: str, title: str, area: TextArea) -> None:
        super().__init__()
        self._work = work
        self.area = area
        self.bound = BoundField(work, name, title, area)
        self.privacy = watched(work, self.bound, area)
        self._visit_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(6))
        column.addWidget(self.bound)
        column.addWidget(self.privacy)
        area.edited.connect(work.start_if_planned)

    def load(self, visit: VisitRow) -> None:
        if visit.id != self._visit_id:
            self._visit_id = visit.id
            self.privacy.forget()
        self.bound.load(visit)


class NotesCard(Card):
    def __init__(self, work: VisitWork) -> None:
        super().__init__("Notes libres")
        area = TextArea("Ce que vous voyez, au fil de la visite", rows=5, most_rows=24)
        self.notes = WatchedText(work, "notes", "", area)
        area.setAccessibleName("Notes libres")
        self.body.addWidget(self.notes)
        self.body.addWidget(cnil_notice())

    def load(self, visit: VisitRow) -> None:
        self.notes.load(visit)


class ReportTextsCard(Card):
    """What the compte rendu says besides measures and findings."""

    def __init__(self, work: VisitWork) -> None:
        super().__init__("Pour le compte rendu")
        self.texts = tuple(
            WatchedText(work, name, title, TextArea(hint, rows=1, most_rows=12))
            for name, title, hint in SECTIONS
        )
        nothing: list[tuple[object, str]] = [(None, "—")]
        grades = nothing + [(grade, label(grade)) for grade in Appreciation]
        self.appreciation = BoundField(
            work, "appreciation", "Appréciation d’ensemble (échelle HAS)", Choice(grades)
        )
        for section in self.texts:
            self.body.addWidget(section)
        self.body.addWidget(self.appreciation)

    def load(self, visit: VisitRow) -> None:
        for section in self.texts:
            section.load(visit)
        self.appreciation.load(visit)
