"""What the program publishes of the demonstration, found again by a second pair of hands."""

from pathlib import Path

from compare import Comparison, Findings, Program
from recompute import Notebook, Scope


def test_show_and_the_workbook_print_what_another_finds(tmp_path: Path) -> None:
    path = tmp_path / "demonstration.carnet"
    program = Program(Path(__file__).parents[2])
    program.run("demo", str(path))
    findings = Findings("demonstration")
    comparison = Comparison(Notebook(path), Scope(drafts=False), findings)
    comparison.show(program.show(path))
    comparison.workbook(program.workbook(path, tmp_path / "classeur.xlsx"))
    assert findings.disagreements == []
    assert findings.compared > 4000
