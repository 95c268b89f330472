"""Accounts of the people who work here."""

import secrets
import string
from dataclasses import dataclass

import bcrypt
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db import clock
from db.commands.admin import locks, sign_in
from db.commands.admin.locks import Visitor
from db.errors import Refused
from db.models import Account, Office
from db.rules import passwords
from db.rules.access import NATIONAL, Action, Role
from db.settings import settings
from db.unit_of_work import UnitOfWork, unattended_writing, writing

_NAME = set(string.ascii_lowercase + string.digits + "._-")


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    full_name: str
    role: Role
    province_code: str | None = None
    office_id: int | None = None


def create(new: NewAccount, actor: str) -> str:
    """Add an account; the first password comes back once and must be changed.

    Raises:
        Refused: username_form, name_missing, scope_missing, username_taken.
    """
    password = first_password()
    try:
        with writing(actor, Action.MANAGE_ACCOUNTS) as work:
            _add(work, new, password)
    except IntegrityError as error:
        raise Refused("username_taken", username=new.username) from error
    return password


def create_admin(username: str, full_name: str) -> str:
    """The way in to a fresh database, from the command line only."""
    password = first_password()
    try:
        with unattended_writing("command-line") as work:
            _add(work, NewAccount(username, full_name, Role.ADMIN), password)
    except IntegrityError as error:
        raise Refused("username_taken", username=username) from error
    return password


def change(account_id: int, new: NewAccount, actor: str) -> None:
    """Change name, role and scope. What the person may do follows at the next click."""
    with writing(actor, Action.MANAGE_ACCOUNTS) as work:
        account = _other(work, account_id, allow_self=new.role is Role.ADMIN)
        _check(work, new)
        before = account.role
        account.full_name = new.full_name.strip()
        account.role = new.role
        account.province_code, account.office_id = _scope(new)
        work.record("account.changed", account, before=before, after=account.role)


def set_active(account_id: int, active: bool, actor: str) -> None:
    with writing(actor, Action.MANAGE_ACCOUNTS) as work:
        account = _other(work, account_id)
        account.is_active = active
        account.sessions_valid_from = clock.real_now()
        work.record("account.activated" if active else "account.deactivated", account)


def reset_password(account_id: int, actor: str) -> str:
    """A new first password, shown once; every sign-in of the account ends."""
    password = first_password()
    with writing(actor, Action.MANAGE_ACCOUNTS) as work:
        account = work.get(Account, account_id)
        account.password_hash = hashed(password)
        account.must_change_password = True
        locks.unlock(work, account.username)
        account.sessions_valid_from = clock.real_now()
        work.record("account.password_reset", account)
    return password


def unlock(username: str, actor: str) -> None:
    """Let somebody in again who, or for whom somebody, mistyped the password too often.

    Raises:
        Refused: not_found.
    """
    with writing(actor, Action.MANAGE_ACCOUNTS) as work:
        _unlock(work, username)


def unlock_by_hand(username: str) -> None:
    """As `unlock`, for whoever runs the server: no administrator need get in to let one in.

    Raises:
        Refused: not_found.
    """
    with unattended_writing("") as work:
        _unlock(work, username)


def end_sessions(account_id: int, actor: str) -> None:
    with writing(actor, Action.MANAGE_ACCOUNTS) as work:
        account = work.get(Account, account_id)
        account.sessions_valid_from = clock.real_now()
        work.record("account.sessions_ended", account)


def change_own_password(old: str, new: str, actor: str, visitor: Visitor) -> None:
    """Set one's own password; all sign-ins end, also this one. A wrong old one is counted.

    Raises:
        Refused: password_wrong, password_locked (minutes), password_same,
            password_length, password_ascii, password_obvious.
    """
    if not sign_in.check(actor, old, _matches, visitor):
        if locks.is_locked(actor, visitor):
            raise Refused("password_locked", minutes=settings().lockout_minutes)
        raise Refused("password_wrong")
    with writing(actor, Action.CHANGE_OWN_PASSWORD) as work:
        account = work.session.exec(select(Account).where(Account.username == actor)).one()
        if old == new:
            raise Refused("password_same")
        if code := passwords.problem(new, actor):
            raise Refused(code)
        account.password_hash = hashed(new)
        account.must_change_password = False
        account.sessions_valid_from = clock.real_now()
        work.record("account.password_changed", account)


def first_password() -> str:
    """16 characters without look-alikes, easy to read out over the telephone."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ["".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


def hashed(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(settings().bcrypt_rounds)).decode()


def _unlock(work: UnitOfWork, username: str) -> None:
    account = work.session.exec(select(Account).where(Account.username == username)).one_or_none()
    if account is None:
        raise Refused("not_found")
    locks.unlock(work, username)
    work.record("account.unlocked", account)


def _matches(password: str, stored: str) -> bool:
    try:
        return bcrypt.checkpw(password.encode(), stored.encode())
    except ValueError:
        return False


def _add(work: UnitOfWork, new: NewAccount, password: str) -> None:
    _check(work, new)
    province_code, office_id = _scope(new)
    account = Account(
        username=new.username.strip().lower(),
        full_name=new.full_name.strip(),
        role=new.role,
        province_code=province_code,
        office_id=office_id,
        password_hash=hashed(password),
    )
    work.record("account.created", account, role=new.role.value)


def _check(work: UnitOfWork, new: NewAccount) -> None:
    username = new.username.strip().lower()
    if not 3 <= len(username) <= 40 or set(username) - _NAME:
        raise Refused("username_form")
    if not new.full_name.strip():
        raise Refused("name_missing")
    if new.role in (Role.OFFICER, Role.APPROVER, Role.OFFICE) and not new.province_code:
        raise Refused("scope_missing")
    if new.role is Role.OFFICE:
        office = work.session.get(Office, new.office_id) if new.office_id else None
        if office is None or office.province_code != new.province_code:
            raise Refused("scope_missing")


def _scope(new: NewAccount) -> tuple[str | None, int | None]:
    if new.role in NATIONAL:
        return None, None
    return new.province_code, new.office_id if new.role is Role.OFFICE else None


def _other(work: UnitOfWork, account_id: int, *, allow_self: bool = False) -> Account:
    account = work.get(Account, account_id)
    if account.username == work.actor and not allow_self:
        raise Refused("own_account")
    return account
