"""What a column holds, told by its values: for tables without a header and columns without one."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import islice

from db.intake.fields.headers import LIKELY, HeaderMatch
from db.intake.files.sheets import Sheet
from db.intake.tables.tables import Column, Table, nameless
from db.reference.catalogue import peoples
from db.reference.places import cccd_birth_codes, communes
from db.rules.categories import category_codes
from db.rules.identity import CARD, digits_of, read_phone
from db.rules.names import clean, fold
from db.rules.syllables import is_syllable

SAMPLED_ROWS = 60
MOSTLY = 0.7
CCCD_DIGITS, NOT_YET_BORN = 12, "50"
LONGEST_NAME_WORDS = 7

_DIGITS = re.compile(r"\D")
_WITHOUT_DIGITS = re.compile(r"\D*").fullmatch
_WRITTEN_IN_DIGITS = frozenset({"hi_card", "birth", "phone", "cccd", "bhxh"})
_DATE = re.compile(
    r"^(?:\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d|\d\d?[-/.](?:19|20)\d\d)$"
)
_SEX = frozenset({"nam", "nu"})
_HAMLET = re.compile(
    r"^(?:thôn|bản|xóm|ấp|buôn|khu|khu phố|tổ|tổ dân phố|khóm|làng|kp|tdp|phum|sóc|khối)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[^\W\d_]+(?:[ '’\-][^\W\d_]+)+$")


def without_header(sheet: Sheet) -> Table | None:
    """The table of a sheet whose columns only their values can name: a name and one proof of it."""
    numbers = list(sheet.rows)
    width = max(map(len, sheet.rows.values()))
    columns: list[Column] = []
    taken: set[str] = set()
    for at in range(width):
        sample = _sample(sheet, numbers, at)
        field = field_of(sample)
        if field in taken:
            field = None
        taken.add(field or "")
        if sample:
            match = HeaderMatch(field, LIKELY) if field else None
            columns.append(Column(at, nameless(at), match))
    if "full_name" not in taken or not taken & {"birth", "cccd"}:
        return None
    return Table(sheet, (), None, tuple(columns), tuple(numbers))


def field_of(values: list[str]) -> str | None:
    """The one field that most of these values look like."""
    if not values:
        return None
    without_digits = sum(map(bool, map(_WITHOUT_DIGITS, values))) > (1 - MOSTLY) * len(values)
    for field, looks_like in _LOOKS:
        if without_digits and field in _WRITTEN_IN_DIGITS:
            continue
        if sum(map(looks_like, values)) >= MOSTLY * len(values):
            return field
    return None


@lru_cache(maxsize=16_384)
def field_of_text(text: str) -> str | None:
    """The field that one value looks like."""
    return field_of([text])


def _sample(sheet: Sheet, numbers: list[int], at: int) -> list[str]:
    texts: Iterable[str] = (
        clean(sheet.rows[number][at]) for number in numbers if at < len(sheet.rows[number])
    )
    return list(islice(filter(None, texts), SAMPLED_ROWS))


def _has_digits(*counts: int) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        return len(_DIGITS.sub("", text)) in counts and len(fold(text)) <= max(counts) + 6

    return check


def _is_name(text: str) -> bool:
    words = text.split()
    if not _NAME.match(text) or not 2 <= len(words) <= LONGEST_NAME_WORDS:
        return False
    if (
        _HAMLET.match(text)
        or fold(text) in _communes()
        or fold(text) in _peoples()
        or category_codes(text)[0]
    ):
        return False
    return any(map(is_syllable, words))


@cache
def _communes() -> frozenset[str]:
    return frozenset(fold(place.name) for place in communes())


@cache
def _peoples() -> frozenset[str]:
    return frozenset(fold(people.name) for people in peoples())


def is_category(text: str) -> bool:
    """Words for categories and nothing else."""
    codes, unknown = category_codes(text)
    return bool(codes) and not unknown and not text.isdigit()


def _is_cccd(text: str) -> bool:
    """Twelve digits, or eleven where a zero was lost, with a place and a year of somebody alive."""
    digits = digits_of(text)
    if not digits.isdecimal() or len(digits) not in (CCCD_DIGITS, CCCD_DIGITS - 1):
        return False
    digits = digits.zfill(CCCD_DIGITS)
    return digits[:3] in cccd_birth_codes() and (
        digits[3] in "01" or (digits[3] in "23" and digits[4:6] < NOT_YET_BORN)
    )


_LOOKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("sex", lambda text: fold(text) in _SEX),
    ("hi_card", lambda text: bool(CARD.match(text.upper().replace(" ", "")))),
    ("birth", lambda text: bool(_DATE.match(text))),
    ("phone", lambda text: bool(read_phone(text).value)),
    ("cccd", _is_cccd),
    ("bhxh", _has_digits(10)),
    ("people", lambda text: fold(text) in _peoples()),
    ("category", lambda text: bool(category_codes(text)[0]) and not text.isdigit()),
    ("commune_code", lambda text: fold(text) in _communes()),
    ("hamlet", lambda text: bool(_HAMLET.match(text))),
    ("full_name", _is_name),
)
