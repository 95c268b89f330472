"""Proposals: the rule chooses, an officer adjusts with a reason, and sends for approval."""

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from db.commands.donors import ledger
from db.commands.matching import candidates, matches
from db.commands.matching.candidates import MOST_RESERVE, Choice
from db.errors import Refused
from db.models import Decision, Match, Pledge, Policy, Proposal, ProposalParticipant
from db.rules import why
from db.rules.access import Action
from db.rules.shortlist import Ranked, Wishes
from db.rules.states import Binds, LeftOut, MatchState, PledgeState, ProposalState
from db.unit_of_work import UnitOfWork, writing

OPEN = (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.RETURNED)
"""States in which a proposal holds pieces of its pledge."""


def propose(pledge_id: int, actor: str) -> str:
    """Reserve what is free of a pledge for the neediest under its wishes; the draft's code.

    Raises:
        Refused: pledge_not_active, pledge_used_up, no_candidates_posted, no_candidates_left,
            no_candidates_wished, people_taken, rates_missing.
    """
    try:
        with writing(actor, Action.PROPOSE_MATCH) as work:
            expire_due(work)
            pledge = work.get(Pledge, pledge_id)
            if pledge.state is not PledgeState.ACTIVE:
                raise Refused("pledge_not_active", code=pledge.code, state=pledge.state)
            if pledge.free == 0:
                raise Refused("pledge_used_up", code=pledge.code)
            policy = _policy(work, pledge)
            choice = candidates.choose(work, pledge, policy)
            if not choice.shortlist.chosen:
                raise Refused("pledge_used_up", code=pledge.code)
            return _draft(work, pledge, policy, choice).code
    except IntegrityError as error:
        raise Refused("people_taken") from error


def adjust(
    proposal_id: int,
    remove_match_id: int,
    add_match_id: int | None,
    *,
    because: LeftOut,
    reason: str,
    seen: int,
    actor: str,
) -> None:
    """Take one person out and, if wished, one of the reserve into the place.

    Whoever only gives way stays in the reserve; others leave the proposal for good.

    Raises:
        Refused: reason_missing, proposal_not_open, not_found, people_changed, capacity_gone.
    """
    reason = why.required(reason)
    with writing(actor, Action.PROPOSE_MATCH) as work:
        proposal = work.get(Proposal, proposal_id, seen=seen)
        _must_be(proposal, ProposalState.DRAFT, ProposalState.RETURNED)
        leaving = _one(work, proposal, remove_match_id, MatchState.PROPOSED)
        entering = _one(work, proposal, add_match_id, MatchState.RESERVE) if add_match_id else None
        _take_out(work, leaving, because, reason)
        if entering:
            _take_in(work, entering, reason)
        _take_part(work, proposal)
        proposal.version += 1
        work.record(
            "proposal.adjusted",
            proposal,
            left_out=remove_match_id,
            because=because.value,
            taken=add_match_id,
        )


def submit(proposal_id: int, seen: int, actor: str) -> int:
    """Send a draft, or once more a returned one, to the approver; the number of people.

    Raises:
        Refused: proposal_expired, nobody_chosen, people_changed, transition_not_allowed.
    """
    with writing(actor, Action.PROPOSE_MATCH) as work:
        proposal = work.get(Proposal, proposal_id, seen=seen)
        refuse_expired(work, proposal)
        chosen = matches.of_proposal(work, proposal_id, MatchState.PROPOSED)
        if not chosen:
            raise Refused("nobody_chosen")
        matches.refuse_changed(work, chosen)
        _take_part(work, proposal)
        proposal.submitted_at = work.now
        if proposal.state is ProposalState.RETURNED:
            proposal.round += 1
        work.move(proposal, ProposalState.SUBMITTED, people=len(chosen), round=proposal.round)
        return len(chosen)


def withdraw(proposal_id: int, reason: str, seen: int, actor: str) -> None:
    """Give up a proposal that is not decided; all its pieces are free again.

    Raises:
        Refused: reason_missing, transition_not_allowed.
    """
    reason = why.required(reason)
    with writing(actor, Action.PROPOSE_MATCH) as work:
        proposal = work.get(Proposal, proposal_id, seen=seen)
        _must_be(proposal, *OPEN)
        proposal.note = reason
        matches.close(work, proposal, ProposalState.WITHDRAWN, MatchState.DECLINED, reason=reason)


def expire(actor: str) -> int:
    """End every proposal of the actor's scope whose reservation ran out; how many."""
    with writing(actor, Action.SEE_MATCHING) as work:
        return expire_due(work)


def expire_due(work: UnitOfWork) -> int:
    """The same inside a transaction that is about to count what is free."""
    due = work.session.exec(
        select(Proposal)
        .where(
            work.scope.covers(Proposal),
            col(Proposal.state).in_(OPEN),
            Proposal.expires_on < work.today,
        )
        .order_by(col(Proposal.id))
        .with_for_update()
    ).all()
    for proposal in due:
        matches.close(work, proposal, ProposalState.EXPIRED, MatchState.EXPIRED, reason="")
    return len(due)


def refuse_expired(work: UnitOfWork, proposal: Proposal) -> None:
    """Raise Refused("proposal_expired") once the reservation has run out."""
    if proposal.state in OPEN and proposal.expires_on < work.today:
        raise Refused("proposal_expired", code=proposal.code, on=proposal.expires_on)


def _policy(work: UnitOfWork, pledge: Pledge) -> Policy:
    policy = work.session.exec(
        select(Policy).where(
            Policy.province_code == pledge.province_code, Policy.year == pledge.year
        )
    ).one_or_none()
    if policy is None:  # it comes into being with the first review of the year
        raise Refused("no_candidates_posted", code=pledge.code)
    return policy


def _draft(work: UnitOfWork, pledge: Pledge, policy: Policy, choice: Choice) -> Proposal:
    proposal = Proposal(
        code=work.next_code("GH", pledge.province_code, pledge.year),
        province_code=pledge.province_code,
        pledge_id=pledge.id or 0,
        policy_id=policy.id or 0,
        year=pledge.year,
        benefit=pledge.benefit,
        input_hash=choice.input_hash,
        seed=policy.seed,
        threshold=choice.shortlist.threshold,
        candidates=choice.within_wishes,
        made_by=work.actor,
        made_at=work.now,
        expires_on=work.today + timedelta(days=policy.reservation_days),
    )
    work.session.add(proposal)
    work.session.flush()
    _take_part(work, proposal)
    proposed = [
        _match(pledge, proposal, choice, one, MatchState.PROPOSED)
        for one in choice.shortlist.chosen
    ]
    reserve = [
        _match(pledge, proposal, choice, one, MatchState.RESERVE)
        for one in choice.shortlist.reserve[:MOST_RESERVE]
    ]
    work.session.add_all([*proposed, *reserve])
    work.session.flush()
    ledger.shift(work, proposal.pledge_id, matches.units_of(proposed), "free", "reserved")
    work.record(
        "proposal.made",
        proposal,
        after=proposal.state,
        pledge=pledge.code,
        people=len(proposed),
        reserve=len(reserve),
        candidates=proposal.candidates,
    )
    return proposal


def _match(
    pledge: Pledge, proposal: Proposal, choice: Choice, ranked: Ranked, state: MatchState
) -> Match:
    candidate = ranked.candidate
    nominee = choice.nominees[candidate.person_id]
    price = nominee.price
    return Match(
        province_code=pledge.province_code,
        commune_code=candidate.commune_code,
        proposal_id=proposal.id or 0,
        pledge_id=pledge.id or 0,
        nomination_id=nominee.nomination_id,
        person_id=candidate.person_id,
        year=pledge.year,
        benefit=pledge.benefit,
        state=state,
        rank=ranked.rank,
        score=candidate.standing.score.total,
        why={
            "points": [list(part) for part in candidate.standing.score.parts],
            "wishes": _wishes_met(choice.wishes),
            "price_group": price.group,
            "state_percent": price.state_percent,
            "provisional": price.provisional,
        },
        months=pledge.months,
        units=1 if pledge.binds is Binds.PIECES else price.donor,
        gross=price.gross,
        state_share=price.state,
        local_share=price.local,
        donor_share=price.donor,
    )


def _wishes_met(wishes: Wishes) -> list[str]:
    """Everybody on the list meets every wish there is."""
    given: dict[str, Any] = {
        "commune": wishes.communes,
        "category": wishes.categories,
        "sex": wishes.sex,
        "age": wishes.age_from is not None or wishes.age_to is not None,
    }
    return [name for name, wish in given.items() if wish]


def _take_out(work: UnitOfWork, leaving: Match, because: LeftOut, reason: str) -> None:
    """Until it is sent, the order is still being made: no step of the match is taken here."""
    stays = because is LeftOut.GIVES_WAY
    leaving.state = MatchState.RESERVE if stays else MatchState.DECLINED
    leaving.adjusted = reason
    matches.leave_out(work, leaving, because, reason)
    work.session.flush()
    matches.give_back(work, leaving.pledge_id, leaving.units, "reserved")


def _take_in(work: UnitOfWork, entering: Match, reason: str) -> None:
    matches.refuse_changed(work, [entering])
    entering.state, entering.adjusted, entering.left_out = MatchState.PROPOSED, reason, None
    work.session.add(entering)
    ledger.shift(work, entering.pledge_id, entering.units, "free", "reserved")


def _one(work: UnitOfWork, proposal: Proposal, match_id: int, state: MatchState) -> Match:
    match = work.get(Match, match_id)
    if match.proposal_id != proposal.id or match.state is not state:
        raise Refused("not_found")
    return match


def _take_part(work: UnitOfWork, proposal: Proposal) -> None:
    key = (proposal.id, work.account_id)
    if work.session.get(ProposalParticipant, key) is not None:
        return
    decided = work.session.exec(
        select(Decision.id).where(
            Decision.proposal_id == proposal.id, Decision.account_id == work.account_id
        )
    ).first()
    if decided is not None:
        raise matches.maker_is_checker(work, proposal)
    work.session.add(ProposalParticipant(proposal_id=key[0] or 0, account_id=key[1]))
    work.session.flush()


def _must_be(proposal: Proposal, *states: ProposalState) -> None:
    if proposal.state not in states:
        raise Refused("proposal_not_open", code=proposal.code, state=proposal.state)
