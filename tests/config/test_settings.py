import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.config.declared import BY_KEY, DECLARED, Kind
from desktop_app.config.policy import judged
from desktop_app.config.settings import RECENT_LIMIT, Settings, UnkeptError
from desktop_app.errors import UserError


def test_defaults_without_a_file(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    assert settings.text("theme") == "system"
    assert settings.number("mask_below") == 5
    assert settings.items("recent_notebooks") == ()
    assert not (tmp_path / "settings.json").exists()


def test_a_choice_is_remembered(tmp_path):
    path = tmp_path / "config" / "settings.json"
    Settings(path).set("theme", "dark")
    assert Settings(path).text("theme") == "dark"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text_scale", 99),
        ("text_scale", 201),
        ("text_scale", True),
        ("theme", "pink"),
        ("agent", 3),
        ("agent", ""),
        ("device_label", " "),
    ],
)
def test_out_of_bounds_is_refused_and_nothing_changes(tmp_path, key, value):
    settings = Settings(tmp_path / "settings.json")
    before = settings.value(key)
    with pytest.raises(UserError, match="«"):
        settings.set(key, value)
    assert settings.value(key) == before


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "\x00\x01"])
def test_a_damaged_file_counts_as_empty(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_text(content)
    settings = Settings(path)
    assert settings.number("text_scale") == 100
    settings.set("text_scale", 150)
    assert Settings(path).number("text_scale") == 150


def test_a_wrong_stored_value_falls_back_to_the_default(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"text_scale": "énorme", "recent_notebooks": 4}))
    settings = Settings(path)
    assert settings.number("text_scale") == 100
    assert settings.items("recent_notebooks") == ()


def test_an_empty_text_stored_by_an_older_program_is_the_default(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"agent": "", "device_label": "  ", "organisation": ""}))
    settings = Settings(path)
    assert settings.text("agent") == BY_KEY["agent"].default
    assert settings.text("device_label") == BY_KEY["device_label"].default
    assert not settings.chosen("agent")
    assert settings.chosen("organisation"), "no header is a choice: the territory then heads"


def test_unknown_keys_survive(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"from_a_newer_version": 1}))
    Settings(path).set("theme", "light")
    assert json.loads(path.read_text())["from_a_newer_version"] == 1


def test_device_id_is_minted_once(tmp_path):
    path = tmp_path / "settings.json"
    first = Settings(path).device_id()
    assert first == Settings(path).device_id()


def test_recent_notebooks_are_most_recent_first_without_repeats(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    for number in range(RECENT_LIMIT + 3):
        settings.remember_notebook(tmp_path / f"{number}.carnet")
    settings.remember_notebook(tmp_path / "9.carnet")
    recent = settings.items("recent_notebooks")
    assert len(recent) == RECENT_LIMIT
    assert recent[0].endswith("9.carnet")
    assert len(set(recent)) == RECENT_LIMIT
    settings.forget_notebook(recent[0])
    assert settings.text("last_notebook") == ""


def test_a_refused_file_is_a_sentence(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(UserError, match="n’a pas pu être enregistré"):
        Settings(blocker / "settings.json").set("theme", "dark")


def test_what_could_not_be_kept_is_not_in_force(tmp_path):
    settings = Settings(tmp_path / "config" / "settings.json")
    settings.set("mask_below", 9)
    shutil.rmtree(tmp_path / "config")
    (tmp_path / "config").write_text("")
    for key in ("mask_below", "min_n_percentage"):
        with pytest.raises(UnkeptError):
            settings.set(key, 0)
    assert (settings.number("mask_below"), settings.number("min_n_percentage")) == (9, 10)
    assert not settings.chosen("min_n_percentage")


def test_what_the_program_remembers_is_kept_for_the_session_at_least(tmp_path):
    (tmp_path / "config").write_text("")
    settings = Settings(tmp_path / "config" / "settings.json")
    settings.remember("visit_filter", {"text": "été"})
    with pytest.raises(UnkeptError):
        settings.remember_notebook(tmp_path / "a.carnet")
    assert settings.mapping("visit_filter") == {"text": "été"}
    assert settings.text("last_notebook") == str(tmp_path / "a.carnet")
    assert settings.items("recent_notebooks") == (str(tmp_path / "a.carnet"),)


def test_shown_settings_are_fully_described():
    for setting in DECLARED:
        if setting.kind is not Kind.STATE:
            assert setting.label
            assert setting.help
            assert setting.group
        if setting.kind is Kind.NUMBER:
            assert setting.minimum < setting.maximum


def test_a_fixed_value_wins_over_the_choice_and_cannot_be_changed(tmp_path):
    path = tmp_path / "settings.json"
    Settings(path).set("organisation", "À moi")
    settings = Settings(path, judged({"organisation": "Département"}, "policy"))
    assert settings.fixed("organisation")
    assert not settings.chosen("organisation")
    assert settings.text("organisation") == "Département"
    with pytest.raises(UserError, match="est fixé par votre organisation"):
        settings.set("organisation", "Autre")
    settings.remember("organisation", "Autre")
    assert settings.text("organisation") == "Département"
    assert Settings(path).text("organisation") == "À moi"


def test_the_rest_stays_free(tmp_path):
    settings = Settings(tmp_path / "settings.json", judged({"theme": "dark"}, "policy"))
    settings.set("agent", "Référente")
    assert settings.chosen("agent")
    assert not settings.fixed("agent")
    assert not settings.chosen("device_label")


def test_thresholds_cannot_be_crossed(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(UserError, match="écrivez plus que 50"):
        settings.set("on_track", 50)
    with pytest.raises(UserError, match="écrivez moins que 80"):
        settings.set("watch", 80)
    settings.set("watch", 30)
    settings.set("on_track", 40)
    assert (settings.number("on_track"), settings.number("watch")) == (40, 30)


@given(fixed=st.sampled_from(["on_track", "watch"]), value=st.integers(1, 99))
def test_a_free_threshold_gives_way_to_a_fixed_one(tmp_path_factory, fixed, value):
    path = tmp_path_factory.getbasetemp() / "none.json"
    settings = Settings(path, judged({fixed: value}, "policy"))
    assert settings.number(fixed) == value
    assert settings.number("watch") < settings.number("on_track")
    for key in ("on_track", "watch"):
        assert BY_KEY[key].minimum <= settings.number(key) <= BY_KEY[key].maximum


@pytest.fixture
def crossed(tmp_path):
    """What a person could choose under a policy, now gone, that fixed the other threshold."""
    path = tmp_path / "settings.json"
    Settings(path, judged({"watch": 40}, "policy")).set("on_track", 45)
    return Settings(path)


def test_thresholds_that_a_policy_left_crossed_are_the_defaults(crossed):
    assert (crossed.number("on_track"), crossed.number("watch")) == (80, 50)
    assert not crossed.chosen("on_track")


@pytest.mark.parametrize(("key", "value"), [("watch", 40), ("watch", 60), ("on_track", 55)])
def test_one_chosen_since_does_not_bring_the_other_back(crossed, key, value):
    crossed.set(key, value)
    for settings in (crossed, Settings(crossed.path)):
        found = {name: settings.number(name) for name in ("on_track", "watch")}
        assert found == {"on_track": 80, "watch": 50, key: value}


def test_lines_are_kept_as_they_were_understood(tmp_path):
    path = tmp_path / "settings.json"
    Settings(path).set("directorates", ("AUT - Autonomie", "", "EFS\tEnfance"))
    assert Settings(path).items("directorates") == ("AUT — Autonomie", "EFS — Enfance")
    with pytest.raises(UserError, match="CODE — Nom"):
        Settings(path).set("directorates", ("Autonomie",))
