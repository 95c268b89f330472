"""Stories told step by step, each step on its own past day and all of them in order of time."""

import heapq
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from db.rules.workdays import is_working_day
from db.settings import settings

_VARIABLE = "CHUNGTAY_TODAY"

Story = Iterator[date]
"""Yields the day on which it wants to go on, and acts when it is resumed."""


def tell(stories: Iterable[Story]) -> None:
    """Resume every story on the days it asks for, the earliest day first."""
    waiting: list[tuple[date, int, Story]] = []
    for number, story in enumerate(stories):
        waiting.append((next(story), number, story))
    heapq.heapify(waiting)
    with _moved_clock():
        while waiting:
            day, number, story = heapq.heappop(waiting)
            _move_to(day)
            if (following := next(story, None)) is not None:
                heapq.heappush(waiting, (following, number, story))


def working_days_ago(today: date, count: int) -> date:
    """The working day `count` working days before today; 0 is today, even on a Sunday."""
    day = today
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def _move_to(day: date) -> None:
    if os.environ.get(_VARIABLE) != day.isoformat():
        os.environ[_VARIABLE] = day.isoformat()
        settings.cache_clear()


@contextmanager
def _moved_clock() -> Iterator[None]:
    """Put the day of the environment back in the end, whatever happens."""
    before = os.environ.get(_VARIABLE)
    try:
        yield
    finally:
        os.environ.pop(_VARIABLE, None)
        if before is not None:
            os.environ[_VARIABLE] = before
        settings.cache_clear()
