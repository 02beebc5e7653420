"""The command line as a process: what a shell sees, whatever its locale, display and pipes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.services.demo import write_demo

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("process") / "démo.carnet"
    write_demo(path)
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own, no display, and the plain C locale of a scheduled task."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(tmp_path), "LC_ALL": "C"}


def command(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "desktop_app", *map(str, arguments)]
    return subprocess.run(  # noqa: S603
        line, cwd=ROOT, env=environment, capture_output=True, check=False
    )


def test_french_comes_out_whole_in_the_c_locale(environment: dict[str, str], demo: Path) -> None:
    done = command(environment, "show", demo)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "expérimentations" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("asked", ["show", "check", "settings"])
def test_json_is_read_whatever_the_script_takes_it_for(
    environment: dict[str, str], demo: Path, asked: str
) -> None:
    """PowerShell 5 and cmd read what a program prints in the console's code page."""
    words = (asked,) if asked == "settings" else (asked, demo)
    told = command(environment, *words, "--json").stdout
    assert told.isascii()
    if asked == "show":
        assert json.loads(told)["path"] == str(demo)


def test_a_problem_is_one_line_and_status_1(environment: dict[str, str], tmp_path: Path) -> None:
    done = command(environment, "show", tmp_path / "rien.carnet")
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode("utf-8")
    assert said.count("\n") == 1
    assert "« rien.carnet » n’existe pas".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in said


def test_wrong_usage_is_status_2(environment: dict[str, str]) -> None:
    assert command(environment, "show").returncode == 2


def test_a_reader_that_leaves_is_no_bug(environment: dict[str, str], demo: Path) -> None:
    """As in ``carnet-impact show … | head -1``."""
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, "-m", "desktop_app", "show", str(demo)]
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(  # noqa: S603
            line, cwd=ROOT, env=environment, stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_the_commands_never_load_qt(environment: dict[str, str], demo: Path) -> None:
    code = (
        "import sys; from desktop_app.cli import main; main(['show', sys.argv[1]]);"
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, str(demo)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    ("redirection", "status", "said"), [(">/dev/full", 1, "Le disque est plein"), (">&-", 0, "")]
)
def test_an_output_that_takes_nothing_is_no_bug(
    environment: dict[str, str], demo: Path, redirection: str, status: int, said: str
) -> None:
    line = ["sh", "-c", f'exec "$0" -m desktop_app show "$1" {redirection}']
    done = subprocess.run(  # noqa: S603
        [*line, sys.executable, str(demo)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == status
    assert said in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == len(said[:1])


def test_a_name_cannot_act_on_the_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    said = command(environment, "show", tmp_path / "\x1b[31mr\u202eouge.carnet").stderr.decode()
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "n’existe pas" in said


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["show", "{demo}"], 0), (["show", "rien.carnet"], 1), (["show"], 2), (["verifier"], 2)],
)
def test_without_any_stream_the_status_tells(
    environment: dict[str, str], demo: Path, arguments: list[str], status: int
) -> None:
    """As in Windows' program without a console, where there is neither stdout nor stderr."""
    code = (
        "import sys; sys.stdout = sys.stderr = None;"
        "from desktop_app.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, *(word.format(demo=demo) for word in arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")
