"""Transactions: one per command, one reading per screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Executable, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from db import anchors, clock
from db.audit_chain import chained_hash, seal_of
from db.engine import engine
from db.errors import Refused, TryAgain
from db.models import Account, AuditEntry, AuditHead, Counter, Province, SignIn, Table
from db.rules.access import Action, Role, may
from db.rules.states import allowed, undoable
from db.scope import Actor, Scope, is_live_sign_in, scope_of

Row = TypeVar("Row", bound=Table)

_VIEWS = ("view.", "export.", "sign_in.", "draft.")
"""Audit actions that leave the shared data as it was: caches need not notice them."""

_FIRST_NUMBER = text(
    "INSERT INTO counter (kind, province_code, year, last)"
    " VALUES (:kind, :province_code, :year, 0) ON CONFLICT DO NOTHING"
)
"""Of two first numbers at once the second waits here, and goes on counting."""

_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 1914))")

_DATA_VERSION = select(AuditHead.data_version)

_STEADY: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ"},
}
"""What it takes for a transaction to keep seeing what its first look saw."""

_moment: ContextVar[Session | None] = ContextVar("moment", default=None)
"""The reading that everything asked in this run of a screen joins, if there is one."""


@dataclass(slots=True)
class UnitOfWork:
    """One actor's transaction. Everything a command needs besides plain rules."""

    session: Session
    actor: str
    account: Account | None
    scope: Scope
    now: datetime
    today: date
    _entries: list[AuditEntry] = field(default_factory=list)

    @property
    def account_id(self) -> int:
        if self.account is None or self.account.id is None:
            raise Refused("not_allowed")
        return self.account.id

    def alone(self, what: str) -> None:
        """Wait until nobody else is at this, and keep it to the end of the transaction.

        Before looking whether there is one already; on SQLite a writer is alone anyway.
        """
        if self.session.connection().dialect.name == "postgresql":
            self.session.connection().execute(_ALONE, {"what": what})

    def get(self, table: type[Row], key: Any, *, seen: int | None = None) -> Row:
        """The row, locked, if it is in scope and still as the actor saw it.

        Raises:
            Refused: `not_found` outside the scope, `changed_meanwhile` (who, at) when its
                version is no longer `seen`.
        """
        identity: Any = getattr(table, "id", None) or getattr(table, "code", None)
        found = self.session.exec(
            select(table)
            .where(identity == key, self.scope.covers(table))
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one_or_none()
        if found is None:
            raise Refused("not_found")
        if seen is not None and found.version != seen:  # type: ignore[attr-defined]
            raise self._changed(found)
        return found

    def move(self, row: Table, to: StrEnum, *, reason: str = "", **details: Any) -> None:
        """Take one step of the object's transition table and record it."""
        kind = type(row).__name__
        current: StrEnum = row.state  # type: ignore[attr-defined]
        if not allowed(kind, current, to):
            raise Refused("transition_not_allowed", kind=kind, current=current.value, to=to.value)
        row.state = to
        if hasattr(row, "version"):
            row.version += 1
        if reason and hasattr(row, "reason"):
            row.reason = reason
        self.session.add(row)
        self.record(f"{_snake(kind)}.{to.value}", row, before=current, after=to, **details)

    def move_back(self, row: Table, to: StrEnum, *, undoes: int) -> None:
        """Undo a step of the object that an audit entry tells of."""
        kind = type(row).__name__
        current: StrEnum = row.state  # type: ignore[attr-defined]
        if not undoable(kind, current, to):
            raise Refused("transition_not_allowed", kind=kind, current=current.value, to=to.value)
        row.state = to
        row.version += 1  # type: ignore[attr-defined]
        self.record(f"{_snake(kind)}.undone", row, before=current, after=to, undoes=undoes)

    def record(
        self,
        action: str,
        row: Table | None = None,
        *,
        before: StrEnum | None = None,
        after: StrEnum | None = None,
        **details: Any,
    ) -> None:
        """Note an audit line; it is chained and written with the commit, or vanishes with it.

        `details` hold ids, codes and counts, never names or numbers of people.
        """
        if row is not None:
            self.session.add(row)
            self.session.flush()
        identity = getattr(row, "id", None) or getattr(row, "code", None)
        self._entries.append(
            AuditEntry(
                id=0,
                at=self.now,
                actor=self.actor,
                action=action,
                record_kind=None if row is None else type(row).__name__,
                record_id=None if identity is None else str(identity),
                province_code=getattr(row, "province_code", None) or self.scope.province_code,
                from_state=before,
                to_state=after,
                details=details,
                hash_before="",
                hash="",
            )
        )

    def next_code(self, kind: str, province_code: str, year: int) -> str:
        """A running number people can read aloud: DS-2026-NAN-0412."""
        key = {"kind": kind, "province_code": province_code, "year": year}
        counter = self.session.get(Counter, key, with_for_update=True)
        if counter is None:
            self.session.connection().execute(_FIRST_NUMBER, key)
            counter = self.session.get_one(Counter, key, with_for_update=True)
        counter.last += 1
        self.session.add(counter)
        province = self.session.get_one(Province, province_code)
        return f"{kind}-{year}-{province.abbreviation}-{counter.last:04d}"

    def last_change(self, table: type[Table], identity: int) -> tuple[str, datetime]:
        """Who changed a record last, and when."""
        last = self.session.exec(
            select(AuditEntry.actor, AuditEntry.at, Account.full_name)
            .outerjoin(Account, col(Account.username) == AuditEntry.actor)
            .where(
                AuditEntry.record_kind == table.__name__,
                AuditEntry.record_id == str(identity),
            )
            .order_by(col(AuditEntry.id).desc())
        ).first()
        if last is None:
            return "", self.now
        actor, at, name = last
        return name or actor, at

    def _changed(self, row: Table) -> Refused:
        who, at = self.last_change(type(row), row.id)  # type: ignore[attr-defined]
        return Refused("changed_meanwhile", who=who, at=at, state=getattr(row, "state", None))

    def close_books(self) -> None:
        """Chain the noted audit lines onto the head and move the data version."""
        if not self._entries:
            return
        head = self.session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
        anchors.keep_daily(head.last_id, head.last_hash)
        for entry in self._entries:
            head.last_id += 1
            entry.id = head.last_id
            entry.hash_before = head.last_hash
            entry.hash = head.last_hash = chained_hash(entry)
            self.session.add(entry)
        head.seal = seal_of(head.last_id, head.last_hash)
        if any(not entry.action.startswith(_VIEWS) for entry in self._entries):
            head.data_version += 1
        self.session.add(head)
        self.session.flush()


@contextmanager
def writing(actor: str, action: Action) -> Iterator[UnitOfWork]:
    """Open a transaction for someone who, right now, is active and may do this.

    Checked here and not only on the page: Streamlit runs callbacks, fragments and
    dialogs without running the page's own guard first. An `Actor` acts by a sign-in, which is
    locked until the command is through: signing out waits for it, and nothing comes after.

    Raises:
        Refused: sign_in_ended, not_allowed, password_change_due.
    """
    with unattended_writing(str(actor)) as work:
        account = work.session.exec(
            select(Account).where(Account.username == work.actor, col(Account.is_active))
        ).one_or_none()
        if isinstance(actor, Actor):
            _refuse_ended(work, actor)
        if account is None or not may(account.role, action):
            raise Refused("not_allowed")
        if account.must_change_password and action is not Action.CHANGE_OWN_PASSWORD:
            raise Refused("password_change_due")
        work.account = account
        work.scope = scope_of(account)
        yield work


@contextmanager
def unattended_writing(actor: str) -> Iterator[UnitOfWork]:
    """A transaction nobody is signed in for: sign-in bookkeeping, scripts, seeds."""
    writer = engine().execution_options(begin_mode="IMMEDIATE")
    look_anew()
    try:
        with Session(writer, expire_on_commit=False) as session, session.begin():
            work = UnitOfWork(
                session=session,
                actor=actor,
                account=None,
                scope=Scope(Role.ADMIN),
                now=clock.now(),
                today=clock.today(),
            )
            yield work
            session.flush()
            work.close_books()
    except DBAPIError as error:
        if error.connection_invalidated or _met_another(error.orig):
            raise TryAgain from error
        raise


@contextmanager
def one_moment() -> Iterator[None]:
    """Around a run of a screen: everything it reads is as of its first look.

    Its figures agree with each other, and with the data version under which they are kept. A
    command in between ends the moment and begins the next. It holds at most one connection, and
    none before the first look.
    """
    reader = engine().execution_options(**_STEADY[engine().dialect.name])
    with Session(reader) as session:
        opened = _moment.set(session)
        try:
            yield
        finally:
            _moment.reset(opened)


def look_anew() -> None:
    """Ends the moment of the screen, if it is in one: the next look begins another."""
    if moment := _moment.get():
        moment.rollback()


@contextmanager
def reading() -> Iterator[Session]:
    """The moment of the screen, or a reading of its own."""
    if moment := _moment.get():
        yield moment
        return
    with Session(engine()) as session:
        yield session


def one_row(statement: Executable, **values: Any) -> Any:
    """The one row of a statement built beforehand, or None, at a tenth of a session's cost.

    For what every run of every page asks; columns only, no objects.
    """
    if moment := _moment.get():
        return moment.connection().execute(statement, values).one_or_none()
    with engine().connect() as connection:
        return connection.execute(statement, values).one_or_none()


def data_version() -> int:
    """A number that grows with every change of data; caches use it as part of their key."""
    version: int = one_row(_DATA_VERSION).data_version
    return version


def take(session: Session, table: type[Row], key: int, *, where: Any, **changes: Any) -> bool:
    """One conditional UPDATE: true when the row still met `where`. Never read-then-write."""
    done = session.connection().execute(
        update(table).where(table.id == key, where).values(**changes)  # type: ignore[attr-defined]
    )
    return done.rowcount == 1


__all__ = [
    "UnitOfWork",
    "data_version",
    "look_anew",
    "one_moment",
    "one_row",
    "reading",
    "take",
    "unattended_writing",
    "writing",
]


def _refuse_ended(work: UnitOfWork, actor: Actor) -> None:
    live = work.session.exec(
        select(SignIn.account_id)
        .join(Account, col(Account.id) == SignIn.account_id)
        .where(Account.username == work.actor, *is_live_sign_in(actor, clock.real_now()))
        .with_for_update(of=SignIn, read=True)
    ).first()
    if live is None:
        raise Refused("sign_in_ended")


def _met_another(error: BaseException | None) -> bool:
    """A deadlock, a serialization failure, or SQLite's write lock held for too long."""
    state = getattr(error, "sqlstate", None)
    return state in ("40P01", "40001") or "database is locked" in str(error)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
