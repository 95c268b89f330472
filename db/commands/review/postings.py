"""The list on the commune's board: hung, proved, objected to, answered, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from db.commands import attachments
from db.commands.review.policies import policy_for
from db.commands.review.review import states_of
from db.conditions import to_be_hung
from db.errors import Refused
from db.models import (
    Commune,
    CommuneList,
    Nomination,
    Objection,
    Office,
    OfficeCommune,
    Policy,
    Posting,
    Province,
    as_hung,
)
from db.rules.access import Action
from db.rules.posted import PostedPerson, posted_people
from db.rules.reasons import OBJECTION_UPHELD, reason
from db.rules.states import ListState, NominationState, ObjectionState, PostingState
from db.rules.workdays import add_working_days
from db.unit_of_work import UnitOfWork, writing

_MOST_TEXT = 1000
_MOST_PLACE = 300
_MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class PostedList:
    """What the papers of a posting say; `people` as they were hung, in the order of names."""

    province: str
    province_short: str
    commune: str
    office: str
    year: int
    round: int
    place: str
    opened_on: date
    due_on: date
    closed_on: date | None
    today: date
    answer_days: int
    unanswered: int
    upheld: int
    dismissed: int
    people: Sequence[PostedPerson]


def open_posting(list_id: int, place: str, seen: int, actor: str) -> int:
    """Hang a reviewed list from today; returns the posting's id.

    The day it goes up does not count: it hangs for `posting_days` whole working days.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, posting_place_missing,
            posting_to_check (count), nobody_eligible.
    """
    place = place.strip()
    if not place or len(place) > _MOST_PLACE:
        raise Refused("posting_place_missing")
    with writing(actor, Action.OPEN_POSTING) as work:
        owner = work.get(CommuneList, list_id, seen=seen)
        work.move(owner, ListState.POSTED)
        eligible = _check_nobody_in_doubt(work, list_id)
        if not eligible:
            raise Refused("nobody_eligible")
        posting = Posting(
            province_code=owner.province_code,
            commune_code=owner.commune_code,
            list_id=list_id,
            place=place,
            opened_on=work.today,
            due_on=add_working_days(work.today, _policy(work, owner).posting_days),
            opened_by=actor,
            people=_as_hung(work, list_id),
        )
        work.record("posting.open", posting, after=PostingState.OPEN, people=eligible)
        return posting.id or 0


def prove(posting_id: int, file_name: str, content: bytes, actor: str) -> None:
    """Keep the photograph or the signed page that shows the list on the board.

    Raises:
        Refused: not_found, see attachments.keep.
    """
    with writing(actor, Action.OPEN_POSTING) as work:
        posting = work.get(Posting, posting_id)
        attachments.keep(work, posting, posting.province_code, file_name, content)


def export(posting_id: int, actor: str) -> PostedList:
    """Everything the printed list needs, full names included; the export is traced.

    Raises:
        Refused: not_found.
    """
    with writing(actor, Action.OPEN_POSTING) as work:
        return _papers(work, work.get(Posting, posting_id))


def export_confirmation(posting_id: int, actor: str) -> PostedList:
    """What the commune confirms, true only once the list has hung to the end of its last day.

    Raises:
        Refused: not_found, posting_still_hangs (due).
    """
    with writing(actor, Action.OPEN_POSTING) as work:
        posting = work.get(Posting, posting_id)
        if work.today <= posting.due_on:
            raise Refused("posting_still_hangs", due=posting.due_on)
        return _papers(work, posting)


def object_to(
    posting_id: int, nomination_id: int | None, said_by: str, text: str, actor: str
) -> int:
    """Record what somebody says about the list, or about one person on it.

    Raises:
        Refused: not_found, posting_over, objection_text (most).
    """
    text = text.strip()
    if not text or len(text) > _MOST_TEXT:
        raise Refused("objection_text", most=_MOST_TEXT)
    with writing(actor, Action.RECORD_OBJECTION) as work:
        posting = work.get(Posting, posting_id)
        if posting.state is not PostingState.OPEN:
            raise Refused("posting_over")
        if nomination_id is not None:
            _nomination_of(work, posting, nomination_id)
        owner = work.session.get_one(CommuneList, posting.list_id)
        objection = Objection(
            province_code=posting.province_code,
            commune_code=posting.commune_code,
            posting_id=posting_id,
            nomination_id=nomination_id,
            received_on=work.today,
            answer_by=add_working_days(work.today, _policy(work, owner).objection_days),
            said_by=said_by.strip()[:_MOST_NAME],
            text=text,
            recorded_by=actor,
            recorded_at=work.now,
        )
        work.record(
            "objection.received",
            objection,
            after=ObjectionState.RECEIVED,
            posting=posting_id,
            nomination=nomination_id,
        )
        return objection.id or 0


def answer_objection(objection_id: int, upheld: bool, answer: str, seen: int, actor: str) -> None:
    """Answer an objection; when it is upheld the person it is about is checked again.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, answer_missing.
    """
    answer = answer.strip()
    if not answer or len(answer) > _MOST_TEXT:
        raise Refused("answer_missing")
    with writing(actor, Action.ANSWER_OBJECTION) as work:
        objection = work.get(Objection, objection_id, seen=seen)
        objection.answer = answer
        objection.answered_by, objection.answered_at = actor, work.now
        work.move(objection, ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED)
        if upheld and objection.nomination_id is not None:
            _check_again(work, work.get(Nomination, objection.nomination_id), objection)


def close(posting_id: int, seen: int, actor: str) -> int:
    """Take the list down; from now on its people can be matched. Returns how many.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, posting_not_due (due),
            objections_open (count), posting_to_check (count).
    """
    with writing(actor, Action.CLOSE_POSTING) as work:
        posting = work.get(Posting, posting_id, seen=seen)
        if work.today <= posting.due_on:
            raise Refused("posting_not_due", due=posting.due_on)
        unanswered = _objections(work, posting_id).get(ObjectionState.RECEIVED, 0)
        if unanswered:
            raise Refused("objections_open", count=unanswered)
        eligible = _check_nobody_in_doubt(work, posting.list_id)
        posting.closed_on, posting.closed_by = work.today, actor
        work.move(posting, PostingState.CLOSED, people=eligible)
        work.move(work.get(CommuneList, posting.list_id), ListState.CLOSED)
        return eligible


def _as_hung(work: UnitOfWork, list_id: int) -> list[dict[str, Any]]:
    return [as_hung(*row).kept() for row in work.session.exec(to_be_hung(list_id))]


def _papers(work: UnitOfWork, posting: Posting) -> PostedList:
    owner = work.session.get_one(CommuneList, posting.list_id)
    province = work.session.get_one(Province, posting.province_code)
    answers = _objections(work, posting.id or 0)
    work.record("export.posting", posting, people=len(posting.people))
    return PostedList(
        province=province.name,
        province_short=province.short_name,
        commune=work.session.get_one(Commune, posting.commune_code).name,
        office=_office(work, posting),
        year=owner.year,
        round=owner.round,
        place=posting.place,
        opened_on=posting.opened_on,
        due_on=posting.due_on,
        closed_on=posting.closed_on,
        today=work.today,
        answer_days=_policy(work, owner).objection_days,
        unanswered=answers.get(ObjectionState.RECEIVED, 0),
        upheld=answers.get(ObjectionState.UPHELD, 0),
        dismissed=answers.get(ObjectionState.DISMISSED, 0),
        people=posted_people(posting.people),
    )


def _office(work: UnitOfWork, posting: Posting) -> str:
    """The name of the office in charge of the commune, empty without one."""
    found = work.session.exec(
        select(Office.name)
        .join(OfficeCommune, col(OfficeCommune.office_id) == Office.id)
        .where(OfficeCommune.commune_code == posting.commune_code)
    ).first()
    return found or ""


def _check_nobody_in_doubt(work: UnitOfWork, list_id: int) -> int:
    """Refuse while somebody is to be checked; the number of eligible people."""
    counts = states_of(work, list_id)
    if counts[NominationState.TO_CHECK]:
        raise Refused("posting_to_check", count=counts[NominationState.TO_CHECK])
    return counts[NominationState.ELIGIBLE]


def _check_again(work: UnitOfWork, nomination: Nomination, objection: Objection) -> None:
    ground = reason(OBJECTION_UPHELD, NominationState.TO_CHECK, objection=str(objection.id))
    nomination.reasons = [*nomination.reasons, ground]
    if nomination.state is NominationState.ELIGIBLE:
        work.move(nomination, NominationState.TO_CHECK, objection=objection.id)
    else:
        work.record("nomination.objection_upheld", nomination, objection=objection.id)


def _nomination_of(work: UnitOfWork, posting: Posting, nomination_id: int) -> Nomination:
    nomination = work.get(Nomination, nomination_id)
    if nomination.list_id != posting.list_id or nomination.state is NominationState.WITHDRAWN:
        raise Refused("not_found")
    return nomination


def _objections(work: UnitOfWork, posting_id: int) -> dict[ObjectionState, int]:
    rows = work.session.exec(
        select(Objection.state, func.count())
        .where(col(Objection.posting_id) == posting_id)
        .group_by(col(Objection.state))
    )
    return {ObjectionState(state): count for state, count in rows}


def _policy(work: UnitOfWork, owner: CommuneList) -> Policy:
    return policy_for(work, owner.province_code, owner.year)
