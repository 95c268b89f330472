"""How far a goal has come against the calendar: pace, status, gap and forecast."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil, inf
from typing import TypeVar

SMALLEST_COLOURED_GOAL = 20
FORECAST_DAYS = 60
_WITHOUT_NOISE = 1 - 1e-12
_ON_PACE = 0.97
_BEHIND = 0.83
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ALPHABET = " aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


class Status(StrEnum):
    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    NO_GOAL = "no_goal"
    TOO_SMALL = "too_small"


class Order(StrEnum):
    GAP = "gap"
    BEST = "best"
    SHORTFALL = "shortfall"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What a place has given of its yearly goal; `last_year_share` is for the same day."""

    code: str
    name: str
    goal: int | None
    given: int
    last_year_share: float | None


@dataclass(frozen=True, slots=True)
class ProvinceRow(PlaceRow):
    """A province with its tile: row 0 is the north, column 1 the west."""

    abbreviation: str
    tile_row: int
    tile_col: int


@dataclass(frozen=True, slots=True)
class CommuneRow(PlaceRow):
    """A commune, ward or special zone."""


Row = TypeVar("Row", bound=PlaceRow)


@dataclass(frozen=True, slots=True)
class DayTotal:
    """Everything given from the start of the plan to the end of a day."""

    day: date
    total: int


@dataclass(frozen=True, slots=True)
class Stage:
    """How many supports came this far, how many wait before it, and for how long (median)."""

    label: str
    reached: int
    waiting: int = 0
    median_days: int = 0


def pace(plan_start: date, plan_end: date, today: date) -> float:
    """The share of the plan's period that has passed, today included: 0 to 1."""
    days = (plan_end - plan_start).days + 1
    return min(max((today - plan_start).days + 1, 0), days) / days


def status(given: int, goal: int | None, pace: float) -> Status:
    """Judged by a ratio: a fixed distance in points could never be missed in January."""
    if not goal:
        return Status.NO_GOAL
    if goal < SMALLEST_COLOURED_GOAL:
        return Status.TOO_SMALL
    if given >= goal:
        return Status.REACHED
    ratio = given / goal / pace if pace else inf
    if ratio >= _ON_PACE:
        return Status.ON_PACE
    return Status.BEHIND if ratio >= _BEHIND else Status.FAR_BEHIND


def share(given: int, goal: int | None) -> float | None:
    """Given as a share of the goal; None without a goal."""
    return given / goal if goal else None


def gap(given: int, goal: int | None, pace: float) -> float | None:
    """Share given minus share expected: -0.076 is 7.6 percentage points behind."""
    return given / goal - pace if goal else None


def shortfall(given: int, goal: int | None, pace: float) -> int:
    """Pieces missing to be on pace today; 0 when ahead or without a goal."""
    return max(0, ceil((goal or 0) * pace * _WITHOUT_NOISE) - given)


def forecast(history: Sequence[DayTotal], today: date, plan_end: date) -> int | None:
    """The total on the plan's last day at the mean rate of the last 60 days.

    `history` is in order of days. None with less than 60 days of it, or after the plan.
    """
    since = today - timedelta(days=FORECAST_DAYS)
    if not history or history[0].day > since or today >= plan_end:
        return None
    now, before = _total_on(history, today), _total_on(history, since)
    return now + round((now - before) / FORECAST_DAYS * (plan_end - today).days)


def bottleneck(stages: Iterable[Stage]) -> Stage | None:
    """The stage before which most days are being waited; None when nobody waits."""
    worst = max(stages, key=_days_waited, default=None)
    return worst if worst and _days_waited(worst) else None


def in_order(rows: Iterable[Row], pace: float, order: Order) -> list[Row]:
    """Rows as the reader asked for them; those without a goal come last, then by name."""

    def rank(row: Row) -> tuple[bool, float, list[int]]:
        by = {
            Order.GAP: gap(row.given, row.goal, pace) or 0.0,
            Order.BEST: -(share(row.given, row.goal) or 0.0),
            Order.SHORTFALL: -float(shortfall(row.given, row.goal, pace)),
            Order.NAME: 0.0,
        }[order]
        return (order is not Order.NAME and not row.goal, by, _alphabetical(row.name))

    return sorted(rows, key=rank)


def _total_on(history: Sequence[DayTotal], day: date) -> int:
    return max((each.total for each in history if each.day <= day), default=0)


def _days_waited(stage: Stage) -> int:
    return stage.waiting * stage.median_days


@lru_cache(maxsize=5000)  # every commune, ranked again in every drawing
def _alphabetical(name: str) -> list[int]:
    """Vietnamese order: a ă â are letters of their own, tones are not."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    toneless = "".join(letter for letter in decomposed if letter not in _TONES)
    return [_ALPHABET.find(letter) for letter in unicodedata.normalize("NFC", toneless)]
