"""What waits between a pledge and its cards: money, proposals, numbers."""

from collections import Counter
from datetime import date
from typing import Any, assert_never

import sqlalchemy
from sqlmodel import and_, col, func, select

from db import clock
from db.models import (
    Account,
    CommuneList,
    Decision,
    Donor,
    Match,
    Nomination,
    Pledge,
    PledgeCommune,
    Proposal,
    ProposalParticipant,
    is_live_match,
)
from db.queries.donor_names import donor_name
from db.queries.home.tasks import (
    FundsLate,
    PledgeToMatch,
    ProposalDraft,
    ProposalReturned,
    ProposalToDecide,
    ProposalWaits,
    SupportTask,
    ToIssue,
)
from db.rules.access import Role
from db.rules.states import ListState, MatchState, NominationState, PledgeState, ProposalState
from db.scope import Scope
from db.unit_of_work import reading

_UNDECIDED = (ProposalState.DRAFT, ProposalState.RETURNED, ProposalState.SUBMITTED)


def late_funds(scope: Scope, today: date) -> list[FundsLate]:
    """Pledges whose money was due by today and has not come in full."""
    promised = func.coalesce(
        col(Pledge.amount), col(Pledge.quantity) * col(Pledge.piece_price)
    ) - col(Pledge.received)
    statement: Any = (
        sqlalchemy.select(Pledge, donor_name(scope), promised)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .where(
            col(Pledge.state) == PledgeState.ACTIVE,
            col(Pledge.withdrawn) == 0,
            col(Pledge.expected_on) <= today,
            promised > 0,
            scope.covers(Pledge),
        )
        .order_by(col(Pledge.expected_on), col(Pledge.code))
    )
    with reading() as session:
        return [
            FundsLate(
                code=pledge.code,
                donor=donor,
                missing=missing,
                since=pledge.registered_on,
                due=pledge.expected_on,
            )
            for pledge, donor, missing in session.exec(statement)
        ]


def to_match(scope: Scope) -> list[PledgeToMatch]:
    """Pledges with free pieces for whom somebody is eligible, posted and without support."""
    candidates = _candidates(scope)
    if not candidates:
        return []
    statement: Any = (
        sqlalchemy.select(Pledge, donor_name(scope))
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .where(col(Pledge.state) == PledgeState.ACTIVE, col(Pledge.free) > 0, scope.covers(Pledge))
        .order_by(col(Pledge.registered_on), col(Pledge.code))
    )
    tasks = []
    with reading() as session:
        found = session.exec(statement).all()
        wished: dict[int, set[str]] = {}
        for pledge_id, commune in session.exec(
            select(PledgeCommune.pledge_id, PledgeCommune.commune_code)
        ):
            wished.setdefault(pledge_id, set()).add(commune)
        for pledge, donor in found:
            fit = sum(
                count
                for (year, benefit, commune), count in candidates.items()
                if (year, benefit) == (pledge.year, pledge.benefit)
                and (pledge.id not in wished or commune in wished[pledge.id])
            )
            if fit:
                tasks.append(
                    PledgeToMatch(
                        code=pledge.code,
                        donor=donor,
                        benefit=pledge.benefit,
                        free=pledge.free if pledge.quantity else None,
                        candidates=fit,
                        since=pledge.registered_on,
                    )
                )
    return tasks


def proposals(scope: Scope, username: str) -> list[SupportTask]:
    """Drafts and returned ones for their makers; submitted ones for who has yet to decide."""
    approver = scope.role is Role.APPROVER
    people = func.count(col(Match.id))
    columns: Any = (
        col(Proposal.code),
        col(Proposal.state),
        col(Proposal.submitted_at),
        col(Proposal.made_at),
        col(Proposal.expires_on),
        donor_name(scope),
        col(Account.full_name).label("made_by"),
    )
    statement: Any = (
        sqlalchemy.select(*columns, people.label("people"))
        .select_from(Proposal)
        .join(Pledge, col(Pledge.id) == Proposal.pledge_id)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .outerjoin(Account, col(Account.username) == Proposal.made_by)
        .outerjoin(
            Match,
            and_(col(Match.proposal_id) == Proposal.id, col(Match.state) == MatchState.PROPOSED),
        )
        .where(col(Proposal.state).in_(_UNDECIDED), scope.covers(Proposal))
        .group_by(*columns)
        .order_by(col(Proposal.expires_on), col(Proposal.code))
    )
    if approver:
        statement = statement.where(~_decided_by(username), ~_made_with(username))
    approvers = None if approver else _approvers(scope)
    with reading() as session:
        tasks = [_of_proposal(row, approvers) for row in session.exec(statement)]
    return [task for task in tasks if task is not None]


def to_issue(scope: Scope) -> list[ToIssue]:
    """Approved people whose card or book has not come."""
    columns: Any = (col(Pledge.code), donor_name(scope), col(Pledge.benefit))
    statement: Any = (
        sqlalchemy.select(*columns, func.count())
        .select_from(Match)
        .join(Pledge, col(Pledge.id) == Match.pledge_id)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .where(col(Match.state) == MatchState.APPROVED, scope.covers(Match))
        .group_by(*columns)
        .order_by(col(Pledge.code))
    )
    with reading() as session:
        return [
            ToIssue(code=code, donor=donor, benefit=benefit, people=count)
            for code, donor, benefit, count in session.exec(statement)
        ]


def _of_proposal(row: Any, approvers: str | None) -> SupportTask | None:
    """What comes next for its makers, who wait for `approvers`, or for an approver (None)."""
    state: ProposalState = row.state
    about: dict[str, Any] = {
        "code": row.code,
        "donor": row.donor,
        "people": row.people,
        "since": clock.local_day(row.submitted_at or row.made_at),
        "due": row.expires_on,
    }
    if approvers is None:
        decidable = state is ProposalState.SUBMITTED
        return ProposalToDecide(**about, made_by=row.made_by or "") if decidable else None
    match state:
        case ProposalState.SUBMITTED:
            return ProposalWaits(**about, approvers=approvers)
        case ProposalState.DRAFT:
            return ProposalDraft(**about)
        case ProposalState.RETURNED:
            return ProposalReturned(**about)
        case (
            ProposalState.APPROVED
            | ProposalState.REJECTED
            | ProposalState.WITHDRAWN
            | ProposalState.EXPIRED
        ):
            return None
        case _:
            assert_never(state)


def _candidates(scope: Scope) -> Counter[tuple[int, Any, str]]:
    """{(year, benefit, commune): people who could be proposed now}."""
    live = (
        select(Match.id)
        .where(
            Match.person_id == Nomination.person_id,
            Match.benefit == Nomination.benefit,
            Match.year == Nomination.year,
            is_live_match(Match),
        )
        .exists()
    )
    columns: Any = (col(Nomination.year), col(Nomination.benefit), col(Nomination.commune_code))
    statement: Any = (
        sqlalchemy.select(*columns, func.count())
        .select_from(Nomination)
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .where(
            col(Nomination.state) == NominationState.ELIGIBLE,
            col(CommuneList.state) == ListState.CLOSED,
            ~live,
            scope.covers(Nomination),
        )
        .group_by(*columns)
    )
    with reading() as session:
        return Counter({tuple(place): count for *place, count in session.exec(statement)})


def _decided_by(username: str) -> Any:
    return (
        select(Decision.id)
        .join(Account, col(Account.id) == Decision.account_id)
        .where(
            Decision.proposal_id == Proposal.id,
            Decision.round == Proposal.round,
            Account.username == username,
        )
        .exists()
    )


def _made_with(username: str) -> Any:
    return (
        select(ProposalParticipant.account_id)
        .join(Account, col(Account.id) == ProposalParticipant.account_id)
        .where(ProposalParticipant.proposal_id == Proposal.id, Account.username == username)
        .exists()
    )


def _approvers(scope: Scope) -> str:
    """The names of the people a submitted proposal waits for."""
    with reading() as session:
        found = session.exec(
            select(Account.full_name)
            .where(
                Account.role == Role.APPROVER,
                col(Account.is_active),
                Account.province_code == scope.province_code,
            )
            .order_by(col(Account.id))
            .limit(2)
        )
        return ", ".join(found)
