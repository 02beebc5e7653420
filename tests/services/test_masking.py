"""Secondary masking, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.masking import masked, withheld


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([24, 22, 18], set()),
        # 49 in all, 24 + 22 shown: the 3 would be a subtraction away, so the 22 go too
        ([24, 22, 3], {1, 2}),
        ([24, 3], {0, 1}),
        # 3 + 2 = 5 people: the total tells the two together, no one of them
        ([24, 3, 2], {1, 2}),
        # 1 + 2 = 3 people: still a count under 5
        ([24, 12, 1, 2], {1, 2, 3}),
        # nobody in a category tells who is in the next one
        ([0, 9, 7], {0, 2}),
        # the first of two as small
        ([8, 8, 4], {0, 2}),
        # an unknown count is taken when there is no other
        ([None, 3, 12], {1, 2}),
        ([None, 3], {0, 1}),
        ([None, None], set()),
        ([3], {0}),
        ([], set()),
    ],
)
def test_a_masked_category_takes_the_smallest_others_with_it(
    counts: list[int | None], expected: set[int]
) -> None:
    assert masked(counts, 5) == expected


def test_nothing_is_masked_without_a_threshold() -> None:
    assert masked([0, 1, 2], 0) == frozenset()


def test_the_whole_audience_is_judged_alone() -> None:
    assert withheld([("", 49), ("F", 24), ("H", 22), ("NP", 3)], 5) == {2, 3}
    assert withheld([("", 4), ("F", 2), ("H", 2)], 5) == {0, 1, 2}
    assert withheld([("", 4)], 5) == {0}
    assert withheld([("", 49)], 5) == frozenset()


@given(st.lists(st.none() | st.integers(0, 40), max_size=8), st.integers(0, 10))
def test_what_a_total_tells_covers_two_categories_or_none_is_left(
    counts: list[int | None], mask_below: int
) -> None:
    hidden = masked(counts, mask_below)
    assert {p for p, n in enumerate(counts) if n is not None and n < mask_below} <= hidden
    if hidden and len(hidden) < len(counts):
        assert len(hidden) > 1
        known = [counts[place] or 0 for place in hidden]
        assert sum(known) >= mask_below
