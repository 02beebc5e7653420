"""``export``: filters, targets, and what the notebook does not have."""

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from command_line import Run, refused


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


def test_drafts_are_counted_unless_left_out(run: Run, demo: Path, tmp_path: Path) -> None:
    every, validated = tmp_path / "every.xlsx", tmp_path / "validated.xlsx"
    assert run("export", "excel", demo, "-o", every).status == 0
    assert run("export", "excel", demo, "-o", validated, "--validated").status == 0
    states = [
        {row[8].value for row in openpyxl.load_workbook(path)["Visites"].iter_rows(min_row=2)}
        for path in (every, validated)
    ]
    assert states == [{"Brouillon", "Validée"}, {"Validée"}]
