"""Type × calculation, a sum's T0, and the reason a change of definition asks."""

import datetime as dt
import itertools
import json

import pytest
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.french import typeset
from desktop_app.models.enums import Aggregation, Direction, ValueType
from desktop_app.models.framework import Indicator
from desktop_app.services.notebook.history import HistoryService
from desktop_app.services.programme.experiment_rows import IndicatorRow, SaveRecord
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.programme.indicator_changes import DEFINING, NAMES
from desktop_app.services.results.calculation import ALLOWED
from desktop_app.services.results.definitions import SERIES, Definitions, definitions
from desktop_app.store.integrity import check
from desktop_app.store.notebook import Notebook

JUNE = dt.date(2021, 6, 9)
TODAY = dt.date(2021, 6, 14)
SCALE: dict[str, object] = {"scale_min": 1.0, "scale_max": 5.0}


@pytest.fixture
def seed(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> Seed:
    monkeypatch.setattr(type(notebook), "today", lambda _self: TODAY)
    return Seed(notebook)


@pytest.fixture
def framework(notebook: Notebook) -> FrameworkService:
    return FrameworkService(notebook)


def save(framework: FrameworkService, indicator: str, **values: object) -> IndicatorRow:
    return framework.save_indicator(SaveRecord(indicator, values)).value


def told(notebook: Notebook, indicator: str) -> Definitions:
    with notebook.glance() as reader:
        return definitions(reader, [indicator])[indicator]


def last_line(notebook: Notebook, indicator: str) -> dict[str, list[object]]:
    """What the journal's last line on the indicator changed."""
    with notebook.glance() as reader:
        rows = reader.rows(
            "SELECT changes FROM journal WHERE record_id = :id ORDER BY hlc, device, seq",
            {"id": indicator},
        )
    changes: dict[str, list[object]] = json.loads(rows[-1][0])
    return changes


@pytest.mark.parametrize("kind", ValueType)
def test_only_what_goes_together_is_saved(
    seed: Seed, framework: FrameworkService, kind: ValueType
) -> None:
    """The whole table type × calculation × direction."""
    values: dict[str, object] = {
        "objective_id": seed.objective,
        "label": "Duos",
        "value_type": kind,
        **(SCALE if kind is ValueType.SCALE else {}),
    }
    for way, direction in itertools.product(Aggregation, Direction):
        whole = {**values, "aggregation": way, "direction": direction}
        if way in ALLOWED[kind]:
            made = framework.save_indicator(SaveRecord(None, whole)).value
            assert (made.value_type, made.aggregation, made.direction) == (kind, way, direction)
            continue
        with pytest.raises(UserError) as refused:
            framework.save_indicator(SaveRecord(None, whole))
        sentence = str(refused.value)
        assert ("choisissez" in sentence) == (len(ALLOWED[kind]) > 1)
        assert " »" not in sentence
    saved = framework.objectives(seed.experiment)[0].indicators
    assert len(saved) == len(ALLOWED[kind]) * len(Direction)


@pytest.mark.parametrize(
    ("kind", "way", "sentence"),
    [
        (
            ValueType.PERCENTAGE,
            Aggregation.ADDITIVE,
            (
                "Le calcul « somme » ne va pas avec le type « pourcentage » : choisissez "
                "« dernière valeur par site », « moyenne » ou « rapport des effectifs »."
            ),
        ),
        (
            ValueType.YES_NO,
            Aggregation.MEAN,
            (
                "Le type « oui / non » se calcule par site, le moins avancé décide : il n’a pas "
                "d’autre calcul. Laissez « dernière valeur par site »."
            ),
        ),
    ],
)
def test_a_refused_pair_says_which_go(
    seed: Seed, kind: ValueType, way: Aggregation, sentence: str
) -> None:
    with pytest.raises(UserError) as refused:
        seed.new_indicator(value_type=kind, aggregation=way)
    assert str(refused.value) == typeset(sentence)


def test_a_sum_starts_from_zero(seed: Seed, framework: FrameworkService) -> None:
    for start in (None, 0.0):
        seed.new_indicator(aggregation=Aggregation.ADDITIVE, baseline_value=start)
    with pytest.raises(UserError) as refused:
        seed.new_indicator(aggregation=Aggregation.ADDITIVE, baseline_value=3.0)
    assert str(refused.value) == (
        "Un cumul part de 0. Pour un stock, choisissez «\u00a0dernière valeur\u00a0»."
    )
    stock = seed.new_indicator(aggregation=Aggregation.LATEST, baseline_value=3.0)
    with pytest.raises(UserError, match=r"Un cumul part de 0\."):
        save(framework, stock, aggregation=Aggregation.ADDITIVE)


def spoil(notebook: Notebook, indicator: str, **values: object) -> None:
    """As an older notebook holds it."""
    with notebook.write() as uow:
        for name, value in values.items():
            setattr(uow.session.get_one(Indicator, indicator), name, value)


def test_an_old_pair_is_mended_with_its_reason(
    notebook: Notebook, seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(value_type=ValueType.PERCENTAGE)
    seed.measure(indicator, seed.new_visit(JUNE), 40, 12)
    spoil(notebook, indicator, aggregation="additive")
    with pytest.raises(UserError, match="ne va pas avec le type"):
        save(framework, indicator, label="Autre intitulé")
    with pytest.raises(UserError, match="Dites pourquoi le calcul change"):
        save(framework, indicator, aggregation=Aggregation.MEAN)
    mended = save(framework, indicator, aggregation=Aggregation.MEAN, change_reason="corrigé")
    assert (mended.aggregation, mended.version) == (Aggregation.MEAN, 2)


@pytest.mark.parametrize("kind", [ValueType.YES_NO, ValueType.QUALITATIVE])
def test_what_has_one_calculation_is_put_right_without_a_series(
    notebook: Notebook, seed: Seed, framework: FrameworkService, kind: ValueType
) -> None:
    indicator = seed.new_indicator(value_type=kind)
    seed.measure(indicator, seed.new_visit(JUNE), 1 if kind is ValueType.YES_NO else None)
    spoil(notebook, indicator, aggregation="mean")
    mended = save(framework, indicator, aggregation=Aggregation.LATEST)
    assert (mended.version, mended.change_reason) == (1, "")
    assert told(notebook, indicator) == Definitions()


def test_every_field_of_a_series_defines() -> None:
    assert set(SERIES) <= set(DEFINING) <= set(NAMES)


CHANGES: list[tuple[dict[str, object], str]] = [
    ({"unit": "binômes"}, "l’unité"),
    ({"definition": "autre"}, "la définition"),
    ({"formula": "autre"}, "la formule"),
    ({"numerator": "autre"}, "le numérateur"),
    ({"denominator": "autre"}, "le dénominateur"),
    ({"direction": Direction.DOWN}, "le sens souhaité"),
    ({"aggregation": Aggregation.MEAN}, "le calcul"),
    ({"value_type": ValueType.SCALE, "scale_min": 0.0, "scale_max": 20.0}, "le type de valeur"),
    ({"method": "autre"}, "la méthode"),
]


@pytest.mark.parametrize(("values", "name"), CHANGES)
def test_a_defining_change_asks_a_reason_once_measured(
    notebook: Notebook,
    seed: Seed,
    framework: FrameworkService,
    values: dict[str, object],
    name: str,
) -> None:
    free = seed.new_indicator("Libre")
    assert save(framework, free, **values).version == 1
    indicator = seed.new_indicator()
    seed.measure(indicator, seed.new_visit(JUNE), 12)
    before = framework.indicator(indicator)
    with pytest.raises(UserError, match=f"Dites pourquoi {name}"):
        save(framework, indicator, **values, change_reason="  ")
    assert framework.indicator(indicator) == before
    after = save(framework, indicator, **values, change_reason="relu avec les équipes")
    assert (after.version, after.change_reason, after.changed_on) == (
        2,
        "relu avec les équipes",
        TODAY,
    )
    line = last_line(notebook, indicator)
    assert {"version", "change_reason", "changed_on"} < line.keys()
    starts = told(notebook, indicator).starts
    assert starts == ((1, 2) if values.keys() & set(SERIES) else (1,))


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("baseline_value", 3.0),
        ("baseline_value", None),
        ("target_value", 30.0),
        ("target_value", None),
        ("baseline_date", dt.date(2021, 2, 1)),
        ("target_date", dt.date(2021, 12, 1)),
        ("baseline_to_measure", True),
    ],
)
def test_what_was_agreed_asks_a_reason_once_set_measured_or_not(
    notebook: Notebook, seed: Seed, framework: FrameworkService, name: str, new: object
) -> None:
    agreed = {
        "baseline_value": 2.0,
        "target_value": 48.0,
        "baseline_date": dt.date(2021, 3, 1),
        "target_date": dt.date(2021, 11, 30),
    }
    unset = seed.new_indicator("Rien de convenu")
    assert save(framework, unset, **agreed).change_reason == ""
    assert told(notebook, unset).history == ()
    indicator = seed.new_indicator("Convenu", **agreed)
    with pytest.raises(UserError, match="Dites pourquoi"):
        save(framework, indicator, **{name: new})
    row = save(framework, indicator, **{name: new}, change_reason="convention amendée")
    assert (row.version, row.changed_on) == (1, TODAY)
    (change,) = told(notebook, indicator).history
    assert (change.reason, change.new_series) == ("convention amendée", False)
    assert [field for field, _, _ in change.changes] == [name]


def test_a_second_change_for_the_same_reason_the_same_day_is_told_too(
    notebook: Notebook, seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(baseline_value=2.0, target_value=48.0)
    for values in ({"target_value": 30.0}, {"baseline_value": 5.0}):
        save(framework, indicator, **values, change_reason="convention amendée")
    assert "change_reason" not in last_line(notebook, indicator)
    (change,) = told(notebook, indicator).history
    assert (change.reason, change.on) == ("convention amendée", TODAY)
    assert change.changes == (("target_value", 48.0, 30.0), ("baseline_value", 2.0, 5.0))


def test_a_reason_is_kept_only_with_the_change_it_explains(
    seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(target_value=48.0)
    row = save(framework, indicator, label="Autre intitulé", change_reason="pour rien")
    assert (row.change_reason, row.changed_on) == ("", None)


def test_t0_serves_a_new_series_given_again_or_said_comparable(
    notebook: Notebook, seed: Seed, framework: FrameworkService
) -> None:
    def started(**values: object) -> bool:
        indicator = seed.new_indicator(unit="jours", baseline_value=10.0)
        seed.measure(indicator, seed.new_visit(JUNE), 12)
        save(framework, indicator, unit="semaines", change_reason="relevé à la semaine", **values)
        return told(notebook, indicator).comparable

    assert not started()
    assert started(baseline_value=2.0)
    assert started(baseline_comparable=True)


def test_t0_may_be_said_comparable_afterwards_with_a_reason(
    notebook: Notebook, seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(unit="jours", baseline_value=10.0)
    seed.measure(indicator, seed.new_visit(JUNE), 12)
    assert save(framework, indicator, baseline_comparable=True).baseline_version is None
    save(framework, indicator, unit="journées", change_reason="même chose, mieux dite")
    assert not framework.facts(indicator).comparable
    with pytest.raises(UserError, match="Dites pourquoi la définition que le T0 décrit"):
        save(framework, indicator, baseline_comparable=True)
    save(framework, indicator, baseline_comparable=True, change_reason="oubliée hier")
    assert framework.facts(indicator).comparable
    assert len(told(notebook, indicator).starts) == 2


def test_an_undone_definition_never_was(
    notebook: Notebook, seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(unit="jours", baseline_value=10.0)
    seed.measure(indicator, seed.new_visit(JUNE), 12)
    values: dict[str, object] = {"unit": "semaines", "change_reason": "relevé à la semaine"}
    clock = framework.save_indicator(SaveRecord(indicator, values)).hlc
    assert told(notebook, indicator).starts == (1, 2)
    seed.measure(indicator, seed.new_visit(JUNE), 2, indicator_version=2)
    HistoryService(notebook).undo(clock)
    assert told(notebook, indicator) == Definitions()
    again = save(framework, indicator, unit="mois", change_reason="relevé au mois")
    assert again.version == 3  # what was measured meanwhile is of no other definition
    assert told(notebook, indicator).starts == (1, 3)
    assert check(notebook) == []


def test_t0_to_measure_was_no_before_anyone_said_it(
    notebook: Notebook, seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(baseline_value=10.0)
    spoil(notebook, indicator, baseline_to_measure=None)
    save(framework, indicator, baseline_to_measure=False)
    assert told(notebook, indicator).history == ()
    spoil(notebook, indicator, baseline_to_measure=None)
    save(framework, indicator, baseline_to_measure=True, change_reason="à relever sur place")
    (change,) = told(notebook, indicator).history
    assert change.changes == (("baseline_to_measure", False, True),)
