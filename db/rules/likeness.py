"""How alike two records of people are: field by field, weighed together, in three bands.

Each field agrees or disagrees at some level, each level is worth the bits of
reference/likeness_weights.csv, and the sum is the score (Fellegi and Sunter, 1969). A shared
name counts the more the rarer it is. The thresholds suit three million stored people.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log2, prod

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from db.reference.likeness import name_shares, weights
from db.rules.births import swapped
from db.rules.names import clean, fold, match_key, place_tone

FIELDS = ("full_name", "birth_date", "sex", "cccd", "bhxh", "commune_code", "hamlet", "household")
SAME_FROM = 31.0
ASK_FROM = 22.0
"""Scores in bits, fixed on seeds that the figures are not measured on."""

NEAR_WORDS = 80
"""From this ratio of equal letters (0 to 100) on, two hamlets or households count as near,
unless a number tells them apart: hamlets 1 and 11 are two."""
_RAREST_NAME = 2.0**-17
"""Rare names gather in one commune: rarity beyond this proves nothing more."""
_AS_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_NUMBER = re.compile(r"\d+")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])[yýỳỷỹỵ]\b")
_RARE_WORD = {"family": 1 / 3000, "middle": 1 / 200, "given": 1 / 3000}
_NO_MIDDLE = 0.05
_TELLING = ("full_name", "birth_date", "cccd", "bhxh", "commune_code")
_OF_NEIGHBOURS = ("hamlet", "household")
"""Every commune has a first hamlet, and a family shares both: they count only beside a name."""
_SURE_NAMES = frozenset({"same", "unaccented", "moved", "part"})
_SURE_BIRTHS = frozenset({"day", "new_year_day", "month", "in_month", "year", "in_year", "swapped"})


class Likeness(StrEnum):
    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    MISSING = "missing"


class Band(StrEnum):
    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score` in bits; `levels` by field, without fields that either record lacks."""

    band: Band
    score: float
    levels: Mapping[str, str]

    @property
    def evidence(self) -> dict[str, str]:
        """The likeness of each of FIELDS as it is stored and shown."""
        return {name: _shown(self.levels.get(name)) for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Traits:
    """What two records are compared by, made ready once; a missing value is empty.

    `birth_date` is "YYYY", "YYYY-MM" or "YYYY-MM-DD".
    """

    full_name: str
    name_key: str
    words: tuple[str, ...]
    accented: bool
    birth_date: str
    sex: str
    cccd: str
    bhxh: str
    commune_code: str
    province_code: str
    hamlet: str
    household: str


def traits(record: Mapping[str, str | None]) -> Traits:
    """A record by column name as `judge` takes it."""
    name = _spelling(record.get("full_name") or "")
    key = match_key(name)
    return Traits(
        full_name=name,
        name_key=key,
        words=tuple(key.split()),
        accented=not name.isascii(),
        birth_date=record.get("birth_date") or "",
        sex=record.get("sex") or "",
        cccd=record.get("cccd") or "",
        bhxh=record.get("bhxh") or "",
        commune_code=record.get("commune_code") or "",
        province_code=record.get("province_code") or "",
        hamlet=fold(record.get("hamlet") or ""),
        household=fold(record.get("household") or ""),
    )


def compare(first: Mapping[str, str | None], second: Mapping[str, str | None]) -> dict[str, str]:
    """The likeness of each of FIELDS; a value that either record lacks is missing."""
    return judge(traits(first), traits(second)).evidence


def read_alike(one: Traits, other: Traits) -> bool:
    """Whether two records say the same: alike to the letter in what tells people apart."""
    if any(getattr(one, name) != getattr(other, name) for name in _TELLING):
        return False
    apart = (_equal(one.sex, other.sex), _words_level(one.hamlet, other.hamlet))
    return "different" not in apart


def judge(one: Traits, other: Traits) -> Judgement:
    """Whether two records are the same person, must be asked about, or are two people.

    An equal number is never "different". "Same" needs a name and a birth that fit and a number in
    common, or without numbers the same day in the same commune; and no citizen number or sex that
    speaks against it. Whoever shares a number but neither name nor birth is always asked about.
    """
    found = {
        "full_name": _name_level(one, other),
        "birth_date": _birth_level(one.birth_date, other.birth_date),
        "sex": _equal(one.sex, other.sex),
        "cccd": _number_level(one.cccd, other.cccd),
        "bhxh": _number_level(one.bhxh, other.bhxh),
        "commune_code": _place_level(one, other),
        "hamlet": _words_level(one.hamlet, other.hamlet),
        "household": _words_level(one.household, other.household),
    }
    levels = {name: level for name, level in found.items() if level}
    worth = weights()
    name = levels.get("full_name", "different")
    neighbours = levels.get("commune_code") == "same" and name != "different"
    score = sum(
        worth[pair] for pair in levels.items() if neighbours or pair[0] not in _OF_NEIGHBOURS
    )
    if name != "different":
        score -= log2(_share(one, other, name))
    return Judgement(_band(score, levels), score, levels)


def _band(score: float, levels: Mapping[str, str]) -> Band:
    if score >= SAME_FROM and _fits(levels):
        return Band.SAME
    asked = score >= ASK_FROM or _number_shared(levels) or _namesakes(levels)
    return Band.ASK if asked else Band.DIFFERENT


def _fits(levels: Mapping[str, str]) -> bool:
    """Nothing speaks against one person, and more than a name and a year speaks for it."""
    if levels.get("full_name") not in _SURE_NAMES or levels.get("sex") == "different":
        return False
    if levels.get("cccd") not in (None, "same"):
        return False
    if _number_shared(levels):
        return levels.get("birth_date") in _SURE_BIRTHS
    return (
        levels.get("birth_date") == "day"
        and levels.get("commune_code") == "same"
        and "bhxh" not in levels
    )


def _namesakes(levels: Mapping[str, str]) -> bool:
    """One folded name and one birth as written, in one commune: a person looks, however common."""
    return (
        levels.get("full_name") in ("same", "unaccented", "accents_differ")
        and levels.get("birth_date") in ("day", "new_year_day", "month", "year")
        and levels.get("commune_code") == "same"
    )


def _number_shared(levels: Mapping[str, str]) -> bool:
    return "same" in (levels.get("cccd"), levels.get("bhxh"))


def _name_level(one: Traits, other: Traits) -> str | None:
    if not one.words or not other.words:
        return None
    if one.words == other.words:
        if one.full_name == other.full_name:
            return "same"
        return "accents_differ" if one.accented and other.accented else "unaccented"
    fewer, more = sorted((one.words, other.words), key=len)
    if len(fewer) == len(more):
        if sorted(fewer) == sorted(more):
            return "moved"
        return "slip" if _one_slip(fewer, more) else "different"
    return "part" if len(fewer) > 1 and _within(fewer, more) else "different"


def _within(fewer: tuple[str, ...], more: tuple[str, ...]) -> bool:
    """All words of the shorter name in the longer, and the given name of the longer among them."""
    left = list(more)
    for word in fewer:
        if word not in left:
            return False
        left.remove(word)
    return more[-1] in fewer


def _one_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and OSA.distance(*apart[0], score_cutoff=1) <= 1 < len(apart[0][0])


def _birth_level(one: str, other: str) -> str | None:
    if not one or not other:
        return None
    if one == other:
        if one.endswith("-01-01"):
            return "new_year_day"
        return {4: "year", 7: "month", 10: "day"}[len(one)]
    known = min(len(one), len(other))
    if one[:known] == other[:known]:
        return "in_year" if known == 4 else "in_month"
    if swapped(one) == other:
        return "swapped"
    if one[:4] == other[:4] and "-01-01" in (one[4:], other[4:]):
        return "in_year"
    if known == 10 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return "slip"
    return "same_year" if one[:4] == other[:4] else "different"


def _number_level(one: str, other: str) -> str | None:
    if not one or not other:
        return None
    if one == other:
        return "same"
    return "slip" if OSA.distance(one, other, score_cutoff=1) <= 1 else "different"


def _place_level(one: Traits, other: Traits) -> str | None:
    if not one.commune_code or not other.commune_code:
        return None
    if one.commune_code == other.commune_code:
        return "same"
    near = one.province_code and one.province_code == other.province_code
    return "province" if near else "different"


def _words_level(one: str, other: str) -> str | None:
    level = _equal(one, other)
    if level == "different" and fuzz.ratio(one, other) >= NEAR_WORDS:
        return level if _numbered_apart(one, other) else "near"
    return level


def _numbered_apart(one: str, other: str) -> bool:
    numbers, others = ([int(found) for found in _NUMBER.findall(text)] for text in (one, other))
    return bool(numbers and others and numbers != others)


def _equal(one: str, other: str) -> str | None:
    if not one or not other:
        return None
    return "same" if one == other else "different"


def _share(one: Traits, other: Traits, level: str) -> float:
    fewer, more = sorted((one.words, other.words), key=len)
    if level in ("moved", "part"):
        return _share_of_words(fewer)
    return max(_share_of_name(fewer), _share_of_name(more))


@lru_cache(maxsize=65_536)
def _share_of_name(words: tuple[str, ...]) -> float:
    """How many people of the nation have this name, words taken as independent."""
    family, *middle, given = words if len(words) > 1 else ("", *words)
    share = _share_of("family", family) * _share_of("given", given) if family else 1 / 3000
    share *= prod(_share_of("middle", word) for word in middle) if middle else _NO_MIDDLE
    return max(share, _RAREST_NAME)


@lru_cache(maxsize=65_536)
def _share_of_words(words: tuple[str, ...]) -> float:
    share = prod(max(_share_of(part, word) for part in _RARE_WORD) for word in words)
    return max(share, _RAREST_NAME)


def _share_of(part: str, word: str) -> float:
    return name_shares().get((part, word), _RARE_WORD[part])


@lru_cache(maxsize=65_536)
def _spelling(name: str) -> str:
    """Lower case, tones in their place, one letter for the final i and y of Lí and Lý."""
    return _FINAL_Y.sub(lambda sign: _AS_I[sign[0]], place_tone(clean(name)).lower())


def _shown(level: str | None) -> Likeness:
    """The level in the four words of the screen."""
    if level is None:
        return Likeness.MISSING
    if level in ("same", "day", "new_year_day", "month", "year"):
        return Likeness.SAME
    return Likeness.DIFFERENT if level in ("different", "province") else Likeness.NEAR
