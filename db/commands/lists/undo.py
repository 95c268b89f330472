"""Undoing an accepted upload: what vanishes, what stays because somebody worked on it, and why."""

import json
from collections.abc import Collection
from typing import Any

from sqlmodel import Session, func, select, text

from db import bulk
from db.commands.lists import rows, uploads
from db.commands.lists.changes import FIELDS
from db.commands.lists.send import put_away
from db.commands.people.blocking import IDS
from db.errors import Refused
from db.models import CommuneList, Nomination, Upload, is_live
from db.rules import why
from db.rules.access import Action
from db.rules.states import ListState, NominationState
from db.rules.upload_undo import Effects, NominationNow, PersonNow, UndoPlan, effects_of, plan_undo
from db.scope import Scope
from db.unit_of_work import UnitOfWork, reading, writing

_OPEN = (ListState.SUBMITTED, ListState.RETURNED)
_KEPT = set(Nomination.model_fields) - {
    "id", "state", "reasons", "score", "points", "reviewed_by", "reviewed_at", "created_at"
}  # fmt: skip
"""What is put back of a nomination: all but its review."""

_NOMINATIONS = """
    SELECT n.id, n.state, l.state, n.upload_id, n.reviewed_by IS NOT NULL,
      EXISTS (SELECT 1 FROM "match" m WHERE m.nomination_id = n.id
        AND m.state IN ('proposed', 'approved', 'issued', 'delivered')),
      EXISTS (SELECT 1 FROM nomination o WHERE o.person_id = n.person_id
        AND o.benefit = n.benefit AND o.year = n.year AND o.state <> 'withdrawn' AND o.id <> n.id)
    FROM ({ids}) w JOIN nomination n ON n.id = w.id JOIN commune_list l ON l.id = n.list_id"""

_PEOPLE = """
    SELECT p.id, EXISTS (SELECT 1 FROM nomination n WHERE n.person_id = p.id
        AND n.state <> 'withdrawn' AND n.reviewed_by IS NOT NULL), p.birth_date, {columns}
    FROM ({ids}) w JOIN person p ON p.id = w.id WHERE p.merged_into_id IS NULL"""


def preview(scope: Scope, upload_id: int) -> UndoPlan:
    """What `undo` would do now; writes nothing.

    Raises:
        Refused: not_found, upload_undone.
    """
    with reading() as session:
        upload, _owner = uploads.of_scope(session, scope, upload_id)
        return _plan(session, upload)


def undo(upload_id: int, reason: str, actor: str) -> UndoPlan:
    """Take back what an upload did, as far as nobody worked on it since.

    A list that nominates nobody any more is withdrawn. The same file may be sent again.

    Raises:
        Refused: reason_missing, not_found, upload_undone (at), nothing_to_undo.
    """
    reason = why.required(reason)
    with writing(actor, Action.SUBMIT_LIST) as work:
        _upload, owner = uploads.of_scope(work.session, work.scope, upload_id)
        owner = work.get(CommuneList, owner.id)
        upload = work.session.get_one(
            Upload, upload_id, with_for_update=True, populate_existing=True
        )
        plan = _plan(work.session, upload)
        if not plan.taken_back:
            raise Refused("nothing_to_undo")
        _carry_out(work, owner, plan)
        upload.undone_by, upload.undone_at, upload.undone = work.actor, work.now, plan.counts()
        upload.sha256 = f"undone {upload.id}"
        work.session.add(upload)
        work.record("upload.undone", upload, list=owner.code, **_told(plan))
        _settle(work, owner, reason)
        return plan


def _settle(work: UnitOfWork, owner: CommuneList, reason: str) -> None:
    work.session.flush()
    left = work.session.exec(
        select(func.count())
        .select_from(Nomination)
        .where(Nomination.list_id == owner.id, is_live(Nomination))
    ).one()
    if not left and owner.state in _OPEN:
        put_away(work, owner, reason)
    else:
        owner.version += 1
        work.session.add(owner)


def _plan(session: Session, upload: Upload) -> UndoPlan:
    if upload.undone_at is not None:
        raise Refused("upload_undone", at=upload.undone_at)
    effects = effects_of(upload.effects)
    return plan_undo(
        effects, upload.id or 0, _nominations(session, effects), _people(session, effects)
    )


def _nominations(session: Session, effects: Effects) -> dict[int, NominationNow]:
    ids = {
        *effects.nominated,
        *effects.withdrawn,
        *(one.nomination_id for one in effects.relisted),
    }
    return {
        id_: NominationNow(
            state=NominationState(state),
            list_state=ListState(list_state),
            upload_id=upload_id,
            is_reviewed=bool(is_reviewed),
            is_matched=bool(is_matched),
            is_listed_elsewhere=bool(is_elsewhere),
        )
        for id_, state, list_state, upload_id, is_reviewed, is_matched, is_elsewhere in _by_ids(
            session, _NOMINATIONS, ids
        )
    }


def _people(session: Session, effects: Effects) -> dict[int, PersonNow]:
    statement = _PEOPLE.replace("{columns}", ", ".join(f"p.{name}" for name in FIELDS))
    names = ("birth_date", *FIELDS)
    ids = {one.person_id for one in effects.filled}
    return {
        id_: PersonNow(dict(zip(names, values, strict=True)), bool(is_reviewed))
        for id_, is_reviewed, *values in _by_ids(session, statement, ids)
    }


def _carry_out(work: UnitOfWork, owner: CommuneList, plan: UndoPlan) -> None:
    rows.withdraw_nominations(work, plan.withdraw)
    rows.relist(work, plan.relist)
    _put_back(work, owner, set(plan.put_back))
    for person_id, values in plan.refill:
        rows.fill_person(work, person_id, values)


def _put_back(work: UnitOfWork, owner: CommuneList, nominations: set[int]) -> None:
    """Whoever the file had taken off the list is put forward again, to be reviewed anew."""
    if not nominations:
        return
    withdrawn = work.session.exec(
        select(Nomination).where(
            Nomination.list_id == owner.id, Nomination.state == NominationState.WITHDRAWN
        )
    )
    gone = [one for one in withdrawn if one.id in nominations]
    ids = bulk.reserve_ids(work.session, Nomination, len(gone))
    bulk.insert_many(
        work.session,
        Nomination,
        [
            Nomination(**one.model_dump(include=_KEPT), id=id_, created_at=work.now)
            for id_, one in zip(ids, gone, strict=True)
        ],
    )


def _told(plan: UndoPlan) -> dict[str, Any]:
    """The three parts as the audit chain keeps them."""
    return {part: sum(counts.values()) for part, counts in plan.counts().items()}


def _by_ids(session: Session, statement: str, ids: Collection[int]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    connection = session.connection()
    asked = text(statement.replace("{ids}", IDS[connection.dialect.name]))
    return [tuple(row) for row in connection.execute(asked, {"ids": json.dumps(sorted(ids))})]
