"""Commune lists as the people who send them see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case
from sqlmodel import col, func, select

from db.errors import Refused
from db.models import (
    Account,
    Commune,
    CommuneList,
    Nomination,
    Office,
    OfficeCommune,
    Upload,
    UploadDraft,
)
from db.queries.values import from_row
from db.rules.drafts import DraftSeen
from db.rules.states import Benefit, ListState, NominationState, UploadPurpose
from db.scope import Scope
from db.unit_of_work import reading

MOST_LISTS = 1_000


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list with how many people it nominates and how far their review is."""

    id: int
    code: str
    commune_code: str
    commune: str
    year: int
    round: int
    benefit: Benefit
    state: ListState
    version: int
    reason: str
    people: int
    eligible: int
    to_check: int
    submitted_at: datetime | None
    review_began_at: datetime | None

    @property
    def can_be_withdrawn(self) -> bool:
        """Until the review begins; a returned list always."""
        if self.state is ListState.RETURNED:
            return True
        return self.state is ListState.SUBMITTED and self.review_began_at is None


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One file that was sent for a list; `counts` as `db.commands.lists.send` stored them."""

    id: int
    file_name: str
    purpose: UploadPurpose
    sent_at: datetime
    sent_by: str
    counts: Mapping[str, Any]
    undone_at: datetime | None
    undone_by: str | None
    undone: Mapping[str, Mapping[str, int]]

    @property
    def left_out(self) -> int:
        """Rows with errors that were not sent."""
        return int(self.counts.get("left_out", 0))


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished upload of one account, without the file itself."""

    commune_code: str
    commune: str
    office: str
    benefit: Benefit
    file_name: str
    corrections: Mapping[str, str]
    answers: Mapping[str, str]
    seen: DraftSeen


def of(scope: Scope, year: int, commune_code: str | None = None) -> list[ListLine]:
    """Lists of a year, newest first; at most 1,000."""
    statement = _lines(scope).where(CommuneList.year == year)
    if commune_code is not None:
        statement = statement.where(CommuneList.commune_code == commune_code)
    with reading() as session:
        rows = session.exec(statement.order_by(col(CommuneList.id).desc()).limit(MOST_LISTS))
        return [_line(row) for row in rows]


def by_code(scope: Scope, code: str) -> ListLine:
    """One list.

    Raises:
        Refused: not_found.
    """
    with reading() as session:
        row = session.exec(_lines(scope).where(CommuneList.code == code)).one_or_none()
    if row is None:
        raise Refused("not_found")
    return _line(row)


def latest(scope: Scope, commune_code: str, year: int, benefit: Benefit) -> ListLine | None:
    """The last list of a commune that was not taken back."""
    statement = _lines(scope).where(
        CommuneList.commune_code == commune_code,
        CommuneList.year == year,
        CommuneList.benefit == benefit,
        CommuneList.state != ListState.WITHDRAWN,
    )
    with reading() as session:
        row = session.exec(statement.order_by(col(CommuneList.round).desc()).limit(1)).first()
        return _line(row) if row else None


def uploads(scope: Scope, list_id: int) -> list[UploadLine]:
    """Every file sent for a list, newest first."""
    with reading() as session:
        found = session.exec(
            select(  # type: ignore[call-overload]
                col(Upload.id),
                Upload.file_name,
                Upload.purpose,
                Upload.sent_at,
                func.coalesce(Account.full_name, Upload.sent_by).label("sent_by"),
                Upload.counts,
                Upload.undone_at,
                Upload.undone_by,
                Upload.undone,
            )
            .join(CommuneList, col(CommuneList.id) == Upload.list_id)
            .outerjoin(Account, col(Account.username) == Upload.sent_by)
            .where(Upload.list_id == list_id, scope.covers(CommuneList))
            .order_by(col(Upload.id).desc())
        )
        return [from_row(UploadLine, row) for row in found]


def drafts(account_id: int) -> list[Draft]:
    """The account's own unfinished uploads, the last one worked on first."""
    with reading() as session:
        rows: Any = session.exec(
            select(  # type: ignore[call-overload]
                UploadDraft.commune_code,
                col(Commune.name).label("commune"),
                func.coalesce(Office.name, "").label("office"),
                UploadDraft.benefit,
                UploadDraft.file_name,
                UploadDraft.corrections,
                UploadDraft.answers,
                col(UploadDraft.id),
                col(UploadDraft.updated_at).label("at"),
            )
            .join(Commune, col(Commune.code) == UploadDraft.commune_code)
            .outerjoin(OfficeCommune, col(OfficeCommune.commune_code) == Commune.code)
            .outerjoin(Office, col(Office.id) == OfficeCommune.office_id)
            .where(UploadDraft.account_id == account_id)
            .order_by(col(UploadDraft.updated_at).desc(), col(UploadDraft.id).desc())
        ).all()
    return [from_row(Draft, row, seen=DraftSeen(row.id, row.at)) for row in rows]


def _lines(scope: Scope) -> Any:
    counted = (
        select(
            col(Nomination.list_id).label("list_id"),
            func.count(func.distinct(Nomination.person_id)).label("people"),
            func.sum(_one_if(NominationState.ELIGIBLE)).label("eligible"),
            func.sum(_one_if(NominationState.TO_CHECK)).label("to_check"),
        )
        .where(Nomination.state != NominationState.WITHDRAWN, scope.covers(Nomination))
        .group_by(col(Nomination.list_id))
        .subquery()
    )
    return (
        select(  # type: ignore[call-overload]
            CommuneList,
            col(Commune.name).label("commune"),
            counted.c.people,
            counted.c.eligible,
            counted.c.to_check,
        )
        .join(Commune, col(Commune.code) == CommuneList.commune_code)
        .outerjoin(counted, counted.c.list_id == CommuneList.id)
        .where(scope.covers(CommuneList))
    )


def _one_if(state: NominationState) -> Any:
    return case((col(Nomination.state) == state, 1), else_=0)


def _line(row: Any) -> ListLine:
    return from_row(
        ListLine,
        row.CommuneList,
        commune=row.commune,
        people=row.people or 0,
        eligible=row.eligible or 0,
        to_check=row.to_check or 0,
    )
