"""The pledge book: filtered, sorted, summed up."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement
from sqlmodel import and_, case, col, func, or_, select

from db import clock
from db.models import Donor, Pledge
from db.queries.donor_names import sees_every_name
from db.queries.values import from_row
from db.rules.ledger import Funding, Funds
from db.rules.names import fold
from db.rules.states import Benefit, Binds, PledgeState
from db.scope import Scope
from db.unit_of_work import reading

Sort = Literal["newest", "largest", "most_free", "longest_unpaid"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the pledge book is wanted; None and "" mean all of it."""

    year: int | None = None
    benefit: Benefit | None = None
    funding: Funding | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One pledge; buckets in pieces (đồng if it binds in money), money in đồng.

    The donors of anonymous pledges are for the province alone: elsewhere they are empty.
    """

    id: int
    code: str
    version: int
    province_code: str
    donor: str
    anonymous: bool
    number: str
    contact: str
    phone: str
    year: int
    benefit: Benefit
    binds: Binds
    pledged: int
    months: int
    piece_price: int
    registered_on: date
    expected_on: date | None
    state: PledgeState
    reason: str
    free: int
    reserved: int
    approved: int
    issued: int
    delivered: int
    withdrawn: int
    received: int
    spent: int

    @property
    def expected(self) -> int:
        """đồng it should bring: what was not withdrawn, at the frozen price."""
        return (self.pledged - self.withdrawn) * self.piece_price

    @property
    def funding(self) -> Funding:
        return Funds(self.expected, self.received).state

    @property
    def missing(self) -> int:
        """đồng still to come."""
        return max(self.expected - self.received, 0)


@dataclass(frozen=True, slots=True)
class Totals:
    """The filtered pledge book summed up; pieces of pledges that bind in pieces."""

    pledges: int = 0
    pieces: int = 0
    free: int = 0
    expected: int = 0
    received: int = 0


def book(
    scope: Scope, wanted: Filter, *, sort: Sort = "newest", limit: int = 50, offset: int = 0
) -> list[PledgeRow]:
    """The pledge book, filtered and sorted."""
    with reading() as session:
        rows = session.exec(
            select(Pledge, Donor)
            .join(Donor, col(Donor.id) == Pledge.donor_id)
            .where(*_conditions(scope, wanted))
            .order_by(*_ORDER[sort], col(Pledge.id).desc())
            .limit(limit)
            .offset(offset)
        )
        return [row_of(pledge, donor, scope) for pledge, donor in rows]


def totals(scope: Scope, wanted: Filter) -> Totals:
    """The sums under the filtered pledge book."""
    in_pieces = Pledge.binds == Binds.PIECES
    with reading() as session:
        sums: tuple[Any, ...] = (
            func.count(),
            func.sum(case((in_pieces, Pledge.quantity), else_=0)),
            func.sum(case((in_pieces, Pledge.free), else_=0)),
            func.sum(_EXPECTED),
            func.sum(Pledge.received),
        )
        found = session.exec(
            select(*sums)
            .select_from(Pledge)
            .join(Donor, col(Donor.id) == Pledge.donor_id)
            .where(*_conditions(scope, wanted))
        ).one()
    return Totals(*(int(value or 0) for value in found))


def recorded_today(scope: Scope, limit: int = 8) -> tuple[list[PledgeRow], int]:
    """The latest pledges recorded today, with how many there are."""
    midnight = datetime.combine(clock.today(), time(), clock.VIETNAM)
    today = (
        scope.covers(Pledge),
        col(Pledge.recorded_at) >= midnight,
        col(Pledge.recorded_at) < midnight + timedelta(days=1),
    )
    with reading() as session:
        count = session.exec(select(func.count()).select_from(Pledge).where(*today)).one()
        rows = session.exec(
            select(Pledge, Donor)
            .join(Donor, col(Donor.id) == Pledge.donor_id)
            .where(*today)
            .order_by(col(Pledge.id).desc())
            .limit(limit)
        )
        return [row_of(pledge, donor, scope) for pledge, donor in rows], count


def years(scope: Scope) -> list[int]:
    """Programme years that have pledges, newest first."""
    with reading() as session:
        found = session.exec(select(Pledge.year).where(scope.covers(Pledge)).distinct())
        return sorted(found, reverse=True)


def row_of(pledge: Pledge, donor: Donor, scope: Scope) -> PledgeRow:
    """The row of a pledge as this scope may see it."""
    known = not pledge.anonymous or sees_every_name(scope)
    in_money = pledge.binds is Binds.MONEY
    return from_row(
        PledgeRow,
        pledge,
        donor=donor.name if known else "",
        number=(donor.tax_code or "") if known else "",
        contact=donor.contact if known else "",
        phone=donor.phone if known else "",
        pledged=(pledge.amount if in_money else pledge.quantity) or 0,
        piece_price=1 if in_money else pledge.piece_price,
    )


_EXPECTED = case(
    (
        col(Pledge.binds) == Binds.PIECES,
        (col(Pledge.quantity) - Pledge.withdrawn) * Pledge.piece_price,
    ),
    else_=col(Pledge.amount) - Pledge.withdrawn,
)
_FUNDED: dict[Funding, ColumnElement[bool]] = {
    "awaiting": col(Pledge.received) == 0,
    "partly_received": and_(col(Pledge.received) > 0, col(Pledge.received) < _EXPECTED),
    "received": and_(col(Pledge.received) > 0, col(Pledge.received) >= _EXPECTED),
}
_ORDER: dict[Sort, tuple[Any, ...]] = {
    "newest": (col(Pledge.registered_on).desc(),),
    "largest": (_EXPECTED.desc(),),
    "most_free": (col(Pledge.free).desc(),),
    "longest_unpaid": (col(Pledge.received) >= _EXPECTED, col(Pledge.registered_on)),
}


def _conditions(scope: Scope, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [scope.covers(Pledge)]
    if wanted.year is not None:
        conditions.append(col(Pledge.year) == wanted.year)
    if wanted.benefit is not None:
        conditions.append(col(Pledge.benefit) == wanted.benefit)
    if wanted.funding is not None:
        conditions += [
            _FUNDED[wanted.funding],
            col(Pledge.state).in_((PledgeState.RECORDED, PledgeState.ACTIVE)),
        ]
    if text := wanted.text.strip():
        conditions.append(_mentions(scope, text))
    return conditions


def _mentions(scope: Scope, text: str) -> ColumnElement[bool]:
    """The donor's name without accents, the pledge's code, or the donor's number."""
    named = col(Donor.name_key).contains(fold(text), autoescape=True) if fold(text) else None
    by_donor = [col(Donor.tax_code).startswith(text, autoescape=True)]
    if named is not None:
        by_donor.append(named)
    donor = or_(*by_donor)
    if not sees_every_name(scope):
        donor = and_(donor, ~col(Pledge.anonymous))
    return or_(col(Pledge.code).icontains(text, autoescape=True), donor)
