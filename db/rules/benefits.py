"""What each benefit is apart from its price: its words on papers, its number, its address."""

import re
from dataclasses import dataclass

from db.rules.states import Benefit


@dataclass(frozen=True, slots=True)
class Kind:
    """`short` begins a heading; `slug` stands in addresses; `number` is its document's number."""

    short: str
    slug: str
    number: re.Pattern[str]

    @property
    def in_sentence(self) -> str:
        return self.short[:1].lower() + self.short[1:]

    @property
    def number_heading(self) -> str:
        return f"Số {self.in_sentence}"


KINDS = {
    Benefit.HI: Kind(
        "Thẻ BHYT",
        "bhyt",
        # The old 15 characters, the 10 digits printed since April 2021, or the
        # citizen number that has served as the card's since 2025.
        re.compile(r"[A-Z]{2}[1-5][0-9]{12}|[0-9]{10}|[0-9]{12}"),
    ),
    Benefit.SI: Kind("Sổ BHXH", "bhxh", re.compile(r"[0-9]{10}")),
}
BY_SLUG = {kind.slug: benefit for benefit, kind in KINDS.items()}

AS_REPORTED = (Benefit.SI, Benefit.HI)
"""The order of the programme's own figures: books, then cards (dispatch 1914/BHXH-CSKH)."""
