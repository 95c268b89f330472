"""The audit chain: searched by people, verified from its first entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlmodel import col, func, select

from db import anchors, clock
from db.anchors import CODE_LENGTH, Anchor
from db.audit_chain import chained_hash, seal_of
from db.models import Account, AuditEntry, AuditHead, CommuneList, Event, Pledge, Proposal
from db.queries.values import from_row
from db.scope import Scope
from db.unit_of_work import reading

_CODED: tuple[type[CommuneList] | type[Pledge] | type[Proposal] | type[Event], ...] = (
    CommuneList,
    Pledge,
    Proposal,
    Event,
)


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    record_kind: str | None
    record_id: str | None
    province_code: str | None
    from_state: str | None
    to_state: str | None
    details: dict[str, Any]


Fault = Literal["entry", "head", "seal", "anchor"]


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """`fault` says what does not fit, None if the chain is whole.

    entry: a hash, number or predecessor; head: entries are missing at the end; seal: the chain
    was written anew without the key; anchor: it is not the one of an earlier day or paper.
    """

    entries: int
    fault: Fault | None = None
    broken_at: int | None = None
    """The number of the first entry that does not fit."""

    @property
    def whole(self) -> bool:
        return self.fault is None


def search(
    scope: Scope,
    *,
    actor: str | None = None,
    action: str | None = None,
    record: tuple[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Line], int]:
    """Newest first, with the number of lines that fit."""
    conditions = [scope.covers(AuditEntry)]
    if actor:
        conditions.append(col(AuditEntry.actor) == actor)
    if action:
        conditions.append(col(AuditEntry.action).startswith(action, autoescape=True))
    if record:
        conditions += [
            col(AuditEntry.record_kind) == record[0],
            col(AuditEntry.record_id) == record[1],
        ]
    if since:
        conditions.append(col(AuditEntry.at) >= _midnight(since))
    if until:
        conditions.append(col(AuditEntry.at) < _midnight(until + timedelta(days=1)))
    with reading() as session:
        count = session.exec(select(func.count()).select_from(AuditEntry).where(*conditions)).one()
        rows = session.exec(
            select(AuditEntry, Account.full_name)
            .outerjoin(Account, col(Account.username) == AuditEntry.actor)
            .where(*conditions)
            .order_by(col(AuditEntry.id).desc())
            .limit(limit)
            .offset(offset)
        )
        return [_line(entry, name) for entry, name in rows], count


def verify(printed: Anchor | None = None) -> ChainCheck:
    """Recompute every hash from the first entry to the head, and compare with what is outside.

    `printed` is the line of a signed paper, beside the anchors of the file.
    """
    before, number = "0" * 64, 0
    outside = [*anchors.kept(), *([printed] if printed else [])]
    strange = {anchor.number for anchor in outside}
    with reading() as session:
        for entry in session.exec(
            select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=2000)
        ):
            number += 1
            if (
                entry.id != number
                or entry.hash_before != before
                or entry.hash != chained_hash(entry)
            ):
                return ChainCheck(number, "entry", entry.id)
            before = entry.hash
            if number in strange and all(
                before.startswith(anchor.hash) for anchor in outside if anchor.number == number
            ):
                strange.discard(number)
        end = session.exec(select(AuditHead)).one()
    if end.last_id != number or end.last_hash != before:
        return ChainCheck(number, "head", number + 1)
    if end.seal != (seal_of(number, before) if number else ""):
        return ChainCheck(number, "seal", number)
    return ChainCheck(number, "anchor", min(strange)) if strange else ChainCheck(number)


def head() -> Anchor:
    """Where the chain stands."""
    with reading() as session:
        found = session.exec(select(AuditHead)).one()
    return Anchor(found.last_id, found.last_hash)


def printed_line() -> str:
    """The same as signed papers carry it."""
    number, last_hash = head()
    return f"Nhật ký số {number}, mã {last_hash[:CODE_LENGTH]}"


def _line(entry: AuditEntry, name: str | None) -> Line:
    return from_row(Line, entry, actor_name=name or entry.actor)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.VIETNAM)


def codes(lines: Sequence[Line]) -> dict[int, str]:
    """{line id: the code people read}, for lines about lists, pledges, proposals, events."""
    found: dict[int, str] = {}
    with reading() as session:
        for table in _CODED:
            about = [line for line in lines if line.record_kind == table.__name__]
            if not about:
                continue
            ids = {int(line.record_id or 0) for line in about}
            known = dict(
                session.exec(select(table.id, table.code).where(col(table.id).in_(ids))).all()
            )
            found |= {line.id: known.get(int(line.record_id or 0), "") for line in about}
    return found


def record_of(scope: Scope, code: str) -> tuple[str, str] | None:
    """(kind, id) of the record that carries a code people read, if it is in scope."""
    with reading() as session:
        for table in _CODED:
            found = session.exec(
                select(table.id).where(table.code == code.strip().upper(), scope.covers(table))
            ).first()
            if found is not None:
                return table.__name__, str(found)
    return None


def last_of(kind: str, identity: int) -> Line | None:
    """The last line about a record that the reader has open."""
    with reading() as session:
        found = session.exec(
            select(AuditEntry, Account.full_name)
            .outerjoin(Account, col(Account.username) == AuditEntry.actor)
            .where(AuditEntry.record_kind == kind, AuditEntry.record_id == str(identity))
            .order_by(col(AuditEntry.id).desc())
        ).first()
        return None if found is None else _line(*found)


def latest_of(actor: str, limit: int = 5) -> list[Line]:
    """What one person did last, newest first; looking and signing in left out."""
    quiet = [~col(AuditEntry.action).startswith(prefix) for prefix in ("view.", "sign_in.")]
    with reading() as session:
        found = session.exec(
            select(AuditEntry)
            .where(AuditEntry.actor == actor, *quiet)
            .order_by(col(AuditEntry.id).desc())
            .limit(limit)
        )
        return [_line(entry, None) for entry in found]
