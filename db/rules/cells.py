"""What reading one cell can say."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something wrong (an error) or worth a look (a warning) about one cell."""

    code: str
    is_error: bool = True
    suggestion: str | None = None
    details: tuple[tuple[str, str], ...] = ()


class Reading(NamedTuple):
    """The value understood, None if nothing was, and what was found on the way."""

    value: str | None = None
    findings: tuple[Finding, ...] = ()


def read_as(value: str | None) -> Reading:
    """A cell with nothing to say about it."""
    return Reading(value)


def warn(value: str | None, code: str, suggestion: str | None = None, **details: str) -> Reading:
    """A value that stands, with a warning."""
    return Reading(value, (Finding(code, False, suggestion, tuple(details.items())),))


def wrong(code: str, suggestion: str | None = None, **details: str) -> Reading:
    """A cell that a person must correct."""
    return Reading(None, (Finding(code, True, suggestion, tuple(details.items())),))
