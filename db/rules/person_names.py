"""Reads the cell that names a person: one name, every repair told, nothing else taken for it."""

import re
from functools import lru_cache

from db.rules.cells import Finding, Reading, read_as, wrong
from db.rules.names import clean, display_name

LONGEST_NAME = 80

_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_TWO_PEOPLE = re.compile(r"\s*[;/+&]\s*|\s+(?:và|,|-|–)\s+|,\s+")
_EXTRA = re.compile(
    r"\s*[(\[–\-,;:|/]?\s*(?:(?:cccd|cmnd|cmt|ns|sn|sinh|năm|số)\b[\s:.]*)*\d.*$", re.I
)
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")


@lru_cache(maxsize=8_192)
def read_name(cell: str) -> Reading:
    """The display form of a name; `cell` is as in the file.

    Errors: name_missing, name_and_more, name_two_people, name_too_long. Warnings: name_too_short,
    name_case, name_spelling.
    """
    text = clean(cell)
    if not _LETTER.search(text):
        return wrong("name_missing")
    if _DIGIT.search(text):
        rest = _EXTRA.sub("", text).strip(" -–,;:(")
        return wrong("name_and_more", display_name(rest) if " " in rest else None)
    if people := _two_people(cell, text):
        return wrong("name_two_people", display_name(people))
    if len(text) > LONGEST_NAME:
        return wrong("name_too_long")
    name = display_name(_BRACKETS.sub("", text) or text)
    findings = [Finding("name_too_short", False)] if " " not in text else []
    if name != cell and (repair := _repair(" ".join(cell.split()), name)):
        findings.append(Finding(repair, False))
    return Reading(name, tuple(findings)) if findings else read_as(name)


def _two_people(cell: str, text: str) -> str | None:
    """The first of two names in one cell, side by side or under each other."""
    lines = [clean(line) for line in cell.splitlines() if clean(line)]
    if len(lines) > 1 and all(" " in line for line in lines):
        return lines[0]
    parts = [part for part in _TWO_PEOPLE.split(_BRACKETS.sub("", text)) if part]
    if sum(" " in part for part in parts) > 1 or ";" in text.strip(" ;"):
        return parts[0]
    return None


def _repair(cell: str, name: str) -> str | None:
    if cell == name:
        return None
    return "name_case" if cell.lower() == name.lower() else "name_spelling"
