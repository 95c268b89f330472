"""Signs that a list's days and months stand in another order than ours."""

import re
from collections.abc import Mapping
from functools import cache

from db.intake.files.sheets import Sheet
from db.intake.tables.row_kinds import PersonRow
from db.intake.told.conversation import Conversation

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
SEVERAL_DATES = 2
SHARE_OF_MONTH_FIRST = 0.3

_SLASHED = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}$")


Dates = Mapping[int, re.Match[str]]
"""The births that are written as day and month, either first, and year; by row."""


def slashed_dates(people: list[PersonRow], column: int | None) -> Dates:
    """The births of a column whose day and month could be swapped."""
    if column is None:
        return {}
    slashed = cache(_slashed)
    return {
        person.number: date
        for person in people
        if column < len(person.cells) and (date := slashed(person.cells[column]))
    }


def _slashed(text: str) -> re.Match[str] | None:
    return _SLASHED.match(text.strip())


def month_first(dates: Dates, conversation: Conversation) -> bool:
    """A column where dates only make sense month first, and none day first, is asked about."""
    if given := conversation.answers.get("date_order"):
        return given == MONTH_FIRST
    if any(int(match[1]) > 12 for match in dates.values()):
        return False
    late = [match for match in dates.values() if _only_month_first(match)]
    either_way = sum(map(_either_way, dates.values()))
    if len(late) >= SEVERAL_DATES or (late and either_way > SEVERAL_DATES):
        conversation.ask("date_order", (DAY_FIRST, MONTH_FIRST), example=late[0][0])
    return False


def _only_month_first(date: re.Match[str]) -> bool:
    return int(date[2]) > 12 >= int(date[1])


def _either_way(date: re.Match[str]) -> bool:
    return int(date[1]) <= 12 >= int(date[2])


def doubtful_days(
    people: list[PersonRow],
    dates: Dates,
    sheet: Sheet,
    column: int | None,
    conversation: Conversation,
) -> frozenset[int]:
    """Rows whose day and month may be swapped: where dates only make sense month first, and where a
    foreign Excel made dates of what it could read month first and left the rest as text."""
    if column is None:
        return frozenset()
    of_excel = _of_foreign_excel(people, sheet, column)
    return of_excel if "date_order" in conversation.answers else of_excel | _of_two_orders(dates)


def _of_two_orders(dates: Dates) -> frozenset[int]:
    month_first = sum(map(_only_month_first, dates.values()))
    if not month_first:
        return frozenset()
    day_first = sum(int(match[1]) > 12 for match in dates.values())
    if month_first < SHARE_OF_MONTH_FIRST * (month_first + day_first):
        return frozenset()
    return frozenset(number for number, match in dates.items() if _either_way(match))


def _of_foreign_excel(people: list[PersonRow], sheet: Sheet, column: int) -> frozenset[int]:
    if not sheet.date_cells:
        return frozenset()
    as_dates = [person for person in people if (person.number, column) in sheet.date_cells]
    as_text = [
        match
        for person in people
        if (person.number, column) not in sheet.date_cells and column < len(person.cells)
        if (match := _slashed(person.cells[column]))
    ]
    days = [person.cells[column][8:10] for person in as_dates]
    if not days or any(day > "12" for day in days):
        return frozenset()
    if not as_text or not all(int(match[1]) > 12 for match in as_text):
        return frozenset()
    return frozenset(person.number for person in as_dates)
