"""The problems of a list, gathered row by row."""

from dataclasses import dataclass, field

from db.intake.checked import CellProblem, RowToCorrect
from db.intake.sentences import problem
from db.rules.cells import Finding


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
