"""Columns that tell a birth together: day, month and year apart, or a year beside the day."""

import re
from collections.abc import Iterator

from db.intake.tables.tables import Column, Table
from db.rules.names import clean, fold

_DAY, _MONTH, _YEAR = {"ngay", "ngay sinh"}, {"thang", "thang sinh"}, {"nam", "nam sinh"}
_BARE_YEAR = re.compile(r"^(?:19|20)\d\d(?:\.0)?$")
_NUMBER = re.compile(r"^\d{1,2}(?:\.0)?$")


def parts_of_birth(table: Table) -> dict[int, str]:
    """{column: part of a birth} where only columns beside each other say what one of them is."""
    for left, middle, right in zip(
        table.columns, table.columns[1:], table.columns[2:], strict=False
    ):
        if _leaf(left) in _DAY and _leaf(middle) in _MONTH and _leaf(right) in _YEAR:
            values = [*_values(table, left), *_values(table, middle)]
            if values and all(map(_NUMBER.match, values)):
                return {
                    left.index: "birth_day",
                    middle.index: "birth_month",
                    right.index: "birth_year",
                }
    births = [column for column in table.columns if column.match and column.match.field == "birth"]
    if len(births) == 2:
        for day, year in (births, reversed(births)):
            if _leaf(year) == "nam sinh" and _agree(table, day, year):
                return {day.index: "birth", year.index: "birth_year"}
    return {}


def _agree(table: Table, day: Column, year: Column) -> bool:
    """A bare year in each row, and where the other cell has a birth it is of that year."""
    years = list(_values(table, year))
    return (
        bool(years)
        and all(map(_BARE_YEAR.match, years))
        and all(
            not written or not told or told[:4] in written
            for written, told in (
                (_cell(table, number, day), _cell(table, number, year))
                for number in table.data_rows
            )
        )
    )


def _values(table: Table, column: Column) -> Iterator[str]:
    return filter(None, (_cell(table, number, column) for number in table.data_rows))


def _cell(table: Table, number: int, column: Column) -> str:
    cells = table.sheet.rows[number]
    return clean(cells[column.index]) if column.index < len(cells) else ""


def _leaf(column: Column) -> str:
    return fold(column.header.rpartition(" - ")[2])
