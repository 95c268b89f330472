"""What waits around commune lists: sending, reviewing, comparing, posting."""

from datetime import date, datetime
from typing import Any, assert_never

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
from db.queries.home.tasks import (
    FileUnfinished,
    ListMissing,
    ListReturned,
    ListTask,
    ListToPost,
    ListToReview,
    ListWaits,
    ObjectionsOpen,
    PairsAsked,
    PairsOpen,
    PairsWait,
    PostingDue,
    ProofMissing,
)
from db.queries.lists import lists as sent_lists
from db.queries.values import from_row
from db.rules.access import Role
from db.rules.states import ListState, NominationState, ObjectionState, PairState, PostingState
from db.rules.workdays import add_working_days
from db.scope import Scope
from db.unit_of_work import reading

MOST_MISSING = 5
"""Communes without a list are many in January: a few at a time."""

_MOVING = (ListState.RETURNED, ListState.SUBMITTED, ListState.REVIEWED)


def lists(scope: Scope) -> list[ListTask]:
    """Lists to mend, review or post."""
    columns: Any = (
        col(CommuneList.code),
        col(CommuneList.state),
        col(CommuneList.reason),
        col(CommuneList.submitted_at),
        col(CommuneList.reviewed_at),
        col(Commune.name).label("commune"),
    )
    people = func.count(col(Nomination.id))
    eligible = people.filter(col(Nomination.state) == NominationState.ELIGIBLE)
    statement: Any = (
        sqlalchemy.select(*columns, people.label("listed"), eligible.label("eligible"))
        .select_from(CommuneList)
        .join(Commune, col(Commune.code) == CommuneList.commune_code)
        .outerjoin(
            Nomination,
            and_(
                col(Nomination.list_id) == CommuneList.id,
                col(Nomination.state) != NominationState.WITHDRAWN,
            ),
        )
        .where(col(CommuneList.state).in_(_MOVING), scope.covers(CommuneList))
        .group_by(*columns)
        .order_by(col(CommuneList.submitted_at), col(CommuneList.code))
    )
    with reading() as session:
        tasks = [_of_list(row, scope.role) for row in session.exec(statement)]
    return [task for task in tasks if task is not None]


def _of_list(row: Any, role: Role) -> ListTask | None:
    """What somebody of this role does next with a list; None if nothing."""
    state: ListState = row.state
    code, commune, sent_on = row.code, row.commune, _day(row.submitted_at)
    match state:
        case ListState.RETURNED if role is not Role.OFFICE:
            return None
        case ListState.RETURNED:
            return ListReturned(
                code=code, commune=commune, since=sent_on, people=row.listed, reason=row.reason
            )
        case ListState.SUBMITTED:
            kind = ListWaits if role is Role.OFFICE else ListToReview
            return kind(code=code, commune=commune, since=sent_on, people=row.listed)
        case ListState.REVIEWED:
            since = _day(row.reviewed_at)
            return ListToPost(code=code, commune=commune, since=since, people=row.eligible)
        case ListState.DRAFT | ListState.POSTED | ListState.CLOSED | ListState.WITHDRAWN:
            return None
        case _:
            assert_never(state)


def unfinished_files(account_id: int) -> list[FileUnfinished]:
    """Files the account chose and has not sent."""
    return [
        FileUnfinished(
            code=str(draft.seen.id),
            commune=draft.commune,
            file_name=draft.file_name,
            since=clock.local_day(draft.seen.at),
        )
        for draft in sent_lists.drafts(account_id)
    ]


def communes_without_list(scope: Scope, year: int) -> list[ListMissing]:
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
        return [ListMissing(code=code, commune=name) for code, name in session.exec(statement)]


def pairs(scope: Scope) -> list[PairsOpen | PairsAsked | PairsWait]:
    """Possible duplicates per list: the officer compares, the office answers what was asked."""
    office = scope.role is Role.OFFICE
    does: dict[PairState, type[PairsOpen | PairsAsked | PairsWait]] = (
        {PairState.ASKED: PairsAsked}
        if office
        else {PairState.ASKED: PairsWait, PairState.OPEN: PairsOpen}
    )
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
            does[state](code=code, commune=commune, pairs=count)
            for code, commune, state, count in session.exec(statement)
        ]


def postings(scope: Scope, today: date) -> list[ProofMissing | PostingDue]:
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
            col(Commune.name).label("commune"),
            col(Posting.opened_on),
            col(Posting.due_on),
            proof.label("proved"),
            objected.label("disputed"),
        )
        .select_from(Posting)
        .join(CommuneList, col(CommuneList.id) == Posting.list_id)
        .join(Commune, col(Commune.code) == Posting.commune_code)
        .where(col(Posting.state) == PostingState.OPEN, scope.covers(Posting))
        .order_by(col(Posting.due_on), col(CommuneList.code))
    )
    with reading() as session:
        open_ones = session.exec(statement).all()
    if scope.role is Role.OFFICE:
        return [
            ProofMissing(
                code=row.code,
                commune=row.commune,
                since=row.opened_on,
                due=max(row.due_on, row.opened_on),
            )
            for row in open_ones
            if not row.proved
        ]
    return [
        PostingDue(
            code=row.code,
            commune=row.commune,
            since=row.opened_on,
            due=add_working_days(row.due_on, 1),
        )
        for row in open_ones
        if row.due_on < today and not row.disputed
    ]


def objections(scope: Scope) -> list[ObjectionsOpen]:
    """Objections nobody answered, per list, by the nearest deadline."""
    columns: Any = (col(CommuneList.code), col(Commune.name).label("commune"))
    statement: Any = (
        sqlalchemy.select(
            *columns,
            func.count().label("objections"),
            func.min(col(Objection.received_on)).label("since"),
            func.min(col(Objection.answer_by)).label("due"),
        )
        .select_from(Objection)
        .join(Posting, col(Posting.id) == Objection.posting_id)
        .join(CommuneList, col(CommuneList.id) == Posting.list_id)
        .join(Commune, col(Commune.code) == Objection.commune_code)
        .where(col(Objection.state) == ObjectionState.RECEIVED, scope.covers(Objection))
        .group_by(*columns)
    )
    with reading() as session:
        return [from_row(ObjectionsOpen, row) for row in session.exec(statement)]


def _day(moment: datetime | None) -> date | None:
    return clock.local_day(moment) if moment else None
