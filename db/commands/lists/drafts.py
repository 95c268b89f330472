"""A clerk's unfinished uploads. Only the draft is written; nothing is sent yet."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlmodel import col, func, select

from db.commands.lists import uploads
from db.errors import Refused
from db.intake.fields.names import COLUMN_CHOICES
from db.models import Commune, OfficeCommune, UploadDraft
from db.reference.places import communes_by_code
from db.rules.access import Action
from db.rules.drafts import MOST_UNFINISHED, DraftSeen
from db.rules.states import Benefit, UploadPurpose
from db.unit_of_work import UnitOfWork, writing

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_NAME = 200
LONGEST_CELL = 500
MOST_ANNOUNCED = 100_000


def start(
    commune_code: str,
    benefit: Benefit,
    file_name: str,
    *,
    content: bytes,
    actor: str,
    purpose: UploadPurpose | None = None,
) -> DraftSeen:
    """Keep a file to work on, beside the others this account has not finished.

    Returns what later calls give as `seen`.

    Raises:
        Refused: commune_not_served (commune), file_too_large (limit), too_many_drafts (limit).
    """
    if len(content) > LARGEST_FILE:
        raise Refused("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    with writing(actor, Action.SUBMIT_LIST) as work:
        check_commune(work, commune_code)
        draft = _new(work, commune_code, benefit, file_name, content)
        draft.purpose = purpose
        return _note(work, draft, "draft.started", sha256=draft.file_sha256)


def reopen(upload_id: int, actor: str) -> DraftSeen:
    """Take a file that was sent as a draft again, with all that was decided about it.

    Nothing of what was sent changes.

    Raises:
        Refused: not_found, commune_not_served (commune), too_many_drafts (limit).
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        upload, owner = uploads.of_scope(work.session, work.scope, upload_id)
        check_commune(work, owner.commune_code)
        draft = _new(work, owner.commune_code, owner.benefit, upload.file_name, upload.content)
        draft.mapping = dict(upload.mapping.get("columns", {}))
        draft.corrections = dict(upload.mapping.get("corrections", {}))
        draft.answers = dict(upload.mapping.get("answers", {}))
        draft.announced = upload.counts.get("announced")
        return _note(work, draft, "draft.reopened", upload=upload_id)


def map_column(index: int, field: str, *, seen: DraftSeen, actor: str) -> DraftSeen:
    """Say which field a column of the file holds; `index` counts from 0.

    Raises:
        Refused: draft_missing, draft_changed, field_unknown.
    """
    if field not in COLUMN_CHOICES:
        raise Refused("field_unknown")
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = own_draft(work, seen)
        others = {
            place: chosen
            for place, chosen in draft.mapping.items()
            if chosen != field or field == "ignore"
        }
        draft.mapping = others | {str(index): field}
        return _note(work, draft, "draft.mapped", column=index, field=field)


def correct(cells: Mapping[tuple[int, str], str], *, seen: DraftSeen, actor: str) -> DraftSeen:
    """Put texts in place of cells of the file: {(row as Excel shows it, field): text}.

    An empty text takes a correction back.

    Raises:
        Refused: draft_missing, draft_changed, field_unknown.
    """
    if any(field not in COLUMN_CHOICES for _row, field in cells):
        raise Refused("field_unknown")
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = own_draft(work, seen)
        typed = {f"{row}:{field}": text[:LONGEST_CELL] for (row, field), text in cells.items()}
        corrections = draft.corrections | typed
        draft.corrections = {cell: text for cell, text in corrections.items() if text.strip()}
        return _note(work, draft, "draft.corrected", cells=len(typed))


def answer(code: str, choice: str, *, seen: DraftSeen, actor: str) -> DraftSeen:
    """Answer a question about the file.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = own_draft(work, seen)
        draft.answers = draft.answers | {code[:60]: choice[:LONGEST_CELL]}
        return _note(work, draft, "draft.answered", code=code[:60])


def choose_purpose(purpose: UploadPurpose, *, seen: DraftSeen, actor: str) -> DraftSeen:
    """Say what the file is to the lists sent before.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = own_draft(work, seen)
        draft.purpose = purpose
        return _note(work, draft, "draft.purpose_chosen", purpose=purpose.value)


def announce(people: int | None, *, seen: DraftSeen, actor: str) -> DraftSeen:
    """Note how many people the commune's cover letter says there are.

    Raises:
        Refused: draft_missing, draft_changed, announced_wrong.
    """
    if people is not None and not 0 < people <= MOST_ANNOUNCED:
        raise Refused("announced_wrong")
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = own_draft(work, seen)
        draft.announced = people
        return _note(work, draft, "draft.announced")


def look_again(*, seen: DraftSeen, actor: str) -> DraftSeen:
    """Let the file be read anew, after what is remembered of columns changed.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        return _note(work, own_draft(work, seen), "draft.read_again")


def forget_answers(*, seen: DraftSeen, actor: str) -> DraftSeen:
    """Let every question about the file be asked again.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = own_draft(work, seen)
        draft.answers = {}
        return _note(work, draft, "draft.asked_again")


def discard(draft_id: int, actor: str) -> None:
    """Put the file away unsent; nothing happens if there is none."""
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = work.session.get(UploadDraft, draft_id)
        if draft is not None and draft.account_id == work.account_id:
            work.record("draft.discarded")
            work.session.delete(draft)


def parsed_corrections(stored: Mapping[str, str]) -> dict[tuple[int, str], str]:
    """{"14:birth": text} as it is stored → {(14, "birth"): text}."""
    parts = ((key.split(":", 1), text) for key, text in stored.items())
    return {(int(row), field): text for (row, field), text in parts}


def check_commune(work: UnitOfWork, commune_code: str) -> None:
    """Refuse commune_not_served unless the account may list people of the commune."""
    statement = select(Commune.code).where(Commune.code == commune_code)
    if work.scope.office_id is not None:
        statement = statement.join(
            OfficeCommune, col(OfficeCommune.commune_code) == Commune.code
        ).where(OfficeCommune.office_id == work.scope.office_id)
    else:
        statement = statement.where(work.scope.covers(Commune))
    if work.session.exec(statement).first() is None:
        known = communes_by_code().get(commune_code)
        raise Refused("commune_not_served", commune=known.name if known else commune_code)


def own_draft(work: UnitOfWork, seen: DraftSeen) -> UploadDraft:
    """The account's draft, locked, if it is still the one the screen shows.

    Raises:
        Refused: draft_missing, draft_changed (at).
    """
    draft = work.session.get(UploadDraft, seen.id, with_for_update=True)
    if draft is None or draft.account_id != work.account_id:
        raise Refused("draft_missing")
    if draft.updated_at != seen.at:
        raise Refused("draft_changed", at=draft.updated_at)
    return draft


def _new(
    work: UnitOfWork, commune_code: str, benefit: Benefit, file_name: str, content: bytes
) -> UploadDraft:
    unfinished = work.session.exec(
        select(func.count())
        .select_from(UploadDraft)
        .where(UploadDraft.account_id == work.account_id)
    ).one()
    if unfinished >= MOST_UNFINISHED:
        raise Refused("too_many_drafts", limit=MOST_UNFINISHED)
    return UploadDraft(
        account_id=work.account_id,
        commune_code=commune_code,
        benefit=benefit,
        file_name=file_name[-LONGEST_NAME:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        updated_at=work.now,
    )


def _note(work: UnitOfWork, draft: UploadDraft, action: str, **details: Any) -> DraftSeen:
    draft.updated_at = work.now
    work.session.add(draft)
    work.session.flush()
    work.record(action, commune=draft.commune_code, **details)
    return DraftSeen(draft.id or 0, draft.updated_at)
