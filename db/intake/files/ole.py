"""The container of old Excel files: its streams, and what stands beside the values."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from db.errors import Refused
from db.intake.files.sheets import MAX_SHEETS, MOST_CELLS, Extent, Place, Span

ROOT = "Root Entry"
BYTE_ORDER = b"\xfe\xff"
"""What stands at 28 in every container."""

_ROOT_ENTRY = 5

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_STREAM_BYTES = 64 * 1024 * 1024
MOST_CELLS_IN_REACH = 3_000_000
MOST_RECORDS = 1_000_000
MOST_COLUMN_RECORDS = 1_000
MOST_SHEETS = 4 * MAX_SHEETS
"""Blank ones among them."""

_END_OF_CHAIN = 0xFFFFFFFA
_BOUND_SHEET, _FILE_PASS, _BEGIN, _END = 0x85, 0x2F, 0x809, 0x0A
_ROW, _COLUMN_INFO, _MERGED = 0x208, 0x7D, 0xE5
_FONT, _CELL_FORMAT, _STRUCK_OUT = 0x31, 0xE0, 0x08
_CELLS = frozenset({0x203, 0x204, 0x205, 0x06, 0x27E, 0xFD, 0xBD, 0xD6, 0x406, 0x206})


@dataclass(slots=True)
class BiffSheet:
    """What calamine does not tell about one sheet; rows from 1, columns from 0."""

    is_hidden: bool
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    struck: set[Place] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0
    column_records: int = 0


class Container:
    """An OLE compound file. Refusals: corrupt_file."""

    def __init__(self, content: bytes) -> None:
        try:
            self._open(content)
        except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
            raise Refused("corrupt_file") from error

    def _open(self, content: bytes) -> None:
        self._content = content
        self._size: int = 1 << struct.unpack_from("<H", content, 30)[0]
        self._small_size: int = 1 << struct.unpack_from("<H", content, 32)[0]
        if self._size not in (512, 4096) or self._small_size > self._size:
            raise ValueError("sector size")
        directory, self._cutoff, small_fat = struct.unpack_from("<I4xII", content, 48)
        sectors = list(struct.unpack_from("<109I", content, 76))
        following = struct.unpack_from("<I", content, 68)[0]
        per_sector = self._size // 4
        while following < _END_OF_CHAIN and len(sectors) < 4_096:
            found = struct.unpack_from(f"<{per_sector}I", content, self._at(following))
            sectors += found[:-1]
            following = found[-1]
        self._fat: list[int] = []
        for sector in sectors:
            if sector < _END_OF_CHAIN and self._at(sector) + self._size <= len(content):
                self._fat += struct.unpack_from(f"<{per_sector}I", content, self._at(sector))
        self.entries = dict(self._directory(self._chain(directory)))
        table = self._chain(small_fat) if small_fat < _END_OF_CHAIN else b""
        self._small_fat = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        for first, size in self.entries.values():
            if size >= self._cutoff:
                self._check_chain(first)
        start, _ = self.entries.get(ROOT, (_END_OF_CHAIN, 0))
        self._small = self._chain(start) if start < _END_OF_CHAIN else b""

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, b"" if there is none of that name."""
        start, size = self.entries.get(name, (_END_OF_CHAIN, 0))
        if start >= _END_OF_CHAIN:
            return b""
        if size >= self._cutoff:
            return self._chain(start)[:size]
        parts, seen = [], 0
        while start < len(self._small_fat) and seen * self._small_size < size:
            parts.append(self._small[start * self._small_size : (start + 1) * self._small_size])
            start, seen = self._small_fat[start], seen + 1
        return b"".join(parts)[:size]

    def _at(self, sector: int) -> int:
        return (sector + 1) * self._size

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        most = min(len(self._content), MAX_STREAM_BYTES) // self._size + 1
        while sector < len(self._fat):
            if len(parts) > most:
                raise Refused("corrupt_file")  # a loop, in which other readers never end
            parts.append(self._content[self._at(sector) : self._at(sector) + self._size])
            sector = self._fat[sector]
        return b"".join(parts)

    def _check_chain(self, sector: int) -> None:
        steps = 0
        while sector < len(self._fat):
            sector, steps = self._fat[sector], steps + 1
            if steps > len(self._fat):
                raise Refused("corrupt_file")

    @staticmethod
    def _directory(table: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(table) - 127, 128):
            length = struct.unpack_from("<H", table, at + 64)[0]
            if 2 <= length <= 64:
                name = table[at : at + length - 2].decode("utf-16-le", "replace")
                if table[at + 66] == _ROOT_ENTRY:  # SheetJS calls it R
                    name = ROOT
                start, size = struct.unpack_from("<II", table, at + 116)
                yield name, (start, size)


def biff_sheets(stream: bytes) -> dict[str, BiffSheet]:
    """The sheets of a workbook stream by name. Refusals: password_protected, corrupt_file."""
    try:
        return _biff_sheets(stream)
    except struct.error as error:
        raise Refused("corrupt_file") from error


def _biff_sheets(stream: bytes) -> dict[str, BiffSheet]:
    sheets: dict[str, BiffSheet] = {}
    starts: dict[int, BiffSheet] = {}
    extent = Extent()
    fonts: list[bool] = []
    formats: list[bool] = []
    for kind, at, size in islice(_records(stream, 0), MOST_RECORDS):
        if kind == _FILE_PASS:
            raise Refused("password_protected")
        if kind == _BOUND_SHEET and size >= 8:
            start, state, letters, wide = struct.unpack_from("<IBxBB", stream, at)
            raw = stream[at + 8 : at + 8 + letters * (2 if wide & 1 else 1)]
            name = raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
            starts[start] = sheets[name] = BiffSheet(bool(state & 3))
            if len(sheets) > MOST_SHEETS:
                raise Refused("too_large", because="sheets", limit=MAX_SHEETS)
        if kind == _FONT and size >= 4:
            fonts.append(bool(stream[at + 2] & _STRUCK_OUT))
            if len(fonts) == 4:
                fonts.append(False)  # no font has the number 4
        if kind == _CELL_FORMAT and size >= 2:
            font = struct.unpack_from("<H", stream, at)[0]
            formats.append(font < len(fonts) and fonts[font])
        if kind == _END:
            break
    struck = {number for number, is_struck in enumerate(formats) if is_struck}
    left, cells = MOST_RECORDS, 0
    for start, sheet in starts.items():
        for kind, at, size in islice(_records(stream, start), left):
            left -= 1
            cells += kind in _CELLS
            if kind == _END:
                break
            _look(stream, kind, at, size=size, sheet=sheet, struck=struck, extent=extent)
        if not left:
            raise Refused("too_large", because="cells")
        if cells > MOST_CELLS:
            raise Refused("too_large", because="filled", limit=MOST_CELLS)
        if sheet.last_row * (sheet.last_column + 1) > MOST_CELLS_IN_REACH:
            raise Refused("too_large", because="cells")
    return sheets


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _look(
    stream: bytes,
    kind: int,
    at: int,
    *,
    size: int,
    sheet: BiffSheet,
    struck: set[int],
    extent: Extent,
) -> None:
    if kind in _CELLS and size >= 4:
        row, column = struct.unpack_from("<HH", stream, at)
        sheet.last_row = max(sheet.last_row, row + 1)
        sheet.last_column = max(sheet.last_column, column)
        if struck and size >= 6 and struct.unpack_from("<H", stream, at + 4)[0] in struck:
            sheet.struck.add((row + 1, column))
    elif kind == _ROW and size >= 16:
        row, flags = struct.unpack_from("<H10xI", stream, at)
        if flags & 0x20:
            sheet.hidden_rows.add(row + 1)
    elif kind == _COLUMN_INFO and size >= 10:
        first, last, flags = struct.unpack_from("<HH4xH", stream, at)
        sheet.column_records += 1
        if flags & 1 and sheet.column_records <= MOST_COLUMN_RECORDS:
            sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind == _MERGED and size >= 2:
        count = struct.unpack_from("<H", stream, at)[0]
        for each in range(min(count, (size - 2) // 8)):
            first, last, left, right = struct.unpack_from("<4H", stream, at + 2 + 8 * each)
            extent.span(last - first + 1, right - left + 1)
            sheet.merged.append(Span(first + 1, left, last + 1, right))
