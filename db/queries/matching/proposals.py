"""Pledges that wait to be matched, and the proposals made for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import case, col, func, select

from db import clock
from db.models import Account, Donor, Match, Pledge, Proposal
from db.queries.donor_names import donor_name
from db.queries.donors.pledges import PledgeRow, row_of
from db.queries.values import from_row
from db.rules.states import LIVE_MATCH, Benefit, MatchState, PledgeState, ProposalState
from db.scope import Scope
from db.unit_of_work import reading

OPEN = (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.RETURNED)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list: `people` hold a piece of the pledge or received it, money in đồng."""

    id: int
    code: str
    state: ProposalState
    round: int
    pledge_code: str
    donor: str
    benefit: Benefit
    people: int
    reserve: int
    money: int
    made_by: str
    made_at: datetime
    submitted_at: datetime | None
    expires_on: date
    is_overdue: bool


def to_match(scope: Scope, *, limit: int = 10, offset: int = 0) -> tuple[list[PledgeRow], int]:
    """Active pledges with something free, the oldest first, and how many there are."""
    wanted = (scope.covers(Pledge), Pledge.state == PledgeState.ACTIVE, Pledge.free > 0)
    with reading() as session:
        count = session.exec(select(func.count()).select_from(Pledge).where(*wanted)).one()
        rows = session.exec(
            select(Pledge, Donor)
            .join(Donor, col(Donor.id) == Pledge.donor_id)
            .where(*wanted)
            .order_by(col(Pledge.registered_on), col(Pledge.id))
            .limit(limit)
            .offset(offset)
        )
        return [row_of(pledge, donor, scope) for pledge, donor in rows], count


def proposals(
    scope: Scope,
    *,
    states: Collection[ProposalState] | None = None,
    pledge_code: str | None = None,
    limit: int = 10,
    offset: int = 0,
) -> tuple[list[ProposalRow], int]:
    """Proposals, the latest first, and how many there are."""
    wanted: list[ColumnElement[bool]] = [scope.covers(Proposal)]
    if states is not None:
        wanted.append(col(Proposal.state).in_(states))
    if pledge_code is not None:
        wanted.append(col(Pledge.code) == pledge_code)
    with reading() as session:
        count = session.exec(
            select(func.count())
            .select_from(Proposal)
            .join(Pledge, col(Pledge.id) == Proposal.pledge_id)
            .where(*wanted)
        ).one()
        page = (
            select(col(Proposal.id))
            .join(Pledge, col(Pledge.id) == Proposal.pledge_id)
            .where(*wanted)
            .order_by(col(Proposal.id).desc())
            .limit(limit)
            .offset(offset)
        )
        found = session.exec(_with_counts(scope).where(col(Proposal.id).in_(page)))
        return [_row(one) for one in found], count


def run_out(scope: Scope) -> list[ProposalRow]:
    """Open proposals whose reservation is past: the next proposal or decision ends them."""
    with reading() as session:
        found = session.exec(
            _with_counts(scope).where(
                scope.covers(Proposal),
                col(Proposal.state).in_(OPEN),
                Proposal.expires_on < clock.today(),
            )
        )
        return [_row(one) for one in found]


def _with_counts(scope: Scope) -> Any:
    live = col(Match.state).in_(LIVE_MATCH)
    counts = (
        select(
            col(Match.proposal_id).label("proposal_id"),
            func.sum(case((live, 1), else_=0)).label("people"),
            func.sum(case((live, Match.donor_share), else_=0)).label("money"),
            func.sum(case((col(Match.state) == MatchState.RESERVE, 1), else_=0)).label("reserve"),
        )
        .group_by(col(Match.proposal_id))
        .subquery()
    )
    columns: tuple[Any, ...] = (
        Proposal,
        col(Pledge.code).label("pledge_code"),
        donor_name(scope),
        col(Account.full_name).label("maker"),
        counts.c.people,
        counts.c.money,
        counts.c.reserve,
    )
    return (
        select(*columns)
        .select_from(Proposal)
        .join(Pledge, col(Pledge.id) == Proposal.pledge_id)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .outerjoin(Account, col(Account.username) == Proposal.made_by)
        .outerjoin(counts, counts.c.proposal_id == Proposal.id)
        .order_by(col(Proposal.id).desc())
    )


def _row(found: Any) -> ProposalRow:
    proposal: Proposal = found.Proposal
    return from_row(
        ProposalRow,
        proposal,
        pledge_code=found.pledge_code,
        donor=found.donor,
        people=int(found.people or 0),
        reserve=int(found.reserve or 0),
        money=int(found.money or 0),
        made_by=found.maker or proposal.made_by,
        is_overdue=proposal.state in OPEN and proposal.expires_on < clock.today(),
    )
