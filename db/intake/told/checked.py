"""What checking a list gives: rows, problems and questions as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

ROWS_PER_SHEET = 10_000_000
"""Rows of a second sheet taken into the same list are counted on from here."""

FileVerdict = Literal["import", "import_with_errors", "ask_user", "reject"]


def row_in_sheet(row: int) -> int:
    """The row as Excel shows it, on whichever sheet it stands."""
    return row % ROWS_PER_SHEET


class ListRow(NamedTuple):
    """One person who may be taken over; unknown values are None.

    `birth` is "YYYY-MM-DD", "YYYY-MM" or "YYYY"; `sex` "M" or "F"; `categories` are codes;
    `benefit` is "hi", "si", "both" or None (the list's default applies); `people` is the code
    of an ethnic group. `row` is the row as Excel shows it (`row_in_sheet`, if the list took
    several sheets).
    """

    row: int
    full_name: str
    birth: str
    sex: str | None
    cccd: str | None
    bhxh: str | None
    hi_card: str | None
    commune_code: str | None
    hamlet: str | None
    address: str | None
    categories: tuple[str, ...]
    phone: str | None
    household: str | None
    relation: str | None
    benefit: str | None
    people: str | None


class CellProblem(NamedTuple):
    """One cell to correct (an error) or to look at (a warning), in a sentence for the clerk."""

    row: int
    field: str
    code: str
    value: str
    message: str
    suggestion: str | None = None


class RowToCorrect(NamedTuple):
    """A row with errors as it can be sent again on its own: "nt" replaced by what it stood for,
    and what the headings above it said."""

    row: int
    cells: tuple[str, ...]
    hamlet: str | None
    category: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide; the answer is one of the choices."""

    code: str
    message: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """How the file was read; row numbers as Excel shows them."""

    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    header_rows: tuple[int, ...] = ()
    first_data_row: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the file and what it is taken for.

    `index` counts from 0, `field` is None for a column that is left out; `certainty` is "sure",
    "likely", "unknown", or where it was remembered from: "own", "office", "nation".
    """

    index: int
    header: str
    example: str
    field: str | None
    certainty: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a header was said to hold before, and by whom: "own", "office", "nation"."""

    field: str
    origin: str


@dataclass(frozen=True, slots=True)
class CheckedList:
    """Everything the upload screen says about a file; nothing of it is stored.

    `columns` maps fields to headers as in the file, `field_columns` to column indexes, `raw` a row
    number to its cells as in the file.
    """

    file_name: str
    sha256: str
    year: int
    verdict: FileVerdict
    reason: str | None = None
    message: str | None = None
    questions: tuple[Question, ...] = ()
    source: Source = Source()
    columns: Mapping[str, str] | None = None
    field_columns: Mapping[str, int] | None = None
    guesses: tuple[ColumnGuess, ...] = ()
    header: tuple[str, ...] = ()
    raw: Mapping[int, tuple[str, ...]] | None = None
    rows: tuple[ListRow, ...] = ()
    to_correct: tuple[RowToCorrect, ...] = ()
    rows_read: int = 0
    errors: tuple[CellProblem, ...] = ()
    warnings: tuple[CellProblem, ...] = ()
