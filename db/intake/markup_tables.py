"""Web pages and Excel 2003 XML that were saved under the name of a spreadsheet."""

import re
from html.parser import HTMLParser
from io import BytesIO
from xml.etree.ElementTree import ParseError, iterparse

from db.errors import Refused
from db.intake.cell_texts import number_text
from db.intake.encodings import decode
from db.intake.sheets import MAX_COLUMNS, MAX_ROWS, Sheet, Span

MAX_SPAN = 100
MAX_DEPTH = 200

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_EXCEL_2003 = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div"})


def sheets_of(content: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """The encoding or kind, and the tables. Refusals: not_a_table_file, xml_dtd_forbidden."""
    if _EXCEL_2003[1:-1].encode() in content[:8_192] and b"<html" not in content[:8_192].lower():
        return "xml", _excel_2003(content)
    named = _CHARSET.search(content[:4_096])
    text, encoding, _ = decode(content)
    if named and encoding not in ("utf-8", "utf-8-sig", "utf-16") and b"125" in named[1]:
        text = content.decode("cp1258" if b"1258" in named[1] else "cp1252", "replace")
    parser = _Tables()
    parser.feed(text)
    parser.close()
    tables = [table for table in parser.tables if table.rows]
    if not tables:
        raise Refused("not_a_table_file")
    return "html", tuple(table.sheet(f"Bảng {n}") for n, table in enumerate(tables, 1))


class _Table:
    """The rows of one HTML table, spans spread as a browser would."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.spans: list[Span] = []
        self.hidden: set[int] = set()
        self._taken: dict[int, int] = {}

    def open_row(self, *, hidden: bool) -> None:
        if len(self.rows) > MAX_ROWS:
            raise Refused("too_large", because="rows", limit=MAX_ROWS)
        self.rows.append({})
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}
        if hidden:
            self.hidden.add(len(self.rows))

    def add(self, text: str, down: int, right: int) -> None:
        if not self.rows:
            self.open_row(hidden=False)
        row, at = self.rows[-1], 0
        while at in row or at in self._taken:
            at += 1
        if at >= MAX_COLUMNS:
            return
        for column in range(at, min(at + right, MAX_COLUMNS)):
            row[column] = text if column == at else ""
            if down > 1:
                self._taken[column] = down
        if down > 1 or right > 1:
            top = len(self.rows)
            self.spans.append(Span(top, at, top + down - 1, at + right - 1))

    def sheet(self, name: str) -> Sheet:
        for span in self.spans:
            text = self.rows[span.first_row - 1].get(span.first_column, "")
            for row in self.rows[span.first_row : span.last_row]:
                row.setdefault(span.first_column, text)
        rows = {
            number: tuple(cells.get(at, "") for at in range(max(cells) + 1))
            for number, cells in enumerate(self.rows, 1)
            if any(map(str.strip, cells.values()))
        }
        return Sheet(name, rows, tuple(self.spans), frozenset(self.hidden & rows.keys()))


class _Tables(HTMLParser):
    """Outermost tables only; what scripts and styles hold is no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._silent = ""
        self._cell: list[str] | None = None
        self._size = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._silent = tag
        elif tag == "table":
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise Refused("not_a_table_file")
            if self._depth == 1:
                self.tables.append(_Table())
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].open_row(hidden=bool(_HIDDEN.search(known.get("style", ""))))
        elif self._depth == 1 and tag in ("td", "th"):
            self._close_cell()
            self._cell = []
            self._size = _span(known.get("rowspan")), _span(known.get("colspan"))
        elif tag in _BREAKS and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None:
            lines = "".join(self._cell).split("\n")
            text = "\n".join(line for each in lines if (line := " ".join(each.split(" ")).strip()))
            self.tables[-1].add(text, *self._size)
        self._cell = None


def _span(text: str | None) -> int:
    return min(MAX_SPAN, max(1, int(text))) if text and text.strip().isdecimal() else 1


def _excel_2003(content: bytes) -> tuple[Sheet, ...]:
    if _DTD.search(content.replace(b"\x00", b"")):
        raise Refused("xml_dtd_forbidden")
    sheets: list[Sheet] = []
    rows: dict[int, dict[int, str]] = {}
    number = column = 0
    name = ""
    try:
        for event, node in iterparse(BytesIO(content), ("start", "end")):  # noqa: S314 - no DTD
            tag = node.tag.removeprefix(_EXCEL_2003)
            if event == "start":
                if tag == "Worksheet":
                    rows, number, name = {}, 0, node.get(f"{_EXCEL_2003}Name", "")
                elif tag == "Row":
                    number = int(node.get(f"{_EXCEL_2003}Index", number + 1))
                    column = -1
                elif tag == "Cell":
                    column = int(node.get(f"{_EXCEL_2003}Index", column + 2)) - 1
            elif tag == "Data" and column < MAX_COLUMNS:
                rows.setdefault(number, {})[column] = _data(
                    node.get(f"{_EXCEL_2003}Type", ""), "".join(node.itertext())
                )
            elif tag == "Cell":
                column += int(node.get(f"{_EXCEL_2003}MergeAcross", "0"))
            elif tag == "Row":
                node.clear()
            elif tag == "Worksheet":
                lines = {
                    row: tuple(c.get(at, "") for at in range(max(c) + 1)) for row, c in rows.items()
                }
                sheets.append(Sheet(name, lines))
    except (ParseError, ValueError) as error:
        raise Refused("corrupt_file") from error
    return tuple(sheets)


def _data(kind: str, text: str) -> str:
    if kind == "Number":
        return number_text(float(text))
    return text[:10] if kind == "DateTime" else text
