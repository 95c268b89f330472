"""Numbers of health insurance cards and social insurance books, typed or pasted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.benefits import KINDS
from db.rules.names import fold
from db.rules.states import Benefit

_SEPARATORS = re.compile(r"[\s.\-]+")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An approved person whose card or book has no number yet."""

    match_id: int
    full_name: str
    cccd: str


@dataclass(frozen=True, slots=True)
class Block:
    """What a pasted block says: numbers by match, and the lines (from 1) nobody could place."""

    numbers: dict[int, str]
    unplaced: tuple[int, ...]


def tidy(text: str) -> str:
    """A number without separators, letters in capitals."""
    return _SEPARATORS.sub("", text).upper()


def is_well_formed(number: str, benefit: Benefit) -> bool:
    """Whether a tidied number can stand on a card or a book."""
    return KINDS[benefit].number.fullmatch(number) is not None


def read_block(text: str, waiting: Sequence[Waiting]) -> Block:
    """Numbers pasted from the insurer's list, to be looked at before anything is written.

    One column follows the order of `waiting`; two columns are a citizen ID or full name, a tab,
    and the number. A name that two people share places nobody: nothing is guessed.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbers: dict[int, str] = {}
    unplaced = []
    for position, line in enumerate(lines):
        *who, number = line.split("\t")
        match_id = _named(who[0], waiting) if who else _at(position, waiting)
        if match_id is None or match_id in numbers:
            unplaced.append(position + 1)
        else:
            numbers[match_id] = tidy(number)
    return Block(numbers, tuple(unplaced))


def _at(position: int, waiting: Sequence[Waiting]) -> int | None:
    return waiting[position].match_id if position < len(waiting) else None


def _named(who: str, waiting: Sequence[Waiting]) -> int | None:
    if (digits := tidy(who)).isdigit():
        found = [one.match_id for one in waiting if one.cccd == digits]
    else:
        found = [one.match_id for one in waiting if fold(one.full_name) == fold(who)]
    return found[0] if len(found) == 1 else None
