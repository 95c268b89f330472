"""Posted people and pledges for the tests of matching, deciding and issuing."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from db.commands.matching import proposals
from db.models import CommuneList, Match, Nomination, Pledge, Proposal
from db.rules.states import Benefit, MatchState, NominationState
from db.unit_of_work import reading, unattended_writing
from tests import world


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal an officer made, with its matches in order of rank."""

    id: int
    pledge_id: int
    proposed: list[int]
    reserve: list[int]
    nominations: list[int]


def made(*, people: int = 6, quantity: int = 3, submitted: bool = False, paid: int | None = None,
         benefit: Benefit = Benefit.HI) -> Made:  # fmt: skip
    _list, nominations, _posting = world.add_posted(
        people=people, benefit=benefit, round_=_next_round()
    )
    pledge_id = world.add_pledge(quantity=quantity, benefit=benefit, paid=paid)
    code = proposals.propose(pledge_id, "officer")
    with reading() as session:
        proposal_id = session.exec(select(Proposal.id).where(Proposal.code == code)).one() or 0
    if submitted:
        proposals.submit(proposal_id, version(proposal_id), "officer")
    return Made(
        proposal_id,
        pledge_id,
        of_state(proposal_id, MatchState.PROPOSED),
        of_state(proposal_id, MatchState.RESERVE),
        nominations,
    )


def version(proposal_id: int) -> int:
    return proposal(proposal_id).version


def proposal(proposal_id: int) -> Proposal:
    with reading() as session:
        return session.get_one(Proposal, proposal_id)


def pledge(pledge_id: int) -> Pledge:
    with reading() as session:
        return session.get_one(Pledge, pledge_id)


def match(match_id: int) -> Match:
    with reading() as session:
        return session.get_one(Match, match_id)


def of_state(proposal_id: int, *states: MatchState) -> list[int]:
    with reading() as session:
        return [
            match_id or 0
            for match_id in session.exec(
                select(Match.id)
                .where(Match.proposal_id == proposal_id, col(Match.state).in_(states))
                .order_by(col(Match.rank))
            )
        ]


def spoil(nomination_id: int) -> None:
    """A new fact turned up: the nomination has to be looked at again."""
    with unattended_writing("tests") as work:
        row = work.session.get_one(Nomination, nomination_id)
        row.state = NominationState.TO_CHECK
        work.session.add(row)


def buckets(pledge_id: int) -> dict[str, int]:
    row = pledge(pledge_id)
    names = ("free", "reserved", "approved", "issued", "delivered", "withdrawn", "spent")
    return {name: getattr(row, name) for name in names if getattr(row, name)}


def of_pledge(pledge_id: int, state: MatchState) -> list[int]:
    with reading() as session:
        found = session.exec(
            select(Match.id)
            .where(Match.pledge_id == pledge_id, Match.state == state)
            .order_by(col(Match.id))
        )
        return [match_id or 0 for match_id in found]


def latest(pledge_id: int) -> int:
    with reading() as session:
        found = session.exec(
            select(Proposal.id)
            .where(Proposal.pledge_id == pledge_id)
            .order_by(col(Proposal.id).desc())
        ).first()
    return found or 0


def _next_round() -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(CommuneList)).one() + 1
