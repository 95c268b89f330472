"""Who may come in, and who works here."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from db import clock
from db.models import Account, Office, Province, SignIn
from db.rules.access import Role
from db.rules.passwords import digest
from db.unit_of_work import Scope as Scope
from db.unit_of_work import reading, scope_of


@dataclass(frozen=True, slots=True)
class User:
    """The signed-in person, read afresh at every run."""

    account_id: int
    username: str
    full_name: str
    role: Role
    scope: Scope
    unit: str
    """Name of the office, province, or of the nation's own body."""
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    username: str
    full_name: str
    role: Role
    province_code: str | None
    office_id: int | None
    unit: str
    is_active: bool
    locked: bool
    must_change_password: bool
    last_sign_in: datetime | None


def signed_in(token: str, browser: str) -> User | None:
    """The account behind a sign-in, unless it ended, expired, moved to another browser,
    or the account was switched off."""
    now = clock.real_now()
    with reading() as session:
        row = session.exec(
            select(SignIn, Account, Province.name, Office.name)
            .join(Account, col(Account.id) == SignIn.account_id)
            .outerjoin(Province, col(Province.code) == Account.province_code)
            .outerjoin(Office, col(Office.id) == Account.office_id)
            .where(SignIn.token_digest == digest(token))
        ).one_or_none()
        if row is None:
            return None
        entry, account, province, office = row
        ended = account.sessions_valid_from
        if (
            entry.ended_at is not None
            or entry.expires_at <= now
            or entry.browser_digest != digest(browser)
            or not account.is_active
            or (ended is not None and entry.signed_in_at <= ended)
        ):
            return None
        return User(
            account.id or 0,
            account.username,
            account.full_name,
            account.role,
            scope_of(account),
            office or (f"BHXH {_unit(province)}" if province else "BHXH Việt Nam"),
            account.must_change_password,
        )


def everyone(scope: Scope) -> list[AccountRow]:
    """All accounts, for the administrator."""
    now = clock.real_now()
    with reading() as session:
        last: dict[int, datetime] = {}
        for account_id, at in session.exec(
            select(SignIn.account_id, SignIn.signed_in_at).order_by(col(SignIn.signed_in_at))
        ):
            last[account_id] = at
        found = session.exec(
            select(Account, Province.name, Office.name)
            .outerjoin(Province, col(Province.code) == Account.province_code)
            .outerjoin(Office, col(Office.id) == Account.office_id)
            .where(scope.covers(Account))
            .order_by(Account.username)
        )
        return [
            AccountRow(
                a.id or 0,
                a.username,
                a.full_name,
                a.role,
                a.province_code,
                a.office_id,
                office or (f"BHXH {_unit(province)}" if province else "BHXH Việt Nam"),
                a.is_active,
                a.locked_until is not None and a.locked_until > now,
                a.must_change_password,
                last.get(a.id or 0),
            )
            for a, province, office in found
        ]


def _unit(province: str) -> str:
    return province[0].lower() + province[1:]
