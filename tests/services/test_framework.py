import datetime as dt

import pytest
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.models.enums import Counted, ObjectiveLevel, ValueType
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.store.notebook import Notebook

JUNE = dt.date(2021, 6, 9)


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


@pytest.fixture
def framework(notebook: Notebook) -> FrameworkService:
    return FrameworkService(notebook)


def test_objectives_and_indicators_come_in_order(seed: Seed, framework: FrameworkService) -> None:
    second = seed.new_objective(seed.experiment)
    seed.new_indicator("Premier")
    seed.new_indicator("Deuxième")
    objectives = framework.objectives(seed.experiment)
    assert [objective.id for objective in objectives] == [seed.objective, second]
    assert [i.label for i in objectives[0].indicators] == ["Premier", "Deuxième"]
    assert [i.code for i in objectives[0].indicators] == ["DUO-1", "DUO-2"]
    assert objectives[1].indicators == ()


def test_moving(seed: Seed, framework: FrameworkService) -> None:
    ids = [seed.new_indicator(label) for label in "abc"]

    def order() -> str:
        return "".join(i.label for i in framework.objectives(seed.experiment)[0].indicators)

    framework.move_indicator(ids[2], -1)
    assert order() == "acb"
    framework.move_indicator(ids[0], 1)
    assert order() == "cab"
    assert framework.move_indicator(ids[2], -1).changes.touches("indicator") is False
    assert order() == "cab"
    framework.move_indicator(ids[1], 1)
    assert order() == "cab"
    second = seed.new_objective(seed.experiment)
    framework.move_objective(second, -1)
    assert framework.objectives(seed.experiment)[0].id == second


def test_an_objective_is_edited(seed: Seed, framework: FrameworkService) -> None:
    values = {"statement": "Renforcer la confiance", "level": ObjectiveLevel.IMPACT}
    row = framework.save_objective(SaveRecord(seed.objective, values)).value
    assert (row.statement, row.level) == ("Renforcer la confiance", ObjectiveLevel.IMPACT)
    with pytest.raises(UserError, match="en une phrase"):
        framework.save_objective(SaveRecord(seed.objective, {"statement": " "}))


def test_an_objective_goes_with_its_indicators(seed: Seed, framework: FrameworkService) -> None:
    indicator = seed.new_indicator()
    framework.delete_objective(seed.objective)
    assert framework.objectives(seed.experiment) == ()
    with pytest.raises(UserError):
        framework.indicator(indicator)


def test_a_change_of_definition_after_a_measure_makes_a_version(
    seed: Seed, framework: FrameworkService
) -> None:
    indicator = seed.new_indicator(unit="duos")

    def edit(**values: object) -> int:
        return framework.save_indicator(SaveRecord(indicator, values)).value.version

    assert edit(unit="duos actifs") == 1  # nothing was measured yet
    seed.measure(indicator, seed.new_visit(JUNE), 12)
    assert edit(label="Duos formés et actifs", owner="Mission innovation") == 1
    assert edit(definition="Rencontrés au moins une fois", change_reason="précisée") == 2
    assert edit(definition="Rencontrés au moins une fois") == 2
    assert edit(target_value=60.0, baseline_value=0.0) == 3  # never set before: no reason


def test_a_new_indicator_says_what_n_counts(seed: Seed, framework: FrameworkService) -> None:
    plain = framework.indicator(seed.new_indicator())
    assert (plain.n_counts, plain.exhaustive, plain.baseline_to_measure) == (
        Counted.PEOPLE,
        False,
        False,
    )
    values = {"n_counts": Counted.SESSIONS, "exhaustive": True, "baseline_to_measure": True}
    said = framework.indicator(seed.new_indicator(**values))
    assert (said.n_counts, said.exhaustive, said.baseline_to_measure) == tuple(values.values())


def test_categories_are_cleaned(seed: Seed, framework: FrameworkService) -> None:
    values = {"disaggregation": "genre", "categories": ("Femmes", " Hommes ", "")}
    indicator = seed.new_indicator(**values)
    assert framework.indicator(indicator).categories == ("Femmes", "Hommes")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"label": ""}, "intitulé"),
        ({"code": "duo-1"}, "déjà celui de l’indicateur"),
        (
            {"baseline_date": dt.date(2021, 6, 2), "target_date": dt.date(2021, 6, 1)},
            "avant la date de début",
        ),
        ({"value_type": ValueType.SCALE}, "minimum et un maximum"),
        ({"value_type": ValueType.SCALE, "scale_min": 5.0, "scale_max": 1.0}, "minimum"),
        (
            {
                "value_type": ValueType.SCALE,
                "scale_min": 1.0,
                "scale_max": 5.0,
                "target_value": 6.0,
            },
            r"La cible \(6\) sort de l’échelle",
        ),
        (
            {
                "value_type": ValueType.SCALE,
                "scale_min": 1.0,
                "scale_max": 5.0,
                "baseline_value": 0.5,
            },
            r"La référence T0 \(0,5\) sort de l’échelle",
        ),
        ({"value_type": ValueType.PERCENTAGE, "baseline_value": 101.0}, "référence T0"),
        ({"value_type": ValueType.YES_NO, "target_value": 2.0}, "La cible"),
        ({"value_type": ValueType.YES_NO, "target_value": 0.5}, "La cible se dit par oui ou"),
        ({"value_type": ValueType.QUALITATIVE, "target_value": 2.0}, "qualitatif"),
        ({"categories": ("Femmes",)}, "Nommez la ventilation"),
        ({"objective_id": "nowhere"}, "Cet objectif n’existe plus"),
    ],
)
def test_an_indicator_that_does_not_hold_together_is_refused(
    seed: Seed, framework: FrameworkService, values: dict[str, object], words: str
) -> None:
    seed.new_indicator("Premier")
    indicator = seed.new_indicator("Deuxième")
    before = framework.indicator(indicator)
    with pytest.raises(UserError, match=words):
        framework.save_indicator(SaveRecord(indicator, values))
    assert framework.indicator(indicator) == before


def test_a_scale_keeps_room_for_what_was_measured(seed: Seed, framework: FrameworkService) -> None:
    indicator = seed.new_indicator(value_type=ValueType.SCALE, scale_min=1.0, scale_max=10.0)
    seed.measure(indicator, seed.new_visit(JUNE), 8)
    with pytest.raises(UserError, match="1 mesure déjà enregistrée sortirait de l’échelle"):
        framework.save_indicator(SaveRecord(indicator, {"scale_max": 7.9}))
    with pytest.raises(UserError, match="1 mesure déjà enregistrée sortirait de l’échelle"):
        framework.save_indicator(SaveRecord(indicator, {"scale_min": 8.1}))
    shrunk = {"scale_min": 8.0, "scale_max": 8.5, "change_reason": "échelle relue"}
    assert framework.save_indicator(SaveRecord(indicator, shrunk)).value.version == 2


def test_a_yes_or_no_has_no_room_for_other_values(seed: Seed, framework: FrameworkService) -> None:
    indicator = seed.new_indicator(value_type=ValueType.PERCENTAGE)
    seed.measure(indicator, seed.new_visit(JUNE), 0.5)
    with pytest.raises(UserError, match="ne se lit pas par oui ou par non"):
        framework.save_indicator(SaveRecord(indicator, {"value_type": ValueType.YES_NO}))


def test_an_indicator_s_code_is_not_given_twice_even_after_it_is_gone(
    seed: Seed, framework: FrameworkService
) -> None:
    framework.delete_indicator(seed.new_indicator("Premier"))
    assert framework.indicator(seed.new_indicator("Deuxième")).code == "DUO-2"
