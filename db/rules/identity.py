"""Numbers that name a person: citizen ID, insurance number, card, phone, sex."""

import re
from functools import cache, lru_cache

from db.reference.places import cccd_birth_codes
from db.rules.births import cccd_birth_year
from db.rules.cells import Finding, Reading, read_as, warn, wrong
from db.rules.names import fold

NOTHING_WORDS = frozenset(
    {"khong", "ko", "k", "khong co", "k co", "ko co", "khong ro", "khong nho", "that lac", "mat"}
    | {"chua", "chua co", "chua cap", "chua duoc cap", "chua lam", "0", "x", "none", "null", "n a"}
)
_NOTHING_YET = re.compile(r"^(?:chua|khong|ko|k|dang|cho|mat|that lac|quen)(?: \D*)?$")
"""Chưa làm lại, đang chờ cấp, không nhớ số: words without any digit that begin so."""
LONGEST_WITH_CARD = 100
LOST_TWO_ZEROS = frozenset({"001", "002", "004", "006", "008"})
_CARD_CODES = (
    "CC TE CK CB KC HN DT DK XD BT TS AK CT CN LH HT TC PV TG DS HK DN HX CH NN TK HC XK TB NO XB "
    "TN CS XN MS HD TQ TA TY HG LS HS SV GB GD ND TH TV TD TU BA QN CA CY"
)
CARD_CODES = frozenset(_CARD_CODES.split())
"""The groups of insured people that a card begins with."""
CARD = re.compile(r"^([A-Z]{2})([1-5])(\d{2})(\d{10})(?:\d{5})?$")

_SEPARATORS = re.compile(r"[\s.\-'’,_/]+")
_LABEL = re.compile(
    r"(?<!\w)(?:số|so|thẻ|cccd|cmnd|cmt|cc|căn cước|can cuoc|công dân|đdcn|ddcn|sđdcn|id|mã)(?!\w)"
    r"|[#=\":()]",
    re.IGNORECASE,
)
_CARD_TOLD = re.compile(
    r"\s*(?:\((?:(?!\d{9})[^)])*\)?|[,;\-–]?\s*(?:ngày )?cấp\b.*)$", re.IGNORECASE
)
"""What is told of the card behind its number: (cấp 2021), cấp ngày 10/5/2021."""
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
_DIGITS_WITH_SLIPS = re.compile(r"^[\dOoQlIi|]+$")
_LETTER_SLIPS = str.maketrans("OoQlIi|", "0001111")
_OLD_PREFIX_WITHOUT_ZERO = re.compile(r"^(12\d|16[2-9])\d{7}$")
_PLAIN_MOBILE = frozenset({"03", "05", "07", "08", "09"})
_MOBILE = re.compile(r"\A0[35789][0-9]{8}\Z")
_LANDLINE = re.compile(r"\A02[0-9]{9}\Z")
_OLD_MOBILE_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_SEXES = dict.fromkeys(
    ["nam", "m", "male", "t", "trai", "be trai", "con trai", "nam gioi", "ong", "anh", "1"], "M"
) | (
    dict.fromkeys(
        [
            *("nu", "n", "f", "female", "g", "gai", "be gai", "con gai", "nu gioi", "ba", "chi"),
            *("0", "2"),
        ],
        "F",
    )
)


_SIGNS_OF_SEX = {"♀": "F", "♂": "M"}


def is_nothing(text: str) -> bool:
    """A blank cell, or one of the words clerks write for "none"."""
    if not text or text.isdigit():
        return not text or text == "0"
    folded = fold(text)
    return not folded or folded in NOTHING_WORDS or bool(_NOTHING_YET.match(folded))


def digits_of(text: str) -> str:
    """An identifier without separators, with letters typed for digits put right."""
    text = text.strip().strip("'’`\"")
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    text = _SEPARATORS.sub("", text)
    if not text.isdigit() and _DIGITS_WITH_SLIPS.match(text) and any(map(str.isdigit, text)):
        text = text.translate(_LETTER_SLIPS)
    return text


def read_cccd(
    text: str, *, birth: str | None = None, sex: str | None = None, was_number: bool = False
) -> Reading:
    """A 12-digit citizen number; lost zeros are restored only when birth and place agree.

    `was_number`: the cell was a number in Excel, which drops leading zeros. A missing number or an
    old nine-digit card is a warning. Errors: cccd_scientific, cccd_not_digits, cccd_two_numbers,
    cccd_length, cccd_looks_like_bhxh, cccd_impossible.
    """
    if len(text) == 12 and text.isascii() and text.isdigit():
        return _whole_cccd(text, birth, sex)
    if is_nothing(text):
        return warn(None, "cccd_missing")
    if _SCIENTIFIC.match(text.strip()):
        return wrong("cccd_scientific")
    digits = digits_of(text)
    if not digits.isdigit():
        digits = digits_of(_LABEL.sub("", _without_card(text)))
    if not digits.isascii() or not digits.isdigit():
        return wrong("cccd_not_digits")
    if len(digits) == 12:
        return _whole_cccd(digits, birth, sex)
    if len(digits) in (10, 11):
        return _short_cccd(digits, birth, sex, was_number)
    if len(digits) == 9:
        return warn(None, "old_identity_card")
    if len(digits) == 24:
        return wrong("cccd_two_numbers", digits[:12])
    return wrong("cccd_length", count=str(len(digits)))


def _without_card(text: str) -> str:
    return _CARD_TOLD.sub("", text) if len(text) <= LONGEST_WITH_CARD else text


def _whole_cccd(digits: str, birth: str | None, sex: str | None) -> Reading:
    if digits.startswith("000") or digits == digits[0] * 12:
        return wrong("cccd_impossible")
    findings: list[Finding] = []
    if digits[:3] not in cccd_birth_codes():
        findings.append(Finding("cccd_unknown_origin", False))
    year, sex_told = _year_and_sex(digits[3:6])
    if birth and birth[:4] != year:
        findings.append(Finding("cccd_birth_mismatch", False, details=(("year", year),)))
    if sex and sex != sex_told:
        findings.append(Finding("cccd_sex_mismatch", False))
    return Reading(digits, tuple(findings))


@cache
def _year_and_sex(signs: str) -> tuple[str, str]:
    """What the fourth to the sixth digit of a citizen number tell."""
    number = f"000{signs}"
    return str(cccd_birth_year(number)), cccd_sex(number)


def _short_cccd(digits: str, birth: str | None, sex: str | None, was_number: bool) -> Reading:
    """Leading zeros lost in a number cell: one for codes 010–096, two for 001–008."""
    whole = digits.zfill(12)
    place_known = whole[:3] in (LOST_TWO_ZEROS if len(digits) == 10 else cccd_birth_codes())
    agrees = (
        birth is not None
        and int(birth[:4]) == cccd_birth_year(whole)
        and (sex is None or sex == cccd_sex(whole))
    )
    number_without_zero = was_number and len(digits) == 11
    if place_known and (agrees or number_without_zero):
        restored = Finding("cccd_zero_restored", False, None, (("understood", whole),))
        return Reading(whole, (restored, *_whole_cccd(whole, birth, sex).findings))
    if len(digits) == 10:
        return wrong("cccd_looks_like_bhxh")
    lost_a_zero = place_known and not digits.startswith("0")
    return wrong("cccd_length", whole if lost_a_zero else None, count="11")


def cccd_sex(cccd: str) -> str:
    """The sex inside a 12-digit citizen number: "M" or "F"."""
    return "F" if int(cccd[3]) % 2 else "M"


def read_bhxh(text: str, *, cccd: str | None = None) -> Reading:
    """A ten-digit insurance number. Errors: bhxh_length, bhxh_not_digits, bhxh_impossible."""
    if is_nothing(text):
        return read_as(None)
    if text.isascii() and text.isdigit() and len(set(text)) == 1:
        return wrong("bhxh_impossible")
    if len(text) == 10 and text.isascii() and text.isdigit():
        return read_as(text)
    if card := CARD.match(_card_text(text)):
        return warn(card[4], "bhxh_from_card", understood=card[4])
    if _SCIENTIFIC.match(text.strip()):
        return wrong("bhxh_length", count="?")
    digits = digits_of(text)
    if not digits.isascii() or not digits.isdigit():
        return wrong("bhxh_not_digits")
    if len(digits) == 10:
        return read_as(digits)
    if len(digits) == 9:
        return warn(f"0{digits}", "bhxh_zero_restored", understood=f"0{digits}")
    if len(digits) == 12:
        return read_as(None) if digits == cccd else warn(None, "bhxh_is_cccd")
    return wrong("bhxh_length", count=str(len(digits)))


def read_hi_card(text: str) -> Reading:
    """A card of 15 signs, or the 10 or 12 digits of newer ones. Error: hi_card_format.

    Warnings: hi_card_unknown_code (letters that no card begins with), bhxh_zero_restored.
    """
    if is_nothing(text):
        return read_as(None)
    compact = _card_text(text)
    if card := CARD.match(compact):
        number = "".join(card.groups())
        if card[1] not in CARD_CODES:
            return warn(number, "hi_card_unknown_code", letters=card[1])
        return read_as(number)
    digits = digits_of(compact)
    if digits.isascii() and digits.isdigit() and len(digits) in (10, 12):
        return read_as(digits)
    if digits.isascii() and digits.isdigit() and len(digits) == 9:
        return warn(f"0{digits}", "bhxh_zero_restored", understood=f"0{digits}")
    return wrong("hi_card_format")


def _card_text(text: str) -> str:
    """Capitals without separators; a letter among the digits is a slip of the keyboard."""
    compact = _SEPARATORS.sub("", text.upper()).replace("Đ", "D")
    return compact[:2] + compact[2:].translate(_LETTER_SLIPS)


def read_phone(text: str) -> Reading:
    """The first phone number as 0xxxxxxxxx; what cannot be one is dropped with a warning."""
    if len(text) == 10 and text[:2] in _PLAIN_MOBILE and text.isascii() and text.isdigit():
        return read_as(text)
    if is_nothing(text):
        return read_as(None)
    if _SCIENTIFIC.match(text.strip()):
        return warn(None, "phone_invalid")
    if number := _phone(text):
        return read_as(number)
    for part in re.split(r"[/;,\n]| - | và | hoặc |(?<=\d{9}) +(?=0)|(?<=\d{9})-(?=0)", text):
        if number := _phone(part):
            return warn(number, "phone_two_numbers", understood=number)
    return warn(None, "phone_invalid")


def _phone(text: str) -> str | None:
    text = text.strip().removesuffix(".0")
    if _DIGITS_WITH_SLIPS.match(text):
        text = text.translate(_LETTER_SLIPS)
    digits = re.sub(r"\D", "", text).removeprefix("00")
    if digits.startswith("840"):
        digits = digits[2:]
    if digits.startswith("084") and len(digits) == 12:
        digits = f"0{digits[3:]}"
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = f"0{digits[2:]}"
    if len(digits) == 9 and digits[0] in "35789":
        digits = f"0{digits}"
    if len(digits) == 10 and digits[0] == "2":
        digits = f"0{digits}"
    if _OLD_PREFIX_WITHOUT_ZERO.match(digits):
        digits = f"0{digits}"
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE_PREFIXES:
        digits = _OLD_MOBILE_PREFIXES[digits[:4]] + digits[4:]
    if _MOBILE.match(digits) or _LANDLINE.match(digits):
        return digits
    return None


@lru_cache(maxsize=1_024)
def read_sex(text: str) -> Reading:
    """ "M", "F" or nothing. Error: sex_unknown."""
    folded = fold(text)
    if sign := _SIGNS_OF_SEX.get(text.strip()):
        return read_as(sign)
    if not folded:
        return read_as(None) if is_nothing(text) and "?" not in text else wrong("sex_unknown")
    sex = _SEXES.get(folded.removesuffix(" 0") if folded in ("1 0", "0 0") else folded)
    return read_as(sex) if sex else wrong("sex_unknown")
