"""Taking a file in: a workbook of corrected rows lands where the rows came from."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import col, select

from db.commands.lists import drafts
from db.commands.lists.draft_check import StoredDraft, check_stored, read_draft
from db.errors import Refused
from db.intake.error_sheet import corrections_in, origin_of
from db.models import Account, CommuneList, Upload, UploadDraft
from db.rules.states import Benefit, ListState, UploadPurpose
from db.scope import scope_of
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: a new draft, cells of the draft there was, or rows for a sent list.

    `cells` counts the corrections, `list_code` names the list.
    """

    kind: Literal["draft", "corrections", "addition"]
    draft_id: int
    commune_code: str
    cells: int = 0
    list_code: str = ""


def take(commune_code: str, benefit: Benefit, file_name: str, content: bytes, actor: str) -> Taken:
    """Keep a file to work on, or put the corrections it holds where they belong.

    Raises:
        Refused: commune_not_served (commune), file_too_large (limit), too_many_drafts (limit),
            error_sheet_changed.
    """
    origin = origin_of(content)
    if origin and (draft := _draft_of(origin, actor)):
        return _corrected(draft, content, actor)
    if origin and (owner := _list_of(origin, actor)):
        new = drafts.start(
            owner.commune_code,
            owner.benefit,
            file_name,
            content=content,
            actor=actor,
            purpose=UploadPurpose.ADDITION,
        )
        return Taken("addition", new.id, owner.commune_code, list_code=owner.code)
    new = drafts.start(commune_code, benefit, file_name, content=content, actor=actor)
    return Taken("draft", new.id, commune_code)


def _draft_of(origin: str, actor: str) -> StoredDraft | None:
    """The actor's draft whose file the rows came from, the last one worked on."""
    with reading() as session:
        found = session.exec(
            select(UploadDraft.id)
            .join(Account, col(Account.id) == UploadDraft.account_id)
            .where(Account.username == actor, UploadDraft.file_sha256 == origin)
            .order_by(col(UploadDraft.updated_at).desc())
        ).first()
    return None if found is None else read_draft(found, actor)


def _corrected(draft: StoredDraft, content: bytes, actor: str) -> Taken:
    try:
        cells = corrections_in(content, check_stored(draft, actor))
    except Refused as refused:
        raise Refused("error_sheet_changed") from refused
    if cells:
        drafts.correct(cells, seen=draft.seen, actor=actor)
    return Taken("corrections", draft.seen.id, draft.commune_code, len(cells))


def _list_of(origin: str, actor: str) -> CommuneList | None:
    """The list the rows were left behind from, while it can still take them."""
    with reading() as session:
        account = session.exec(select(Account).where(Account.username == actor)).one()
        return session.exec(
            select(CommuneList)
            .join(Upload, col(Upload.list_id) == CommuneList.id)
            .where(
                Upload.file_sha256 == origin,
                col(Upload.undone_at).is_(None),
                scope_of(account).covers(CommuneList),
                (col(CommuneList.state) == ListState.RETURNED)
                | (
                    (col(CommuneList.state) == ListState.SUBMITTED)
                    & col(CommuneList.review_began_at).is_(None)
                ),
            )
            .order_by(col(Upload.id).desc())
        ).first()
