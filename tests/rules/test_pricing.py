from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.reference.rates import StateShare, contribution_bases, state_shares
from db.rules.pricing import LocalShare, Price, Rates, quote
from db.rules.states import Benefit

RATES = Rates(contribution_bases(), state_shares())
AUTUMN_2026 = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("on", "ladder_prices"),
    [
        (date(2021, 5, 1), (804_600, 563_220, 482_760, 402_300, 321_840)),
        (date(2023, 7, 1), (972_000, 680_400, 583_200, 486_000, 388_800)),
        (date(2026, 6, 30), (1_263_600, 884_520, 758_160, 631_800, 505_440)),
        (date(2026, 7, 1), (1_366_200, 956_340, 819_720, 683_100, 546_480)),
    ],
)
def test_a_years_card_costs_what_the_household_ladder_says(
    on: date, ladder_prices: tuple[int, ...]
) -> None:
    quoted = [quote(Benefit.HI, 12, {"KK"}, on, RATES, ladder=place) for place in range(1, 6)]

    assert tuple(price.gross for price in quoted) == ladder_prices
    assert tuple(price.donor for price in quoted) == ladder_prices


def test_the_ladder_stays_on_its_last_step() -> None:
    assert quote(Benefit.HI, 12, {"KK"}, AUTUMN_2026, RATES, ladder=9).gross == 546_480


@pytest.mark.parametrize(
    ("category", "donor"),
    [("HCN", 409_860), ("DTTS_NKK", 409_860), ("HSSV", 683_100), ("MSTB", 956_340), ("HN", 0)],
)
def test_the_donor_pays_what_the_state_leaves_of_a_card(category: str, donor: int) -> None:
    price = quote(Benefit.HI, 12, {category}, AUTUMN_2026, RATES)

    assert price.donor == donor
    assert price.gross == 1_366_200
    assert price.group == category


def test_people_with_a_state_share_do_not_take_the_household_ladder() -> None:
    third = quote(Benefit.HI, 12, {"HCN"}, AUTUMN_2026, RATES, ladder=3)

    assert third == quote(Benefit.HI, 12, {"HCN"}, AUTUMN_2026, RATES)


def test_pupils_had_a_smaller_share_before_july_2025() -> None:
    assert quote(Benefit.HI, 12, {"HSSV"}, date(2025, 6, 30), RATES).state_percent == 30
    assert quote(Benefit.HI, 12, {"HSSV"}, date(2025, 7, 1), RATES).state_percent == 50


@pytest.mark.parametrize(
    ("on", "category", "donor"),
    [
        (date(2021, 1, 1), "HN", 1_293_600),
        (date(2021, 1, 1), "HCN", 1_386_000),
        (date(2021, 1, 1), "KK", 1_663_200),
        (date(2024, 1, 1), "HN", 2_772_000),
        (date(2024, 1, 1), "HCN", 2_970_000),
        (date(2024, 1, 1), "KK", 3_564_000),
        (date(2026, 1, 1), "HN", 1_980_000),
        (date(2026, 1, 1), "HCN", 2_376_000),
        (date(2026, 1, 1), "DTTS", 2_772_000),
        (date(2026, 1, 1), "KK", 3_168_000),
        (date(2027, 1, 1), "HN", 2_904_000),
        (date(2027, 1, 1), "HCN", 3_484_800),
        (date(2027, 1, 1), "DTTS", 4_065_600),
        (date(2027, 1, 1), "KK", 4_646_400),
    ],
)
def test_a_years_book_costs_the_donor_the_residual(on: date, category: str, donor: int) -> None:
    assert quote(Benefit.SI, 12, {category}, on, RATES).donor == donor


def test_each_month_of_a_book_has_the_rate_of_its_own_month() -> None:
    price = quote(Benefit.SI, 3, {"KK"}, AUTUMN_2026, RATES)

    assert price.gross == 330_000 + 330_000 + 484_000
    assert price.donor == 264_000 + 264_000 + 387_200
    assert price.provisional


def test_only_prices_that_rest_on_2027_are_provisional() -> None:
    assert not quote(Benefit.SI, 2, {"KK"}, AUTUMN_2026, RATES).provisional
    assert quote(Benefit.HI, 12, {"KK"}, date(2027, 1, 1), RATES).provisional


def test_a_card_keeps_the_rate_of_the_day_it_is_paid() -> None:
    assert quote(Benefit.HI, 12, {"KK"}, date(2026, 6, 30), RATES).gross == 1_263_600


def test_the_highest_of_several_state_shares_counts() -> None:
    assert quote(Benefit.SI, 12, {"DTTS", "HCN"}, AUTUMN_2026, RATES).group == "HCN"
    assert (
        quote(Benefit.SI, 12, {"DTTS", "HCN"}, AUTUMN_2026, RATES, island=True).state_percent == 50
    )


def test_the_state_stops_after_120_months() -> None:
    price = quote(Benefit.SI, 12, {"KK"}, date(2026, 1, 1), RATES, subsidised_months=118)

    assert price.state == 2 * 66_000


def test_a_province_adds_its_share_but_never_more_than_what_is_left() -> None:
    some = LocalShare(
        effective_from=date(2026, 1, 1),
        province_code="40",
        benefit="hi",
        group="HCN",
        percent=20,
        source="NQ 1",
    )
    much = replace(some, percent=90)

    assert _with(some).local == 273_240
    assert _with(some).donor == 136_620
    assert _with(much).donor == 0
    assert _with(replace(some, province_code="38")).local == 0
    assert _with(replace(some, effective_from=date(2026, 12, 1))).local == 0


def test_a_later_share_replaces_the_earlier_one_even_with_nothing() -> None:
    ended = StateShare(date(2026, 9, 1), "hi", "MSTB", 0, "NĐ 1")
    rates = replace(RATES, state_shares=(ended, *RATES.state_shares))

    assert quote(Benefit.HI, 12, {"MSTB"}, date(2026, 8, 31), rates).state_percent == 30
    assert quote(Benefit.HI, 12, {"MSTB"}, date(2026, 9, 1), rates).state_percent == 0


def test_a_day_before_all_rates_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        quote(Benefit.HI, 12, {"KK"}, date(2001, 1, 1), RATES)

    assert refusal.value.code == "rates_missing"


@given(
    benefit=st.sampled_from(Benefit),
    months=st.integers(1, 12),
    categories=st.frozensets(st.sampled_from(["HN", "HCN", "HSSV", "DTTS", "KK", "MSTB"])),
    on=st.dates(date(2018, 12, 1), date(2028, 1, 1)),
    percent=st.integers(0, 100),
    ladder=st.integers(1, 7),
)
def test_the_parts_add_up_to_the_gross(
    benefit: Benefit,
    months: int,
    categories: frozenset[str],
    *,
    on: date,
    percent: int,
    ladder: int,
) -> None:
    local = LocalShare(
        effective_from=date(2018, 1, 1),
        province_code="40",
        benefit=benefit,
        group="OTHER",
        percent=percent,
        source="NQ 1",
    )
    rates = replace(RATES, local_shares=(local,))

    price = quote(
        benefit,
        months,
        categories,
        on,
        rates,
        province_code="40",
        ladder=ladder,
    )

    assert price.gross == price.state + price.local + price.donor
    assert min(price.gross, price.state, price.local, price.donor) >= 0


def _with(local: LocalShare) -> Price:
    rates = replace(RATES, local_shares=(local,))
    return quote(Benefit.HI, 12, {"HCN"}, AUTUMN_2026, rates, province_code="40")
