"""XLSX downloads whose cells are text a spreadsheet will never run."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from db.rules.formulas import marked_as_text

CellValue = str | int | float | date | datetime | None

TEXT_FORMAT = "@"
MAX_CELL_CHARACTERS = 32_767
WIDEST_COLUMN = 60
HEADER_FILL = PatternFill("solid", fgColor="E8EEF4")


def safe_text(text: str) -> str:
    """The text as a spreadsheet may hold it; what would start a formula gets an apostrophe."""
    return marked_as_text(ILLEGAL_CHARACTERS_RE.sub("", text))[:MAX_CELL_CHARACTERS]


def write_cell(sheet: Worksheet, row: int, column: int, value: CellValue) -> Cell:
    """Write one value (1-based place): text as text, numbers and days as themselves."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - we never write into a merged range
    if isinstance(value, str):
        cell.value = safe_text(value)
        cell.data_type = "s"
        cell.number_format = TEXT_FORMAT
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "dd/mm/yyyy"
    elif value is not None:
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.##"
    return cell


def safe_sheet(
    sheet: Worksheet,
    headers: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    *,
    first_row: int = 1,
) -> int:
    """Write headers and rows from `first_row` on; returns the last row written."""
    widths = [len(header) for header in headers]
    for column, header in enumerate(headers, 1):
        cell = write_cell(sheet, first_row, column, header)
        cell.font = Font(bold=True)
        cell.fill = HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    number = first_row
    for number, values in enumerate(rows, first_row + 1):
        for column, value in enumerate(values, 1):
            write_cell(sheet, number, column, value)
            if column <= len(widths):
                widths[column - 1] = max(widths[column - 1], len(str(value or "")))
    for column, width in enumerate(widths, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = min(WIDEST_COLUMN, max(8, width + 2))
    sheet.freeze_panes = f"A{first_row + 1}"
    return number


def workbook_of(
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    *,
    notes: Sequence[str] = (),
) -> bytes:
    """One sheet: the title, lines of notes (what, as of when, for whom), headers and rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one worksheet
    sheet.title = sheet_name(title)
    write_cell(sheet, 1, 1, title).font = Font(bold=True, size=14)
    for number, note in enumerate(notes, 2):
        write_cell(sheet, number, 1, note).font = Font(italic=True)
    safe_sheet(sheet, headers, rows, first_row=len(notes) + 3)
    return as_bytes(book)


def sheet_name(title: str) -> str:
    """At most 31 characters, without the seven that Excel forbids."""
    name = "".join(" " if sign in "[]:*?/\\'" else sign for sign in safe_text(title))
    return " ".join(name.split())[:31].strip() or "Danh sách"


def as_bytes(book: Workbook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
