"""A category that hardly fits the age: one of the two was misread or mistyped."""

from collections.abc import Iterable, Iterator
from datetime import date

from db.intake.told.checked import CellProblem, ListRow
from db.intake.told.sentences import problem
from db.reference.catalogue import categories_by_code
from db.rules.ages import age_range

CODE = "category_age"
AGES = {"NCT": (60, 130), "HSSV": (3, 40), "TMC": (0, 22)}
"""From and to which age somebody may be of the category, with room for what is rare."""


def unlikely_ages(rows: Iterable[ListRow], today: date) -> Iterator[CellProblem]:
    """A warning for each person who is far too young or too old for a category of theirs."""
    for row in rows:
        for code in row.categories:
            youngest, oldest = AGES.get(code, (0, 1_000))
            least, most = age_range(row.birth, today)
            if most < youngest or least > oldest:
                label = categories_by_code()[code].label
                details = {"birth": row.birth[:4], "age": str(most)}
                yield CellProblem(
                    row.row, "category", CODE, label, problem(CODE, label, None, details)
                )
