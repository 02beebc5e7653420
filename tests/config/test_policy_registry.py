"""The registry's values as settings: pure, so that it is tested on every system."""

import re
import sys
from collections.abc import Callable, Mapping
from types import SimpleNamespace

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


def reader(keys: Mapping[str, Values]) -> Callable[[str], Values]:
    return lambda key: keys.get(key, ())


def variables(text: str) -> str:
    """As Windows reads them: quotes mean nothing, and one that is not set stays as written."""
    known = {
        "COMPUTERNAME": "PC-112",
        "USERNAME": "camille",
        "USERPROFILE": r"C:\Users\camille",
        "TOURNANT": r"D:\%USERNAME%",
    }
    return re.sub("%([^%]+)%", lambda found: known.get(found[1], found[0]), text)


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
    found = converted(setting, value, kind, variables)
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
        converted(setting, value, kind, variables)


def test_variables_are_expanded_in_the_type_made_for_them() -> None:
    """After an apostrophe too, where Python's own reading stops."""
    written = "Poste d'accueil %COMPUTERNAME%"
    setting = BY_KEY["device_label"]
    assert converted(setting, written, REG_EXPAND_SZ, variables) == "Poste d'accueil PC-112"
    assert converted(setting, written, REG_SZ, variables) == written


@pytest.mark.parametrize("kind", [REG_SZ, REG_EXPAND_SZ])
@pytest.mark.parametrize(
    ("written", "path"),
    [
        (r"\\srv\Val d'Oise\%USERNAME%\Carnets", r"\\srv\Val d'Oise\camille\Carnets"),
        (r"~\Carnets", r"C:\Users\camille\Carnets"),
        (r"%USERPROFILE%\Carnets", r"C:\Users\camille\Carnets"),
        (r"%TOURNANT%\Carnets", r"D:\%USERNAME%\Carnets"),
        (r"\\srv\carnets$", r"\\srv\carnets$"),
        ("D:/Carnets", "D:/Carnets"),
        (r"D:\100 % bio\50 %", r"D:\100 % bio\50 %"),
    ],
)
def test_a_path_is_each_user_s(
    monkeypatch: pytest.MonkeyPatch, kind: int, written: str, path: str
) -> None:
    monkeypatch.setenv("USERPROFILE", r"C:\Users\camille")
    keys = {GROUP_POLICY: [("notebook_folder", written, kind)]}
    policy = read_registry(reader(keys), variables)
    assert policy.refusals == ()
    assert policy.values == {"notebook_folder": path}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"D:\%SITE%\Carnets", "« %SITE% » n’est pas définie"),
        (r"D:\Val d'Oise\%SITE(x86)%", "« %SITE(x86)% » n’est pas définie"),
        (r"D:\$HOME\Carnets", "« $HOME » n’est pas définie"),
        (r"D:\${HOME}\Carnets", "« ${HOME} » n’est pas définie"),
        (r"\logo.png", "un lecteur"),
        ("/logo.png", "un lecteur"),
        ("D:logo.png", "un lecteur"),
        (r"Carnets\d'ici", "un lecteur"),
        (r"\\srv", "un lecteur"),
    ],
)
def test_a_path_that_would_be_another_s_is_refused(written: str, words: str) -> None:
    policy = read_registry(reader({INSTALLED: [("logo", written, REG_EXPAND_SZ)]}), variables)
    assert policy.values == {}
    (sentence,) = policy.refusals
    assert f"HKLM\\{INSTALLED}, « logo » : " in sentence.replace("\u00a0", " ")
    assert words in sentence.replace("\u00a0", " ")


def test_windows_itself_reads_the_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", SimpleNamespace(ExpandEnvironmentStrings=variables))
    keys = {GROUP_POLICY: [("agent", "Service d'%COMPUTERNAME%", REG_EXPAND_SZ)]}
    assert read_registry(reader(keys)).values == {"agent": "Service d'PC-112"}


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


@pytest.mark.parametrize(
    ("wins", "lost", "words"),
    [
        (("on_track", 40), ("watch", 50), "écrivez moins que 40, la valeur de « on_track »"),
        (("watch", 50), ("on_track", 40), "écrivez plus que 50, la valeur de « watch »"),
    ],
)
def test_a_threshold_of_the_installer_gives_way_to_group_policy_s(
    wins: tuple[str, int], lost: tuple[str, int], words: str
) -> None:
    policy = read_registry(
        reader(
            {
                GROUP_POLICY: [(*wins, REG_DWORD)],
                INSTALLED: [(*lost, REG_DWORD), ("mask_below", 9, REG_DWORD)],
            }
        )
    )
    assert policy.values == {wins[0]: wins[1], "mask_below": 9}
    (sentence,) = policy.refusals
    told = sentence.replace("\u00a0", " ")
    assert told == f"HKLM\\{INSTALLED}, « {lost[0]} » : {words} dans HKLM\\{GROUP_POLICY}."


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
        ("organisation", " ", REG_SZ),
        ("notebook_folder", " ", REG_EXPAND_SZ),
        ("directorates", "", REG_SZ),
        ("directorates", None, REG_MULTI_SZ),
    ],
)
def test_an_empty_value_fixes_none(key: str, value: object, kind: int) -> None:
    policy = read_registry(reader({GROUP_POLICY: [(key, value, kind)]}))
    assert policy.refusals == ()
    assert policy.values == {key: () if key == "directorates" else ""}


@pytest.mark.parametrize("key", ["agent", "device_label", "theme", "mask_below"])
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
