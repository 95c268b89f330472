"""The people of one proposal, with what speaks against each of them right now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from db import clock
from db.conditions import has_changed, is_still_insured, may_be_duplicate
from db.models import Commune, CommuneList, Match, Nomination, Person, Proposal
from db.queries.matching.proposals import OPEN
from db.queries.values import from_row
from db.rules.ages import age_range
from db.rules.masking import mask_number
from db.rules.states import LeftOut, MatchState

CHANGED, STILL_INSURED, POSSIBLE_DUPLICATE = "changed", "still_insured", "possible_duplicate"


@dataclass(frozen=True, slots=True)
class ProposedPerson:
    """One person of a proposal; `age` is of today, the citizen ID masked, money in đồng.

    `warnings` hold what speaks against approving right now, read afresh.
    """

    match_id: int
    state: MatchState
    rank: int
    score: int
    points: tuple[tuple[str, int], ...]
    full_name: str
    birth: str | None
    age: int | None
    sex: str | None
    cccd: str
    hamlet: str
    commune: str
    categories: tuple[str, ...]
    warnings: tuple[str, ...]
    adjusted: str
    reason: str
    left_out: LeftOut | None
    months: int
    gross: int
    state_share: int
    local_share: int
    donor_share: int
    list_code: str
    row_number: int
    reviewed_at: datetime | None


def people(session: Session, row: Proposal) -> tuple[ProposedPerson, ...]:
    today = clock.today()
    columns: tuple[Any, ...] = (
        Match,
        Person,
        Nomination,
        col(CommuneList.code).label("list_code"),
        col(Commune.name).label("commune"),
        has_changed().label("changed"),
        is_still_insured(today).label("insured"),
        may_be_duplicate().label("duplicate"),
    )
    found = session.exec(
        select(*columns)
        .select_from(Match)
        .join(Nomination, col(Nomination.id) == Match.nomination_id)
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .join(Person, col(Person.id) == Match.person_id)
        .join(Commune, col(Commune.code) == Match.commune_code)
        .where(Match.proposal_id == row.id)
        .order_by(col(Match.rank), col(Match.id))
    )
    undecided = row.state in OPEN
    return tuple(_candidate(one, today, undecided=undecided) for one in found)


def _candidate(found: Any, today: date, *, undecided: bool) -> ProposedPerson:
    match, person, nomination = found.Match, found.Person, found.Nomination
    return from_row(
        ProposedPerson,
        match,
        match_id=match.id,
        points=tuple((code, points) for code, points in match.why.get("points", [])),
        full_name=person.full_name,
        birth=person.birth_date,
        age=age_range(person.birth_date, today)[0] if person.birth_date else None,
        sex=person.sex,
        cccd=mask_number(person.cccd or ""),
        hamlet=person.hamlet,
        commune=found.commune,
        categories=tuple(nomination.categories),
        warnings=_warnings(found) if undecided else (),
        list_code=found.list_code,
        row_number=nomination.row_number,
        reviewed_at=nomination.reviewed_at,
    )


def _warnings(found: Any) -> tuple[str, ...]:
    told = {
        CHANGED: found.changed,
        STILL_INSURED: found.insured,
        POSSIBLE_DUPLICATE: found.duplicate,
    }
    return tuple(code for code, holds in told.items() if holds)
