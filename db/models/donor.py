"""Donors, what they pledged and what they paid."""

from datetime import date, datetime

from sqlalchemy import BigInteger
from sqlmodel import CheckConstraint, Field, Index

from db.models.base import Table, stored_by_value
from db.rules.states import Benefit, Binds, PledgeState


class Donor(Table, table=True):
    __table_args__ = (Index(None, "province_code", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=200)
    """Folded name, for finding the donor again."""
    tax_code: str | None = Field(default=None, max_length=14, index=True)
    """Tax code, or the citizen ID of a private person."""
    contact: str = Field(default="", max_length=120)
    phone: str = Field(default="", max_length=20)
    created_at: datetime


class Pledge(Table, table=True):
    """Books, cards or money promised for one programme year.

    The six buckets are pieces for a pledge in pieces and đồng for a pledge in money; they
    always add up to what was pledged. Money received and spent is kept beside them.
    """

    __table_args__ = (
        CheckConstraint(
            "(binds = 'pieces' AND quantity > 0 AND amount IS NULL)"
            " OR (binds = 'money' AND amount > 0 AND quantity IS NULL)",
            name="pieces_or_money",
        ),
        CheckConstraint(
            "free >= 0 AND reserved >= 0 AND approved >= 0 AND issued >= 0"
            " AND delivered >= 0 AND withdrawn >= 0",
            name="no_bucket_negative",
        ),
        CheckConstraint(
            "COALESCE(quantity, amount)"
            " = free + reserved + approved + issued + delivered + withdrawn",
            name="ledger_balances",
        ),
        CheckConstraint("received >= 0 AND spent >= 0 AND spent <= received", name="funded"),
        CheckConstraint("months IN (3, 6, 12)", name="months_allowed"),
        CheckConstraint("min_age IS NULL OR max_age IS NULL OR min_age <= max_age", name="ages"),
        Index(None, "province_code", "year", "benefit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=20)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    donor_id: int = Field(foreign_key="donor.id", index=True)
    year: int
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    binds: Binds = Field(default=Binds.PIECES, sa_type=stored_by_value(Binds))
    quantity: int | None = None
    amount: int | None = Field(default=None, sa_type=BigInteger)
    months: int = 12
    piece_price: int = Field(sa_type=BigInteger)
    """đồng for one piece without any State share, frozen on the day of registration."""
    registered_on: date
    expected_on: date | None = None
    """Day the donor means to pay."""
    anonymous: bool = False
    """Outside the province the donor is not named with this pledge."""
    wish: str = Field(default="", max_length=500)
    wished_sex: str | None = Field(default=None, max_length=1)
    min_age: int | None = None
    max_age: int | None = None
    state: PledgeState = Field(default=PledgeState.ACTIVE, sa_type=stored_by_value(PledgeState))
    reason: str = Field(default="", max_length=500)
    version: int = 1
    recorded_by: str = Field(max_length=64)
    recorded_at: datetime
    free: int = Field(sa_type=BigInteger)
    reserved: int = Field(default=0, sa_type=BigInteger)
    approved: int = Field(default=0, sa_type=BigInteger)
    issued: int = Field(default=0, sa_type=BigInteger)
    delivered: int = Field(default=0, sa_type=BigInteger)
    withdrawn: int = Field(default=0, sa_type=BigInteger)
    received: int = Field(default=0, sa_type=BigInteger)
    spent: int = Field(default=0, sa_type=BigInteger)


class PledgeCommune(Table, table=True):
    """A commune the donor wishes to help; none means anywhere in the province."""

    __tablename__ = "pledge_commune"

    pledge_id: int = Field(primary_key=True, foreign_key="pledge.id")
    commune_code: str = Field(primary_key=True, foreign_key="commune.code", max_length=5)


class PledgeCategory(Table, table=True):
    """A category the donor wishes to help; none means any."""

    __tablename__ = "pledge_category"

    pledge_id: int = Field(primary_key=True, foreign_key="pledge.id")
    category_code: str = Field(primary_key=True, foreign_key="category.code", max_length=10)


class Receipt(Table, table=True):
    """Money that came in, insert-only; a correction is a row that reverses another."""

    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        CheckConstraint("(amount < 0) = (reverses_id IS NOT NULL)", name="negative_reverses"),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    pledge_id: int = Field(foreign_key="pledge.id", index=True)
    amount: int = Field(sa_type=BigInteger)
    received_on: date
    reference: str = Field(default="", max_length=120)
    reverses_id: int | None = Field(default=None, foreign_key="receipt.id", unique=True)
    reason: str = Field(default="", max_length=500)
    recorded_by: str = Field(max_length=64)
    recorded_at: datetime
