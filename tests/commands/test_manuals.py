"""The manuals name every command and every option that the program takes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.commands import parser

PAGES = Path(__file__).parents[2] / "installer" / "linux" / "files"


@pytest.mark.parametrize("page", ["carnet-impact.1", "carnet-impact.1.fr"])
def test_the_manuals_name_every_command_and_option(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    named = set(_names([], capsys))
    assert {"demo", "export", "excel", "backup", "--self-test", "--drafts"} <= named
    text = (PAGES / page).read_text(encoding="utf-8").replace("\\-", "-")
    assert {name for name in named if name not in text} == set()


def _names(words: list[str], capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """Every command and option, read from the help of each command."""
    with pytest.raises(SystemExit):
        parser.parse([*words, "--help"])
    told = capsys.readouterr().out
    yield from re.findall(r"--[a-z][a-z-]*", told)
    _, _, listed = told.partition("\nCommandes:") if not words else told.partition("\nFormats:")
    for command in re.findall(r"^    ([a-z]+)\b", listed, re.MULTILINE):
        yield command
        yield from _names([*words, command], capsys)
