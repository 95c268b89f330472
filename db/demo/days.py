"""The days on which the steps of one pledge happened, and the moments within them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from db.clock import VIETNAM
from db.rules.workdays import add_working_days, is_working_day

_SEASON = (20, 7, 4, 6, 6, 5, 6, 6, 8, 14, 13, 5)
"""Hand-overs per month in percent: before Tết, and in the campaign of October and November."""


@dataclass(frozen=True, slots=True)
class Days:
    """One pledge from its registration to the confirmed minutes, every day a working day."""

    registered: date
    paid: date
    submitted: date
    reviewed: date
    opened: date
    due: date
    closed: date
    proposed: date
    approved: date
    issued: date
    invited: date
    held: date
    minuted: date


def leading_to(held: date, pace: float, dice: Random) -> Days:
    """The days before a hand-over about `held`; a `pace` above 1 makes every step slower.

    Holidays can push the hand-over some days later.
    """

    def after(day: date, working_days: float) -> date:
        return add_working_days(day, max(1, round(working_days * pace * dice.uniform(0.7, 1.3))))

    registered = add_working_days(held - timedelta(days=round(42 * pace)), 0)
    registered = working_day_from(registered)
    submitted = after(registered, 4)
    reviewed = after(submitted, 4)
    opened = after(reviewed, 1)
    due = add_working_days(opened, 3)
    closed = add_working_days(due, 1)
    proposed = after(closed, 2)
    approved = after(proposed, 2)
    issued = after(approved, 3)
    invited = after(issued, 1)
    held = working_day_from(max(held, add_working_days(invited, 3)))
    paid = min(after(registered, 6), issued)
    return Days(
        registered=registered,
        paid=paid,
        submitted=submitted,
        reviewed=reviewed,
        opened=opened,
        due=due,
        closed=closed,
        proposed=proposed,
        approved=approved,
        issued=issued,
        invited=invited,
        held=held,
        minuted=add_working_days(held, dice.randint(1, 3)),
    )


def of_hand_overs(year: int, until: date, count: int, dice: Random) -> list[date]:
    """`count` working days of a year up to `until`, as the seasons have them, in order."""
    weights: dict[date, float] = {}
    for month, percent in enumerate(_SEASON, start=1):
        days = monthrange(year, month)[1]
        for number in range(1, days + 1):
            day = date(year, month, number)
            if day <= until and is_working_day(day):
                weights[day] = percent / days
    if not weights:
        return []
    return sorted(dice.choices(list(weights), list(weights.values()), k=count))


def working_day_from(day: date) -> date:
    """The day itself, or the next on which offices work."""
    return day if is_working_day(day) else add_working_days(day, 1)


def at(day: date, hour: int, minute: int) -> datetime:
    """A moment of a Vietnamese day, as it is stored."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)
