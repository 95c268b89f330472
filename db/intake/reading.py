"""Bytes become sheets of text; nothing is interpreted and no leading zero is lost."""

import csv
import io
import re
from typing import Literal

from db.errors import Refused
from db.intake.guard import kind_of
from db.intake.sheets import Sheet, SourceFile
from db.intake.workbooks import sheets_of

MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_LINE_CHARACTERS = 10_000
DELIMITERS = ",;\t|"

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def read(content: bytes) -> SourceFile:
    """The sheets of an XLSX workbook or the one table of a text file.

    Refusals: those of the guard, and unknown_encoding, too_many_rows, too_many_columns,
    line_too_long, no_data_rows.
    """
    if kind_of(content) == "xlsx":
        source = SourceFile("xlsx", None, sheets_of(content))
    else:
        source = _text_file(content)
    if not any(sheet.rows for sheet in source.sheets):
        raise Refused("no_data_rows")
    for sheet in source.sheets:
        _check_size(sheet)
    return source


def _check_size(sheet: Sheet) -> None:
    if len(sheet.rows) > MAX_ROWS + 100:
        raise Refused("too_many_rows", limit=MAX_ROWS)
    if any(len(cells) > MAX_COLUMNS for cells in sheet.rows.values()):
        raise Refused("too_many_columns", limit=MAX_COLUMNS)


def _text_file(content: bytes) -> SourceFile:
    text, encoding = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(text)
    rows: dict[int, tuple[str, ...]] = {}
    for number, cells in enumerate(_records(text, delimiter), 1):
        if any(map(str.strip, cells)):
            rows[number] = tuple(cells)
    return SourceFile(encoding, delimiter, (Sheet("", rows),))


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 or UTF-16, with or without a mark."""
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("unknown_encoding") from error
    if "\x00" in text:
        raise Refused("not_a_table_file")
    return text.removeprefix("\ufeff"), encoding


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the most columns, most evenly."""
    lines = [_QUOTED.sub("", line) for line in text[:50_000].split("\n")[:40] if line.strip()]

    def quality(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        filled = [count for count in counts if count]
        commonest = max(filled, key=filled.count, default=0)
        return (sum(count == commonest for count in filled) * min(commonest, 8), commonest)

    return max(DELIMITERS, key=quality)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The records; a lone " (a ditto mark) must not swallow the lines that follow it."""
    if '"' not in text:
        return _parsed(text, delimiter, csv.QUOTE_NONE)
    try:
        quoted = _parsed(text, delimiter, csv.QUOTE_MINIMAL)
    except Refused:
        return _parsed(text, delimiter, csv.QUOTE_NONE)
    if not any("\n" in cell for cells in quoted for cell in cells):
        return quoted
    line_by_line = _parsed(text, delimiter, csv.QUOTE_NONE)
    return line_by_line if _even(line_by_line) else quoted


def _parsed(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[list[str]]:
    csv.field_size_limit(2 * MAX_LINE_CHARACTERS)
    records = []
    try:
        for cells in csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting):
            if sum(map(len, cells)) > MAX_LINE_CHARACTERS:
                raise Refused("line_too_long", limit=MAX_LINE_CHARACTERS)
            records.append(cells)
    except csv.Error as error:
        raise Refused("line_too_long", limit=MAX_LINE_CHARACTERS) from error
    return records


def _even(records: list[list[str]]) -> bool:
    """Every line cuts into as many cells as the first: no cell was torn apart."""
    return len({len(cells) for cells in records if cells}) == 1
