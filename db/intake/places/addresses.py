"""What of an address in words is its commune, if anything."""

import re
from functools import lru_cache

from db.intake.places.words import COMMUNE, parts_of
from db.reference.places import communes_by_code

LONGEST_ADDRESS = 300
"""What is longer is no address."""
WHOLE_ADDRESS = 3
"""So many names, and the first is a commune's though it does not say so, not a street's."""
FEWEST_DIGITS = 3
"""A code that lost its zeros; shorter numbers are numbers of wards."""
OTHER_CODES = {"06978": "06970"}
"""Xã Ba Chẽ has two codes in public sources."""

_COMMUNE_WORD = re.compile(r"[,;(–-]\s*((?:xã|phường|thị trấn|đặc khu)\s)", re.IGNORECASE)


@lru_cache(maxsize=32_768)
def place_in_address(text: str, province: str = "", district: str = "") -> str:
    """An address from its commune on, "" if no part of it is surely one."""
    if len(text) > LONGEST_ADDRESS:
        return ""
    parts = parts_of(from_commune_on(text))
    at = next((at for at, part in enumerate(parts) if part.level == COMMUNE), None)
    if at is None:
        parts = tuple(part for part in parts if not part.is_hamlet)
        known = len(parts) + bool(province) + bool(district)
        if len(parts) < WHOLE_ADDRESS - 1 or known < WHOLE_ADDRESS:
            return ""
    return ", ".join(part.whole for part in parts[at:])


def from_commune_on(text: str) -> str:
    """Without house and hamlet, which differ from row to row; the rest is looked up once."""
    found = _COMMUNE_WORD.search(text)
    return text[found.start(1) :] if found else text


def calls_a_commune(text: str) -> bool:
    """Some part surely is one."""
    return any(part.level == COMMUNE and not part.is_loose for part in parts_of(text))


def communes_named_twice(text: str) -> list[str]:
    """The communes of an address that names several, as it names them; else none."""
    named = [part.whole for part in parts_of(text) if part.level == COMMUNE and not part.is_loose]
    return list(dict.fromkeys(named)) if len(set(named)) > 1 else []


def code_in(text: str) -> str | None:
    """Today's five-digit code alone or in brackets behind a name; Excel may have cut its zeros."""
    tail = text[text.rfind("(") + 1 :].rstrip(") ") if text.endswith(")") else text
    digits = tail.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and FEWEST_DIGITS <= len(digits) <= 5):
        return None
    code = digits.zfill(5)
    code = OTHER_CODES.get(code, code)
    return code if code in communes_by_code() else None
