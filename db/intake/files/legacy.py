"""Vietnamese as written before Unicode: TCVN3, VNI, Windows-1258, and UTF-8 read as Western."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from db.reference.tables import FOLDER
from db.rules.names import without_piles
from db.rules.syllables import accented_words

TCVN3, VNI, WINDOWS_1258, TWICE = "tcvn3", "vni", "windows-1258", "utf-8-twice"
LEGACY = (TWICE, WINDOWS_1258, TCVN3, VNI)
MISREAD_AS = ("cp1258", "mac_roman")
"""What a Vietnamese Windows and a Mac take a UTF-8 file for (a Western Windows apart)."""

LONGEST_TEXT = 2_000

_LOST_SPACE = re.compile("Ã (?=[ \t]|$)")


def as_western(content: bytes) -> str:
    """Windows-1252, its five unused bytes kept as control signs."""
    return content.decode("latin-1").translate(_western())


@lru_cache(maxsize=16_384)
def decoded(text: str, encoding: str) -> str | None:
    """What a text read as Western means in a legacy encoding; None if it cannot be that."""
    content = _western_bytes(text)
    if content is None:
        return None
    if encoding == TCVN3:
        return content.decode("latin-1").translate(_tcvn3())
    if encoding == VNI:
        return _vni_pattern().sub(lambda found: _vni()[found[0]], text)
    if encoding == WINDOWS_1258:
        return unicodedata.normalize("NFC", without_piles(content.decode("cp1258", "replace")))
    return _read_twice(text, content)


def misread(text: str, page: str) -> str | None:
    """UTF-8 that was read as a code page, read right; None if the text cannot be that."""
    try:
        return text.translate(_to_bytes(page)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def weigh(texts: Iterable[str], encoding: str | None) -> tuple[int, int]:
    """Words with accents that are Vietnamese under an encoding (None: as they are), and not."""
    good = bad = 0
    for text in texts:
        meant = text if encoding is None else decoded(text, encoding)
        right, wrong = accented_words(text if meant is None else meant)
        good += right
        bad += wrong + (meant is None)
    return good, bad


def _read_twice(text: str, content: bytes) -> str | None:
    for attempt in (content, _western_bytes(_LOST_SPACE.sub("Ã\u00a0", text))):
        try:
            return (attempt or b"\xff").decode("utf-8")
        except UnicodeDecodeError:
            continue
    return None


def _western_bytes(text: str) -> bytes | None:
    try:
        return text.translate(_to_western()).encode("latin-1")
    except UnicodeEncodeError:
        return None


@cache
def _western() -> dict[int, str]:
    table = {}
    for code in range(0x80, 0xA0):
        sign = bytes([code]).decode("cp1252", "ignore")
        if sign:
            table[code] = sign
    return table


@cache
def _to_bytes(page: str) -> dict[int, str]:
    """Signs of a code page to their bytes; a byte without a sign stands for itself."""
    signs = {code: bytes([code]).decode(page, "ignore") for code in range(0x80, 0x100)}
    return {ord(sign): chr(code) for code, sign in signs.items() if sign}


@cache
def _to_western() -> dict[int, str]:
    return {ord(sign): chr(code) for code, sign in _western().items()}


@cache
def _tables() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = json.loads(
        (FOLDER / "legacy_encodings.json").read_text(encoding="utf-8")
    )
    return known


@cache
def _tcvn3() -> dict[int, str]:
    return {ord(sign): letter for letter, sign in _tables()["tcvn3_abc"].items()}


@cache
def _vni() -> dict[str, str]:
    """Signs to letters; a capital may carry a small mark."""
    table = {signs: letter for letter, signs in _tables()["vni"].items()}
    for signs, letter in list(table.items()):
        if len(signs) == 2 and signs[0].isupper():
            table.setdefault(signs[0] + signs[1].lower(), letter)
    return table


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_vni(), key=len, reverse=True))))
