"""Issuing what is funded, taking back what is not handed over, the list for the insurer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from db import clock
from db.commands.donors import ledger
from db.commands.matching import matches
from db.errors import Refused
from db.models import (
    Account,
    Category,
    Commune,
    Decision,
    Donor,
    Event,
    Match,
    Nomination,
    Outcome,
    Person,
    Pledge,
    Proposal,
    Province,
)
from db.rules import why
from db.rules.access import Action
from db.rules.document_numbers import is_well_formed, tidy
from db.rules.states import HANDED_OVER, Benefit, EventState, LeftOut, MatchState
from db.unit_of_work import UnitOfWork, writing

_ON_PAPER = (MatchState.APPROVED, MatchState.ISSUED, MatchState.DELIVERED)


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """One approved person in full, with the frozen price in đồng."""

    full_name: str
    birth: str | None
    sex: str | None
    cccd: str
    bhxh: str
    address: str
    categories: str
    months: int
    gross: int
    state: int
    local: int
    donor: int
    document_number: str


@dataclass(frozen=True, slots=True)
class Exported:
    """Everything the insurer's collection needs of one approved proposal."""

    province: str
    place: str
    benefit: Benefit
    proposal_code: str
    pledge_code: str
    donor: str
    approved_on: date
    made_by: str
    approved_by: str
    printed_by: str
    printed_at: datetime
    people: tuple[ExportedPerson, ...]


def issue(pledge_id: int, numbers: Sequence[tuple[int, str]], issued_on: date, actor: str) -> int:
    """Note the numbers of cards or books that were issued; how many. Only what is funded.

    Raises:
        Refused: nobody_chosen, issue_day (on), number_form (numbers), number_twice (numbers),
            number_used (numbers), transition_not_allowed, not_found, not_funded (missing).
    """
    tidied = {match_id: tidy(number) for match_id, number in numbers}
    if not tidied:
        raise Refused("nobody_chosen")
    with writing(actor, Action.ISSUE) as work:
        pledge = work.get(Pledge, pledge_id)
        if not pledge.registered_on <= issued_on <= work.today:
            raise Refused("issue_day", on=issued_on)
        work.alone(f"numbers {pledge.year} {pledge.benefit}")
        _refuse_numbers(work, pledge, list(tidied.values()))
        issued = _of_pledge(work, pledge_id, set(tidied))
        matches.step(work, issued, MatchState.ISSUED)
        for match in issued:
            match.document_number = tidied[match.id or 0]
            match.issued_on = issued_on
        money = sum(match.donor_share for match in issued)
        units = matches.units_of(issued)
        ledger.shift(work, pledge_id, units, "approved", "issued", spend=money)
        work.record("match.issued", pledge, matches=[match.id for match in issued])
        return len(issued)


def release(match_id: int, because: LeftOut, reason: str, actor: str) -> None:
    """Take back an approval before anything is issued; the piece is free again.

    Raises:
        Refused: reason_missing, transition_not_allowed.
    """
    reason = why.required(reason)
    with writing(actor, Action.RELEASE) as work:
        match = _with_pledge(work, match_id)
        work.move(match, MatchState.RELEASED, reason=reason, because=because.value)
        matches.leave_out(work, match, because, reason)
        matches.give_back(work, match.pledge_id, match.units, "approved")


def refund(match_id: int, because: LeftOut, reason: str, actor: str) -> None:
    """Undo an issue that never reached the person; piece and money are free again.

    Raises:
        Refused: reason_missing, transition_not_allowed, handed_over (code).
    """
    reason = why.required(reason)
    with writing(actor, Action.RELEASE) as work:
        match = _with_pledge(work, match_id)
        _refuse_handed_over(work, match)
        work.move(match, MatchState.REFUNDED, reason=reason, because=because.value)
        matches.leave_out(work, match, because, reason)
        matches.give_back(work, match.pledge_id, match.units, "issued", refund=match.donor_share)


def export_approved(proposal_id: int, form: str, actor: str) -> Exported:
    """The approved people in full, for a file; that it left the house is recorded.

    Raises:
        Refused: nobody_approved (code).
    """
    with writing(actor, Action.EXPORT_APPROVED) as work:
        proposal = work.get(Proposal, proposal_id)
        people = _people(work, proposal)
        if not people:
            raise Refused("nobody_approved", code=proposal.code)
        exported = _exported(work, proposal, people)
        work.record("export.approved", proposal, people=len(people), form=form)
        return exported


def _with_pledge(work: UnitOfWork, match_id: int) -> Match:
    """The match, locked after its pledge: the order in which everybody locks them."""
    found = work.session.exec(
        select(Match.pledge_id).where(Match.id == match_id, work.scope.covers(Match))
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    work.get(Pledge, found)
    return work.get(Match, match_id)


def _refuse_handed_over(work: UnitOfWork, match: Match) -> None:
    """A recorded hand-over and a refund exclude each other: the person has the card."""
    last = work.session.exec(
        select(Outcome.presence, Event.code)
        .join(Event, col(Event.id) == Outcome.event_id)
        .where(Outcome.match_id == match.id, Event.state != EventState.CANCELLED)
        .order_by(col(Outcome.id).desc())
    ).first()
    if last is not None and last[0] in HANDED_OVER:
        raise Refused("handed_over", code=last[1])


def _refuse_numbers(work: UnitOfWork, pledge: Pledge, numbers: list[str]) -> None:
    if wrong := [number for number in numbers if not is_well_formed(number, pledge.benefit)]:
        raise Refused("number_form", numbers=wrong, benefit=pledge.benefit)
    if twice := [number for number, times in Counter(numbers).items() if times > 1]:
        raise Refused("number_twice", numbers=twice)
    used = work.session.exec(
        select(Match.document_number).where(
            Match.year == pledge.year,
            Match.benefit == pledge.benefit,
            col(Match.state) != MatchState.REFUNDED,
            col(Match.document_number).in_(numbers),
        )
    ).all()
    if used:
        raise Refused("number_used", numbers=sorted(number or "" for number in used))


def _of_pledge(work: UnitOfWork, pledge_id: int, match_ids: set[int]) -> list[Match]:
    found = list(
        work.session.exec(
            select(Match)
            .where(Match.pledge_id == pledge_id, col(Match.id).in_(match_ids))
            .order_by(col(Match.rank))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
    if len(found) != len(match_ids):
        raise Refused("not_found")
    return found


def _people(work: UnitOfWork, proposal: Proposal) -> tuple[ExportedPerson, ...]:
    labels = dict(work.session.exec(select(Category.code, Category.label)).all())
    found = work.session.exec(
        select(Match, Person, Nomination.categories, Commune.name)
        .join(Person, col(Person.id) == Match.person_id)
        .join(Nomination, col(Nomination.id) == Match.nomination_id)
        .join(Commune, col(Commune.code) == Match.commune_code)
        .where(Match.proposal_id == proposal.id, col(Match.state).in_(_ON_PAPER))
        .order_by(col(Match.rank))
    )
    return tuple(
        ExportedPerson(
            full_name=person.full_name,
            birth=person.birth_date,
            sex=person.sex,
            cccd=person.cccd or "",
            bhxh=person.bhxh or "",
            address=", ".join(filter(None, [person.address or person.hamlet, commune])),
            categories="; ".join(labels.get(code, code) for code in categories),
            months=match.months,
            gross=match.gross,
            state=match.state_share,
            local=match.local_share,
            donor=match.donor_share,
            document_number=match.document_number or "",
        )
        for match, person, categories, commune in found
    )


def _exported(work: UnitOfWork, proposal: Proposal, people: tuple[ExportedPerson, ...]) -> Exported:
    pledge, donor = work.session.exec(
        select(Pledge, Donor.name)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .where(Pledge.id == proposal.pledge_id)
    ).one()
    names = dict(work.session.exec(select(Account.username, Account.full_name)).all())
    decisions = work.session.exec(
        select(Account.full_name, Decision.decided_at)
        .join(Account, col(Account.id) == Decision.account_id)
        .where(Decision.proposal_id == proposal.id, Decision.verdict == "approve")
        .order_by(col(Decision.id))
    ).all()
    approved_at = max((at for _name, at in decisions), default=work.now)
    province = work.session.get_one(Province, proposal.province_code)
    return Exported(
        province=province.name,
        place=province.short_name,
        benefit=proposal.benefit,
        proposal_code=proposal.code,
        pledge_code=pledge.code,
        donor="" if pledge.anonymous else donor,
        approved_on=clock.local_day(approved_at),
        made_by=names.get(proposal.made_by, proposal.made_by),
        approved_by=", ".join(dict.fromkeys(name for name, _at in decisions)),
        printed_by=names.get(work.actor, work.actor),
        printed_at=work.now.astimezone(clock.VIETNAM),
        people=people,
    )
