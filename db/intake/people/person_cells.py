"""What one cell of a person says by itself: its value and everything found about it.

`written` is the cell as in the file, `text` the same cleaned, or what it stands for.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from db.intake.fields.names import FREE_TEXTS
from db.intake.people.words import ethnicity_code, supports_named
from db.rules.categories import category_codes, suggested_label
from db.rules.cells import Finding, Reading
from db.rules.eligibility import STATE_PAYS_CARD_CODES
from db.rules.identity import is_nothing, read_bhxh, read_hi_card, read_phone, read_sex
from db.rules.names import LOST_LETTER, fold
from db.rules.person_names import read_name

LONGEST_TEXT = 300
FEWEST_LETTERS = 3
LONGEST_CLAUSE = 80

_PHONE_SIGNS = re.compile(r"[\s.,()\-–_']")
_GONE = re.compile(
    r"\b(?:chết|qua đời|từ trần|chuyển đi|đã chuyển|chuyển (?:hộ )?khẩu|"
    r"(?:đã mất|mất (?:ngày|năm|tháng|\d+))(?! (?:cccd|cmnd|thẻ|giấy|sổ|sức|khả năng|việc)))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<!theo )(?<!cùng )(?<!với )\b(?:bố|mẹ|cha|ba|má|chồng|vợ|con|cháu|ông bà|"
    r"người thân)\b[^,;.:\n(–]*$",
    re.IGNORECASE,
)
"""Who died or moved, if the same clause names a relative before: "bố mẹ đã mất"."""
_MAY_BE_STATE_PAID = re.compile(r"\b(?:khuyet tat )?(?:dac biet )?nang\b")

Value = TypeVar("Value")
Told = tuple[tuple[str, Finding], ...]
"""Texts and what was found about them."""
Understood = tuple[Value, Told]
NOTHING: Told = ()


def name(written: str, _: str) -> Understood[str | None]:
    return as_read(written, read_name(written))


def sex(_: str, text: str) -> Understood[str | None]:
    return as_read(text, read_sex(text))


def bhxh(written: str, text: str, cccd: str | None = None) -> Understood[str | None]:
    return number(written, text, read_bhxh(text, cccd=cccd))


def hi_card(written: str, text: str) -> Understood[str | None]:
    card, told = number(written, text, read_hi_card(text))
    if card and card[:2] in STATE_PAYS_CARD_CODES:
        return card, (*told, (text, Finding("card_proves_state_pays", False)))
    return card, told


def phone(written: str, text: str) -> Understood[str | None]:
    value, told = as_read(text, read_phone(text))
    if value and not told and not _is_spaced(written, value):
        found = Finding("phone_repaired", False, None, (("understood", value),))
        return value, ((written, found),)
    return value, told


def words(_: str, text: str) -> Understood[str | None]:
    """Any text with a letter or a digit."""
    if not text or not fold(text):
        return None, NOTHING
    told = NOTHING
    if len(text) > LONGEST_TEXT:
        limit = (("limit", str(LONGEST_TEXT)),)
        told = ((text, Finding("text_too_long", True, None, limit)),)
    if LOST_LETTER in text:
        told = (*told, (text, Finding("letters_lost")))
    return text, told


def categories(_: str, text: str) -> Understood[tuple[str, ...]]:
    codes, unknown = category_codes(text) if text else ((), ())
    return codes, tuple((text, _unknown_category(word)) for word in unknown)


def disability(codes: Iterable[str], text: str) -> Told:
    """A severe disability among the categories that `text` names: the state may pay the card."""
    if "KT" not in codes or not _MAY_BE_STATE_PAID.search(fold(text)):
        return NOTHING
    return ((text, Finding("state_may_pay", False)),)


def supports(_: str, text: str) -> Understood[set[str]]:
    """The kinds of support that are asked for."""
    if not text or is_nothing(text):
        return set(), NOTHING
    wanted = supports_named(text)
    return wanted, NOTHING if wanted else ((text, Finding("benefit_unknown")),)


def benefit_of(supports: set[str]) -> str | None:
    """Both supports together have a name of their own."""
    return "both" if len(supports) == 2 else next(iter(supports), None)


def ethnicity(_: str, text: str) -> Understood[str | None]:
    if is_nothing(text):
        return None, NOTHING
    code = ethnicity_code(text)
    return code, NOTHING if code else ((text, Finding("people_unknown", False)),)


BY_THEMSELVES = {**dict.fromkeys(FREE_TEXTS, words), "people": ethnicity}
"""The fields that no other cell of the row helps to understand, read last."""


def says_gone(remark: str) -> bool:
    """A remark that the person, not a relative, died or moved away."""
    if len(remark) <= FEWEST_LETTERS:
        return False
    return any(not _is_of_a_relative(remark, gone.start()) for gone in _GONE.finditer(remark))


def _is_of_a_relative(remark: str, at: int) -> bool:
    return bool(_RELATIVE.search(remark[max(0, at - LONGEST_CLAUSE) : at]))


def number(written: str, text: str, reading: Reading) -> Understood[str | None]:
    """An identifier; signs that were left out to understand it are told."""
    value, told = as_read(text, reading)
    written = written.strip()
    if value is None or told or value == written:
        return value, told
    return value, ((written, Finding("number_cleaned", False, None, (("understood", value),))),)


def as_read(text: str, reading: Reading) -> Understood[str | None]:
    """The reading with its findings told of the text."""
    found = reading.findings
    return reading.value, tuple((text, finding) for finding in found) if found else NOTHING


def _unknown_category(word: str) -> Finding:
    return Finding("category_unknown", True, suggested_label(word), (("word", word),))


def _is_spaced(text: str, number: str) -> bool:
    """The number with nothing but signs between its digits, as everybody writes it."""
    return text == number or _PHONE_SIGNS.sub("", text) == number
