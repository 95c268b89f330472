"""People in hardship, and what is known of their cover."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import CheckConstraint, Field, Index, UniqueConstraint

from db.models.base import Table, stored_by_value
from db.rules.states import Benefit, PairState


class Person(Table, table=True):
    """One person. Citizen IDs repeat in real life: equality is decided by people."""

    __table_args__ = (
        CheckConstraint("sex IN ('M', 'F')", name="sex_known"),
        Index(None, "commune_code", "name_key", "birth_date"),
        Index(None, "commune_code", "birth_date", "name_key"),
        Index(None, "province_code", "name_key", "birth_date"),
        Index(None, "birth_date", "name_key"),
        Index(None, "cccd"),
        Index(None, "bhxh"),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    full_name: str = Field(max_length=120)
    name_key: str = Field(max_length=120)
    """The key under which spellings of a name meet: finds, never proves."""
    sort_key: str = Field(max_length=240)
    birth_date: str | None = Field(default=None, max_length=10)
    """YYYY, YYYY-MM or YYYY-MM-DD: as precise as it is known."""
    sex: str | None = Field(default=None, max_length=1)
    cccd: str | None = Field(default=None, max_length=12)
    bhxh: str | None = Field(default=None, max_length=10)
    hi_card: str | None = Field(default=None, max_length=15)
    hamlet: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=40)
    household: str = Field(default="", max_length=40)
    relation: str = Field(default="", max_length=60)
    merged_into_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class DuplicatePair(Table, table=True):
    """Two records that may be one person. Decided once, remembered for ever."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="stored_once"),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", index=True, max_length=2)
    first_id: int = Field(foreign_key="person.id", index=True)
    second_id: int = Field(foreign_key="person.id", index=True)
    evidence: dict[str, Any] = Field(sa_type=JSON)
    """Per field: same, near, different or missing."""
    score: float | None = None
    """In bits, as it was when the pair was found."""
    state: PairState = Field(default=PairState.OPEN, sa_type=stored_by_value(PairState))
    version: int = 1
    found_at: datetime
    decided_by: str | None = Field(default=None, max_length=64)
    decided_at: datetime | None = None
    comment: str = Field(default="", max_length=500)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """Both records as they were before a merge."""


class CoverFact(Table, table=True):
    """Insured until a day, by whom, and where that is known from."""

    __tablename__ = "cover_fact"

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    person_id: int = Field(foreign_key="person.id", index=True)
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    valid_until: date
    source: str = Field(max_length=120)
    noted_by: str = Field(max_length=64)
    noted_at: datetime
