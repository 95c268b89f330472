"""Lists typed as notes: cells kept apart by dashes, or set under each other with spaces."""

import re
import unicodedata

from db.intake.fields.headers import match_header
from db.rules.names import without_piles

FEWEST_CELLS = 3
FEWEST_CARDS = 2
MOST_LABELS = 40
LONGEST_TEXT = 1_000_000
MOSTLY = 0.6
TAB = "\t"

_DASH = re.compile(r"(?<=\s)[-–—](?=\s)")
_NUMBER = re.compile(r"^\s*(\d{1,3})[.)/]\s+")
_PAIR = re.compile(r"^\s*(?:[-+•*]\s*)?([^:\d]{2,40}?)\s*:\s*(.*)$")
_GAP = re.compile(r" {2,}")


def with_tabs(text: str) -> tuple[str, str] | None:
    """The text with a tab between its cells, and what kept them apart; None if it is no such list.

    1. Lô Thị Xuân - 1957 - cận nghèo, or columns under their header with spaces between.
    """
    if len(text) > LONGEST_TEXT or TAB in text:
        return None
    lines = unicodedata.normalize("NFC", without_piles(text)).split("\n")
    if dashed := _cut_at_dashes(lines):
        return "\n".join(dashed), "-"
    if aligned := _cut_at_spaces(lines):
        return "\n".join(aligned), " "
    return None


def from_cards(text: str) -> str | None:
    """A table with tabs, of a text with a block for each person: Họ và tên: …, Ngày sinh: …"""
    if len(text) > LONGEST_TEXT or TAB in text or text.count(":") < FEWEST_CARDS * FEWEST_CELLS:
        return None
    lines = unicodedata.normalize("NFC", without_piles(text)).split("\n")
    pairs = [(found[1].strip(), found[2].strip()) for line in lines if (found := _PAIR.match(line))]
    labels = list(dict.fromkeys(label for label, _value in pairs))
    known = {match.field for label in labels[:MOST_LABELS] if (match := match_header((label,)))}
    filled = sum(bool(line.strip()) for line in lines)
    if len(pairs) < MOSTLY * filled or len(known) < FEWEST_CELLS or len(labels) > MOST_LABELS:
        return None
    cards: list[dict[str, str]] = []
    for label, value in pairs:
        if label == labels[0]:
            cards.append(dict.fromkeys(labels, ""))
        cards[-1][label] = value
    if len(cards) < FEWEST_CARDS:
        return None
    return "\n".join((TAB.join(labels), *(TAB.join(card.values()) for card in cards)))


def _cut_at_dashes(lines: list[str]) -> list[str] | None:
    counts = [len(_DASH.findall(line)) for line in lines]
    filled = [count for line, count in zip(lines, counts, strict=True) if line.strip()]
    most = max(filled, key=filled.count, default=0)
    if most < FEWEST_CELLS - 1 or filled.count(most) < max(2, MOSTLY * len(filled)):
        return None
    dashed = [line for line, count in zip(lines, counts, strict=True) if count]
    numbered = sum(map(bool, map(_NUMBER.match, dashed))) > MOSTLY * len(dashed)
    return [
        _cut_at_dash(line, numbered=numbered) if count else line
        for line, count in zip(lines, counts, strict=True)
    ]


def _cut_at_dash(line: str, *, numbered: bool) -> str:
    if numbered:
        line, found = _NUMBER.subn(rf"\1{TAB}", line)
        line = line if found else TAB + line
    return _DASH.sub(TAB, line)


def _cut_at_spaces(lines: list[str]) -> list[str] | None:
    top = next((at for at, line in enumerate(lines) if _is_header(line)), None)
    if top is None:
        return None
    header = lines[top]
    starts = [0, *(gap.end() for gap in _GAP.finditer(header) if gap.start())]
    below = [line for line in lines[top:] if _has_gap(line)]
    if all(_fits(line, starts) for line in below):
        return [
            TAB.join(_cells(line, starts)) if at >= top and _has_gap(line) else line
            for at, line in enumerate(lines)
        ]
    if all(len(_GAP.split(line.strip())) == len(starts) for line in below):
        return [*lines[:top], *(_GAP.sub(TAB, line.strip()) for line in lines[top:])]
    return None


def _has_gap(line: str) -> bool:
    return bool(_GAP.search(line.strip()))


def _is_header(line: str) -> bool:
    cells = _GAP.split(line.strip())
    found = {match.field for cell in cells if (match := match_header((cell,)))}
    return len(found) >= FEWEST_CELLS


def _fits(line: str, starts: list[int]) -> bool:
    """No word reaches over the beginning of a column."""
    return all(line[at - 1 : at].strip() == "" for at in starts[1:])


def _cells(line: str, starts: list[int]) -> list[str]:
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]
