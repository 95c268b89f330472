"""Coming in and going out: passwords checked, failures counted, sign-ins kept and ended."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import bcrypt
from sqlalchemy import ColumnElement, case, update
from sqlmodel import col, or_, select

from db import clock
from db.models import Account, SignIn
from db.rules.passwords import digest
from db.settings import settings
from db.unit_of_work import reading, unattended_writing

_HASHING = threading.Semaphore(2)
"""bcrypt is slow on purpose; a crowd at the door must not starve the screens."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in: the token goes into the browser's cookie, only its digest stays here."""

    token: str
    expires_at: float


def check(username: str, password: str, matches: Callable[[str, str], bool]) -> bool:
    """Whether this password opens this account now; a failure is counted and may lock it.

    Unknown, switched-off and locked accounts cost one hash as well, so neither time nor
    words tell which names exist. `matches(password, hash)` is the sign-in library's check.
    """
    with _HASHING:
        with reading() as session:  # only now: whoever waited for the hash may have been locked
            stored = session.exec(
                select(Account.password_hash).where(
                    Account.username == username, col(Account.is_active), _is_open()
                )
            ).one_or_none()
        try:
            right = matches(password, stored or _decoy())
        except ValueError:  # longer than bcrypt takes: wrong like any other
            right = False
    if stored is None:
        return False
    if not right:
        _note_failure(username)
        return False
    return _still_opens(username)


def open_session(username: str, browser: str) -> Opened:
    """Sign the account in, bound to this browser (`browser` is its own secret)."""
    rules = settings()
    token = secrets.token_urlsafe(32)
    now = clock.real_now()
    expires = now + timedelta(hours=rules.session_hours)
    with unattended_writing(username) as work:
        account = work.session.exec(select(Account).where(Account.username == username)).one()
        account.failed_logins = 0
        account.locked_until = None
        work.session.add(account)
        work.session.add(
            SignIn(
                token_digest=digest(token),
                browser_digest=digest(browser),
                account_id=account.id or 0,
                signed_in_at=now,
                expires_at=expires,
            )
        )
        work.record("sign_in.opened", account)
    return Opened(token, expires.timestamp())


def close_session(token: str) -> None:
    """End this one sign-in; the cookie that carries it is worth nothing from now on."""
    with unattended_writing("") as work:
        entry = work.session.get(SignIn, digest(token))
        if entry is None or entry.ended_at is not None:
            return
        entry.ended_at = clock.real_now()
        work.session.add(entry)
        account = work.session.get_one(Account, entry.account_id)
        work.actor = account.username
        work.record("sign_in.closed", account)


def _note_failure(username: str) -> None:
    """One UPDATE, so that parallel attempts are all counted; at the limit the account locks."""
    rules = settings()
    until = clock.real_now() + timedelta(minutes=rules.lockout_minutes)
    full = col(Account.failed_logins) + 1 >= rules.max_failed_logins
    with unattended_writing(username) as work:
        counted = work.session.connection().execute(
            update(Account)
            .where(col(Account.username) == username, _is_open())
            .values(
                failed_logins=case((full, 0), else_=col(Account.failed_logins) + 1),
                locked_until=case((full, until), else_=col(Account.locked_until)),
            )
        )
        account = work.session.exec(select(Account).where(Account.username == username)).one()
        if counted.rowcount and account.failed_logins == 0:
            work.record("sign_in.locked", account)


def _still_opens(username: str) -> bool:
    """Looked at again after hashing: of many guesses at once, those beyond the lock are worth
    nothing, the right one too."""
    with reading() as session:
        found = select(Account.id).where(
            Account.username == username, col(Account.is_active), _is_open()
        )
        return session.exec(found).first() is not None


def _is_open() -> ColumnElement[bool]:
    return or_(col(Account.locked_until).is_(None), col(Account.locked_until) <= clock.real_now())


_decoys: dict[int, str] = {}


def _decoy() -> str:
    """A hash nobody knows the password of, at today's cost."""
    rounds = settings().bcrypt_rounds
    if rounds not in _decoys:
        _decoys[rounds] = bcrypt.hashpw(
            secrets.token_bytes(16).hex().encode(), bcrypt.gensalt(rounds)
        ).decode()
    return _decoys[rounds]
