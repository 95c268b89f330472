"""Ages of people whose birth may be known by the day, the month or only the year."""

from calendar import monthrange
from datetime import date

YOUNGEST_FOR_BOOK = 15
"""Nobody younger joins voluntary social insurance (Luật BHXH 41/2024/QH15)."""


def birth_year(birth: str) -> int:
    """The year of "YYYY", "YYYY-MM" or "YYYY-MM-DD"."""
    return int(birth[:4])


def age_range(birth: str, on: date) -> tuple[int, int]:
    """Lowest and highest age in full years that a person may have on a day.

    `birth` is "YYYY", "YYYY-MM" or "YYYY-MM-DD"; both ages are equal when it settles the age.
    """
    first, last = _birth_days(birth)
    return _age(last, on), _age(first, on)


def _birth_days(birth: str) -> tuple[date, date]:
    parts = [int(part) for part in birth.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    year = parts[0]
    first_month, last_month = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
