"""Dates of birth as lists write them, with the precision that they have."""

import re
from calendar import monthrange
from datetime import date, timedelta

from db.rules.ages import age_range
from db.rules.cells import Reading, read_as, warn, wrong
from db.rules.names import fold

OLDEST_AGE = 120
SHORTEST_MONTH = 28
DIGITS_OF_A_DAY = 8
LONGEST_WITH_ASIDE = 80
_PLAIN_DAYS = {
    f"{day:02}/{month:02}/": f"-{month:02}-{day:02}"
    for day in range(1, SHORTEST_MONTH + 1)
    for month in range(1, 13)
}
_DAY_ONE_OF_EXCEL = date(1899, 12, 30)
_YEAR_CELL_AS_DATE = (date(1905, 1, 1), date(1905, 12, 31))

_PREFIX = re.compile(r"^(?:sinh|ngay sinh|sn|ns|nam sinh)\b[\s:.]*")
_MONG = re.compile(r"^(?:ngay )?m[ou]ng (?=\d)")
_WORDS = re.compile(r"^(?:(?:ngay )?(\d{1,2}) )?(?:thang (\d{1,2}) )?nam (\d{4})$")
_DAY_THANG_YEAR = re.compile(
    r"^(?:ngày )?(\d{1,2})[-/., ]*(?:tháng|thang|thg|th)[. ]?(\d{1,2})[-/., ]+(\d{4}|\d{2})$", re.I
)
_ISO = re.compile(r"^(\d{4}) ?[-/.] ?(\d{1,2})(?: ?[-/.] ?(\d{1,2}))?$")
_DMY = re.compile(r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$")
_CLOCK = re.compile(r"[ T]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+|Z)?(?: ?(?:AM|SA|PM|CH))?$", re.I)
_IN_UTC = re.compile(r"^(\d{4}-\d\d-\d\d)[ T](00|17):00:00(?:\.0+)?Z?$")
"""Days that a program wrote as moments: Vietnam's midnight is 17:00 the day before in UTC."""
_MIDNIGHT = re.compile(r"[ T]+(?:0{1,2}|12):00(?::00)?(?:\.0+|Z)?(?: ?(?:AM|SA))?$", re.I)
_MONTH_WORD_YEAR = re.compile(r"^([A-Za-z]{3,9})[-/. ]+(\d{4}|\d{2})$")
_DAY_MONTH_WORD = re.compile(r"^(\d{1,2})[-/. ]([A-Za-z]{3,9})[-/., ]+(\d{4}|\d{2})$")
_MONTH_WORD_DAY = re.compile(r"^([A-Za-z]{3,9})[-/. ](\d{1,2}),? +(\d{4})$")
_BLANK_PARTS = re.compile(r"^[x?_….\-*0 /]{0,20}[/.\-](?=(?:\d{1,2}[/.\-])?\d{4}$)", re.I)
"""The day, or day and month, that nobody knows: xx/xx/1950, ?/03/1950, ../../1950."""
_ASIDE = re.compile(
    r"\s*\((?:(?!\d{4})[^)])*\)?$|[\s,\-–]+\d{1,3} ?(?:tuổi|tuoi|t)$", re.IGNORECASE
)
"""What is told besides: 1950 (76 tuổi), 1949 (theo CMND); never another year."""
_ABOUT = re.compile(r"^(?:khoảng|chừng|ước|độ|~|≈)\s*|\s*\?$", re.I)
_STRANGE = re.compile(r"[,;\\|:]+")
_THOUSANDS = re.compile(r"^([12])[.,](\d{3})$")
_LETTERS_FOR_DIGITS = str.maketrans("OoIl|", "00111")
_ONLY_SLIPS = re.compile(r"^(?=.*\d{2})[\dOoIl|/.\- ]+$")
_ENGLISH_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_LEADING_WORD = re.compile(
    r"^(?:(?:sinh|ngày|mồng|mùng|tháng|thang|thg|th|năm|sn|ns)[\s:.]*)+(?=[\d/.\- ]+$)",
    re.IGNORECASE,
)
_MY = re.compile(r"^(\d{1,2})[-/. ]+(\d{4})$")
_SHORT_MY = re.compile(r"^(\d{1,2})[-/.]([4-9]\d|3[2-9])$")
"""7/57: no day of a month is so high, so it is a year."""
_DIGITS = re.compile(r"^\d+$")


def read_birth(
    text: str, *, today: date, month_first: bool = False, cccd: str | None = None
) -> Reading:
    """A birth as "YYYY-MM-DD", "YYYY-MM" or "YYYY"; a bare year stays a year.

    `cccd`, if it is a whole number, settles the century of a two-digit year. Errors:
    birth_missing, birth_unreadable, birth_impossible, birth_century, birth_future, birth_too_old.
    Warnings: birth_excel_serial, birth_about, birth_cleaned, birth_in_utc.
    """
    if not month_first and (plain := _plain_day(text, today)):
        return read_as(plain)
    if moment := _IN_UTC.match(text.strip()):
        return _day_in_vietnam(moment, today)
    text = _MIDNIGHT.sub("", text.strip(" '’.,;\""))
    if not text:
        return wrong("birth_missing")
    if _ABOUT.search(text) and (about := _ABOUT.sub("", text)):
        reading = _as_written(about, today, month_first, cccd)
        return _with_warning(reading, "birth_about") if reading.value else reading
    reading = _as_written(text, today, month_first, cccd)
    if reading.value or reading.findings[0].code != "birth_unreadable":
        return reading
    mended = _as_written(_mended(text), today, month_first, cccd)
    return _with_warning(mended, "birth_cleaned") if mended.value else reading


def _day_in_vietnam(moment: re.Match[str], today: date) -> Reading:
    year, month, day = moment[1].split("-")
    reading = _checked(year, month, day, today)
    if moment[2] == "00" or reading.value is None:
        return reading
    later = date.fromisoformat(reading.value) + timedelta(days=1)
    return _with_warning(read_as(later.isoformat()), "birth_in_utc")


def _as_written(text: str, today: date, month_first: bool, cccd: str | None) -> Reading:
    if not text[0].isdigit():
        text = _LEADING_WORD.sub("", text)
    text = _BLANK_PARTS.sub("", text)
    if match := _DMY.match(text) or _DAY_THANG_YEAR.match(text):
        month_first = month_first and match.re is _DMY
        return _day_month_year(match, today, month_first, cccd)
    if match := _ISO.match(text):
        return _checked(match[1], match[2], match[3] or "0", today)
    if match := _MY.match(text):
        return _checked(match[2], match[1], "0", today)
    if match := _SHORT_MY.match(text):
        return _short_year(match[2], match[1], "0", today, cccd)
    if match := _MONTH_WORD_YEAR.match(text):
        return _english("", match[1], match[2], today, cccd)
    if match := _DAY_MONTH_WORD.match(text):
        return _english(match[1], match[2], match[3], today, cccd)
    if match := _MONTH_WORD_DAY.match(text):
        return _english(match[2], match[1], match[3], today, cccd)
    if text.endswith(".0"):
        text = text[:-2]
    if _DIGITS.match(text):
        return _digits(text, today, cccd)
    words = _MONG.sub("ngay ", _PREFIX.sub("", fold(text)))
    if match := _WORDS.match(
        words if words.startswith(("ngay", "thang", "nam")) else f"nam {words}"
    ):
        return _checked(match[3], match[2] or "0", match[1] or "0", today)
    return wrong("birth_unreadable")


def _mended(text: str) -> str:
    """The text with slips of the keyboard put right: O for 0, other signs between the parts."""
    if len(text) <= LONGEST_WITH_ASIDE:
        text = _ASIDE.sub("", text) or text
    text = text.removesuffix(".0")
    text = _STRANGE.sub("/", _THOUSANDS.sub(r"\1\2", _CLOCK.sub("", text)))
    if _ONLY_SLIPS.match(text):
        text = text.translate(_LETTERS_FOR_DIGITS)
    digits = "".join(filter(str.isdigit, text))
    if text == digits and len(digits) == DIGITS_OF_A_DAY - 1:
        return digits.zfill(DIGITS_OF_A_DAY)
    return digits if len(digits) == DIGITS_OF_A_DAY and not _DMY.match(text) else text


def _plain_day(text: str, today: date) -> str | None:
    """05/03/1956 and nothing to think about: the way most cells are written."""
    month_and_day, year = _PLAIN_DAYS.get(text[:6]), text[6:]
    if month_and_day is None or len(year) != 4 or not (year.isascii() and year.isdigit()):
        return None
    return year + month_and_day if 0 < today.year - int(year) < OLDEST_AGE else None


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
    return _short_year(year, month, day, today, cccd)


def _short_year(year: str, month: str, day: str, today: date, cccd: str | None) -> Reading:
    """A year of two digits in the only century that it can be of."""
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


def _english(day: str, month: str, year: str, today: date, cccd: str | None) -> Reading:
    """5-Mar-1957, Mar 5, 1957 or Mar-57, as an English Excel writes days and months."""
    word = month[:3].lower()
    if word not in _ENGLISH_MONTHS:
        return wrong("birth_unreadable")
    number = str(_ENGLISH_MONTHS.index(word) + 1)
    return _short_year(year, number, day or "0", today, cccd)


def _digits(text: str, today: date, cccd: str | None) -> Reading:
    if len(text) == 2:
        return _bare_short_year(text, today, cccd)
    if len(text) == 4:
        return _checked(text, "0", "0", today)
    if len(text) == 8:
        if 1850 <= int(text[:4]) <= today.year and 1 <= int(text[4:6]) <= 12:
            return _checked(text[:4], text[4:6], text[6:], today)
        return _checked(text[4:], text[2:4], text[:2], today)
    if len(text) == 6:
        return _month_and_year(text, today)
    if len(text) == 5:
        day = _DAY_ONE_OF_EXCEL + timedelta(days=int(text))
        reading = _checked(str(day.year), str(day.month), str(day.day), today)
        return _with_warning(reading, "birth_excel_serial")
    return wrong("birth_unreadable")


def _bare_short_year(text: str, today: date, cccd: str | None) -> Reading:
    """57, shown as it was understood; if a citizen number tells another year it may be an age."""
    reading = _short_year(text, "0", "0", today, cccd)
    if reading.value is None:
        return reading
    if cccd and len(cccd) == 12 and str(cccd_birth_year(cccd)) != reading.value:
        return wrong("birth_unreadable")
    return _with_warning(reading, "birth_cleaned")


def _month_and_year(text: str, today: date) -> Reading:
    """195703 or 031957, if only one of them can be meant."""
    orders = ((text[:4], text[4:]), (text[2:], text[:2]))
    readings = [_checked(year, month, "0", today) for year, month in orders if month != "00"]
    possible = [reading for reading in readings if reading.value]
    if len(possible) != 1:
        return wrong("birth_unreadable")
    return _with_warning(possible[0], "birth_cleaned")


def _with_warning(reading: Reading, code: str) -> Reading:
    """A birth that nobody typed like that: shown as it was understood."""
    if reading.value is None:
        return wrong("birth_unreadable")
    return warn(reading.value, code, understood=as_typed(reading.value))


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
