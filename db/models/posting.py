"""The masked list on the commune's board, and what people said about it."""

from datetime import date, datetime
from typing import Any

from sqlmodel import JSON, CheckConstraint, Field

from db.models.base import Table, stored_by_value
from db.models.lists import Nomination
from db.models.people import Person
from db.rules.posted import PostedPerson
from db.rules.states import ObjectionState, PostingState


class Posting(Table, table=True):
    __table_args__ = (
        CheckConstraint("opened_on <= due_on", name="dates_in_order"),
        CheckConstraint("closed_on IS NULL OR closed_on >= due_on", name="closed_after_due"),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", index=True, max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    list_id: int = Field(foreign_key="commune_list.id", unique=True)
    state: PostingState = Field(default=PostingState.OPEN, sa_type=stored_by_value(PostingState))
    version: int = 1
    place: str = Field(max_length=300)
    opened_on: date
    due_on: date
    """Last working day the list must hang."""
    closed_on: date | None = None
    opened_by: str = Field(max_length=64)
    closed_by: str | None = Field(default=None, max_length=64)
    people: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """`PostedPerson.kept()` of everybody who was hung: the papers tell what hung, not what is."""


class Objection(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    posting_id: int = Field(foreign_key="posting.id", index=True)
    nomination_id: int | None = Field(default=None, foreign_key="nomination.id")
    received_on: date
    answer_by: date
    said_by: str = Field(default="", max_length=120)
    text: str = Field(max_length=1000)
    state: ObjectionState = Field(
        default=ObjectionState.RECEIVED, sa_type=stored_by_value(ObjectionState)
    )
    version: int = 1
    answer: str = Field(default="", max_length=1000)
    recorded_by: str = Field(max_length=64)
    recorded_at: datetime
    answered_by: str | None = Field(default=None, max_length=64)
    answered_at: datetime | None = None


def as_hung(nomination: Nomination, person: Person) -> PostedPerson:
    """The line of an eligible person on the list that goes up."""
    return PostedPerson(
        nomination_id=nomination.id or 0,
        full_name=person.full_name,
        birth=person.birth_date,
        hamlet=person.hamlet,
        categories=nomination.categories,
        benefit=nomination.benefit,
    )
