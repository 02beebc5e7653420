"""What can be typed wrong, and the help."""

from pathlib import Path

import pytest
from command_line import Run, misused, refused

import desktop_app


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["show"], "il manque"),
        (["show", "a", "b"], "arguments inconnus"),
        (["show", "a", "--js"], "arguments inconnus"),
        (["demo", "a", "--scale", "deux"], "nombre entier"),
        (["export"], "FORMAT"),
        (["export", "word", "a"], "choix inconnu"),
        (["export", "excel", "a"], "il manque"),
        (["export", "excel", "a", "-o"], "une valeur est attendue"),
        (["export", "excel", "a", "-o", "b", "--cohort", "x"], "nombre entier"),
        (["export", "pdf", "a", "-o", "b"], "--document"),
        (["export", "pdf", "a", "-o", "b", "--document", "roman"], "choix inconnu"),
        (["export", "pdf", "a", "-o", "b", "--document", "visit"], "--visit"),
        (["export", "pdf", "a", "-o", "b", "--document", "experiment"], "--experiment"),
        (["backup", "a"], "il manque"),
        (["restore", "a"], "il manque"),
        (["verifier"], "n’est pas une commande"),
        (["shwo", "a.carnet"], "n’est pas une commande"),
        (["--rien"], "il manque"),
        (["--self-test", "v.json", "demo", "a.carnet"], "sans autre commande"),
        (["--self-test=v.json", "settings"], "sans autre commande"),
    ],
)
def test_wrong_usage_is_said_in_french(run: Run, arguments: list[str], word: str) -> None:
    misused(run(*arguments), word)


@pytest.mark.parametrize(
    "command", [[], ["demo"], ["show"], ["check"], ["export", "pdf"], ["backup"], ["restore"]]
)
def test_help_is_french(run: Run, command: list[str]) -> None:
    said = run(*command, "--help")
    assert said.status == 0
    assert said.out.startswith("Usage\u00a0: carnet-impact")
    assert "affiche cette aide" in said.out
    for english in ("usage:", "options:", "positional", "show this", "exit"):
        assert english not in said.out


def test_without_a_display_the_window_says_so(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    refused(run(demo), "Aucun écran")


def test_version(run: Run) -> None:
    assert run("--version").out == f"carnet-impact {desktop_app.__version__}\n"
