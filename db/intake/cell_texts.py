"""Numbers and days of a spreadsheet as the text that its screen shows."""

import re
from datetime import datetime

_ALL_ZEROS = re.compile(r"^0+$")
_QUOTED_LEAD = re.compile(r'^"(\d+)"(0*|#|General)$')
_YEAR_ONLY = re.compile(r"^(?:\[[^\]]*\])*y+(?:;@)?$", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{1,2}\W+y+(?:;@)?$", re.IGNORECASE)


def number_text(value: float, number_format: str = "General") -> str:
    """All digits, and the zeros that a format such as 000000000000 or "0"# shows."""
    if isinstance(value, float):
        if not value.is_integer() or abs(value) >= 1e16:
            return repr(value)
        value = int(value)
    text = str(value)
    if _ALL_ZEROS.match(number_format):
        return text.zfill(len(number_format))
    if lead := _QUOTED_LEAD.match(number_format):
        return lead[1] + text.zfill(len(lead[2]) if lead[2].startswith("0") else 0)
    return text


def day_text(value: datetime, number_format: str = "") -> str:
    """ "1957-03-05", or as much of it as the format shows."""
    if _YEAR_ONLY.match(number_format):
        return f"{value.year:04}"
    if _MONTH_AND_YEAR.match(number_format):
        return f"{value.month:02}/{value.year:04}"
    return value.date().isoformat()
