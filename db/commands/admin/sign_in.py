"""Coming in and going out: passwords checked, failures counted, sign-ins kept and ended."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import bcrypt
from sqlmodel import col, select, update

from db import clock
from db.commands.admin import locks
from db.commands.admin.locks import Visitor
from db.models import Account, SignIn
from db.rules.passwords import digest
from db.scope import BETWEEN_NOTES
from db.settings import settings
from db.unit_of_work import reading, unattended_writing

_HASHING = threading.Semaphore(2)
"""bcrypt is slow on purpose; a crowd at the door must not starve the screens."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in: the token goes into the browser's cookie, only its digest stays here."""

    token: str
    expires_at: float


def check(
    username: str, password: str, matches: Callable[[str, str], bool], visitor: Visitor
) -> bool:
    """Whether this password opens this account here and now; a failure is counted and may lock.

    Unknown, switched-off and locked accounts cost one hash as well, so neither time nor
    words tell which names exist. `matches(password, hash)` is the sign-in library's check.
    """
    with _HASHING:
        # looked at only now: whoever waited for the hash may have been locked meanwhile
        stored = None if locks.is_locked(username, visitor) else _hash_of(username)
        try:
            right = matches(password, stored or _decoy())
        except ValueError:  # longer than bcrypt takes: wrong like any other
            right = False
    if stored is not None and right:
        # and after hashing: of many guesses at once, those beyond the lock are worth nothing
        return not locks.is_locked(username, visitor)
    locks.note_failure(username, visitor)
    return False


def open_session(username: str, visitor: Visitor) -> Opened:
    """Sign the account in, bound to this browser."""
    rules = settings()
    token = secrets.token_urlsafe(32)
    now = clock.real_now()
    expires = now + timedelta(hours=rules.session_hours)
    with unattended_writing(username) as work:
        account = work.session.exec(select(Account).where(Account.username == username)).one()
        locks.forget_failures(work, username, visitor)
        work.session.add(
            SignIn(
                token_digest=digest(token),
                browser_digest=digest(visitor.browser),
                account_id=account.id or 0,
                signed_in_at=now,
                last_seen_at=now,
                expires_at=expires,
            )
        )
        work.record("sign_in.opened", account)
    return Opened(token, expires.timestamp())


def note_seen(token: str) -> None:
    """Somebody is at work in this sign-in; what lies idle for long ends."""
    with unattended_writing("") as work:
        now = clock.real_now()
        work.session.connection().execute(
            update(SignIn)
            .where(
                col(SignIn.token_digest) == digest(token),
                col(SignIn.last_seen_at) <= now - BETWEEN_NOTES,
            )
            .values(last_seen_at=now)
        )


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


def _hash_of(username: str) -> str | None:
    with reading() as session:
        return session.exec(
            select(Account.password_hash).where(
                Account.username == username, col(Account.is_active)
            )
        ).one_or_none()


_decoys: dict[int, str] = {}


def _decoy() -> str:
    """A hash nobody knows the password of, at today's cost."""
    rounds = settings().bcrypt_rounds
    if rounds not in _decoys:
        _decoys[rounds] = bcrypt.hashpw(
            secrets.token_bytes(16).hex().encode(), bcrypt.gensalt(rounds)
        ).decode()
    return _decoys[rounds]
