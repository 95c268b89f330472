"""Excel 2003 XML that was saved under the name of a spreadsheet."""

import re
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, iterparse

from db.errors import Refused
from db.intake.files.cell_texts import number_text
from db.intake.files.sheets import MAX_COLUMNS, TALL, Extent, Sheet, Span, in_order

MAX_TAGS = 800_000

_NAMES = "{urn:schemas-microsoft-com:office:spreadsheet}"
_ROW, _COLUMN, _CELL, _DATA, _INDEX, _TYPE, _SPAN, _HIDDEN, _ACROSS, _DOWN = (
    f"{_NAMES}{name}"
    for name in (
        *("Row", "Column", "Cell", "Data", "Index", "Type", "Span", "Hidden"),
        *("MergeAcross", "MergeDown"),
    )
)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def is_one(content: bytes) -> bool:
    """The file says so itself at its beginning."""
    beginning = content[:8_192]
    return _NAMES[1:-1].encode() in beginning and b"<html" not in beginning.lower()


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The worksheets. Refusals: xml_dtd_forbidden, corrupt_file, too_large."""
    if content.count(b"<") > MAX_TAGS:
        raise Refused("too_large", because="cells")
    if _DTD.search(content.replace(b"\x00", b"")):
        raise Refused("xml_dtd_forbidden")
    extent = Extent()
    sheets: list[Sheet] = []
    sheet = _Sheet(extent)
    try:
        for _, node in iterparse(BytesIO(content)):  # noqa: S314 - no DTD
            if node.tag == _ROW:
                sheet.add_row(node)
                node.clear()
            elif node.tag == _COLUMN:
                sheet.add_column(node)
            elif node.tag == f"{_NAMES}Worksheet":
                sheets.append(sheet.done(node.get(f"{_NAMES}Name", "")))
                sheet = _Sheet(extent)
    except (ParseError, ValueError) as error:
        raise Refused("corrupt_file") from error
    return tuple(sheets)


class _Sheet:
    """Gathers the rows of one worksheet of Excel 2003 XML.

    Each column, row or cell stands behind the last unless it says where.
    """

    def __init__(self, extent: Extent) -> None:
        self._extent = extent
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = 0
        self._column = -1

    def add_column(self, node: Element) -> None:
        first = _index(node, self._column + 2) - 1
        self._column = first + int(node.get(_SPAN, "0"))
        if node.get(_HIDDEN) == "1":
            self._hidden_columns.update(range(first, min(self._column + 1, MAX_COLUMNS)))

    def add_row(self, node: Element) -> None:
        self._row = _index(node, self._row + 1)
        if node.get(_HIDDEN) == "1":
            self._hidden_rows.add(self._row)
        column = -1
        cells = self._rows.get(self._row, {})
        for cell in node:
            if cell.tag != _CELL:
                continue
            column = _index(cell, column + 2) - 1 if cell.attrib else column + 1
            data = cell.find(_DATA)
            if data is not None and column < MAX_COLUMNS:
                cells[column] = _data(data)
            if cell.attrib:
                column += self._merge(cell, column)
        if cells:
            self._extent.take(tuple(cells.values()))
            self._rows[self._row] = cells

    def _merge(self, cell: Element, column: int) -> int:
        """How many columns more the cell takes."""
        right = max(0, int(cell.get(_ACROSS, "0")))
        down = max(0, min(int(cell.get(_DOWN, "0")), TALL))
        if right or down:
            self._extent.span(down + 1, right + 1)
            self._merged.append(Span(self._row, column, self._row + down, column + right))
        return right

    def done(self, name: str) -> Sheet:
        for span in self._merged:
            text = self._rows.get(span.first_row, {}).get(span.first_column)
            for row in range(span.first_row + 1, span.last_row + 1):
                if text and row in self._rows:
                    self._rows[row].setdefault(span.first_column, text)
        rows = {row: in_order(cells) for row, cells in sorted(self._rows.items())}
        return Sheet(
            name,
            rows,
            tuple(self._merged),
            frozenset(self._hidden_rows & rows.keys()),
            frozenset(self._hidden_columns),
        )


def _index(node: Element, following: int) -> int:
    """Where a node says that it stands, counted from 1."""
    index = int(node.get(_INDEX, following))
    if index < 1:
        raise ValueError(index)
    return index


def _data(node: Element) -> str:
    text, kind = "".join(node.itertext()), node.get(_TYPE, "")
    if kind == "Number":
        return number_text(float(text))
    return text[:10] if kind == "DateTime" else text
