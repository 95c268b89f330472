"""Tables printed next to each other on one sheet become sheets of their own, left to right."""

from collections.abc import Iterable
from dataclasses import replace

from db.intake.files.sheets import Place, Sheet
from db.intake.tables.tables import NAME_FIELDS, Column, Table, find_table

FEWEST_SHARED_FIELDS = 2


def panes(sheet: Sheet) -> list[tuple[Sheet, Table | None]]:
    """The sheet, cut where its header begins anew: numbered again, or alike after a blank column.

    Each with the table found on it, if it is known from looking for the cuts.
    A header that only repeats a field ("Họ và tên" of the person, then of the head) is one table.
    Every pane begins at column 0 and keeps the row numbers of the sheet.
    """
    table = find_table(sheet)
    starts = _starts(table.columns) if table else []
    if table is None or len(starts) < 2:
        return [(sheet, table)]
    top = table.header_rows[0]
    width = 1 + max(len(sheet.rows[row]) for row in sheet.rows if row >= top)
    ends = [*starts[1:], width]
    starts[0] = 0
    cuts = zip(starts, ends, strict=True)
    return [(_cut_out(sheet, top, start, end), None) for start, end in cuts]


def _starts(columns: Iterable[Column]) -> list[int]:
    """The first columns of the tables of one header."""
    pieces = _with_names(_pieces(columns))
    fields = [_fields(piece) for piece in pieces]
    numbered = all("order" in each for each in fields)
    for each in fields[1:]:
        shared = (each & fields[0]) - {"order"}
        if len(shared) < FEWEST_SHARED_FIELDS or not (numbered or each == fields[0]):
            return []
    return [piece[0].index for piece in pieces]


def _pieces(columns: Iterable[Column]) -> list[list[Column]]:
    """The columns cut before every further running number and after every blank column."""
    pieces: list[list[Column]] = []
    for column in columns:
        is_order = column.match is not None and column.match.field == "order"
        if not pieces or is_order or column.index > pieces[-1][-1].index + 1:
            pieces.append([])
        pieces[-1].append(column)
    return pieces


def _with_names(pieces: list[list[Column]]) -> list[list[Column]]:
    """A piece that names nobody belongs to the one before it."""
    joined: list[list[Column]] = []
    for piece in pieces:
        if joined and not (_fields(piece) & NAME_FIELDS and _fields(joined[-1]) & NAME_FIELDS):
            joined[-1] = [*joined[-1], *piece]
        else:
            joined.append(piece)
    return joined


def _fields(columns: Iterable[Column]) -> set[str]:
    return {column.match.field for column in columns if column.match}


def _cut_out(sheet: Sheet, top: int, start: int, end: int) -> Sheet:
    """The columns from `start` to before `end`; the first pane keeps the title above them whole."""
    across = {
        span.first_row: span.first_column
        for span in sheet.merged
        if span.first_row > top and span.first_column < start <= span.last_column
    }
    rows: dict[int, tuple[str, ...]] = {}
    for number, cells in sheet.rows.items():
        kept = list(cells if number < top and not start else cells[start:end])
        if number in across and not any(kept):
            kept = [cells[across[number]]]
        while kept and not kept[-1]:
            kept.pop()
        if any(map(str.strip, kept)):
            rows[number] = tuple(kept)

    def moved(places: Iterable[Place]) -> frozenset[Place]:
        return frozenset((row, column - start) for row, column in places if start <= column < end)

    return replace(
        sheet,
        rows=rows,
        merged=tuple(
            span._replace(
                first_column=max(span.first_column, start) - start,
                last_column=min(span.last_column, end - 1) - start,
            )
            for span in sheet.merged
            if span.first_column < end and span.last_column >= start
        ),
        hidden_columns=frozenset(at - start for at in sheet.hidden_columns if start <= at < end),
        date_cells=moved(sheet.date_cells),
        number_cells=moved(sheet.number_cells),
        error_cells=moved(sheet.error_cells),
        far_cell=None if start else sheet.far_cell,
        conversions=tuple(
            each if each.column is None else replace(each, column=each.column - start)
            for each in sheet.conversions
            if each.column is None or start <= each.column < end
        ),
    )
