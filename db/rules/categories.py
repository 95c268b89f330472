"""Words of hardship in a cell become category codes."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from db.reference.catalogue import categories, categories_by_code, peoples
from db.rules.names import clean, fold

TICKS = frozenset({"x", "v", "co", "1", "dung", "yes", "y", "true", "✓", "✔", "√", "☑", "☒", "xx"})
NO_WORDS = frozenset({"", "0", "khong", "ko", "k", "no", "n", "false", "không", "khong co"})
SUGGESTED_FROM = 70
_SAYS_NO = re.compile(r"^(?:khong|ko|k|chua)\b")
_DEGREE = re.compile(r"^(?:muc do )?(?:dac biet )?(?:nang|nhe|vua)\b|^(?:muc|hang|dang|loai) ")
"""How severe a disability is, under "Khuyết tật": it says yes, and more."""

_SPLIT = re.compile(r"[,;/+&|•]| - | và |(?:^|\s)[-*](?=\s)", re.IGNORECASE)
_UNKNOWN = frozenset({"chua ro", "khong ro", "chua xac dinh", "chua biet"})
_SAYING_NOTHING = (
    "thuoc dien doi tuong nguoi la co con ho gia dinh thanh vien chu em tre te nam theo chuan da "
    "chieu va cua o tai song bi mac do vi boi nhan khau hgd so nong lam ngu diem nghiep"
)
_SAY_NOTHING = frozenset(_SAYING_NOTHING.split())
"""Words that may stand between two known ones without changing what they mean."""
_NEED_THEIR_PHRASE = frozenset({"n", "ngheo", "khac", "hs", "sv"})
"""A category as a whole cell, but not inside other words: "học sinh nghèo" is no household."""
MOST_WORDS = 24
MOST_PARTS, LONGEST_UNKNOWN = 12, 300
"""A cell of more parts is one strange word: nobody is of so many categories."""
_PERHAPS = {
    "BHN": ("ung thu", "suy than", "chay than", "loc mau", "tai bien", "xo gan", "tim bam sinh"),
    "LDTD": ("boc vac", "tho ho", "tho xay", "hang rong", "ve chai", "cuu van", "lam thue"),
}
"""An illness or a trade is no category by itself: the clerk is asked whether it means one."""
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LETTERS = re.compile(r"^[a-z](?: [a-z])+$")
"""H.C.N"""
_NUMBERING = re.compile(r"^\(?(?:\d{1,2}|[a-zđ])[.)]\s*", re.IGNORECASE)


@lru_cache(maxsize=32_768)
def category_codes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that a cell names, in its order, and the words that nobody knows."""
    text = clean(text.replace("\n", ";"))
    if is_unticked(text) or fold(text) in _UNKNOWN:
        return (), ()
    if whole := _words().get(fold(text)):
        return (whole,), ()
    if several := _codes_within(fold(text)):
        return several, ()
    codes: dict[str, None] = {}
    unknown: list[str] = []
    in_pieces = _BRACKETS.sub(_in_one_piece, text, count=MOST_PARTS)
    parts = _SPLIT.split(in_pieces, maxsplit=MOST_PARTS)
    if len(parts) > MOST_PARTS:
        return (), (text[:LONGEST_UNKNOWN],)
    for part in parts:
        part_text = _without_brackets(_NUMBERING.sub("", clean(part)).strip(" .-:"))
        if not part_text:
            continue
        if code := code_of(part_text):
            codes[code] = None
        elif several := _codes_within(fold(part_text)):
            codes.update(dict.fromkeys(several))
        else:
            unknown.append(part_text[:LONGEST_UNKNOWN])
    return tuple(codes), tuple(unknown)


def _in_one_piece(bracket: re.Match[str]) -> str:
    """What a bracket tells of a category, "(mắt, chân)", is no list of categories."""
    named = any(map(code_of, _SPLIT.split(bracket[1], maxsplit=MOST_PARTS)))
    return bracket[0] if named else _SPLIT.sub(" ", bracket[0])


def _without_brackets(text: str) -> str:
    """Brackets around it all, or one whose other half was split off; "KT (giấy số 12)" stays."""
    return text if text.endswith(")") and text.find("(") > 0 else text.strip(" .-:()")


def code_of(words: str) -> str | None:
    """The category that a label, a code or a known word names."""
    folded = fold(words)
    known = _words()
    if code := known.get(folded):
        return code
    if _LETTERS.match(folded):
        return known.get(folded.replace(" ", ""))
    for lead in (
        "thuoc dien ",
        "thuoc ",
        "dien ",
        "doi tuong ",
        "la ",
        "nguoi ",
        "gia dinh ",
        "con ",
    ):
        if folded.startswith(lead) and (code := known.get(folded.removeprefix(lead))):
            return code
    without_brackets = _BRACKETS.sub(" ", words)
    return known.get(fold(without_brackets)) if without_brackets != words else None


def _codes_within(folded: str) -> tuple[str, ...]:
    """The codes of words that say nothing but categories: "ho ngheo dtts nam 2026"; else none."""
    words = tuple(folded.split())
    return tuple(dict.fromkeys(_covered(words) or ())) if len(words) <= MOST_WORDS else ()


def _covered(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The codes of known phrases that leave no word over, the longest first; else None."""
    known, longest = _words(), _longest_phrase()
    count = len(words)
    covered: list[tuple[str, ...] | None] = [*[None] * count, ()]
    for at in range(count - 1, -1, -1):
        for end in range(min(count, at + longest), at, -1):
            rest = covered[end]
            if rest is None:
                continue
            code = known.get(phrase := " ".join(words[at:end]))
            if code and phrase not in _NEED_THEIR_PHRASE:
                covered[at] = (code, *rest)
                break
        else:
            if words[at] in _SAY_NOTHING or words[at].isdigit():
                covered[at] = covered[at + 1]
    return covered[0]


def known_labels() -> list[str]:
    """One word for each category that `category_codes` understands, poverty first."""
    return [category.label for category in categories()]


@lru_cache(maxsize=32_768)
def suggested_label(words: str) -> str | None:
    """The label of the most similar known word, for a person to confirm."""
    folded = f" {fold(words)} "
    for code, signs in _PERHAPS.items():
        if any(f" {sign} " in folded for sign in signs):
            return categories_by_code()[code].label
    best = process.extractOne(
        fold(words), _words().keys(), scorer=fuzz.ratio, score_cutoff=SUGGESTED_FROM
    )
    return categories_by_code()[_words()[best[0]]].label if best else None


@lru_cache(maxsize=4_096)
def ticked(text: str) -> bool | None:
    """What a cell of a column to tick says: yes, no, or None for neither, as "đã thoát"."""
    if is_unticked(text):
        return False
    if is_tick_mark(text) or _DEGREE.match(fold(text)) or (text.strip().isdigit() and int(text)):
        return True
    return False if _SAYS_NO.match(fold(text)) else True if category_codes(text)[0] else None


@lru_cache(maxsize=4_096)
def is_unticked(text: str) -> bool:
    """A blank, a dash or a no."""
    text = clean(text).lower()
    return text in NO_WORDS or (not fold(text) and text not in TICKS)


@lru_cache(maxsize=4_096)
def is_tick_mark(text: str) -> bool:
    """A bare mark: x, ✓, 1, có."""
    return clean(text).lower() in TICKS or fold(text) in TICKS


@cache
def _longest_phrase() -> int:
    return max(word.count(" ") + 1 for word in _words())


@cache
def _words() -> dict[str, str]:
    known: dict[str, str] = {}
    for category in categories():
        for word in (fold(category.label), fold(category.code), *category.aliases):
            known.setdefault(word, category.code)
    for people in peoples():
        if people.is_minority:
            for word in (fold(people.name), *people.aliases):
                known.setdefault(f"dan toc {word}", "DTTS")
    return known
