"""Numbers that name a person are repaired only where nothing else is possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.cells import Reading
from db.rules.identity import read_bhxh, read_cccd, read_hi_card, read_phone, read_sex


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]


@pytest.mark.parametrize(
    "written",
    [
        "040156001204",
        "040 156 001 204",
        "'040156001204",
        "040156001204.0",
        "O4O156OO12O4",
        " 040.156.001.204",
        "CCCD: 040156001204",
        "040156001204 (CCCD)",
        '="040156001204"',
    ],
)
def test_twelve_digits_are_found_under_the_dirt(written: str) -> None:
    assert read_cccd(written) == Reading("040156001204")


@pytest.mark.parametrize(
    "written",
    [
        *("", "không", "k có", "chưa cấp", "Chưa có", "x", "-"),
        *("chưa làm lại", "đang chờ cấp", "không nhớ số", "Chưa có CCCD"),
    ],
)
def test_a_missing_number_is_a_warning(written: str) -> None:
    reading = read_cccd(written)
    assert (reading.value, codes(reading)) == (None, ["cccd_missing"])
    assert not reading.findings[0].is_error


def test_a_lost_zero_is_restored_when_place_birth_and_sex_agree() -> None:
    reading = read_cccd("40156001204", birth="1956-03-05", sex="F")
    assert (reading.value, codes(reading)) == ("040156001204", ["cccd_zero_restored"])


def test_two_lost_zeros_are_restored_only_for_five_provinces_and_fitting_births() -> None:
    assert read_cccd("1156001204", birth="1956", sex="F").value == "001156001204"
    assert codes(read_cccd("1156001204", birth="1957", sex="F")) == ["cccd_looks_like_bhxh"]
    assert codes(read_cccd("1156001204")) == ["cccd_looks_like_bhxh"]


def test_eleven_digits_that_do_not_fit_the_birth_are_an_error() -> None:
    assert codes(read_cccd("40156001204", birth="1957")) == ["cccd_length"]
    assert codes(read_cccd("99156001204", birth="1956")) == ["cccd_length"]


def test_eleven_digits_without_a_birth_are_offered_and_taken_only_from_number_cells() -> None:
    assert read_cccd("40156001204").findings[0].suggestion == "040156001204"
    assert read_cccd("40156001204", was_number=True).value == "040156001204"


def test_a_number_cell_of_eleven_digits_has_lost_its_zero_whatever_the_row_says() -> None:
    reading = read_cccd("40156001204", birth="1957", sex="M", was_number=True)
    assert reading.value == "040156001204"
    assert codes(reading) == ["cccd_zero_restored", "cccd_birth_mismatch", "cccd_sex_mismatch"]
    typed = read_cccd("40156001204", birth="1957", sex="M")
    assert (typed.value, typed.findings[0].suggestion) == (None, "040156001204")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("7.91E+10", "cccd_scientific"),
        ("7,91e+10", "cccd_scientific"),
        ("04015600120A", "cccd_not_digits"),
        ("0401560012", "cccd_looks_like_bhxh"),
        ("0401560012041", "cccd_length"),
        ("1234", "cccd_length"),
        ("000000000000", "cccd_impossible"),
        ("111111111111", "cccd_impossible"),
        ("040156001204 / 040161000011", "cccd_two_numbers"),
    ],
)
def test_what_is_no_citizen_number_is_an_error(written: str, code: str) -> None:
    reading = read_cccd(written)
    assert (reading.value, codes(reading)) == (None, [code])
    assert reading.findings[0].is_error


def test_disagreement_with_birth_sex_or_province_is_a_warning_that_keeps_the_number() -> None:
    reading = read_cccd("040156001204", birth="1957", sex="M")
    assert reading.value == "040156001204"
    assert codes(reading) == ["cccd_birth_mismatch", "cccd_sex_mismatch"]
    assert codes(read_cccd("003156001204")) == ["cccd_unknown_origin"]
    assert codes(read_cccd("104156001204")) == ["cccd_unknown_origin"]
    assert codes(read_cccd("001156001204")) == []


def test_an_old_card_of_nine_digits_is_a_warning() -> None:
    assert (read_cccd("186123456").value, codes(read_cccd("186123456"))) == (
        None,
        ["old_identity_card"],
    )


def test_insurance_numbers() -> None:
    assert read_bhxh("4012345678") == Reading("4012345678")
    assert read_bhxh("123456789").value == "0123456789"
    assert read_bhxh("GD4404012345678").value == "4012345678"
    assert read_bhxh("040156001204", cccd="040156001204") == Reading(None)
    assert codes(read_bhxh("040156001204")) == ["bhxh_is_cccd"]
    assert codes(read_bhxh("12345")) == ["bhxh_length"]
    assert codes(read_bhxh("4.01E+9")) == ["bhxh_length"]
    assert codes(read_bhxh("40123x5678a")) == ["bhxh_not_digits"]


def test_cards() -> None:
    assert read_hi_card("gd 4 40 40123 45678").value == "GD4404012345678"
    assert read_hi_card("GD440401234567801001").value == "GD4404012345678"
    assert read_hi_card("4012345678").value == "4012345678"
    assert codes(read_hi_card("GD9404012345678")) == ["hi_card_format"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0912 345 678", "0912345678"),
        ("912345678", "0912345678"),
        ("+84.912.345.678", "0912345678"),
        ("01681234567", "0381234567"),
        ("1681234567", "0381234567"),
        ("02383841234", "02383841234"),
        ("0084912345678", "0912345678"),
        ("(+84) 0912345678", "0912345678"),
        ("09l2345678", "0912345678"),
        ("2383841234", "02383841234"),
        ("12345", None),
    ],
)
def test_phones(written: str, number: str | None) -> None:
    assert read_phone(written).value == number


@pytest.mark.parametrize(
    "written",
    ["0912345678/0987654321", "0912345678 - 0987654321", "0912345678 hoặc 0987654321"],
)
def test_of_two_phones_the_first_is_taken_with_a_warning(written: str) -> None:
    reading = read_phone(written)
    assert (reading.value, codes(reading)) == ("0912345678", ["phone_two_numbers"])


def test_sexes() -> None:
    assert [read_sex(text).value for text in ("Nam", "NỮ", "nu", "1", "0", "F", "")] == [
        *("M", "F", "F", "M", "F", "F"),
        None,
    ]
    assert codes(read_sex("khác")) == ["sex_unknown"]


@given(st.text(max_size=30))
def test_no_text_makes_the_reading_of_a_number_fail(text: str) -> None:
    for reading in (read_cccd(text), read_bhxh(text), read_hi_card(text), read_phone(text)):
        assert reading.value is None or reading.value.isascii()


@given(st.from_regex(r"\A0[0-9]{11}\Z"))
def test_reading_a_read_number_changes_nothing(number: str) -> None:
    first = read_cccd(number).value
    if first is not None:
        assert read_cccd(first).value == first


def test_words_for_a_sex() -> None:
    assert [read_sex(text).value for text in ("Nam giới", "Nữ giới", "con gái")] == ["M", "F", "F"]


def test_a_card_with_slips_or_with_letters_that_no_card_has() -> None:
    assert read_hi_card("HN24O1234567890") == Reading("HN2401234567890")
    assert read_hi_card("ĐT2401234567890") == Reading("DT2401234567890")
    unknown = read_hi_card("ZZ4401234567890")
    assert (unknown.value, codes(unknown)) == ("ZZ4401234567890", ["hi_card_unknown_code"])


def test_ten_equal_digits_are_no_insurance_number() -> None:
    assert codes(read_bhxh("0000000000")) == ["bhxh_impossible"]
