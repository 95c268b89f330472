"""Sending a commune's list, correcting a returned one, taking one back."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from db.commands import drafts, duplicates, list_rows
from db.commands.draft_check import StoredDraft, check_stored, fingerprint_of, read_draft
from db.commands.list_changes import Changes, compare, entries_of
from db.commands.list_recognition import recognise
from db.errors import Refused
from db.intake.checked import CheckedList
from db.models import (
    CommuneList,
    Nomination,
    Province,
    Upload,
    UploadDraft,
)
from db.rules.access import Action
from db.rules.states import ListState, NominationState
from db.unit_of_work import UnitOfWork, reading, writing


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What sending the draft now would do; counts of people, `merged` and `left_out` of rows."""

    round: int
    corrects: str | None
    """Code of the returned list that would be corrected."""
    sent_before: tuple[str, datetime] | None
    """Code and moment, if just this file was sent already: sending is refused."""
    people: int
    new: int
    known: int
    recognised: int
    """Rows that name somebody otherwise than the database does, who is certainly meant."""
    changed: int
    unchanged: int
    gone: int
    merged: int
    elsewhere: int
    left_out: int
    categories: tuple[tuple[str, int], ...]
    """(category code, people), most frequent first."""


def submit(actor: str, *, confirmed: bool, leave_errors: bool) -> str:
    """Send the actor's draft; returns the list's code.

    The file is checked again here, before the transaction opens. A list of the commune that
    was returned is corrected, otherwise a new round begins.

    Raises:
        Refused: not_confirmed, draft_missing, draft_changed, file_rejected (message),
            questions_open, errors_left (errors), nobody_to_send, commune_not_served (commune),
            same_file_again (code, at).
    """
    if not confirmed:
        raise Refused("not_confirmed")
    draft = read_draft(actor)
    checked = check_stored(draft, actor)
    _check_sendable(checked, leave_errors)
    with writing(actor, Action.SUBMIT_LIST) as work:
        _check_unchanged(work, draft)
        drafts.check_commune(work, draft.commune_code)
        _one_at_a_time(work.session, draft.province_code)
        fingerprint = fingerprint_of(draft)
        if earlier := _sent_before(work.session, draft, fingerprint):
            raise Refused("same_file_again", code=earlier[0], at=earlier[1])
        corrected = _returned_list(work.session, draft)
        changes = _changes(work.session, draft, checked, corrected)
        if not changes.people:
            raise Refused("nobody_to_send")
        owner = work.get(CommuneList, corrected.id) if corrected else _new_list(work, draft)
        upload = _keep_file(work, owner, draft, fingerprint)
        list_rows.write(work, owner, upload, changes)
        list_rows.keep_rows(work, upload, checked, changes)
        pairs = duplicates.find_for_list(work, upload.list_id)
        upload.counts = _counts(checked, changes) | {"pairs": pairs}
        owner.submitted_at, owner.review_began_at, owner.reason = work.now, None, ""
        work.move(owner, ListState.SUBMITTED, code=owner.code, **_told(upload.counts))
        work.session.delete(work.session.get_one(UploadDraft, work.account_id))
        return owner.code


def rehearse(actor: str, checked: CheckedList) -> Rehearsal:
    """What `submit` would do with the draft, checked as given; writes nothing.

    Raises:
        Refused: draft_missing.
    """
    draft = read_draft(actor)
    with reading() as session:
        corrected = _returned_list(session, draft)
        changes = _changes(session, draft, checked, corrected)
        counts = _counts(checked, changes)
        return Rehearsal(
            corrected.round if corrected else _next_round(session, draft),
            corrected.code if corrected else None,
            _sent_before(session, draft, fingerprint_of(draft)),
            changes.people,
            len(changes.new_people),
            changes.known,
            len(changes.recognised),
            changes.changed,
            changes.unchanged,
            changes.gone,
            len(changes.merged),
            len({left_out.row for left_out in changes.elsewhere}),
            counts["left_out"],
            tuple(Counter(counts["categories"]).most_common()),
        )


def withdraw(list_id: int, reason: str, seen: int, actor: str) -> None:
    """Take a list back, with everybody on it, until its review begins.

    Raises:
        Refused: reason_missing, review_began (at), transition_not_allowed, changed_meanwhile.
    """
    if not reason.strip():
        raise Refused("reason_missing")
    with writing(actor, Action.SUBMIT_LIST) as work:
        owner = work.get(CommuneList, list_id, seen=seen)
        if owner.state is ListState.SUBMITTED:
            if owner.review_began_at is not None:
                raise Refused("review_began", at=owner.review_began_at)
            work.move(owner, ListState.RETURNED, reason=reason.strip()[:500], code=owner.code)
        nominations = list(
            work.session.exec(
                select(Nomination.id).where(
                    Nomination.list_id == list_id, Nomination.state != NominationState.WITHDRAWN
                )
            )
        )
        work.move(
            owner,
            ListState.WITHDRAWN,
            reason=reason.strip()[:500],
            code=owner.code,
            nominations=len(nominations),
        )
        list_rows.withdraw_nominations(work, [id_ for id_ in nominations if id_ is not None])


def _check_sendable(checked: CheckedList, leave_errors: bool) -> None:
    if checked.verdict == "reject":
        raise Refused("file_rejected", message=checked.message)
    if checked.verdict == "ask_user":
        raise Refused("questions_open")
    if checked.errors and not leave_errors:
        raise Refused("errors_left", errors=len(checked.errors))
    if not checked.rows:
        raise Refused("nobody_to_send")


def _check_unchanged(work: UnitOfWork, draft: StoredDraft) -> None:
    current = work.session.get(UploadDraft, work.account_id, with_for_update=True)
    if current is None:
        raise Refused("draft_missing")
    if current.updated_at != draft.seen:
        raise Refused("draft_changed", at=current.updated_at)


def _one_at_a_time(session: Session, province_code: str) -> None:
    """Lists of a province are merged one after the other, or one person would become two."""
    session.exec(
        select(Province.code).where(Province.code == province_code).with_for_update(key_share=True)
    ).one()


def _sent_before(
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


def _returned_list(session: Session, draft: StoredDraft) -> CommuneList | None:
    return session.exec(
        select(CommuneList)
        .where(
            CommuneList.commune_code == draft.commune_code,
            CommuneList.year == draft.year,
            CommuneList.benefit == draft.benefit,
            CommuneList.state == ListState.RETURNED,
        )
        .order_by(col(CommuneList.round).desc())
    ).first()


def _next_round(session: Session, draft: StoredDraft) -> int:
    last = session.exec(
        select(func.max(CommuneList.round)).where(
            CommuneList.commune_code == draft.commune_code, CommuneList.year == draft.year
        )
    ).one()
    return (last or 0) + 1


def _changes(
    session: Session, draft: StoredDraft, checked: CheckedList, corrected: CommuneList | None
) -> Changes:
    entries, merged = entries_of(checked.rows, draft.benefit, draft.today)
    list_id = corrected.id if corrected else None
    own = list_rows.own_nominations(session, list_id)
    numbers = [entry.row.cccd for entry in entries if entry.row.cccd]
    known = list_rows.known_people(session, draft.province_code, numbers)
    recognised = recognise(session, draft.province_code, draft.commune_code, entries, known, own)
    people = {
        *(person.id for person in known.values()),
        *(one.person.id for one in own),
        *(found.person.id for found in recognised.values()),
    }
    live = list_rows.listed_elsewhere(session, people, draft.year, list_id)
    changes = compare(entries, known, live, own, recognised)
    changes.merged = merged
    return changes


def _new_list(work: UnitOfWork, draft: StoredDraft) -> CommuneList:
    owner = CommuneList(
        code=work.next_code("DS", draft.province_code, draft.year),
        province_code=draft.province_code,
        commune_code=draft.commune_code,
        year=draft.year,
        round=_next_round(work.session, draft),
        benefit=draft.benefit,
        created_by=work.actor,
        created_at=work.now,
    )
    work.record("commune_list.created", owner, code=owner.code)
    return owner


def _keep_file(work: UnitOfWork, owner: CommuneList, draft: StoredDraft, sha256: str) -> Upload:
    upload = Upload(
        province_code=owner.province_code,
        list_id=owner.id or 0,
        file_name=draft.file_name,
        sha256=sha256,
        content=draft.content,
        mapping={
            "columns": draft.mapping,
            "corrections": draft.corrections,
            "answers": draft.answers,
        },
        counts={},
        sent_by=work.actor,
        sent_at=work.now,
    )
    work.session.add(upload)
    work.session.flush()
    return upload


def _counts(checked: CheckedList, changes: Changes) -> dict[str, Any]:
    listed = [row for row in checked.rows if row.row not in changes.merged]
    categories = Counter(category for row in listed for category in row.categories)
    return {
        "rows": checked.rows_read,
        "people": changes.people,
        "new": len(changes.new_people),
        "known": changes.known,
        "recognised": len(changes.recognised),
        "changed": changes.changed,
        "unchanged": changes.unchanged,
        "withdrawn": changes.gone,
        "merged": len(changes.merged),
        "elsewhere": len({left_out.row for left_out in changes.elsewhere}),
        "left_out": len({error.row for error in checked.errors}),
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "nominations": len(changes.nominate),
        "categories": dict(categories),
    }


def _told(counts: dict[str, Any]) -> dict[str, Any]:
    """The counts as the audit chain keeps them."""
    return {name: count for name, count in counts.items() if isinstance(count, int)}
