"""The tables of an .msi, read and written back as text by msitools."""

from pathlib import Path

from installer.common import reproducible_environment, run


class Table:
    """One table: ``rows`` are lists of texts in the order of ``columns``."""

    def __init__(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
        self.head = lines[:3]
        self.columns = lines[0].split("\t")
        self.rows = [line.split("\t") for line in lines[3:]]

    def row(self, key: str) -> list[str]:
        return next(row for row in self.rows if row[0] == key)

    def set(self, key: str, column: str, value: str) -> None:
        self.row(key)[self.columns.index(column)] = value

    def add(self, *values: str) -> None:
        self.rows.append(list(values))

    def text(self) -> str:
        return "".join(f"{line}\r\n" for line in [*self.head, *map("\t".join, self.rows)])


def read(package: Path, name: str) -> Table:
    return Table(run(["msiinfo", "export", package, name]))


def write(package: Path, name: str, table: Table, work: Path) -> None:
    text = work / f"{name}.idt"
    text.write_bytes(table.text().encode("utf-8"))
    run(["msibuild", package, "-i", text], env=reproducible_environment())


def set_code_page(package: Path, number: int, work: Path) -> None:
    """Says which code page the texts are in: msitools write 1252 and say nothing."""
    text = work / "_ForceCodepage.idt"
    text.write_bytes(f"\r\n\r\n{number}\t_ForceCodepage\r\n".encode("ascii"))
    run(["msibuild", package, "-i", text], env=reproducible_environment())
