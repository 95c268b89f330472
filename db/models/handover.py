"""Handing books and cards over: the event, who was invited, what came of it."""

from datetime import date, datetime

from sqlmodel import Field, Index, UniqueConstraint

from db.models.base import Table, stored_by_value
from db.rules.states import EventState, Presence


class Event(Table, table=True):
    __table_args__ = (Index(None, "province_code", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=20)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    year: int
    pledge_id: int = Field(foreign_key="pledge.id", index=True)
    starts_at: datetime
    place: str = Field(max_length=200)
    form: str = Field(max_length=16)
    """ceremony, at_office or at_home."""
    guests: str = Field(default="", max_length=300)
    state: EventState = Field(default=EventState.PROPOSED, sa_type=stored_by_value(EventState))
    version: int = 1
    reason: str = Field(default="", max_length=500)
    proposed_by: str = Field(max_length=64)
    proposed_at: datetime
    held_on: date | None = None
    confirmed_by: str | None = Field(default=None, max_length=64)
    minutes_confirmed_by: str | None = Field(default=None, max_length=64)
    minutes_confirmed_at: datetime | None = None


class EventMatch(Table, table=True):
    """Somebody invited to an event."""

    __tablename__ = "event_match"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    match_id: int = Field(primary_key=True, foreign_key="match.id", index=True)


class Outcome(Table, table=True):
    """What happened to one person's book or card; a correction is a later row."""

    __table_args__ = (UniqueConstraint("event_id", "match_id", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    event_id: int = Field(foreign_key="event.id", index=True)
    match_id: int = Field(foreign_key="match.id", index=True)
    sequence: int
    presence: Presence = Field(sa_type=stored_by_value(Presence))
    receiver: str = Field(default="", max_length=120)
    """Who signed, when it was somebody else."""
    on_date: date
    recorded_by: str = Field(max_length=64)
    recorded_at: datetime
