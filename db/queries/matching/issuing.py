"""Approved people who wait for their card or book, and those who have it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, or_, select

from db.models import Commune, Donor, Match, Person, Pledge, Proposal
from db.queries.donors.pledge_sheet import PledgeSheet, sheet
from db.queries.donors.pledges import PledgeRow, row_of
from db.queries.values import from_row
from db.rules.document_numbers import Block, Waiting, read_block
from db.rules.masking import mask_number
from db.rules.states import MatchState
from db.scope import Scope
from db.unit_of_work import reading

_SHOWN = (MatchState.APPROVED, MatchState.ISSUED)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One approved or issued person; the citizen ID masked, `donor_share` in đồng."""

    match_id: int
    state: MatchState
    proposal_code: str
    rank: int
    full_name: str
    birth: str | None
    cccd: str
    hamlet: str
    commune: str
    donor_share: int
    document_number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class ApprovedProposal:
    """A proposal whose list goes to the insurer."""

    id: int
    code: str
    people: int
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssueSheet:
    """A pledge with everybody approved and issued, in the order of proposals and ranks."""

    pledge: PledgeSheet
    people: tuple[IssueRow, ...]
    proposals: tuple[ApprovedProposal, ...]

    @property
    def waiting(self) -> tuple[IssueRow, ...]:
        return tuple(one for one in self.people if one.state is MatchState.APPROVED)

    @property
    def issued(self) -> tuple[IssueRow, ...]:
        return tuple(one for one in self.people if one.state is MatchState.ISSUED)

    @property
    def needed(self) -> int:
        """đồng that issuing everybody who waits would spend."""
        return sum(one.donor_share for one in self.waiting)

    @property
    def available(self) -> int:
        """đồng received and not spent yet."""
        return self.pledge.row.received - self.pledge.row.spent


def to_issue(scope: Scope, *, limit: int = 10, offset: int = 0) -> tuple[list[PledgeRow], int]:
    """Pledges with approved or issued pieces, those that wait first, and how many there are."""
    wanted = (scope.covers(Pledge), or_(col(Pledge.approved) > 0, col(Pledge.issued) > 0))
    with reading() as session:
        count = session.exec(select(func.count()).select_from(Pledge).where(*wanted)).one()
        rows = session.exec(
            select(Pledge, Donor)
            .join(Donor, col(Donor.id) == Pledge.donor_id)
            .where(*wanted)
            .order_by((col(Pledge.approved) > 0).desc(), col(Pledge.id))
            .limit(limit)
            .offset(offset)
        )
        return [row_of(pledge, donor, scope) for pledge, donor in rows], count


def issue_sheet(scope: Scope, pledge_code: str) -> IssueSheet:
    """One pledge at the counter of issuing; raises Refused("not_found") outside the scope."""
    pledge = sheet(scope, pledge_code)
    with reading() as session:
        found = session.exec(
            select(Match, Person, Commune.name, Proposal)
            .join(Person, col(Person.id) == Match.person_id)
            .join(Commune, col(Commune.code) == Match.commune_code)
            .join(Proposal, col(Proposal.id) == Match.proposal_id)
            .where(
                scope.covers(Match),
                Match.pledge_id == pledge.row.id,
                col(Match.state).in_(_SHOWN),
            )
            .order_by(col(Match.proposal_id), col(Match.rank))
        ).all()
        proposals: dict[int, ApprovedProposal] = {}
        for _match, _person, _commune, one in found:
            known = proposals.get(one.id or 0)
            people = (known.people if known else 0) + 1
            proposals[one.id or 0] = ApprovedProposal(
                one.id or 0, one.code, people, one.submitted_at
            )
        rows = tuple(
            from_row(
                IssueRow,
                match,
                match_id=match.id or 0,
                proposal_code=one.code,
                full_name=person.full_name,
                birth=person.birth_date,
                cccd=mask_number(person.cccd or ""),
                hamlet=person.hamlet,
                commune=commune,
                document_number=match.document_number or "",
            )
            for match, person, commune, one in found
        )
    return IssueSheet(pledge, rows, tuple(proposals.values()))


def read_numbers(scope: Scope, pledge_code: str, text: str) -> Block:
    """Place a pasted block on the people who wait, in the order of the sheet."""
    with reading() as session:
        found = session.exec(
            select(Match.id, Person.full_name, Person.cccd)
            .join(Person, col(Person.id) == Match.person_id)
            .join(Pledge, col(Pledge.id) == Match.pledge_id)
            .where(
                scope.covers(Match),
                Pledge.code == pledge_code,
                Match.state == MatchState.APPROVED,
            )
            .order_by(col(Match.proposal_id), col(Match.rank))
        )
        waiting = [Waiting(match_id or 0, name, cccd or "") for match_id, name, cccd in found]
    return read_block(text, waiting)
