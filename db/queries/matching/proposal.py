"""One proposal as the approver reads it: the people, the checks, who made it, who decides."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from db import clock
from db.errors import Refused
from db.models import (
    Account,
    Decision,
    Match,
    Nomination,
    Objection,
    Pledge,
    Policy,
    Posting,
    Proposal,
    ProposalParticipant,
)
from db.queries.donors.pledge_sheet import PledgeSheet, sheet
from db.queries.matching.proposal_people import ProposedPerson, people
from db.queries.matching.proposals import OPEN
from db.queries.values import from_row
from db.rules.access import Role
from db.rules.states import Benefit, MatchState, ProposalState
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class DecisionRow:
    account_id: int
    full_name: str
    round: int
    verdict: str
    comment: str
    people: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """How the lists behind a proposal hung; days and objections over all of them."""

    first_day: date | None
    last_day: date | None
    required_days: int
    objections: int


@dataclass(frozen=True, slots=True)
class ProposalSheet:
    """Everything about one proposal; `people` in order of rank, reserve included."""

    id: int
    code: str
    version: int
    state: ProposalState
    round: int
    year: int
    benefit: Benefit
    pledge: PledgeSheet
    threshold: int | None
    candidates: int
    input_hash: str
    tie_breaks: tuple[str, ...]
    two_approvers_from: int
    note: str
    made_by: str
    made_at: datetime
    submitted_at: datetime | None
    expires_on: date
    is_overdue: bool
    participants: dict[int, str]
    approvers: dict[int, str]
    decisions: tuple[DecisionRow, ...]
    posting: PostingFacts
    people: tuple[ProposedPerson, ...]

    def of_state(self, *states: MatchState) -> tuple[ProposedPerson, ...]:
        return tuple(one for one in self.people if one.state in states)

    def in_reserve(self) -> list[ProposedPerson]:
        """Who may come in, next one first; whoever gave way by hand stands behind the others."""
        reserve = self.of_state(MatchState.RESERVE)
        return sorted(reserve, key=lambda one: (one.left_out is not None, one.rank))

    @property
    def needs_two(self) -> bool:
        """Whether the donors' money asks for two different approvers."""
        proposed = self.of_state(MatchState.PROPOSED)
        return sum(one.donor_share for one in proposed) >= self.two_approvers_from

    @property
    def adjusted(self) -> int:
        """How many places were changed by hand: a swap touches two people."""
        by_hand = [one for one in self.people if one.adjusted]
        left_out = sum(one.left_out is not None for one in by_hand)
        return max(left_out, len(by_hand) - left_out)

    def last_return(self) -> DecisionRow | None:
        """Why it came back, while it has not been sent again."""
        returned = [one for one in self.decisions if one.verdict == "return"]
        return returned[-1] if returned and self.state is ProposalState.RETURNED else None


def proposal(scope: Scope, code: str) -> ProposalSheet:
    """Everything about one proposal; raises Refused("not_found") outside the scope."""
    with reading() as session:
        found = session.exec(
            select(Proposal, Policy, Pledge.code, Account.full_name)
            .join(Policy, col(Policy.id) == Proposal.policy_id)
            .join(Pledge, col(Pledge.id) == Proposal.pledge_id)
            .outerjoin(Account, col(Account.username) == Proposal.made_by)
            .where(scope.covers(Proposal), Proposal.code == code)
        ).one_or_none()
        if found is None:
            raise Refused("not_found")
        row, policy, pledge_code, maker = found
        participants = _participants(session, row)
        return from_row(
            ProposalSheet,
            row,
            pledge=sheet(scope, pledge_code),
            tie_breaks=tuple(policy.tie_breaks),
            two_approvers_from=policy.two_approvers_from,
            made_by=maker or row.made_by,
            is_overdue=row.state in OPEN and row.expires_on < clock.today(),
            participants=participants,
            approvers=_approvers(session, row, participants),
            decisions=_decisions(session, row),
            posting=_posting(session, row, policy),
            people=people(session, row),
        )


def _participants(session: Session, row: Proposal) -> dict[int, str]:
    found = session.exec(
        select(Account.id, Account.full_name)
        .join(ProposalParticipant, col(ProposalParticipant.account_id) == Account.id)
        .where(ProposalParticipant.proposal_id == row.id)
        .order_by(col(Account.id))
    )
    return {account_id or 0: name for account_id, name in found}


def _approvers(session: Session, row: Proposal, participants: dict[int, str]) -> dict[int, str]:
    found = session.exec(
        select(Account.id, Account.full_name)
        .where(
            Account.role == Role.APPROVER,
            Account.province_code == row.province_code,
            col(Account.is_active),
        )
        .order_by(col(Account.id))
    )
    return {account_id or 0: name for account_id, name in found if account_id not in participants}


def _decisions(session: Session, row: Proposal) -> tuple[DecisionRow, ...]:
    found = session.exec(
        select(Decision, Account.full_name)
        .join(Account, col(Account.id) == Decision.account_id)
        .where(Decision.proposal_id == row.id)
        .order_by(col(Decision.id))
    )
    return tuple(
        from_row(DecisionRow, one, full_name=name, people=len(one.match_ids)) for one, name in found
    )


def _posting(session: Session, row: Proposal, policy: Policy) -> PostingFacts:
    lists = (
        select(Nomination.list_id)
        .join(Match, col(Match.nomination_id) == Nomination.id)
        .where(Match.proposal_id == row.id)
    )
    first, last, objections = session.exec(
        select(
            func.min(Posting.opened_on),
            func.max(Posting.due_on),
            func.count(col(Objection.id)),
        )
        .select_from(Posting)
        .outerjoin(Objection, col(Objection.posting_id) == Posting.id)
        .where(col(Posting.list_id).in_(lists))
    ).one()
    return PostingFacts(first, last, policy.posting_days, objections)
