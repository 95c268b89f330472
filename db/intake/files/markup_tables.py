"""Web pages that were saved under the name of a spreadsheet."""

import re
from html import unescape

from db.errors import Refused
from db.intake.files import excel_2003
from db.intake.files.encodings import decode
from db.intake.files.sheets import MAX_COLUMNS, MAX_ROWS, Extent, Sheet, Span, in_order

MAX_SPAN = 100
MAX_DEPTH = 200
MAX_TABLES = 2_000
LONGEST_WORDS = 500_000
MAX_TAGS = 550_000
LONGEST_INNER_TEXT = 200

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TOKEN = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>|<[!?][^<>]*>|([^<]+)|<")
_SPANS = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_ONE_CELL = (1, 1)
_BREAKS = frozenset({"br", "p", "div"})


def sheets_of(content: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """The encoding or kind, and the tables.

    Refusals: not_a_table_file, xml_dtd_forbidden, too_large.
    """
    if excel_2003.is_one(content):
        return "xml", excel_2003.sheets_of(content)
    if content.count(b"<table") > MAX_TABLES:
        raise Refused("not_a_table_file")
    if content.count(b"<") > MAX_TAGS:
        raise Refused("too_large", because="cells")
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

    def __init__(self, extent: Extent) -> None:
        self.rows: list[dict[int, str]] = []
        self.spans: list[Span] = []
        self.hidden: set[int] = set()
        self.cell: list[str] | None = None
        self._size = (1, 1)
        self._taken: dict[int, int] = {}
        self._next = 0
        self._extent = extent

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
            text = self.cell[0] if len(self.cell) == 1 else "".join(self.cell)
            if "\n" in text:
                lines = text.split("\n")
                self._add("\n".join(line for each in lines if (line := " ".join(each.split()))))
            else:
                self._add(" ".join(text.split()))
        self.cell = None

    def _add(self, text: str) -> None:
        if not self.rows:
            self.open_row(hidden=False)
        (down, right), row, at = self._size, self.rows[-1], self._next
        while at in self._taken:
            at += 1
        if at >= MAX_COLUMNS:
            return
        if down == right == 1:
            row[at] = text
            self._next = at + 1
            return
        self._extent.span(down, right)
        for column in range(at, min(at + right, MAX_COLUMNS)):
            row[column] = text if column == at else ""
            if down > 1:
                self._taken[column] = down
        self._next = at + right
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
            number: in_order(cells)
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
        self._extent = Extent()

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
        if tag in ("td", "th") and self._open:
            spans = _spans(attributes) if "span" in attributes.lower() else _ONE_CELL
            self._open[-1].open_cell(*spans)
        elif tag in ("script", "style"):
            self._silent = tag
        elif tag == "table":
            self._open.append(_Table(self._extent))
            if len(self._open) > MAX_DEPTH or len(self.tables) > MAX_TABLES:
                raise Refused("not_a_table_file")
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].open_row(hidden=bool(_HIDDEN.search(attributes)))
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


def _spans(attributes: str) -> tuple[int, int]:
    """Over how many rows and columns a cell reaches."""
    spans = {name.lower(): count for name, count in _SPANS.findall(attributes)}
    return _span(spans.get("rowspan")), _span(spans.get("colspan"))


def _span(text: str | None) -> int:
    return min(MAX_SPAN, max(1, int(text))) if text and text.strip().isdecimal() else 1
