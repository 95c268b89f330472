"""What a file holds once read: sheets of text cells, with what Excel knows about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""A row as Excel shows it and a column counted from 0."""

MAX_ROWS = 50_000
LOSES_ZEROS_FROM = 1_000_000_000
"""A number so long may be a citizen ID without its zeros."""

MAX_COLUMNS = 256
"""What stands further right than this is named, not read."""


@dataclass(frozen=True, slots=True)
class Span:
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
    is_hidden: bool = False
    is_checked: bool = True
    far_cell: Place | None = None
    conversions: tuple[Conversion, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read; `delimiter` is None for workbooks.

    A sheet that is not `is_checked` was read without looking for hidden rows and old fonts.
    """

    encoding: str
    delimiter: str | None
    sheets: tuple[Sheet, ...]
