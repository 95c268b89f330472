"""A draft as it stands, and what checking it says: read before any transaction opens."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from db import clock
from db.commands.lists import column_memory, uploads
from db.commands.lists.drafts import parsed_corrections
from db.errors import Refused
from db.intake.checking import check
from db.intake.told.checked import CheckedList
from db.intake.told.one_commune import only_of
from db.models import Account, Commune, OfficeCommune, UploadDraft
from db.rules.access import Action
from db.rules.drafts import DraftSeen
from db.rules.states import Benefit, UploadPurpose
from db.scope import Scope, scope_of
from db.unit_of_work import reading, writing


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as read before the transaction; `seen` says whether it is still that one."""

    commune_code: str
    province_code: str
    benefit: Benefit
    file_name: str
    content: bytes
    mapping: dict[str, str]
    corrections: dict[str, str]
    answers: dict[str, str]
    seen: DraftSeen
    year: int
    today: date
    purpose: UploadPurpose | None = None
    announced: int | None = None


def check_draft(draft_id: int, actor: str) -> CheckedList:
    """What checking a draft of the actor's says, with the changes made on the screen.

    Raises:
        Refused: draft_missing.
    """
    return check_stored(read_draft(draft_id, actor), actor)


def check_upload(upload_id: int, actor: str) -> CheckedList:
    """What checking a sent file says, with what was decided about it; recorded as an export.

    Raises:
        Refused: not_found.
    """
    with writing(actor, Action.SUBMIT_LIST) as work:
        upload, owner = uploads.of_scope(work.session, work.scope, upload_id)
        work.record("export.wrong_rows", upload)
        stored = StoredDraft(
            commune_code=owner.commune_code,
            province_code=owner.province_code,
            benefit=owner.benefit,
            file_name=upload.file_name,
            content=upload.content,
            mapping=dict(upload.mapping.get("columns", {})),
            corrections=dict(upload.mapping.get("corrections", {})),
            answers=dict(upload.mapping.get("answers", {})),
            seen=DraftSeen(0, upload.sent_at),
            year=owner.year,
            today=clock.local_day(upload.sent_at),
        )
    return check_stored(stored, actor)


def read_draft(draft_id: int, actor: str) -> StoredDraft:
    """One of the actor's drafts.

    Raises:
        Refused: draft_missing.
    """
    with reading() as session:
        found = session.exec(
            select(UploadDraft, Commune.province_code)
            .join(Account, col(Account.id) == UploadDraft.account_id)
            .join(Commune, col(Commune.code) == UploadDraft.commune_code)
            .where(UploadDraft.id == draft_id, Account.username == actor)
        ).one_or_none()
        if found is None:
            raise Refused("draft_missing")
        draft, province_code = found
        return StoredDraft(
            commune_code=draft.commune_code,
            province_code=province_code,
            benefit=draft.benefit,
            file_name=draft.file_name,
            content=draft.content,
            mapping=dict(draft.mapping),
            corrections=dict(draft.corrections),
            answers=dict(draft.answers),
            seen=DraftSeen(draft_id, draft.updated_at),
            year=clock.today().year,
            today=clock.today(),
            purpose=draft.purpose,
            announced=draft.announced,
        )


def check_stored(draft: StoredDraft, actor: str) -> CheckedList:
    """The draft checked against the communes this account may list today."""
    with reading() as session:
        account = session.exec(select(Account).where(Account.username == actor)).one()
        communes = _communes(session, scope_of(account))
        remembered = column_memory.remembered(session, account)
    checked = check(
        draft.content,
        draft.file_name,
        year=draft.year,
        today=draft.today,
        communes=communes,
        commune_code=draft.commune_code,
        mapping={int(index): field for index, field in draft.mapping.items()},
        corrections=parsed_corrections(draft.corrections),
        answers=draft.answers,
        remembered=remembered,
    )
    return only_of(checked, draft.commune_code)


def fingerprint_of(draft: StoredDraft) -> str:
    """sha256 of the file, and of what was decided about it on the screen if anything was."""
    digest = hashlib.sha256(draft.content)
    decided = [draft.mapping, draft.corrections, draft.answers]
    if any(decided):
        digest.update(json.dumps(decided, sort_keys=True).encode())
    return digest.hexdigest()


def _communes(session: Session, scope: Scope) -> frozenset[str]:
    """The communes whose people this account may list."""
    if scope.office_id is not None:
        served = select(OfficeCommune.commune_code).where(
            OfficeCommune.office_id == scope.office_id
        )
        return frozenset(session.exec(served))
    return frozenset(session.exec(select(Commune.code).where(scope.covers(Commune))))
