"""Working days in Vietnam: no weekends, no public holidays, swapped days counted as swapped."""

from datetime import date, timedelta
from functools import cache

import holidays

_SWAPPED = {date(2026, 1, 2): False, date(2026, 1, 10): True}
"""{day: whether it is worked} where the government swapped days and the library does not know."""


def is_working_day(day: date) -> bool:
    """Whether public offices work on a day."""
    return day in _working_days(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day that lies `count` working days after a day, which itself does not count."""
    if count < 0:
        raise ValueError("count working days forwards")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=past) for past in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))


def days_hung(opened: date, until: date) -> int:
    """Working days a list has hung by the end of a day; the day it goes up does not count."""
    return max(0, working_days_between(opened, until))


@cache
def _working_days(year: int) -> frozenset[date]:
    # Kept per year because the library's calendar grows while it is asked, which threads share.
    calendar = holidays.country_holidays("VN", years=year)
    days = (date(year, 1, 1) + timedelta(days=past) for past in range(366))
    return frozenset(
        day for day in days if day.year == year and _SWAPPED.get(day, calendar.is_working_day(day))
    )
