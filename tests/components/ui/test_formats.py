"""Vietnamese numbers, money and dates, written and read."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.ui import formats


def test_thousands_take_a_point_and_decimals_a_comma() -> None:
    assert formats.number(1234) == "1.234"
    assert formats.number(-12345678) == "−12.345.678"
    assert formats.decimal(1234.5) == "1.234,5"
    assert formats.decimal(0.125, 2) == "0,13"


def test_a_share_is_shown_in_percent_and_a_difference_in_points() -> None:
    assert formats.percent(0.631) == "63,1%"
    assert formats.percent(1.02, 0) == "102%"
    assert formats.percent(0.145, 0) == "15%"  # 0.145 * 100 falls short of its half
    assert formats.points(-0.076) == "−7,6 điểm %"
    assert formats.points(0.05) == "+5,0 điểm %"
    assert formats.points(-0.0001) == "0,0 điểm %"


def test_money_is_whole_dong() -> None:
    assert formats.money(120_000_000) == "120.000.000 ₫"
    assert formats.money_words(120_000_000) == "một trăm hai mươi triệu đồng"


def test_days_are_written_day_first() -> None:
    assert formats.day(date(2026, 9, 15)) == "15/09/2026"
    assert formats.day_month(date(2026, 9, 5)) == "05/09"
    assert formats.weekday_day(date(2026, 9, 15)) == "thứ Ba 15/09/2026"
    assert formats.weekday_day(date(2026, 9, 20)) == "Chủ nhật 20/09/2026"


def test_a_moment_is_shown_on_the_clock_of_vietnam() -> None:
    late = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    assert formats.day_time(late) == "01/01/2026 00:30"
    assert formats.day(late) == "01/01/2026"
    assert formats.clock_time(late) == "00:30"


def test_a_moment_without_a_time_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.day_time(datetime(2026, 1, 1, 8, 0))  # noqa: DTZ001 - the case under test


def test_a_birth_date_shows_only_what_is_known() -> None:
    assert [formats.birth(known) for known in ("1957", "1957-03", "1957-03-05", None)] == [
        "1957",
        "03/1957",
        "05/03/1957",
        "",
    ]


def test_a_number_of_a_person_shows_its_last_four_digits_only() -> None:
    assert formats.mask_number("040058001204") == "••••••••1204"
    assert formats.mask_number("1204") == "••••"
    assert formats.mask_number(None) == ""


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120.000.000", 120_000_000),
        ("120 000 000 đ", 120_000_000),
        ("120tr", 120_000_000),
        ("120 Triệu đồng", 120_000_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("1,2 tỉ", 1_200_000_000),
        ("500k", 500_000),
        ("1.263.600 ₫", 1_263_600),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_type_it(text: str, amount: int) -> None:
    assert formats.parse_money(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đ",
        "abc",
        "1.2 tỷ",
        "120,000,000",
        "1,5",
        "12.00",
        "-5",
        "120tr 500",
        "1 tỷ 2 tỷ",
        "٣tr",
        "9" * 5000,
        "9" * 5000 + " tỷ",
    ],
)
def test_an_amount_in_doubt_is_not_guessed(text: str) -> None:
    assert formats.parse_money(text) is None


@given(st.integers(min_value=0, max_value=10**15))
def test_money_that_we_wrote_is_read_back(amount: int) -> None:
    assert formats.parse_money(formats.money(amount)) == amount
    assert formats.parse_count(formats.number(amount)) == amount


@given(st.text(max_size=20))
def test_no_text_breaks_the_readers(text: str) -> None:
    formats.parse_money(text)
    formats.parse_count(text)
    formats.parse_day(text)


def test_a_count_is_whole_and_not_negative() -> None:
    assert [formats.parse_count(text) for text in ("1.200", " 12 ", "1,5", "-1", "1.20", "")] == [
        1200,
        12,
        None,
        None,
        None,
        None,
    ]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_a_day_that_we_wrote_is_read_back(value: date) -> None:
    assert formats.parse_day(formats.day(value)) == value


@pytest.mark.parametrize("text", ["31/02/1958", "15/9/26", "09/15/2026", "2026-09-15", "15/9-2026"])
def test_a_day_in_doubt_is_not_guessed(text: str) -> None:
    assert formats.parse_day(text) is None


@pytest.mark.parametrize("places", [0, 1])
def test_a_percentage_is_rounded_alike_in_words_and_in_cells(places: int) -> None:
    for goal in (8, 200, 365, 1000):
        for done in range(goal + 1):
            words = formats.percent(done / goal, places).rstrip("%").replace(",", ".")
            assert float(words) == formats.per_cent(done / goal, places)
