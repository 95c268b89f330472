"""Hand-over events: planned, held, and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, select

from db import clock
from db.errors import Refused
from db.models import (
    Account,
    Attachment,
    Commune,
    Donor,
    Event,
    EventMatch,
    Match,
    Office,
    OfficeCommune,
    Outcome,
    Person,
    Pledge,
    Province,
)
from db.queries.donor_names import donor_name
from db.queries.handover.waiting import Recipient, recipient
from db.queries.values import from_row
from db.rules.states import HANDED_OVER, LIVE_EVENT, Benefit, EventState, MatchState
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class EventRow:
    id: int
    code: str
    state: EventState
    version: int
    starts_at: datetime
    commune_code: str
    commune: str
    place: str
    form: str
    benefit: Benefit
    pledge_code: str
    donor: str
    people: int
    received: int
    recorded: int


@dataclass(frozen=True, slots=True)
class Scan:
    id: int
    file_name: str
    content_type: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class EventDetail:
    row: EventRow
    province: str
    province_short: str
    office: str
    """The base-level office of the commune, empty without one."""
    year: int
    months: int
    anonymous: bool
    guests: str
    reason: str
    registered_on: date
    held_on: date | None
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str
    minutes_confirmed_by: str
    minutes_confirmed_at: datetime | None
    recorded_by: frozenset[str]
    """User names of those who noted outcomes: none of them confirms the minutes."""
    people: tuple[Recipient, ...]
    scans: tuple[Scan, ...]


def listed(
    scope: Scope,
    states: tuple[EventState, ...] = LIVE_EVENT,
    *,
    since: date | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[EventRow], int]:
    """In order of time, those that are over newest first; with the number that fit.

    Cancelled ones come only when asked for.
    """
    condition = [scope.covers(Event), col(Event.state).in_(states)]
    if since:
        condition.append(col(Event.starts_at) >= _midnight(since))
    with reading() as session:
        count = session.exec(select(func.count()).select_from(Event).where(*condition)).one()
        page = (
            _event_rows(scope)
            .where(*condition)
            .order_by(*_order(states))
            .limit(limit)
            .offset(offset)
        )
        return _with_counts(session, session.exec(page).all()), count


def one(scope: Scope, code: str) -> EventDetail:
    """One event with its people, or Refused `not_found`."""
    with reading() as session:
        statement = _event_rows(scope).where(scope.covers(Event), col(Event.code) == code)
        found = session.exec(statement).one_or_none()
        if found is None:
            raise Refused("not_found")
        (row,) = _with_counts(session, [found])
        entry = session.get_one(Event, row.id)
        pledge = session.get_one(Pledge, entry.pledge_id)
        province = session.get_one(Province, entry.province_code)
        office = session.exec(
            select(Office.name)
            .join(OfficeCommune, col(OfficeCommune.office_id) == Office.id)
            .where(OfficeCommune.commune_code == entry.commune_code)
        ).first()
        names = _names(session, {entry.proposed_by, entry.confirmed_by, entry.minutes_confirmed_by})
        people, recorders = _people(session, entry, scope)
        scans = session.exec(
            select(Attachment, Account.full_name)
            .outerjoin(Account, col(Account.username) == Attachment.added_by)
            .where(col(Attachment.record_kind) == "Event", col(Attachment.record_id) == entry.id)
            .order_by(col(Attachment.id))
        )
        return from_row(
            EventDetail,
            entry,
            row=row,
            province=province.name,
            province_short=province.short_name,
            office=office or "",
            months=pledge.months,
            anonymous=pledge.anonymous,
            registered_on=pledge.registered_on,
            proposed_by=names.get(entry.proposed_by, entry.proposed_by),
            confirmed_by=names.get(entry.confirmed_by or "", entry.confirmed_by or ""),
            minutes_confirmed_by=names.get(
                entry.minutes_confirmed_by or "", entry.minutes_confirmed_by or ""
            ),
            recorded_by=recorders,
            people=people,
            scans=tuple(
                Scan(a.id or 0, a.file_name, a.content_type, name or a.added_by, a.added_at)
                for a, name in scans
            ),
        )


def _order(states: tuple[EventState, ...]) -> tuple[Any, Any]:
    if set(states) <= set(LIVE_EVENT):
        return col(Event.starts_at), col(Event.id)
    return col(Event.starts_at).desc(), col(Event.id).desc()


def _event_rows(scope: Scope) -> Any:
    return (
        sqlalchemy.select(
            Event,
            col(Commune.name).label("commune"),
            col(Pledge.benefit),
            col(Pledge.code).label("pledge_code"),
            donor_name(scope),
        )
        .join(Commune, col(Commune.code) == Event.commune_code)
        .join(Pledge, col(Pledge.id) == Event.pledge_id)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
    )


def _with_counts(session: Session, found: Sequence[Any]) -> list[EventRow]:
    counts = _counts(session, [row.Event.id for row in found])
    nobody = dict.fromkeys(("people", "received", "recorded"), 0)
    return [
        from_row(
            EventRow,
            row.Event,
            commune=row.commune,
            benefit=row.benefit,
            pledge_code=row.pledge_code,
            donor=row.donor,
            **counts.get(row.Event.id, nobody),
        )
        for row in found
    ]


def _counts(session: Session, event_ids: list[int]) -> dict[int, dict[str, int]]:
    """By event: who is invited, who of them received, for whom something is noted."""
    last = (
        select(Outcome.presence)
        .where(Outcome.event_id == EventMatch.event_id, Outcome.match_id == EventMatch.match_id)
        .order_by(col(Outcome.sequence).desc())
        .limit(1)
        .scalar_subquery()
    )
    invited = (
        select(EventMatch.event_id, last.label("presence"))
        .join(Match, col(Match.id) == EventMatch.match_id)
        .where(
            col(EventMatch.event_id).in_(event_ids),
            col(Match.state).in_((MatchState.ISSUED, MatchState.DELIVERED)),
        )
        .subquery()
    )
    presence = invited.c.presence
    sums: Any = sqlalchemy.select(
        invited.c.event_id,
        func.count().label("people"),
        func.count(presence).filter(presence.in_(HANDED_OVER)).label("received"),
        func.count(presence).label("recorded"),
    ).group_by(invited.c.event_id)
    return {
        row.event_id: {
            "people": row.people,
            "received": row.received,
            "recorded": row.recorded,
        }
        for row in session.exec(sums)
    }


def _people(
    session: Session, entry: Event, scope: Scope
) -> tuple[tuple[Recipient, ...], frozenset[str]]:
    """The invited who still hold an issued or delivered card, with their last answer."""
    answers: dict[int, Outcome] = {}
    recorders = set()
    for outcome in session.exec(
        select(Outcome).where(Outcome.event_id == entry.id).order_by(col(Outcome.sequence))
    ):
        answers[outcome.match_id] = outcome
        recorders.add(outcome.recorded_by)
    found = session.exec(
        select(Match, Person)
        .join(EventMatch, col(EventMatch.match_id) == Match.id)
        .join(Person, col(Person.id) == Match.person_id)
        .where(
            EventMatch.event_id == entry.id,
            col(Match.state).in_((MatchState.ISSUED, MatchState.DELIVERED)),
        )
        .order_by(col(Person.hamlet), col(Person.sort_key), col(Match.id))
    )
    people = tuple(
        recipient(match, person, answers.get(match.id or 0), scope) for match, person in found
    )
    return people, frozenset(recorders)


def _names(session: Session, usernames: set[str | None]) -> dict[str, str]:
    found = session.exec(
        select(Account.username, Account.full_name).where(col(Account.username).in_(usernames))
    )
    return dict(found.all())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.VIETNAM)
