"""XLSX cells as the text that Excel shows, with what it hides, merges and strikes out."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import lru_cache
from xml.etree.ElementTree import Element, iterparse

from db.intake.files.cell_texts import (
    constant_text,
    moment_of,
    moment_written,
    number_text,
    value_text,
)
from db.intake.files.sheets import (
    LOSES_ZEROS_FROM,
    MAX_COLUMNS,
    TALL,
    Extent,
    Place,
    Sheet,
    Span,
    in_order,
)
from db.intake.files.workbook_parts import MAIN, Look, Package, Runs, SheetPart, is_yes, text_of

FEWEST_ZEROS = 2

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ROW, _COLUMN, _MERGED = (
    {f"{main}{name}" for main in MAIN} for name in ("row", "col", "mergeCell")
)
_GENERAL = Look()
_NO_SUCH_DAY = "#VALUE!"


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, hidden ones marked; raises whatever a damaged part provokes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = Package(archive)
        strings, looks = package.strings(), package.looks()
        extent = Extent()
        sheets = []
        for entry in package.sheets:
            reader = _SheetReader(package, strings, looks, extent)
            with archive.open(entry.part) as part:
                for _, node in iterparse(part):  # noqa: S314 - the guard saw no DTD
                    reader.take(node)
            for reference, text in package.comments(entry.part):
                reader.take_comment(reference, text)
            sheets.append(reader.done(entry))
        return tuple(sheets)


class _SheetReader:
    """Takes one sheet row by row."""

    def __init__(
        self, package: Package, strings: list[str | Runs], looks: list[Look], extent: Extent
    ) -> None:
        self._strings, self._looks = strings, looks
        self._in_1904 = package.begins_in_1904
        self._extent = extent
        self._rows: dict[int, tuple[str, ...]] = {}
        self._dates: set[Place] = set()
        self._numbers: set[Place] = set()
        self._errors: set[Place] = set()
        self._fonts: dict[Place, str] = {}
        self._comments: dict[Place, str] = {}
        self._struck: set[int] = set()
        self._merged: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: dict[int, range] = {}
        self._far: Place | None = None
        self._zeros: dict[int, list[Place]] = {}
        self._calculated: set[int] = set()
        self._formulas: dict[str, str] = {}
        self._row = 0

    def take(self, node: Element) -> None:
        """An element that ended: a row, a column or a merged cell."""
        if node.tag in _ROW:
            self._take_row(node)
            node.clear()
        elif node.tag in _COLUMN:
            self._take_column(node)
        elif node.tag in _MERGED:
            self._merged += self._span(node.get("ref", ""))

    def take_comment(self, reference: str, text: str) -> None:
        """What stands beside a cell."""
        self._extent.write(len(text))
        self._comments[_place(reference, 0, 0)] = text

    def done(self, entry: SheetPart) -> Sheet:
        """The sheet; a column in which every formula gives 0 was not calculated."""
        for column, places in self._zeros.items():
            if len(places) >= FEWEST_ZEROS and column not in self._calculated:
                self._errors.update(places)
        for span in self._merged:
            self._clear_below(span)
        for span in self._merged:
            self._fill_down(span)
        for cells in self._rows.values():
            self._extent.take(cells)
        return Sheet(
            name=entry.name,
            rows=dict(sorted(self._rows.items())),
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows & self._rows.keys()),
            hidden_columns=frozenset(
                at for columns in self._hidden_columns.values() for at in columns
            ),
            struck_rows=frozenset(self._struck),
            date_cells=frozenset(self._dates),
            number_cells=frozenset(self._numbers),
            error_cells=frozenset(self._errors),
            fonts=self._fonts,
            comments=self._comments,
            is_hidden=entry.is_hidden,
            far_cell=self._far,
        )

    def _take_row(self, row: Element) -> None:
        about = row.attrib
        self._row = number = int(float(about["r"])) if "r" in about else self._row + 1
        if is_yes(about.get("hidden")) or float(about.get("ht", "1")) == 0:
            self._hidden_rows.add(number)
        line: dict[int, str] = {}
        column = -1
        for cell in row:
            named, column = _place(cell.get("r"), number, column)
            text = self._text(cell, (named, column)) if len(cell) else ""
            if not text or text.isspace():
                continue
            if column >= MAX_COLUMNS:
                self._far = self._far or (named, column)
            elif named == number:
                line[column] = text
            else:
                self._put({column: text}, named)
        if line:
            self._put(line, number)

    def _put(self, line: dict[int, str], number: int) -> None:
        if number in self._rows:
            line = dict(enumerate(self._rows[number])) | line
        self._rows[number] = in_order(line)

    def _take_column(self, node: Element) -> None:
        first = int(node.get("min", "0"))
        is_hidden = is_yes(node.get("hidden")) or float(node.get("width", "1")) == 0
        last = min(int(node.get("max", first)), MAX_COLUMNS) if is_hidden else 0
        self._hidden_columns[first] = range(first - 1, last)

    def _span(self, reference: str) -> list[Span]:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = (_place(each, 0, 0) for each in (first, last or first))
        self._extent.span(bottom - top + 1, right - left + 1)
        return [Span(top, left, bottom, right)]

    def _text(self, cell: Element, place: Place) -> str:
        """What a cell shows; what else is known of it is remembered."""
        written, formula, inline = None, None, None
        for part in cell:
            if part.tag.endswith("}v"):
                written = part.text
                if not written and cell.get("t") == "str":
                    return ""  # calculated, and empty
            elif part.tag.endswith("}f"):
                formula = self._formula(part)
            elif part.tag.endswith("}is"):
                inline = part
        style = int(cell.get("s", "0"))
        look = self._looks[style] if self._looks else _GENERAL
        text = self._value(place, cell.get("t", "n"), written, inline, look)
        return text if formula is None else self._calculated_text(text, formula, place)

    def _value(
        self, place: Place, kind: str, written: str | None, inline: Element | None, look: Look
    ) -> str:
        if kind == "inlineStr":
            return "" if inline is None else self._words(place, text_of(inline), look)
        if not written:
            return ""
        if kind == "s":
            return self._words(place, self._strings[int(written)], look)
        if kind == "n":
            return self._number(place, _number(written), look)
        if kind == "b":
            return "1" if int(written) else "0"
        if kind == "d":
            return self._moment(place, moment_written(written), look)
        if kind == "e":
            self._errors.add(place)
        return self._words(place, written, look)

    def _words(self, place: Place, words: str | Runs, look: Look) -> str:
        if isinstance(words, Runs):
            if len(words.struck.split()) > 1:
                self._struck.add(place[0])
            words = words.text
        if "_x" in words:
            words = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
        if look.is_struck and len(words.split()) > 1:
            self._struck.add(place[0])
        if look.legacy and not words.isascii():
            self._fonts[place] = look.legacy
        return words

    def _number(self, place: Place, value: float, look: Look) -> str:
        if look.is_day:
            try:
                moment = moment_of(value, in_1904=self._in_1904, is_duration=look.is_duration)
            except (OverflowError, ValueError):
                self._errors.add(place)
                return _NO_SUCH_DAY
            return self._moment(place, moment, look)
        if value >= LOSES_ZEROS_FROM:
            self._numbers.add(place)
        return number_text(value, look.number_format)

    def _moment(self, place: Place, moment: date | time | timedelta, look: Look) -> str:
        if isinstance(moment, date):
            self._dates.add(place)
        return value_text(moment, look.number_format)

    def _formula(self, node: Element) -> str:
        """As it is written; formulas that share one are shown as the first of them."""
        text = f"={node.text or ''}"
        if node.get("t") == "shared":
            shared = node.get("si", "")
            text = self._formulas.setdefault(shared, text) if text == "=" else text
            self._formulas.setdefault(shared, text)
        return text

    def _calculated_text(self, text: str, formula: str, place: Place) -> str:
        """A formula that was never calculated is shown as it is written, not taken for a blank."""
        if text == "0":
            self._zeros.setdefault(place[1], []).append(place)
        elif text:
            self._calculated.add(place[1])
        else:
            text = constant_text(formula)
            if text.startswith("="):
                self._errors.add(place)
        return text

    def _rows_of(self, span: Span) -> Iterable[int]:
        rows = range(span.first_row, span.last_row + 1)
        return rows if len(rows) < len(self._rows) else [row for row in self._rows if row in rows]

    def _clear_below(self, span: Span) -> None:
        """Merged cells show the first of them; what the others hold is hidden for good."""
        covered = range(span.first_column, span.last_column + 1)
        for row in self._rows_of(span):
            cells = self._rows.get(row, ())
            kept = span.first_column if row == span.first_row else -1
            hidden = [at for at in covered if at < len(cells) and cells[at] and at != kept]
            if not hidden:
                continue
            left = [(at, text) for at, text in enumerate(cells) if text and at not in hidden]
            for at in hidden:
                for places in (self._dates, self._numbers, self._errors):
                    places.discard((row, at))
                self._fonts.pop((row, at), None)
            del self._rows[row]
            if left:
                self._rows[row] = in_order(dict(left))

    def _fill_down(self, span: Span) -> None:
        """A household code merged over its members belongs to each of them."""
        above = self._rows.get(span.first_row, ())
        text = above[span.first_column] if span.first_column < len(above) else ""
        if not text or span.last_row - span.first_row > TALL:
            return
        for row in range(span.first_row + 1, span.last_row + 1):
            if row in self._rows:
                self._put({span.first_column: text}, row)


def _place(reference: str | None, row: int, before: int) -> Place:
    """Row and column of "B7", the column counted from 0; where nothing is said, the next."""
    if reference is None:
        return row, before + 1
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), _column(letters)


@lru_cache(maxsize=1_024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.replace("$", "").upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = 26 * number + ord(letter) - 64
    return number - 1


def _number(written: str) -> float:
    return float(written) if "." in written or "E" in written or "e" in written else int(written)
