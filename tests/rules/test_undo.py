"""How long a step can be undone."""

from datetime import UTC, datetime, timedelta

import pytest

from db.rules.undo import minutes_left

DONE = datetime(2026, 9, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (timedelta(), 10),
        (timedelta(seconds=1), 10),
        (timedelta(minutes=1, seconds=30), 9),
        (timedelta(minutes=9, seconds=59), 1),
        (timedelta(minutes=10), 0),
        (timedelta(days=1), 0),
    ],
)
def test_the_last_minute_counts_and_then_it_is_over(passed: timedelta, left: int) -> None:
    assert minutes_left(DONE, DONE + passed) == left
