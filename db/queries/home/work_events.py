"""What waits around hand-overs: people to invite, events to confirm, record and count."""

from datetime import date
from typing import Any

import sqlalchemy
from sqlmodel import col, func, select

from db import clock
from db.models import Attachment, Commune, Event, EventMatch, Pledge
from db.queries.handover.waiting import waiting
from db.queries.home.tasks import Kind, Task
from db.rules.access import Role
from db.rules.states import LIVE_EVENT, EventState
from db.scope import Scope
from db.unit_of_work import reading


def to_invite(scope: Scope) -> list[Task]:
    """Issued cards and books no event is planned for."""
    return [
        Task(
            Kind.TO_INVITE,
            row.pledge_code,
            row.commune,
            row.people,
            row.benefit,
            since=row.registered_on,
            due=row.due,
        )
        for row in waiting(scope)
    ]


def events(scope: Scope, today: date) -> list[Task]:
    """Events to confirm, record, complete with the signed page, or confirm the minutes of."""
    page = (
        select(Attachment.id)
        .where(Attachment.record_kind == "Event", Attachment.record_id == Event.id)
        .exists()
    )
    people = (
        select(func.count())
        .select_from(EventMatch)
        .where(EventMatch.event_id == Event.id)
        .scalar_subquery()
    )
    statement: Any = (
        sqlalchemy.select(Event, col(Commune.name), col(Pledge.benefit), people, page)
        .join(Commune, col(Commune.code) == Event.commune_code)
        .join(Pledge, col(Pledge.id) == Event.pledge_id)
        .where(
            col(Event.state).in_(LIVE_EVENT),
            scope.covers(Event),
        )
        .order_by(col(Event.starts_at), col(Event.code))
    )
    tasks = []
    with reading() as session:
        for event, commune, benefit, invited, has_page in session.exec(statement):
            day = clock.local_day(event.starts_at)
            kind = _event_work(event.state, scope.role, day <= today, has_page)
            if kind is not None:
                due = day if event.state is not EventState.HELD else None
                since = event.held_on or day
                tasks.append(Task(kind, event.code, commune, invited, benefit, 0, since, due))
    return tasks


def _event_work(state: EventState, role: Role, has_come: bool, has_page: bool) -> Kind | None:
    if role is Role.APPROVER:
        return Kind.MINUTES_TO_CONFIRM if state is EventState.HELD and has_page else None
    if state is EventState.PROPOSED:
        return Kind.EVENT_TO_CONFIRM if role is Role.OFFICER else Kind.EVENT_WAITS
    if state is EventState.CONFIRMED:
        return Kind.EVENT_TO_RECORD if has_come else None
    return Kind.MINUTES_WAIT if has_page else Kind.PAGE_MISSING
