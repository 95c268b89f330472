"""Who may come in, and who works here."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import col, select

from db import clock
from db.errors import Refused
from db.models import Account, Office, Province, SignIn, SignInFailure
from db.queries.values import from_row
from db.rules.access import Role
from db.rules.passwords import digest
from db.scope import BETWEEN_NOTES, Actor, Scope, is_idle, is_live_sign_in, scope_of
from db.unit_of_work import one_row, reading

_BEHIND_TOKEN = (
    sqlalchemy.select(
        col(SignIn.browser_digest),
        col(SignIn.signed_in_at),
        col(SignIn.expires_at),
        col(SignIn.last_seen_at),
        col(SignIn.ended_at),
        col(Account.id),
        col(Account.username),
        col(Account.full_name),
        col(Account.role),
        col(Account.province_code),
        col(Account.office_id),
        col(Account.is_active),
        col(Account.must_change_password),
        col(Account.sessions_valid_from),
        col(Province.name).label("province"),
        col(Office.name).label("office"),
    )
    .join(Account, col(Account.id) == SignIn.account_id)
    .outerjoin(Province, col(Province.code) == Account.province_code)
    .outerjoin(Office, col(Office.id) == Account.office_id)
    .where(col(SignIn.token_digest) == bindparam("digest"))
)


@dataclass(frozen=True, slots=True)
class User:
    """The signed-in person, read afresh at every run."""

    account_id: int
    username: Actor
    full_name: str
    role: Role
    scope: Scope
    unit: str
    """Name of the office, province, or of the nation's own body."""
    must_change_password: bool
    seen_lately: bool
    """False asks for `sign_in.note_seen`."""


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
    found = one_row(_BEHIND_TOKEN, digest=digest(token))
    if (
        found is None
        or found.ended_at is not None
        or found.expires_at <= now
        or is_idle(found.role, found.last_seen_at, now)
        or found.browser_digest != digest(browser)
        or not found.is_active
        or (
            found.sessions_valid_from is not None
            and found.signed_in_at <= found.sessions_valid_from
        )
    ):
        return None
    return from_row(
        User,
        found,
        account_id=found.id,
        username=Actor.of(found.username, digest(token), digest(browser)),
        scope=scope_of(found),
        unit=_unit(found.province, found.office),
        seen_lately=found.last_seen_at > now - BETWEEN_NOTES,
    )


def refuse_ended(actor: Actor) -> None:
    """Before a file that no command makes is handed out; Refused("sign_in_ended")."""
    live = select(SignIn.account_id).join(Account, col(Account.id) == SignIn.account_id)
    with reading() as session:
        if session.exec(live.where(*is_live_sign_in(actor, clock.real_now()))).first() is None:
            raise Refused("sign_in_ended")


def everyone(scope: Scope) -> list[AccountRow]:
    """All accounts, for the administrator."""
    now = clock.real_now()
    with reading() as session:
        last: dict[int, datetime] = {}
        for account_id, at in session.exec(
            select(SignIn.account_id, SignIn.signed_in_at).order_by(col(SignIn.signed_in_at))
        ):
            last[account_id] = at
        locked = set(
            session.exec(
                select(SignInFailure.username).where(col(SignInFailure.locked_until) > now)
            )
        )
        found = session.exec(
            select(Account, Province.name, Office.name)
            .outerjoin(Province, col(Province.code) == Account.province_code)
            .outerjoin(Office, col(Office.id) == Account.office_id)
            .where(scope.covers(Account))
            .order_by(Account.username)
        )
        return [
            from_row(
                AccountRow,
                a,
                unit=_unit(province, office),
                locked=a.username in locked,
                last_sign_in=last.get(a.id or 0),
            )
            for a, province, office in found
        ]


def _unit(province: str | None, office: str | None) -> str:
    if office:
        return office
    return f"BHXH {province[0].lower()}{province[1:]}" if province else "BHXH Việt Nam"
