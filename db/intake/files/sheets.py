"""What a file holds once read: sheets of text cells, with what Excel knows about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from db.errors import Refused

Place = tuple[int, int]
"""A row as Excel shows it and a column counted from 0."""

MAX_SHEETS = 120
"""Of those that hold more than one row."""
MAX_ROWS = 50_000
ROWS_AROUND_A_LIST = 100
"""The title, the header and the signatures do not count."""
LOSES_ZEROS_FROM = 1_000_000_000
"""A number so long may be a citizen ID without its zeros."""

MAX_COLUMNS = 256
"""What stands further right than this is named, not read."""

TALL = 100
"""Cells merged over more rows are no household: their text is not written into all of them."""
MAX_REACH = 300_000
"""Cells that merged cells may cover in a file: a reader walks over each of them."""
MOST_CELLS = 600_000
"""Filled cells of a file: twelve columns of the longest list."""
MOST_CHARACTERS = 10_000_000
"""Of all cells: two hundred for each row of the longest list."""
BLANKS_PER_CELL = 8
"""So many blank cells take the room of a filled one."""


class Extent:
    """How many rows and cells a file was found to hold so far, on all its sheets together."""

    def __init__(self) -> None:
        self._rows = self._cells = self._characters = self._reach = 0

    def take(self, cells: Sequence[str], times: int = 1) -> None:
        """A row more, or the same row several times. Refusal: too_large."""
        blank = cells.count("")
        self._rows += times
        self._cells += (len(cells) - blank + blank // BLANKS_PER_CELL) * times
        if self._rows > MAX_ROWS + ROWS_AROUND_A_LIST:
            raise Refused("too_large", because="rows", limit=MAX_ROWS)
        if self._cells > MOST_CELLS:
            raise Refused("too_large", because="filled", limit=MOST_CELLS)
        self.write(sum(map(len, cells)) * times)

    def write(self, characters: int) -> None:
        """So many characters more. Refusal: too_large."""
        self._characters += characters
        if self._characters > MOST_CHARACTERS:
            raise Refused("too_large", because="characters", limit=MOST_CHARACTERS // 1_000_000)

    def span(self, down: int, right: int) -> None:
        """Cells merged over so many rows and columns. Refusal: too_large."""
        self._reach += max(1, min(down, TALL)) * max(1, min(right, MAX_COLUMNS))
        if self._reach > MAX_REACH:
            raise Refused("too_large", because="cells")


class Span(NamedTuple):
    """Merged cells: rows as Excel shows them, columns counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """Letters of a column (None: the whole file) turned from a legacy encoding into Unicode."""

    encoding: str
    column: int | None
    row: int
    before: str
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by their number in the file, blank ones left out; every cell is text.

    `number_cells` are the numbers from `LOSES_ZEROS_FROM`, `error_cells` hold an error or a formula
    whose value is not known, `fonts` names the legacy encoding of a
    cell's font, `far_cell` is one that stands too far right to be read.
    """

    name: str
    rows: dict[int, tuple[str, ...]]
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    date_cells: frozenset[Place] = field(default=frozenset(), repr=False)
    number_cells: frozenset[Place] = field(default=frozenset(), repr=False)
    error_cells: frozenset[Place] = field(default=frozenset(), repr=False)
    fonts: Mapping[Place, str] = field(default_factory=dict, repr=False)
    comments: Mapping[Place, str] = field(default_factory=dict, repr=False)
    is_hidden: bool = False
    is_checked: bool = True
    far_cell: Place | None = None
    conversions: tuple[Conversion, ...] = ()
    _merged_from: dict[int, list[tuple[int, Span]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def merged_at(self, first: int, last: int) -> list[Span]:
        """The merged cells that reach into these rows, in the order of the sheet."""
        if self.merged and not self._merged_from:
            for place, span in enumerate(self.merged):
                is_tall = span.last_row - span.first_row >= TALL
                start = 0 if is_tall else span.first_row
                self._merged_from.setdefault(start, []).append((place, span))
        found = [
            (place, span)
            for row in (0, *range(max(1, first - TALL), last + 1))
            for place, span in self._merged_from.get(row, ())
            if span.first_row <= last and span.last_row >= first
        ]
        return [span for _, span in sorted(found)]


def in_order(cells: dict[int, str]) -> tuple[str, ...]:
    """The cells of a row by their column, blank where there is none."""
    width = max(cells) + 1
    if width == len(cells):
        return tuple(map(cells.__getitem__, range(width)))
    return tuple(cells.get(at, "") for at in range(width))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read; `delimiter` is None for workbooks.

    A sheet that is not `is_checked` was read without looking for hidden rows and old fonts.
    """

    encoding: str
    delimiter: str | None
    sheets: tuple[Sheet, ...]
