"""XLSX cells as the text that Excel shows, with merged, hidden and struck-out rows."""

import io
import re
import warnings
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Refused
from db.intake.sheets import Place, Sheet, Span

_ALL_ZEROS = re.compile(r"^0+$")
_YEAR_ONLY = re.compile(r"^(?:\[[^\]]*\])*y+(?:;@)?$", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{1,2}\W+y+(?:;@)?$", re.IGNORECASE)


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The visible sheets that hold anything. Refusal: corrupt_file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        raise Refused("corrupt_file") from error
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return tuple(_sheet(worksheet) for worksheet in visible or book.worksheets)


def _sheet(worksheet: Worksheet) -> Sheet:
    texts: dict[int, dict[int, str]] = {}
    dates: set[Place] = set()
    numbers: set[Place] = set()
    struck: set[int] = set()
    # Only cells that exist: a formatted but empty sheet claims a million rows.
    for (row, column), cell in worksheet._cells.items():
        text = _text(cell)
        if not text.strip():
            continue
        place = (row, column - 1)
        texts.setdefault(row, {})[column - 1] = text
        if isinstance(cell.value, date):
            dates.add(place)
        elif isinstance(cell.value, int | float):
            numbers.add(place)
        elif cell.font.strike and len(text.split()) > 1:
            struck.add(row)
    merged = tuple(
        Span(span.min_row, span.min_col - 1, span.max_row, span.max_col - 1)
        for span in worksheet.merged_cells.ranges
    )
    _fill_down(texts, merged)
    hidden = {row for row, shape in worksheet.row_dimensions.items() if shape.hidden}
    return Sheet(
        worksheet.title,
        {row: _as_tuple(texts[row]) for row in sorted(texts)},
        merged,
        frozenset(hidden & texts.keys()),
        frozenset(struck),
        frozenset(dates),
        frozenset(numbers),
    )


def _as_tuple(cells: dict[int, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in range(max(cells) + 1))


def _fill_down(texts: dict[int, dict[int, str]], merged: tuple[Span, ...]) -> None:
    """A household code merged over its members belongs to each of them."""
    for span in merged:
        text = texts.get(span.first_row, {}).get(span.first_column)
        if text is None or span.last_row - span.first_row > 100:
            continue
        for row in range(span.first_row + 1, span.last_row + 1):
            if row in texts:
                texts[row].setdefault(span.first_column, text)


def _text(cell: Cell | MergedCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if cell.data_type == "e" else value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format)
    if isinstance(value, datetime):
        return _day_text(value, cell.number_format)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat()
    return str(value)


def _number_text(value: float, number_format: str) -> str:
    """All digits, and the zeros that a format such as 000000000000 shows."""
    if isinstance(value, float):
        if not value.is_integer() or abs(value) >= 1e16:
            return repr(value)
        value = int(value)
    text = str(value)
    return text.zfill(len(number_format)) if _ALL_ZEROS.match(number_format) else text


def _day_text(value: datetime, number_format: str) -> str:
    if _YEAR_ONLY.match(number_format):
        return f"{value.year:04}"
    if _MONTH_AND_YEAR.match(number_format):
        return f"{value.month:02}/{value.year:04}"
    return value.date().isoformat()
