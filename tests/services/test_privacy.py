"""The hints about personal data: what must be noticed, and what must stay quiet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.notebook.privacy import SuspicionKind, replaced, replacement, suspicions


@pytest.mark.parametrize(
    ("text", "kind", "passage"),
    [
        ("Lucas Untel utilise la cabane.", SuspicionKind.NAME, "Lucas Untel"),
        ("Échange avec Zélie Grandval dans le couloir.", SuspicionKind.NAME, "Zélie Grandval"),
        ("Vu M. Dupont à 14 h.", SuspicionKind.NAME, "M. Dupont"),
        ("La fille de Mme de Kergoat", SuspicionKind.NAME, "Mme de Kergoat"),
        ("Monsieur LEFÈVRE refuse.", SuspicionKind.NAME, "Monsieur LEFÈVRE"),
        ("Jean-Pierre DURAND dort mieux", SuspicionKind.NAME, "Jean-Pierre DURAND"),
        ("rappeler au 06 12 34 56 78 demain", SuspicionKind.PHONE, "06 12 34 56 78"),
        ("+33 1 34 25 30 30", SuspicionKind.PHONE, "+33 1 34 25 30 30"),
        ("écrire à l.untel@exemple.fr.", SuspicionKind.EMAIL, "l.untel@exemple.fr"),
        ("NIR 1 84 12 76 451 089 46", SuspicionKind.NIR, "1 84 12 76 451 089 46"),
        ("284127645108946", SuspicionKind.NIR, "284127645108946"),
    ],
)
def test_personal_data_is_noticed(text: str, kind: SuspicionKind, passage: str) -> None:
    (found,) = suspicions(text)
    assert (found.kind, found.text) == (kind, passage)
    assert text[found.start : found.end] == passage


@pytest.mark.parametrize(
    "text",
    [
        "Accueil par la directrice. Visite des trois espaces.",
        "L’équipe de jour s’est approprié les supports ; l’équipe de nuit n’a pas été formée.",
        "Passage au collège Jules Verne puis rue Victor Hugo.",
        "Le Val d’Oise et Fondation Etre, avec Duo for a job.",
        "Les Tilleuls accueillent 84 résidents. Nous Revenons en mai.",
        "SIRET 00000095000014, FINESS 950999011",
        "12 à 16 ans, 8,4 en moyenne, 1 234 500 euros",
        "",
    ],
)
def test_ordinary_notes_stay_quiet(text: str) -> None:
    assert suspicions(text) == ()


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        ("Résidents, 12–16 ans", "un résident"),
        ("les résidentes", "un résident"),
        ("Collégiens", "une personne"),
        ("Président du CVS", "une personne"),
        ("", "une personne"),
    ],
)
def test_a_name_gives_way_to_words_that_suit_the_audience(audience: str, words: str) -> None:
    assert replacement(audience) == words


def test_names_known_to_the_notebook_may_be_written() -> None:
    text = "Retour vers Louise Michel en navette."
    assert suspicions(text)
    assert suspicions(text, known=["Collège Louise Michel"]) == ()


def test_several_are_given_in_reading_order_without_overlap() -> None:
    text = "Mme Marie Untel (marie.untel@exemple.fr, 0612345678)"
    kinds = [one.kind for one in suspicions(text)]
    assert kinds == [SuspicionKind.NAME, SuspicionKind.EMAIL, SuspicionKind.PHONE]


def test_replacing_keeps_the_rest_and_the_capital_of_a_sentence() -> None:
    text = "Lucas Untel sourit. Avec Lucas Untel, on lit."
    first, second = suspicions(text)
    assert replaced(text, first) == "Une personne sourit. Avec Lucas Untel, on lit."
    assert replaced(text, second) == "Lucas Untel sourit. Avec une personne, on lit."


def test_a_passage_that_moved_is_left_alone() -> None:
    (found,) = suspicions("Lucas Untel sourit.")
    assert replaced("Une autre phrase.", found) == "Une autre phrase."


@given(st.text(max_size=400))
def test_any_text_is_read_without_failing(text: str) -> None:
    for one in suspicions(text):
        assert text[one.start : one.end] == one.text
