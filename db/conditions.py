"""SQL conditions that commands and queries share, so that one word keeps one meaning."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select
from sqlmodel.sql.expression import Select

from db.models import (
    CommuneList,
    CoverFact,
    DuplicatePair,
    Event,
    Match,
    Nomination,
    Outcome,
    Person,
    is_live_match,
)
from db.rules.eligibility import RENEWAL_DAYS
from db.rules.states import EventState, ListState, NominationState, PairState, Presence


def person_is_matched() -> ColumnElement[bool]:
    """The nominated person has a live match for this benefit and year already."""
    return (
        select(Match.id)
        .where(
            Match.person_id == Nomination.person_id,
            Match.benefit == Nomination.benefit,
            Match.year == Nomination.year,
            is_live_match(Match),
        )
        .exists()
    )


def person_is_matched_elsewhere() -> ColumnElement[bool]:
    """The person of a match has another live one for this benefit and year."""
    other = aliased(Match)
    return (
        select(other.id)
        .where(
            other.person_id == Match.person_id,
            other.benefit == Match.benefit,
            other.year == Match.year,
            is_live_match(other),
            other.id != Match.id,
        )
        .exists()
    )


def has_refused() -> ColumnElement[bool]:
    """The last word of whoever this match is for is that they do not want it."""
    last = (
        select(col(Outcome.presence))
        .join(Event, col(Event.id) == Outcome.event_id)
        .where(Outcome.match_id == Match.id, Event.state != EventState.CANCELLED)
        .order_by(col(Outcome.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last == Presence.REFUSED, False)


def to_be_hung(list_id: int) -> Select[Nomination, Person]:
    """The eligible people of a list, in the order in which they are posted."""
    return (
        select(Nomination, Person)
        .join(Person, col(Person.id) == Nomination.person_id)
        .where(
            col(Nomination.list_id) == list_id,
            col(Nomination.state) == NominationState.ELIGIBLE,
        )
        .order_by(col(Person.sort_key), col(Person.id))
    )


def has_changed() -> ColumnElement[bool]:
    """What a match rests on no longer holds; joins Match, Nomination, CommuneList, Person."""
    return or_(
        col(Nomination.state) != NominationState.ELIGIBLE,
        col(CommuneList.state) != ListState.CLOSED,
        col(Person.merged_into_id).is_not(None),
        person_is_matched_elsewhere(),
    )


def may_be_duplicate() -> ColumnElement[bool]:
    """Somebody still has to decide whether the person is recorded twice."""
    return (
        select(DuplicatePair.id)
        .where(
            or_(DuplicatePair.first_id == Person.id, DuplicatePair.second_id == Person.id),
            col(DuplicatePair.state).in_([PairState.OPEN, PairState.ASKED]),
        )
        .exists()
    )


def is_still_insured(on: date) -> ColumnElement[bool]:
    """A cover of the nominated benefit is known to last past the time for renewal."""
    return (
        select(CoverFact.id)
        .where(
            CoverFact.person_id == Nomination.person_id,
            CoverFact.benefit == Nomination.benefit,
            col(CoverFact.valid_until) > on + timedelta(days=RENEWAL_DAYS),
        )
        .exists()
    )
