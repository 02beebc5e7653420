"""``settings`` tells which files and folders cannot be used, and makes none of them."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from command_line import Run
from PIL import Image

from desktop_app.config import policy

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
Unprivileged = Callable[[], AbstractContextManager[None]]
Fix = Callable[..., None]


@pytest.fixture
def fix(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Fix:
    """Writes the machine's policy, whose owner is here whoever runs the tests."""
    path = open_folder / "policy.toml"
    monkeypatch.setattr(policy, "LINUX_FILE", path)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("desktop_app.config.policy_file.read_file.__defaults__", (os.getuid(),))

    def write(**values: object) -> None:
        lines = [f"{key} = {json.dumps(str(value))}" for key, value in values.items()]
        path.write_text("\n".join(lines), encoding="utf-8")
        path.chmod(0o644)

    return write


@pytest.fixture
def logo(open_folder: Path) -> Path:
    path = open_folder / "logo.png"
    Image.new("RGB", (20, 10), "navy").save(path)
    path.chmod(0o644)
    return path


def told(run: Run, key: str) -> str:
    """The problem of a setting, the same for a person and for a program."""
    rows = json.loads(run("settings", "--json").out)["settings"]
    problem: str = next(row["problem"] for row in rows if row["key"] == key)
    lines = run("settings").out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} "))
    assert (f"  Problème\u00a0: {problem}" == lines[at + 1]) is bool(problem)
    return problem


def test_what_can_be_used_is_no_problem(
    run: Run, fix: Fix, logo: Path, open_folder: Path, unprivileged: Unprivileged
) -> None:
    """A folder to come is none either: the program will make it, and this command does not."""
    made = open_folder / "à faire" / "carnets"
    fix(logo=logo, notebook_folder=made, document_folder=open_folder)
    with unprivileged():
        assert run("settings").status == 0
        for key in ("logo", "notebook_folder", "document_folder"):
            assert told(run, key) == ""
    assert not made.parent.exists()


def test_a_fixed_logo_that_is_not_there(run: Run, fix: Fix, open_folder: Path) -> None:
    fix(logo=open_folder / "perdu.png")
    assert told(run, "logo") == "ce fichier est introuvable."
    said = run("settings")
    assert said.status == 1
    assert "1 chemin fixé est inutilisable par ce compte." in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"GIF89a, or nearly", b"\x89PNG\r\n\x1a\n cut short"])
def test_a_fixed_logo_that_is_no_image(run: Run, fix: Fix, logo: Path, content: bytes) -> None:
    logo.write_bytes(content)
    fix(logo=logo)
    assert told(run, "logo") == "ce fichier n’est pas une image PNG ou JPEG lisible."
    assert run("settings").status == 1


def test_a_fixed_logo_of_another_format(run: Run, fix: Fix, open_folder: Path) -> None:
    path = open_folder / "logo.png"
    Image.new("RGB", (20, 10)).save(path, "GIF")
    fix(logo=path)
    assert "PNG ou JPEG" in told(run, "logo")


def test_a_fixed_logo_that_this_account_may_not_read(
    run: Run, fix: Fix, logo: Path, unprivileged: Unprivileged
) -> None:
    logo.chmod(0)
    fix(logo=logo)
    with unprivileged():
        assert told(run, "logo") == "ce fichier ne peut pas être lu (accès refusé)."
        assert run("settings").status == 1


@pytest.mark.parametrize(
    ("mode", "below", "words"),
    [
        (0o555, "", "ce dossier n’accepte pas d’écriture."),
        (0o555, "carnets", "ce dossier ne peut pas être créé dans {folder}."),
        (0, "fermé/carnets", "ce dossier ne peut pas être créé dans {folder}."),
    ],
)
def test_a_fixed_folder_that_this_account_cannot_use(
    run: Run,
    fix: Fix,
    open_folder: Path,
    unprivileged: Unprivileged,
    mode: int,
    below: str,
    words: str,
) -> None:
    folder = open_folder / "partage"
    folder.mkdir()
    folder.chmod(mode)
    fix(notebook_folder=folder / below)
    with unprivileged():
        assert told(run, "notebook_folder") == words.format(folder=folder)
        assert run("settings").status == 1


def test_a_fixed_folder_under_a_file(run: Run, fix: Fix, logo: Path) -> None:
    fix(document_folder=logo / "dessous")
    assert "ne peut pas être créé" in told(run, "document_folder")


def test_what_the_person_chose_is_told_and_is_no_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config" / "carnet-impact").mkdir(parents=True)
    chosen = {"logo": str(tmp_path / "perdu.png"), "notebook_folder": str(tmp_path / "perdu")}
    file = tmp_path / "config" / "carnet-impact" / "settings.json"
    file.write_text(json.dumps(chosen), encoding="utf-8")
    assert told(run, "logo") == "ce fichier est introuvable."
    assert told(run, "notebook_folder") == "ce dossier est introuvable."
    said = run("settings")
    assert (said.status, said.err) == (0, "")
