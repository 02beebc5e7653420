"""Frozen rows as JSON and back: what a screen shows, kept between two openings.

A row is the array of its fields in their order: small, and quick to read. Only what rows hold is
known: texts, numbers, days, times, enumerations, tuples, mappings by texts and other frozen rows.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read = Callable[[Any], Any]

_MOMENTS = (dt.datetime, dt.date, dt.time)
_KINDS: Mapping[object, tuple[type, ...]] = {
    str: (str,), int: (int,), float: (int, float), bool: (bool,), NoneType: (NoneType,)
}  # fmt: skip


def dump(row: object) -> str:
    """Raises TypeError for what rows do not hold, ValueError for a number that JSON has not."""
    return json.dumps(_plain(row), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class MisshapenError(ValueError):
    """A text that is no row of the kind asked for."""


def load(kind: type[T], text: str) -> T:
    """The row that ``dump`` was given. Raises MisshapenError."""
    reader: Callable[[object], Read] = _reader
    try:
        row: T = reader(kind)(json.loads(text, parse_constant=_refuse))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise MisshapenError(kind.__name__) from error
    return row


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, _MOMENTS):
        return value.isoformat()
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    raise TypeError(f"rows do not hold {type(value).__name__}")


@cache
def _reader(kind: Any) -> Read:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _KINDS:
        return _of(_KINDS[kind])
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_reader(arguments[1]))
    return _class(kind)


def _class(kind: Any) -> Read:
    if is_dataclass(kind):
        return _row(kind)
    if issubclass(kind, Enum):
        member: Read = kind
        return member
    if not issubclass(kind, _MOMENTS):
        raise TypeError(f"rows do not hold {kind}")
    read: Read = kind.fromisoformat
    return read


def _mapping(value: Read) -> Read:
    return lambda found: {name: value(each) for name, each in found.items()}


def _of(kinds: tuple[type, ...]) -> Read:
    """True is an integer to Python, and no number to us."""

    def read(found: Any) -> Any:
        if type(found) in kinds:
            return found
        raise ValueError(found)

    return read


def _optional(arguments: tuple[Any, ...]) -> Read:
    [kind] = [each for each in arguments if each is not NoneType]
    read = _reader(kind)
    return lambda found: None if found is None else read(found)


def _tuple(arguments: tuple[Any, ...]) -> Read:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        read = _reader(arguments[0])
        return lambda found: tuple(read(each) for each in _array(found))
    readers = [_reader(each) for each in arguments]
    return lambda found: tuple(_each(readers, _array(found)))


def _row(kind: Any) -> Read:
    """Types are looked up once a kind: a later row of it costs its values alone."""
    hints = get_type_hints(kind)
    readers = [_reader(hints[field.name]) for field in fields(kind)]
    return lambda found: kind(*_each(readers, _array(found)))


def _each(readers: list[Read], found: list[Any]) -> list[Any]:
    return [read(each) for read, each in zip(readers, found, strict=True)]


def _array(found: Any) -> list[Any]:
    if isinstance(found, list):
        return found
    raise ValueError(found)


def _refuse(constant: str) -> object:
    raise ValueError(constant)
