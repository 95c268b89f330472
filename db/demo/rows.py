"""A year of rows gathered in memory and written at the driver's own speed."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import itemgetter
from typing import Any

from db import bulk
from db.audit_chain import chained_hash, seal_of
from db.models import (
    Attachment,
    AuditEntry,
    AuditHead,
    CommuneList,
    Counter,
    CoverFact,
    Decision,
    Donor,
    Event,
    EventMatch,
    Goal,
    Match,
    Nomination,
    Objection,
    Outcome,
    Person,
    Plan,
    Pledge,
    PledgeCommune,
    Policy,
    Posting,
    Proposal,
    ProposalParticipant,
    Receipt,
    Table,
    Upload,
    UploadRow,
)
from db.reference.places import provinces_by_code
from db.unit_of_work import UnitOfWork

_PARENTS_FIRST: tuple[type[Table], ...] = (
    Policy, Plan, Goal, Donor, Pledge, PledgeCommune, Receipt, Person, CoverFact, CommuneList,
    Upload, UploadRow, Nomination, Posting, Objection, Proposal, ProposalParticipant, Match,
    Decision, Event, EventMatch, Outcome, Attachment, Counter,
)  # fmt: skip
_WITHOUT_ID = (PledgeCommune, ProposalParticipant, EventMatch, Counter)
_MOST = 80_000
"""Rows of one table that two demo years may need; unused ids of a sequence are skipped."""


@dataclass(slots=True)
class _Line:
    """An audit entry before it is chained: forty thousand need no row objects."""

    at: datetime
    actor: str
    action: str
    record_kind: str
    record_id: str
    province_code: str
    to_state: str | None
    details: dict[str, Any]
    from_state: str | None = None
    id: int = 0
    hash_before: str = ""
    hash: str = ""


class Rows:
    """Rows and audit lines of the past; nothing is written before `write`."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._rows: defaultdict[type[Table], list[dict[str, Any]]] = defaultdict(list)
        self._ids: dict[type[Table], Iterator[int]] = {}
        self._numbers: defaultdict[tuple[str, str, int], Iterator[int]] = defaultdict(
            lambda: itertools.count(1)
        )
        self._last: dict[tuple[str, str, int], int] = {}
        self._rounds: defaultdict[tuple[str, int], int] = defaultdict(int)
        self._lines: list[_Line] = []

    def add(self, table: type[Table], **values: Any) -> int:
        """Keep a row; every row of a table names the same columns. Returns its id, or 0."""
        identity = 0
        if table not in _WITHOUT_ID:
            identity = values["id"] = next(self._ids_of(table))
        self._rows[table].append(values)
        return identity

    def seen(self, table: type[Table], identity: int) -> dict[str, Any]:
        """The row that was kept under an id."""
        rows = self._rows[table]
        first: int = rows[0]["id"]
        return rows[identity - first]

    def amend(self, table: type[Table], identity: int, **values: Any) -> None:
        """Change a row that was kept under an id."""
        self.seen(table, identity).update(values)

    def next_code(self, kind: str, province_code: str, year: int) -> str:
        """The running number that the unit of work would have given."""
        key = (kind, province_code, year)
        self._last[key] = next(self._numbers[key])
        abbreviation = provinces_by_code()[province_code].abbreviation
        return f"{kind}-{year}-{abbreviation}-{self._last[key]:04d}"

    def next_round(self, commune_code: str, year: int) -> int:
        """The round of the commune's next list of a year."""
        self._rounds[commune_code, year] += 1
        return self._rounds[commune_code, year]

    def note(
        self,
        at: datetime,
        actor: str,
        action: str,
        record: tuple[type[Table], int],
        *,
        after: StrEnum | None = None,
        **details: Any,
    ) -> None:
        """Keep an audit line of a moment in the past."""
        table, identity = record
        to_state = None if after is None else after.value
        self._lines.append(
            _Line(
                at=at,
                actor=actor,
                action=action,
                record_kind=table.__name__,
                record_id=str(identity),
                province_code=self.seen(table, identity)["province_code"],
                to_state=to_state,
                details=details,
            )
        )

    def write(self) -> None:
        """Write everything in the caller's transaction, the audit lines in order of time."""
        for (kind, province_code, year), last in self._last.items():
            self.add(Counter, kind=kind, province_code=province_code, year=year, last=last)
        for table in _PARENTS_FIRST:
            rows = self._rows[table]
            keys, defaults = _columns(table)
            of_row = itemgetter(*keys)
            bulk.insert_values(
                self._work.session, table, keys, [of_row(defaults | row) for row in rows]
            )
        self._chain()

    def _chain(self) -> None:
        head = self._work.session.get_one(AuditHead, 1, with_for_update=True)
        self._lines.sort(key=lambda line: line.at)
        last_id, last_hash = head.last_id, head.last_hash
        for line in self._lines:
            last_id += 1
            line.id, line.hash_before = last_id, last_hash
            line.hash = last_hash = chained_hash(line)
        keys = [one.name for one in fields(_Line)]
        bulk.insert_values(
            self._work.session,
            AuditEntry,
            keys,
            [tuple(getattr(line, key) for key in keys) for line in self._lines],
        )
        head.last_id, head.last_hash = last_id, last_hash
        head.seal = seal_of(last_id, last_hash)
        head.data_version += 1
        self._work.session.add(head)
        self._work.session.flush()

    def _ids_of(self, table: type[Table]) -> Iterator[int]:
        if table not in self._ids:
            self._ids[table] = iter(bulk.reserve_ids(self._work.session, table, _MOST))
        return self._ids[table]


def _columns(table: type[Table]) -> tuple[list[str], dict[str, Any]]:
    """Column keys of a table and the model's defaults, which bulk writing does not apply."""
    keys = [column.key for column in table.__table__.columns]  # type: ignore[attr-defined]
    known = table.model_fields
    defaults = {
        key: known[key].get_default(call_default_factory=True)
        for key in keys
        if not known[key].is_required()
    }
    return keys, defaults
