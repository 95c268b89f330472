"""Who receives one pledge: the neediest within its wishes, and who comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
class Order:
    """What decides who comes first: the points, the seed of the lot, the day ages are counted."""

    scale: PointScale
    seed: str
    on: date


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person on the shortlist; `rank` is their place among all within the wishes."""

    candidate: Candidate
    rank: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person who was looked at and not taken; `rank` is 0 outside the wishes."""

    candidate: Candidate
    code: str
    rank: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Chosen and reserve in order of rank; `threshold` is the lowest total that was chosen."""

    chosen: tuple[Ranked, ...]
    reserve: tuple[Ranked, ...]
    threshold: int | None
    left_out: tuple[LeftOut, ...]


def choose(
    candidates: Iterable[Candidate], capacity: Capacity, wishes: Wishes, order: Order
) -> Shortlist:
    """Allot one pledge to the neediest; as many again, if there are, wait in reserve.

    The same people give the same list in whatever order they come. With a pledge in đồng, who
    costs more than what is left makes way for the next.
    """
    ordered = sorted(candidates, key=lambda one: order_key(one.standing, order.scale, order.seed))
    outside = {
        one.person_id: code for one in ordered if (code := outside_wishes(one, wishes, order.on))
    }
    within = [one for one in ordered if one.person_id not in outside]
    ranked = [Ranked(one, rank) for rank, one in enumerate(within, start=1)]
    chosen = _fill(ranked, capacity)
    taken = {one.rank for one in chosen}
    waiting = [one for one in ranked if one.rank not in taken]
    return Shortlist(
        chosen=tuple(chosen),
        reserve=tuple(waiting[: len(chosen)]),
        threshold=min((one.candidate.standing.score.total for one in chosen), default=None),
        left_out=(
            *(LeftOut(one.candidate, "not_reached", one.rank) for one in waiting[len(chosen) :]),
            *(
                LeftOut(one, outside[one.person_id], rank=0)
                for one in ordered
                if one.person_id in outside
            ),
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


def _fill(ranked: Iterable[Ranked], capacity: Capacity) -> list[Ranked]:
    """From the top whoever still fits."""
    left = capacity.pieces if capacity.pieces is not None else capacity.dong or 0
    taken = []
    for one in ranked:
        cost = 1 if capacity.pieces is not None else one.candidate.price
        if cost <= left:
            left -= cost
            taken.append(one)
    return taken
