"""What a list hides, strikes out or gets mostly wrong is asked about before it is taken."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from db.errors import Refused
from db.intake.tables.row_kinds import PersonRow
from db.intake.tables.sheet_choice import KEEP, SKIP, STOP
from db.intake.tables.tables import Table
from db.intake.told.checked import row_in_sheet
from db.intake.told.conversation import Conversation
from db.intake.told.findings import MOST_PROBLEMS, Findings

FEWEST_TO_JUDGE = 5
MOSTLY = 0.5
LONG_LIST = 20_000
"""A list as long as this is checked to its end, though every row is wrong; a longer one is not."""
BEGINNING, PIECE = 1_000, 4_000
MAY_PUT_RIGHT = ("date_order", "column_", "duplicate_headers")
"""Questions whose answer may clear most errors: they come first."""


def without_rows(
    people: list[PersonRow], doubtful: set[int], code: str, conversation: Conversation
) -> list[PersonRow]:
    """Hidden, struck-out and removed people are taken or left as a person says."""
    numbers = [person.number for person in people if person.number in doubtful]
    if not numbers:
        return people
    rows = _short(numbers)
    if conversation.answer(code, (KEEP, SKIP), count=len(numbers), rows=rows) == SKIP:
        return [person for person in people if person.number not in doubtful]
    return people


def ask_about_hidden_columns(
    table: Table, fields: Mapping[str, int], conversation: Conversation
) -> None:
    """Hidden columns with fields of people are taken unless a person wants them left out."""
    hidden = {at for name, at in fields.items() if name != "order"} & table.sheet.hidden_columns
    if hidden:
        headers = ", ".join(f"“{c.header}”" for c in table.columns if c.index in hidden)
        conversation.answer("hidden_columns", (KEEP, SKIP), headers=headers)


def ask_if_mostly_wrong(findings: Findings, rows_read: int, conversation: Conversation) -> None:
    """A file with errors in most of its rows is probably another kind of file."""
    wrong = len(findings.to_correct)
    if rows_read < FEWEST_TO_JUDGE or wrong <= MOSTLY * rows_read:
        return
    if may_be_put_right(conversation):
        return
    if conversation.answer("mostly_wrong", (KEEP, STOP), count=wrong, all=rows_read) == STOP:
        raise Refused("mostly_wrong")


def pieces(people: list[PersonRow]) -> Iterator[tuple[int, list[PersonRow]]]:
    """All at once; a long list its beginning first, a very long one a piece at a time: it may be
    stopped half-way."""
    ends = [BEGINNING] if len(people) > PIECE else []
    if len(people) > LONG_LIST:
        ends += range(PIECE, len(people), PIECE)
    for start, end in pairwise([0, *ends, len(people)]):
        yield start, people[start:end]


def may_be_put_right(conversation: Conversation) -> bool:
    """An answer that is still due may clear most errors."""
    return any(each.code.startswith(MAY_PUT_RIGHT) for each in conversation.due)


def stop_if_hopeless(findings: Findings, rows_read: int, rows: int) -> None:
    """A list that is wrong from its beginning is not read to its end.

    Refusals: too_many_problems, mostly_wrong.
    """
    count = len(findings.errors)
    if rows > PIECE and count * rows > MOST_PROBLEMS * rows_read:
        raise Refused("too_many_problems", because="beginning", rows=rows_read, count=count)
    if rows > LONG_LIST and len(findings.to_correct) > MOSTLY * rows_read:
        raise Refused("mostly_wrong")


def _short(numbers: list[int]) -> str:
    shown = ", ".join(str(row_in_sheet(number)) for number in numbers[:5])
    return f"{shown}…" if len(numbers) > 5 else shown
