"""Hand-overs: proposed, confirmed, recorded person by person, and counted by their minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from db import clock
from db.commands import attachments
from db.commands.donors.ledger import shift
from db.commands.donors.pledges import close_if_used_up
from db.conditions import has_refused
from db.errors import Refused
from db.models import Attachment, Event, EventMatch, Match, Outcome, Person, Pledge
from db.rules import why
from db.rules.access import Action, Role
from db.rules.states import HANDED_OVER, LIVE_EVENT, EventState, MatchState, Presence
from db.unit_of_work import UnitOfWork, writing

FORMS = ("ceremony", "at_office", "at_home")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A hand-over to be: `match_ids` are the people invited, `starts_at` an aware moment."""

    pledge_id: int
    commune_code: str
    match_ids: Sequence[int]
    starts_at: datetime
    place: str
    form: str = "ceremony"
    guests: str = ""


def propose(new: NewEvent, actor: str) -> str:
    """Name time, place, form and people of a hand-over; returns its code.

    Raises:
        Refused: nobody_invited, place_missing, form_unknown, event_in_past, not_found (a person
            outside the scope, of another pledge or commune, or whose card is not issued),
            already_invited (count), invited_refused (names).
    """
    if not new.match_ids:
        raise Refused("nobody_invited")
    if not new.place.strip():
        raise Refused("place_missing")
    if new.form not in FORMS:
        raise Refused("form_unknown")
    with writing(actor, Action.PROPOSE_EVENT) as work:
        if clock.local_day(new.starts_at) < work.today:
            raise Refused("event_in_past")
        matches = _issued(work, new)
        year, province_code = matches[0].year, matches[0].province_code
        event = Event(
            code=work.next_code("TT", province_code, year),
            province_code=province_code,
            commune_code=new.commune_code,
            year=year,
            pledge_id=new.pledge_id,
            starts_at=new.starts_at,
            place=new.place.strip(),
            form=new.form,
            guests=new.guests.strip(),
            proposed_by=actor,
            proposed_at=work.now,
        )
        work.record("event.proposed", event, after=EventState.PROPOSED, people=len(matches))
        work.session.add_all(
            EventMatch(event_id=event.id or 0, match_id=match.id or 0) for match in matches
        )
        return event.code


def confirm(event_id: int, seen: int, actor: str) -> None:
    """The province agrees to time, place and form."""
    with writing(actor, Action.CONFIRM_EVENT) as work:
        event = work.get(Event, event_id, seen=seen)
        event.confirmed_by = actor
        work.move(event, EventState.CONFIRMED)


def cancel(event_id: int, reason: str, seen: int, actor: str) -> None:
    """Call a hand-over off; its people can be invited again. Once confirmed, an officer does it.

    Raises:
        Refused: reason_missing, event_confirmed, event_recorded (somebody's outcome is noted).
    """
    reason = why.required(reason)
    with writing(actor, Action.PROPOSE_EVENT) as work:
        event = work.get(Event, event_id, seen=seen)
        if event.state is EventState.CONFIRMED and work.scope.role is Role.OFFICE:
            raise Refused("event_confirmed")
        if event.state is EventState.CONFIRMED and _latest(work, event_id):
            raise Refused("event_recorded")
        work.move(event, EventState.CANCELLED, reason=reason)


def record(
    event_id: int,
    outcomes: Mapping[int, tuple[Presence, str]],
    held_on: date,
    seen: int,
    actor: str,
) -> int:
    """Note who was there: {match id: (presence, who signed instead)}; returns how many are left.

    Part of the list may be saved; with the last one the event counts as held. A changed answer
    is a later row, until the minutes are confirmed.

    Raises:
        Refused: transition_not_allowed, held_in_future, held_before_proposal, not_found
            (somebody who is not invited).
    """
    with writing(actor, Action.RECORD_OUTCOME) as work:
        event = work.get(Event, event_id, seen=seen)
        _require_recordable(event)
        if held_on > work.today:
            raise Refused("held_in_future")
        if held_on < clock.local_day(event.proposed_at):
            raise Refused("held_before_proposal", day=clock.local_day(event.proposed_at))
        invited = {match.id for match in _invited(work, event_id)}
        if not invited.issuperset(outcomes):
            raise Refused("not_found")
        before = _latest(work, event_id)
        changed = _write(work, event, outcomes, before, held_on)
        left = len(invited - before.keys() - outcomes.keys())
        moved = event.held_on != held_on
        event.held_on = held_on
        if event.state is EventState.CONFIRMED and not left:
            work.move(event, EventState.HELD, people=changed)
        elif changed or moved:
            event.version += 1
            work.record("event.outcomes_recorded", event, people=changed, left=left)
        return left


def attach(event_id: int, file_name: str, content: bytes, actor: str) -> None:
    """Keep the signed page with the event; see `attachments.keep` for what is refused."""
    with writing(actor, Action.RECORD_OUTCOME) as work:
        event = work.get(Event, event_id)
        _require_recordable(event)
        attachments.keep(work, event, event.province_code, file_name, content)


def confirm_minutes(event_id: int, seen: int, actor: str) -> int:
    """Let a held event count: who received is delivered, on the day it was held.

    Absent people's cards stay issued and wait for another event. Returns how many received.

    Raises:
        Refused: minutes_without_page, minutes_by_recorder, transition_not_allowed.
    """
    with writing(actor, Action.CONFIRM_MINUTES) as work:
        event = work.get(Event, event_id, seen=seen)
        if event.state is EventState.HELD:
            _require_signed_page(work, event_id)
            _require_other_hands(work, event_id)
        work.get(Pledge, event.pledge_id)  # before its matches, as everybody locks them
        outcomes = _latest(work, event_id)
        received = [
            match
            for match in _invited(work, event_id)
            if (outcome := outcomes.get(match.id or 0)) and outcome.presence in HANDED_OVER
        ]
        event.minutes_confirmed_by = actor
        event.minutes_confirmed_at = work.now
        work.move(event, EventState.MINUTED, people=len(received))
        for match in received:
            match.delivered_on = event.held_on
            work.move(match, MatchState.DELIVERED)
        shift(work, event.pledge_id, sum(m.units for m in received), "issued", "delivered")
        close_if_used_up(work, event.pledge_id)
        return len(received)


def note_minutes_printed(event_id: int, actor: str) -> None:
    """Leave a trace before the minutes, with everybody's full data, go out as a file."""
    with writing(actor, Action.EXPORT_MINUTES) as work:
        event = work.get(Event, event_id)
        people = len(_invited(work, event_id))
        work.record("export.minutes", event, people=people)


def take_scan(event_id: int, attachment_id: int, actor: str) -> bytes:
    """A signed page, which holds people's full data, with the trace that it was taken."""
    with writing(actor, Action.EXPORT_MINUTES) as work:
        event = work.get(Event, event_id)
        page = work.session.exec(
            select(Attachment).where(
                Attachment.id == attachment_id,
                Attachment.record_kind == "Event",
                Attachment.record_id == event.id,
            )
        ).one_or_none()
        if page is None:
            raise Refused("not_found")
        work.record("export.signed_page", event, attachment=attachment_id)
        return page.content


def _issued(work: UnitOfWork, new: NewEvent) -> Sequence[Match]:
    """The matches of a new event, locked, checked against scope, pledge, commune and state."""
    wanted = set(new.match_ids)
    matches = work.session.exec(
        select(Match)
        .where(
            col(Match.id).in_(wanted),
            col(Match.pledge_id) == new.pledge_id,
            col(Match.commune_code) == new.commune_code,
            col(Match.state) == MatchState.ISSUED,
            work.scope.covers(Match),
        )
        .order_by(col(Match.id))
        .with_for_update()
    ).all()
    if len(matches) != len(wanted):
        raise Refused("not_found")
    _require_willing(work, wanted)
    taken = work.session.exec(
        select(func.count())
        .select_from(EventMatch)
        .join(Event, col(Event.id) == EventMatch.event_id)
        .where(col(EventMatch.match_id).in_(wanted), col(Event.state).in_(LIVE_EVENT))
    ).one()
    if taken:
        raise Refused("already_invited", count=taken)
    return matches


def _require_willing(work: UnitOfWork, match_ids: set[int]) -> None:
    """Whoever said no is not asked again: their card is refunded."""
    names = work.session.exec(
        select(Person.full_name)
        .join(Match, col(Match.person_id) == Person.id)
        .where(col(Match.id).in_(match_ids), has_refused())
        .order_by(col(Person.sort_key))
    ).all()
    if names:
        raise Refused("invited_refused", names=list(names), count=len(names))


def _invited(work: UnitOfWork, event_id: int) -> Sequence[Match]:
    """Who is invited and still holds an issued card: a refunded one is no longer handed over."""
    return work.session.exec(
        select(Match)
        .join(EventMatch, col(EventMatch.match_id) == Match.id)
        .where(col(EventMatch.event_id) == event_id, col(Match.state) == MatchState.ISSUED)
        .order_by(col(Match.id))
        .with_for_update(of=Match)
    ).all()


def _latest(work: UnitOfWork, event_id: int) -> dict[int, Outcome]:
    rows = work.session.exec(
        select(Outcome).where(col(Outcome.event_id) == event_id).order_by(col(Outcome.sequence))
    )
    return {row.match_id: row for row in rows}


def _write(
    work: UnitOfWork,
    event: Event,
    outcomes: Mapping[int, tuple[Presence, str]],
    before: Mapping[int, Outcome],
    held_on: date,
) -> int:
    """Add a row for every new or changed answer; returns how many."""
    changed = 0
    for match_id, (presence, receiver) in outcomes.items():
        last = before.get(match_id)
        answer = (presence, receiver.strip(), held_on)
        if last and (last.presence, last.receiver, last.on_date) == answer:
            continue
        work.session.add(
            Outcome(
                province_code=event.province_code,
                event_id=event.id or 0,
                match_id=match_id,
                sequence=last.sequence + 1 if last else 1,
                presence=presence,
                receiver=receiver.strip()[:120],
                on_date=held_on,
                recorded_by=work.actor,
                recorded_at=work.now,
            )
        )
        changed += 1
    return changed


def _require_recordable(event: Event) -> None:
    if event.state not in (EventState.CONFIRMED, EventState.HELD):
        raise Refused(
            "transition_not_allowed", kind="Event", current=event.state.value, to=EventState.HELD
        )


def _require_signed_page(work: UnitOfWork, event_id: int) -> None:
    page = work.session.exec(
        select(Attachment.id).where(
            col(Attachment.record_kind) == "Event", col(Attachment.record_id) == event_id
        )
    ).first()
    if page is None:
        raise Refused("minutes_without_page")


def _require_other_hands(work: UnitOfWork, event_id: int) -> None:
    hands = work.session.exec(
        select(Outcome.id).where(
            col(Outcome.event_id) == event_id, col(Outcome.recorded_by) == work.actor
        )
    ).first()
    if hands is not None:
        raise Refused("minutes_by_recorder")
