"""OpenDocument sheets with what they hide and merge."""

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from db.errors import Refused
from db.intake.files.cell_texts import number_text
from db.intake.files.sheets import LOSES_ZEROS_FROM, MAX_COLUMNS, Extent, Place, Sheet, Span

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_VALUE = f"{_OFFICE}value"
_VALUE_TYPE = f"{_OFFICE}value-type"
_PARAGRAPH = f"{_TEXT}p"
_COLUMNS_REPEATED = f"{_TABLE}number-columns-repeated"
_ROWS_REPEATED = f"{_TABLE}number-rows-repeated"
_COLUMNS_SPANNED = f"{_TABLE}number-columns-spanned"
_ROWS_SPANNED = f"{_TABLE}number-rows-spanned"
_SPAN_STYLE = f"{_TEXT}style-name"
_ROW_TAG, _SHEET_TAG, _COLUMN_TAG = f"{_TABLE}table-row", f"{_TABLE}table", f"{_TABLE}table-column"
_CELL_TAGS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_STRUCK = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_HIDDEN = frozenset({"collapse", "filter"})


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an ODS file, hidden ones marked. Refusals: corrupt_file, too_large."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            with archive.open("content.xml") as part:
                return tuple(_sheets(part))
        except (ParseError, ValueError, zipfile.BadZipFile) as error:
            raise Refused("corrupt_file") from error


def _sheets(part: IO[bytes]) -> Iterator[Sheet]:
    hidden_styles: set[str] = set()
    struck_styles: set[str] = set()
    extent = Extent()
    sheet = _Sheet("", struck_styles, extent, is_hidden=False)
    table: Element | None = None
    for event, node in iterparse(part, ("start", "end")):  # noqa: S314 - the guard saw no DTD
        if event == "start":
            if node.tag == _SHEET_TAG:
                table = node
                style = node.get(f"{_TABLE}style-name", "")
                name, is_hidden = node.get(f"{_TABLE}name", ""), style in hidden_styles
                sheet = _Sheet(name, struck_styles, extent, is_hidden=is_hidden)
        elif node.tag == f"{_STYLE}style":
            shown = [each.get(f"{_TABLE}display") for each in node]
            if "false" in shown:
                hidden_styles.add(node.get(f"{_STYLE}name", ""))
            if any(each.get(line) not in (None, "none") for each in node for line in _STRUCK):
                struck_styles.add(node.get(f"{_STYLE}name", ""))
        elif node.tag == _COLUMN_TAG:
            sheet.add_column(node)
        elif node.tag == _ROW_TAG:
            sheet.add_row(node)
            node.clear()
            if table is not None:
                table.clear()  # what was read is let go; the table's own name is known
        elif node.tag == _SHEET_TAG:
            yield sheet.done()
            node.clear()


class _Sheet:
    """Gathers the rows of one table."""

    def __init__(
        self, name: str, struck_styles: set[str], extent: Extent, *, is_hidden: bool
    ) -> None:
        self._name, self._is_hidden = name, is_hidden
        self._extent = extent
        self._struck_styles = struck_styles
        self._struck_rows: set[int] = set()
        self._rows: dict[int, tuple[str, ...]] = {}
        self._merged: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._dates: set[Place] = set()
        self._numbers: set[Place] = set()
        self._far: Place | None = None
        self._next_row, self._next_column = 1, 0

    def add_column(self, node: Element) -> None:
        repeated = _count(node, _COLUMNS_REPEATED)
        if node.get(f"{_TABLE}visibility") in _HIDDEN:
            last = min(self._next_column + repeated, MAX_COLUMNS)
            self._hidden_columns.update(range(self._next_column, last))
        self._next_column += repeated

    def add_row(self, node: Element) -> None:
        number, repeated = self._next_row, _count(node, _ROWS_REPEATED)
        self._next_row += repeated
        cells = self._cells(node, number)
        if not any(map(str.strip, cells)):
            return
        self._extent.take(cells, repeated)
        line = tuple(cells)
        for row in range(number, number + repeated):
            self._rows[row] = line
            if node.get(f"{_TABLE}visibility") in _HIDDEN:
                self._hidden_rows.add(row)

    def _cells(self, node: Element, number: int) -> list[str]:
        cells: list[str] = []
        for cell in node:
            if cell.tag not in _CELL_TAGS:
                continue
            about, at = cell.attrib, len(cells)
            text, kind = _text(cell), about.get(_VALUE_TYPE)
            repeated = _count(cell, _COLUMNS_REPEATED) if _COLUMNS_REPEATED in about else 1
            if at + repeated > MAX_COLUMNS:
                if text and at >= MAX_COLUMNS:
                    self._far = self._far or (number, at)
                repeated = max(0, MAX_COLUMNS - at)
            if repeated == 1:
                cells.append(text)
            else:
                cells += [text] * repeated
            if text and kind == "float" and float(about.get(_VALUE, "0")) >= LOSES_ZEROS_FROM:
                self._numbers.update((number, at + each) for each in range(repeated))
            elif text and kind == "date":
                self._dates.add((number, at))
            elif self._struck_styles and self._is_struck(cell) and len(text.split()) > 1:
                self._struck_rows.add(number)
            if _ROWS_SPANNED in about or _COLUMNS_SPANNED in about:
                self._merge(cell, number, at)
        while cells and not cells[-1]:
            cells.pop()
        return cells

    def _merge(self, cell: Element, number: int, at: int) -> None:
        down, right = _count(cell, _ROWS_SPANNED), _count(cell, _COLUMNS_SPANNED)
        if down > 1 or right > 1:
            self._extent.span(down, right)
            self._merged.append(Span(number, at, number + down - 1, at + right - 1))

    def _is_struck(self, cell: Element) -> bool:
        styles = [cell.get(f"{_TABLE}style-name"), *(span.get(_SPAN_STYLE) for span in cell.iter())]
        return not self._struck_styles.isdisjoint(styles)

    def done(self) -> Sheet:
        for span in self._merged:
            above = self._rows.get(span.first_row, ())
            text = above[span.first_column] if span.first_column < len(above) else ""
            for row in range(span.first_row + 1, min(span.last_row, span.first_row + 100) + 1):
                if text and row in self._rows:
                    cells = list(self._rows[row])
                    cells += [""] * (span.first_column + 1 - len(cells))
                    cells[span.first_column] = cells[span.first_column] or text
                    self._rows[row] = tuple(cells)
        return Sheet(
            name=self._name,
            rows=self._rows,
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            struck_rows=frozenset(self._struck_rows),
            date_cells=frozenset(self._dates),
            number_cells=frozenset(self._numbers),
            is_hidden=self._is_hidden,
            far_cell=self._far,
        )


def _count(node: Element, name: str) -> int:
    return max(1, int(node.get(name, "1")))


def _text(cell: Element) -> str:
    """Numbers with all their digits and days in full; everything else as it is shown."""
    kind, shown = cell.get(_VALUE_TYPE), _shown(cell)
    if kind == "string":
        return shown
    if kind == "float":
        exact = number_text(float(cell.get(_VALUE, "0")))
        zeros = len(shown) - len(exact)
        return shown if zeros > 0 and shown == "0" * zeros + exact else exact
    if kind == "date" and not (shown.isdigit() and len(shown) == 4):
        return cell.get(f"{_OFFICE}date-value", shown)[:10]
    if kind == "boolean":
        return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    return shown


def _shown(cell: Element) -> str:
    if len(cell) == 1 and not len(cell[0]) and cell[0].tag == _PARAGRAPH:
        return cell[0].text or ""
    lines = ["".join(_letters(line)) for line in cell if line.tag == _PARAGRAPH]
    return "\n".join(lines)


def _letters(node: Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s" or child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        elif child.tag != f"{_OFFICE}annotation":
            yield from _letters(child)
        yield child.tail or ""
