"""What every step of one benefit in one province and year has in common."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from db.demo.crews import Crew
from db.demo.people import People
from db.demo.rows import Rows
from db.reference.rates import contribution_bases, state_shares
from db.rules.pricing import Price, Rates, quote
from db.rules.scoring import PointScale
from db.rules.states import Benefit

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Setting:
    rows: Rows
    crew: Crew
    year: int
    today: date
    benefit: Benefit
    policy_id: int
    scale: PointScale
    people: People
    dice: Random

    @property
    def province_code(self) -> str:
        return self.crew.province_code

    @property
    def officer(self) -> str:
        return self.crew.officer.username

    def price(self, categories: tuple[str, ...], on: date, *, island: bool = False) -> Price:
        """What a year's support costs on a day, and who pays which part."""
        return _price(self.benefit, categories, on.replace(day=1), island)


@lru_cache(maxsize=4096)
def _price(benefit: Benefit, categories: tuple[str, ...], month: date, island: bool) -> Price:
    """Rates begin on the first of a month, so one quote serves it whole."""
    rates = Rates(contribution_bases(), state_shares())
    return quote(benefit, MONTHS, categories, month, rates, island=island)
