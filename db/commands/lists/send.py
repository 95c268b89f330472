"""Sending a commune's list, correcting or completing one, taking one back."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, select

from db.collecting import collector_paused
from db.commands.lists import column_memory, drafts, rows
from db.commands.lists import plan as list_plan
from db.commands.lists.draft_check import StoredDraft, check_stored, fingerprint_of, read_draft
from db.commands.review import duplicates
from db.errors import Refused
from db.intake.told.checked import CheckedList
from db.models import CommuneList, Nomination, Province, Upload
from db.rules import why
from db.rules.access import Action
from db.rules.drafts import DraftSeen
from db.rules.states import ListState, NominationState, UploadPurpose
from db.unit_of_work import UnitOfWork, writing

Tell = Callable[[str], None]
"""Told the name of each step as it begins: checking, comparing, writing, pairing."""


@collector_paused()
def submit(
    seen: DraftSeen,
    actor: str,
    *,
    confirmed: bool,
    leave_errors: bool,
    purpose: UploadPurpose | None = None,
    tell: Tell = lambda _step: None,
) -> str:
    """Send the draft as it was seen; returns the list's code.

    The file is checked again here, before the transaction opens. `purpose` says what the clerk
    saw it would be to the lists sent before; None takes what fits best.

    Raises:
        Refused: not_confirmed, draft_missing, draft_changed (at), file_rejected (message),
            questions_open, errors_left (errors), nobody_to_send, commune_not_served (commune),
            same_file_again (code, at), purpose_gone.
    """
    if not confirmed:
        raise Refused("not_confirmed")
    tell("checking")
    draft = read_draft(seen.id, actor)
    checked = check_stored(draft, actor)
    _check_sendable(checked, leave_errors)
    with writing(actor, Action.SUBMIT_LIST) as work:
        stored = drafts.own_draft(work, seen)
        drafts.check_commune(work, draft.commune_code)
        _one_at_a_time(work.session, draft.province_code)
        fingerprint = fingerprint_of(draft)
        if earlier := list_plan.sent_before(work.session, draft, fingerprint):
            raise Refused("same_file_again", code=earlier[0], at=earlier[1])
        tell("comparing")
        plan = list_plan.plan_for(work.session, draft, checked, purpose)
        if not plan.changes.people:
            raise Refused("nobody_to_send")
        tell("writing")
        owner = _locked(work, plan.owner) if plan.owner else _new_list(work, draft)
        upload = _keep_file(work, owner, draft, checked, fingerprint)
        upload.purpose = plan.purpose
        upload.effects = rows.write(work, owner, upload, plan.changes).stored()
        rows.keep_rows(work, upload, checked, plan.changes)
        tell("pairing")
        pairs = duplicates.find_for_list(work, upload.list_id)
        upload.counts = list_plan.counts_of(checked, plan.changes) | {
            "pairs": pairs,
            "announced": draft.announced,
        }
        _send(work, owner, upload)
        column_memory.learn(work, draft.mapping, draft.answers, checked)
        work.session.delete(stored)
        return owner.code


def withdraw(list_id: int, reason: str, seen: int, actor: str) -> None:
    """Take a list back, with everybody on it, until its review begins.

    Raises:
        Refused: reason_missing, review_began (at), transition_not_allowed, changed_meanwhile.
    """
    reason = why.required(reason)
    with writing(actor, Action.SUBMIT_LIST) as work:
        owner = work.get(CommuneList, list_id, seen=seen)
        if owner.state is ListState.SUBMITTED and owner.review_began_at is not None:
            raise Refused("review_began", at=owner.review_began_at)
        nominations = list(
            work.session.exec(
                select(Nomination.id).where(
                    Nomination.list_id == list_id, Nomination.state != NominationState.WITHDRAWN
                )
            )
        )
        put_away(work, owner, reason, nominations=len(nominations))
        rows.withdraw_nominations(work, [id_ for id_ in nominations if id_ is not None])


def put_away(work: UnitOfWork, owner: CommuneList, reason: str, **details: int) -> None:
    """Move a list that nobody works on to its end."""
    said = reason
    if owner.state is ListState.SUBMITTED:
        work.move(owner, ListState.RETURNED, reason=said, code=owner.code)
    work.move(owner, ListState.WITHDRAWN, reason=said, code=owner.code, **details)


def _check_sendable(checked: CheckedList, leave_errors: bool) -> None:
    if checked.verdict == "reject":
        raise Refused("file_rejected", message=checked.message)
    if checked.verdict == "ask_user":
        raise Refused("questions_open")
    if checked.errors and not leave_errors:
        raise Refused("errors_left", errors=len(checked.errors))
    if not checked.rows:
        raise Refused("nobody_to_send")


def _one_at_a_time(session: Session, province_code: str) -> None:
    """Lists of a province are merged one after the other, or one person would become two."""
    session.exec(
        select(Province.code).where(Province.code == province_code).with_for_update(key_share=True)
    ).one()


def _locked(work: UnitOfWork, planned: CommuneList) -> CommuneList:
    """The list that was planned for, if its review has not begun meanwhile."""
    owner = work.get(CommuneList, planned.id)
    if owner.state is ListState.SUBMITTED and owner.review_began_at is not None:
        raise Refused("purpose_gone")
    return owner


def _new_list(work: UnitOfWork, draft: StoredDraft) -> CommuneList:
    owner = CommuneList(
        code=work.next_code("DS", draft.province_code, draft.year),
        province_code=draft.province_code,
        commune_code=draft.commune_code,
        year=draft.year,
        round=list_plan.next_round(work.session, draft),
        benefit=draft.benefit,
        created_by=work.actor,
        created_at=work.now,
    )
    work.record("commune_list.created", owner, code=owner.code)
    return owner


def _keep_file(
    work: UnitOfWork, owner: CommuneList, draft: StoredDraft, checked: CheckedList, sha256: str
) -> Upload:
    upload = Upload(
        province_code=owner.province_code,
        list_id=owner.id or 0,
        file_name=draft.file_name,
        file_sha256=checked.sha256,
        sha256=sha256,
        content=draft.content,
        mapping={
            "columns": draft.mapping,
            "corrections": draft.corrections,
            "answers": draft.answers,
            "read_as": dict(checked.field_columns or {}),
        },
        counts={},
        sent_by=work.actor,
        sent_at=work.now,
    )
    work.session.add(upload)
    work.session.flush()
    return upload


def _send(work: UnitOfWork, owner: CommuneList, upload: Upload) -> None:
    """The list is with the province; one that was there already is told to have changed."""
    owner.submitted_at, owner.review_began_at, owner.reason = work.now, None, ""
    told = _told(upload.counts) | {"purpose": upload.purpose.value}
    if owner.state is not ListState.SUBMITTED:
        work.move(owner, ListState.SUBMITTED, code=owner.code, **told)
        return
    owner.version += 1
    work.session.add(owner)
    work.record("commune_list.sent_again", owner, code=owner.code, **told)


def _told(counts: dict[str, Any]) -> dict[str, Any]:
    """The counts as the audit chain keeps them."""
    return {name: count for name, count in counts.items() if isinstance(count, int)}
