"""What a command said, and what a refusal must look like."""

from collections.abc import Callable
from dataclasses import dataclass

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
