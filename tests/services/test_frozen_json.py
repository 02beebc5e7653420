"""Frozen rows come back from JSON as they were, or not at all."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import pytest

from desktop_app.services.home.frozen_json import MisshapenError, dump, load


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    colour: Colour
    at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    count: int
    share: float
    known: bool
    day: dt.date | None
    moment: dt.datetime
    inner: Inner
    others: tuple[Inner, ...]
    pair: tuple[str, int]
    by_name: Mapping[str, tuple[int, ...]]


ROW = Outer(
    3,
    0.1 + 0.2,
    known=True,
    day=dt.date(2021, 6, 14),
    moment=dt.datetime(2021, 6, 14, 9, 30, tzinfo=dt.UTC),
    inner=Inner("L’été — « ici »", Colour.RED, dt.time(9, 5)),
    others=(Inner("a", Colour.RED), Inner("b", Colour.RED)),
    pair=("x", 1),
    by_name={"a": (1, 2)},
)


def test_a_row_comes_back_as_it_was() -> None:
    assert load(Outer, dump(ROW)) == ROW
    bare = replace(ROW, day=None, others=(), by_name={}, share=1)
    assert load(Outer, dump(bare)) == bare


def test_kinds_come_back_as_they_were() -> None:
    back = load(Outer, dump(ROW))
    assert type(back.inner.colour) is Colour
    assert type(back.others) is tuple
    assert back.share == 0.30000000000000004


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (0, "3"), (0, 3.5), (0, True), (0, None), (1, "0,5"), (2, 1), (3, "14/06/2021"),
        (3, 20210614), (4, None), (5, []), (5, ["a", "blue", None]), (5, "a"), (6, None),
        (6, {}), (6, "ab"), (7, ["x"]), (7, ["x", 1, 2]), (8, []), (8, {"a": 1}),
    ],
)  # fmt: skip
def test_what_is_not_of_its_kind_is_refused(place: int, wrong: object) -> None:
    values = json.loads(dump(ROW))
    values[place] = wrong
    with pytest.raises(MisshapenError):
        load(Outer, json.dumps(values))


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "[1]", "1", "[NaN]", f"[{dump(ROW)}]"])
def test_what_is_no_row_is_refused(text: str) -> None:
    with pytest.raises(MisshapenError):
        load(Outer, text)
    longer = [*json.loads(dump(ROW)), 1]
    with pytest.raises(MisshapenError):
        load(Outer, json.dumps(longer))


def test_numbers_that_json_has_not_are_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump(replace(ROW, share=float("nan")))
    with pytest.raises(TypeError):
        dump(replace(ROW, inner=object()))  # type: ignore[arg-type]
