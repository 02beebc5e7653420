"""What a writer yields so that a panel can show where it is, and cancel it by closing it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` steps out of ``total``; ``label`` is a short French phrase."""

    done: int
    total: int
    label: str
