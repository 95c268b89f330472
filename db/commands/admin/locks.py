"""Wrong passwords: who has to wait, and where.

A stranger who guesses must not keep the person out. So failures are counted by account and
place: a browser that signed in to the account before is a place of its own, everybody else is
known by the address they come from. Over all such addresses together, and from one address over
all accounts, ten times as many are let through.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, delete, select

from db import clock
from db.models import Account, SignIn, SignInFailure
from db.rules.passwords import digest
from db.settings import settings
from db.unit_of_work import UnitOfWork, reading, unattended_writing

ANY = ""
OVER_ALL = 10


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the door: the browser's own secret, and the address it comes from."""

    browser: str
    origin: str = ""


def is_locked(username: str, visitor: Visitor) -> bool:
    """Whether a password of this account is worth nothing here and now, the right one too."""
    with reading() as session:
        return any(
            session.exec(
                select(SignInFailure.username).where(
                    SignInFailure.username == name,
                    SignInFailure.place == place,
                    col(SignInFailure.locked_until) > clock.real_now(),
                )
            ).first()
            is not None
            for name, place, _most in _counters(session, username, visitor)
        )


def note_failure(username: str, visitor: Visitor) -> None:
    """Count one wrong password everywhere it counts; at the limit that place has to wait."""
    with unattended_writing(username) as work:
        counters = _counters(work.session, username, visitor)
        for what in sorted(f"wrong passwords of {name} at {place}" for name, place, _ in counters):
            work.alone(what)
        for name, place, most in counters:
            _count(work, name, place, most)


def forget_failures(work: UnitOfWork, username: str, visitor: Visitor) -> None:
    """The right password was given here; what strangers guess elsewhere stays counted."""
    place = _place(work.session, username, visitor)
    work.session.connection().execute(
        delete(SignInFailure).where(
            col(SignInFailure.username) == username, col(SignInFailure.place) == place
        )
    )


def unlock(work: UnitOfWork, username: str) -> None:
    """Nobody who gives the account's right password has to wait any more."""
    work.session.connection().execute(
        delete(SignInFailure).where(col(SignInFailure.username) == username)
    )


def _counters(session: Session, username: str, visitor: Visitor) -> list[tuple[str, str, int]]:
    """(account, place, how many failures lock it); an unknown name counts for the address only."""
    few = settings().max_failed_logins
    everywhere = (ANY, _address(visitor), few * OVER_ALL)
    if session.exec(select(Account.id).where(Account.username == username)).first() is None:
        return [everywhere]
    place = _place(session, username, visitor)
    if place != _address(visitor):
        return [(username, place, few)]
    return [(username, place, few), (username, ANY, few * OVER_ALL), everywhere]


def _place(session: Session, username: str, visitor: Visitor) -> str:
    browser = digest(visitor.browser)
    known = session.exec(
        select(SignIn.account_id)
        .join(Account, col(Account.id) == SignIn.account_id)
        .where(Account.username == username, SignIn.browser_digest == browser)
    ).first()
    return browser if visitor.browser and known is not None else _address(visitor)


def _address(visitor: Visitor) -> str:
    return digest(f"from {visitor.origin}")


def _count(work: UnitOfWork, username: str, place: str, most: int) -> None:
    now, wait = clock.real_now(), timedelta(minutes=settings().lockout_minutes)
    kept = work.session.get(SignInFailure, (username, place), populate_existing=True)
    if kept is None:
        kept = SignInFailure(username=username, place=place, failures=0, last_at=now)
        work.session.add(kept)
    elif kept.last_at <= now - wait:
        kept.failures, kept.locked_until = 0, None
    if kept.locked_until is not None:
        return
    kept.failures, kept.last_at = kept.failures + 1, now
    if kept.failures >= most:
        kept.locked_until = now + wait
        if username:
            account = work.session.exec(select(Account).where(Account.username == username)).one()
            work.record("sign_in.locked", account)
        else:
            work.record("sign_in.address_locked")
