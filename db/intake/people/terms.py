"""What the reading of a list depends on besides its cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.intake.places.finder import CommuneFinder


@dataclass(frozen=True, slots=True)
class Terms:
    """The day, the columns, the places, and what a person has decided or corrected."""

    today: date
    fields: Mapping[str, int]
    communes: CommuneFinder
    commune_code: str | None
    corrections: Mapping[tuple[int, str], str]
    month_first: bool = False
    doubtful_days: frozenset[int] = frozenset()
    by_age: bool = False
    """An age tells the year of birth, as nothing else does."""
