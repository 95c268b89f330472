"""Numbers and days of a spreadsheet as the text that its screen shows."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_LEAD = re.compile(r'^(?:\[[^\]]*\])*(?:"(\d+)"|((?:\\\d)+))?')
_NOT_A_DIGIT = re.compile(r'"[^"]*"|\\.|[_*].|[ \-,]')
_WHOLE_NUMBER = re.compile(r"^[0#?]*$")
_YEAR_ONLY = re.compile(r"^(?:\[[^\]]*\])*y+(?:;@)?$", re.IGNORECASE)
_MONTH_WORD_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{3,4}\W+y+(?:;@)?$", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{1,2}\W+y+(?:;@)?$", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_IN_1900 = datetime.combine(date(1899, 12, 30), time())
_IN_1904 = datetime.combine(date(1904, 1, 1), time())
_VIETNAMS_MIDNIGHT_IN_UTC = time(17)
_NO_LEAP_DAY = 60
"""The 29th of February 1900, which Excel counts."""
_MILLISECONDS_OF_A_DAY = 86_400_000
_CONSTANT = re.compile(r'^="([^"]*)"$')


def number_text(value: float, number_format: str = "General") -> str:
    """All digits, and the zeros that a format such as 000 000 000 000 or "0"# shows."""
    if isinstance(value, float):
        if not value.is_integer() or abs(value) >= 1e16:
            return repr(value)
        value = int(value)
    lead, fewest = _shown_digits(number_format)
    return lead + str(value).zfill(fewest)


def day_text(value: datetime, number_format: str = "") -> str:
    """ "1957-03-05", or as much of it as the format shows; 17:00 is kept, as midnight in UTC.

    3/1957, typed, becomes the first of March by itself and is shown as Mar-57.
    """
    if _YEAR_ONLY.match(number_format):
        return f"{value.year:04}"
    only_month = _MONTH_AND_YEAR.match(number_format) or (
        value.day == 1 and _MONTH_WORD_AND_YEAR.match(number_format)
    )
    if only_month:
        return f"{value.month:02}/{value.year:04}"
    day = value.date().isoformat()
    return f"{day} 17:00:00" if value.time() == _VIETNAMS_MIDNIGHT_IN_UTC else day


def value_text(value: date | time | timedelta, number_format: str = "") -> str:
    """A day, a time or a span of time."""
    if isinstance(value, datetime):
        return day_text(value, number_format)
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def moment_of(
    serial: float, *, in_1904: bool = False, is_duration: bool = False
) -> datetime | time | timedelta:
    """What a number stands for that is shown as a day; a part of a day is a time.

    Excel counts from 1900 as if that had been a leap year, or from 1904. Raises OverflowError and
    ValueError for days that nobody knows.
    """
    if is_duration:
        return timedelta(milliseconds=round(serial * _MILLISECONDS_OF_A_DAY))
    day, fraction = divmod(serial, 1)
    rest = timedelta(milliseconds=round(fraction * _MILLISECONDS_OF_A_DAY))
    if 0 <= serial < 1 and not rest.days:
        return (_IN_1904 + rest).time()
    if 0 < serial < _NO_LEAP_DAY and not in_1904:
        day += 1
    return (_IN_1904 if in_1904 else _IN_1900) + timedelta(days=day) + rest


def moment_written(text: str) -> date | time | timedelta:
    """A day or a time as strict OOXML writes it."""
    if found := _SPAN_OF_TIME.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    text = text.removesuffix("Z")
    if "T" in text.lstrip("T"):
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if "-" in text else time.fromisoformat(text.lstrip("T"))


def constant_text(text: str) -> str:
    """What ="040056001234" stands for: the trick that keeps a number's zeros in a CSV."""
    found = _CONSTANT.match(text)
    return found[1] if found else text


@lru_cache(maxsize=1_024)
def _shown_digits(number_format: str) -> tuple[str, int]:
    """The digits that a format writes in front of a whole number, and how many that has at least.

    Only the section for positive numbers counts.
    """
    section = number_format.split(";")[0]
    lead = _LEAD.match(section)
    if lead is None:
        return "", 0
    digits = _NOT_A_DIGIT.sub("", section[lead.end() :])
    if digits == "General":
        digits = ""
    if not _WHOLE_NUMBER.match(digits):
        return "", 0
    return (lead[1] or lead[2] or "").replace("\\", ""), digits.count("0")
