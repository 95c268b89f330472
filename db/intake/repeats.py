"""People who stand twice in one file."""

from collections.abc import Iterable, Iterator, Mapping

from db.intake.checked import CellProblem, ListRow, Question, row_in_sheet
from db.intake.sentences import problem, question
from db.intake.sheet_choice import KEEP
from db.rules.names import fold

WHOLE_DAY = 10
FIRST = "first"


def repeated_people(rows: Iterable[ListRow]) -> tuple[list[CellProblem], list[int]]:
    """Warnings on later rows (same citizen number, or same name and birth); those to ask about.

    Same number, name and birth is one person without a question: sending makes one of them.
    """
    found = list(_repeats(rows))
    return [warning for _, warning, _ in found], [row.row for row, _, asked in found if asked]


def without_twins(
    rows: list[ListRow], twins: list[int], answers: Mapping[str, str], questions: list[Question]
) -> list[ListRow]:
    """The rows without those that are one person again, if a person says so."""
    answer = answers.get("twins")
    if not twins or answer == KEEP:
        return rows
    if answer == FIRST:
        return [row for row in rows if row.row not in set(twins)]
    shown = ", ".join(str(row_in_sheet(row)) for row in twins[:5]) + ("…" if len(twins) > 5 else "")
    text = question("twins", count=len(twins), rows=shown)
    questions.append(Question("twins", text, (FIRST, KEEP)))
    return rows


def _repeats(rows: Iterable[ListRow]) -> Iterator[tuple[ListRow, CellProblem, bool]]:
    """(later row, warning, whether a person must say if they are one)."""
    by_number: dict[str, ListRow] = {}
    by_name: dict[tuple[str, str], ListRow] = {}
    for row in rows:
        same_number = by_number.setdefault(row.cccd, row) if row.cccd else row
        same_name = by_name.setdefault((fold(row.full_name), row.birth), row)
        if same_number is not row:
            yield row, *_same_number(row, same_number)
        elif same_name is not row and not _two_people(row, same_name):
            same = "cùng tên, ngày sinh"
            warning = _warning(row, "full_name", "duplicate_in_file", same_name, same)
            yield row, warning, len(row.birth) == WHOLE_DAY and not _two_numbers(row, same_name)


def _same_number(row: ListRow, earlier: ListRow) -> tuple[CellProblem, bool]:
    same_name = fold(row.full_name) == fold(earlier.full_name)
    somebody_else = not same_name and row.birth != earlier.birth
    code = "cccd_of_another" if somebody_else else "duplicate_in_file"
    certain = same_name and (
        row.birth.startswith(earlier.birth) or earlier.birth.startswith(row.birth)
    )
    return _warning(row, "cccd", code, earlier, "cùng số CCCD"), not somebody_else and not certain


def _two_people(row: ListRow, earlier: ListRow) -> bool:
    """Same name and year are common; two citizen numbers then settle that they are two people."""
    return _two_numbers(row, earlier) and len(row.birth) < WHOLE_DAY


def _two_numbers(row: ListRow, earlier: ListRow) -> bool:
    return bool(row.cccd and earlier.cccd and row.cccd != earlier.cccd)


def _warning(row: ListRow, field: str, code: str, earlier: ListRow, same: str) -> CellProblem:
    value = (row.cccd if field == "cccd" else row.full_name) or ""
    details = {"other_row": str(row_in_sheet(earlier.row)), "same": same}
    return CellProblem(row.row, field, code, value, problem(code, value, None, details))
