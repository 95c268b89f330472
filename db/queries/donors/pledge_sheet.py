"""One pledge with everything about it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from db.errors import Refused
from db.models import (
    Account,
    Category,
    Commune,
    Donor,
    Match,
    Pledge,
    PledgeCategory,
    PledgeCommune,
    Receipt,
)
from db.queries.donors.pledges import PledgeRow, row_of
from db.queries.values import from_row
from db.rules.states import MatchState
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    id: int
    amount: int
    received_on: date
    reference: str
    reverses_id: int | None
    reversed: bool
    reason: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PledgeSheet:
    """One pledge with wishes, receipts (oldest first) and the number of its matches by state."""

    row: PledgeRow
    wish: str
    wished_sex: str | None
    min_age: int | None
    max_age: int | None
    communes: tuple[str, ...]
    categories: tuple[str, ...]
    receipts: tuple[ReceiptRow, ...]
    matches: dict[MatchState, int]
    recorded_by: str
    recorded_at: datetime


def sheet(scope: Scope, code: str) -> PledgeSheet:
    """Everything about one pledge; raises Refused("not_found") outside the scope."""
    with reading() as session:
        found = session.exec(
            select(Pledge, Donor, Account.full_name)
            .join(Donor, col(Donor.id) == Pledge.donor_id)
            .outerjoin(Account, col(Account.username) == Pledge.recorded_by)
            .where(scope.covers(Pledge), Pledge.code == code)
        ).one_or_none()
        if found is None:
            raise Refused("not_found")
        pledge, donor, recorded_by = found
        return from_row(
            PledgeSheet,
            pledge,
            row=row_of(pledge, donor, scope),
            communes=_wished_communes(session, pledge.id),
            categories=_wished_categories(session, pledge.id),
            receipts=_receipts(session, pledge.id),
            matches=_matches(session, pledge.id),
            recorded_by=recorded_by or pledge.recorded_by,
        )


def _wished_communes(session: Session, pledge_id: int | None) -> tuple[str, ...]:
    return tuple(
        session.exec(
            select(Commune.name)
            .join(PledgeCommune, col(PledgeCommune.commune_code) == Commune.code)
            .where(PledgeCommune.pledge_id == pledge_id)
            .order_by(Commune.code)
        )
    )


def _wished_categories(session: Session, pledge_id: int | None) -> tuple[str, ...]:
    return tuple(
        session.exec(
            select(Category.label)
            .join(PledgeCategory, col(PledgeCategory.category_code) == Category.code)
            .where(PledgeCategory.pledge_id == pledge_id)
            .order_by(col(Category.position))
        )
    )


def _receipts(session: Session, pledge_id: int | None) -> tuple[ReceiptRow, ...]:
    found = session.exec(
        select(Receipt, Account.full_name)
        .outerjoin(Account, col(Account.username) == Receipt.recorded_by)
        .where(Receipt.pledge_id == pledge_id)
        .order_by(col(Receipt.id))
    ).all()
    taken_back = {receipt.reverses_id for receipt, _name in found}
    return tuple(
        from_row(
            ReceiptRow,
            receipt,
            reversed=receipt.id in taken_back,
            recorded_by=name or receipt.recorded_by,
        )
        for receipt, name in found
    )


def _matches(session: Session, pledge_id: int | None) -> dict[MatchState, int]:
    found = session.exec(
        select(Match.state, func.count())
        .where(Match.pledge_id == pledge_id)
        .group_by(col(Match.state))
    )
    return {MatchState(state): count for state, count in found}
