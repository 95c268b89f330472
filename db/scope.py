"""What somebody may see: one function from the account to the rows, by default none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col, or_, select

from db.errors import Refused
from db.models import Account, OfficeCommune, SignIn, Table
from db.rules.access import ENDS_WHEN_IDLE, MAY_BE_NATIONAL, Role
from db.settings import settings


class Actor(str):
    """A username that acts by a sign-in: what it does holds only while that one lives."""

    token_digest: str
    browser_digest: str

    @classmethod
    def of(cls, username: str, token_digest: str, browser_digest: str) -> Self:
        actor = cls(username)
        actor.token_digest, actor.browser_digest = token_digest, browser_digest
        return actor


@dataclass(frozen=True, slots=True)
class Scope:
    """What an account may see: the nation, one province, one office, or nothing."""

    role: Role
    province_code: str | None = None
    office_id: int | None = None

    def covers(self, table: type[Table]) -> ColumnElement[bool]:
        """The condition every query of scoped rows carries; unknown shapes see nothing."""
        if self.office_id is not None:
            commune: Any = getattr(table, "commune_code", None)
            if commune is None:
                return false()
            own = select(OfficeCommune.commune_code).where(
                OfficeCommune.office_id == self.office_id
            )
            return col(commune).in_(own)
        if self.province_code is not None:
            province: Any = getattr(table, "province_code", None)
            return false() if province is None else col(province) == self.province_code
        return true() if self.role in MAY_BE_NATIONAL else false()


def scope_of(account: Account) -> Scope:
    """The one way from an account to what it may see."""
    if not account.is_active:
        raise Refused("not_allowed")
    return Scope(account.role, account.province_code, account.office_id)


BETWEEN_NOTES = timedelta(minutes=1)
"""How often it is noted that somebody is still at work."""


def is_idle(role: Role, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a sign-in of this role has ended because nothing was done for long."""
    return role in ENDS_WHEN_IDLE and last_seen_at <= now - _idle_time()


def _idle_time() -> timedelta:
    return timedelta(minutes=settings().idle_minutes) + BETWEEN_NOTES


def is_live_sign_in(actor: Actor, now: datetime) -> tuple[Any, ...]:
    """That the sign-in an actor acts by neither ended nor expired, in its own browser."""
    valid_from = col(Account.sessions_valid_from)
    return (
        col(SignIn.token_digest) == actor.token_digest,
        col(SignIn.browser_digest) == actor.browser_digest,
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > now,
        col(Account.is_active),
        or_(valid_from.is_(None), col(SignIn.signed_in_at) > valid_from),
        or_(
            col(Account.role).not_in(ENDS_WHEN_IDLE),
            col(SignIn.last_seen_at) > now - _idle_time(),
        ),
    )
