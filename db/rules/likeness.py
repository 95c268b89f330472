"""How alike two records of people are, field by field."""

from collections.abc import Mapping
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from db.rules.names import fold, match_key

FIELDS = ("full_name", "birth_date", "sex", "cccd", "bhxh", "commune_code", "hamlet", "household")
NEAR_WORDS = 80
"""From this ratio of equal letters (0 to 100) on, two words count as near."""


class Likeness(StrEnum):
    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    MISSING = "missing"


def compare(first: Mapping[str, str | None], second: Mapping[str, str | None]) -> dict[str, str]:
    """The likeness of each of FIELDS; a value that either record lacks is missing."""
    return {name: _likeness(name, first.get(name), second.get(name)) for name in FIELDS}


def _likeness(name: str, one: str | None, other: str | None) -> Likeness:
    if not one or not other:
        return Likeness.MISSING
    if one == other:
        return Likeness.SAME
    if name == "full_name":
        return _words(match_key(one), match_key(other))
    if name in ("hamlet", "household"):
        return _words(fold(one), fold(other))
    if name == "birth_date":
        return _births(one, other)
    if name in ("cccd", "bhxh"):
        return Likeness.NEAR if OSA.distance(one, other) <= 1 else Likeness.DIFFERENT
    return Likeness.DIFFERENT


def _words(one: str, other: str) -> Likeness:
    if one == other:
        return Likeness.SAME
    return Likeness.NEAR if fuzz.ratio(one, other) >= NEAR_WORDS else Likeness.DIFFERENT


def _births(one: str, other: str) -> Likeness:
    """The same year is near, whatever is known of the day; so is one wrong digit."""
    near = one[:4] == other[:4] or OSA.distance(one, other) <= 1
    return Likeness.NEAR if near else Likeness.DIFFERENT
