"""How many points a person's hardship counts, and who comes first at equal points."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Insured = Literal["never", "lapsed", "insured"]

POVERTY_CATEGORIES = frozenset({"HN", "HCN", "TN", "MSTB"})
TIE_BREAKS = ("poverty_points", "review_date", "older", "dependants", "never_insured")
"""Everything a policy may put in its order of tie-breaks."""


@dataclass(frozen=True, slots=True)
class PointScale:
    """All that decides points: per category for one benefit, and what is added to them."""

    categories: Mapping[str, int]
    never_insured: int
    lapsed: int
    per_dependant: int
    dependants_at_most: int
    tie_breaks: tuple[str, ...]

    def __post_init__(self) -> None:
        unknown = set(self.tie_breaks) - set(TIE_BREAKS)
        if unknown:
            raise ValueError(f"unknown tie-breaks: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Score:
    """The total and the points it is made of: category codes, never_insured, lapsed, dependants."""

    total: int
    parts: tuple[tuple[str, int], ...]

    @property
    def poverty_points(self) -> int:
        """Points that come from the categories of poverty."""
        return sum(points for code, points in self.parts if code in POVERTY_CATEGORIES)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the order of people depends on; `birth` begins with the year."""

    person_id: int
    score: Score
    review_date: date | None = None
    birth: str | None = None
    dependants: int = 0
    insured: Insured | None = None


def score(
    categories: Collection[str],
    scale: PointScale,
    *,
    insured: Insured | None = None,
    dependants: int = 0,
) -> Score:
    """Add up a person's points; unknown insurance history (None) counts nothing."""
    parts = [
        *((code, scale.categories.get(code, 0)) for code in sorted(set(categories))),
        ("never_insured", scale.never_insured if insured == "never" else 0),
        ("lapsed", scale.lapsed if insured == "lapsed" else 0),
        ("dependants", min(dependants * scale.per_dependant, scale.dependants_at_most)),
    ]
    counted = sorted((part for part in parts if part[1]), key=lambda part: -part[1])
    return Score(sum(points for _, points in counted), tuple(counted))


def order_key(standing: Standing, scale: PointScale, seed: str) -> tuple[int | str, ...]:
    """Sort ascending by this and the neediest comes first; never two equal keys for two people."""
    ties = (_tie_value(name, standing) for name in scale.tie_breaks)
    return (-standing.score.total, *ties, drawn_lot(seed, standing.person_id), standing.person_id)


def drawn_lot(seed: str, person_id: int) -> str:
    """The lot that anybody can draw again from the published seed: sha256 of "seed|person"."""
    return hashlib.sha256(f"{seed}|{person_id}".encode()).hexdigest()


def _tie_value(name: str, standing: Standing) -> int | str:
    if name == "poverty_points":
        return -standing.score.poverty_points
    if name == "review_date":
        return (standing.review_date or date.max).isoformat()
    if name == "older":
        return standing.birth or "9999"
    if name == "dependants":
        return -standing.dependants
    return 0 if standing.insured == "never" else 1
