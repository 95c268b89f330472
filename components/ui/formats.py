"""Numbers, money and dates as Vietnamese readers write them, in both languages."""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from components.ui.i18n import N_, _
from db.intake.told.checked import ROWS_PER_SHEET, row_in_sheet
from db.rules.amounts import money_words as money_words

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
MINUS = "\u2212"
_WEEKDAYS = (
    N_("thứ Hai"),
    N_("thứ Ba"),
    N_("thứ Tư"),
    N_("thứ Năm"),
    N_("thứ Sáu"),
    N_("thứ Bảy"),
    N_("Chủ nhật"),
)
_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,3}(?: [0-9]{3}){1,5}|[0-9]{1,18}"
_AMOUNT = re.compile(rf"({_WHOLE})(?:,([0-9]{{1,9}}))? ?([a-zỷỉìàệ]*)")
_UNITS = {
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "k": 1_000,
    "": 1,
}
_MOST_MONEY = 10**15

ANY_DAY: dict[str, Any] = {
    "min_value": date(1900, 1, 1),
    "max_value": date(2100, 12, 31),
    "format": "DD/MM/YYYY",
}
"""How a day is asked for. No narrower: Streamlit refuses what lies outside in English and keeps
the day before; commands refuse it in our words."""


def number(value: int) -> str:
    """1234 → "1.234"."""
    return _vietnamese(f"{value:,}")


def decimal(value: float | Decimal, places: int = 1) -> str:
    """1234.5 → "1.234,5", halves rounded up."""
    rounded = _rounded(value, places)
    return _vietnamese(f"{abs(rounded) if rounded == 0 else rounded:,}")


def per_cent(share: float, places: int = 1) -> float:
    """A share of 1 in per cent, for cells that stay numbers: rounded as `percent` writes it."""
    return float(_rounded(_in_hundredths(share), places))


def percent(share: float, places: int = 1) -> str:
    """A share of 1 as a percentage: 0.631 → "63,1%"."""
    return f"{decimal(_in_hundredths(share), places)}%"


def points(difference: float) -> str:
    """A difference of two shares in percentage points: -0.076 → "−7,6 điểm %"."""
    text = decimal(_in_hundredths(difference))
    sign = "+" if difference > 0 and text != "0,0" else ""
    return f"{sign}{text} {_('điểm %')}"


def money(amount: int) -> str:
    """Whole đồng: 120000000 → "120.000.000 ₫"."""
    return f"{number(amount)} ₫"


def day(value: date) -> str:
    """15/09/2026; an aware datetime is shown on its day in Vietnam."""
    return _here(value).strftime("%d/%m/%Y")


def day_month(value: date) -> str:
    """15/09, for a day whose year is beyond doubt."""
    return _here(value).strftime("%d/%m")


def day_time(moment: datetime) -> str:
    """15/09/2026 16:20, in Vietnam; a moment without a time zone is a ValueError."""
    return _here(moment).strftime("%d/%m/%Y %H:%M")


def clock_time(moment: datetime) -> str:
    """16:20, in Vietnam; a moment without a time zone is a ValueError."""
    return _here(moment).strftime("%H:%M")


def weekday_day(value: date) -> str:
    """thứ Ba 15/09/2026."""
    return f"{_(_WEEKDAYS[_here(value).weekday()])} {day(value)}"


def birth(value: str | None) -> str:
    """What is known of a date of birth ("1957", "1957-03", "1957-03-05"), day first."""
    return "/".join(reversed((value or "").split("-")))


def mask_number(value: str | None) -> str:
    """An identity, insurance or phone number with all but its last four digits hidden."""
    text = value or ""
    shown = text[-4:] if len(text) > 4 else ""
    return "•" * (len(text) - len(shown)) + shown


def parse_money(text: str) -> int | None:
    """Đồng from "120.000.000", "120tr", "1,2 tỷ", "1 tỷ 200 triệu"; None if in doubt.

    The point groups thousands and the comma starts decimals, never the other way round.
    """
    rest = re.sub(r" ?(₫|đồng|vnđ|vnd|đ)$", "", _plain(text))
    amounts: list[Decimal] = []
    units: list[int] = []
    while rest:
        found = _AMOUNT.match(rest)
        if found is None or found[3] not in _UNITS:
            return None
        units.append(_UNITS[found[3]])
        amounts.append(Decimal(f"{_digits(found[1])}.{found[2] or 0}") * units[-1])
        rest = rest[found.end() :].strip()
    total = sum(amounts, Decimal(0))
    # "120tr 500" may mean 120.500.000 or 120.000.500: a bare number stands alone.
    if units != sorted(set(units), reverse=True) or not units or (1 in units and units != [1]):
        return None
    return int(total) if total <= _MOST_MONEY and total == int(total) else None


def parse_count(text: str) -> int | None:
    """A whole number from 0: "1.200" → 1200; None for anything else."""
    plain = _plain(text)
    return int(_digits(plain)) if re.fullmatch(rf"(?:{_WHOLE})", plain) else None


def parse_day(text: str) -> date | None:
    """A day written day first with a four-digit year; None if there is no such day."""
    found = re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", _plain(text))
    if not found or int(found[4]) < 1900:
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None


def row_word(row: int) -> str:
    """A row as Excel shows it; on a second or later sheet also which one it is."""
    place = row // ROWS_PER_SHEET + 1
    shown = str(row_in_sheet(row))
    return shown if place == 1 else _("{row} (trang {sheet})").format(row=shown, sheet=place)


def _in_hundredths(share: float) -> Decimal:
    """Not `share * 100`: 0.145 would become 14.499999999999998 and lose its half."""
    return Decimal(str(share)) * 100


def _rounded(value: float | Decimal, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _vietnamese(english: str) -> str:
    return english.translate(str.maketrans(",.-", f".,{MINUS}"))


def _here(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(HERE)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _digits(text: str) -> str:
    return text.replace(".", "").replace(" ", "")
