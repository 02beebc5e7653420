"""Every value of every list has its own French word."""

from enum import StrEnum

import pytest

from desktop_app.services import vocabulary
from desktop_app.services.vocabulary import label

LISTS = [
    found
    for name in vocabulary.__all__
    if isinstance(found := getattr(vocabulary, name), type) and issubclass(found, StrEnum)
]


@pytest.mark.parametrize("enum", LISTS, ids=lambda enum: enum.__name__)
def test_every_value_has_its_word(enum: type[StrEnum]) -> None:
    words = [label(member) for member in enum]
    assert all(words)
    assert len(set(words)) == len(words)


def test_two_lists_that_share_a_value_keep_their_own_words() -> None:
    """Members of two enums of texts are equal when their texts are."""
    assert label(vocabulary.ResultState.REACHED) == "Cible atteinte"
    assert label(vocabulary.Movement.REACHED) == "atteinte"
    assert label(vocabulary.ObjectiveLevel.OUTPUT) == "Réalisation"
    assert label(vocabulary.Level.OUTPUT) == "Réalisations"
    assert label(vocabulary.ResultState.NO_DATA) == "Sans donnée"
    assert label(vocabulary.Movement.NO_DATA) == "sans donnée"
