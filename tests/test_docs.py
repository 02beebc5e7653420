"""docs/deploiement.md against the code: what an IT service copies from it must be true."""

import re
import tomllib

import pytest

from desktop_app.commands import COMMANDS
from desktop_app.config.declared import DECLARED, Kind, Setting, can_be_fixed
from desktop_app.config.policy import LINUX_FILE, judged
from desktop_app.config.policy_registry import GROUP_POLICY, INSTALLED
from desktop_app.config.settings import SETTINGS_FILE
from desktop_app.config.values import MOST_LINES
from desktop_app.french import typeset
from desktop_app.store.migrations.migrate import HEAD, READABLE_SINCE
from installer.common import ROOT, version
from installer.policy.msi import policy_properties
from installer.windows import places, sign, wxs

GUIDES = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("deploiement.md", "figures.md", "guide.md")
}
TEXT = GUIDES["deploiement.md"]
CHECKS = ROOT / "installer" / "windows" / "setup" / "checks.nsh"
FIXABLE = [setting for setting in DECLARED if can_be_fixed(setting)]
TYPES = {
    Kind.TEXT: "texte",
    Kind.NUMBER: "nombre",
    Kind.CHOICE: "choix",
    Kind.FLAG: "oui ou non",
    Kind.FOLDER: "dossier",
    Kind.FILE: "fichier",
    Kind.LINES: "liste",
}


def rows_of(heading: str) -> dict[str, list[str]]:
    """The rows of the table that starts with this line: first cell → the others."""
    body = TEXT.partition(f"{heading}\n")[2].partition("\n\n")[0]
    cells = [re.findall(r"(?<=\|) ([^|]*)(?=\|)", line) for line in body.splitlines()[1:]]
    return {first.strip(): [cell.strip() for cell in rest] for first, *rest in cells}


def bounds(setting: Setting) -> str:
    match setting.kind:
        case Kind.NUMBER:
            return f"{setting.minimum} à {setting.maximum}"
        case Kind.CHOICE:
            return ", ".join(f"`{value}`" for value, _ in setting.choices)
        case Kind.LINES:
            return f"{MOST_LINES} lignes au plus"
        case Kind.FILE:
            return "PNG ou JPEG"
    return ""


def default(setting: Setting) -> str:
    if isinstance(setting.default, tuple):
        return f"{len(setting.default)} lignes"
    shown = str(setting.default)
    return f"`{shown}`" if setting.kind is Kind.CHOICE else shown


def test_the_table_of_settings_is_the_declarations():
    rows = rows_of("| Clé | Type | Bornes | Défaut | Effet |")
    assert list(rows) == [f"`{setting.key}`" for setting in FIXABLE]
    for setting in FIXABLE:
        kind, limits, value, effect = rows[f"`{setting.key}`"]
        assert (kind, limits, value) == (TYPES[setting.kind], bounds(setting), default(setting))
        assert effect


def test_the_example_is_followed_whole():
    example = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert len(example) == 1
    policy = judged(tomllib.loads(example[0]), "the example")
    assert policy.refusals == ()
    assert len(policy.values) > 3


def test_each_refusal_of_the_setup_has_its_code():
    defined = re.findall(r"^!define [A-Z_]+ (\d+)$", CHECKS.read_text("utf-8"), re.MULTILINE)
    assert list(rows_of("| Code | Sens |")) == defined


def test_only_commands_that_exist_are_shown():
    commands = "\n".join(re.findall(r"^```\w*\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE))
    spans = "\n".join(re.findall(r"`(carnet-impact [^`]+)`", TEXT))
    named = re.findall(r"^\s*carnet-impact (\S+)", f"{commands}\n{spans}", re.MULTILINE)
    assert {"backup", "restore", "check", "settings", "--self-test"} <= set(named)
    assert set(named) <= {*COMMANDS, "--self-test"}


@pytest.mark.parametrize(
    "name",
    [
        f"HKLM\\{GROUP_POLICY}",
        f"HKLM\\{INSTALLED}",
        LINUX_FILE.as_posix(),
        SETTINGS_FILE,
        places.WINDOW,
        places.COMMAND,
        places.FOLDER,
        sign.CERTIFICATE,
        sign.PASSWORD_FILE,
        sign.TIMESTAMP,
    ],
)
def test_names_are_the_codes_own(name):
    assert name in TEXT


def test_the_properties_shown_are_the_msis():
    known = {one.name for one in policy_properties()}
    lines = [line for line in TEXT.splitlines() if line.startswith("msiexec")]
    assert set(re.findall(r"\b([A-Z_]+)=", "\n".join(lines))) <= known


def test_it_tells_of_the_last_change_of_format():
    change = f"La {READABLE_SINCE[HEAD]} passe du format {HEAD - 1} au format {HEAD}"
    assert change in " ".join(TEXT.split())


@pytest.mark.parametrize("guide", GUIDES)
def test_its_prose_is_set_as_french_is(guide):
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", GUIDES[guide], flags=re.DOTALL | re.MULTILINE)
    lines = [line for line in prose.splitlines() if not re.fullmatch(r"[|: -]+", line)]
    assert len(lines) > 100
    assert [line for line in lines if typeset(line) != line] == []
    assert [line for line in lines if re.search(r"\u00a0[;?!%]", line)] == []


def test_the_code_that_removes_the_msi_without_its_file_is_this_versions():
    product = wxs.Product(ROOT, version(), ())
    assert f"msiexec /x {wxs.braced(product.code)} /qn" in TEXT
