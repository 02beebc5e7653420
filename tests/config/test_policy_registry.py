"""The registry's values as settings: pure, so that it is tested on every system."""

from collections.abc import Mapping

import pytest

from desktop_app.config.declared import BY_KEY, DECLARED, Kind, Setting
from desktop_app.config.policy_registry import (
    GROUP_POLICY,
    INSTALLED,
    REG_DWORD,
    REG_EXPAND_SZ,
    REG_MULTI_SZ,
    REG_QWORD,
    REG_SZ,
    Values,
    converted,
    read_registry,
)
from desktop_app.config.values import MisfitError

REG_BINARY = 3
FLAG = Setting("flag", Kind.FLAG, default=False)


def reader(keys: Mapping[str, Values]) -> "object":
    return lambda key: keys.get(key, ())


@pytest.mark.parametrize(
    ("setting", "value", "kind", "wanted"),
    [
        (BY_KEY["organisation"], "Val d’Oise", REG_SZ, "Val d’Oise"),
        (BY_KEY["organisation"], " Val d’Oise \x00", REG_SZ, "Val d’Oise"),
        (BY_KEY["logo"], "", REG_SZ, ""),
        (BY_KEY["theme"], "dark", REG_SZ, "dark"),
        (BY_KEY["mask_below"], 0, REG_DWORD, 0),
        (BY_KEY["mask_below"], 11, REG_QWORD, 11),
        (BY_KEY["mask_below"], "11", REG_SZ, 11),
        (FLAG, 1, REG_DWORD, True),
        (FLAG, 0, REG_DWORD, False),
        (FLAG, "1", REG_SZ, True),
        (BY_KEY["directorates"], ["A — B", "C — D"], REG_MULTI_SZ, ("A — B", "C — D")),
        (BY_KEY["directorates"], "A — B; C — D", REG_SZ, ("A — B", " C — D")),
        (BY_KEY["directorates"], "A — B\r\nC — D", REG_SZ, ("A — B", "C — D")),
        (BY_KEY["directorates"], [], REG_MULTI_SZ, ()),
        (BY_KEY["directorates"], None, REG_MULTI_SZ, ()),
        (BY_KEY["directorates"], "", REG_SZ, ()),
    ],
)
def test_each_type_says_its_kind_of_setting(
    setting: Setting, value: object, kind: int, wanted: object
) -> None:
    found = converted(setting, value, kind)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("setting", "value", "kind", "named"),
    [
        (BY_KEY["organisation"], 3, REG_DWORD, "REG_SZ"),
        (BY_KEY["organisation"], ["a"], REG_MULTI_SZ, "REG_SZ"),
        (BY_KEY["organisation"], b"a", REG_BINARY, "REG_SZ"),
        (BY_KEY["mask_below"], b"\x05", REG_BINARY, "REG_DWORD"),
        (BY_KEY["directorates"], 1, REG_DWORD, "REG_MULTI_SZ"),
        (FLAG, 2, REG_DWORD, "0 ou 1"),
    ],
)
def test_another_type_is_refused_and_the_right_one_named(
    setting: Setting, value: object, kind: int, named: str
) -> None:
    with pytest.raises(MisfitError, match=named):
        converted(setting, value, kind)


def test_variables_are_those_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTE", "PC-112")
    found = converted(BY_KEY["device_label"], "poste $POSTE", REG_EXPAND_SZ)
    assert found == "poste PC-112"
    assert converted(BY_KEY["device_label"], "poste $POSTE", REG_SZ) == "poste $POSTE"


def test_group_policy_wins_over_what_the_installer_wrote() -> None:
    policy = read_registry(
        reader(
            {
                GROUP_POLICY: [("MASK_BELOW", 9, REG_DWORD)],
                INSTALLED: [("mask_below", 5, REG_DWORD), ("agent", "Mission", REG_SZ)],
            }
        )
    )
    assert policy.values == {"mask_below": 9, "agent": "Mission"}
    assert policy.source == f"HKLM\\{GROUP_POLICY} et HKLM\\{INSTALLED}"
    assert policy.refusals == ()


def test_thresholds_crossed_by_two_sources_are_refused() -> None:
    policy = read_registry(
        reader(
            {
                GROUP_POLICY: [("on_track", 40, REG_DWORD)],
                INSTALLED: [("watch", 50, REG_DWORD)],
            }
        )
    )
    assert policy.values == {}
    assert "plus que 50" in policy.refusals[0]


def test_refusals_name_the_key_and_the_value() -> None:
    policy = read_registry(
        reader({GROUP_POLICY: [("mask_below", "beaucoup", REG_SZ), ("zut", 1, REG_DWORD)]})
    )
    assert policy.values == {}
    assert [GROUP_POLICY in line for line in policy.refusals] == [True, True]
    assert "«\u00a0mask_below\u00a0»" in policy.refusals[0]
    assert "«\u00a0zut\u00a0»" in policy.refusals[1]


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        ("logo", "", REG_SZ),
        ("notebook_folder", " ", REG_EXPAND_SZ),
        ("directorates", "", REG_SZ),
        ("directorates", None, REG_MULTI_SZ),
    ],
)
def test_an_empty_value_fixes_none(key: str, value: object, kind: int) -> None:
    policy = read_registry(reader({GROUP_POLICY: [(key, value, kind)]}))
    assert policy.refusals == ()
    assert policy.values == {key: () if key == "directorates" else ""}


@pytest.mark.parametrize("key", ["agent", "device_label", "organisation", "theme", "mask_below"])
def test_an_empty_value_that_means_nothing_is_refused(key: str) -> None:
    policy = read_registry(reader({GROUP_POLICY: [(key, "", REG_SZ)]}))
    assert policy.values == {}
    assert f"«\u00a0{key}\u00a0»" in policy.refusals[0]


def test_a_key_that_cannot_be_read_is_told() -> None:
    def values_of(key: str) -> Values:
        if key == GROUP_POLICY:
            raise PermissionError(13, "Accès refusé")
        return [("mask_below", 6, REG_DWORD)]

    policy = read_registry(values_of)
    assert policy.values == {"mask_below": 6}
    assert "accès refusé" in policy.refusals[0]


def test_no_key_no_policy() -> None:
    policy = read_registry(reader({}))
    assert (policy.values, policy.source, policy.refusals) == ({}, "", ())


def test_names_of_values_are_told_apart_whatever_their_case() -> None:
    keys = [setting.key for setting in DECLARED]
    assert keys == [key.lower() for key in keys]
    assert len(set(keys)) == len(keys)
