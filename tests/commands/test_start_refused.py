"""Where the window cannot open: a sentence and status 1, where Qt alone would abort."""

import os
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from desktop_app.system import system_check

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what Linux may lack")
ROOT = Path(__file__).parents[2]
PLUGIN = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
ABSENT = "libxcb-absent.so.0"


def start(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "desktop_app", *words]
    return subprocess.run(  # noqa: S603
        line,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"QT_QPA_PLATFORM": "rien"}, "QT_QPA_PLATFORM demande «\u00a0rien\u00a0»"),
        ({"DISPLAY": ":7777"}, "L’écran «\u00a0:7777\u00a0» ne répond pas"),
        ({"QT_QPA_PLATFORM": "xcb"}, "L’écran ne répond pas"),
        ({}, "Aucun écran ici"),
    ],
)
def test_no_screen_is_a_sentence(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    done = start(tmp_path, **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"carnet-impact\u00a0: {words}")
    assert done.stderr.count("\n") == 1
    (log,) = tmp_path.rglob("carnet-impact.log")
    assert words in log.read_text(encoding="utf-8")


def test_an_address_is_refused_without_a_trace_of_its_name(tmp_path: Path) -> None:
    address = "file://serveur/Madame%20Untel/visites.carnet"
    done = start(tmp_path, address, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"«\u00a0{address}\u00a0» n’est pas sur cet ordinateur" in done.stderr
    assert not list(tmp_path.rglob("*.log"))


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """Qt's plugin for X11, made to need a library that no system has."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    wanted, absent = b"libxcb-cursor.so.0", ABSENT.encode()
    assert len(wanted) == len(absent)
    (folder / PLUGIN.name).write_bytes(PLUGIN.read_bytes().replace(wanted, absent))
    return folder


def test_a_missing_library_is_named(plugins: Path, tmp_path: Path) -> None:
    assert system_check.missing_libraries([plugins / PLUGIN.name]) == [ABSENT]
    done = start(
        tmp_path, QT_QPA_PLATFORM="xcb", QT_QPA_PLATFORM_PLUGIN_PATH=str(plugins), DISPLAY=":7777"
    )
    assert done.returncode == 1
    assert f"Il manque à ce poste la bibliothèque {ABSENT}\u00a0: " in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_whole_plugin_misses_nothing() -> None:
    assert system_check.missing_libraries([PLUGIN]) == []


def test_the_packages_to_install_are_named_together() -> None:
    said = system_check.library_problem(["libxcb-icccm.so.4", "libxcb-cursor.so.0"])
    assert "les bibliothèques libxcb-cursor.so.0, libxcb-icccm.so.4\u00a0: " in said
    assert said.endswith("d’installer les paquets libxcb-cursor0, libxcb-icccm4.")
    alone = system_check.library_problem(["libxcb-cursor.so.0"])
    assert alone.endswith("d’installer le paquet libxcb-cursor0.")


def test_qt_that_cannot_be_loaded_is_told_by_its_library() -> None:
    words = "libEGL.so.1: cannot open shared object file: No such file or directory"
    said = system_check.import_problem(ImportError(words))
    assert "la bibliothèque libEGL.so.1\u00a0: " in said
    assert "le paquet libegl1" in said
    gone = ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
    assert "incomplet (PySide6)" in system_check.import_problem(gone)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "/lib/libc.so.6: version `GLIBC_2.34' not found (required by /opt/libQt6Core.so.6)",
            "trop ancien pour le programme, qui demande au moins GLIBC 2.34\u00a0: ",
        ),
        (
            "libQt6Widgets.so.6: cannot open shared object file: No such file or directory",
            "Le programme est incomplet (PySide6.QtWidgets)\u00a0: ",
        ),
    ],
)
def test_no_library_of_the_program_is_asked_of_the_system(words: str, told: str) -> None:
    said = system_check.import_problem(ImportError(words, name="PySide6.QtWidgets"))
    assert told in said
    assert ".so" not in said


def test_what_ldd_says_of_a_version_is_no_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by libqxcb.so)"
    monkeypatch.setattr(
        "subprocess.run",
        lambda line, **_: subprocess.CompletedProcess(
            line, 1, stdout=f"{said}\n{ABSENT} => not found"
        ),
    )
    assert system_check.missing_libraries([PLUGIN]) == [ABSENT]


def test_what_the_window_refuses_is_said_in_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    """Read as bytes by ``start``, in UTF-8: the locale's own would not be."""
    done = start(tmp_path, LC_ALL="C", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert done.stderr.startswith("carnet-impact\u00a0: Aucun écran ici")


def test_where_stderr_takes_nothing_the_log_does(tmp_path: Path) -> None:
    line = f'exec "{sys.executable}" -m desktop_app 2>/dev/full'
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, env=environment, check=False)  # noqa: S603
    assert done.returncode == 1
    (log,) = tmp_path.rglob("carnet-impact.log")
    assert "Aucun écran ici" in log.read_text(encoding="utf-8")


def test_started_from_an_icon_the_sentence_is_shown_by_the_desktop(tmp_path: Path) -> None:
    """The desktop's own dialog program is found by its name; here a script that notes its words."""
    (tmp_path / "bin").mkdir()
    shown = tmp_path / "shown"
    script = tmp_path / "bin" / "zenity"
    os.mkfifo(shown)
    script.write_text(f'#!/bin/sh\nfor last in "$@"; do :; done\necho "$last" > "{shown}"\n')
    script.chmod(0o755)
    path = f"{script.parent}{os.pathsep}{os.environ['PATH']}"
    start(tmp_path, DISPLAY=":7777", PATH=path)
    assert "ne répond pas" in shown.read_text(encoding="utf-8")
