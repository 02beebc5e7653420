"""What must be so: said to the type checker, and checked as it runs. Otherwise it is a bug."""

from typing import TypeVar

T = TypeVar("T")


def known(value: T | None) -> T:
    """Raises LookupError when there is nothing."""
    if value is None:
        raise LookupError
    return value


def of_kind(value: object, kind: type[T]) -> T:
    """Raises TypeError when it is of another kind."""
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} instead of {kind.__name__}")
    return value
