"""Who receives one pledge: the neediest within its wishes, and who comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil
from typing import Literal

from db.errors import Refused
from db.rules.ages import age_range
from db.rules.scoring import PointScale, Standing, order_key


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a donor asks for; an empty set or None asks for nothing. Ages include both ends."""

    communes: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    sex: Literal["M", "F"] | None = None
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a pledge still has: pieces, or đồng, never both."""

    pieces: int | None = None
    dong: int | None = None

    def __post_init__(self) -> None:
        if (self.pieces is None) == (self.dong is None):
            raise ValueError("a pledge binds either in pieces or in đồng")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An eligible person; `price` is what the donor would pay, in đồng."""

    standing: Standing
    commune_code: str
    categories: frozenset[str]
    sex: Literal["M", "F"] | None
    price: int

    @property
    def person_id(self) -> int:
        return self.standing.person_id


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An officer's change to the order of one person, with the reason the approver will read."""

    person_id: int
    action: Literal["take", "leave_out"]
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The frozen rules of a shortlist; a reserve of `reserve_percent` of the chosen follows."""

    scale: PointScale
    reserve_percent: int = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person on the shortlist; `rank` is their place by the rules among all within the wishes."""

    candidate: Candidate
    rank: int
    adjusted: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person who was looked at and not taken; `rank` is 0 outside the wishes."""

    candidate: Candidate
    code: str
    rank: int = 0
    adjusted: str = ""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Chosen and reserve in order of rank; `threshold` is the lowest total chosen by the rules."""

    chosen: tuple[Ranked, ...]
    reserve: tuple[Ranked, ...]
    threshold: int | None
    left_out: tuple[LeftOut, ...] = field(default=())


def choose(
    candidates: Iterable[Candidate],
    capacity: Capacity,
    wishes: Wishes,
    seed: str,
    policy: Policy,
    on: date,
    adjustments: Iterable[Adjustment] = (),
) -> Shortlist:
    """Allot one pledge to the neediest; ages are counted on `on`, the day of the proposal.

    The same people give the same list in whatever order they come. With a pledge in đồng, who
    costs more than what is left makes way for the next. Raises Refused with "adjustment_unclear",
    "adjustment_outside_wishes" or "adjustments_exceed_pledge".
    """
    ordered = sorted(candidates, key=lambda one: order_key(one.standing, policy.scale, seed))
    outside = {one.person_id: code for one in ordered if (code := outside_wishes(one, wishes, on))}
    by_hand = _adjustments(adjustments, {one.person_id for one in ordered}, outside)
    within = [one for one in ordered if one.person_id not in outside]
    ranked = [
        Ranked(one, rank, _reason(by_hand, one.person_id))
        for rank, one in enumerate(within, start=1)
    ]

    chosen = _fill(ranked, capacity, by_hand)
    waiting, excused = _split_waiting(ranked, chosen, by_hand)
    reserve_size = ceil(len(chosen) * policy.reserve_percent / 100)
    return Shortlist(
        chosen=tuple(chosen),
        reserve=tuple(waiting[:reserve_size]),
        threshold=_threshold(chosen),
        left_out=(
            *(LeftOut(one.candidate, "not_reached", one.rank) for one in waiting[reserve_size:]),
            *excused,
            *(LeftOut(one, outside[one.person_id]) for one in ordered if one.person_id in outside),
        ),
    )


def outside_wishes(candidate: Candidate, wishes: Wishes, on: date) -> str | None:
    """The first wish that a person does not meet for certain, as a reason code."""
    if wishes.communes and candidate.commune_code not in wishes.communes:
        return "wish_commune"
    if wishes.categories and not wishes.categories & candidate.categories:
        return "wish_category"
    if wishes.sex and candidate.sex != wishes.sex:
        return "wish_sex"
    return _outside_ages(candidate.standing.birth, wishes, on)


def _outside_ages(birth: str | None, wishes: Wishes, on: date) -> str | None:
    if wishes.age_from is None and wishes.age_to is None:
        return None
    if not birth:
        return "wish_age_unknown"
    lowest, highest = age_range(birth, on)
    at_least = wishes.age_from if wishes.age_from is not None else lowest
    at_most = wishes.age_to if wishes.age_to is not None else highest
    if highest < at_least or lowest > at_most:
        return "wish_age"
    return None if at_least <= lowest and highest <= at_most else "wish_age_unknown"


def _adjustments(
    adjustments: Iterable[Adjustment], people: set[int], outside: dict[int, str]
) -> dict[int, Adjustment]:
    by_hand: dict[int, Adjustment] = {}
    for adjustment in adjustments:
        person_id = adjustment.person_id
        if not adjustment.reason.strip() or person_id not in people or person_id in by_hand:
            raise Refused("adjustment_unclear", person=person_id)
        if adjustment.action == "take" and person_id in outside:
            raise Refused("adjustment_outside_wishes", person=person_id, reason=outside[person_id])
        by_hand[person_id] = replace(adjustment, reason=adjustment.reason.strip())
    return by_hand


def _fill(ranked: list[Ranked], capacity: Capacity, by_hand: dict[int, Adjustment]) -> list[Ranked]:
    """Everyone taken by hand, then from the top whoever still fits."""
    left = capacity.pieces if capacity.pieces is not None else capacity.dong or 0
    taken = []
    first = [one for one in ranked if _action(by_hand, one) == "take"]
    then = [one for one in ranked if _action(by_hand, one) is None]
    for one in (*first, *then):
        cost = 1 if capacity.pieces is not None else one.candidate.price
        if cost <= left:
            left -= cost
            taken.append(one)
        elif one.adjusted:
            raise Refused("adjustments_exceed_pledge", person=one.candidate.person_id)
    return sorted(taken, key=lambda one: one.rank)


def _split_waiting(
    ranked: list[Ranked], chosen: list[Ranked], by_hand: dict[int, Adjustment]
) -> tuple[list[Ranked], list[LeftOut]]:
    taken = {one.rank for one in chosen}
    waiting = [one for one in ranked if one.rank not in taken and not one.adjusted]
    excused = [
        LeftOut(one.candidate, "left_out_by_hand", one.rank, one.adjusted)
        for one in ranked
        if _action(by_hand, one) == "leave_out"
    ]
    return waiting, excused


def _threshold(chosen: list[Ranked]) -> int | None:
    by_the_rules = [one.candidate.standing.score.total for one in chosen if not one.adjusted]
    return min(by_the_rules, default=None)


def _action(by_hand: dict[int, Adjustment], one: Ranked) -> str | None:
    adjustment = by_hand.get(one.candidate.person_id)
    return adjustment.action if adjustment else None


def _reason(by_hand: dict[int, Adjustment], person_id: int) -> str:
    adjustment = by_hand.get(person_id)
    return adjustment.reason if adjustment else ""
