"""The posting of a list: its days, its proof, what people said, the masked list."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from db.conditions import to_be_hung
from db.models import Account, Attachment, Nomination, Objection, Person, Posting, as_hung
from db.queries.values import from_row
from db.rules.ages import birth_year
from db.rules.masking import NameMask, mask_names, neutral_category
from db.rules.posted import PostedPerson, posted_people
from db.rules.states import NominationState, ObjectionState, PostingState
from db.rules.workdays import days_hung
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Proof:
    id: int
    file_name: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """`about` is the name of the person it is about, empty for the whole list."""

    id: int
    version: int
    state: ObjectionState
    about: str
    said_by: str
    text: str
    received_on: date
    answer_by: date
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class PostingView:
    id: int
    version: int
    state: PostingState
    place: str
    opened_on: date
    due_on: date
    closed_on: date | None
    opened_by: str
    proofs: tuple[Proof, ...]
    objections: tuple[ObjectionRow, ...]
    hung: int
    """People on the list as it was hung."""

    @property
    def working_days(self) -> int:
        """How many working days it must hang; the day it goes up does not count."""
        return days_hung(self.opened_on, self.due_on)

    @property
    def unanswered(self) -> int:
        return sum(one.state is ObjectionState.RECEIVED for one in self.objections)


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """A line of the posted list."""

    name: str
    birth_year: str
    hamlet: str
    category: str


def of_list(scope: Scope, list_id: int) -> PostingView | None:
    """The posting of a list, None while it has not hung."""
    with reading() as session:
        found = session.exec(
            select(Posting, Account.full_name)
            .outerjoin(Account, col(Account.username) == Posting.opened_by)
            .where(col(Posting.list_id) == list_id, scope.covers(Posting))
        ).one_or_none()
        if found is None:
            return None
        posting, opener = found
        proofs = session.exec(
            select(Attachment.id, Attachment.file_name, Account.full_name, Attachment.added_at)
            .outerjoin(Account, col(Account.username) == Attachment.added_by)
            .where(
                col(Attachment.record_kind) == "Posting", col(Attachment.record_id) == posting.id
            )
            .order_by(col(Attachment.id))
        ).all()
        objections = session.exec(
            select(Objection, Person.full_name, Account.full_name)
            .outerjoin(Nomination, col(Nomination.id) == Objection.nomination_id)
            .outerjoin(Person, col(Person.id) == Nomination.person_id)
            .outerjoin(Account, col(Account.username) == Objection.answered_by)
            .where(col(Objection.posting_id) == posting.id)
            .order_by(col(Objection.id))
        ).all()
    return from_row(
        PostingView,
        posting,
        opened_by=opener or posting.opened_by,
        proofs=tuple(Proof(one or 0, name, who or "", at) for one, name, who, at in proofs),
        objections=tuple(_objection(*row) for row in objections),
        hung=len(posting.people),
    )


def masked_people(scope: Scope, list_id: int, mask: NameMask = "given_name") -> list[MaskedPerson]:
    """The list as it hung or, before that, as it would: masked names, neutral categories."""
    people = _as_hung(scope, list_id)
    if people is None:
        people = _to_be_hung(scope, list_id)
    names = mask_names(((one.full_name, one.hamlet) for one in people), mask)
    return [
        MaskedPerson(
            name,
            str(birth_year(one.birth)) if one.birth else "",
            one.hamlet,
            neutral_category(one.categories),
        )
        for name, one in zip(names, people, strict=True)
    ]


def nameable(scope: Scope, list_id: int) -> dict[int, str]:
    """Whom an objection may be about: nomination id → name and hamlet."""
    people = _as_hung(scope, list_id) or ()
    with reading() as session:
        gone = set(
            session.exec(
                select(Nomination.id).where(
                    col(Nomination.list_id) == list_id,
                    col(Nomination.state) != NominationState.ELIGIBLE,
                    scope.covers(Nomination),
                )
            )
        )
    return {
        one.nomination_id: f"{one.full_name}, {one.hamlet}" if one.hamlet else one.full_name
        for one in people
        if one.nomination_id not in gone
    }


def _as_hung(scope: Scope, list_id: int) -> list[PostedPerson] | None:
    """Who was hung; None before a posting."""
    with reading() as session:
        kept = session.exec(
            select(Posting.people).where(Posting.list_id == list_id, scope.covers(Posting))
        ).first()
    return None if kept is None else posted_people(kept)


def _to_be_hung(scope: Scope, list_id: int) -> list[PostedPerson]:
    with reading() as session:
        rows = session.exec(to_be_hung(list_id).where(scope.covers(Nomination))).all()
    return [as_hung(nomination, person) for nomination, person in rows]


def _objection(row: Objection, about: str | None, answerer: str | None) -> ObjectionRow:
    return from_row(
        ObjectionRow, row, about=about or "", answered_by=answerer or row.answered_by or ""
    )
