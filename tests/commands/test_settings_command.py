"""``settings``: what is in force, who decided it, and what of the policy was refused."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Run

from desktop_app.commands.settings import described, lines
from desktop_app.config import policy
from desktop_app.config.declared import DECLARED, Kind
from desktop_app.config.policy import judged, log_refusals
from desktop_app.config.settings import Settings
from desktop_app.services.notebook.rule_reader import NUMBERS

SHOWN = [setting.key for setting in DECLARED if setting.kind is not Kind.STATE]


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine's policy, if it has one, is not this test's."""
    path = tmp_path / "policy.toml"
    monkeypatch.setattr(policy, "LINUX_FILE", path)
    monkeypatch.setattr("sys.platform", "linux")
    return path


def test_one_line_a_setting_and_no_policy(run: Run, nowhere: Path) -> None:
    said = run("settings")
    assert (said.status, said.err) == (0, "")
    found = said.out.splitlines()
    assert [line.partition(" ")[0] for line in found[: len(SHOWN)]] == SHOWN
    assert (
        "mask_below · Masquer les effectifs inférieurs à\u00a0: 5 personnes (par défaut, pour les "
        "nouveaux carnets)" in found
    )
    assert "theme · Thème\u00a0: Système (par défaut)" in found
    assert found[-1] == "Politique\u00a0: aucune sur ce poste"


def test_json_holds_the_same(run: Run, nowhere: Path) -> None:
    said = run("settings", "--json")
    assert (said.status, said.err) == (0, "")
    data = json.loads(said.out)
    assert [row["key"] for row in data["settings"]] == SHOWN
    assert {row["origin"] for row in data["settings"]} == {"default"}
    applied = {row["key"]: row["applies_to"] for row in data["settings"]}
    rules = {*NUMBERS, "organisation", "logo", "directorates"}
    assert {key for key, what in applied.items() if what == "new_notebooks"} == rules
    assert {what for key, what in applied.items() if key not in rules} == {"computer"}
    assert data["policy"] == {"source": "", "refusals": []}


def test_a_refused_policy_is_told_and_ends_with_status_1(run: Run, nowhere: Path) -> None:
    nowhere.write_text("mask_below = 7", encoding="utf-8")
    nowhere.chmod(0o666)
    said = run("settings")
    assert said.status == 1
    assert f"Politique\u00a0: {nowhere}" in said.out
    assert f"Refusé\u00a0: {nowhere} peut être modifié par d’autres" in said.out
    assert "mask_below · Masquer les effectifs inférieurs à\u00a0: 5 personnes" in said.out
    assert said.err.startswith("carnet-impact\u00a0: 1 refus dans la politique")
    assert json.loads(run("settings", "--json").out)["policy"]["refusals"]


def test_each_value_says_who_decided_it(tmp_path: Path) -> None:
    raw = {"organisation": "Département", "directorates": ["A — B", "C — D"]}
    settings = Settings(tmp_path / "settings.json", judged(raw, "la source"))
    settings.set("agent", "Référente")
    found = lines(settings)
    assert (
        "organisation · En-tête des documents\u00a0: Département (fixé par votre organisation, "
        "pour tous les carnets)" in found
    )
    assert "agent · Auteur\u00a0: Référente (choisi ici)" in found
    assert "theme · Thème\u00a0: Système (par défaut)" in found
    (directorates,) = (line for line in found if "A — B\u202f; C — D" in line)
    assert directorates.endswith("(fixé par votre organisation, pour les nouveaux carnets)")
    assert "logo · Logo\u00a0: — (par défaut, pour les nouveaux carnets)" in found
    rows = described(settings)["settings"]
    assert isinstance(rows, list)
    told = {row["key"]: (row["origin"], row["applies_to"]) for row in rows}
    assert told["organisation"] == ("fixed", "every_notebook")
    assert told["directorates"] == ("fixed", "new_notebooks")
    assert told["agent"] == ("chosen", "computer")


def test_refusals_are_kept_in_the_log(tmp_path: Path) -> None:
    log_refusals(judged({"mask_below": 1}, "la source"))
    assert not list(tmp_path.rglob("carnet-impact.log"))
    log_refusals(judged({"inconnu": 1}, "la source"))
    (log,) = tmp_path.rglob("carnet-impact.log")
    assert "policy: la source, «\u00a0inconnu\u00a0»" in log.read_text(encoding="utf-8")


def test_a_lost_logo_is_told_and_the_pdf_is_made(run: Run, demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "carnet-impact"
    folder.mkdir(parents=True)
    written = json.dumps({"logo": str(tmp_path / "perdu.png")})
    (folder / "settings.json").write_text(written, encoding="utf-8")
    with closing(sqlite3.connect(demo)) as connection, connection:
        connection.execute("UPDATE notebook SET logo_sha256 = NULL")  # as a notebook of 0.2
    target = tmp_path / "s.pdf"
    said = run(
        "export", "pdf", demo, "-o", target, "--document", "experiment", "--experiment", "DUO"
    )
    assert said.status == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert said.err.startswith("carnet-impact\u00a0: Le logo")
    assert "introuvable" in said.err
