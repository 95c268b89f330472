"""Possible duplicates: the pairs of a list, and one pair side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select

from db.errors import Refused
from db.models import (
    Account,
    Commune,
    CommuneList,
    DuplicatePair,
    Nomination,
    Office,
    OfficeCommune,
    Person,
    Province,
    is_live,
)
from db.rules.access import Role
from db.rules.masking import mask_name, mask_number
from db.rules.states import ListState, PairState
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class PairRow:
    id: int
    state: PairState
    comment: str
    first_name: str
    second_name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record comes from: the list, its row, when it came."""

    list_code: str
    row_number: int
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """One side of a pair; `masked` when it belongs to somebody else's scope.

    A masked record has no hamlet or household and only the year of birth; `office` is whom
    to ask about it.
    """

    person_id: int
    masked: bool
    full_name: str
    birth: str | None
    sex: str | None
    cccd: str
    bhxh: str
    hamlet: str
    commune: str
    province: str
    household: str
    office: str
    categories: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and how alike they are: field → same, near, different or missing."""

    id: int
    version: int
    state: PairState
    evidence: dict[str, str]
    comment: str
    said_by: str
    said_at: datetime | None
    first: Record
    second: Record

    @property
    def may_merge(self) -> bool:
        return self.first.province == self.second.province


def of_list(scope: Scope, list_id: int) -> list[PairRow]:
    """The pairs of people on a list that this scope may know of, undecided ones first."""
    with reading() as session:
        on_list = exists().where(
            col(Nomination.list_id) == list_id,
            or_(
                col(Nomination.person_id) == DuplicatePair.first_id,
                col(Nomination.person_id) == DuplicatePair.second_id,
            ),
            is_live(Nomination),
        )
        pairs = session.exec(
            select(DuplicatePair).where(_visible(scope), on_list).order_by(col(DuplicatePair.id))
        ).all()
        names = _names(session, scope, pairs)
    order = (PairState.OPEN, PairState.ASKED, PairState.SAME, PairState.DIFFERENT)
    rows = [
        PairRow(pair.id or 0, pair.state, pair.comment, names[pair.first_id], names[pair.second_id])
        for pair in pairs
    ]
    return sorted(rows, key=lambda row: order.index(row.state))


def lists_with_pairs(scope: Scope) -> list[tuple[str, str, int]]:
    """Lists that have pairs to decide, for an office to answer: code, commune, number."""
    if scope.role is Role.OFFICE:
        waiting = col(DuplicatePair.state) == PairState.ASKED
    else:
        waiting = and_(
            col(DuplicatePair.state).in_((PairState.OPEN, PairState.ASKED)),
            col(CommuneList.state) == ListState.SUBMITTED,
        )
    with reading() as session:
        rows = session.exec(
            select(CommuneList.code, Commune.name, func.count(func.distinct(DuplicatePair.id)))
            .join(Nomination, col(Nomination.list_id) == CommuneList.id)
            .join(Commune, col(Commune.code) == CommuneList.commune_code)
            .join(
                DuplicatePair,
                or_(
                    col(DuplicatePair.first_id) == Nomination.person_id,
                    col(DuplicatePair.second_id) == Nomination.person_id,
                ),
            )
            .where(
                _visible(scope),
                scope.covers(CommuneList),
                waiting,
                is_live(Nomination),
            )
            .group_by(col(CommuneList.code), col(Commune.name), col(CommuneList.submitted_at))
            .order_by(col(CommuneList.submitted_at), col(CommuneList.code))
        )
        return [(code, commune, number) for code, commune, number in rows]


def pair(scope: Scope, pair_id: int) -> Pair:
    """One pair; what is outside the scope comes masked.

    Raises:
        Refused: not_found.
    """
    with reading() as session:
        found = session.exec(
            select(DuplicatePair, Account.full_name)
            .outerjoin(Account, col(Account.username) == DuplicatePair.decided_by)
            .where(_visible(scope), col(DuplicatePair.id) == pair_id)
        ).one_or_none()
        if found is None:
            raise Refused("not_found")
        row, said_by = found
        records = _records(session, scope, (row.first_id, row.second_id))
    return Pair(
        id=pair_id,
        version=row.version,
        state=row.state,
        evidence=dict(row.evidence),
        comment=row.comment,
        said_by=said_by or "",
        said_at=row.decided_at,
        first=records[row.first_id],
        second=records[row.second_id],
    )


def _visible(scope: Scope) -> ColumnElement[bool]:
    """A province sees the pairs it must decide, an office those that name people of its own."""
    if scope.office_id is None:
        return scope.covers(DuplicatePair)
    return exists().where(
        or_(col(Person.id) == DuplicatePair.first_id, col(Person.id) == DuplicatePair.second_id),
        scope.covers(Person),
    )


def _names(session: Session, scope: Scope, pairs: Sequence[DuplicatePair]) -> dict[int, str]:
    ids = {identity for pair in pairs for identity in (pair.first_id, pair.second_id)}
    own = _own(session, scope, ids)
    rows = session.exec(select(Person.id, Person.full_name).where(col(Person.id).in_(ids)))
    return {identity or 0: name if identity in own else mask_name(name) for identity, name in rows}


def _own(session: Session, scope: Scope, ids: Collection[int]) -> set[int | None]:
    rows = session.exec(select(Person.id).where(col(Person.id).in_(ids), scope.covers(Person)))
    return set(rows)


def _records(session: Session, scope: Scope, ids: tuple[int, int]) -> dict[int, Record]:
    own = _own(session, scope, ids)
    people = session.exec(
        select(Person, Commune.name, Province.name, Office.name)
        .join(Commune, col(Commune.code) == Person.commune_code)
        .join(Province, col(Province.code) == Person.province_code)
        .outerjoin(OfficeCommune, col(OfficeCommune.commune_code) == Person.commune_code)
        .outerjoin(Office, col(Office.id) == OfficeCommune.office_id)
        .where(col(Person.id).in_(ids))
    ).all()
    sources = session.exec(
        select(Nomination, CommuneList)
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .where(col(Nomination.person_id).in_(ids), is_live(Nomination))
        .order_by(col(CommuneList.submitted_at), col(Nomination.id))
    ).all()
    return {
        person.id or 0: _record(
            person,
            commune,
            province,
            office=office or "",
            masked=person.id not in own,
            sources=[(one, owner) for one, owner in sources if one.person_id == person.id],
        )
        for person, commune, province, office in people
    }


def _record(
    person: Person,
    commune: str,
    province: str,
    *,
    office: str,
    masked: bool,
    sources: list[tuple[Nomination, CommuneList]],
) -> Record:
    birth = person.birth_date
    return Record(
        person_id=person.id or 0,
        masked=masked,
        full_name=mask_name(person.full_name) if masked else person.full_name,
        birth=birth[:4] if masked and birth else birth,
        sex=person.sex,
        cccd=mask_number(person.cccd or ""),
        bhxh=mask_number(person.bhxh or ""),
        hamlet="" if masked else person.hamlet,
        commune=commune,
        province=province,
        household="" if masked else person.household,
        office=office,
        categories=()
        if masked
        else tuple(sorted({code for one, _owner in sources for code in one.categories})),
        sources=tuple(
            Source(owner.code, one.row_number, owner.submitted_at) for one, owner in sources
        ),
    )
