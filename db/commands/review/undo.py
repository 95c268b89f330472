"""Taking back one's own last step: for ten minutes, and while nobody has acted on it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, exists, select

from db.commands.review import verdicts
from db.commands.review.review import LIST_RETURNED, VERDICT_SET
from db.errors import Refused
from db.models import Account, AuditEntry, CommuneList, Nomination, UploadDraft
from db.rules.access import Action
from db.rules.states import ListState, NominationState, undoable
from db.rules.undo import WINDOW, minutes_left
from db.unit_of_work import UnitOfWork, writing


def undo_verdict(entry_id: int, actor: str) -> int:
    """Put back what a verdict by hand replaced, for all its people or for none; returns how many.

    Raises:
        Refused: not_found, undo_of_others, undo_done, undo_too_late (minutes),
            undo_acted_on (who, at).
    """
    with writing(actor, Action.REVIEW_LIST) as work:
        entry = _own_step(work, entry_id, VERDICT_SET)
        owner = work.get(CommuneList, int(entry.record_id or 0))
        if owner.state.value != entry.details["list_state"]:
            raise _acted_on(work, CommuneList, owner.id)
        nominations = _as_decided(work, entry)
        rows = [verdicts.restored(one) for one in nominations]
        for one, row in zip(nominations, rows, strict=True):
            _check_way_back(one, row["state"])
        verdicts.write(work, rows)
        counts = Counter(row["state"].value for row in rows)
        work.record(
            "nomination.undone",
            owner,
            undoes=entry_id,
            nominations=[one.id for one in nominations],
            counts=dict(counts),
        )
        return len(rows)


def undo_return(entry_id: int, actor: str) -> str:
    """Take a list back that was returned to the office; returns its code.

    Raises:
        Refused: not_found, undo_of_others, undo_done, undo_too_late (minutes),
            undo_acted_on (who, at).
    """
    with writing(actor, Action.RETURN_LIST) as work:
        entry = _own_step(work, entry_id, LIST_RETURNED)
        owner = work.get(CommuneList, int(entry.record_id or 0))
        if owner.state is not ListState.RETURNED:
            raise _acted_on(work, CommuneList, owner.id)
        _check_not_being_corrected(work, owner, entry.at)
        began = entry.details["review_began"]
        owner.review_began_at = began and datetime.fromisoformat(began)
        owner.reason = ""
        work.move_back(owner, ListState.SUBMITTED, undoes=entry_id)
        return owner.code


UNDO: Mapping[str, Callable[[int, str], int | str]] = {
    VERDICT_SET: undo_verdict,
    LIST_RETURNED: undo_return,
}
"""What undoes a step, by the action of its audit entry."""


def _own_step(work: UnitOfWork, entry_id: int, action: str) -> AuditEntry:
    entry = work.session.get(AuditEntry, entry_id)
    if entry is None or entry.action != action:
        raise Refused("not_found")
    if entry.actor != work.actor:
        raise Refused("undo_of_others")
    later = work.session.exec(
        select(AuditEntry).where(
            AuditEntry.record_kind == entry.record_kind,
            AuditEntry.record_id == entry.record_id,
            col(AuditEntry.id) > entry_id,
        )
    )
    if any(one.details.get("undoes") == entry_id for one in later):
        raise Refused("undo_done")
    if not minutes_left(entry.at, work.now):
        raise Refused("undo_too_late", minutes=int(WINDOW.total_seconds()) // 60)
    return entry


def _as_decided(work: UnitOfWork, entry: AuditEntry) -> Sequence[Nomination]:
    """The people of a verdict, locked, if everybody is as it left them."""
    nominations = work.session.exec(
        select(Nomination)
        .where(col(Nomination.id).in_(entry.details["nominations"]))
        .order_by(col(Nomination.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for one in nominations:
        if one.reviewed_at != entry.at or one.state.value != entry.to_state:
            who = work.session.exec(
                select(Account.full_name).where(Account.username == one.reviewed_by)
            ).first()
            raise Refused("undo_acted_on", who=who or "", at=one.reviewed_at)
    ids = [one.id for one in nominations]
    taken = select(exists().where(col(Nomination.id).in_(ids), verdicts.matched()))
    if work.session.exec(taken).one():
        raise Refused("person_matched")
    return nominations


def _check_way_back(nomination: Nomination, to: NominationState) -> None:
    if not undoable("Nomination", nomination.state, to):
        raise Refused(
            "transition_not_allowed",
            kind="Nomination",
            current=nomination.state.value,
            to=to.value,
        )


def _check_not_being_corrected(work: UnitOfWork, owner: CommuneList, since: datetime) -> None:
    draft = work.session.exec(
        select(Account.full_name, UploadDraft.updated_at)
        .join(Account, col(Account.id) == UploadDraft.account_id)
        .where(
            UploadDraft.commune_code == owner.commune_code,
            UploadDraft.benefit == owner.benefit,
            col(UploadDraft.updated_at) > since,
        )
    ).first()
    if draft is not None:
        raise Refused("undo_acted_on", who=draft[0], at=draft[1])


def _acted_on(work: UnitOfWork, table: type[CommuneList], identity: int | None) -> Refused:
    who, at = work.last_change(table, identity or 0)
    return Refused("undo_acted_on", who=who, at=at)
