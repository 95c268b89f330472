"""Who holds an issued card or book and still waits for a hand-over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy
from sqlmodel import col, func, select

from db import clock
from db.conditions import has_refused
from db.models import Commune, Donor, Event, EventMatch, Match, Outcome, Person, Pledge, Policy
from db.queries.donor_names import donor_name
from db.queries.values import from_row
from db.rules.access import Role
from db.rules.masking import mask_name
from db.rules.states import LIVE_EVENT, Benefit, MatchState, Presence
from db.rules.workdays import add_working_days
from db.scope import Scope
from db.unit_of_work import reading

DEFAULT_PROPOSAL_DAYS = 10
UNMASKED = (Role.OFFICER, Role.APPROVER, Role.OFFICE)
"""Those who work with the people of a list read their names; others read masked ones."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Issued cards or books of one pledge in one commune that no event is planned for."""

    pledge_id: int
    pledge_code: str
    donor: str
    benefit: Benefit
    commune_code: str
    commune: str
    registered_on: date
    people: int
    days: int
    """Calendar days since the pledge."""
    due: date
    """Last working day for proposing time, place and form."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who waits for, is invited to or was at an event."""

    match_id: int
    name: str
    birth: str | None
    hamlet: str
    bhxh: str
    document_number: str
    value: int
    """The donor's share in đồng."""
    presence: Presence | None = None
    receiver: str = ""


def waiting(scope: Scope, pledge_code: str | None = None) -> list[Waiting]:
    """Longest overdue first."""
    condition = [
        col(Match.state) == MatchState.ISSUED,
        scope.covers(Match),
        ~_invited_elsewhere(),
        ~has_refused(),
    ]
    if pledge_code:
        condition.append(col(Pledge.code) == pledge_code)
    place_and_pledge: Any = (
        col(Pledge.id).label("pledge_id"),
        col(Pledge.code).label("pledge_code"),
        donor_name(scope),
        col(Pledge.benefit),
        col(Commune.code).label("commune_code"),
        col(Commune.name).label("commune"),
        col(Pledge.registered_on),
        col(Policy.proposal_days),
    )
    statement: Any = (
        sqlalchemy.select(*place_and_pledge, func.count().label("people"))
        .select_from(Match)
        .join(Pledge, col(Pledge.id) == Match.pledge_id)
        .join(Donor, col(Donor.id) == Pledge.donor_id)
        .join(Commune, col(Commune.code) == Match.commune_code)
        .outerjoin(
            Policy,
            (col(Policy.province_code) == Match.province_code) & (col(Policy.year) == Match.year),
        )
        .where(*condition)
        .group_by(*place_and_pledge)
    )
    today = clock.today()
    with reading() as session:
        rows = [_waiting(found, today) for found in session.exec(statement)]
    return sorted(rows, key=lambda row: (row.due, row.pledge_code, row.commune))


def people_waiting(scope: Scope, pledge_id: int, commune_code: str) -> list[Recipient]:
    """Who of one pledge and commune can be invited now."""
    with reading() as session:
        found = session.exec(
            select(Match, Person)
            .join(Person, col(Person.id) == Match.person_id)
            .where(
                col(Match.pledge_id) == pledge_id,
                col(Match.commune_code) == commune_code,
                col(Match.state) == MatchState.ISSUED,
                scope.covers(Match),
                ~_invited_elsewhere(),
                ~has_refused(),
            )
            .order_by(col(Person.hamlet), col(Person.sort_key), col(Match.id))
        )
        return [recipient(match, person, None, scope) for match, person in found]


def unwilling(scope: Scope) -> dict[str, int]:
    """Issued cards and books whose people do not want them: pledge code → how many."""
    with reading() as session:
        rows = session.exec(
            select(Pledge.code, func.count())
            .join(Match, col(Match.pledge_id) == Pledge.id)
            .where(col(Match.state) == MatchState.ISSUED, scope.covers(Match), has_refused())
            .group_by(col(Pledge.code))
            .order_by(col(Pledge.code))
        )
        return dict(rows.all())


def recipient(match: Match, person: Person, answer: Outcome | None, scope: Scope) -> Recipient:
    """A person as this reader may see them."""
    open_names = scope.role in UNMASKED
    return Recipient(
        match_id=match.id or 0,
        name=person.full_name if open_names else mask_name(person.full_name),
        birth=person.birth_date if open_names else (person.birth_date or "")[:4] or None,
        hamlet=person.hamlet,
        bhxh=(person.bhxh or "") if open_names else "",
        document_number=(match.document_number or "") if open_names else "",
        value=match.donor_share,
        presence=answer.presence if answer else None,
        receiver=(answer.receiver if open_names else "") if answer else "",
    )


def _waiting(found: Any, today: date) -> Waiting:
    days = found.proposal_days or DEFAULT_PROPOSAL_DAYS
    return from_row(
        Waiting,
        found,
        days=(today - found.registered_on).days,
        due=add_working_days(found.registered_on, days),
    )


def _invited_elsewhere() -> Any:
    """A condition on Match: somebody a live event is planned for."""
    return (
        select(EventMatch.match_id)
        .join(Event, col(Event.id) == EventMatch.event_id)
        .where(EventMatch.match_id == Match.id, col(Event.state).in_(LIVE_EVENT))
        .exists()
    )
