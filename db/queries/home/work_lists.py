"""What waits around commune lists: sending, reviewing, comparing, posting."""

from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlmodel import and_, col, func, or_, select

from db import clock
from db.models import (
    Attachment,
    Commune,
    CommuneList,
    DuplicatePair,
    Nomination,
    Objection,
    OfficeCommune,
    Posting,
)
from db.queries.home.tasks import Kind, Task
from db.rules.access import Role
from db.rules.states import ListState, NominationState, ObjectionState, PairState, PostingState
from db.rules.workdays import add_working_days
from db.scope import Scope
from db.unit_of_work import reading

MOST_MISSING = 5
"""Communes without a list are many in January: a few at a time."""

_OFFICE_DOES = {
    ListState.RETURNED: Kind.LIST_RETURNED,
    ListState.SUBMITTED: Kind.LIST_WAITS,
    ListState.REVIEWED: Kind.LIST_TO_POST,
}
_OFFICER_DOES = {
    ListState.SUBMITTED: Kind.LIST_TO_REVIEW,
    ListState.REVIEWED: Kind.LIST_TO_POST,
}


def lists(scope: Scope) -> list[Task]:
    """Lists to mend, review or post."""
    does = _OFFICE_DOES if scope.role is Role.OFFICE else _OFFICER_DOES
    columns: Any = (
        col(CommuneList.code),
        col(CommuneList.state),
        col(CommuneList.reason),
        col(CommuneList.submitted_at),
        col(CommuneList.reviewed_at),
        col(Commune.name),
    )
    people = func.count(col(Nomination.id))
    eligible = people.filter(col(Nomination.state) == NominationState.ELIGIBLE)
    statement: Any = (
        sqlalchemy.select(*columns, people, eligible)
        .select_from(CommuneList)
        .join(Commune, col(Commune.code) == CommuneList.commune_code)
        .outerjoin(
            Nomination,
            and_(
                col(Nomination.list_id) == CommuneList.id,
                col(Nomination.state) != NominationState.WITHDRAWN,
            ),
        )
        .where(col(CommuneList.state).in_(does), scope.covers(CommuneList))
        .group_by(*columns)
        .order_by(col(CommuneList.submitted_at), col(CommuneList.code))
    )
    tasks = []
    with reading() as session:
        for code, state, reason, sent, reviewed, commune, listed, fit in session.exec(statement):
            post = state is ListState.REVIEWED
            since = _day(reviewed if post else sent)
            told = reason if state is ListState.RETURNED else ""
            count = fit if post else listed
            tasks.append(Task(does[state], code, commune, count, since=since, who=told))
    return tasks


def communes_without_list(scope: Scope, year: int) -> list[Task]:
    """Communes of an office that sent nothing this year."""
    sent = select(CommuneList.commune_code).where(
        CommuneList.year == year, CommuneList.state != ListState.WITHDRAWN
    )
    statement = (
        select(Commune.code, Commune.name)
        .join(OfficeCommune, col(OfficeCommune.commune_code) == Commune.code)
        .where(OfficeCommune.office_id == scope.office_id, col(Commune.code).not_in(sent))
        .order_by(Commune.name)
        .limit(MOST_MISSING)
    )
    with reading() as session:
        return [Task(Kind.LIST_MISSING, code, name) for code, name in session.exec(statement)]


def pairs(scope: Scope) -> list[Task]:
    """Possible duplicates per list: the officer compares, the office answers what was asked."""
    office = scope.role is Role.OFFICE
    does = {PairState.ASKED: Kind.PAIRS_ASKED if office else Kind.PAIRS_WAIT}
    if not office:
        does[PairState.OPEN] = Kind.PAIRS_OPEN
    columns: Any = (col(CommuneList.code), col(Commune.name), col(DuplicatePair.state))
    statement: Any = (
        sqlalchemy.select(*columns, func.count(func.distinct(col(DuplicatePair.id))))
        .select_from(DuplicatePair)
        .join(
            Nomination,
            or_(
                col(Nomination.person_id) == DuplicatePair.first_id,
                col(Nomination.person_id) == DuplicatePair.second_id,
            ),
        )
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .join(Commune, col(Commune.code) == CommuneList.commune_code)
        .where(
            col(DuplicatePair.state).in_(does),
            col(CommuneList.state) == ListState.SUBMITTED,
            col(Nomination.state) != NominationState.WITHDRAWN,
            scope.covers(Nomination),
        )
        .group_by(*columns)
        .order_by(col(CommuneList.code))
    )
    with reading() as session:
        return [
            Task(does[state], code, commune, count)
            for code, commune, state, count in session.exec(statement)
        ]


def postings(scope: Scope, today: date) -> list[Task]:
    """Lists that hang: proof to send in, to be closed when their days are over."""
    proof = (
        select(Attachment.id)
        .where(Attachment.record_kind == "Posting", Attachment.record_id == Posting.id)
        .exists()
    )
    objected = (
        select(Objection.id)
        .where(Objection.posting_id == Posting.id, Objection.state == ObjectionState.RECEIVED)
        .exists()
    )
    statement: Any = (
        sqlalchemy.select(
            col(CommuneList.code),
            col(Commune.name),
            col(Posting.opened_on),
            col(Posting.due_on),
            proof,
            objected,
        )
        .select_from(Posting)
        .join(CommuneList, col(CommuneList.id) == Posting.list_id)
        .join(Commune, col(Commune.code) == Posting.commune_code)
        .where(col(Posting.state) == PostingState.OPEN, scope.covers(Posting))
        .order_by(col(Posting.due_on), col(CommuneList.code))
    )
    tasks = []
    with reading() as session:
        for code, commune, opened, due, proved, disputed in session.exec(statement):
            if scope.role is Role.OFFICE and not proved:
                tasks.append(
                    Task(Kind.PROOF_MISSING, code, commune, since=opened, due=max(due, opened))
                )
            if scope.role is not Role.OFFICE and due < today and not disputed:
                close_by = add_working_days(due, 1)
                tasks.append(Task(Kind.POSTING_DUE, code, commune, since=opened, due=close_by))
    return tasks


def objections(scope: Scope) -> list[Task]:
    """Objections nobody answered, per list, by the nearest deadline."""
    columns: Any = (col(CommuneList.code), col(Commune.name))
    statement: Any = (
        sqlalchemy.select(
            *columns,
            func.count(),
            func.min(col(Objection.received_on)),
            func.min(col(Objection.answer_by)),
        )
        .select_from(Objection)
        .join(Posting, col(Posting.id) == Objection.posting_id)
        .join(CommuneList, col(CommuneList.id) == Posting.list_id)
        .join(Commune, col(Commune.code) == Objection.commune_code)
        .where(col(Objection.state) == ObjectionState.RECEIVED, scope.covers(Objection))
        .group_by(*columns)
    )
    with reading() as session:
        return [
            Task(Kind.OBJECTIONS_OPEN, code, commune, count, since=since, due=due)
            for code, commune, count, since, due in session.exec(statement)
        ]


def _day(moment: datetime | None) -> date | None:
    return clock.local_day(moment) if moment else None
