"""The indicator's form: what goes with its type, what a change asks and does, its publics."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from screen_sample import type_in

from desktop_app.french import typeset
from desktop_app.models.framework import Indicator
from desktop_app.services.programme.experiment_rows import IndicatorRow, SaveRecord
from desktop_app.services.results.calculation import ALLOWED
from desktop_app.services.visits.visit_rows import NewVisit, RecordMeasure
from desktop_app.services.vocabulary import (
    Aggregation,
    Counted,
    MeasurementStatus,
    ValueType,
    label,
)
from desktop_app.views.dialogs.category_changes import SPLIT
from desktop_app.views.dialogs.category_list import CategoryList
from desktop_app.views.dialogs.indicator_form import IndicatorDialog
from desktop_app.views.dialogs.record_form import FieldBox
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.widgets.fields import Choice

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
DAY = dt.date(2021, 6, 9)


@dataclass
class Frame:
    """An experiment with one objective, on a new notebook, and a way to open the form."""

    services: "NotebookServices"
    context: ScreenContext
    window: QWidget
    settle: Callable[[], None]

    def __post_init__(self) -> None:
        directory = self.services.directory
        directory.save_programme(SaveRecord(None, {"name": "Programme"}))
        cohort = directory.save_cohort(SaveRecord(None, {"number": 1, "label": "2021"})).value.id
        firm = directory.save_enterprise(SaveRecord(None, {"name": "Andibo"})).value.id
        self.site = self.services.sites.save(SaveRecord(None, {"name": "IME"})).value.id
        self.experiment = self.services.experiments.save(
            SaveRecord(
                None,
                {
                    "code": "AND",
                    "title": "Espaces adaptés",
                    "cohort_id": cohort,
                    "enterprise_id": firm,
                    "site_ids": (self.site,),
                },
            )
        ).value.id
        self.objective = self.services.framework.save_objective(
            SaveRecord(None, {"experiment_id": self.experiment, "statement": "Apaiser"})
        ).value.id

    def indicator(self, **values: object) -> IndicatorRow:
        whole = {"objective_id": self.objective, "label": "Crises", **values}
        return self.services.framework.save_indicator(SaveRecord(None, whole)).value

    def measure(self, indicator: IndicatorRow, value: float, *categories: str) -> None:
        """In a visit, of the whole and of each category."""
        visit = self.services.visits.create(NewVisit(self.experiment, self.site, DAY)).value
        for category in ("", *categories):
            self.services.measures.record(
                RecordMeasure(
                    visit.id, indicator.id, category, MeasurementStatus.OBSERVED, value, 12
                )
            )

    def spoil(self, indicator: IndicatorRow, **values: object) -> IndicatorRow:
        """As an older notebook holds it."""
        with self.services.notebook.write() as uow:
            for name, value in values.items():
                setattr(uow.session.get_one(Indicator, indicator.id), name, value)
        return self.read(indicator)

    def read(self, indicator: IndicatorRow) -> IndicatorRow:
        return self.services.framework.indicator(indicator.id)

    def open(self, indicator: IndicatorRow | None = None) -> "Form":
        dialog = IndicatorDialog(self.context, self.objective, indicator, self.window)
        dialog.open()
        dialog.activateWindow()
        QApplication.processEvents()
        self.settle()
        QApplication.processEvents()
        return Form(dialog, self.settle)


@dataclass
class Form:
    dialog: IndicatorDialog
    settle: Callable[[], None]

    def box(self, name: str) -> FieldBox:
        return self.dialog.form.boxes[name]

    def shown(self, name: str) -> bool:
        return self.box(name).isVisible()

    def choose(self, name: str, value: object) -> None:
        choice = self.choice(name)
        choice.set_value(value)
        choice.edited.emit()

    def choice(self, name: str) -> Choice:
        widget = self.box(name).editor.widget
        assert isinstance(widget, Choice)
        return widget

    def tick(self, name: str) -> None:
        widget = self.box(name).editor.widget
        assert isinstance(widget, QCheckBox)
        widget.click()

    def type(self, name: str, words: str) -> None:
        type_in(self.box(name).editor.widget, words)

    @property
    def publics(self) -> CategoryList:
        widget = self.box("categories").editor.widget
        assert isinstance(widget, CategoryList)
        return widget

    @property
    def asked(self) -> str:
        """What the panel of the reason says; '' while it does not show."""
        return self.dialog.reason.sentence

    def save(self) -> str:
        """Why it is refused, or ''."""
        open_ = [self.dialog]
        self.dialog.finished.connect(lambda _code: open_.clear())
        self.dialog.submit()
        self.settle()
        return self.dialog.problem if open_ else ""

    def close(self) -> None:
        self.dialog.done(0)


@pytest.fixture
def frame(
    context: ScreenContext,
    services: "NotebookServices",
    window: QWidget,
    settle: Callable[[], None],
) -> Iterator[Frame]:
    window.show()
    window.activateWindow()
    yield Frame(services, context, window, settle)
    for dialog in window.findChildren(IndicatorDialog):
        dialog.done(0)


@pytest.mark.parametrize("kind", [ValueType.NUMBER, ValueType.PERCENTAGE, ValueType.SCALE])
def test_only_the_calculations_that_go_with_the_type_are_offered(
    frame: Frame, kind: ValueType
) -> None:
    form = frame.open()
    form.choose("value_type", kind)
    choice = form.choice("aggregation")
    offered = [choice.itemText(at) for at in range(choice.count())]
    assert offered == [label(way) for way in ALLOWED[kind]]
    words = form.box("calculation_help").editor.widget.text()
    assert [line.split("\u00a0:")[0] for line in words.split("\n")] == offered
    assert all("Ex." in line and "→" in line for line in words.split("\n"))
    assert form.shown("aggregation")
    assert not form.shown("calculation")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ValueType.YES_NO, "Par site : oui ou non, le moins avancé décide."),
        (ValueType.QUALITATIVE, "Réponses en toutes lettres."),
    ],
)
def test_what_has_one_calculation_says_it_and_offers_none(
    frame: Frame, kind: ValueType, words: str
) -> None:
    form = frame.open()
    form.choose("aggregation", Aggregation.MEAN)
    form.choose("value_type", kind)
    assert not form.shown("aggregation")
    assert form.box("calculation").editor.widget.text() == typeset(words)
    form.type("label", "Plan adopté")
    assert form.save() == ""
    (made,) = frame.services.framework.objectives(frame.experiment)[0].indicators
    assert (made.value_type, made.aggregation) == (kind, Aggregation.LATEST)


def test_a_calculation_that_no_longer_goes_is_asked_again(frame: Frame) -> None:
    form = frame.open()
    form.type("label", "Jeunes")
    form.choose("aggregation", Aggregation.ADDITIVE)
    form.choose("value_type", ValueType.PERCENTAGE)
    assert form.choice("aggregation").value() is None
    assert "ne va pas avec le type" in form.box("aggregation").note
    assert "Choisissez un calcul" in form.save()
    form.choose("aggregation", Aggregation.RATIO)
    assert form.box("aggregation").note == ""
    assert form.save() == ""


def test_yes_and_no_are_chosen_for_t0_and_target(frame: Frame) -> None:
    form = frame.open()
    form.type("label", "Plan adopté")
    form.choose("value_type", ValueType.YES_NO)
    assert not form.shown("baseline_value")
    choice = form.choice("baseline_answer")
    assert [choice.itemText(at) for at in range(choice.count())] == ["—", "oui", "non"]
    form.choose("baseline_answer", 0.0)
    form.choose("target_answer", 1.0)
    assert form.save() == ""
    (made,) = frame.services.framework.objectives(frame.experiment)[0].indicators
    assert (made.baseline_value, made.target_value) == (0.0, 1.0)
    again = frame.open(made)
    assert (again.choice("baseline_answer").value(), again.choice("target_answer").value()) == (
        0.0,
        1.0,
    )
    again.choose("target_answer", None)
    assert "La cible change" in again.asked
    again.type("change_reason", "plus attendu")
    assert again.save() == ""
    assert frame.read(made).target_value is None


def test_a_sum_starts_from_zero(frame: Frame) -> None:
    form = frame.open()
    form.type("label", "Jeunes entrés")
    form.choose("aggregation", Aggregation.ADDITIVE)
    assert form.box("baseline_value").note == "Un cumul part de 0."
    assert not form.shown("baseline_to_measure")
    form.type("baseline_value", "3")
    assert form.save() == typeset(
        "Un cumul part de 0. Pour un stock, choisissez « dernière valeur »."
    )
    form.type("baseline_value", "0")
    assert form.save() == ""


def test_percent_signs_are_for_percentages(frame: Frame) -> None:
    form = frame.open()
    form.type("label", "Usage")
    form.type("target_value", "50 %")
    assert "est un pourcentage" in form.save()
    form.choose("value_type", ValueType.PERCENTAGE)
    form.type("baseline_value", "1.234,5")
    assert "entre 0 et 100" in form.save()
    form.type("baseline_value", "20\u202f%")
    assert form.save() == ""


def test_what_n_counts_is_said_and_an_older_notebook_stays_unsaid(frame: Frame) -> None:
    form = frame.open()
    form.type("label", "Usage")
    assert form.choice("n_counts").currentText() == "personnes"
    form.choose("n_counts", Counted.SESSIONS)
    form.tick("exhaustive")
    form.tick("baseline_to_measure")
    assert form.save() == ""
    (made,) = frame.services.framework.objectives(frame.experiment)[0].indicators
    assert (made.n_counts, made.exhaustive, made.baseline_to_measure) == (
        Counted.SESSIONS,
        True,
        True,
    )
    old = frame.spoil(made, n_counts=None, exhaustive=None, baseline_to_measure=None)
    again = frame.open(old)
    assert again.choice("n_counts").currentText() == "non précisé (compté en personnes)"
    again.type("label", "Usage autonome")
    assert again.save() == ""
    after = frame.read(made)
    assert (after.label, after.n_counts, after.change_reason) == ("Usage autonome", None, "")


def test_an_old_pair_is_opened_said_and_mended(frame: Frame) -> None:
    made = frame.indicator(value_type=ValueType.PERCENTAGE)
    frame.measure(made, 40)
    form = frame.open(frame.spoil(made, aggregation="additive"))
    note = form.dialog._note
    assert note.isVisible()
    assert "«\u00a0somme\u00a0» ne va pas avec le type «\u00a0pourcentage\u00a0»" in note.text()
    assert form.choice("aggregation").value() is None
    assert not form.dialog.changed
    assert "Choisissez un calcul" in form.save()
    form.choose("aggregation", Aggregation.MEAN)
    assert "Le calcul change" in form.asked
    form.type("change_reason", "corrigé à la relecture")
    assert form.save() == ""
    after = frame.read(made)
    assert (after.aggregation, after.change_reason) == (Aggregation.MEAN, "corrigé à la relecture")


def test_an_old_yes_or_no_is_put_right_when_it_is_saved(frame: Frame) -> None:
    made = frame.indicator(value_type=ValueType.YES_NO)
    frame.measure(made, 1)
    form = frame.open(frame.spoil(made, aggregation="mean"))
    form.type("label", "Plan adopté")
    assert form.asked == ""
    assert form.save() == ""
    after = frame.read(made)
    assert (after.aggregation, after.version, after.label) == (
        Aggregation.LATEST,
        1,
        "Plan adopté",
    )


def test_a_reason_is_asked_as_soon_as_a_target_moves(frame: Frame) -> None:
    made = frame.indicator(target_value=48.0)
    form = frame.open(made)
    assert form.asked == ""
    form.type("target_value", "2")
    assert form.asked == (
        "La cible change. Le motif est gardé dans l’historique de l’indicateur et imprimé."
    )
    assert form.shown("change_reason")
    assert not form.shown("baseline_comparable")
    last = form.box("limits").editor.widget
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert form.box("change_reason").editor.widget.hasFocus()
    form.type("target_value", "48")
    assert form.asked == ""
    form.type("target_value", "2")
    assert form.save() == "Dites en une phrase pourquoi ce changement."
    assert form.box("change_reason").editor.widget.hasFocus()
    form.type("change_reason", "convention amendée")
    assert form.save() == ""
    after = frame.read(made)
    assert (after.target_value, after.change_reason) == (2.0, "convention amendée")


def test_a_definition_asks_once_measured_and_says_that_a_series_starts(frame: Frame) -> None:
    made = frame.indicator(unit="jours", baseline_value=10.0)
    free = frame.open(made)
    free.type("unit", "journées")
    assert free.asked == ""
    free.close()
    frame.measure(made, 12)
    form = frame.open(made)
    form.type("unit", "semaines")
    assert form.asked == (
        "L’unité change. Nouvelle série\u00a0: les mesures déjà prises n’y seront pas jointes. "
        "Le motif est gardé dans l’historique de l’indicateur et imprimé."
    )
    assert form.shown("baseline_comparable")
    form.type("baseline_value", "2")  # given again: nothing to declare
    assert not form.shown("baseline_comparable")
    form.type("baseline_value", "10")
    form.tick("baseline_comparable")
    form.type("change_reason", "relevé à la semaine")
    assert form.save() == ""
    after = frame.read(made)
    assert (after.version, after.baseline_version) == (2, 2)


def test_a_t0_of_another_definition_may_be_said_comparable_later(frame: Frame) -> None:
    made = frame.indicator(unit="jours", baseline_value=10.0)
    frame.measure(made, 12)
    frame.services.framework.save_indicator(
        SaveRecord(made.id, {"unit": "semaines", "change_reason": "relevé à la semaine"})
    )
    form = frame.open(frame.read(made))
    assert "sous une autre définition" in form.asked
    assert not form.shown("change_reason")
    form.tick("baseline_comparable")
    assert form.shown("change_reason")
    form.type("change_reason", "oubliée la première fois")
    assert form.save() == ""
    assert frame.services.framework.facts(made.id).comparable


def test_a_sum_has_no_t0_to_compare(frame: Frame) -> None:
    made = frame.indicator(aggregation=Aggregation.ADDITIVE, baseline_value=0.0, unit="jeunes")
    frame.measure(made, 12)
    form = frame.open(made)
    form.type("unit", "élèves")
    assert "Nouvelle série" in form.asked
    assert not form.shown("baseline_comparable")


def test_publics_are_added_renamed_moved_and_removed_by_keys(frame: Frame) -> None:
    made = frame.indicator(disaggregation="genre", categories=("Filles", "Garçons"))
    frame.measure(made, 12, "Filles", "Garçons")
    form = frame.open(made)
    publics = form.publics
    form.type("disaggregation", "genre")
    QTest.keyClick(form.box("disaggregation").editor.widget, Qt.Key.Key_Tab)
    first = publics.lines[0].name
    assert first.hasFocus()
    assert first.accessibleDescription() == "1 mesure"
    type_in(first, "Femmes")
    QTest.keyClick(first, Qt.Key.Key_Down, ALT)
    assert [line.name.text() for line in publics.lines] == ["Garçons", "Femmes"]
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert publics.new.hasFocus()
    type_in(publics.new, "Autres")
    QTest.keyClick(publics.new, Qt.Key.Key_Return)
    assert form.dialog.isVisible()
    assert publics.new.hasFocus()
    publics.lines[0].name.setFocus()
    QTest.keyClick(publics.lines[0].name, Qt.Key.Key_Delete, ALT)
    assert publics.lines[0].name.hasFocus()
    assert publics.changes.sentences == tuple(
        typeset(sentence)
        for sentence in (
            "« Filles » devient « Femmes » : sa mesure suit.",
            "« Garçons » retiré : sa mesure quitte la ventilation et reste dans les totaux.",
            SPLIT,
        )
    )
    assert form.asked == (
        "Les publics distingués changent. Les mesures déjà prises restent dans la même série. "
        "Le motif est gardé dans l’historique de l’indicateur."
    )
    form.type("change_reason", "revu avec les équipes")
    assert form.save() == ""
    after = frame.read(made)
    assert (after.categories, after.labels) == (("Filles", "Autres"), ("Femmes", "Autres"))


def test_a_removed_public_is_put_back_by_keys(frame: Frame) -> None:
    made = frame.indicator(disaggregation="genre", categories=("Filles", "Garçons"))
    form = frame.open(made)
    publics = form.publics
    publics.lines[1].name.setFocus()
    QTest.keyClick(publics.lines[1].name, Qt.Key.Key_Delete, ALT)
    assert publics.new.hasFocus()
    QTest.keyClick(publics.new, Qt.Key.Key_Tab)
    (back,) = publics.changes.links
    assert back.hasFocus()
    QTest.keyClick(back, Qt.Key.Key_Tab)
    assert form.box("limits").editor.widget.hasFocus()
    QTest.keyClick(form.box("limits").editor.widget, Qt.Key.Key_Tab, SHIFT)
    assert back.hasFocus()
    QTest.keyClick(back, Qt.Key.Key_Space)
    assert publics.value() == (("Filles", "Filles"), ("Garçons", "Garçons"))
    assert publics.lines[1].name.hasFocus()
    assert publics.changes.sentences == ()
    assert not form.dialog.changed


def test_a_public_that_left_takes_its_measures_up_only_if_said(frame: Frame) -> None:
    made = frame.indicator(disaggregation="genre", categories=("Filles", "Garçons"))
    frame.measure(made, 12, "Filles")
    values: dict[str, object] = {"categories": ("Garçons",), "change_reason": "essai"}
    frame.services.framework.save_indicator(SaveRecord(made.id, values))
    form = frame.open(frame.read(made))
    publics = form.publics
    publics.add("filles")
    (said,) = publics.changes.sentences
    assert "a déjà été un public, avec 1 mesure" in said
    assert publics.value()[-1] == ("", "filles")
    publics.changes.links[0].click()
    assert publics.changes.sentences == (typeset("« filles » reprend sa mesure."),)
    assert publics.value()[-1] == ("Filles", "filles")
    publics.changes.links[0].click()
    assert publics.value()[-1] == ("", "filles")
    publics.changes.links[0].click()
    form.type("change_reason", "retirée par erreur")
    assert form.save() == ""
    after = frame.read(made)
    assert (after.categories, after.labels) == (("Garçons", "Filles"), ("Garçons", "filles"))


def test_publics_alike_or_without_name_are_refused(frame: Frame) -> None:
    form = frame.open()
    form.type("label", "Usage")
    form.type("disaggregation", "genre")
    form.publics.add("Élèves")
    type_in(form.publics.new, "eleves ; Autres")
    assert "sont le même public" in form.save()
    form.publics.new.clear()
    form.publics.add("")
    assert "Écrivez le nom" in form.save()
    form.publics.remove(form.publics.lines[1])
    type_in(form.publics.new, "Autres")  # typed and not entered: not lost
    assert form.save() == ""
    (made,) = frame.services.framework.objectives(frame.experiment)[0].indicators
    assert made.categories == ("Élèves", "Autres")


def test_only_what_was_changed_is_written(frame: Frame) -> None:
    made = frame.indicator(target_value=48.0, unit="jours")
    form = frame.open(made)
    frame.services.framework.save_indicator(SaveRecord(made.id, {"owner": "Cheffe de service"}))
    form.type("label", "Crises par semaine")
    assert form.save() == ""
    after = frame.read(made)
    assert (after.label, after.owner) == ("Crises par semaine", "Cheffe de service")
