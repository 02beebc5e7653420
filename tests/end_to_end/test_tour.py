"""What `make run` does with no display, twice in the same folder, as a command."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tour(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.end_to_end.tour", *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_tour_does_the_main_job_again_and_again(tmp_path: Path) -> None:
    for _ in range(2):
        done = tour(str(tmp_path / "tour"))
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    assert "validated; the notebook checks sound" in done.stdout
    made = {path.name for path in (tmp_path / "tour").rglob("*") if path.is_file()}
    assert {"Classeur.xlsx", "Compte-rendu.pdf", "Synthese-JEX.pdf", "01-welcome.png"} <= made
    assert (tmp_path / "tour" / "notebook" / "Démonstration.carnet").exists()


def test_the_tour_says_what_stops_it(tmp_path: Path) -> None:
    (tmp_path / "tour").write_text("a file where the folder goes")
    done = tour(str(tmp_path / "tour"))
    assert done.returncode == 1
    assert done.stderr.startswith("The tour failed")
    assert tour().returncode == 2
