"""Which values stay in the program: those on too few people, and those that would tell them.

A breakdown goes out beside its total. When the total and the other categories are known, the one
that is masked is only a subtraction away: so others, the smallest first, are masked with it.
"""

from collections.abc import Sequence


def masked(counts: Sequence[int | None], mask_below: int) -> frozenset[int]:
    """Places of the categories to mask among those of one breakdown, given how many people each.

    Those under ``mask_below``; then the smallest others until the masked ones are two at least and
    ``mask_below`` people together: that is all the total tells of them. An unknown count is not
    masked by itself, and taken last.
    """
    few = [place for place, n in enumerate(counts) if n is not None and n < mask_below]
    if not few:
        return frozenset()
    people = sum(counts[place] or 0 for place in few)
    others = [place for place in range(len(counts)) if place not in few]
    others.sort(key=lambda place: (counts[place] is None, counts[place] or 0, place))
    for place in others:
        if len(few) > 1 and people >= mask_below:
            break
        few.append(place)
        people += counts[place] or 0
    return frozenset(few)


def withheld(values: Sequence[tuple[str, int | None]], mask_below: int) -> frozenset[int]:
    """Places to mask among the values of one indicator, site and day: (category, people) each.

    The whole audience (category '') is judged by its own count alone.
    """
    parts = [place for place, (category, _) in enumerate(values) if category]
    hidden = masked([values[place][1] for place in parts], mask_below)
    found = {parts[place] for place in hidden}
    found.update(
        place
        for place, (category, n) in enumerate(values)
        if not category and n is not None and n < mask_below
    )
    return frozenset(found)
