"""The audit chain, the data version, running numbers, and what kind of database this is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import CheckConstraint, Field, Index

from db.models.base import Table


class AuditEntry(Table, table=True):
    """Ids and codes, never names or numbers of people. Carries the hash of the one before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "record_kind", "record_id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str = Field(max_length=64, index=True)
    action: str = Field(max_length=64, index=True)
    record_kind: str | None = Field(default=None, max_length=40)
    record_id: str | None = Field(default=None, max_length=40)
    province_code: str | None = Field(default=None, max_length=2)
    from_state: str | None = Field(default=None, max_length=32)
    to_state: str | None = Field(default=None, max_length=32)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    hash_before: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)


class AuditHead(Table, table=True):
    """One row: the end of the chain, locked while a command appends to it."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    last_id: int = 0
    last_hash: str = Field(default="0" * 64, max_length=64)
    seal: str = Field(default="", max_length=64)
    """Of number and hash, with a key that is not in the database; empty before the first entry."""
    data_version: int = 0
    """Grows when data changes, not when somebody looks: caches are keyed by it."""


class Counter(Table, table=True):
    """The last running number given out, per kind, province and year."""

    kind: str = Field(primary_key=True, max_length=10)
    province_code: str = Field(primary_key=True, foreign_key="province.code", max_length=2)
    year: int = Field(primary_key=True)
    last: int = 0


class DatabaseKind(Table, table=True):
    """One row: real, demo or test. The clock can be moved only on the last two."""

    __tablename__ = "database_kind"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("kind IN ('real','demo','test')", name="known"),
    )

    id: int = Field(default=1, primary_key=True)
    kind: str = Field(default="real", max_length=8)


class Attachment(Table, table=True):
    __table_args__ = (Index(None, "record_kind", "record_id"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    record_kind: str = Field(max_length=40)
    record_id: int
    file_name: str = Field(max_length=200)
    content_type: str = Field(max_length=80)
    sha256: str = Field(max_length=64)
    content: bytes
    added_by: str = Field(max_length=64)
    added_at: datetime
