"""Vietnamese names and words: one spelling, one key to compare, one key to sort."""

import re
import unicodedata
from functools import cache, lru_cache

# Letters of other alphabets that look like ours, as typed or pasted by mistake.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaeijopcyxsABEZHIKMNOPTYXo"
)
_ETH = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = dict.fromkeys(
    ord(sign)
    for sign in "\u00ad\u034f\u061c\u180e\ufeff\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
)
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʹ´`′"), "'")
_EDGES = " .,;:*-_'\"’‘ʼʹ´`′"
_CLEANUP = {**_FULL_WIDTH, **_INVISIBLE, **_ETH}
_TO_CLEAN_UP = re.compile(f"[{''.join(map(chr, _CLEANUP))}]")
_MARKS = re.compile("[\u0300-\u036f]+")
"""The marks that our letters are decomposed into, and many others."""

LONGEST_TO_COMPOSE, MOST_MARKS = 1_000, 4
LOST_LETTER = "\ufffd"
"""What stands where a letter could not be read."""

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}

# Old and new habits of placing the tone: hoà, thuý and hòan, hùynh become hòa, thúy, hoàn, huỳnh.
_LATE_TONE = re.compile(r"(?<!q)([ou])([àáảãạèéẻẽẹỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)
_EARLY_TONE = re.compile(r"([òóỏõọ][ae]|[ùúủũụ]y)(?=[^\W\d_])", re.IGNORECASE)
_FINAL_PAIRS = {"oa", "oe", "uy"}

_NOT_WORD = re.compile(r"[\W_]+")
_FOREIGN = re.compile(r"[µ\u0370-\u052f]")
_OURS = re.compile(r"[A-Za-zĐđ]")
_NAME_PARTS = re.compile(r"[^\s'\-]+")


def clean(text: str) -> str:
    """Composed Unicode, no invisible signs, no full-width forms, single spaces, no edges."""
    return " ".join(text.split()) if text.isascii() else _clean_unicode(text)


@lru_cache(maxsize=32_768)
def _clean_unicode(text: str) -> str:
    if _TO_CLEAN_UP.search(text):
        text = text.translate(_CLEANUP)
    return " ".join(unicodedata.normalize("NFC", without_piles(text)).split())


def without_piles(text: str) -> str:
    """A long text with at most four marks on a letter: composing thousands of them takes hours."""
    if len(text) <= LONGEST_TO_COMPOSE or not _pile().search(text):
        return text
    kept, pile = [], 0
    for sign in text:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        if pile <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


@cache
def _pile() -> re.Pattern[str]:
    """More marks in a row than any letter has."""
    marks = (chr(code) for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{''.join(marks)}]{{{MOST_MARKS + 1}}}")


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """The key to compare words: lower case, no accents, đ as d, one space between words."""
    text = clean(text).lower()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text.replace("đ", "d")))
    if not text.isascii():
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", text).strip()


def display_name(text: str) -> str:
    """A person's name as shown everywhere: one alphabet, tones in place, Each Word Capital."""
    text = clean(text).strip(_EDGES)
    if not (_FOREIGN.search(text) and _OURS.search(text)):
        return " ".join(map(_display_word, text.split()))
    words = map(_display_word, text.translate(_LOOK_ALIKES).split())
    return " ".join(words).translate(_LOOK_ALIKES)  # capitals may be strangers again: µ, α


@lru_cache(maxsize=16_384)
def _display_word(word: str) -> str:
    word = word.translate(_APOSTROPHES)
    word = place_tone(_NAME_PARTS.sub(lambda part: _capital(part[0]), word))
    return unicodedata.normalize("NFC", word)


def _capital(part: str) -> str:
    return "".join(
        _one_letter(sign, sign.upper() if place == 0 else sign.lower())
        for place, sign in enumerate(part)
    )


def _one_letter(sign: str, changed: str) -> str:
    return changed if len(changed) == 1 else sign


@lru_cache(maxsize=16_384)
def place_tone(text: str) -> str:
    """The tone mark where the reference tables put it: hoà → hòa, thuý → thúy, hùynh → huỳnh."""
    if text.isascii():
        return text
    text = _LATE_TONE.sub(lambda pair: _tone_to_first(pair[0]), unicodedata.normalize("NFC", text))
    return _EARLY_TONE.sub(lambda pair: _tone_to_second(pair[0]), text)


def _tone_to_first(pair: str) -> str:
    second, tone = _without_tone(pair[1])
    if (pair[0] + second).lower() not in _FINAL_PAIRS:
        return pair
    return unicodedata.normalize("NFC", pair[0] + tone) + second


def _tone_to_second(pair: str) -> str:
    first, tone = _without_tone(pair[0])
    return first + unicodedata.normalize("NFC", pair[1] + tone)


def _without_tone(letter: str) -> tuple[str, str]:
    signs = unicodedata.normalize("NFD", letter)
    tone = "".join(sign for sign in signs if sign in _TONES)
    rest = "".join(sign for sign in signs if sign not in _TONES)
    return unicodedata.normalize("NFC", rest), tone


@lru_cache(maxsize=65_536)
def match_key(name: str) -> str:
    """The key under which two spellings of one person's name meet: Lý = Lí, H'Hen = H Hen."""
    return " ".join(re.sub(r"(?<=[bcdghklmnpqrstvx])y$", "i", word) for word in fold(name).split())


@lru_cache(maxsize=65_536)
def sort_key(name: str) -> str:
    """A plain string that sorts names by given name, family name, middle names, as in Vietnam.

    29 letters (with f, j, w, z between), then the tones none, huyền, hỏi, ngã, sắc, nặng.
    """
    words = clean(name).lower().split()
    letters: list[str] = []
    tones: list[str] = []
    for word in [*words[-1:], *words[:-1]]:
        for sign in unicodedata.normalize("NFC", word):
            letter, tone = _without_tone(sign)
            if letter in _RANKS:
                letters.append(_RANKS[letter])
                tones.append(str(_TONES.index(tone) + 1) if tone else "0")
        letters.append(" ")
    return f"{''.join(letters)}!{''.join(tones)}"
