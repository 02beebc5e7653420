"""The command line as scripts rely on it: statuses, JSON, one French line for what is wrong."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

import desktop_app
from desktop_app.cli import main
from desktop_app.services.demo import write_demo

COUNTED = {
    "experiment", "indicator", "site", "visit", "measurement", "finding", "follow_up",
    "attachment", "journal",
}  # fmt: skip
AREAS = ["file", "foreign_keys", "journal", "attachments", "search"]


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands") / "demo.carnet"
    write_demo(path)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


@pytest.fixture
def demo(written: Path, tmp_path: Path) -> Path:
    path = tmp_path / "carnet.carnet"
    shutil.copy(written, path)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Said:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return call


def refused(said: Said, *words: str) -> None:
    """Status 1, nothing on stdout, one French line on stderr."""
    assert said.status == 1, said
    assert said.out == ""
    assert said.err.startswith("carnet-impact\u00a0: ")
    assert said.err.endswith(".\n")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


def misused(said: Said, *words: str) -> None:
    """Status 2, the reason then the usage."""
    assert said.status == 2, said
    assert said.out == ""
    assert said.err.startswith("carnet-impact")
    assert "Usage\u00a0: carnet-impact" in said.err
    for word in words:
        assert word in said.err


# demo


def test_demo_writes_a_notebook_that_says_it_is_one(run: Run, tmp_path: Path) -> None:
    said = run("demo", tmp_path / "d.carnet", "--seed", 7)
    assert (said.status, said.err) == (0, "")
    assert "données fictives" in said.out
    shown = json.loads(run("show", tmp_path / "d.carnet", "--json").out)
    assert shown["illustrative"] is True
    assert shown["state"] == "illustrative"


def test_demo_scale_multiplies(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path / "d.carnet", "--scale", 3).status == 0
    counts = json.loads(run("show", tmp_path / "d.carnet", "--json").out)["counts"]
    assert counts["visit"] > 150
    assert counts["experiment"] == 6


@pytest.mark.parametrize("scale", [0, -1, 1_000_000])
def test_demo_refuses_a_scale_out_of_bounds(run: Run, tmp_path: Path, scale: int) -> None:
    refused(run("demo", tmp_path / "d.carnet", "--scale", scale), "L’échelle va de 1 à")
    assert not (tmp_path / "d.carnet").exists()


def test_demo_never_replaces_a_file(run: Run, demo: Path) -> None:
    before = demo.read_bytes()
    refused(run("demo", demo), "existe déjà")
    assert demo.read_bytes() == before


def test_demo_needs_an_existing_folder(run: Run, tmp_path: Path) -> None:
    refused(run("demo", tmp_path / "nulle-part" / "d.carnet"), "nulle-part", "n’existe pas")


# show


def test_show_json_has_the_agreed_shape(run: Run, demo: Path) -> None:
    said = run("show", demo, "--json")
    assert (said.status, said.err) == (0, "")
    assert said.out.count("\n") == 1
    shown = json.loads(said.out)
    assert set(shown) == {
        "path", "title", "illustrative", "schema_version", "state", "today", "counts",
        "experiments",
    }  # fmt: skip
    assert set(shown["counts"]) == COUNTED
    assert shown["today"] == "2021-06-14"
    assert {row["code"] for row in shown["experiments"]} == {
        "AND", "ARB", "SOL", "DUO", "ETR", "JEX",
    }  # fmt: skip
    experiment = shown["experiments"][0]
    assert set(experiment) == {
        "code", "title", "enterprise", "cohort", "phase", "attainment", "expected", "state",
        "visits", "sites", "observations", "indicators",
    }  # fmt: skip
    indicator = experiment["indicators"][0]
    assert set(indicator) == {
        "code", "label", "unit", "value_type", "baseline", "actual", "actual_date", "target", "n",
        "interval", "attainment", "state", "hidden_reason",
    }  # fmt: skip
    assert indicator["state"] in {"reached", "on_track", "watch", "late", "no_data"}


def test_show_speaks_french(run: Run, demo: Path) -> None:
    said = run("show", demo)
    assert said.status == 0
    for words in (
        "6 expérimentations", " indicateurs", " sites", " visites", " mesures", " constats",
        " actions", " pièces jointes", " écritures de journal", "En retard", "cible",
    ):  # fmt: skip
        assert words in said.out
    assert not any(code in said.out for code in ("measurement", "follow_up", "no_data", "None"))


def test_show_reads_beside_an_open_window(run: Run, demo: Path, device: object) -> None:
    from desktop_app.store.notebook import Notebook

    with Notebook.open(demo, device):  # type: ignore[arg-type]
        assert run("show", demo, "--json").status == 0


# A file that cannot be used


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100_000])


def not_a_notebook(path: Path) -> None:
    path.write_text("Bonjour", encoding="utf-8")


def other_database(path: Path) -> None:
    path.unlink()
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE t (x)")
    base.commit()
    base.close()


def newer(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 999")
    base.commit()
    base.close()


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


HARM = [
    (truncated, "tronqué"),
    (not_a_notebook, "pas un carnet"),
    (other_database, "pas un carnet"),
    (newer, "version"),
    (missing, "n’existe pas"),
    (folder, "dossier"),
    (empty, "vide"),
]


@pytest.mark.parametrize(("harm", "word"), HARM, ids=[harm.__name__ for harm, _ in HARM])
@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["check"],
        ["export", "excel", "-o", "x.xlsx"],
        ["export", "pdf", "-o", "x.pdf", "--document", "experiment", "--experiment", "DUO"],
        ["backup", "-o", "copie.carnet"],
    ],
    ids=lambda command: "-".join(command[:2]),
)
def test_a_file_that_is_no_good_is_said_in_one_line(
    run: Run,
    demo: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    harm: Callable[[Path], None],
    word: str,
) -> None:
    monkeypatch.chdir(demo.parent)
    harm(demo)
    refused(run(*command, demo), word)
    assert not any(Path(name).exists() for name in ("x.xlsx", "x.pdf", "copie.carnet"))


def test_check_json_speaks_of_a_damaged_file_too(run: Run, demo: Path) -> None:
    truncated(demo)
    said = run("check", demo, "--json")
    assert said.status == 1
    report = json.loads(said.out)
    assert report["ok"] is False
    assert [problem["area"] for problem in report["problems"]] == ["file"]
    assert "tronqué" in said.err


# check


def test_check_of_a_sound_notebook(run: Run, demo: Path) -> None:
    said = run("check", demo)
    assert (said.status, said.err) == (0, "")
    assert "fichier, liens entre fiches, journal, pièces jointes, index de recherche" in said.out
    report = json.loads(run("check", demo, "--json").out)
    assert report["ok"] is True
    assert report["areas"] == AREAS
    assert report["problems"] == []
    assert set(report["counts"]) == COUNTED


def test_check_finds_what_was_changed_behind_the_journal(run: Run, demo: Path) -> None:
    base = sqlite3.connect(demo)
    base.execute("UPDATE visit SET notes = 'réécrit' WHERE rowid = 1")
    base.commit()
    base.close()
    said = run("check", demo)
    assert said.status == 1
    assert "journal\u00a0: " in said.out
    assert said.err.count("\n") == 1
    assert "dans ce carnet" in said.err
    report = json.loads(run("check", demo, "--json").out)
    assert report["ok"] is False
    assert {problem["area"] for problem in report["problems"]} <= set(AREAS)


# export


def test_export_excel_with_every_filter(run: Run, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "classeur.xlsx"
    said = run(
        "export", "excel", demo, "-o", target, "--experiment", "jex", "--cohort", 2,
        "--directorate", "COL", "--from", "2021-03-01", "--to", "30/11/2021",
    )  # fmt: skip
    assert (said.status, said.err) == (0, "")
    assert str(target) in said.out
    book = openpyxl.load_workbook(target, read_only=True)
    rows = list(book["Mesures"].iter_rows(values_only=True))
    book.close()
    codes = {row[rows[0].index("Expérimentation")] for row in rows[1:]}
    assert codes == {"JEX"}


def test_export_excel_replaces_the_previous_file_whole(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    target = tmp_path / "classeur.xlsx"
    target.write_text("avant")
    assert run("export", "excel", demo, "-o", target).status == 0
    assert target.read_bytes().startswith(b"PK")
    refused(run("export", "excel", demo, "-o", target, "--experiment", "ZZZ"), "ZZZ")
    assert target.read_bytes().startswith(b"PK")
    assert {path.name for path in tmp_path.glob("*classeur*")} == {"classeur.xlsx"}


def test_export_pdf_of_a_visit_and_of_an_experiment(run: Run, demo: Path, tmp_path: Path) -> None:
    book = tmp_path / "c.xlsx"
    run("export", "excel", demo, "-o", book, "--experiment", "DUO")
    sheet = openpyxl.load_workbook(book)["Visites"]
    reference = str(sheet["A2"].value)
    for options, words in (
        (["--document", "visit", "--visit", reference], reference),
        (["--document", "experiment", "--experiment", "DUO"], "Duo for a job"),
    ):
        target = tmp_path / "document.pdf"
        said = run("export", "pdf", demo, "-o", target, *options)
        assert (said.status, said.err) == (0, "")
        with pypdfium2.PdfDocument(target) as pdf:
            assert words in pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--experiment", "ZZZ"], ("« ZZZ »".replace(" ", "\u00a0"), "AND")),
        (["--cohort", "9"], ("promotion 9", "1, 2")),
        (["--directorate", "ZZ"], ("direction ZZ", "COL")),
        (["--from", "45/13/2021"], ("n’est pas une date",)),
        (["--to", "hier"], ("n’est pas une date",)),
        (["--from", "01/01/1900"], ("1900",)),
        (["--from", "01/06/2021", "--to", "01/05/2021"], ("--from", "--to")),
    ],
)
def test_export_refuses_what_the_notebook_does_not_have(
    run: Run, demo: Path, tmp_path: Path, options: list[str], words: tuple[str, ...]
) -> None:
    target = tmp_path / "x.xlsx"
    refused(run("export", "excel", demo, "-o", target, *options), *words)
    assert not target.exists()


def test_export_refuses_an_unknown_visit(run: Run, demo: Path, tmp_path: Path) -> None:
    options = ["--document", "visit", "--visit", "V-1999-0001-XX"]
    refused(run("export", "pdf", demo, "-o", tmp_path / "x.pdf", *options), "V-1999-0001-XX")


@pytest.mark.parametrize(
    ("target", "word"), [(".", "dossier"), ("nulle-part/x.xlsx", "n’existe pas")]
)
def test_export_refuses_a_place_it_cannot_write(
    run: Run, demo: Path, tmp_path: Path, target: str, word: str
) -> None:
    refused(run("export", "excel", demo, "-o", tmp_path / target), word)
    pdf = ["--document", "experiment", "--experiment", "DUO"]
    refused(run("export", "pdf", demo, "-o", tmp_path / target, *pdf), word)


def test_export_never_writes_over_the_notebook(run: Run, demo: Path) -> None:
    before = demo.read_bytes()
    refused(run("export", "excel", demo, "-o", demo), "carnet")
    pdf = ["--document", "experiment", "--experiment", "DUO"]
    refused(run("export", "pdf", demo, "-o", demo, *pdf), "carnet")
    assert demo.read_bytes() == before


# backup, restore


def test_backup_then_restore_gives_the_same_notebook(run: Run, demo: Path, tmp_path: Path) -> None:
    copy, back = tmp_path / "copie.carnet", tmp_path / "retour.carnet"
    assert run("backup", demo, "-o", copy).status == 0
    assert run("restore", copy, "-o", back).status == 0
    shown = [json.loads(run("show", path, "--json").out) for path in (demo, back)]
    for one in shown:
        one.pop("path")
    assert shown[0] == shown[1]
    assert run("check", back).status == 0


def test_copies_replace_nothing(run: Run, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copie.carnet"
    run("backup", demo, "-o", copy)
    before = copy.read_bytes()
    refused(run("backup", demo, "-o", copy), "existe déjà")
    refused(run("restore", copy, "-o", demo), "existe déjà")
    refused(run("backup", demo, "-o", demo))
    refused(run("backup", demo, "-o", tmp_path), "existe déjà")
    refused(run("backup", demo, "-o", tmp_path / "nulle-part" / "c.carnet"), "n’existe pas")
    assert copy.read_bytes() == before


@pytest.mark.parametrize(("harm", "word"), HARM, ids=[harm.__name__ for harm, _ in HARM])
def test_restore_refuses_a_bad_copy(
    run: Run, demo: Path, tmp_path: Path, harm: Callable[[Path], None], word: str
) -> None:
    harm(demo)
    refused(run("restore", demo, "-o", tmp_path / "r.carnet"), word)
    assert not (tmp_path / "r.carnet").exists()


# Usage


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
    assert run("--version").out.strip() == desktop_app.__version__
