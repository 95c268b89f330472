"""What columns were said to hold, so that nobody is asked twice: own, office's, nation's."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from db.errors import Refused
from db.intake.fields.names import COLUMN_CHOICES, IGNORED
from db.intake.tables.columns import NATION, OFFICE, OWN, header_key
from db.intake.tables.tables import nameless
from db.intake.told.checked import CheckedList, Remembered
from db.models import Account, ColumnMemory
from db.rules.access import Action
from db.unit_of_work import UnitOfWork, reading, writing

AGREEING_OFFICES = 2
"""The nation knows a header once so many offices said the same and nobody said otherwise."""
LONGEST_HEADER = 120
_ANSWERED_COLUMN = "column_"


@dataclass(frozen=True, slots=True)
class MemoryLine:
    """One remembered header; `who` chose it, nobody in particular for the nation."""

    header: str
    header_key: str
    field: str
    origin: str
    who: str = ""
    chosen_at: datetime | None = None


def of(actor: str) -> list[MemoryLine]:
    """Everything remembered for an account, its own first; what comes later knows no better."""
    with reading() as session:
        account = session.exec(select(Account).where(Account.username == actor)).one_or_none()
        return list(_lines(session, account)) if account else []


def remembered(session: Session, account: Account) -> dict[str, Remembered]:
    """{folded header: what it holds}, for reading a file of this account."""
    return {
        line.header_key: Remembered(line.field, line.origin) for line in _lines(session, account)
    }


def learn(
    work: UnitOfWork, mapping: Mapping[str, str], answers: Mapping[str, str], checked: CheckedList
) -> None:
    """Remember what the actor said of columns of a file that was sent.

    `mapping` is {column position: field}, `answers` those to the questions about the file.
    """
    said = dict(_said(mapping, answers, checked))
    for header, field in said.items():
        memory = work.session.get(ColumnMemory, (work.account_id, header_key(header)))
        if memory is None:
            memory = ColumnMemory(
                account_id=work.account_id,
                header_key=header_key(header),
                header="",
                field="",
                chosen_at=work.now,
            )
        memory.header, memory.field, memory.chosen_at = header[:LONGEST_HEADER], field, work.now
        memory.office_id = work.account.office_id if work.account else None
        work.session.add(memory)


def forget(keys: Collection[str], actor: str) -> None:
    """Let the actor's own memory of these folded headers go.

    Raises:
        Refused: memory_not_own, when one of them is the office's or the nation's.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        for key in keys:
            memory = work.session.get(ColumnMemory, (work.account_id, key))
            if memory is None:
                raise Refused("memory_not_own")
            work.session.delete(memory)
        work.record("draft.columns_forgotten", columns=len(keys))


def _said(
    mapping: Mapping[str, str], answers: Mapping[str, str], checked: CheckedList
) -> Iterator[tuple[str, str]]:
    for index, field in mapping.items():
        place = int(index)
        header = checked.header[place] if place < len(checked.header) else ""
        if header_key(header) and header != nameless(place):
            yield header, field
    for code, header in answers.items():
        field = code.removeprefix(_ANSWERED_COLUMN)
        if field != code and field in COLUMN_CHOICES and header in checked.header:
            yield header, field


def _lines(session: Session, account: Account) -> Iterator[MemoryLine]:
    """Own lines, then those of the office, then the nation's, each header once."""
    known: set[str] = set()
    for line in (*_of_office(session, account), *_of_nation(session)):
        if line.header_key not in known and line.field in (*COLUMN_CHOICES, IGNORED):
            known.add(line.header_key)
            yield line


def _of_office(session: Session, account: Account) -> list[MemoryLine]:
    """The account's own and, where it has an office, its colleagues', newest first."""
    own: Any = col(ColumnMemory.account_id) == account.id
    theirs = (
        own
        if account.office_id is None
        else own | (col(ColumnMemory.office_id) == account.office_id)
    )
    found = session.exec(
        select(ColumnMemory, Account.full_name)
        .join(Account, col(Account.id) == ColumnMemory.account_id)
        .where(theirs)
        .order_by(own.desc(), col(ColumnMemory.chosen_at).desc())
    )
    return [
        MemoryLine(
            header=memory.header,
            header_key=memory.header_key,
            field=memory.field,
            origin=OWN if memory.account_id == account.id else OFFICE,
            who=who,
            chosen_at=memory.chosen_at,
        )
        for memory, who in found
    ]


def _of_nation(session: Session) -> list[MemoryLine]:
    found: Any = session.exec(
        select(
            ColumnMemory.header_key,
            func.min(ColumnMemory.header),
            func.min(ColumnMemory.field),
        )
        .group_by(col(ColumnMemory.header_key))
        .having(
            func.count(func.distinct(ColumnMemory.field)) == 1,
            func.count(func.distinct(ColumnMemory.office_id)) >= AGREEING_OFFICES,
        )
    )
    return [MemoryLine(header, key, field, NATION) for key, header, field in found]
