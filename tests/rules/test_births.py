"""Births keep their precision; nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.births import as_typed, cccd_birth_year, read_birth, read_birth_parts, swapped

TODAY = date(2026, 11, 22)


def error_of(text: str) -> str | None:
    reading = read_birth(text, today=TODAY)
    return reading.findings[0].code if reading.findings else None


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        ("1957", "1957"),
        ("1957.0", "1957"),
        ("5/3/1956", "1956-03-05"),
        ("05.03.1956", "1956-03-05"),
        ("05-03-56", "1956-03-05"),
        ("'01/01/1950", "1950-01-01"),
        ("03/1956", "1956-03"),
        ("00/00/1950", "1950"),
        ("00/03/1950", "1950-03"),
        ("1970-03-05", "1970-03-05"),
        ("1970-03-05 00:00:00", "1970-03-05"),
        ("19700305", "1970-03-05"),
        ("05031970", "1970-03-05"),
        ("ngày 5 tháng 3 năm 1956", "1956-03-05"),
        ("Tháng 3 năm 1956", "1956-03"),
        ("Sinh năm 1956", "1956"),
        ("29/02/2004", "2004-02-29"),
        ("xx/xx/1950", "1950"),
        ("?/03/1950", "1950-03"),
        ("5 tháng 3, 1956", "1956-03-05"),
        ("05-Thg3-56", "1956-03-05"),
        ("Mar 5, 1956", "1956-03-05"),
        ("1956 - 03 - 05", "1956-03-05"),
    ],
)
def test_every_way_of_writing_a_birth_keeps_its_precision(written: str, birth: str) -> None:
    reading = read_birth(written, today=TODAY)
    assert (reading.value, reading.findings) == (birth, ())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "birth_missing"),
        ("không nhớ", "birth_unreadable"),
        ("1/2", "birth_unreadable"),
        ("31/02/1990", "birth_impossible"),
        ("29/02/2001", "birth_impossible"),
        ("05/00/1990", "birth_impossible"),
        ("03/25/1956", "birth_impossible"),
        ("5/3/15", "birth_century"),
        ("12/2026", "birth_future"),
        ("2027", "birth_future"),
        ("1899", "birth_too_old"),
    ],
)
def test_a_birth_that_cannot_be_is_an_error(written: str, code: str) -> None:
    assert error_of(written) == code
    assert read_birth(written, today=TODAY).value is None


@pytest.mark.parametrize(
    ("written", "birth", "code"),
    [
        ("khoảng 1956", "1956", "birth_about"),
        ("1956?", "1956", "birth_about"),
        ("O5/O3/l956", "1956-03-05", "birth_cleaned"),
        ("05,03,1956", "1956-03-05", "birth_cleaned"),
        ("05/031956", "1956-03-05", "birth_cleaned"),
        ("05/03/1956 07:00", "1956-03-05", "birth_cleaned"),
        ("1.956", "1956", "birth_cleaned"),
        ("5031956", "1956-03-05", "birth_cleaned"),
        ("195603", "1956-03", "birth_cleaned"),
        ("031956", "1956-03", "birth_cleaned"),
    ],
)
def test_slips_and_doubts_are_read_with_a_warning(written: str, birth: str, code: str) -> None:
    reading = read_birth(written, today=TODAY)
    assert reading.value == birth
    assert [(found.code, found.is_error) for found in reading.findings] == [(code, False)]


def test_the_month_first_order_is_offered_or_taken_when_told() -> None:
    assert read_birth("03/25/1956", today=TODAY).findings[0].suggestion == "25/03/1956"
    assert read_birth("03/25/1956", today=TODAY, month_first=True).value == "1956-03-25"


def test_a_citizen_number_settles_the_century() -> None:
    assert read_birth("5/3/15", today=TODAY, cccd="040215000001").value == "2015-03-05"


def test_a_serial_number_of_excel_is_a_day_with_a_warning() -> None:
    reading = read_birth("20883", today=TODAY)
    assert (reading.value, reading.findings[0].code) == ("1957-03-04", "birth_excel_serial")
    assert not reading.findings[0].is_error


def test_a_year_typed_into_a_day_cell_is_recognised() -> None:
    reading = read_birth("1905-05-10", today=TODAY)
    assert (reading.findings[0].code, reading.findings[0].suggestion) == ("birth_too_old", "1957")


def test_the_oldest_person_believed_is_120() -> None:
    assert read_birth("22/11/1906", today=TODAY).value == "1906-11-22"
    assert error_of("21/11/1905") == "birth_too_old"


def test_three_columns_make_one_birth() -> None:
    assert read_birth_parts("5", "3", "1956", today=TODAY).value == "1956-03-05"
    assert read_birth_parts("", "", "1956", today=TODAY).value == "1956"
    assert read_birth_parts("5", "3", "56", today=TODAY).findings[0].code == "birth_unreadable"


def test_only_an_ambiguous_day_can_be_swapped() -> None:
    assert swapped("1956-03-05") == "1956-05-03"
    assert [swapped(birth) for birth in ("1956-03-25", "1956-03-03", "1956-03", "1956")] == [
        None
    ] * 4


def test_the_citizen_number_holds_the_year() -> None:
    assert cccd_birth_year("040156001204") == 1956
    assert cccd_birth_year("040215001204") == 2015


@given(st.dates(date(1910, 1, 1), TODAY))
def test_a_birth_written_by_hand_reads_back_the_same(day: date) -> None:
    for birth in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert read_birth(as_typed(birth), today=TODAY).value == birth


@given(st.text(max_size=20))
def test_no_text_makes_the_reading_of_a_birth_fail(text: str) -> None:
    reading = read_birth(text, today=TODAY)
    assert (reading.value is None) == any(found.is_error for found in reading.findings)
