"""``export``: filters, targets, and what the notebook does not have."""

import math
import re
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from command_line import Run, misused, refused


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


def test_drafts_are_left_out_unless_asked_for(run: Run, demo: Path, tmp_path: Path) -> None:
    usual, validated, every = (tmp_path / f"{name}.xlsx" for name in ("u", "v", "e"))
    assert run("export", "excel", demo, "-o", usual).status == 0
    assert run("export", "excel", demo, "-o", validated, "--validated").status == 0
    assert run("export", "excel", demo, "-o", every, "--drafts").status == 0
    books = [openpyxl.load_workbook(path) for path in (usual, validated, every)]
    states = [{row[8].value for row in book["Visites"].iter_rows(min_row=2)} for book in books]
    assert states == [{"Validée"}, {"Validée"}, {"Brouillon", "Validée"}]
    scopes = [book["Lisez-moi"]["B2"].value for book in books]
    assert scopes[0] == scopes[1]
    assert "visites validées seulement" in scopes[0]
    assert "visites en brouillon comprises" in scopes[2]
    misused(run("export", "excel", demo, "-o", every, "--drafts", "--validated"), "ne va pas avec")


def test_every_sheet_agrees_with_the_notebook(run: Run, demo: Path, tmp_path: Path) -> None:
    """« Contrôle », worked out here as a spreadsheet would: each line agrees."""
    target = tmp_path / "classeur.xlsx"
    assert run("export", "excel", demo, "-o", target, "--drafts").status == 0
    book = openpyxl.load_workbook(target)
    checked = 0
    for name, told, formula, *_ in book["Contrôle"].iter_rows(min_row=2, values_only=True):
        if formula is None:
            continue
        assert _worked_out(book, str(formula)) == pytest.approx(told), name
        checked += 1
    assert checked == 15


def _worked_out(book: openpyxl.Workbook, formula: str) -> float:
    """The value of a formula of « Contrôle »: sums of COUNTA, COUNTIF and SUMIFS."""
    total = 0.0
    for function, inside, times in re.findall(
        r"(COUNTA|COUNTIF|SUMIFS)\(([^)]*)\)(\*100)?", formula
    ):
        first, *others = inside.split(",")
        values = _column(book, first)
        if function == "COUNTA":
            found: float = sum(value is not None for value in values)
        elif function == "COUNTIF":
            found = values.count(others[0].strip('"'))
        else:
            kinds = _column(book, others[0])
            wanted = others[1].strip('"')
            found = math.fsum(
                value for value, kind in zip(values, kinds, strict=True)
                if kind == wanted and isinstance(value, int | float)
            )  # fmt: skip
        total += found * (100 if times else 1)
    return total - formula.endswith("-1")


def _column(book: openpyxl.Workbook, place: str) -> list[Any]:
    sheet, letters = place.split("!")
    return [cell.value for cell in book[sheet][letters.split(":")[0].strip("$")]]
