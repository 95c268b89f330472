"""The second pair of eyes: somebody who took no part approves, returns or rejects."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlmodel import col, select

from db.commands.donors import ledger
from db.commands.matching import matches
from db.commands.matching.proposals import refuse_expired
from db.errors import Refused
from db.models import Decision, Match, Person, Policy, Proposal, ProposalParticipant
from db.rules import why
from db.rules.access import Action
from db.rules.states import MatchState, ProposalState
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
) -> Decided:
    """Decide on a submitted proposal; `match_ids` are the people approved.

    Where the donors' money reaches the policy's limit two different approvers must agree, and
    only people whom both chose are approved.

    Raises:
        Refused: maker_is_checker (code, maker), already_decided, proposal_expired,
            proposal_not_open, reason_missing, nobody_chosen, reserve_not_approvable (names),
            people_changed (names), approvers_disagree.
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
            return _approve(work, proposal, set(match_ids), comment, before)
        return _turn_down(work, proposal, verdict, why.required(comment))


def _approve(
    work: UnitOfWork,
    proposal: Proposal,
    chosen: set[int],
    comment: str,
    before: list[Decision],
) -> Decided:
    comment = why.bounded(comment)
    proposed = matches.of_proposal(work, proposal.id or 0, MatchState.PROPOSED)
    taken = _taken(work, proposal, proposed, chosen)
    matches.refuse_changed(work, taken)
    _write(work, proposal, "approve", comment, sorted(chosen))
    first = next((one for one in before if one.verdict == "approve"), None)
    if first is None and _needs_two(work, proposal, proposed):
        proposal.version += 1
        work.record("proposal.approved_once", proposal, people=len(taken))
        return Decided(proposal.state, approved=len(taken))
    if first is not None:
        taken = [match for match in taken if match.id in set(first.match_ids)]
        if not taken:
            raise Refused("approvers_disagree", code=proposal.code)
    kept = {match.id for match in taken}
    declined = [match for match in proposed if match.id not in kept]
    matches.step(work, taken, MatchState.APPROVED)
    matches.step(work, declined, MatchState.DECLINED, reason=comment)
    ledger.shift(work, proposal.pledge_id, matches.units_of(taken), "reserved", "approved")
    matches.give_back(work, proposal.pledge_id, matches.units_of(declined), "reserved")
    work.move(proposal, ProposalState.APPROVED, approved=len(taken), declined=len(declined))
    return Decided(proposal.state, len(taken), len(declined))


def _turn_down(
    work: UnitOfWork, proposal: Proposal, verdict: Literal["return", "reject"], comment: str
) -> Decided:
    _write(work, proposal, verdict, comment, [])
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
    work: UnitOfWork, proposal: Proposal, verdict: Ruling, comment: str, match_ids: list[int]
) -> None:
    work.session.add(
        Decision(
            province_code=proposal.province_code,
            proposal_id=proposal.id or 0,
            round=proposal.round,
            account_id=work.account_id,
            verdict=verdict,
            comment=comment[:500],
            match_ids=match_ids,
            decided_at=work.now,
        )
    )
    work.session.flush()
