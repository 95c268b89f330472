"""Everybody one pledge could help today, priced and put in order."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from sqlmodel import col, or_, select

from db import clock
from db.conditions import person_is_matched
from db.errors import Refused
from db.models import (
    CommuneClass,
    CommuneList,
    Nomination,
    Person,
    Pledge,
    PledgeCategory,
    PledgeCommune,
    Policy,
)
from db.reference.rates import contribution_bases, state_shares
from db.rules import pricing, shortlist
from db.rules.scoring import Insured, Score, Standing
from db.rules.shortlist import Capacity, Order, Shortlist, Wishes
from db.rules.states import Binds, ListState, NominationState
from db.unit_of_work import UnitOfWork

MOST_RESERVE = 50


@dataclass(frozen=True, slots=True)
class Nominee:
    """An eligible person nobody helps yet this year, with the price of today."""

    nomination_id: int
    candidate: shortlist.Candidate
    price: pricing.Price


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the rule would help; `input_hash` tells whether it would decide the same again."""

    shortlist: Shortlist
    nominees: dict[int, Nominee]
    wishes: Wishes
    within_wishes: int
    input_hash: str


def choose(work: UnitOfWork, pledge: Pledge, policy: Policy) -> Choice:
    """Apply the frozen policy to everybody whose list has closed.

    Raises:
        Refused: no_candidates_posted, no_candidates_left, no_candidates_wished (code).
    """
    nominees, posted = _nominees(work, pledge)
    if not posted:
        raise Refused("no_candidates_posted", code=pledge.code)
    if not nominees:
        raise Refused("no_candidates_left", code=pledge.code)
    wishes = _wishes(work, pledge)
    pieces = pledge.binds is Binds.PIECES
    capacity = Capacity(pieces=pledge.free) if pieces else Capacity(dong=pledge.free)
    order = Order(policy.scale(pledge.benefit), policy.seed, work.today)
    chosen = shortlist.choose([one.candidate for one in nominees], capacity, wishes, order)
    within = sum(1 for one in chosen.left_out if one.rank) + len(chosen.chosen + chosen.reserve)
    if not within:
        raise Refused("no_candidates_wished", code=pledge.code)
    return Choice(
        chosen,
        {one.candidate.person_id: one for one in nominees},
        wishes,
        within,
        _input_hash(pledge, policy, wishes, nominees, work.today),
    )


def _nominees(work: UnitOfWork, pledge: Pledge) -> tuple[list[Nominee], int]:
    """Who may still be helped, and how many were posted at all."""
    found = work.session.exec(
        select(Nomination, Person.birth_date, Person.sex, person_is_matched().label("matched"))
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .join(Person, col(Person.id) == Nomination.person_id)
        .where(
            work.scope.covers(Nomination),
            Nomination.province_code == pledge.province_code,
            Nomination.year == pledge.year,
            Nomination.benefit == pledge.benefit,
            Nomination.state == NominationState.ELIGIBLE,
            CommuneList.state == ListState.CLOSED,
            col(Person.merged_into_id).is_(None),
        )
    ).all()
    quote = _Quotes(work, pledge)
    free = [
        _nominee(nomination, birth, sex, quote.of(nomination))
        for nomination, birth, sex, matched in found
        if not matched
    ]
    return [one for one in free if one.price.donor > 0], len(found)


def _nominee(
    nomination: Nomination, birth: str | None, sex: str | None, price: pricing.Price
) -> Nominee:
    parts = tuple((str(code), int(points)) for code, points in nomination.points)
    codes = {code for code, _points in parts}
    insured: Insured | None = (
        "never" if "never_insured" in codes else "lapsed" if "lapsed" in codes else None
    )
    standing = Standing(
        person_id=nomination.person_id,
        score=Score(nomination.score, parts),
        review_date=clock.local_day(nomination.reviewed_at) if nomination.reviewed_at else None,
        birth=birth,
        dependants=nomination.dependants,
        insured=insured,
    )
    candidate = shortlist.Candidate(
        standing,
        nomination.commune_code,
        frozenset(nomination.categories),
        cast(Literal["M", "F"] | None, sex),
        price.donor,
    )
    return Nominee(nomination.id or 0, candidate, price)


class _Quotes:
    """Today's prices, each computed once for the same categories and kind of place."""

    def __init__(self, work: UnitOfWork, pledge: Pledge) -> None:
        self._pledge = pledge
        self._on = work.today
        self._rates = pricing.Rates(contribution_bases(), state_shares())
        self._islands = set(
            work.session.exec(
                select(CommuneClass.commune_code).where(
                    CommuneClass.kind == "island",
                    CommuneClass.valid_from <= work.today,
                    or_(
                        col(CommuneClass.valid_to).is_(None),
                        col(CommuneClass.valid_to) >= work.today,
                    ),
                )
            )
        )
        self._known: dict[tuple[frozenset[str], bool], pricing.Price] = {}

    def of(self, nomination: Nomination) -> pricing.Price:
        key = (frozenset(nomination.categories), nomination.commune_code in self._islands)
        if key not in self._known:
            self._known[key] = pricing.quote(
                self._pledge.benefit,
                self._pledge.months,
                key[0],
                self._on,
                self._rates,
                province_code=self._pledge.province_code,
                island=key[1],
            )
        return self._known[key]


def _wishes(work: UnitOfWork, pledge: Pledge) -> Wishes:
    communes = select(PledgeCommune.commune_code).where(PledgeCommune.pledge_id == pledge.id)
    categories = select(PledgeCategory.category_code).where(PledgeCategory.pledge_id == pledge.id)
    return Wishes(
        frozenset(work.session.exec(communes)),
        frozenset(work.session.exec(categories)),
        cast(Literal["M", "F"] | None, pledge.wished_sex),
        pledge.min_age,
        pledge.max_age,
    )


def _input_hash(
    pledge: Pledge, policy: Policy, wishes: Wishes, nominees: list[Nominee], on: date
) -> str:
    people = sorted(
        [one.candidate.person_id, one.candidate.standing.score.total, one.price.donor]
        for one in nominees
    )
    asked = {
        "pledge": pledge.code,
        "on": on.isoformat(),
        "free": pledge.free,
        "communes": sorted(wishes.communes),
        "categories": sorted(wishes.categories),
        "sex": wishes.sex,
        "ages": [wishes.age_from, wishes.age_to],
        "policy": [policy.id, policy.points, policy.tie_breaks],
        "seed": policy.seed,
        "people": people,
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
