"""What a list asks a person, and what they answered."""

from collections.abc import Mapping

from db.intake.told.checked import Question
from db.intake.told.sentences import question


class Conversation:
    """The answers that were given, and the questions that are still due, each asked once."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self._due: dict[str, Question] = {}

    @property
    def due(self) -> tuple[Question, ...]:
        return tuple(self._due.values())

    def answer(self, code: str, choices: tuple[str, ...], **details: object) -> str | None:
        """The one of the choices that was answered; None if the question is due."""
        given = self.answers.get(code)
        if given in choices:
            return given
        self.ask(code, choices, **details)
        return None

    def ask(self, code: str, choices: tuple[str, ...], **details: object) -> None:
        if code not in self._due:
            self.repeat(Question(code, question(code, **details), choices))

    def repeat(self, asked: Question) -> None:
        """Ask what was already put into words."""
        self._due.setdefault(asked.code, asked)
