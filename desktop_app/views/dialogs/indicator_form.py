"""The *fiche indicateur*: what is measured, how, from where to where."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.certain import of_kind
from desktop_app.services.changes import Outcome
from desktop_app.services.programme.experiment_rows import IndicatorRow, SaveRecord
from desktop_app.services.programme.indicator_changes import (
    Change,
    Definition,
    IndicatorFacts,
    change_between,
)
from desktop_app.services.results.calculation import go_together
from desktop_app.services.results.pair_words import SUM_FROM_ZERO, pair_refusal
from desktop_app.services.vocabulary import Aggregation, Calculation, Frequency, ValueType
from desktop_app.views.dialogs.category_list import CategoryList
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.indicator_checks import check_indicator
from desktop_app.views.dialogs.indicator_fields import (
    COUNTED,
    FIELDS,
    SECTIONS,
    UNSAID,
    as_fields,
    as_values,
    calculation_help,
    shown_fields,
    start_of,
    ways,
)
from desktop_app.views.dialogs.indicator_reason import COMPARABLE, REASON, ReasonPanel
from desktop_app.views.dialogs.record_form import Problems, RecordForm
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.fields import Choice, NumberField

_NOTHING = IndicatorFacts({}, {}, measured=False, comparable=True)
_NEW = {"frequency": Frequency.MONTHLY, "aggregation": Aggregation.LATEST}


def indicator_values(indicator: IndicatorRow) -> dict[str, object]:
    """Its values, as the form's fields hold them."""
    values = {name: getattr(indicator, name) for name in FIELDS}
    pairs = tuple((one, indicator.category_label(one)) for one in indicator.categories)
    return {**as_fields(values), "categories": pairs}


def _problems(fields: dict[str, object]) -> Problems:
    """Of a yes/no indicator, what is wrong with T0 or the target is said of their lists."""
    yes_no = fields["value_type"] is ValueType.YES_NO
    return [
        (start_of(name) if yes_no else name, sentence) for name, sentence in check_indicator(fields)
    ]


class IndicatorDialog(FormDialog):
    """Creates an indicator of ``objective_id``, or edits one; signal ``saved(IndicatorRow)``."""

    def __init__(
        self,
        context: ScreenContext,
        objective_id: str,
        indicator: IndicatorRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = (
            "Nouvel indicateur"
            if indicator is None
            else f"Fiche indicateur {indicator.code} · version {indicator.version}"
        )
        form = RecordForm(SECTIONS, today_of(context), _problems)
        super().__init__(context, title, form, parent, width=820)
        self._objective_id = objective_id
        self._indicator = indicator
        self._facts = _NOTHING
        self._offered_for: ValueType | None = None
        self._start: dict[str, object] = {}
        self.reason = ReasonPanel(form)
        column = of_kind(self.layout(), QBoxLayout)
        column.insertWidget(column.count() - 1, self.reason)
        last = [form.boxes[name].editor.widget for name in ("limits", REASON, COMPARABLE)]
        for first, second in pairwise(last):
            QWidget.setTabOrder(first, second)
        form.load(_NEW if indicator is None else self._prepared(indicator))
        self._adapt()
        form.load({})  # what is adapted is no change yet
        self._start = self._values()
        form.edited.connect(self._adapt)
        self.save_with(self._write)
        if indicator is not None:
            framework, record_id = context.services.framework, indicator.id
            context.operations.query(
                lambda: framework.facts(record_id), self._know, owner=self, key="facts"
            )

    def _prepared(self, indicator: IndicatorRow) -> dict[str, object]:
        """The values to show; what an older notebook never said stays unsaid, and is shown."""
        if indicator.n_counts is None:
            self._choice("n_counts").set_items((*UNSAID, *COUNTED))
        if not go_together(indicator.value_type, indicator.aggregation):
            self.say_note(pair_refusal(indicator.value_type, indicator.aggregation))
        elif indicator.calculation is Calculation.SUM and indicator.baseline_value:
            self.say_note(SUM_FROM_ZERO)
        self._note.setProperty("tone", "warn")
        return indicator_values(indicator)

    def _know(self, facts: IndicatorFacts) -> None:
        self._facts = facts
        categories = of_kind(self.form.boxes["categories"].editor.widget, CategoryList)
        categories.set_facts(facts.parts, facts.names)
        self._adapt()

    def _choice(self, name: str) -> Choice:
        return of_kind(self.form.boxes[name].editor.widget, Choice)

    def _values(self) -> dict[str, object]:
        """What is typed so far, as a record holds it; None for what cannot be read."""
        fields = {name: self.form.current(name) for name in self.form.boxes}
        values = as_values(fields)
        return {name: values[name] for name in FIELDS}

    def _adapt(self) -> None:
        """Only the fields, and the calculations, that the type of value calls for."""
        kind = self.form.current("value_type")
        if not isinstance(kind, ValueType):
            return
        self._offer(kind)
        aggregation = self.form.current("aggregation")
        adds_up = kind is ValueType.NUMBER and aggregation is Aggregation.ADDITIVE
        boxes = self.form.boxes
        self.form.show_fields(shown_fields(kind, aggregation))
        boxes["baseline_value"].set_hint("Un cumul part de 0." if adds_up else "")
        for name in ("baseline_value", "target_value"):
            widget = of_kind(boxes[name].editor.widget, NumberField)
            widget.percentage = kind is ValueType.PERCENTAGE
        if self._indicator is not None and self._start:
            self._ask()

    def _offer(self, kind: ValueType) -> None:
        """What was chosen for another type, and does not go with this one, is asked again."""
        choice = self._choice("aggregation")
        chosen = choice.value()
        if kind is not self._offered_for:
            self._offered_for = kind
            choice.set_items(ways(kind))
            choice.set_value(chosen if len(ways(kind)) > 1 else Aggregation.LATEST)
            for name in ("calculation", "calculation_help"):
                self.form.boxes[name].editor.write(calculation_help(kind))
            if isinstance(chosen, Aggregation) and choice.value() is None:
                self.form.warn("aggregation", pair_refusal(kind, chosen))
        if choice.value() is not None:
            self.form.warn("aggregation", "")

    def _ask(self) -> None:
        """The reason, when what is typed needs one."""
        now = self._values()
        t0 = now["baseline_value"]
        left = t0 is not None and t0 == self._start["baseline_value"]
        before = self.reason.sentence
        self.reason.show_change(
            self._change(now),
            t0_apart=not self._facts.comparable,
            t0_left=left and now["aggregation"] is not Aggregation.ADDITIVE,  # which starts from 0
        )
        if self.reason.sentence != before:
            QTimer.singleShot(0, self, self._keep_in_view)

    def _keep_in_view(self) -> None:
        """The panel takes room: what one types in stays in sight."""
        focused = self.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused, 0, dp(30))

    @property
    def _said_comparable(self) -> bool:
        return not self.reason.comparable.off and bool(self.form.current(COMPARABLE))

    def collect(self) -> dict[str, object]:
        return {**super().collect(), COMPARABLE: self._said_comparable}

    def _change(self, now: Mapping[str, object]) -> Change:
        return change_between(
            _definition(self._start),
            _definition(now),
            measured=self._facts.measured,
            comparable=self._said_comparable,
        )

    def _write(self, fields: dict[str, object]) -> Outcome[Any]:
        framework = self.context.services.framework
        values = as_values(fields)
        if self._indicator is None:
            made = {name: values[name] for name in FIELDS}
            return framework.save_indicator(
                SaveRecord(None, {"objective_id": self._objective_id, **made})
            )
        changed: dict[str, object] = {
            name: values[name] for name in FIELDS if values[name] != self._start[name]
        }
        if values["aggregation"] is not self._indicator.aggregation:
            changed["aggregation"] = values["aggregation"]  # an older notebook's, put right
        extra = {name: fields[name] for name in (REASON, COMPARABLE)}
        return framework.save_indicator(SaveRecord(self._indicator.id, {**changed, **extra}))


def _definition(values: Mapping[str, object]) -> Definition:
    """As services/programme/indicator_changes.py compares two of them."""
    categories = values["categories"]
    pairs = categories if isinstance(categories, tuple) else ()
    return {**values, "categories": frozenset(pairs)}
