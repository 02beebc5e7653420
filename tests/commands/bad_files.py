"""Ways to spoil a notebook's file, and a word each must be answered with."""

import sqlite3
from pathlib import Path


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
