"""What a story of the demo is about, and where it happens."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from random import Random

from db.demo.crews import Crew
from db.demo.people import People
from db.reference.places import Commune
from db.rules.states import Benefit


class Step(IntEnum):
    """Where a story stops; each step happened some working days after the one before."""

    SENT = 1
    RETURNED = 2
    JUDGED = 3
    REVIEWED = 4
    POSTED = 5
    CLOSED = 6
    DRAFTED = 7
    SUBMITTED = 8
    SENT_BACK = 9
    APPROVED = 10
    ISSUED = 11
    INVITED = 12
    CONFIRMED = 13
    HELD = 14


@dataclass(frozen=True, slots=True)
class Plot:
    """One story: `ago` working days since its last step, `pieces` 0 for a list alone.

    `event_in` is the calendar day of the hand-over, counted from today.
    """

    until: Step
    ago: int
    people: int
    benefit: Benefit = Benefit.HI
    pieces: int = 0
    paid_percent: int = 100
    twice: int = 0
    asked: bool = False
    proved: bool = True
    objection: bool = False
    event_in: int = 3
    page: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a story happens, and the dice it is told with."""

    crew: Crew
    commune: Commune
    people: People
    dice: Random
    today: date
    number: int
    """Of the story, so that no two donors or numbers are alike."""

    @property
    def office(self) -> str:
        return self.crew.offices[self.commune.code].username

    @property
    def officer(self) -> str:
        return self.crew.officer.username

    @property
    def place(self) -> str:
        return f"Trụ sở UBND {self.commune.name[0].lower()}{self.commune.name[1:]}"
