"""A text file becomes one sheet: line ends, delimiter and quotes as found."""

import csv
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.errors import Refused
from db.intake.fields.headers import match_header
from db.intake.files.cell_texts import constant_text
from db.intake.files.sheets import MAX_COLUMNS, MAX_ROWS, Extent, Sheet
from db.intake.files.spaced_text import from_cards, with_tabs

MAX_LINE_CHARACTERS = 500_000
CHARACTERS_AT_ONCE = 500_000
MOST_LINES_IN_A_CELL = 40
DELIMITERS = ",;\t|"
RARE_DELIMITERS = "^~¦"
SEARCHED_FOR_HEADER = 50_000
EVEN_LINES = 0.6
FEWEST_HEADERS = 3

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LINE_END = re.compile(r"(?<!\r)\r+\n")
_ENTITY = re.compile(r"&(?:#\d{2,5}|#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8});")
_SEP_LINE = re.compile(r'\A"?sep=(.)"?[ \t]*(?:\n|\Z)', re.IGNORECASE)


def sheet_of(text: str) -> tuple[Sheet, str]:
    """The one sheet of a text and its delimiter. Refusals: too_large."""
    text = _LINE_END.sub("\n", text) if "\r\r\n" in text else text.replace("\r\n", "\n")
    text = text.replace("\r", "\n")
    text = _without_entities(text.rstrip(" \t\n,;|"))
    Extent().write(len(text))
    if text.count("\n") > 2 * MAX_ROWS:
        raise Refused("too_large", because="rows", limit=MAX_ROWS)
    if named := _SEP_LINE.match(text):
        delimiter, text = named[1], text[named.end() :]
    else:
        delimiter = delimiter_of(text)
        if carded := from_cards(text):
            return sheet_of(carded)[0], ":"
        if _says_little(text, delimiter) and (spaced := with_tabs(text)):
            return sheet_of(spaced[0])[0], spaced[1]
    rows: dict[int, tuple[str, ...]] = {}
    far: tuple[int, int] | None = None
    extent = Extent()
    has_constants = '="' in text
    for number, cells in enumerate(_records(text, delimiter), 1):
        if has_constants:
            cells = list(map(constant_text, cells))
        if any(map(str.strip, cells)):
            if len(cells) > MAX_COLUMNS:
                if any(map(str.strip, cells[MAX_COLUMNS:])):
                    far = far or (number, len(cells) - 1)
                cells = cells[:MAX_COLUMNS]
            extent.take(cells)
            rows[number] = tuple(cells)
    return Sheet("", rows, far_cell=far), delimiter


def cut_apart(sheet: Sheet) -> Sheet:
    """A sheet with a text file in its only column, opened with the wrong delimiter and saved."""
    if len(sheet.rows) < 2 or any(len(cells) > 1 for cells in sheet.rows.values()):
        return sheet
    lines = [cells[0].replace("\n", " ") for cells in sheet.rows.values()]
    delimiter = delimiter_of("\n".join(lines))
    if _headers_named(lines, delimiter) < FEWEST_HEADERS:
        return sheet
    records = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    return replace(sheet, rows=dict(zip(sheet.rows, map(tuple, records), strict=True)))


def delimiter_of(text: str) -> str:
    """The sign under which the first lines name the most columns, most evenly."""
    lines = _first_lines(text)
    qualities = {sign: _evenness(lines, sign) for sign in DELIMITERS + RARE_DELIMITERS}
    able = [sign for sign in DELIMITERS if qualities[sign][1]]
    if not able:
        return (
            max(RARE_DELIMITERS, key=lambda sign: qualities[sign])
            if any(qualities[sign][1] for sign in RARE_DELIMITERS)
            else ","
        )
    if len(able) == 1:
        return able[0]
    return max(able, key=lambda sign: (_headers_named(lines, sign), qualities[sign]))


def _first_lines(text: str) -> list[str]:
    """Without what is quoted, unless every line is as a whole."""
    lines = [line for line in text[:SEARCHED_FOR_HEADER].split("\n")[:40] if line.strip()]
    bare = [_QUOTED.sub("", line) for line in lines]
    return bare if any(map(str.strip, bare)) else [line.strip()[1:-1] for line in lines]


def _says_little(text: str, delimiter: str) -> bool:
    """No header, and no line cut like the others: perhaps no sign keeps the cells apart."""
    lines = _first_lines(text)
    if _headers_named(lines, delimiter) > 1:
        return False
    counts = [line.count(delimiter) for line in lines]
    most = max(counts, key=counts.count, default=0)
    return not most or counts.count(most) < EVEN_LINES * len(lines)


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    counts = [line.count(sign) for line in lines]
    filled = [count for count in counts if count]
    commonest = max(filled, key=filled.count, default=0)
    return sum(count == commonest for count in filled) * min(commonest, 8), commonest


def _headers_named(lines: list[str], sign: str) -> int:
    best = 0
    for line in lines[:15]:
        cells = [cell.strip() for cell in line[:2_000].split(sign)]
        found = {match.field for cell in cells if cell and (match := match_header((cell,)))}
        best = max(best, len(found))
    return best


def _without_entities(text: str) -> str:
    """Letters written as "&ecirc;" or "&#7885;" become letters if only then a header has words."""
    beginning = text[:SEARCHED_FOR_HEADER]
    if not _ENTITY.search(beginning):
        return text
    lines, meant = beginning.split("\n")[:40], _ENTITY.sub(_letter, beginning).split("\n")[:40]
    if max(_headers_named(meant, sign) for sign in DELIMITERS) <= max(
        _headers_named(lines, sign) for sign in DELIMITERS
    ):
        return text
    return _ENTITY.sub(_letter, text)


def _letter(entity: re.Match[str]) -> str:
    """The letter; a quote or a delimiter written so stays as it is, it would cut the line."""
    sign = html.unescape(entity[0])
    return sign if sign.isalpha() or unicodedata.combining(sign[0]) else entity[0]


def _records(text: str, delimiter: str) -> Iterable[list[str]]:
    """The records; a lone " (a ditto mark) must not swallow the lines that follow it."""
    if '"' not in text:
        return _cut(text, delimiter)
    try:
        quoted = _quoted(text, delimiter)
    except csv.Error:
        return _cut(text, delimiter)
    if inner := _quoted_as_a_whole(quoted, delimiter):
        return _records(inner, delimiter)
    if len(quoted) == text.count("\n") + 1:
        return quoted
    longest = max((cell.count("\n") for cells in quoted for cell in cells), default=0)
    if longest > MOST_LINES_IN_A_CELL or _even(_cut(text, delimiter)):
        return _cut(text, delimiter)
    return quoted


def _quoted(text: str, delimiter: str) -> list[list[str]]:
    _check_lines(text)
    extent = Extent()
    records = []
    for cells in csv.reader(_lines(text), delimiter=delimiter, skipinitialspace=True):
        if cells:
            extent.take(cells)
        records.append(cells)
    return records


def _lines(text: str) -> Iterator[str]:
    """Each line with its end: a copy of the whole text in a stream takes four times its room."""
    start = 0
    while (end := text.find("\n", start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _cut(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a text without quotes, some at a time: a copy of all takes too much room."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + CHARACTERS_AT_ONCE)
        lines = text[start : end if end >= 0 else None].split("\n")
        if max(map(len, lines)) > MAX_LINE_CHARACTERS:
            raise Refused("too_large", because="line", limit=MAX_LINE_CHARACTERS)
        for line in lines:
            yield line.split(delimiter) if line else []
        start += sum(map(len, lines)) + len(lines)


def _check_lines(text: str) -> None:
    if len(text) > MAX_LINE_CHARACTERS and _longest_line(text) > MAX_LINE_CHARACTERS:
        raise Refused("too_large", because="line", limit=MAX_LINE_CHARACTERS)


def _longest_line(text: str) -> int:
    longest = start = 0
    while (end := text.find("\n", start)) >= 0:
        longest, start = max(longest, end - start), end + 1
    return max(longest, len(text) - start)


def _quoted_as_a_whole(records: list[list[str]], delimiter: str) -> str | None:
    """Every line was one quoted cell: the file was exported from a column of lines."""
    filled = [cells for cells in records if cells]
    if len(filled) < 2 or any(len(cells) > 1 for cells in filled):
        return None
    if not all(delimiter in cells[0] for cells in filled[:2]):
        return None
    return "\n".join(cells[0] if cells else "" for cells in records)


def _even(records: Iterable[list[str]]) -> bool:
    """Every line cuts into as many cells as the first: no cell was torn apart."""
    return len({len(cells) for cells in records if cells}) == 1
