"""Web pages and Excel 2003 XML that were saved under the name of a spreadsheet."""

import re
from html import unescape
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, iterparse

from db.errors import Refused
from db.intake.cell_texts import number_text
from db.intake.encodings import decode
from db.intake.sheets import MAX_COLUMNS, MAX_ROWS, Sheet, Span

MAX_SPAN = 100
MAX_DEPTH = 200
MAX_TABLES = 2_000
MOST_CELLS_IN_REACH = 1_500_000
LONGEST_WORDS = 500_000
MAX_TAGS = 1_300_000
LONGEST_INNER_TEXT = 200

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_EXCEL_2003 = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TOKEN = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>|<[!?][^<>]*>|([^<]+)|<")
_SPANS = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div"})


def sheets_of(content: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """The encoding or kind, and the tables.

    Refusals: not_a_table_file, xml_dtd_forbidden, too_large.
    """
    if content.count(b"<") > MAX_TAGS:
        raise Refused("too_large", because="cells")
    if _EXCEL_2003[1:-1].encode() in content[:8_192] and b"<html" not in content[:8_192].lower():
        return "xml", _excel_2003(content)
    named = _CHARSET.search(content[:4_096])
    text, encoding, _ = decode(content)
    if named and encoding not in ("utf-8", "utf-8-sig", "utf-16") and b"125" in named[1]:
        text = content.decode("cp1258" if b"1258" in named[1] else "cp1252", "replace")
    page = _Tables()
    page.read(text)
    tables = [table for table in page.tables if table.rows]
    if not tables:
        raise Refused("not_a_table_file")
    return "html", tuple(table.sheet(f"Bảng {n}") for n, table in enumerate(tables, 1))


class _Table:
    """The rows of one HTML table, spans spread as a browser would."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.spans: list[Span] = []
        self.hidden: set[int] = set()
        self.cell: list[str] | None = None
        self._size = (1, 1)
        self._taken: dict[int, int] = {}
        self._next = self._reach = 0

    def open_row(self, *, hidden: bool) -> None:
        self.close_cell()
        if len(self.rows) > MAX_ROWS:
            raise Refused("too_large", because="rows", limit=MAX_ROWS)
        self.rows.append({})
        self._next = 0
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}
        if hidden:
            self.hidden.add(len(self.rows))

    def open_cell(self, down: int, right: int) -> None:
        self.close_cell()
        self.cell, self._size = [], (down, right)

    def close_cell(self) -> None:
        if self.cell is not None:
            lines = "".join(self.cell).split("\n")
            self._add("\n".join(line for each in lines if (line := " ".join(each.split()))))
        self.cell = None

    def _add(self, text: str) -> None:
        if not self.rows:
            self.open_row(hidden=False)
        (down, right), row, at = self._size, self.rows[-1], self._next
        self._reach += down * right
        if self._reach > MOST_CELLS_IN_REACH:
            raise Refused("too_large", because="cells")
        while at in self._taken:
            at += 1
        if at >= MAX_COLUMNS:
            return
        for column in range(at, min(at + right, MAX_COLUMNS)):
            row[column] = text if column == at else ""
            if down > 1:
                self._taken[column] = down
        self._next = at + right
        if down > 1 or right > 1:
            top = len(self.rows)
            self.spans.append(Span(top, at, top + down - 1, at + right - 1))

    def text(self) -> str:
        """All that the table says, for the cell around it."""
        return " ".join(text for row in self.rows for text in row.values() if text)

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


class _Tables:
    """All tables, those around others too; what scripts and styles hold is no text."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = ""

    def read(self, text: str) -> None:
        for found in _TOKEN.finditer(_without_comments(text)):
            closing, tag, attributes, words = found.groups()
            if words is not None:
                self._say(words)
            elif tag is None:
                continue
            elif closing:
                self._end(tag.lower())
            else:
                self._start(tag.lower(), attributes)
        for table in self._open:
            table.close_cell()

    def _start(self, tag: str, attributes: str) -> None:
        if tag in ("script", "style"):
            self._silent = tag
        elif tag == "table":
            self._open.append(_Table())
            if len(self._open) > MAX_DEPTH or len(self.tables) > MAX_TABLES:
                raise Refused("not_a_table_file")
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].open_row(hidden=bool(_HIDDEN.search(attributes)))
        elif tag in ("td", "th"):
            spans = {name.lower(): count for name, count in _SPANS.findall(attributes)}
            self._open[-1].open_cell(_span(spans.get("rowspan")), _span(spans.get("colspan")))
        elif tag in _BREAKS and self._open[-1].cell:
            self._open[-1].cell.append("\n")

    def _end(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif not self._open:
            return
        elif tag == "table":
            inner = self._open.pop()
            inner.close_cell()
            around = self._open[-1].cell if self._open else None
            if around is not None and len(text := inner.text()) <= LONGEST_INNER_TEXT:
                around.append(f" {text} ")
        elif tag in ("td", "th", "tr"):
            self._open[-1].close_cell()

    def _say(self, words: str) -> None:
        if self._open and self._open[-1].cell is not None and not self._silent:
            if len(words) > LONGEST_WORDS:
                raise Refused("too_large", because="line", limit=LONGEST_WORDS)
            self._open[-1].cell.append(unescape(words))


def _without_comments(text: str) -> str:
    """Comments go first, in one pass: a file of nothing but their beginnings must not stall."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, text[at:]])


def _span(text: str | None) -> int:
    return min(MAX_SPAN, max(1, int(text))) if text and text.strip().isdecimal() else 1


def _excel_2003(content: bytes) -> tuple[Sheet, ...]:
    if _DTD.search(content.replace(b"\x00", b"")):
        raise Refused("xml_dtd_forbidden")
    sheets: list[Sheet] = []
    sheet = _Excel2003Sheet("")
    try:
        for event, node in iterparse(BytesIO(content), ("start", "end")):  # noqa: S314 - no DTD
            tag = node.tag.removeprefix(_EXCEL_2003)
            if event == "start":
                if tag == "Worksheet":
                    sheet = _Excel2003Sheet(node.get(f"{_EXCEL_2003}Name", ""))
                else:
                    sheet.open(tag, node)
            elif tag == "Data":
                sheet.fill(_data(node.get(f"{_EXCEL_2003}Type", ""), "".join(node.itertext())))
            elif tag == "Cell":
                sheet.merge(node)
            elif tag == "Row":
                node.clear()
            elif tag == "Worksheet":
                sheets.append(sheet.done())
    except (ParseError, ValueError) as error:
        raise Refused("corrupt_file") from error
    return tuple(sheets)


class _Excel2003Sheet:
    """Gathers the rows of one worksheet of Excel 2003 XML."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = 0
        self._column = -1

    def open(self, tag: str, node: Element) -> None:
        """A column, row or cell begins; each stands behind the last unless it says where."""
        if tag not in ("Column", "Row", "Cell"):
            return
        is_hidden = node.get(f"{_EXCEL_2003}Hidden") == "1"
        named = node.get(f"{_EXCEL_2003}Index")
        if tag == "Row":
            self._row, self._column = int(named or self._row + 1), -1
            if is_hidden:
                self._hidden_rows.add(self._row)
            return
        self._column = int(named) - 1 if named else self._column + 1
        if self._column < 0:
            raise ValueError("column")
        if tag == "Column":
            last = self._column + int(node.get(f"{_EXCEL_2003}Span", "0"))
            if is_hidden:
                self._hidden_columns.update(range(self._column, min(last + 1, MAX_COLUMNS)))
            self._column = last

    def fill(self, text: str) -> None:
        if self._column < MAX_COLUMNS:
            self._rows.setdefault(self._row, {})[self._column] = text

    def merge(self, cell: Element) -> None:
        right = max(0, int(cell.get(f"{_EXCEL_2003}MergeAcross", "0")))
        down = max(0, min(int(cell.get(f"{_EXCEL_2003}MergeDown", "0")), MAX_SPAN))
        if right or down:
            self._merged.append(
                Span(self._row, self._column, self._row + down, self._column + right)
            )
        self._column += right

    def done(self) -> Sheet:
        for span in self._merged:
            text = self._rows.get(span.first_row, {}).get(span.first_column)
            for row in range(span.first_row + 1, span.last_row + 1):
                if text and row in self._rows:
                    self._rows[row].setdefault(span.first_column, text)
        rows = {
            row: tuple(cells.get(at, "") for at in range(max(cells) + 1))
            for row, cells in sorted(self._rows.items())
        }
        return Sheet(
            self._name,
            rows,
            tuple(self._merged),
            frozenset(self._hidden_rows & rows.keys()),
            frozenset(self._hidden_columns),
        )


def _data(kind: str, text: str) -> str:
    if kind == "Number":
        return number_text(float(text))
    return text[:10] if kind == "DateTime" else text
