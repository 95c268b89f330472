"""A clerk's unfinished upload. Only the draft is written; nothing is sent yet."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from db.commands.lists import uploads
from db.errors import Refused
from db.intake.fields.names import COLUMN_CHOICES
from db.models import Commune, OfficeCommune, UploadDraft
from db.reference.places import communes_by_code
from db.rules.access import Action
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
) -> datetime:
    """Keep a file to work on; it replaces the draft this account had.

    Returns the moment that later calls give as `seen`.

    Raises:
        Refused: commune_not_served (commune), file_too_large (limit).
    """
    if len(content) > LARGEST_FILE:
        raise Refused("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    with writing(actor, Action.SUBMIT_LIST) as work:
        check_commune(work, commune_code)
        draft = _of_account(work, commune_code, benefit)
        draft.file_name, draft.content = file_name[-LONGEST_NAME:], content
        draft.mapping, draft.corrections, draft.answers = {}, {}, {}
        draft.purpose, draft.announced = purpose, None
        return _note(work, draft, "draft.started", sha256=hashlib.sha256(content).hexdigest())


def reopen(upload_id: int, actor: str) -> datetime:
    """Take a file that was sent as a draft again, with all that was decided about it.

    It replaces the draft this account had; nothing of what was sent changes.

    Raises:
        Refused: not_found, commune_not_served (commune).
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        upload, owner = uploads.of_scope(work.session, work.scope, upload_id)
        check_commune(work, owner.commune_code)
        draft = _of_account(work, owner.commune_code, owner.benefit)
        draft.file_name, draft.content = upload.file_name, upload.content
        draft.mapping = dict(upload.mapping.get("columns", {}))
        draft.corrections = dict(upload.mapping.get("corrections", {}))
        draft.answers = dict(upload.mapping.get("answers", {}))
        draft.purpose, draft.announced = None, upload.counts.get("announced")
        return _note(work, draft, "draft.reopened", upload=upload_id)


def map_column(index: int, field: str, *, seen: datetime, actor: str) -> datetime:
    """Say which field a column of the file holds; `index` counts from 0.

    Raises:
        Refused: draft_missing, draft_changed, field_unknown.
    """
    if field not in COLUMN_CHOICES:
        raise Refused("field_unknown")
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = _own(work, seen)
        others = {
            place: chosen
            for place, chosen in draft.mapping.items()
            if chosen != field or field == "ignore"
        }
        draft.mapping = others | {str(index): field}
        return _note(work, draft, "draft.mapped", column=index, field=field)


def correct(cells: Mapping[tuple[int, str], str], *, seen: datetime, actor: str) -> datetime:
    """Put texts in place of cells of the file: {(row as Excel shows it, field): text}.

    An empty text takes a correction back.

    Raises:
        Refused: draft_missing, draft_changed, field_unknown.
    """
    if any(field not in COLUMN_CHOICES for _row, field in cells):
        raise Refused("field_unknown")
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = _own(work, seen)
        typed = {f"{row}:{field}": text[:LONGEST_CELL] for (row, field), text in cells.items()}
        corrections = draft.corrections | typed
        draft.corrections = {cell: text for cell, text in corrections.items() if text.strip()}
        return _note(work, draft, "draft.corrected", cells=len(typed))


def answer(code: str, choice: str, *, seen: datetime, actor: str) -> datetime:
    """Answer a question about the file.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = _own(work, seen)
        draft.answers = draft.answers | {code[:60]: choice[:LONGEST_CELL]}
        return _note(work, draft, "draft.answered", code=code[:60])


def choose_purpose(purpose: UploadPurpose, *, seen: datetime, actor: str) -> datetime:
    """Say what the file is to the lists sent before.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = _own(work, seen)
        draft.purpose = purpose
        return _note(work, draft, "draft.purpose_chosen", purpose=purpose.value)


def announce(people: int | None, *, seen: datetime, actor: str) -> datetime:
    """Note how many people the commune's cover letter says there are.

    Raises:
        Refused: draft_missing, draft_changed, announced_wrong.
    """
    if people is not None and not 0 < people <= MOST_ANNOUNCED:
        raise Refused("announced_wrong")
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = _own(work, seen)
        draft.announced = people
        return _note(work, draft, "draft.announced")


def look_again(*, seen: datetime, actor: str) -> datetime:
    """Let the file be read anew, after what is remembered of columns changed.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        return _note(work, _own(work, seen), "draft.read_again")


def forget_answers(*, seen: datetime, actor: str) -> datetime:
    """Let every question about the file be asked again.

    Raises:
        Refused: draft_missing, draft_changed.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = _own(work, seen)
        draft.answers = {}
        return _note(work, draft, "draft.asked_again")


def discard(actor: str) -> None:
    """Put the file away unsent; nothing happens if there is none."""
    with writing(actor, Action.SUBMIT_LIST) as work:
        draft = work.session.get(UploadDraft, work.account_id)
        if draft is not None:
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


def _of_account(work: UnitOfWork, commune_code: str, benefit: Benefit) -> UploadDraft:
    """The account's draft, old or new, for a list of this commune."""
    draft = work.session.get(UploadDraft, work.account_id) or UploadDraft(
        account_id=work.account_id,
        commune_code=commune_code,
        benefit=benefit,
        file_name="",
        content=b"",
        updated_at=work.now,
    )
    draft.commune_code, draft.benefit = commune_code, benefit
    return draft


def _own(work: UnitOfWork, seen: datetime) -> UploadDraft:
    """The account's draft, locked, if it is still the one the screen shows."""
    draft = work.session.get(UploadDraft, work.account_id, with_for_update=True)
    if draft is None:
        raise Refused("draft_missing")
    if draft.updated_at != seen:
        raise Refused("draft_changed", at=draft.updated_at)
    return draft


def _note(work: UnitOfWork, draft: UploadDraft, action: str, **details: Any) -> datetime:
    draft.updated_at = work.now
    work.session.add(draft)
    work.record(action, commune=draft.commune_code, **details)
    return draft.updated_at
