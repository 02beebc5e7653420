"""What a DSI is given is made from the declarations: settings to come are in it without a line."""

import re
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from desktop_app.config import declared as declarations
from desktop_app.config.declared import DECLARED, Kind, Setting, can_be_fixed
from desktop_app.config.policy import judged
from desktop_app.config.policy_registry import (
    GROUP_POLICY,
    REG_DWORD,
    REG_MULTI_SZ,
    REG_SZ,
    converted,
)
from desktop_app.config.values import checked
from installer.policy.admx import SCHEMA, adml, admx
from installer.policy.archive import archive
from installer.policy.example import example
from installer.policy.msi import policy_properties
from installer.policy.write import write

NS = {"p": SCHEMA}
GROUP = "Réglages à venir"
MADE_UP = (
    Setting("to_come", Kind.NUMBER, 3, "Un nombre", "À venir.", GROUP, minimum=2, maximum=9),
    Setting("flag_to_come", Kind.FLAG, True, "Une case", "À venir.", GROUP),
    Setting("lines_to_come", Kind.LINES, ("A — <B> & co",), "Des lignes", "À venir.", GROUP),
    Setting(
        "choice_to_come",
        Kind.CHOICE,
        "b",
        "Un choix",
        "À venir.",
        GROUP,
        choices=(("a", "Le « a »"), ("b", "Le b")),
    ),
    Setting("state_to_come", Kind.STATE, ""),
)
ALL = (*DECLARED, *MADE_UP)
FIXABLE = [setting for setting in ALL if can_be_fixed(setting)]


def templates() -> tuple[ET.Element, ET.Element]:
    return ET.fromstring(admx(ALL)), ET.fromstring(adml(ALL))  # noqa: S314  (our own)


def texts(root: ET.Element, path: str, attribute: str) -> list[str]:
    return [element.attrib[attribute] for element in root.iterfind(path, NS)]


def test_the_example_fixes_nothing_until_someone_edits_it() -> None:
    assert tomllib.loads(example(ALL)) == {}


def test_every_line_of_the_example_is_right_once_uncommented(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/camille")
    for setting in MADE_UP:
        monkeypatch.setitem(declarations.BY_KEY, setting.key, setting)
    assignments = re.compile(r"^# (?=[a-z_]+ = |    \"|\])", re.MULTILINE)
    raw = tomllib.loads(assignments.sub("", example(ALL)))
    assert list(raw) == [setting.key for setting in FIXABLE]
    policy = judged(raw, "policy.example.toml")
    assert policy.refusals == ()
    assert policy.values.keys() == raw.keys()


def test_each_setting_has_its_policy_and_every_reference_resolves() -> None:
    rules, words = templates()
    policies = rules.findall("p:policies/p:policy", NS)
    assert [policy.attrib["name"] for policy in policies] == [setting.key for setting in FIXABLE]
    for policy in policies:
        assert policy.attrib["class"] == "Machine"
        assert policy.attrib["key"] == GROUP_POLICY
    categories = texts(rules, "p:categories/p:category", "name")
    assert set(texts(rules, ".//p:parentCategory", "ref")) <= set(categories)
    definitions = texts(rules, "p:supportedOn/p:definitions/p:definition", "name")
    assert set(texts(rules, ".//p:policy/p:supportedOn", "ref")) == set(definitions)
    attributes = " ".join(value for element in rules.iter() for value in element.attrib.values())
    strings = texts(words, ".//p:string", "id")
    assert len(strings) == len(set(strings))
    assert set(re.findall(r"\$\(string\.(\w+)\)", attributes)) == set(strings)
    presentations = texts(words, ".//p:presentation", "id")
    assert set(re.findall(r"\$\(presentation\.(\w+)\)", attributes)) == set(presentations)
    resolved = re.findall(r"\$\((?:string|presentation)\.\w+\)", attributes)
    assert attributes.count("$(") == len(resolved)


def test_each_element_is_shown_by_its_presentation() -> None:
    rules, words = templates()
    elements = {
        policy.attrib["presentation"][len("$(presentation.") : -1]: {
            element.attrib["id"] for element in policy.iterfind("p:elements/*", NS)
        }
        for policy in rules.iterfind(".//p:policy", NS)
        if "presentation" in policy.attrib
    }
    shown = {
        presentation.attrib["id"]: {
            box.attrib["refId"] for box in presentation if "refId" in box.attrib
        }
        for presentation in words.iterfind(".//p:presentation", NS)
    }
    assert shown == elements


def test_bounds_choices_and_words_are_those_declared() -> None:
    rules, words = templates()
    strings = {string.attrib["id"]: string.text for string in words.iterfind(".//p:string", NS)}
    for setting in FIXABLE:
        policy = rules.find(f".//p:policy[@name='{setting.key}']", NS)
        assert policy is not None
        assert strings[setting.key] == setting.label
        assert setting.help in str(strings[f"{setting.key}_help"])
        if setting.kind is Kind.NUMBER:
            decimal = policy.find("p:elements/p:decimal", NS)
            assert decimal is not None
            bounds = (int(decimal.attrib["minValue"]), int(decimal.attrib["maxValue"]))
            assert bounds == (setting.minimum, setting.maximum)
        if setting.kind is Kind.CHOICE:
            values = [element.text for element in policy.iterfind(".//p:value/p:string", NS)]
            assert values == [value for value, _ in setting.choices]


@pytest.mark.parametrize("setting", FIXABLE, ids=lambda setting: setting.key)
def test_what_the_editor_writes_is_what_the_program_reads(setting: Setting) -> None:
    """The registry types that group policy gives to each element, back through the reader."""
    written: dict[Kind, tuple[object, int]] = {
        Kind.NUMBER: (setting.default, REG_DWORD),
        Kind.FLAG: (int(setting.default is True), REG_DWORD),
        Kind.LINES: (setting.default, REG_MULTI_SZ),
    }
    value, kind = written.get(setting.kind, (setting.default, REG_SZ))
    found = converted(setting, value, kind, str)
    assert checked(setting, found) == setting.default


def test_every_setting_is_a_property_of_the_msi() -> None:
    properties = {found.key: found for found in policy_properties(ALL)}
    assert list(properties) == [setting.key for setting in FIXABLE]
    assert properties["to_come"].name == "TO_COME"
    assert properties["to_come"].registry == "REG_DWORD"
    assert properties["flag_to_come"].registry == "REG_DWORD"
    assert properties["organisation"].registry == "REG_SZ"
    names = [found.name for found in properties.values()]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name) for name in names)
    assert len(set(names)) == len(names)


def test_two_runs_write_the_same_files(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a"), write(tmp_path / "b")
    assert [path.relative_to(tmp_path / "a").as_posix() for path in first] == [
        "policy.example.toml",
        "carnet-impact.admx",
        "fr-FR/carnet-impact.adml",
        "en-US/carnet-impact.adml",
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_archive_holds_all_of_it_and_is_the_same_each_time(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    packed = archive(tmp_path / "one")
    assert archive(tmp_path / "two").read_bytes() == packed.read_bytes()
    with zipfile.ZipFile(packed) as opened:
        assert set(opened.namelist()) == {
            "policy.example.toml",
            "carnet-impact.admx",
            "fr-FR/carnet-impact.adml",
            "en-US/carnet-impact.adml",
        }
        assert opened.testzip() is None
