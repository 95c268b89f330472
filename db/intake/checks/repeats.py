"""People who stand twice in one file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.intake.tables.sheet_choice import KEEP
from db.intake.told.checked import CellProblem, ListRow, row_in_sheet
from db.intake.told.conversation import Conversation
from db.intake.told.sentences import problem
from db.rules.births import swapped
from db.rules.names import fold

WHOLE_DAY = 10
FIRST = "first"
_NUMBER_NAMES = {"bhxh": "mã số BHXH", "hi_card": "số thẻ BHYT"}
MOST_OF_A_KIND = 200
"""Rows of one name and year, or of one day, that a row is compared with."""


def repeated_people(rows: Iterable[ListRow]) -> tuple[list[CellProblem], list[int]]:
    """Warnings on later rows (same citizen number, or same name and birth); those to ask about.

    Same number, name and birth is one person without a question: sending makes one of them.
    """
    found = list(_repeats(rows))
    return [warning for _, warning, _ in found], [row.row for row, _, asked in found if asked]


def without_twins(
    rows: list[ListRow], twins: list[int], conversation: Conversation
) -> list[ListRow]:
    """The rows without those that are one person again, if a person says so."""
    if not twins:
        return rows
    shown = ", ".join(str(row_in_sheet(row)) for row in twins[:5]) + ("…" if len(twins) > 5 else "")
    if conversation.answer("twins", (FIRST, KEEP), count=len(twins), rows=shown) == FIRST:
        return [row for row in rows if row.row not in set(twins)]
    return rows


def _repeats(rows: Iterable[ListRow]) -> Iterator[tuple[ListRow, CellProblem, bool]]:
    """(later row, warning, whether a person must say if they are one)."""
    by_number: dict[str, ListRow] = {}
    by_name: dict[tuple[str, str], _Namesakes] = defaultdict(_Namesakes)
    by_day: dict[tuple[str | None, ...], _BornTogether] = defaultdict(_BornTogether)
    of_others: dict[tuple[str, str], ListRow] = {}
    for row, name_and_year in _not_alone(list(rows)):
        namesakes = by_name[name_and_year]
        born_together = by_day[row.birth, *_home(row)]
        same_number = by_number.setdefault(row.cccd, row) if row.cccd else row
        if same_number is not row:
            yield row, *_same_number(row, same_number)
        elif found := _of_same_name(row, namesakes) or _of_like_name(row, born_together):
            yield row, *found
        elif row.bhxh or row.hi_card:
            yield from _numbers_of_others(row, of_others)
        namesakes.add(row)
        if len(row.birth) == WHOLE_DAY:
            born_together.add(row)


class _Namesakes:
    """Rows of one name and year, in the order of the list."""

    def __init__(self) -> None:
        self.rows: list[ListRow] = []
        self.without_number: list[ListRow] = []
        self.first_of_day: dict[str, ListRow] = {}

    def add(self, row: ListRow) -> None:
        if len(self.rows) < MOST_OF_A_KIND:
            self.rows.append(row)
            if not row.cccd:
                self.without_number.append(row)
            if len(row.birth) == WHOLE_DAY:
                self.first_of_day.setdefault(row.birth, row)

    def perhaps(self, row: ListRow) -> list[ListRow]:
        """Those who may be the same on another day: two citizen numbers are two people."""
        return self.without_number if row.cccd else self.rows


class _BornTogether:
    """Rows of one day and one home, in the order of the list; names of a length stand together with
    those one letter longer or shorter."""

    def __init__(self) -> None:
        self._count = 0
        self._by_length: dict[int, tuple[list[str], list[ListRow]]] = {}

    def add(self, row: ListRow) -> None:
        if self._count < MOST_OF_A_KIND:
            self._count += 1
            name = fold(row.full_name)
            for length in (len(name) - 1, len(name), len(name) + 1):
                names, rows = self._by_length.setdefault(length, ([], []))
                names.append(name)
                rows.append(row)

    def of_like_name(self, row: ListRow) -> Iterator[ListRow]:
        """Those whose name is at most one letter away."""
        if self._count:
            name = fold(row.full_name)
            names, rows = self._by_length.get(len(name), ([], []))
            near = process.extract(name, names, scorer=OSA.distance, score_cutoff=1, limit=None)
            yield from (rows[at] for at in sorted(at for _, _, at in near))


def _not_alone(rows: list[ListRow]) -> Iterator[tuple[ListRow, tuple[str, str]]]:
    """The rows that share with another one what a repeat would share, with their name and year.

    Two births on one day tell nothing if both have a citizen number.
    """
    names = [(fold(row.full_name), row.birth[:4]) for row in rows]
    namesakes = Counter(names)
    days_without_number = {row.birth for row in rows if not row.cccd}
    shared = _shared(rows)
    for row, name_and_year in zip(rows, names, strict=True):
        if (
            namesakes[name_and_year] > 1
            or row.birth in days_without_number
            or row.cccd in shared
            or row.bhxh in shared
            or row.hi_card in shared
        ):
            yield row, name_and_year


def _shared(rows: list[ListRow]) -> set[str | None]:
    """Numbers that stand at several rows."""
    shared: set[str | None] = set()
    for numbers in ([r.cccd for r in rows], [r.bhxh for r in rows], [r.hi_card for r in rows]):
        given = Counter(numbers)
        shared |= {number for number, count in given.items() if count > 1}
    shared.discard(None)
    return shared


def _same_number(row: ListRow, earlier: ListRow) -> tuple[CellProblem, bool]:
    same_name = fold(row.full_name) == fold(earlier.full_name)
    somebody_else = not same_name and row.birth != earlier.birth
    code = "cccd_of_another" if somebody_else else "duplicate_in_file"
    certain = same_name and _same_as_far_as_known(row.birth, earlier.birth)
    return _warning(row, "cccd", code, earlier, "cùng số CCCD"), not somebody_else and not certain


def _of_same_name(row: ListRow, namesakes: _Namesakes) -> tuple[CellProblem, bool] | None:
    """Somebody of that name and year whose birth may be the same, a whole day before a year."""
    birth, perhaps = row.birth, namesakes.perhaps(row)
    if earlier := namesakes.first_of_day.get(birth):
        asked = not _two_numbers(row, earlier) or _one_slip_apart(row, earlier)
        return _warning(
            row, "full_name", "duplicate_in_file", earlier, "cùng tên, ngày sinh"
        ), asked
    if not perhaps:
        return None
    other = swapped(birth)
    for same, alike in (
        ("cùng tên, ngày sinh", lambda earlier: earlier.birth == birth),
        ("cùng tên, năm sinh", lambda earlier: _same_as_far_as_known(earlier.birth, birth)),
        ("cùng tên, ngày và tháng sinh đổi chỗ", lambda earlier: earlier.birth == other),
    ):
        if found := next(filter(alike, perhaps), None):
            return _warning(row, "full_name", "duplicate_in_file", found, same), False
    return None


def _of_like_name(row: ListRow, born_together: _BornTogether) -> tuple[CellProblem, bool] | None:
    """One letter apart, born on one day, living in one place: twins, or one person misspelt."""
    for earlier in born_together.of_like_name(row):
        if not _other_sex(row, earlier) and not _two_numbers(row, earlier):
            same = "tên gần giống, cùng ngày sinh, cùng nơi ở"
            return _warning(row, "full_name", "duplicate_in_file", earlier, same), True
    return None


def _other_sex(row: ListRow, earlier: ListRow) -> bool:
    return bool(row.sex and earlier.sex and row.sex != earlier.sex)


def _home(row: ListRow) -> tuple[str | None, ...]:
    """Where somebody lives: the household, or the place."""
    return (row.household,) if row.household else (row.commune_code, row.hamlet, row.address)


def _numbers_of_others(
    row: ListRow, of_others: dict[tuple[str, str], ListRow]
) -> Iterator[tuple[ListRow, CellProblem, bool]]:
    """An insurance or card number that stands at somebody else too."""
    for field, number in (("bhxh", row.bhxh), ("hi_card", row.hi_card)):
        if number:
            earlier = of_others.setdefault((field, number), row)
            if earlier is row:
                continue
            if fold(row.full_name) == fold(earlier.full_name) and not _other_sex(row, earlier):
                same = f"cùng tên, cùng {_NUMBER_NAMES[field]}"
                yield row, _warning(row, field, "duplicate_in_file", earlier, same), True
            else:
                yield row, _warning(row, field, "number_of_another", earlier, ""), False


def _same_as_far_as_known(birth: str, other: str) -> bool:
    return birth.startswith(other) or other.startswith(birth)


def _two_numbers(row: ListRow, earlier: ListRow) -> bool:
    return bool(row.cccd and earlier.cccd and row.cccd != earlier.cccd)


def _one_slip_apart(row: ListRow, earlier: ListRow) -> bool:
    return OSA.distance(row.cccd or "", earlier.cccd or "") <= 1


def _warning(row: ListRow, field: str, code: str, earlier: ListRow, same: str) -> CellProblem:
    value = (row.full_name if field == "full_name" else getattr(row, field)) or ""
    details = {"other_row": str(row_in_sheet(earlier.row)), "same": same}
    return CellProblem(row.row, field, code, value, problem(code, value, None, details))
