"""``--self-test``: the whole program, window included, as every package runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run, misused, refused

import desktop_app
from desktop_app.commands.self_test import bundle
from desktop_app.services.notebook.trial import StepError
from desktop_app.views.screens.registry import SCREENS
from desktop_app.views.self_test.dialogs import ASKED

ROOT = Path(__file__).parents[2]


def try_program(
    verdict: Path, environment: dict[str, str]
) -> tuple[subprocess.CompletedProcess[str], dict[str, object]]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    line = [sys.executable, "-m", "desktop_app", "--self-test", str(verdict)]
    done = subprocess.run(  # noqa: S603
        line, cwd=ROOT, env={**kept, **environment}, capture_output=True, check=False,
        encoding="utf-8",
    )  # fmt: skip
    return done, json.loads(verdict.read_text(encoding="ascii"))


def test_the_whole_program_works_and_leaves_nothing(tmp_path: Path) -> None:
    """With no display, in the C locale, in folders whose names have accents and spaces."""
    home, temporary = tmp_path / "chez moi", tmp_path / "fichiers à jeter"
    home.mkdir()
    temporary.mkdir()
    environment = {"HOME": str(home), "TMPDIR": str(temporary), "LC_ALL": "C"}
    if os.name == "nt":
        environment |= {"TEMP": str(temporary), "QT_QPA_PLATFORM": "offscreen"}
    done, verdict = try_program(tmp_path / "verdict é.json", environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Auto-test réussi\u00a0: ")
    assert done.stdout.count("\n") == 1
    steps = verdict["steps"]
    assert isinstance(steps, list)
    assert all(step["ok"] and step["ms"] >= 0 for step in steps)
    assert (verdict["ok"], verdict["frozen"], verdict["system"]) == (True, False, sys.platform)
    assert (verdict["version"], verdict["platform"]) == (desktop_app.__version__, "offscreen")
    assert verdict["qt_messages"] == []
    assert isinstance(verdict["first_paint_ms"], int)
    seen = {step["name"] for step in steps}
    assert {f"screen {name}" for name in SCREENS} <= seen
    assert {f"dialog {name}" for name in ASKED} <= seen
    assert {"notebook", "photos", "workbook", "visit report", "restore", "fonts", "close"} <= seen
    (modules,) = (step["detail"] for step in steps if step["name"] == "modules")
    files = list((ROOT / "desktop_app").rglob("*.py"))
    assert modules.startswith(f"{len(files)} modules")
    assert list(home.iterdir()) == []
    assert list(temporary.iterdir()) == []
    assert str(tmp_path) not in json.dumps(verdict)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_a_screen_that_does_not_answer_is_a_verdict_too(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "DISPLAY": ":7777"}
    done, verdict = try_program(tmp_path / "verdict.json", environment)
    assert (done.returncode, verdict["ok"]) == (1, False)
    steps = verdict["steps"]
    assert isinstance(steps, list)
    assert [step["name"] for step in steps if not step["ok"]] == ["window"]
    assert "«\u00a0:7777\u00a0» ne répond pas" in steps[-1]["detail"]
    assert "ne répond pas" in done.stderr


def test_a_verdict_that_cannot_be_written_is_said_at_once(run: Run, tmp_path: Path) -> None:
    refused(run("--self-test", tmp_path / "nulle-part" / "v.json"), "n’existe pas")
    refused(run("--self-test", tmp_path), "dossier")
    assert not list(tmp_path.iterdir())
    misused(run("--self-test"), "une valeur est attendue")


def test_without_any_temporary_folder_it_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nulle-part"))
    refused(run("--self-test", tmp_path / "v.json"), "TMPDIR")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of three modules that import one another late."""
    folder = tmp_path / "paquet_d_essai"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "first.py").write_text(
        "def late():\n    from paquet_d_essai.second import VALUE\n    return VALUE\n"
    )
    (folder / "second.py").write_text(
        "VALUE = 1\ndef later():\n    from paquet_d_essai import third\n    import winreg, json\n"
    )
    (folder / "third.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.fixture(autouse=True)
def forget() -> None:
    for name in [name for name in sys.modules if name.startswith("paquet_d_essai")]:
        del sys.modules[name]


def test_a_whole_package_has_all_it_imports(package: Path) -> None:
    assert bundle.check(package.name).startswith("4 modules")


@pytest.mark.parametrize("name", ["second", "third"])
def test_a_module_left_out_of_a_package_is_found_out(package: Path, name: str) -> None:
    (package / f"{name}.py").unlink()
    with pytest.raises(StepError, match=rf"paquet_d_essai\.{name}"):
        bundle.check(package.name)
