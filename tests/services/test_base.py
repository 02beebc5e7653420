"""Cleaned values and live records."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.services.base import TEXT_LIMIT, clean, clean_line, clean_text, get
from desktop_app.services.collation import folded
from desktop_app.services.vocabulary import Polarity
from desktop_app.store.notebook import Notebook


def test_control_characters_leave_but_lines_and_tabs_stay() -> None:
    assert clean_text("a\x00b\x07\x1b[31mc\tligne\r\nautre\rfin\x85\ud800") == (
        "ab[31mc\tligne\nautre\nfin"
    )


def test_what_no_xml_file_can_hold_leaves() -> None:
    assert clean_text("a\ufffeb\uffffc\ufffd\U0001f600") == "abc\ufffd\U0001f600"


def test_text_is_composed() -> None:
    assert clean_text("e\u0301te\u0301") == "été"


def test_a_formula_is_only_text() -> None:
    assert clean_text('=HYPERLINK("http://x")') == '=HYPERLINK("http://x")'


def test_a_hundred_thousand_characters_are_kept_and_one_more_refused() -> None:
    assert len(clean_text("é" * TEXT_LIMIT)) == TEXT_LIMIT
    with pytest.raises(UserError, match="100\u202f001 caractères"):
        clean_text("é" * (TEXT_LIMIT + 1))


@given(st.text(st.characters(), max_size=300))
def test_cleaning_twice_changes_nothing_and_leaves_storable_text(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")
    assert unicodedata.is_normalized("NFC", once)
    assert not any(
        unicodedata.category(char) == "Cc" for char in once.replace("\n", "").replace("\t", "")
    )


def test_a_line_has_no_break() -> None:
    assert clean_line("  Directrice,\néquipe\téducative ") == "Directrice, équipe éducative"


def test_values_are_cleaned_by_kind() -> None:
    assert clean(Polarity.POSITIVE) == "positive"
    assert type(clean(Polarity.POSITIVE)) is str
    assert clean(("a\x00", "b")) == ["a", "b"]
    with pytest.raises(UserError, match="1900"):
        clean(dt.date(1900, 1, 1))
    with pytest.raises(UserError, match="2100"):
        clean(dt.date(2100, 1, 1))


def test_a_deleted_record_is_gone(notebook: Notebook) -> None:
    with notebook.write() as uow:
        site = uow.add(Site(name="Ancien"))
        uow.flush()
        uow.delete(site)
    with notebook.read() as session, pytest.raises(UserError, match="Ce site n’existe plus"):
        get(session, Site, site.id)


def test_french_order() -> None:
    names = ["Zola", "École", "ecoute", "Écluse", "Œuvre", "Oeillet", "abri"]
    assert sorted(names, key=folded) == [
        "abri", "Écluse", "École", "ecoute", "Oeillet", "Œuvre", "Zola",
    ]  # fmt: skip
