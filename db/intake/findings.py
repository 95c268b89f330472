"""The problems of a list, gathered row by row."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.intake.checked import CellProblem, RowToCorrect
from db.intake.sentences import problem
from db.rules.cells import Finding

HABITS = frozenset({"name_case", "name_spelling", "number_cleaned"})
"""Repairs that say nothing new when a whole column has them: then told once."""
TOLD_ONCE = frozenset({"as_above", "filled_down"})
"""What a list means with "nt" and with blanks is said at the first of them."""
FEWEST_FOR_HABIT = 3
MOSTLY = 0.8


@dataclass(slots=True)
class Findings:
    """Errors, warnings and the rows that have errors, in the order of the file."""

    errors: list[CellProblem] = field(default_factory=list)
    warnings: list[CellProblem] = field(default_factory=list)
    to_correct: list[RowToCorrect] = field(default_factory=list)

    def note(self, row: int, name: str, text: str, finding: Finding) -> None:
        """Put a finding about one cell into words and on its pile."""
        message = problem(finding.code, text, finding.suggestion, dict(finding.details))
        noted = CellProblem(row, name, finding.code, text, message, finding.suggestion)
        (self.errors if finding.is_error else self.warnings).append(noted)

    def settled_warnings(self, rows_read: int) -> Iterator[CellProblem]:
        """The warnings, a habit of a whole column told once with its count."""
        told = HABITS | TOLD_ONCE
        counts = Counter((each.field, each.code) for each in self.warnings if each.code in told)
        enough = max(FEWEST_FOR_HABIT, MOSTLY * rows_read)
        habits = {
            key: count
            for key, count in counts.items()
            if count >= enough or (key[1] in TOLD_ONCE and count > 1)
        }
        for each in self.warnings:
            count = habits.get((each.field, each.code))
            if count is None:
                yield each
            elif count:
                habits[each.field, each.code] = 0
                again = "and_more" if each.code in TOLD_ONCE else "whole_column"
                more = problem(again, "", None, {"count": str(count - 1)})
                yield each._replace(message=f"{each.message} {more}")
