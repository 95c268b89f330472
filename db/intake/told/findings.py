"""The problems of a list, gathered row by row."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.errors import Refused
from db.intake.told.checked import CellProblem, RowToCorrect
from db.intake.told.sentences import problem
from db.rules.cells import Finding

HABITS = frozenset({"name_case", "name_spelling", "number_cleaned"})
"""Repairs that say nothing new when a whole column has them: then told once."""
TOLD_ONCE = frozenset({"as_above", "filled_down"})
"""What a list means with "nt" and with blanks is said at the first of them."""
MOST_ROWS_TO_CORRECT = 20_000
MOST_PROBLEMS = 150_000
"""What is beyond these is no list that a person could put right cell by cell."""
FEWEST_FOR_HABIT = 3
MOSTLY = 0.8


@dataclass(slots=True)
class Findings:
    """Errors, warnings and the rows that have errors, in the order of the file."""

    errors: list[CellProblem] = field(default_factory=list)
    warnings: list[CellProblem] = field(default_factory=list)
    to_correct: list[RowToCorrect] = field(default_factory=list)
    _told_once: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, row: int, name: str, text: str, finding: Finding) -> None:
        """Put a finding about one cell into words and on its pile. Refusal: too_many_problems."""
        code = finding.code
        if code in TOLD_ONCE:
            self._told_once[name, code] += 1
            if self._told_once[name, code] > 1:
                return
        message = problem(code, text, finding.suggestion, dict(finding.details))
        noted = CellProblem(
            row=row,
            field=name,
            code=code,
            value=text,
            message=message,
            suggestion=finding.suggestion,
        )
        (self.errors if finding.is_error else self.warnings).append(noted)
        if finding.is_error and len(self.to_correct) >= MOST_ROWS_TO_CORRECT:
            raise Refused("too_many_problems", because="rows", limit=MOST_ROWS_TO_CORRECT)
        if len(self.errors) + len(self.warnings) > MOST_PROBLEMS:
            raise Refused("too_many_problems", limit=MOST_PROBLEMS)

    def settled_warnings(self, rows_read: int) -> Iterator[CellProblem]:
        """The warnings, a habit of a whole column told once with its count."""
        counts = Counter((each.field, each.code) for each in self.warnings if each.code in HABITS)
        enough = max(FEWEST_FOR_HABIT, MOSTLY * rows_read)
        again = {key: count for key, count in counts.items() if count >= enough}
        again |= {key: count for key, count in self._told_once.items() if count > 1}
        for each in self.warnings:
            count = again.get((each.field, each.code))
            if count is None:
                yield each
            elif count:
                again[each.field, each.code] = 0
                code = "and_more" if each.code in TOLD_ONCE else "whole_column"
                more = problem(code, "", None, {"count": str(count - 1)})
                yield each._replace(message=f"{each.message} {more}")
