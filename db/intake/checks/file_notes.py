"""What a clerk should know about the file as a whole, said once each."""

from collections.abc import Iterator, Mapping

from db.intake.files.sheets import Conversion
from db.intake.tables.row_kinds import PersonRow
from db.intake.tables.tables import Table, nameless
from db.intake.tables.totals import claimed_total
from db.intake.told.checked import CellProblem
from db.intake.told.sentences import problem
from db.rules.names import clean

ENCODING_NAMES = {
    "tcvn3": "TCVN3 (.VnTime)",
    "vni": "VNI",
    "windows-1258": "Windows-1258",
    "utf-8-twice": "UTF-8 bị đọc sai",
}


def notes_on(
    tables: tuple[Table, ...],
    copies: tuple[str, ...],
    fields: Mapping[str, int],
    people: list[PersonRow],
) -> list[CellProblem]:
    """Warnings: encoding_converted, sheet_is_copy, total_mismatch, cell_far_away,
    not_looked_at_closely, from_heading, from_sheet_name."""
    first = people[0].number if people else 1
    return [
        *_conversions(tables, {at: name for name, at in fields.items()}),
        *(_note(first, "sheet_is_copy", name) for name in copies),
        *_total(tables, {person.number for person in people}),
        *_sheets(tables, first),
        *_headings(people, {clean(table.sheet.name) for table in tables}),
    ]


def _note(row: int, code: str, value: str, field: str = "full_name", **details: str) -> CellProblem:
    return CellProblem(row, field, code, value, problem(code, value, None, details))


def _conversions(tables: tuple[Table, ...], names: Mapping[int, str]) -> Iterator[CellProblem]:
    told: set[tuple[str, int | None]] = set()
    for table in tables:
        for each in table.sheet.conversions:
            key = each.encoding, each.column
            if key not in told and (each.column is None or each.column in names):
                told.add(key)
                yield _note(
                    each.row,
                    "encoding_converted",
                    each.before[:200],
                    names.get(each.column, "full_name") if each.column is not None else "full_name",
                    encoding=_encoding(each),
                )


def _encoding(conversion: Conversion) -> str:
    names = conversion.encoding.split("+")
    return ", ".join(ENCODING_NAMES.get(name, name) for name in names)


def _total(tables: tuple[Table, ...], people: set[int]) -> Iterator[CellProblem]:
    if claim := claimed_total(tables, people):
        row, count = claim
        yield _note(row, "total_mismatch", str(count), claimed=str(count), counted=str(len(people)))


def _sheets(tables: tuple[Table, ...], first: int) -> Iterator[CellProblem]:
    if not all(table.sheet.is_checked for table in tables):
        yield _note(first, "not_looked_at_closely", "")
    for table in tables:
        if table.sheet.far_cell:
            row, column = table.sheet.far_cell
            yield _note(row, "cell_far_away", "", place=nameless(column).lower())
            return


def _headings(people: list[PersonRow], sheet_names: set[str]) -> Iterator[CellProblem]:
    """Each heading whose words were written into the rows below it, at the first of them."""
    told: set[int] = set()
    for person in people:
        if person.heading_row is not None and person.heading_row not in told:
            told.add(person.heading_row)
            name = "commune_code" if person.commune else "hamlet" if person.hamlet else "category"
            text = person.commune or person.hamlet or person.category or ""
            code = "from_sheet_name" if text in sheet_names else "from_heading"
            yield _note(person.number, code, text, name)
