"""Steps that many matches of one proposal take together, and the pieces they give back."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from db.commands.donors import ledger
from db.conditions import has_changed
from db.errors import Refused
from db.models import Account, CommuneList, Match, Nomination, Person, Pledge, Proposal
from db.rules import why
from db.rules.reasons import LEFT_OUT, reason
from db.rules.states import (
    CHECK_AGAIN,
    LeftOut,
    MatchState,
    NominationState,
    PledgeState,
    ProposalState,
    allowed,
)
from db.unit_of_work import UnitOfWork


def of_proposal(work: UnitOfWork, proposal_id: int, *states: MatchState) -> list[Match]:
    """The matches of a proposal in these states, locked, in order of rank."""
    return list(
        work.session.exec(
            select(Match)
            .where(Match.proposal_id == proposal_id, col(Match.state).in_(states))
            .order_by(col(Match.rank))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def step(work: UnitOfWork, matches: Iterable[Match], to: MatchState, *, reason: str = "") -> None:
    """Take the same step with each; the caller records the one line that tells of it."""
    for match in matches:
        if not allowed("Match", match.state, to):
            raise Refused(
                "transition_not_allowed", kind="Match", current=match.state.value, to=to.value
            )
        match.state = to
        match.reason = reason or match.reason
        work.session.add(match)
    work.session.flush()


def leave_out(work: UnitOfWork, match: Match, because: LeftOut, note: str) -> None:
    """Keep why somebody makes way; a fact about them sends them back to be checked.

    Raises:
        Refused: reason_missing (another reason than the usual ones is told in words).
    """
    if because is LeftOut.OTHER:
        why.required(note)
    match.left_out = because
    work.session.add(match)
    nomination = work.get(Nomination, match.nomination_id)
    if because in CHECK_AGAIN and nomination.state is NominationState.ELIGIBLE:
        told = reason(LEFT_OUT, NominationState.TO_CHECK, because=because.value, note=note)
        nomination.reasons = [*nomination.reasons, told]
        work.move(nomination, NominationState.TO_CHECK, match=match.id, because=because.value)


def give_back(
    work: UnitOfWork, pledge_id: int, units: int, source: ledger.Bucket, *, refund: int = 0
) -> None:
    """Units nobody receives are free again, or withdrawn where the donor cancelled the rest."""
    cancelled = work.session.get_one(Pledge, pledge_id).state is PledgeState.CANCELLED
    ledger.shift(
        work, pledge_id, units, source, "withdrawn" if cancelled else "free", spend=-refund
    )


def close(
    work: UnitOfWork, proposal: Proposal, to: ProposalState, match_to: MatchState, reason: str
) -> None:
    """End a proposal that helps nobody: every match ends with it, every piece is given back."""
    held = of_proposal(work, proposal.id or 0, MatchState.PROPOSED)
    waiting = of_proposal(work, proposal.id or 0, MatchState.RESERVE)
    step(work, [*held, *waiting], match_to, reason=reason)
    give_back(work, proposal.pledge_id, units_of(held), "reserved")
    work.move(proposal, to, people=len(held), reserve=len(waiting))


def refuse_changed(work: UnitOfWork, matches: Sequence[Match]) -> None:
    """Name the people who no longer may receive what these matches would give them.

    Raises:
        Refused: people_changed (names, count).
    """
    if not matches:
        return
    wanted = {match.id for match in matches}
    changed = work.session.exec(
        select(Match.id, Person.full_name)
        .join(Nomination, col(Nomination.id) == Match.nomination_id)
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .join(Person, col(Person.id) == Match.person_id)
        .where(Match.proposal_id == matches[0].proposal_id, has_changed())
        .order_by(col(Match.rank))
    )
    if names := [name for match_id, name in changed if match_id in wanted]:
        raise Refused("people_changed", names=names, count=len(names))


def units_of(matches: Iterable[Match]) -> int:
    """What they take from the pledge, in its own unit."""
    return sum(match.units for match in matches)


def maker_is_checker(work: UnitOfWork, proposal: Proposal) -> Refused:
    """Whoever made, submitted or changed a proposal never decides on it, and back."""
    maker = select(Account.full_name).where(Account.username == proposal.made_by)
    return Refused("maker_is_checker", code=proposal.code, maker=work.session.exec(maker).first())
