import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import UserError
from desktop_app.services.programme.identifiers import (
    UAI_KEYS,
    check_insee,
    check_siren,
    check_siret,
    check_uai,
    finess_warning,
    insee_warning,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("00000095000014", "00000095000014"),
        ("000 000 950 00014", "00000095000014"),
        ("000\u202f000\u00a0950 00014 ", "00000095000014"),
        ("732 829 320 00074", "73282932000074"),  # the example of INSEE's own notice
        ("", ""),
        ("   ", ""),
    ],
)
def test_siret(typed: str, kept: str) -> None:
    assert check_siret(typed) == kept


def test_siret_of_la_poste_adds_up_to_a_multiple_of_five() -> None:
    assert check_siret("356 000 000 00006") == "35600000000006"  # 3 + 5 + 6 + 6 = 20
    assert check_siret("356 000 000 49837") == "35600000049837"  # its Luhn key is wrong
    with pytest.raises(UserError, match="est faux"):
        check_siret("356 000 000 00007")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("00000095000015", "est faux"),
        ("73282932100074", "est faux"),
        ("0000009500001", "14\u00a0chiffres"),
        ("000000950000140", "14\u00a0chiffres"),
        ("0000009500001A", "14\u00a0chiffres"),
        ("٠٠٠٠٠٠٩٥٠٠٠٠١٤", "14\u00a0chiffres"),
    ],
)
def test_a_wrong_siret_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        check_siret(typed)


def test_siret_needs_a_valid_siren_too() -> None:
    # Luhn holds on the fourteen digits, not on the first nine
    with pytest.raises(UserError):
        check_siret("00000001000017")


def test_siren() -> None:
    assert check_siren("732 829 320") == "732829320"
    assert check_siren("") == ""
    for wrong in ("732829321", "73282932", "7328293200"):
        with pytest.raises(UserError):
            check_siren(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0951099D", "0951099D"),
        ("0959901W", "0959901W"),
        ("0959902x", "0959902X"),
        ("095 1099 d", "0951099D"),
        ("", ""),
    ],
)
def test_uai(typed: str, kept: str) -> None:
    assert check_uai(typed) == kept


@pytest.mark.parametrize("typed", ["0951099A", "0961099D", "951099D", "09510990", "0959901", "é"])
def test_a_wrong_uai_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        check_uai(typed)


@given(st.sampled_from(["001", "095", "974", "620", "720"]), st.integers(0, 9999))
def test_exactly_one_letter_makes_a_valid_uai(head: str, number: int) -> None:
    digits = f"{head}{number:04d}"
    valid = []
    for letter in UAI_KEYS:
        try:
            valid.append(check_uai(digits + letter))
        except UserError:
            continue
    assert len(valid) == 1


@pytest.mark.parametrize("typed", ["950999011", "950999029", "950 999 011", ""])
def test_finess_of_the_demonstration_gives_no_warning(typed: str) -> None:
    assert finess_warning(typed) is None


@pytest.mark.parametrize("typed", ["950999012", "95099901", "9509990110", "ZZ0999011"])
def test_a_doubtful_finess_only_warns(typed: str) -> None:
    assert "FINESS" in (finess_warning(typed) or "")


def test_finess_of_corsica_reads_a_as_1_and_b_as_2() -> None:
    assert finess_warning("2A0000010") != finess_warning("2A0000010"[:8] + "1")
    valid = [key for key in range(10) if finess_warning(f"2B000001{key}") is None]
    assert len(valid) == 1
    assert valid == [key for key in range(10) if finess_warning(f"22000001{key}") is None]


@pytest.mark.parametrize(
    ("typed", "kept"), [("95127", "95127"), ("2a004", "2A004"), ("95 127", "95127"), ("", "")]
)
def test_insee_code_is_text(typed: str, kept: str) -> None:
    assert check_insee(typed) == kept


@pytest.mark.parametrize("typed", ["9512", "951270", "Cergy", "2C004"])
def test_an_impossible_insee_code_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="code commune"):
        check_insee(typed)


@pytest.mark.parametrize(
    ("code", "postcode", "words"),
    [
        ("95000", "95000", "code postal"),
        ("75056", "95000", "même département"),
        ("95127", "95000", None),
        ("2A004", "20000", None),
        ("97411", "97400", None),
        ("97411", "97100", "même département"),
        ("95127", "", None),
        ("", "95000", None),
    ],
)
def test_insee_warning(code: str, postcode: str, words: str | None) -> None:
    warning = insee_warning(code, postcode)
    assert (warning is None) if words is None else (words in (warning or ""))
