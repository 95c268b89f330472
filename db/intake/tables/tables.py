"""Finds the table inside a sheet: title block, header of one to four rows, people, footer."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice, pairwise

from db.errors import Refused
from db.intake.fields.headers import HeaderMatch, match_header
from db.intake.fields.names import IGNORED
from db.intake.files.sheets import Sheet
from db.rules.names import clean, fold
from db.rules.person_names import names_somebody

HEADER_SEARCHED_ROWS = 30
LONGEST_HEADER_ROW = 4_000
SAMPLED_ROWS = 60
FEWEST_VALUES = 2
DEEPEST_HEADER = 4
MOST_TABLES = 120
MOST_KNOWN_REPEATS = 1_000
MOST_HEADERS_LOOKED_AT = 2_000
"""So many rows that name a name and are no header: it is what the list says in its cells."""
ENOUGH = 3.5
NUMBERS = frozenset({"cccd", "bhxh", "phone"})
DIGITS_OF_A_NUMBER = 9
FEWEST_HEADERS, FEWEST_KNOWN = 3, 2
ORDER = frozenset({"order"})
ORDER_WORDS = frozenset({"stt", "tt", "số tt"})
NAME_FIELDS = frozenset({"full_name", "family_name", "given_name"})

_SYMBOL = re.compile(r"^\(?(?:[A-Za-zĐđ]|\d{1,2}|[IVX]{1,4})\)?(?:\s*=\s*[\d+\-x*():/ ]+)?$")
_LETTER = re.compile(r"[^\W\d_]")
_WHOLE_DATE = re.compile(r"^(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d(?:T.*)?)$")
_CITIZEN_NUMBER = re.compile(r"^\d{12}$")
_NAME_WORD = re.compile(r"t[êe]n\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `index` counts from 0, `header` is the text as in the file."""

    index: int
    header: str
    match: HeaderMatch | None


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table lies: row numbers as Excel shows them."""

    sheet: Sheet
    header_rows: tuple[int, ...]
    symbol_row: int | None
    columns: tuple[Column, ...]
    data_rows: tuple[int, ...]
    _samples: dict[int, list[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    known_repeats: dict[tuple[str, ...], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Whether a row is the header again, for the rows that were asked about last."""

    def sample(self, column: int) -> list[str]:
        """The first texts of a column, cleaned, blanks passed over."""
        if column not in self._samples:
            cells = (self.sheet.rows[number] for number in self.data_rows)
            texts = (each[column] for each in cells if column < len(each) and each[column])
            self._samples[column] = list(islice(filter(None, map(clean, texts)), SAMPLED_ROWS))
        return self._samples[column]

    @property
    def first_data_row(self) -> int | None:
        """The first row under the header, None if nothing follows it."""
        return self.data_rows[0] if self.data_rows else None


def find_tables(sheet: Sheet, first: Table | None = None) -> tuple[Table, ...]:
    """The tables of a sheet, top down: a later header in another order begins a new one.

    `first` is what `find_table` gave for it, if that is known. Refusals: too_large.
    """
    first = first or find_table(sheet)
    if first is None:
        return ()
    tables = [first]
    rows = first.data_rows
    numbers, order = _columns_with(first, NUMBERS), _columns_with(first, ORDER)
    looked_at = 0
    for place, number in enumerate(rows):
        if number < tables[-1].data_rows[0] or _holds_a_number(sheet.rows[number], numbers):
            continue
        if number > tables[-1].data_rows[0] and _begins_something_else(sheet.rows[number], order):
            above = tables[-1].data_rows
            tables[-1] = replace(tables[-1], data_rows=above[: bisect_left(above, number)])
        elif looked_at < MOST_HEADERS_LOOKED_AT and _may_be_header(sheet, number, tables[-1]):
            looked_at += 1
            below = _header_at(sheet, rows, place)
            if below is None:
                continue
            above = tables[-1].data_rows
            tables[-1] = replace(tables[-1], data_rows=above[: bisect_left(above, number)])
            tables.append(below)
            if len(tables) > MOST_TABLES:
                raise Refused("too_large", because="sheets", limit=MOST_TABLES)
    return tuple(tables)


def _begins_something_else(cells: tuple[str, ...], order: tuple[int, ...]) -> bool:
    """The header of another kind of table, of costs or counts: numbered, but without names."""
    if not any(at < len(cells) and cells[at].strip().lower() in ORDER_WORDS for at in order):
        return False
    line = "\n".join(cells)
    if _NAME_WORD.search(line) or any(map(str.isdigit, line)):
        return False
    filled = [clean(text) for text in cells if text.strip()]
    known = sum(match_header((text,)) is not None for text in filled)
    return len(filled) >= FEWEST_HEADERS and known >= FEWEST_KNOWN


def _columns_with(table: Table, fields: frozenset[str]) -> tuple[int, ...]:
    return tuple(each.index for each in table.columns if each.match and each.match.field in fields)


def _holds_a_number(cells: tuple[str, ...], columns: tuple[int, ...]) -> bool:
    """A row with somebody's number is no header."""
    for at in columns:
        if at < len(cells) and len(text := cells[at]) >= DIGITS_OF_A_NUMBER and text.isdecimal():
            return True
    return False


def _may_be_header(sheet: Sheet, number: int, above: Table) -> bool:
    cells = sheet.rows[number]
    return bool(_NAME_WORD.search("\n".join(cells))) and not repeats_header(cells, above)


def _header_at(sheet: Sheet, rows: tuple[int, ...], place: int) -> Table | None:
    numbers = rows[place : place + DEEPEST_HEADER + 1]
    blocks = [tuple(numbers[:depth]) for depth in range(1, min(len(numbers), DEEPEST_HEADER))]
    block = max(blocks, key=lambda rows: (_score(sheet, rows), -len(rows)), default=())
    if not block or _score(sheet, block) < ENOUGH:
        return None
    table = _table(sheet, _with_merged_rows(sheet, block), list(rows[place:]))
    return table if table.data_rows else None


def find_table(sheet: Sheet) -> Table | None:
    """The best header among the first rows: a name and one more field, or four without a name.

    Lines with one cell, of a letter or a decision above the list, are not counted.
    """
    numbers = list(sheet.rows)
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen: tuple[int, ...] = ()
    lines_of_text = 0
    for place, number in enumerate(numbers):
        lines_of_text += sum(map(bool, sheet.rows[number])) == 1
        if (
            place - lines_of_text >= HEADER_SEARCHED_ROWS
            or number > numbers[0] + 3 * HEADER_SEARCHED_ROWS
        ):
            break
        for depth in range(1, DEEPEST_HEADER + 1):
            block = tuple(numbers[place : place + depth])
            if len(block) < depth or block[-1] - block[0] > depth + 1:
                break
            if sum(map(len, sheet.rows[block[-1]])) > LONGEST_HEADER_ROW:
                break
            if depth > 1 and _is_symbol_row(sheet.rows[block[-1]]):
                break
            rank = (_score(sheet, block), -depth, -place)
            if rank > best:
                best, chosen = rank, block
    if best[0] < ENOUGH:
        return None
    return _table(sheet, _with_merged_rows(sheet, chosen), numbers)


def _table(sheet: Sheet, header_rows: tuple[int, ...], numbers: list[int]) -> Table:
    below = numbers[bisect_right(numbers, header_rows[-1]) :]
    symbol_row = _symbol_row_under(sheet, below)
    if symbol_row is not None:
        below = [number for number in below if number > symbol_row]
    paths = _paths(sheet, header_rows)
    filled = _filled_columns(sheet, below)
    columns = tuple(
        Column(at, _shown(path) or nameless(at), match_header(path) if path else None)
        for at, path in enumerate([*paths, *[()] * (max(filled, default=0) + 1 - len(paths))])
        if path or at in filled
    )
    return Table(sheet, header_rows, symbol_row, columns, tuple(below))


def _symbol_row_under(sheet: Sheet, numbers: list[int]) -> int | None:
    """The row of symbols, which ends the header; last lines of it that name no field go before."""
    for number in numbers[:DEEPEST_HEADER]:
        cells = sheet.rows[number]
        if _is_symbol_row(cells):
            return number
        if any(map(str.isdigit, "".join(cells))):
            return None
    return None


def nameless(column: int) -> str:
    """What a column without a header is called: its letter in Excel."""
    letters, number = "", column + 1
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"Cột {letters}"


def _filled_columns(sheet: Sheet, numbers: list[int]) -> set[int]:
    """Columns that hold something in several of the first rows, header or not."""
    counts: dict[int, int] = {}
    for number in numbers[:SAMPLED_ROWS]:
        for at, text in enumerate(sheet.rows[number]):
            if text:
                counts[at] = counts.get(at, 0) + 1
    return {at for at, count in counts.items() if count >= FEWEST_VALUES}


def _with_merged_rows(sheet: Sheet, block: tuple[int, ...]) -> tuple[int, ...]:
    """The block and the rows that its vertically merged cells reach into."""
    first, last = block[0], block[-1]
    for span in sheet.merged_at(first, last):
        if span.first_row < span.last_row and span.first_row <= last and span.last_row >= first:
            first, last = min(first, span.first_row), max(last, span.last_row)
    if last - first >= DEEPEST_HEADER:
        return block
    return tuple(number for number in range(first, last + 1) if number in sheet.rows)


def _score(sheet: Sheet, block: tuple[int, ...]) -> float:
    """How many different fields the block names; repeats count against, unless names repeat too."""
    if any(_is_somebody(sheet.rows[number]) for number in block):
        return 0.0
    fields: list[str] = []
    ignored = 0
    for path in _paths(sheet, block):
        match = match_header(path) if path else None
        if match and match.field in NAME_FIELDS and not _names_people(path):
            return 0.0
        if match and match.field == IGNORED:
            ignored += 1
        elif match:
            fields.append(match.field)
    different = set(fields)
    if not different:
        return 0.0
    named = 2.0 if different & NAME_FIELDS else 0.0
    tables_beside = max(1, *map(fields.count, NAME_FIELDS)) if different - NAME_FIELDS else 1
    repeats = sum(max(0, fields.count(field) - tables_beside) for field in different)
    return named + len(different) + 0.3 * min(ignored, 3) - 0.4 * repeats


@lru_cache(maxsize=4_096)
def _is_somebody(cells: tuple[str, ...]) -> bool:
    """A line with a whole date, a citizen number, or a number and a person's name is no header."""
    texts = [clean(text) for text in cells if text.strip()]
    if any(_WHOLE_DATE.match(text) or _CITIZEN_NUMBER.match(text) for text in texts):
        return True
    return any(map(str.isdigit, texts)) and any(
        names_somebody(text) and match_header((text,)) is None for text in texts
    )


def _names_people(path: tuple[str, ...]) -> bool:
    """False where a block swallowed the first person: "Họ và tên" over "Lô Thị Xuân"."""
    leaf = match_header(path[-1:])
    return leaf is not None and leaf.field in NAME_FIELDS


def _paths(sheet: Sheet, block: tuple[int, ...]) -> list[tuple[str, ...]]:
    """For each column the header texts from the top; merged and blank parents are filled."""
    width = max(len(sheet.rows[number]) for number in block)
    lines = [
        list(sheet.rows[number]) + [""] * (width - len(sheet.rows[number])) for number in block
    ]
    lines = [[clean(text) for text in line] for line in lines]
    spanned = _spread_merged(sheet, block, lines)
    for upper, lower in pairwise(lines):
        _spread_parents(upper, lower, spanned)
    paths = []
    for column in range(width):
        path: list[str] = []
        for line in lines:
            if line[column] and (not path or path[-1] != line[column]):
                path.append(line[column])
        paths.append(tuple(path))
    return paths


def _spread_merged(sheet: Sheet, block: tuple[int, ...], lines: list[list[str]]) -> bool:
    """Copy merged header texts over the cells they cover; true if there were any."""
    found = False
    for span in sheet.merged_at(block[0], block[-1]):
        if span.first_row not in block or span.first_column >= len(lines[0]):
            continue
        found = True
        text = lines[block.index(span.first_row)][span.first_column]
        for line, number in zip(lines, block, strict=True):
            if span.first_row <= number <= span.last_row:
                for column in range(span.first_column, min(span.last_column + 1, len(line))):
                    line[column] = line[column] or text
    return found


def _spread_parents(upper: list[str], lower: list[str], merges_known: bool) -> None:
    """Without merged cells (CSV) a parent reaches right over blanks that have a sub-header."""
    if merges_known:
        return
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and upper[column - 1] and lower[column - 1]:
            upper[column] = upper[column - 1]


def _shown(path: tuple[str, ...]) -> str:
    return " - ".join(path)


def _is_symbol_row(cells: tuple[str, ...]) -> bool:
    """A row such as A, B, 1, 2, 3 or (1) (2) (3=1+2) that numbers the columns."""
    texts = [text for text in cells if text and not text.isspace()]
    if len(texts) < 3 or not all(_SYMBOL.match(clean(text)) for text in texts):
        return False
    filled = [clean(text) for text in texts]
    numbers = [int(digits[0]) for text in filled if (digits := re.findall(r"\d+", text))]
    letters = sum(1 for text in filled if _LETTER.search(text))
    rising = all(later > earlier for earlier, later in pairwise(numbers))
    return rising and (len(numbers) >= 3 or letters >= 2)


def repeats_header(cells: tuple[str, ...], table: Table) -> bool:
    """A header, or its rows of symbols, printed again on the next page."""
    known = table.known_repeats
    if cells not in known:
        if len(known) >= MOST_KNOWN_REPEATS:
            known.clear()
        known[cells] = _repeats_header(cells, table)
    return known[cells]


def _repeats_header(cells: tuple[str, ...], table: Table) -> bool:
    if _is_symbol_row(cells):
        return True
    filled = {at: fold(text) for at, text in enumerate(cells) if text.strip()}
    if len(filled) < 2:
        return False
    headers = {column.index: fold(column.header) for column in table.columns}
    again = {at for at, text in filled.items() if text in headers.get(at, "")}
    if len(again) < 0.8 * len(filled):
        again |= _same_in_other_words(cells, table)
    return len(again) >= 0.8 * len(filled)


def _same_in_other_words(cells: tuple[str, ...], table: Table) -> set[int]:
    """Where a header says the same once more, as under it in English."""
    return {
        column.index
        for column in table.columns
        if column.match
        and column.index < len(cells)
        and column.match == match_header((clean(cells[column.index]),))
    }
