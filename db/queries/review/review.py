"""Lists in review, and the people on one of them."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_
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
    is_live,
)
from db.queries.values import from_row
from db.rules.masking import mask_number, mask_phone
from db.rules.states import Benefit, ListState, NominationState, PairState
from db.scope import Scope
from db.unit_of_work import reading

UNDECIDED = (PairState.OPEN, PairState.ASKED)
PAGE = 500
"""People per page of the review table."""

GROUPS = ("pairs", "to_check", "insured", "eligible", "not_eligible", "listed", "all")
_INSURED = ("still_insured", "state_pays", "cover_end_unknown")
_SHOWN: tuple[Any, ...] = (
    col(Nomination.id),
    col(Nomination.row_number),
    col(Nomination.benefit),
    cast(col(Nomination.categories), String).label("categories"),
    col(Nomination.state),
    cast(col(Nomination.reasons), String).label("reasons"),
    col(Nomination.score),
    cast(col(Nomination.points), String).label("points"),
    col(Nomination.reviewed_by),
    col(Nomination.reviewed_at),
    col(Person.full_name),
    col(Person.birth_date),
    col(Person.sex),
    col(Person.cccd),
    col(Person.bhxh),
    col(Person.hamlet),
    col(Person.household),
    col(Person.phone),
    col(Account.full_name).label("reviewer"),
)
"""Columns, not objects: a page has 500 people."""


@dataclass(frozen=True, slots=True)
class ListInReview:
    """A commune's list with the number of people in each state."""

    id: int
    code: str
    state: ListState
    version: int
    commune_code: str
    commune: str
    office: str
    year: int
    round: int
    benefit: Benefit
    submitted_at: datetime | None
    review_began_at: datetime | None
    reason: str
    counts: Counter[NominationState]
    pairs: int
    """Undecided pairs of its people."""

    @property
    def people(self) -> int:
        return sum(self.counts.values()) - self.counts[NominationState.WITHDRAWN]


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of a list as the review table shows them; numbers masked."""

    nomination_id: int
    row_number: int
    full_name: str
    birth: str | None
    sex: str | None
    cccd: str
    hamlet: str
    benefit: Benefit
    categories: tuple[str, ...]
    state: NominationState
    reasons: tuple[dict[str, Any], ...]
    score: int
    points: tuple[tuple[str, int], ...]
    in_pair: bool
    reviewed_by: str
    reviewed_at: datetime | None
    household: str
    bhxh: str
    phone: str


def lists(
    scope: Scope,
    states: Collection[ListState],
    *,
    to_check: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[ListInReview], int]:
    """Lists in these states, those waiting longest first, and how many there are in all.

    With `to_check` also closed lists of somebody about whom something came up since.
    """
    wanted: ColumnElement[bool] = col(CommuneList.state).in_(states)
    if to_check:
        wanted = or_(wanted, and_(col(CommuneList.state) == ListState.CLOSED, _in_doubt()))
    with reading() as session:
        condition = and_(scope.covers(CommuneList), wanted)
        total = session.exec(select(func.count()).select_from(CommuneList).where(condition)).one()
        return _rows(session, condition, limit, offset), total


def _in_doubt() -> ColumnElement[bool]:
    return exists().where(
        col(Nomination.list_id) == CommuneList.id,
        col(Nomination.state) == NominationState.TO_CHECK,
    )


def list_by_code(scope: Scope, code: str) -> ListInReview:
    """One list by its code.

    Raises:
        Refused: not_found, also for what is outside the scope.
    """
    with reading() as session:
        condition = and_(scope.covers(CommuneList), col(CommuneList.code) == code)
        found = _rows(session, condition, 1, 0)
    if not found:
        raise Refused("not_found")
    return found[0]


def group_counts(scope: Scope, list_id: int) -> dict[str, int]:
    """How many people each of GROUPS holds; a person may be in several."""
    sums = [func.count().filter(_in_group(group)) for group in GROUPS]
    asked: Any = select(*sums)
    with reading() as session:
        row = session.exec(
            asked.where(col(Nomination.list_id) == list_id, scope.covers(Nomination))
        ).one()
    return dict(zip(GROUPS, row, strict=True))


def people(scope: Scope, list_id: int, group: str, page: int = 1) -> list[ListedPerson]:
    """One page of a group: listed and doubtful people by row, eligible ones by points."""
    by_points = (col(Nomination.score).desc(),) if group == "eligible" else ()
    rows: Any = (
        sqlalchemy.select(*_SHOWN, _pair_of_person().label("in_pair"))
        .join(Person, col(Person.id) == Nomination.person_id)
        .outerjoin(Account, col(Account.username) == Nomination.reviewed_by)
        .where(col(Nomination.list_id) == list_id, scope.covers(Nomination), _in_group(group))
        .order_by(*by_points, col(Nomination.row_number), col(Nomination.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    with reading() as session:
        return [_person(row) for row in session.exec(rows)]


def _rows(
    session: Session, condition: ColumnElement[bool], limit: int, offset: int
) -> list[ListInReview]:
    found = session.exec(
        select(CommuneList, Commune.name, Office.name)
        .join(Commune, col(Commune.code) == CommuneList.commune_code)
        .outerjoin(OfficeCommune, col(OfficeCommune.commune_code) == CommuneList.commune_code)
        .outerjoin(Office, col(Office.id) == OfficeCommune.office_id)
        .where(condition)
        .order_by(col(CommuneList.submitted_at), col(CommuneList.id))
        .limit(limit)
        .offset(offset)
    ).all()
    ids = [owner.id or 0 for owner, _commune, _office in found]
    counts, pairs = _counts(session, ids), _pairs(session, ids)
    return [
        from_row(
            ListInReview,
            owner,
            commune=commune,
            office=office or "",
            counts=counts[owner.id or 0],
            pairs=pairs[owner.id or 0],
        )
        for owner, commune, office in found
    ]


def _counts(
    session: Session, list_ids: Sequence[int]
) -> defaultdict[int, Counter[NominationState]]:
    counts: defaultdict[int, Counter[NominationState]] = defaultdict(Counter)
    for list_id, state, number in session.exec(
        select(Nomination.list_id, Nomination.state, func.count())
        .where(col(Nomination.list_id).in_(list_ids))
        .group_by(col(Nomination.list_id), col(Nomination.state))
    ):
        counts[list_id][NominationState(state)] = number
    return counts


def _pairs(session: Session, list_ids: Sequence[int]) -> Counter[int]:
    rows = session.exec(
        select(Nomination.list_id, func.count(func.distinct(DuplicatePair.id)))
        .join(DuplicatePair, pair_names(Nomination))
        .where(col(Nomination.list_id).in_(list_ids))
        .group_by(col(Nomination.list_id))
    )
    return Counter(dict(rows.all()))


def pair_names(nomination: type[Nomination]) -> ColumnElement[bool]:
    """The condition that an undecided pair of the nomination's own province names its person."""
    return and_(
        col(DuplicatePair.state).in_(UNDECIDED),
        col(DuplicatePair.province_code) == nomination.province_code,
        or_(
            col(DuplicatePair.first_id) == nomination.person_id,
            col(DuplicatePair.second_id) == nomination.person_id,
        ),
        is_live(nomination),
    )


def _pair_of_person() -> ColumnElement[bool]:
    return exists().where(pair_names(Nomination))


def _in_group(group: str) -> ColumnElement[bool]:
    if group == "pairs":
        return _pair_of_person()
    if group == "insured":
        reasons = cast(col(Nomination.reasons), String)
        named = or_(*(reasons.contains(f'"{code}"') for code in _INSURED))
        return and_(is_live(Nomination), named)
    if group == "all":
        return is_live(Nomination)
    return col(Nomination.state) == NominationState(group)


@lru_cache(maxsize=4096)
def _tuple(text: str) -> tuple[Any, ...]:
    """A stored JSON list with its inner lists as tuples; on one page most are alike."""
    return tuple(tuple(one) if isinstance(one, list) else one for one in json.loads(text))


def _person(row: Any) -> ListedPerson:
    return from_row(
        ListedPerson,
        row,
        nomination_id=row.id,
        birth=row.birth_date,
        cccd=mask_number(row.cccd or ""),
        categories=_tuple(row.categories),
        reasons=_tuple(row.reasons),
        points=_tuple(row.points),
        reviewed_by=row.reviewer or row.reviewed_by or "",
        bhxh=mask_number(row.bhxh or ""),
        phone=mask_phone(row.phone) if row.phone else "",
    )
