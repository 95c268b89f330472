"""Which sheets of a file are the list: one, several, a hidden one, or none with a header."""

from collections.abc import Callable
from dataclasses import replace

from db.errors import Refused
from db.intake.files.sheets import Place, Sheet, SourceFile, Span
from db.intake.tables.by_values import without_header
from db.intake.tables.side_by_side import panes
from db.intake.tables.tables import Table, find_tables
from db.intake.told.checked import ROWS_PER_SHEET
from db.intake.told.conversation import Conversation

KEEP, SKIP, STOP, ALL = "keep", "skip", "stop", "all"
Tables = tuple[Table, ...]


def chosen_tables(
    file: SourceFile,
    has_people: Callable[[Table], bool],
    has_names: Callable[[Table], bool],
    conversation: Conversation,
) -> tuple[Tables, tuple[str, ...]]:
    """The tables that make the list, and the names of sheets left out as copies of others.

    Tables side by side are taken from left to right, as if on sheets of their own. Rows of the
    second and later sheets are counted on from `ROWS_PER_SHEET`. Refusals: no_header,
    no_data_rows.
    """
    found = _with_names(_with_people(file, has_people, conversation), has_names)
    shown, hidden = _split(found)
    if hidden:
        found = _with_hidden(shown, hidden, conversation)
    found, copies = _without_copies(found)
    if len(found) > 1:
        found = _chosen_sheets(found, conversation)
    tables = list(found[0])
    for place, more in enumerate(found[1:], 1):
        rows = place * ROWS_PER_SHEET
        sheet = _further_down(more[0].sheet, rows)
        tables += [_moved(table, sheet, rows) for table in more]
    return tuple(table for table in tables if has_people(table)), copies


def _with_people(
    file: SourceFile,
    has_people: Callable[[Table], bool],
    conversation: Conversation,
) -> list[Tables]:
    sheets = [pane for sheet in file.sheets for pane in panes(sheet)]
    headed = [tables for sheet, first in sheets if (tables := find_tables(sheet, first))]
    peopled = [tables for tables in headed if any(map(has_people, tables))]
    if peopled:
        return peopled
    if headed:
        raise Refused("no_data_rows")
    bare = [table for sheet in file.sheets if (table := without_header(sheet))]
    bare = [table for table in bare if has_people(table)]
    if not bare:
        raise Refused("no_header")
    columns = ", ".join(column.header for column in bare[0].columns if column.match)
    if conversation.answer("no_header", (KEEP, STOP), columns=columns) == STOP:
        raise Refused("no_header")
    return [(table,) for table in bare[:1]]


def _with_names(found: list[Tables], has_names: Callable[[Table], bool]) -> list[Tables]:
    """A sheet that counts people by hamlet, without names, is no list beside those that are."""
    return [tables for tables in found if any(map(has_names, tables))] or found


def _split(found: list[Tables]) -> tuple[list[Tables], list[Tables]]:
    shown = [tables for tables in found if not tables[0].sheet.is_hidden]
    return shown, [tables for tables in found if tables[0].sheet.is_hidden]


def _with_hidden(
    shown: list[Tables],
    hidden: list[Tables],
    conversation: Conversation,
) -> list[Tables]:
    names = ", ".join(f"“{tables[0].sheet.name}”" for tables in hidden)
    answer = conversation.answer("hidden_sheets", (KEEP, SKIP), names=names)
    if answer == KEEP:
        return [*shown, *hidden]
    if answer == SKIP and not shown:
        raise Refused("no_data_rows")
    return shown or hidden


def _without_copies(found: list[Tables]) -> tuple[list[Tables], tuple[str, ...]]:
    """A sheet with the same cells as an earlier one is its copy."""
    seen: set[tuple[tuple[str, ...], ...]] = set()
    kept, copies = [], []
    for tables in found:
        cells = tuple(tables[0].sheet.rows.values())
        if cells in seen:
            copies.append(tables[0].sheet.name)
        else:
            seen.add(cells)
            kept.append(tables)
    return kept, tuple(copies)


def _chosen_sheets(found: list[Tables], conversation: Conversation) -> list[Tables]:
    """All sheets or one, as a person says."""
    answer = conversation.answers.get("sheets", conversation.answers.get("sheet"))
    names = tuple(dict.fromkeys(tables[0].sheet.name for tables in found))
    if answer in names:
        return [tables for tables in found if tables[0].sheet.name == answer]
    if len(names) > 1 and answer != ALL:
        conversation.ask("sheets", (ALL, *names), count=len(names))
    return found


def _further_down(sheet: Sheet, rows: int) -> Sheet:
    """The sheet with its rows counted on, so that two sheets can stand in one list."""

    def moved(places: frozenset[Place]) -> frozenset[Place]:
        return frozenset((row + rows, column) for row, column in places)

    return replace(
        sheet,
        rows={row + rows: cells for row, cells in sheet.rows.items()},
        merged=tuple(
            Span(s.first_row + rows, s.first_column, s.last_row + rows, s.last_column)
            for s in sheet.merged
        ),
        hidden_rows=frozenset(row + rows for row in sheet.hidden_rows),
        struck_rows=frozenset(row + rows for row in sheet.struck_rows),
        date_cells=moved(sheet.date_cells),
        number_cells=moved(sheet.number_cells),
        error_cells=moved(sheet.error_cells),
        conversions=tuple(replace(each, row=each.row + rows) for each in sheet.conversions),
    )


def _moved(table: Table, sheet: Sheet, rows: int) -> Table:
    """The table on its sheet with the rows counted on."""
    return Table(
        sheet,
        tuple(row + rows for row in table.header_rows),
        None if table.symbol_row is None else table.symbol_row + rows,
        table.columns,
        tuple(row + rows for row in table.data_rows),
    )
