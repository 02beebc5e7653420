"""The long run: several demonstrations, several scopes, notebooks altered at random; what was compared, what is left.

    python tests/recomputation/campaign.py FOLDER [--quick] [--shakes 1 2 3] [--masked 4 5] [--scales 2 5:7]

Each notebook is made in FOLDER. `--shakes` alter the demonstration with masking off, so that every figure is compared;
`--masked` leave it on, and the attacker reads the workbook, `show` and the PDFs together.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from attacker import attack
from compare import Comparison, Findings, Program
from recompute import Notebook, Row, Scope
from shapes import shake

SCOPES = (
    (), ("--drafts",), ("--from", "01/04/2021", "--to", "31/05/2021"), ("--to", "31/10/2020"), ("--from", "15/06/2020"),
    ("--experiment", "DUO"), ("--cohort", "1"), ("--directorate", "VSI"),
    ("--directorate", "INN", "--from", "20/03/2021", "--drafts"),
)  # fmt: skip


@dataclass
class Total:
    compared: int = 0
    withheld: int = 0
    attacked: int = 0
    disagreements: list[str] = field(default_factory=list)

    def add(self, findings: Findings) -> None:
        self.compared += findings.compared
        self.withheld += findings.withheld
        self.disagreements += findings.disagreements


def french_day(text: str | None) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007


def option(options: Sequence[str], name: str) -> str | None:
    return options[options.index(name) + 1] if name in options else None


def chosen(book: Notebook, options: Sequence[str]) -> set[str]:
    """Give the experiments a scope keeps."""
    rows = book.tables["experiment"]
    if code := option(options, "--experiment"):
        rows = [row for row in rows if row["code"] == code]
    if number := option(options, "--cohort"):
        kept = {row["id"] for row in book.tables["cohort"] if row["number"] == int(number)}
        rows = [row for row in rows if row["cohort_id"] in kept]
    if code := option(options, "--directorate"):
        kept = {row["id"] for row in book.tables["directorate"] if row["code"] == code}
        links = book.tables["experiment_directorate"]
        kept = {row["experiment_id"] for row in links if row["directorate_id"] in kept}
        rows = [row for row in rows if row["id"] in kept]
    return {row["code"] for row in rows}


def examine(
    program: Program, path: Path, folder: Path, options: Sequence[str] = (), *, pdf: bool = True
) -> tuple[Findings, int]:
    """Compare everything one scope prints, and attack it; give what was found, and how many masked cells held."""
    book = Notebook(path)
    scope = Scope(
        drafts="--drafts" in options,
        first=french_day(option(options, "--from")),
        last=french_day(option(options, "--to")),
    )
    if scope.last:
        book.today = min(book.today, scope.last)
    findings = Findings(f"{path.stem} {' '.join(options)}".strip())
    comparison = Comparison(book, scope, findings)
    codes = chosen(book, options)
    sheets = program.workbook(path, folder / "scope.xlsx", *options)
    comparison.workbook(sheets, codes)
    if set(options) <= {"--drafts"}:
        printed = program.show(path, *options)
        comparison.show(printed)
        comparison.together(printed, sheets)
    attacked = 0
    if pdf:
        for code in sorted(codes):
            attacked += examine_pdf(program, comparison, sheets, code, (path, folder, options))
    return findings, attacked


def examine_pdf(
    program: Program,
    comparison: Comparison,
    sheets: dict[str, list[Row]],
    code: str,
    where: tuple[Path, Path, Sequence[str]],
) -> int:
    """Compare an experiment's PDF, and attack it together with the workbook."""
    path, folder, options = where
    kept = [name for name in ("--from", "--to") if name in options]
    asked = [part for name in kept for part in (name, str(option(options, name)))]
    asked += ["--drafts"] if "--drafts" in options else []
    document = ("--document", "experiment", "--experiment", code)
    texts = program.figures_of(path, folder / "scope.pdf", *document, *asked)
    comparison.pdf(code, texts)
    mine = [row for row in sheets["Indicateurs"] if row["Expérimentation"] == code]
    attacked, fallen = attack(comparison, {**sheets, "Indicateurs": mine}, texts)
    comparison.findings.where = "attacker"
    for leak in fallen:
        comparison.findings.say(f"{leak} (rule 20)")
    return attacked


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="the demonstration alone, one scope")
    parser.add_argument("--shakes", nargs="*", type=int, default=[])
    parser.add_argument("--masked", nargs="*", type=int, default=[])
    parser.add_argument("--scales", nargs="*", default=[], help="SCALE or SCALE:SEED")
    given = parser.parse_args(arguments)
    folder: Path = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    program, total = Program(Path.cwd()), Total()
    demo = folder / "demo.carnet"
    runs: list[tuple[Path, Sequence[str]]] = []
    if not demo.exists():
        program.run("demo", str(demo))
    runs += [(demo, scope) for scope in (SCOPES[:1] if given.quick else SCOPES)]
    for text in given.scales:
        scale, _, seed = text.partition(":")
        path = folder / f"demo-{scale}-{seed or 'default'}.carnet"
        if not path.exists():
            program.run("demo", str(path), "--scale", scale, *(["--seed", seed] if seed else []))
        runs.append((path, ()))
    for masked, seeds in ((False, given.shakes), (True, given.masked)):
        for seed in seeds:
            path = folder / f"{'masked' if masked else 'shake'}-{seed}.carnet"
            shake(demo, path, seed, masked=masked)
            runs.append((path, ()))
    for path, options in runs:
        findings, attacked = examine(program, path, folder, options)
        total.add(findings)
        total.attacked += attacked
        print(  # noqa: T201
            f"{findings.notebook}: {findings.compared} compared, {findings.withheld} withheld, "
            f"{attacked} masked values attacked, {len(findings.disagreements)} disagreements",
            *findings.disagreements, sep="\n  ", flush=True,
        )  # fmt: skip
    print(  # noqa: T201
        f"{total.compared} comparisons, {total.attacked} masked values attacked, "
        f"{len(total.disagreements)} disagreements"
    )
    return bool(total.disagreements)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
