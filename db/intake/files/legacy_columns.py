"""Columns written in an old font or read twice become Unicode, where the words say so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from db.intake.fields.headers import match_header
from db.intake.files.legacy import (
    LEGACY,
    LONGEST_TEXT,
    TCVN3,
    TWICE,
    VNI,
    WINDOWS_1258,
    decoded,
    weigh,
)
from db.intake.files.sheets import Conversion, Sheet
from db.rules.syllables import accented_words

FEWEST_WORDS = 3
SAMPLED_TEXTS = 2_000
ROWS_AT_ONCE = 4_000
SHARE_OF_STRANGE_WORDS = 0.2
COLUMN_ENCODINGS = (TCVN3, VNI, WINDOWS_1258)

_UNICODE_ONLY = re.compile("[^\x00-\xff–—‘’‚“”„†‡•…‰‹›€™ŠšŽžŸŒœƒˆ˜]")


@dataclass(slots=True)
class _Column:
    """The accented texts of one column that old encodings could have made, with their rows.

    `has_proper`: others are there that only Unicode can write.
    """

    texts: dict[str, list[int]]
    has_proper: bool


def repaired(sheet: Sheet) -> Sheet:
    """The sheet in Unicode; what was converted is told in `conversions`."""
    columns = _suspects(sheet)
    if not columns:
        return sheet
    certain = {at: name for at, column in columns.items() if (name := _encoding_of(column))}
    used = {*certain.values(), *sheet.fonts.values()}
    changed: dict[int, list[tuple[int, str]]] = {}
    conversions = []
    for at, column in columns.items():
        encoding = certain.get(at) or _by_neighbours(column, used)
        if not encoding:
            continue
        cells = list(_converted(column, encoding))
        if cells:
            first_row, before, _ = min(cells)
            conversions.append(Conversion(encoding, at, first_row, before, len(cells)))
            for row, _, text in cells:
                changed.setdefault(row, []).append((at, text))
    if not changed:
        return sheet
    return replace(sheet, rows=_with(sheet.rows, changed), conversions=tuple(conversions))


def _suspects(sheet: Sheet) -> dict[int, _Column]:
    columns = {}
    for at, texts in enumerate(_different_texts(sheet)):
        accented = [text for text in texts if not text.isascii()]
        perhaps = [t for t in accented if len(t) <= LONGEST_TEXT and not _UNICODE_ONLY.search(t)]
        column = _Column({text: [] for text in perhaps}, len(perhaps) < len(accented))
        if _is_strange(column):
            columns[at] = column
    for number, cells in sheet.rows.items() if columns else ():
        for at, column in columns.items():
            if at < len(cells) and cells[at] in column.texts:
                column.texts[cells[at]].append(number)
    return columns


def _different_texts(sheet: Sheet) -> list[dict[str, None]]:
    """The different texts of each column, in the order of the rows."""
    columns: list[dict[str, None]] = []
    rows = iter(sheet.rows.values())
    while some := list(islice(rows, ROWS_AT_ONCE)):
        for at, texts in enumerate(zip_longest(*some, fillvalue="")):
            if at == len(columns):
                columns.append({})
            columns[at].update(dict.fromkeys(texts))
    return columns


def _is_strange(column: _Column) -> bool:
    return any(accented_words(text)[1] for text in column.texts)


def _encoding_of(column: _Column) -> str | None:
    """The encoding under which the words of a column become Vietnamese."""
    strange = [text for text in column.texts if accented_words(text)[1]]
    strange = strange[:: len(strange) // SAMPLED_TEXTS + 1]
    sample = list(column.texts)[:: len(column.texts) // SAMPLED_TEXTS + 1]
    if any(_was_read_twice(text) for text in strange):
        return TWICE
    good, bad = weigh(sample, None)
    if bad < SHARE_OF_STRANGE_WORDS * (good + bad) and not column.has_proper:
        return None
    weights = {name: weigh(strange, name) for name in COLUMN_ENCODINGS}
    best = max(weights, key=lambda name: weights[name][0] - 2 * weights[name][1])
    right, wrong = weights[best]
    if right >= FEWEST_WORDS and wrong <= right / 6:
        return best
    return (
        best
        if right and not wrong and any(_names_a_field(text, best) for text in strange)
        else None
    )


def _was_read_twice(text: str) -> bool:
    meant = decoded(text, TWICE)
    return meant is not None and bool(accented_words(meant)[0])


def _names_a_field(text: str, encoding: str) -> bool:
    meant = decoded(text, encoding)
    return bool(meant and match_header((meant,)) and not match_header((text,)))


def _by_neighbours(column: _Column, used: set[str]) -> str | None:
    """A column too short to tell by itself follows the other columns, or the font."""
    strange = [text for text in column.texts if accented_words(text)[1]]
    for name in LEGACY:
        if name in used:
            good, bad = weigh(strange, name)
            if good and not bad:
                return name
    return None


def _converted(column: _Column, encoding: str) -> Iterable[tuple[int, str, str]]:
    for text, rows in column.texts.items():
        meant = decoded(text, encoding)
        if meant is None or meant == text:
            continue
        good, bad = accented_words(text)
        good_after, bad_after = accented_words(meant)
        if bad_after > bad or (not bad and (column.has_proper or good_after < good)):
            continue
        for row in rows:
            yield row, text, meant


def _with(
    rows: dict[int, tuple[str, ...]], changed: dict[int, list[tuple[int, str]]]
) -> dict[int, tuple[str, ...]]:
    mended = dict(rows)
    for row, cells in changed.items():
        line = list(mended[row])
        for at, text in cells:
            line[at] = text
        mended[row] = tuple(line)
    return mended
