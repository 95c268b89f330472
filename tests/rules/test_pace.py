"""Pace, status and forecast of a goal."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.rules.pace import (
    CommuneRow,
    DayTotal,
    Order,
    Stage,
    Status,
    bottleneck,
    forecast,
    gap,
    in_order,
    pace,
    shortfall,
    status,
)

START, END = date(2026, 1, 1), date(2026, 12, 31)


def test_pace_is_the_share_of_the_plan_that_has_passed() -> None:
    assert pace(START, END, date(2026, 9, 15)) == 258 / 365
    assert pace(START, END, END) == 1
    assert pace(START, END, date(2025, 12, 31)) == 0
    assert pace(START, END, date(2027, 3, 1)) == 1


def test_a_plan_may_lie_across_the_new_year() -> None:
    assert pace(date(2025, 12, 1), date(2026, 2, 28), date(2026, 1, 14)) == 45 / 90


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (1000, Status.REACHED),
        (999, Status.ON_PACE),
        (485, Status.ON_PACE),
        (484, Status.BEHIND),
        (415, Status.BEHIND),
        (414, Status.FAR_BEHIND),
        (0, Status.FAR_BEHIND),
    ],
)
def test_the_status_follows_the_ratio_to_the_pace(pieces: int, expected: Status) -> None:
    assert status(pieces, 1000, 0.5) is expected


def test_being_far_behind_is_possible_in_january() -> None:
    assert status(10, 1000, pace(START, END, date(2026, 1, 10))) is Status.FAR_BEHIND


def test_small_goals_and_missing_goals_are_not_judged() -> None:
    assert status(3, 19, 0.9) is Status.TOO_SMALL
    assert status(19, 19, 0.9) is Status.TOO_SMALL
    assert status(3, 20, 0.9) is Status.FAR_BEHIND
    assert status(3, None, 0.9) is Status.NO_GOAL
    assert status(3, 0, 0.9) is Status.NO_GOAL


def test_nobody_is_late_before_the_plan_begins() -> None:
    assert status(0, 500, 0.0) is Status.ON_PACE


@given(
    st.integers(min_value=0, max_value=10_000),
    st.integers(min_value=20, max_value=10_000),
    st.floats(min_value=0, max_value=1),
)
@example(0, 20, 1e-38)
def test_giving_the_shortfall_puts_a_place_on_pace(pieces: int, goal: int, now: float) -> None:
    assert status(pieces + shortfall(pieces, goal, now), goal, now) in (
        Status.ON_PACE,
        Status.REACHED,
    )


def test_the_gap_is_signed_and_the_shortfall_is_whole() -> None:
    assert gap(500, 1000, 0.7) == pytest.approx(-0.2)
    assert gap(500, None, 0.7) is None
    assert shortfall(5_663, 15_220, 258 / 365) == 5_096
    assert shortfall(900, 1000, 0.7) == 0
    assert shortfall(0, None, 0.7) == 0


def daily(first: date, *totals: int) -> list[DayTotal]:
    return [DayTotal(first + timedelta(days=n), total) for n, total in enumerate(totals)]


def test_the_forecast_keeps_the_rate_of_the_last_sixty_days() -> None:
    history = daily(START, *[0] * 30, *(10 * n for n in range(1, 62)))
    today = history[-1].day
    assert forecast(history, today, today + timedelta(days=5)) == 610 + 50


def test_days_without_a_row_keep_the_last_total() -> None:
    history = [DayTotal(START, 100), DayTotal(date(2026, 3, 1), 400)]
    assert forecast(history, date(2026, 4, 30), date(2026, 5, 10)) == 400
    assert forecast(history, date(2026, 4, 1), date(2026, 4, 11)) == 400 + 50


def test_less_than_sixty_days_forecast_nothing() -> None:
    assert forecast(daily(START, *range(60)), START + timedelta(days=59), END) is None
    assert forecast([], date(2026, 9, 1), END) is None


def test_the_bottleneck_is_where_most_days_are_waited() -> None:
    many_short, few_long = Stage("ghép", 5, 4921, 4), Stage("duyệt", 4, 2320, 12)
    assert bottleneck([Stage("đăng ký", 9), many_short, few_long]) is few_long
    assert bottleneck([Stage("đăng ký", 9), Stage("ghép", 9, 0, 7)]) is None


def test_rows_come_worst_first_or_as_the_reader_asks() -> None:
    rows = [
        CommuneRow("1", "Đa Lộc", 100, 60, None),
        CommuneRow("2", "Anh Sơn", 1000, 650, None),
        CommuneRow("3", "Ân Thi", None, 5, None),
        CommuneRow("4", "Dền Sáng", 100, 90, None),
    ]

    def codes(order: Order) -> str:
        return "".join(row.code for row in in_order(rows, 0.7, order))

    assert codes(Order.GAP) == "1243"
    assert codes(Order.BEST) == "4213"
    assert codes(Order.SHORTFALL) == "2143"
    assert codes(Order.NAME) == "2341"
