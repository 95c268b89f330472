"""The second pair of eyes: somebody who took no part approves, returns or rejects."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sqlmodel import col, select

from db.commands.donors import ledger
from db.commands.matching import matches
from db.commands.matching.proposals import refuse_expired
from db.errors import Refused
from db.models import Decision, Match, Person, Policy, Proposal, ProposalParticipant
from db.rules import why
from db.rules.access import Action
from db.rules.states import LeftOut, MatchState, ProposalState
from db.unit_of_work import UnitOfWork, writing

Ruling = Literal["approve", "return", "reject"]


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of the proposal; a first of two approvals leaves it submitted."""

    state: ProposalState
    approved: int = 0
    declined: int = 0


def decide(
    proposal_id: int,
    verdict: Ruling,
    match_ids: Collection[int],
    *,
    comment: str,
    seen: int,
    actor: str,
    left_out: Mapping[int, LeftOut] | None = None,
) -> Decided:
    """Decide on a submitted proposal; `match_ids` are the people approved.

    `left_out` says of every other proposed person why: {match id: why}.

    Where the donors' money reaches the policy's limit two different approvers must agree, and
    only people whom both chose are approved.

    Raises:
        Refused: maker_is_checker (code, maker), already_decided, proposal_expired,
            proposal_not_open, reason_missing, nobody_chosen, reserve_not_approvable (names),
            left_out_unexplained (names), people_changed (names), approvers_disagree.
    """
    with writing(actor, Action.DECIDE_PROPOSAL) as work:
        proposal = work.get(Proposal, proposal_id, seen=seen)
        _refuse_participant(work, proposal)
        refuse_expired(work, proposal)
        if proposal.state is not ProposalState.SUBMITTED:
            raise Refused("proposal_not_open", code=proposal.code, state=proposal.state)
        before = _decisions(work, proposal)
        if any(one.account_id == work.account_id for one in before):
            raise Refused("already_decided", code=proposal.code)
        if verdict == "approve":
            approval = _Word(set(match_ids), dict(left_out or {}), why.bounded(comment))
            return _approve(work, proposal, approval, before)
        return _turn_down(work, proposal, verdict, why.required(comment))


@dataclass(frozen=True, slots=True)
class _Word:
    """What one approver says of the people proposed; of those not chosen, why."""

    chosen: set[int]
    left_out: dict[int, LeftOut]
    comment: str


def _approve(
    work: UnitOfWork, proposal: Proposal, approval: _Word, before: list[Decision]
) -> Decided:
    proposed = matches.of_proposal(work, proposal.id or 0, MatchState.PROPOSED)
    taken = _taken(work, proposal, proposed, approval.chosen)
    matches.refuse_changed(work, taken)
    left_out = _explained(work, proposed, approval)
    _write(work, proposal, "approve", replace(approval, left_out=left_out))
    first = next((one for one in before if one.verdict == "approve"), None)
    if first is None and _needs_two(work, proposal, proposed):
        proposal.version += 1
        work.record("proposal.approved_once", proposal, people=len(taken))
        return Decided(proposal.state, approved=len(taken))
    if first is not None:
        left_out = {int(one): LeftOut(code) for one, code in first.left_out.items()} | left_out
        taken = [match for match in taken if match.id in set(first.match_ids)]
        if not taken:
            raise Refused("approvers_disagree", code=proposal.code)
    declined = [match for match in proposed if match not in taken]
    matches.step(work, declined, MatchState.DECLINED, reason=approval.comment)
    for match in declined:
        matches.leave_out(work, match, left_out[match.id or 0], approval.comment)
    return _bind(work, proposal, taken, declined)


def _bind(
    work: UnitOfWork, proposal: Proposal, taken: list[Match], declined: list[Match]
) -> Decided:
    matches.step(work, taken, MatchState.APPROVED)
    ledger.shift(work, proposal.pledge_id, matches.units_of(taken), "reserved", "approved")
    matches.give_back(work, proposal.pledge_id, matches.units_of(declined), "reserved")
    work.move(proposal, ProposalState.APPROVED, approved=len(taken), declined=len(declined))
    return Decided(proposal.state, len(taken), len(declined))


def _explained(work: UnitOfWork, proposed: list[Match], approval: _Word) -> dict[int, LeftOut]:
    """Why each of those who are not chosen is not; refused while one is without a reason."""
    rest = [match for match in proposed if match.id not in approval.chosen]
    silent = [match.person_id for match in rest if match.id not in approval.left_out]
    if silent:
        names = work.session.exec(
            select(Person.full_name).where(col(Person.id).in_(silent)).order_by(Person.sort_key)
        ).all()
        raise Refused("left_out_unexplained", names=list(names), count=len(names))
    told = {one.id or 0: approval.left_out[one.id or 0] for one in rest}
    if LeftOut.OTHER in told.values():
        why.required(approval.comment)
    return told


def _turn_down(
    work: UnitOfWork, proposal: Proposal, verdict: Literal["return", "reject"], comment: str
) -> Decided:
    _write(work, proposal, verdict, _Word(set(), {}, comment))
    if verdict == "return":
        work.move(proposal, ProposalState.RETURNED)
    else:
        matches.close(work, proposal, ProposalState.REJECTED, MatchState.DECLINED, reason=comment)
    return Decided(proposal.state)


def _refuse_participant(work: UnitOfWork, proposal: Proposal) -> None:
    if work.session.get(ProposalParticipant, (proposal.id, work.account_id)) is not None:
        raise matches.maker_is_checker(work, proposal)


def _decisions(work: UnitOfWork, proposal: Proposal) -> list[Decision]:
    """Of this round: what was said of an earlier one was answered by sending it again."""
    return list(
        work.session.exec(
            select(Decision)
            .where(Decision.proposal_id == proposal.id, Decision.round == proposal.round)
            .order_by(col(Decision.id))
        )
    )


def _taken(
    work: UnitOfWork, proposal: Proposal, proposed: list[Match], chosen: set[int]
) -> list[Match]:
    if not chosen:
        raise Refused("nobody_chosen")
    strange = chosen - {match.id for match in proposed}
    if not strange:
        return [match for match in proposed if match.id in chosen]
    names = work.session.exec(
        select(Person.full_name)
        .join(Match, col(Match.person_id) == Person.id)
        .where(
            Match.proposal_id == proposal.id,
            Match.state == MatchState.RESERVE,
            col(Match.id).in_(strange),
        )
        .order_by(col(Match.rank))
    ).all()
    if len(names) != len(strange):
        raise Refused("not_found")
    raise Refused("reserve_not_approvable", names=list(names), count=len(names))


def _needs_two(work: UnitOfWork, proposal: Proposal, proposed: list[Match]) -> bool:
    limit = work.session.get_one(Policy, proposal.policy_id).two_approvers_from
    return sum(match.donor_share for match in proposed) >= limit


def _write(
    work: UnitOfWork,
    proposal: Proposal,
    verdict: Ruling,
    said: _Word,
) -> None:
    work.session.add(
        Decision(
            province_code=proposal.province_code,
            proposal_id=proposal.id or 0,
            round=proposal.round,
            account_id=work.account_id,
            verdict=verdict,
            comment=said.comment,
            match_ids=sorted(said.chosen),
            left_out={str(one): code.value for one, code in said.left_out.items()},
            decided_at=work.now,
        )
    )
    work.session.flush()
