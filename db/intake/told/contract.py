"""The one JSON object that `check-list --json` prints."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from db.intake.fields.names import FIELDS
from db.intake.told.checked import CellProblem, CheckedList, ListRow, row_in_sheet
from db.reference.catalogue import categories_by_code

_NAMES = tuple(name for name in FIELDS if name != "category")
_KEYS = ("row", *_NAMES)
_values = attrgetter(*_NAMES)


def as_contract(
    checked: CheckedList, listed: Callable[[Iterable[Any]], Any] = list
) -> dict[str, Any]:
    """The checked list with exactly the keys that others rely on; unknown values are None.

    `listed` makes the three long lists: `iter` spares the memory of whoever writes them one by one.
    """
    source = checked.source
    return {
        "verdict": checked.verdict,
        "reason": checked.reason,
        "message": checked.message,
        "questions": [
            {
                "code": question.code,
                "message": question.message,
                "choices": list(question.choices),
            }
            for question in checked.questions
        ],
        "source": {
            "encoding": source.encoding,
            "delimiter": source.delimiter,
            "sheets": list(source.sheets),
            "header_rows": list(source.header_rows),
            "first_data_row": source.first_data_row,
        },
        "columns": dict(checked.columns or {}),
        "rows_read": checked.rows_read,
        "rows": listed(map(_row, checked.rows)),
        "errors": listed(map(_problem, checked.errors)),
        "warnings": listed(map(_problem, checked.warnings)),
    }


def _row(row: ListRow) -> dict[str, Any]:
    values = dict(zip(_KEYS, (row_in_sheet(row.row), *_values(row)), strict=True))
    labels = categories_by_code()
    values["category"] = [labels[code].label for code in row.categories]
    return values


def _problem(problem: CellProblem) -> dict[str, Any]:
    return {
        "row": row_in_sheet(problem.row),
        "field": problem.field,
        "code": problem.code,
        "value": problem.value,
        "message": problem.message,
    }
