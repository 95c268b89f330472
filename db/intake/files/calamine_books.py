"""Old .xls files, and workbooks too large to be looked at closely."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from db.intake.files import ole
from db.intake.files.cell_texts import day_text, number_text
from db.intake.files.sheets import LOSES_ZEROS_FROM, MAX_COLUMNS, Extent, Place, Sheet
from db.intake.files.xml_extent import check_extent


def sheets_of_xls(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an old .xls with hidden and merged cells. Refusals: password_protected."""
    container = ole.Container(content)
    shapes = ole.biff_sheets(container.stream("Workbook") or container.stream("Book"))
    extent = Extent()
    return tuple(
        _sheet(book, name, is_hidden, shapes.get(name), extent)
        for book, name, is_hidden in _named(content)
    )


def sheets_of_large(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a large workbook, marked as not looked at closely."""
    check_extent(content)
    extent = Extent()
    return tuple(
        _sheet(book, name, is_hidden, None, extent) for book, name, is_hidden in _named(content)
    )


def _named(content: bytes) -> list[tuple[Any, str, bool]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        (book, entry.name, entry.visible != SheetVisibleEnum.Visible)
        for entry in book.sheets_metadata
        if entry.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(
    book: Any, name: str, is_hidden: bool, shape: ole.BiffSheet | None, extent: Extent
) -> Sheet:
    found = book.get_sheet_by_name(name)
    rows: dict[int, tuple[str, ...]] = {}
    dates: set[Place] = set()
    numbers: set[Place] = set()
    far: Place | None = None
    first, left = found.start or (0, 0)
    for number, values in enumerate(_rows(found), first + 1):
        cells = [""] * left
        for at, value in enumerate(values, left):
            text = value if type(value) is str else _text(value)
            if at >= MAX_COLUMNS:
                far = far or ((number, at) if text.strip() else None)
                continue
            cells.append(text)
            if type(value) in (int, float) and value >= LOSES_ZEROS_FROM:
                numbers.add((number, at))
            elif isinstance(value, date):
                dates.add((number, at))
        if any(map(str.strip, cells)):
            extent.take(cells)
            rows[number] = tuple(_trimmed(cells))
    if shape is None:
        return Sheet(
            name=name,
            rows=rows,
            merged=(),
            hidden_rows=frozenset(),
            hidden_columns=frozenset(),
            struck_rows=frozenset(),
            date_cells=frozenset(dates),
            number_cells=frozenset(numbers),
            is_hidden=is_hidden,
            is_checked=False,
            far_cell=far,
        )
    return Sheet(
        name=name,
        rows=_filled_down(rows, shape),
        merged=tuple(shape.merged),
        hidden_rows=frozenset(shape.hidden_rows & rows.keys()),
        hidden_columns=frozenset(shape.hidden_columns),
        struck_rows=frozenset(_struck_rows(rows, shape.struck)),
        date_cells=frozenset(dates),
        number_cells=frozenset(numbers),
        is_hidden=is_hidden or shape.is_hidden,
        far_cell=far,
    )


def _struck_rows(rows: dict[int, tuple[str, ...]], struck: set[Place]) -> Iterator[int]:
    """Rows in which more than one word is struck out."""
    for row, column in struck:
        cells = rows.get(row, ())
        if column < len(cells) and len(cells[column].split()) > 1:
            yield row


def _rows(found: Any) -> Any:
    return found.iter_rows() if found.total_height else ()


def _trimmed(cells: list[str]) -> list[str]:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return cells[:width]


def _filled_down(
    rows: dict[int, tuple[str, ...]], shape: ole.BiffSheet
) -> dict[int, tuple[str, ...]]:
    """A value merged over several rows belongs to each of them."""
    for span in shape.merged:
        above = rows.get(span.first_row, ())
        text = above[span.first_column] if span.first_column < len(above) else ""
        if not text or span.last_row - span.first_row > 100:
            continue
        for number in range(span.first_row + 1, span.last_row + 1):
            if number in rows:
                cells = list(rows[number])
                cells += [""] * (span.first_column + 1 - len(cells))
                cells[span.first_column] = cells[span.first_column] or text
                rows[number] = tuple(cells)
    return rows


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return day_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
