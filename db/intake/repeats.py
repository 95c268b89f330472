"""People who stand twice in one file."""

from collections.abc import Iterable

from db.intake.checked import CellProblem, ListRow
from db.intake.sentences import problem
from db.rules.names import fold

WHOLE_DAY = 10


def repeated_people(rows: Iterable[ListRow]) -> list[CellProblem]:
    """A warning on the later row: same citizen number, or same name and birth."""
    by_number: dict[str, ListRow] = {}
    by_name: dict[tuple[str, str], ListRow] = {}
    found: list[CellProblem] = []
    for row in rows:
        same_number = by_number.setdefault(row.cccd, row) if row.cccd else row
        same_name = by_name.setdefault((fold(row.full_name), row.birth), row)
        if same_number is not row:
            found.append(_same_number(row, same_number))
        elif same_name is not row and not _two_people(row, same_name):
            found.append(
                _warning(row, "full_name", "duplicate_in_file", same_name, "cùng tên, ngày sinh")
            )
    return found


def _same_number(row: ListRow, earlier: ListRow) -> CellProblem:
    somebody_else = fold(row.full_name) != fold(earlier.full_name) and row.birth != earlier.birth
    code = "cccd_of_another" if somebody_else else "duplicate_in_file"
    return _warning(row, "cccd", code, earlier, "cùng số CCCD")


def _two_people(row: ListRow, earlier: ListRow) -> bool:
    """Same name and year are common; two citizen numbers then settle that they are two people."""
    different_numbers = bool(row.cccd and earlier.cccd and row.cccd != earlier.cccd)
    return different_numbers and len(row.birth) < WHOLE_DAY


def _warning(row: ListRow, field: str, code: str, earlier: ListRow, same: str) -> CellProblem:
    value = (row.cccd if field == "cccd" else row.full_name) or ""
    details = {"other_row": str(earlier.row), "same": same}
    return CellProblem(row.row, field, code, value, problem(code, value, None, details))
