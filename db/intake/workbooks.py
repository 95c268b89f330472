"""XLSX cells as the text that Excel shows, with what it hides, merges and strikes out."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any, TypeGuard

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from db.intake.cell_texts import constant_text, day_text, number_text
from db.intake.legacy import TCVN3, VNI
from db.intake.sheets import LOSES_ZEROS_FROM, MAX_COLUMNS, Place, Sheet, Span, in_order

LONGEST_MERGED_CELL = 100
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main",
     b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/",
     b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UNCALCULATED = re.compile(
    rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f[^>]*/>\s*</c>|(?:</f>|<f[^>]*/>)\s*<v>0</v>"
)
"""Formulas without a value, or with the 0 that libraries write for one."""
FEWEST_ZEROS = 2


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, hidden ones marked; raises whatever a damaged part provokes."""
    book = _loaded(content, data_only=True)
    formulas = _loaded(content, data_only=False) if _has_uncalculated(content) else None
    return tuple(
        _sheet(worksheet, formulas[worksheet.title] if formulas else None)
        for worksheet in book.worksheets
    )


def in_common_words(content: bytes) -> bytes:
    """A strict OOXML workbook in the names that openpyxl knows."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            if member.filename.endswith((".xml", ".rels")):
                for strict, common in _STRICT_NAMES:
                    part = part.replace(strict, common)
            new.writestr(member.filename, part)
    return stream.getvalue()


def _loaded(content: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(
            io.BytesIO(content), data_only=data_only, keep_links=False, rich_text=True
        )


def _has_uncalculated(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if "/worksheets/" in name]
        return any(_UNCALCULATED.search(archive.read(name)) for name in names)


def _sheet(worksheet: Worksheet, formulas: Any) -> Sheet:
    reader = _SheetReader(worksheet, formulas)
    reader.read()
    merged = tuple(
        Span(span.min_row, span.min_col - 1, span.max_row, span.max_col - 1)
        for span in worksheet.merged_cells.ranges
    )
    _fill_down(reader.texts, merged)
    hidden = {row for row, shape in worksheet.row_dimensions.items() if _is_hidden(shape)}
    return Sheet(
        worksheet.title,
        {row: in_order(reader.texts[row]) for row in sorted(reader.texts)},
        merged,
        frozenset(hidden & reader.texts.keys()),
        _hidden_columns(worksheet),
        frozenset(reader.struck),
        frozenset(reader.dates),
        frozenset(reader.numbers),
        frozenset(reader.errors),
        reader.fonts,
        is_hidden=worksheet.sheet_state != "visible",
        far_cell=reader.far,
    )


class _SheetReader:
    """Takes the texts of one sheet cell by cell."""

    def __init__(self, worksheet: Worksheet, formulas: Any) -> None:
        self._cells = worksheet._cells
        self._formulas = formulas
        self._styles: dict[int, tuple[bool, str | None]] = {}
        self.texts: dict[int, dict[int, str]] = {}
        self.dates: set[Place] = set()
        self.numbers: set[Place] = set()
        self.errors: set[Place] = set()
        self.struck: set[int] = set()
        self.fonts: dict[Place, str] = {}
        self.far: Place | None = None
        self._zeros: dict[int, list[Place]] = {}
        self._calculated: set[int] = set()

    def read(self) -> None:
        """Only cells that exist: a formatted but empty sheet claims a million rows."""
        self._read_cells()
        for column, places in self._zeros.items():
            if len(places) >= FEWEST_ZEROS and column not in self._calculated:
                self.errors.update(places)

    def _read_cells(self) -> None:
        for (row, column), cell in self._cells.items():
            value = cell.value
            if value is None and self._formulas is None:
                continue
            text = value if type(value) is str and cell.data_type != "e" else _text(cell)
            if "_x" in text:
                text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
            if self._formulas is not None:
                text = self._calculated_text(text, (row, column))
            if not text or text.isspace():
                continue
            if column > MAX_COLUMNS:
                self.far = self.far or (row, column - 1)
                continue
            line = self.texts.get(row)
            if line is None:
                line = self.texts[row] = {}
            line[column - 1] = text
            self._remember(cell, value, (row, column - 1), text)

    def _calculated_text(self, text: str, place: Place) -> str:
        """A formula that was never calculated is shown as it is written, not taken for a blank.

        A column in which every formula gives 0 was not calculated either.
        """
        formula = self._formulas._cells.get(place)
        if formula is None or formula.data_type != "f":
            return text
        row, column = place[0], place[1] - 1
        if text == "0":
            self._zeros.setdefault(column, []).append((row, column))
        elif text:
            self._calculated.add(column)
        else:
            text = constant_text(str(getattr(formula.value, "text", formula.value) or ""))
            if text.startswith("="):
                self.errors.add((row, column))
        return text

    def _remember(self, cell: Any, value: object, place: Place, text: str) -> None:
        if isinstance(value, CellRichText):
            crossed_out = "".join(part.text for part in value if _is_struck(part))
            if len(crossed_out.split()) > 1:
                self.struck.add(place[0])
        if isinstance(value, str | CellRichText):
            if cell.data_type == "e":
                self.errors.add(place)
            struck, font = self._style(cell)
            if struck and len(text.split()) > 1:
                self.struck.add(place[0])
            if font and not text.isascii():
                self.fonts[place] = font
        elif isinstance(value, date):
            self.dates.add(place)
        elif isinstance(value, int | float) and value >= LOSES_ZEROS_FROM:
            self.numbers.add(place)

    def _style(self, cell: Any) -> tuple[bool, str | None]:
        """Whether a cell is struck out, and the old encoding that its font stands for."""
        number = cell._style.fontId if cell.has_style else 0
        if number not in self._styles:
            font = cell.font
            name = (font.name or "").lower()
            old = TCVN3 if name.startswith(".vn") else VNI if name.startswith("vni") else None
            self._styles[number] = bool(font.strike), old
        return self._styles[number]


def _is_struck(part: object) -> TypeGuard[TextBlock]:
    return isinstance(part, TextBlock) and bool(part.font.strike)


def _is_hidden(row: RowDimension) -> bool:
    return row.hidden or row.height == 0


def _hidden_columns(worksheet: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for letter, shape in worksheet.column_dimensions.items():
        if shape.hidden or shape.width == 0:
            first = shape.min or column_index_from_string(letter)
            hidden.update(range(first - 1, min(shape.max or first, MAX_COLUMNS)))
    return frozenset(hidden)


def _fill_down(texts: dict[int, dict[int, str]], merged: tuple[Span, ...]) -> None:
    """A household code merged over its members belongs to each of them."""
    for span in merged:
        text = texts.get(span.first_row, {}).get(span.first_column)
        if text is None or span.last_row - span.first_row > LONGEST_MERGED_CELL:
            continue
        for row in range(span.first_row + 1, span.last_row + 1):
            if row in texts:
                texts[row].setdefault(span.first_column, text)


def _text(cell: Cell | MergedCell) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return number_text(value, cell.number_format)
    if isinstance(value, datetime):
        return day_text(value, cell.number_format)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
