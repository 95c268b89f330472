"""Reads the cell that names a person: one name, every repair told, nothing else taken for it."""

import re
from functools import cache, lru_cache

from db.reference.likeness import name_shares
from db.rules.cells import Finding, Reading, read_as, warn, wrong
from db.rules.names import clean, display_name, fold
from db.rules.syllables import is_syllable

LONGEST_NAME = 80

_EXAMPLE = re.compile(r"^(?:nguyen|tran|le|pham|hoang) (?:van|thi) [a-d]$")

_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_NO_NAMES = frozenset(
    {"khong", "ko", "k", "x", "nt", "khong co", "khong ro", "chua ro", "nhu tren"}
)
_TWO_PEOPLE = re.compile(r"\s*[;/+&]\s*|\s+(?:và|,|-|–)\s+|,\s+")
_EXTRA = re.compile(
    r"\s*[(\[–\-,;:|/]?\s*(?:(?:cccd|cmnd|cmt|ns|sn|sinh|năm|số)\b[\s:.]*)*\d.*$", re.I
)
_GONE = re.compile(
    r"(?<!\w)(?:(?:đã |da )?(?:mất|chết|qua đời|từ trần)|da (?:mat|chet)|(?:đã )?chuyển đi|"
    r"(?:đã )?chuyển (?:hộ )?khẩu|đã chuyển|cắt khẩu)(?!\w)|[(\[]\s*(?:bỏ|xóa|xoá|gạch)\b",
    re.I,
)
"""Written behind a name, it says that the person must not be listed."""
_NOTE = re.compile(r"(?:\s*(?:\([^)]*\)|\[[^\]]*\]))+\s*$")
_TITLE = re.compile(
    r"^(?:(ông\s*[/(]\s*bà\)?|ông|bà|anh|chị|cụ|cô|chú|bác|cháu|em|bé|mr|mrs|ms|đồng chí|đ/c)"
    r"[.:]?\s+)+"
    r"(?=\S+\s+\S)",
    re.I,
)
_ONLY_TITLES = frozenset({"bà", "cụ", "chị", "đồng chí", "đ/c"})
"""Ông is a family name as well; nobody's name begins with these."""
_STRANGE = re.compile(r"[<>=@{}\\|\"#$%^~!?“”+/&;()\[\]]")
_EDGES = " +?!.,;:*-_'\"’‘ʼʹ´`′"
_LINE_BREAK = re.compile(r"\s*\n\s*")
_JOINED = re.compile(r"[._]+")
_LOST = re.compile(r"\ufffd|\?\?|\?\s*[^\W\d_]")


@lru_cache(maxsize=32_768)
def read_name(cell: str) -> Reading:
    """The display form of a name; `cell` is as in the file.

    Errors: name_missing, name_letters_lost, name_says_gone, name_and_more, name_two_people,
    name_too_long. Warnings: name_too_short, name_title_removed, name_note_removed,
    name_is_example, name_strange_signs, name_case, name_spelling.
    """
    text = clean(cell)
    if _LOST.search(text):
        return wrong("name_letters_lost")
    if not _LETTER.search(text) or fold(text) in _NO_NAMES:
        return wrong("name_missing")
    if _GONE.search(text):
        return wrong("name_says_gone")
    if _DIGIT.search(text):
        rest = _EXTRA.sub("", text).strip(" -–,;:(")
        return wrong("name_and_more", display_name(rest) if " " in rest else None)
    if people := _two_people(cell, text):
        return wrong("name_two_people", display_name(people))
    if len(text) > LONGEST_NAME:
        return wrong("name_too_long")
    plain = _NOTE.sub("", text.strip(_EDGES)).strip(_EDGES)
    if not plain or (_STRANGE.search(plain) and _STRANGE.search(_without_title(plain))):
        return warn(text, "name_strange_signs")
    return _one_name(cell, text.strip(_EDGES), plain)


def _one_name(cell: str, text: str, plain: str) -> Reading:
    findings = []
    if plain != text:
        note = text[len(plain) :].strip()
        findings.append(Finding("name_note_removed", False, None, (("note", note),)))
    untitled = _without_title(plain)
    if untitled != plain:
        findings.append(Finding("name_title_removed", False))
    name = display_name(_spaced(untitled))
    if _EXAMPLE.match(fold(name)):
        findings.append(Finding("name_is_example", False))
    if " " not in name:
        findings.append(Finding("name_too_short", False))
    if (
        not findings
        and name != cell
        and (repair := _repair(_LINE_BREAK.sub(" ", cell.strip()), name))
    ):
        findings.append(Finding(repair, False))
    return Reading(name, tuple(findings)) if findings else read_as(name)


def _without_title(text: str) -> str:
    """The name without "Bà" or "Anh" before it, if a family name follows."""
    found = _TITLE.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    follows = fold(rest).partition(" ")[0] in _family_names()
    return rest if follows or found[1].lower() in _ONLY_TITLES else text


@lru_cache(maxsize=16_384)
def names_somebody(text: str) -> bool:
    """Whether a cell plainly is a person's name: a family name and more, each word capitalised."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(word.istitle() or word.isupper() for word in words):
        return False
    return fold(words[0]) in _family_names() and all(map(is_syllable, words))


@cache
def _family_names() -> frozenset[str]:
    return frozenset(word for part, word in name_shares() if part == "family")


def _spaced(text: str) -> str:
    """The words of a name whose spaces were lost: NguyễnVănAn, Nguyễn_Văn_An."""
    if "_" in text or (" " not in text and "." in text):
        text = _JOINED.sub(" ", text)
    if all(word.istitle() or word.isupper() or word.islower() for word in text.split()):
        return text
    return " ".join(map(_apart, text.split()))


def _apart(word: str) -> str:
    starts = [at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()]
    parts = [word[start:end] for start, end in zip([0, *starts], [*starts, None], strict=True)]
    return " ".join(parts) if all(len(part) > 1 and part.istitle() for part in parts) else word


def _two_people(cell: str, text: str) -> str | None:
    """The first of two names in one cell, side by side or under each other."""
    lines = [clean(line) for line in cell.splitlines() if clean(line)]
    if len(lines) > 1 and all(" " in line for line in lines):
        return lines[0]
    parts = [part for part in _TWO_PEOPLE.split(_NOTE.sub("", text)) if part]
    if sum(" " in part for part in parts) > 1 or ";" in text.strip(" ;"):
        return parts[0]
    return None


def _repair(cell: str, name: str) -> str | None:
    if cell == name:
        return None
    return "name_case" if cell.lower() == name.lower() else "name_spelling"
