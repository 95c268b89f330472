"""What sending a draft would do: to which list, and to whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from db.commands.lists import rows as list_rows
from db.commands.lists.changes import Changes, Entry, compare, entries_of, key_of
from db.commands.lists.draft_check import StoredDraft, fingerprint_of, read_draft
from db.commands.lists.recognition import recognise
from db.commands.people.recognition import Found
from db.errors import Refused
from db.intake.told.checked import CheckedList, ListRow
from db.models import CommuneList, Upload
from db.rules.states import ListState, UploadPurpose
from db.unit_of_work import reading

MOSTLY_THE_SAME = 0.5


@dataclass(slots=True)
class SendingPlan:
    """What sending does. `last` is the commune's list that could still take a file."""

    purpose: UploadPurpose
    purposes: tuple[UploadPurpose, ...]
    last: CommuneList | None
    changes: Changes
    maybe: dict[int, Found] = field(default_factory=dict)
    """{row: the stored person who may be meant}"""

    @property
    def owner(self) -> CommuneList | None:
        """The list the file goes to, None where a new round begins."""
        return None if self.purpose is UploadPurpose.NEW_ROUND else self.last


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the plan: from the file, or of somebody whom the file no longer names."""

    row: int | None
    full_name: str
    birth: str
    note: str = ""
    """A code of another list, the place of the person who may be meant, or the fields that the
    file says otherwise, with commas between."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What sending the draft now would do; every group is counted and can be looked at."""

    purpose: UploadPurpose
    purposes: tuple[UploadPurpose, ...]
    """What may be chosen instead, the proposed one first."""
    round: int
    last_code: str | None
    """Code of the commune's list that could be corrected or added to."""
    sent_before: tuple[str, datetime] | None
    """Code and moment, if just this file was sent already: sending is refused."""
    people: int
    new: tuple[PlanRow, ...]
    known: tuple[PlanRow, ...]
    recognised: tuple[PlanRow, ...]
    """Rows that name somebody otherwise than the database does, who is certainly meant."""
    changed: tuple[PlanRow, ...]
    unchanged: tuple[PlanRow, ...]
    gone: tuple[PlanRow, ...]
    maybe: tuple[PlanRow, ...]
    """New people who may be somebody already stored: the province compares them."""
    merged: tuple[PlanRow, ...]
    elsewhere: tuple[PlanRow, ...]
    left_out: int
    announced: int | None
    categories: tuple[tuple[str, int], ...]
    """(category code, people), most frequent first."""


def rehearse(draft_id: int, actor: str, checked: CheckedList) -> Rehearsal:
    """What `submit` would do with a draft of the actor's, checked as given; writes nothing.

    Raises:
        Refused: draft_missing.
    """
    draft = read_draft(draft_id, actor)
    with reading() as session:
        plan = plan_for(session, draft, checked)
        round_ = plan.owner.round if plan.owner else next_round(session, draft)
        before = sent_before(session, draft, fingerprint_of(draft))
    return _rehearsal(plan, draft, checked, round_, before)


def plan_for(
    session: Session,
    draft: StoredDraft,
    checked: CheckedList,
    purpose: UploadPurpose | None = None,
) -> SendingPlan:
    """The plan for a purpose, or for the one the clerk chose, or else for the one that fits best.

    Raises:
        Refused: purpose_gone, when the lists of the commune no longer allow what was chosen.
    """
    last = _last_list(session, draft)
    purposes = _purposes(last)
    if purpose is not None and purpose not in purposes:
        raise Refused("purpose_gone")
    chosen = purpose or (draft.purpose if draft.purpose in purposes else None)
    plan = _plan(session, draft, checked, chosen or purposes[0], last)
    if chosen is None and _names_other_people(plan):
        plan = _plan(session, draft, checked, UploadPurpose.NEW_ROUND, last)
    plan.purposes = (plan.purpose, *(each for each in purposes if each is not plan.purpose))
    return plan


def _names_other_people(plan: SendingPlan) -> bool:
    """A file that leaves out most people of a waiting list is hardly a correction of it."""
    if plan.last is None or plan.last.state is not ListState.SUBMITTED:
        return False
    told = len(plan.changes.changed) + len(plan.changes.unchanged)
    return told < MOSTLY_THE_SAME * (told + len(plan.changes.gone))


def sent_before(
    session: Session, draft: StoredDraft, fingerprint: str
) -> tuple[str, datetime] | None:
    """Code and moment, if just this was sent already for a list that still stands."""
    return session.exec(
        select(CommuneList.code, Upload.sent_at)
        .join(CommuneList, col(CommuneList.id) == Upload.list_id)
        .where(
            Upload.sha256 == fingerprint,
            CommuneList.commune_code == draft.commune_code,
            CommuneList.year == draft.year,
            CommuneList.benefit == draft.benefit,
            CommuneList.state != ListState.WITHDRAWN,
        )
        .order_by(col(Upload.sent_at).desc())
    ).first()


def next_round(session: Session, draft: StoredDraft) -> int:
    last = session.exec(
        select(func.max(CommuneList.round)).where(
            CommuneList.commune_code == draft.commune_code, CommuneList.year == draft.year
        )
    ).one()
    return (last or 0) + 1


def counts_of(checked: CheckedList, changes: Changes) -> dict[str, Any]:
    """The counts an upload keeps for its history."""
    return {
        "rows": checked.rows_read,
        "people": changes.people,
        "new": len(changes.new_people),
        "known": len(changes.known),
        "recognised": len(changes.recognised),
        "changed": len(changes.changed),
        "unchanged": len(changes.unchanged),
        "withdrawn": len(changes.gone),
        "merged": len(changes.merged),
        "elsewhere": len({left_out.row for left_out in changes.elsewhere}),
        "left_out": len({error.row for error in checked.errors}),
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "nominations": len(changes.nominate),
        "categories": dict(_categories(checked, changes)),
    }


def _last_list(session: Session, draft: StoredDraft) -> CommuneList | None:
    """The commune's last list that can still take a file: returned, or not yet under review."""
    last = session.exec(
        select(CommuneList)
        .where(
            CommuneList.commune_code == draft.commune_code,
            CommuneList.year == draft.year,
            CommuneList.benefit == draft.benefit,
            col(CommuneList.state).in_((ListState.RETURNED, ListState.SUBMITTED)),
        )
        .order_by(
            (col(CommuneList.state) == ListState.RETURNED).desc(), col(CommuneList.round).desc()
        )
    ).first()
    if last is None or (last.state is ListState.SUBMITTED and last.review_began_at is not None):
        return None
    return last


def _purposes(last: CommuneList | None) -> tuple[UploadPurpose, ...]:
    if last is None:
        return (UploadPurpose.NEW_ROUND,)
    if last.state is ListState.RETURNED:
        return UploadPurpose.CORRECTION, UploadPurpose.ADDITION
    return UploadPurpose.CORRECTION, UploadPurpose.ADDITION, UploadPurpose.NEW_ROUND


def _plan(
    session: Session,
    draft: StoredDraft,
    checked: CheckedList,
    purpose: UploadPurpose,
    last: CommuneList | None,
) -> SendingPlan:
    owner = None if purpose is UploadPurpose.NEW_ROUND else last
    entries, merged = entries_of(checked.rows, draft.benefit, draft.today)
    list_id = owner.id if owner else None
    own = list_rows.own_nominations(session, list_id)
    numbers = [entry.row.cccd for entry in entries if entry.row.cccd]
    known = list_rows.known_people(session, draft.province_code, numbers)
    recognition = recognise(
        session, draft.province_code, draft.commune_code, entries=entries, known=known, own=own
    )
    people = {
        *(person.id for person in known.values()),
        *(one.person.id for one in own),
        *(found.person.id for found in recognition.same.values()),
    }
    live = list_rows.listed_elsewhere(session, people, draft.year, list_id)
    is_whole = purpose is not UploadPurpose.ADDITION
    changes = compare(entries, known, live, own, recognition.same, is_whole=is_whole)
    changes.merged = merged
    maybe = {
        entry.row.row: recognition.maybe[key]
        for entry in changes.new_people
        if (key := key_of(entry)) in recognition.maybe
    }
    return SendingPlan(purpose, (purpose,), last, changes, maybe)


def _rehearsal(
    plan: SendingPlan,
    draft: StoredDraft,
    checked: CheckedList,
    round_: int,
    before: tuple[str, datetime] | None,
) -> Rehearsal:
    changes = plan.changes
    rows = {row.row: row for row in checked.rows}
    lists = {one.row: one.list_code for one in changes.elsewhere}
    other = _fields_that_change(changes)
    return Rehearsal(
        purpose=plan.purpose,
        purposes=plan.purposes,
        round=round_,
        last_code=plan.last.code if plan.last else None,
        sent_before=before,
        people=changes.people,
        new=_people(changes.new_people),
        known=_people(changes.known),
        recognised=tuple(
            _row(rows[row], found.person.full_name) for row, found in changes.recognised.items()
        ),
        changed=tuple(_row(entry.row, ",".join(other[entry.row.row])) for entry in changes.changed),
        unchanged=_people(changes.unchanged),
        gone=tuple(PlanRow(None, one.full_name, one.birth) for one in changes.gone),
        maybe=tuple(_row(rows[row], _place(found, draft)) for row, found in plan.maybe.items()),
        merged=tuple(_row(rows[row], str(into)) for row, into in changes.merged.items()),
        elsewhere=tuple(_row(rows[row], code) for row, code in lists.items()),
        left_out=len({error.row for error in checked.errors}),
        announced=draft.announced,
        categories=tuple(_categories(checked, changes).most_common()),
    )


def _people(entries: Sequence[Entry]) -> tuple[PlanRow, ...]:
    return tuple(_row(entry.row) for entry in entries)


def _row(row: ListRow, note: str = "") -> PlanRow:
    return PlanRow(row.row, row.full_name, row.birth, note)


def _fields_that_change(changes: Changes) -> dict[int, tuple[str, ...]]:
    """{row: fields of the contract} of those who are listed already with other content."""
    filled = {one.person_id: tuple(one.after) for one in changes.fill}
    recategorised = {
        entry.row.row
        for nomination, entry in changes.relist
        if set(nomination.categories) != set(entry.categories)
    }
    fields: dict[int, tuple[str, ...]] = {}
    for entry in changes.changed:
        row, values = entry.row.row, filled.get(entry.person_id or 0, ())
        fields[row] = (*values, "category") if row in recategorised else values
    return fields


def _place(found: Found, draft: StoredDraft) -> str:
    """The commune's code, or nothing for somebody of another province: they stay out of sight."""
    stored = found.stored
    return stored.traits.commune_code or "" if stored.province_code == draft.province_code else ""


def _categories(checked: CheckedList, changes: Changes) -> Counter[str]:
    listed = [row for row in checked.rows if row.row not in changes.merged]
    return Counter(category for row in listed for category in row.categories)
