"""What waits around hand-overs: people to invite, events to confirm, record and count."""

from datetime import date
from typing import Any, assert_never

import sqlalchemy
from sqlmodel import col, func, select

from db import clock
from db.models import Attachment, Commune, Event, EventMatch, Pledge
from db.queries.handover.waiting import waiting
from db.queries.home.tasks import (
    EventToConfirm,
    EventToRecord,
    EventWaits,
    HandOverTask,
    MinutesToConfirm,
    MinutesWait,
    PageMissing,
    ToInvite,
)
from db.rules.access import Role
from db.rules.states import LIVE_EVENT, EventState
from db.scope import Scope
from db.unit_of_work import reading


def to_invite(scope: Scope) -> list[HandOverTask]:
    """Issued cards and books no event is planned for."""
    return [
        ToInvite(
            code=row.pledge_code,
            commune=row.commune,
            people=row.people,
            benefit=row.benefit,
            since=row.registered_on,
            due=row.due,
        )
        for row in waiting(scope)
    ]


def events(scope: Scope, today: date) -> list[HandOverTask]:
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
        sqlalchemy.select(
            Event,
            col(Commune.name).label("commune"),
            col(Pledge.benefit),
            people.label("people"),
            page.label("has_page"),
        )
        .join(Commune, col(Commune.code) == Event.commune_code)
        .join(Pledge, col(Pledge.id) == Event.pledge_id)
        .where(
            col(Event.state).in_(LIVE_EVENT),
            scope.covers(Event),
        )
        .order_by(col(Event.starts_at), col(Event.code))
    )
    tasks: list[HandOverTask] = []
    with reading() as session:
        for row in session.exec(statement):
            event, day = row.Event, clock.local_day(row.Event.starts_at)
            kind = _next_step(event.state, scope.role, day <= today, row.has_page)
            if kind is not None:
                tasks.append(
                    kind(
                        code=event.code,
                        commune=row.commune,
                        people=row.people,
                        benefit=row.benefit,
                        since=event.held_on or day,
                        due=day if event.state is not EventState.HELD else None,
                    )
                )
    return tasks


def _next_step(
    state: EventState, role: Role, has_come: bool, has_page: bool
) -> type[HandOverTask] | None:
    """What somebody of this role does next with an event; None if nothing."""
    if role is Role.APPROVER:
        return MinutesToConfirm if state is EventState.HELD and has_page else None
    match state:
        case EventState.PROPOSED:
            return EventToConfirm if role is Role.OFFICER else EventWaits
        case EventState.CONFIRMED:
            return EventToRecord if has_come else None
        case EventState.HELD:
            return MinutesWait if has_page else PageMissing
        case EventState.MINUTED | EventState.CANCELLED:
            return None
        case _:
            assert_never(state)
