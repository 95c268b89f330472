"""Numbers and days of a spreadsheet as the text that its screen shows."""

import re
from datetime import datetime
from functools import lru_cache

_LEAD = re.compile(r'^(?:\[[^\]]*\])*(?:"(\d+)"|((?:\\\d)+))?')
_NOT_A_DIGIT = re.compile(r'"[^"]*"|\\.|[_*].|[ \-,]')
_WHOLE_NUMBER = re.compile(r"^[0#?]*$")
_YEAR_ONLY = re.compile(r"^(?:\[[^\]]*\])*y+(?:;@)?$", re.IGNORECASE)
_MONTH_WORD_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{3,4}\W+y+(?:;@)?$", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{1,2}\W+y+(?:;@)?$", re.IGNORECASE)
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
    """ "1957-03-05", or as much of it as the format shows.

    3/1957, typed, becomes the first of March by itself and is shown as Mar-57.
    """
    if _YEAR_ONLY.match(number_format):
        return f"{value.year:04}"
    only_month = _MONTH_AND_YEAR.match(number_format) or (
        value.day == 1 and _MONTH_WORD_AND_YEAR.match(number_format)
    )
    if only_month:
        return f"{value.month:02}/{value.year:04}"
    return value.date().isoformat()


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
