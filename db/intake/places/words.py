"""An address in words becomes its parts: "tổ 3, P.12, Q.5, TP.HCM" names four places."""

import re
from dataclasses import dataclass
from functools import lru_cache

from db.reference.places import communes
from db.rules.names import clean, fold, place_tone

MOST_PARTS = 24
"""What stands behind so many is one part: no address has more."""

COMMUNE, DISTRICT, CITY, PROVINCE, HAMLET = "commune", "district", "city", "province", "hamlet"
"""What the word before a name says that it is; a city is a district or a province."""

_KINDS: dict[str, tuple[str, str]] = {
    "xã": (COMMUNE, "xã"),
    "x": (COMMUNE, "xã"),
    "phường": (COMMUNE, "phường"),
    "ph": (COMMUNE, "phường"),
    "p": (COMMUNE, "phường"),
    "f": (COMMUNE, "phường"),
    "thị trấn": (COMMUNE, "thị trấn"),
    "tt": (COMMUNE, "thị trấn"),
    "đặc khu": (COMMUNE, "đặc khu"),
    "đk": (COMMUNE, "đặc khu"),
    "huyện": (DISTRICT, "huyện"),
    "h": (DISTRICT, "huyện"),
    "quận": (DISTRICT, "quận"),
    "q": (DISTRICT, "quận"),
    "thị xã": (DISTRICT, "thị xã"),
    "tx": (DISTRICT, "thị xã"),
    "thành phố": (CITY, "thành phố"),
    "tp": (CITY, "thành phố"),
    "tỉnh": (PROVINCE, "tỉnh"),
    "t": (PROVINCE, "tỉnh"),
}
_HAMLET_WORDS = (
    "thôn", "bản", "xóm", "ấp", "buôn", "bon", "khu", "kp", "tổ", "tdp", "khóm", "khối", "làng",
    "plei", "phum", "sóc", "phố", "đường", "ngõ", "ngách", "hẻm", "số", "sn", "đội", "tiểu khu",
    "cụm", "lô",
)  # fmt: skip
_HAMLET = re.compile(rf"(?:{'|'.join((*_HAMLET_WORDS, *map(fold, _HAMLET_WORDS)))})\b|\d")
_INNER_DOTS = re.compile(r"(?<![^\W\d_])([tđd])\.\s?([tpxk])(?=[.\s])")
_COLON = re.compile(r"(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s*:\s*")
_SHORT_KIND = re.compile(r"(?<!\w)(x|ph|p|f|tt|tp|tx|đk|dk|h|q|t)\s?\.\s*(?=\w)")
_NUMBERED = re.compile(r"(?<!\w)([pfq])\s?\.?\s?(\d{1,2})(?!\w)")
_HO_CHI_MINH = re.compile(r"(?<!\w)tp\s?\.?\s?hcm(?!\w)")
_THUA_THIEN_HUE = re.compile(r"(?<!\w)t\s?\.?\s?t\s?\.?\s*[-–]?\s*(?=hu[eế](?!\w))")
_KIND_WITHIN = re.compile(
    r"(?<=\w)(?<!thị)\s+(?=(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|"
    r"tt|tp|tx|đk)\s+\w)"
)
_REWRITTEN = (
    (".", _INNER_DOTS, r"\1\2"),
    (":", _COLON, r"\1 "),
    (".", _SHORT_KIND, r", \1 "),
    ("hcm", _HO_CHI_MINH, ", tp hcm"),
    ("hu", _THUA_THIEN_HUE, ", thừa thiên "),
)
"""Only looked for in a text with the sign."""
_DASH = re.compile("[-–]")
_BETWEEN = re.compile(r"[,;|/\\()\[\]:\n–—-]+|\.\s")
_ONCE = frozenset({"cũ", "mới", "cu", "moi", "nay", "nay là", "trước là", "việt nam"})
_LATER = re.compile(
    r"^(?:nay là|nay thuộc|nay|trước là|trước đây là|sau sáp nhập là)\s+|"
    r"\s+(?:cũ|nay là|nay thuộc|trước là|trước đây là|sau sáp nhập là)$"
)
_NUMBER_WORDS = (
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một",
    "mười hai", "mười ba", "mười bốn", "mười lăm", "mười sáu", "mười bảy", "mười tám",
    "mười chín", "hai mươi",
)  # fmt: skip
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS, 1)}
_FINAL_Y = re.compile(r"(?:(?<=[bcdđghklmnprstvx])|(?<=qu))[yýỳỷỹỵ](?!\w)")
_I_FOR_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_ONE_SPELLING = {"đăk": "đắk", "lăk": "lắk", "đắc": "đắk", "nt": "nông trường"}
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NOT_WORD = re.compile(r"[\W_]+")
_BY_TONE = (
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
    "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
)  # fmt: skip
_TONELESS = str.maketrans({sign: letters[0] for letters in _BY_TONE for sign in letters})
_PLAIN = str.maketrans("ăâêôơưđ", "aaeooud")
_BARE = _PLAIN | {sign: ord(letter.translate(_PLAIN)) for sign, letter in _TONELESS.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """One name of an address.

    `kind` is the word before it, spelled out ("" if none); `name` is without it. A word typed
    without accents may be the name's own: "quan son" is Quan Sơn or a quarter, so `is_loose`.
    """

    level: str
    kind: str
    name: str
    whole: str
    is_loose: bool = False

    @property
    def is_hamlet(self) -> bool:
        """A hamlet, a street or a house number, unless a commune is called so."""
        return self.level == HAMLET


@lru_cache(maxsize=16_384)
def spelled(name: str) -> str:
    """One spelling of a name with its accents, without spaces: "Ea H'Leo" → eahleo, Mỹ → mĩ."""
    return "".join(map(_spelled_word, _NOT_WORD.split(clean(name).lower())))


def folded(spelling: str) -> str:
    """The key under which all spellings of a name meet: `spelled` without its accents."""
    return spelling.translate(_BARE)


def toneless(spelling: str) -> str:
    """The spelling without its five tones; ă, â, ê, ô, ơ, ư, đ stay."""
    return spelling.translate(_TONELESS)


@lru_cache(maxsize=4_096)
def parts_of(text: str) -> tuple[Part, ...]:
    """The names in a text in its order, as a rule from the smallest place to the largest."""
    text = place_tone(clean(text).lower())
    for sign, pattern, instead in _REWRITTEN:
        if sign in text:
            text = pattern.sub(instead, text)
    if any(map(str.isdigit, text)):
        text = _NUMBERED.sub(r", \1 \2", text)
    if "-" in text or "–" in text:
        text = _joined_names().sub(lambda found: _DASH.sub(" ", found[0]), text)
    text = _KIND_WITHIN.sub(", ", text)
    return tuple(part for piece in _BETWEEN.split(text, MOST_PARTS) if (part := _part(piece)))


@lru_cache(maxsize=1)
def _joined_names() -> re.Pattern[str]:
    """Names of two names: Chân Mây - Lăng Cô, Bà Rịa - Vũng Tàu."""
    names = {place.short_name for place in communes() if "-" in place.name}
    names |= {"Bà Rịa - Vũng Tàu", "Phan Rang - Tháp Chàm"}
    spellings = {
        spelling
        for name in names
        for spelling in (
            name.lower(),
            fold(
                name,
            ),
        )
    }
    return re.compile("|".join(name.replace(" - ", r"\s*[-–]\s*") for name in spellings))


def _part(piece: str) -> Part | None:
    whole = piece.strip(" .'\"*_")
    if not whole or whole in _ONCE:
        return None
    whole = _LATER.sub("", whole)
    words = whole.split()
    for count in (2, 1):
        kind = " ".join(words[:count])
        if len(words) > count and (found := _KINDS.get(kind)):
            return _named(found, " ".join(words[count:]), whole)
    if whole.isascii():
        for count in (2, 1):
            found = _folded_kinds().get(" ".join(words[:count]))
            if len(words) > count and found:
                return _named(found, " ".join(words[count:]), whole, is_loose=True)
    level = HAMLET if _HAMLET.match(whole) else ""
    return Part(level, "", " ".join(words), whole)


def _named(kind: tuple[str, str], name: str, whole: str, *, is_loose: bool = False) -> Part:
    level, word = kind
    if word == "huyện":
        name = name.removeprefix("đảo ")
    if word in ("phường", "quận"):
        name = _NUMBERS.get(name, name)
    return Part(level, word, name, whole, is_loose)


@lru_cache(maxsize=1)
def _folded_kinds() -> dict[str, tuple[str, str]]:
    return {fold(word): kind for word, kind in _KINDS.items()}


@lru_cache(maxsize=16_384)
def _spelled_word(word: str) -> str:
    word = _FINAL_Y.sub(lambda found: _I_FOR_Y[found[0]], place_tone(_ZEROS.sub("", word)))
    return _ONE_SPELLING.get(word, word)
