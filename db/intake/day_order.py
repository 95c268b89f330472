"""Signs that a list's days and months stand in another order than ours."""

import re
from collections.abc import Mapping

from db.intake.checked import Question
from db.intake.row_kinds import PersonRow
from db.intake.sentences import question
from db.intake.sheets import Sheet

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
SEVERAL_DATES = 2
SHARE_OF_MONTH_FIRST = 0.3

_SLASHED = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}$")


def month_first(
    people: list[PersonRow],
    column: int | None,
    answers: Mapping[str, str],
    questions: list[Question],
) -> bool:
    """A column where many dates only make sense month first is asked about, not guessed."""
    if column is None:
        return False
    if "date_order" in answers:
        return answers["date_order"] == MONTH_FIRST
    dates = [
        match
        for person in people
        if column < len(person.cells) and (match := _SLASHED.match(person.cells[column].strip()))
    ]
    late = [match for match in dates if int(match[2]) > 12 >= int(match[1])]
    if any(int(match[1]) > 12 for match in dates) or len(late) < SEVERAL_DATES:
        return False
    if len(late) >= SHARE_OF_MONTH_FIRST * len(dates):
        text = question("date_order", example=late[0][0])
        questions.append(Question("date_order", text, (DAY_FIRST, MONTH_FIRST)))
    return False


def doubtful_days(people: list[PersonRow], sheet: Sheet, column: int | None) -> frozenset[int]:
    """Rows whose day and month a foreign Excel may have swapped.

    Its trace: what it could read month first became a date cell, the rest stayed text.
    """
    if column is None or not sheet.date_cells:
        return frozenset()
    as_dates = [person for person in people if (person.number, column) in sheet.date_cells]
    as_text = [
        match
        for person in people
        if (person.number, column) not in sheet.date_cells and column < len(person.cells)
        if (match := _SLASHED.match(person.cells[column].strip()))
    ]
    days = [person.cells[column][8:10] for person in as_dates]
    if not days or any(day > "12" for day in days):
        return frozenset()
    if not as_text or not all(int(match[1]) > 12 for match in as_text):
        return frozenset()
    return frozenset(person.number for person in as_dates)
