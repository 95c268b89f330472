"""Dates of birth as lists write them, with the precision that they have."""

import re
from calendar import monthrange
from datetime import date, timedelta

from db.rules.ages import age_range
from db.rules.cells import Reading, read_as, warn, wrong
from db.rules.names import fold

OLDEST_AGE = 120
SHORTEST_MONTH = 28
_DAY_ONE_OF_EXCEL = date(1899, 12, 30)
_YEAR_CELL_AS_DATE = (date(1905, 1, 1), date(1905, 12, 31))

_PREFIX = re.compile(r"^(?:sinh|ngay sinh|sn|ns|nam sinh)\b[\s:.]*")
_WORDS = re.compile(r"^(?:(?:ngay )?(\d{1,2}) )?(?:thang (\d{1,2}) )?nam (\d{4})$")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?$")
_DMY = re.compile(
    r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?: (?:0{1,2}|12):00(?::00)?(?: (?:AM|SA))?)?$"
)
_DAY_MONTH_WORD = re.compile(r"^(\d{1,2})[-/. ]([A-Za-z]{3,9})[-/., ]+(\d{4}|\d{2})$")
_ENGLISH_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_LEADING_WORD = re.compile(
    r"^(?:(?:sinh|ngày|tháng|năm|sn|ns)[\s:.]*)+(?=[\d/.\- ]+$)", re.IGNORECASE
)
_MY = re.compile(r"^(\d{1,2})[-/. ]+(\d{4})$")
_DIGITS = re.compile(r"^\d+$")


def read_birth(
    text: str, *, today: date, month_first: bool = False, cccd: str | None = None
) -> Reading:
    """A birth as "YYYY-MM-DD", "YYYY-MM" or "YYYY"; a bare year stays a year.

    `cccd`, if it is a whole number, settles the century of a two-digit year. Errors:
    birth_missing, birth_unreadable, birth_impossible, birth_century, birth_future, birth_too_old.
    """
    if not month_first and (plain := _plain_day(text, today)):
        return read_as(plain)
    text = text.strip(" '’.,;\"")
    if not text:
        return wrong("birth_missing")
    if not text[0].isdigit():
        text = _LEADING_WORD.sub("", text)
    if match := _DMY.match(text):
        return _day_month_year(match, today, month_first, cccd)
    if match := _ISO.match(text):
        return _checked(match[1], match[2], match[3] or "0", today)
    if match := _MY.match(text):
        return _checked(match[2], match[1], "0", today)
    if match := _DAY_MONTH_WORD.match(text):
        return _english(match, today, cccd)
    if text.endswith(".0"):
        text = text[:-2]
    if _DIGITS.match(text):
        return _digits(text, today)
    words = _PREFIX.sub("", fold(text))
    if match := _WORDS.match(
        words if words.startswith(("ngay", "thang", "nam")) else f"nam {words}"
    ):
        return _checked(match[3], match[2] or "0", match[1] or "0", today)
    return wrong("birth_unreadable")


def _plain_day(text: str, today: date) -> str | None:
    """05/03/1956 and nothing to think about: the way most cells are written."""
    if len(text) != 10 or text[2] != "/" or text[5] != "/" or not text.isascii():
        return None
    day, month, year = text[:2], text[3:5], text[6:]
    if not (day.isdigit() and month.isdigit() and year.isdigit()):
        return None
    if not ("01" <= day <= "28" and "01" <= month <= "12"):
        return None
    return f"{year}-{month}-{day}" if 0 < today.year - int(year) < OLDEST_AGE else None


def read_birth_parts(day: str, month: str, year: str, *, today: date) -> Reading:
    """A birth from three columns; blank day or month lowers the precision."""
    parts = [part.strip().removesuffix(".0") for part in (day, month, year)]
    if not parts[2]:
        return wrong("birth_missing")
    if not all(_DIGITS.match(part) for part in parts if part) or len(parts[2]) != 4:
        return wrong("birth_unreadable")
    return _checked(parts[2], parts[1] or "0", parts[0] or "0", today)


def swapped(birth: str) -> str | None:
    """The same digits read month first, if that is another real day."""
    if len(birth) != 10:
        return None
    year, month, day = birth.split("-")
    return f"{year}-{day}-{month}" if int(day) <= 12 and day != month else None


def as_typed(birth: str) -> str:
    """A birth as a clerk would type it: "1957", "03/1957", "05/03/1957"."""
    return "/".join(reversed(birth.split("-")))


def _day_month_year(
    match: re.Match[str], today: date, month_first: bool, cccd: str | None
) -> Reading:
    day, month, year = match[1], match[2], match[3]
    if month_first:
        day, month = month, day
    if len(year) == 4:
        return _checked(year, month, day, today)
    centuries = [int(f"{century}{year}") for century in (19, 20)]
    possible = [
        full for full in centuries if full <= today.year and today.year - full <= OLDEST_AGE
    ]
    if cccd and len(cccd) == 12:
        possible = [full for full in possible if full == cccd_birth_year(cccd)] or possible
    if len(possible) == 1:
        return _checked(str(possible[0]), month, day, today)
    return wrong("birth_century", year=year)


def _english(match: re.Match[str], today: date, cccd: str | None) -> Reading:
    """5-Mar-1957, as an English Excel writes days."""
    word = match[2][:3].lower()
    if word not in _ENGLISH_MONTHS:
        return wrong("birth_unreadable")
    text = f"{match[1]}/{_ENGLISH_MONTHS.index(word) + 1}/{match[3]}"
    return read_birth(text, today=today, cccd=cccd)


def _digits(text: str, today: date) -> Reading:
    if len(text) == 4:
        return _checked(text, "0", "0", today)
    if len(text) == 8:
        if 1850 <= int(text[:4]) <= today.year and 1 <= int(text[4:6]) <= 12:
            return _checked(text[:4], text[4:6], text[6:], today)
        return _checked(text[4:], text[2:4], text[:2], today)
    if len(text) == 5:
        day = _DAY_ONE_OF_EXCEL + timedelta(days=int(text))
        return _with_warning(_checked(str(day.year), str(day.month), str(day.day), today))
    return wrong("birth_unreadable")


def _with_warning(reading: Reading) -> Reading:
    """A bare serial number of Excel is a day, but nobody typed that day."""
    if reading.value is None:
        return wrong("birth_unreadable")
    return warn(reading.value, "birth_excel_serial", understood=as_typed(reading.value))


def _checked(year_text: str, month_text: str, day_text: str, today: date) -> Reading:
    year, month, day = int(year_text), int(month_text), int(day_text)
    if day and not month:
        return wrong("birth_impossible", str(year), why=f"Có ngày {day} nhưng không có tháng.")
    if month > 12:
        suggestion = f"{month:02}/{day:02}/{year}" if 1 <= day <= 12 and month <= 31 else None
        return wrong("birth_impossible", suggestion, why=f"Không có tháng {month}.")
    if not 1 <= year <= 9999:
        return wrong("birth_unreadable")
    if month and day > SHORTEST_MONTH and day > monthrange(year, month)[1]:
        why = f"Tháng {month} không có ngày {day}."
        if month == 2 and day == 29:
            why = f"Năm {year} không nhuận, tháng 2 không có ngày 29."
        return wrong("birth_impossible", why=why)
    birth = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return _of_a_living_person(birth, today)


def _of_a_living_person(birth: str, today: date) -> Reading:
    if 0 < today.year - int(birth[:4]) < OLDEST_AGE:
        return read_as(birth)
    if birth > today.isoformat()[: len(birth)]:
        return wrong("birth_future")
    youngest_age, _ = age_range(birth, today)
    if youngest_age <= OLDEST_AGE:
        return read_as(birth)
    return wrong("birth_too_old", _year_behind(birth, today))


def _year_behind(birth: str, today: date) -> str | None:
    """1957 typed into a cell formatted as a day becomes 10/05/1905: the year it was."""
    if len(birth) != 10:
        return None
    first, last = _YEAR_CELL_AS_DATE
    day = date.fromisoformat(birth)
    year = (day - _DAY_ONE_OF_EXCEL).days
    if first <= day <= last and today.year - OLDEST_AGE <= year <= today.year:
        return str(year)
    return None


def cccd_birth_year(cccd: str) -> int:
    """The year of birth inside a 12-digit citizen number."""
    return 1900 + 100 * (int(cccd[3]) // 2) + int(cccd[4:6])
