"""XLSX cells as the text that Excel shows, with merged, hidden and struck-out rows."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Refused
from db.intake.sheets import Place, Sheet, Span

_ALL_ZEROS = re.compile(r"^0+$")
_YEAR_ONLY = re.compile(r"^(?:\[[^\]]*\])*y+(?:;@)?$", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"^(?:\[[^\]]*\])*m{1,2}\W+y+(?:;@)?$", re.IGNORECASE)


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The visible sheets that hold anything. Refusal: corrupt_file."""
    book = _loaded(content, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    formulas = _loaded(content, data_only=False) if _has_formulas(content) else None
    return tuple(
        _sheet(worksheet, formulas[worksheet.title] if formulas else None)
        for worksheet in visible or book.worksheets
    )


def _loaded(content: bytes, *, data_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        raise Refused("corrupt_file") from error


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if "/worksheets/sheet" in name]
        return any(b"<f>" in (part := archive.read(name)) or b"<f " in part for name in names)


def _sheet(worksheet: Worksheet, formulas: Any) -> Sheet:
    texts: dict[int, dict[int, str]] = {}
    dates: set[Place] = set()
    numbers: set[Place] = set()
    struck: set[int] = set()
    # Only cells that exist: a formatted but empty sheet claims a million rows.
    for (row, column), cell in worksheet._cells.items():
        text = _text(cell)
        if not text.strip() and formulas is not None:
            text = _formula_without_value(formulas._cells.get((row, column)))
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


def _formula_without_value(cell: Any) -> str:
    """A formula that was never calculated is shown as it is written, not taken for a blank."""
    if cell is None or cell.data_type != "f":
        return ""
    return str(getattr(cell.value, "text", cell.value))


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
