"""People who work here, and where they are signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import CheckConstraint, Field

from db.models.base import Table, stored_by_value
from db.rules.access import Role


class Account(Table, table=True):
    __table_args__ = (
        CheckConstraint(
            "(role IN ('admin','central') AND province_code IS NULL AND office_id IS NULL)"
            " OR (role = 'leader' AND office_id IS NULL)"
            " OR (role IN ('officer','approver')"
            " AND province_code IS NOT NULL AND office_id IS NULL)"
            " OR (role = 'office' AND province_code IS NOT NULL AND office_id IS NOT NULL)",
            name="scope_fits_role",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=64)
    full_name: str = Field(max_length=120)
    role: Role = Field(sa_type=stored_by_value(Role))
    province_code: str | None = Field(default=None, foreign_key="province.code", max_length=2)
    office_id: int | None = Field(default=None, foreign_key="office.id")
    password_hash: str = Field(max_length=100)
    must_change_password: bool = True
    is_active: bool = True
    sessions_valid_from: datetime | None = None
    """Sign-ins from before this moment no longer open the door."""


class SignIn(Table, table=True):
    """One browser's sign-in. Only digests are kept: the table opens no door if it leaks."""

    __tablename__ = "sign_in"

    token_digest: str = Field(primary_key=True, max_length=64)
    browser_digest: str = Field(max_length=64)
    """Digest of the browser's own cookie: a stolen session id alone is worth nothing."""
    account_id: int = Field(foreign_key="account.id", index=True)
    signed_in_at: datetime
    expires_at: datetime
    last_seen_at: datetime
    """To the minute: who decides for others is signed out when nothing was done for long."""
    ended_at: datetime | None = None


class KeptForm(Table, table=True):
    """A long form that one account began to fill in; seen by nobody else."""

    __tablename__ = "kept_form"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    form: str = Field(primary_key=True, max_length=80)
    content: dict[str, Any] = Field(sa_type=JSON)
    """{field: what was typed}"""
    updated_at: datetime


class SignInFailure(Table, table=True):
    """Wrong passwords in a row, by account and place; "" stands for any."""

    __tablename__ = "sign_in_failure"

    username: str = Field(primary_key=True, max_length=64)
    place: str = Field(primary_key=True, max_length=64)
    failures: int
    last_at: datetime
    locked_until: datetime | None = None
