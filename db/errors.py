"""Refusals the screens know how to explain."""

from typing import Any


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a crash
    """The request is understood and declined; `code` names the sentence to show."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class TryAgain(Exception):  # noqa: N818 - what to do, not what went wrong
    """Two transactions met and this one was undone whole: the same again may go through."""
