"""How many people a list says it has: "Tổng số: 137 người" against the rows that were read."""

import re
from collections.abc import Collection, Iterable

from db.intake.files.sheets import Sheet
from db.intake.tables.tables import Table
from db.rules.names import fold

_CLAIM = re.compile(
    r"\b(tong so|tong cong|tong|cong|gom|gom co|danh sach)\b\D{0,40}?"
    r"\b(\d{1,3}(?: \d{3})+|\d{1,6}) "
    r"(?:nguoi|doi tuong|truong hop|nhan khau|khau|hoc sinh|em|chau)\b"
)
_WHOLE = frozenset({"tong so", "tong cong", "tong", "gom", "gom co", "danh sach"})
LONGEST_LINE = 300


def claimed_total(tables: Iterable[Table], people: Collection[int]) -> tuple[int, int] | None:
    """(row, number) of a total that the rows contradict, None if none does.

    A list may state subtotals too: if any total, or all subtotals together, fit, nothing is said.
    """
    rows_read = len(people)
    sheets = {id(table.sheet): table.sheet for table in tables}.values()
    found = (claim for sheet in sheets for claim in _claims(sheet, people))
    claims = list({claim[0]: claim for claim in found}.values())
    wholes = [(row, count) for row, count, whole in claims if whole]
    if not claims or any(count == rows_read for _, count, _ in claims):
        return None
    if sum(count for _, count, _ in claims) == rows_read:
        return None
    parts = sum(count for _, count, whole in claims if not whole)
    if not wholes:
        return (claims[-1][0], parts) if parts != rows_read and len(claims) == 1 else None
    if sum(count for _, count in wholes) == rows_read:
        return None
    return max(wholes, key=lambda claim: claim[1])


def _claims(sheet: Sheet, people: Collection[int]) -> Iterable[tuple[int, int, bool]]:
    for number, cells in sheet.rows.items():
        if number in people:
            continue
        line = fold(" ".join(dict.fromkeys(cells)))
        if len(line) <= LONGEST_LINE and (found := _CLAIM.search(line)):
            yield number, int(found[2].replace(" ", "")), found[1] in _WHOLE
