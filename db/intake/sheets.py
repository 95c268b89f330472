"""What a file holds once read: sheets of text cells, with what Excel knows about them."""

from dataclasses import dataclass, field

Place = tuple[int, int]
"""A row as Excel shows it and a column counted from 0."""


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: rows as Excel shows them, columns counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by their number in the file, blank ones left out; every cell is text."""

    name: str
    rows: dict[int, tuple[str, ...]]
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    date_cells: frozenset[Place] = field(default=frozenset(), repr=False)
    number_cells: frozenset[Place] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read; `delimiter` is None for workbooks."""

    encoding: str
    delimiter: str | None
    sheets: tuple[Sheet, ...]
