"""The people of one proposal, with what speaks against each of them right now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db import clock
from db.conditions import has_changed, is_still_insured, may_be_duplicate
from db.models import Commune, CommuneList, Match, Nomination, Person, Proposal
from db.queries.matching.proposals import OPEN
from db.rules.ages import age_range
from db.rules.masking import mask_number
from db.rules.states import MatchState

CHANGED, STILL_INSURED, POSSIBLE_DUPLICATE = "changed", "still_insured", "possible_duplicate"


@dataclass(frozen=True, slots=True)
class Candidate:
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
    months: int
    gross: int
    state_share: int
    local_share: int
    donor_share: int
    list_code: str
    row_number: int
    reviewed_at: datetime | None


def people(session: Session, row: Proposal) -> tuple[Candidate, ...]:
    today = clock.today()
    columns: tuple[Any, ...] = (
        Match,
        Person,
        Nomination,
        CommuneList.code,
        Commune.name,
        has_changed(),
        is_still_insured(today),
        may_be_duplicate(),
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
    return tuple(
        Candidate(
            match.id or 0,
            match.state,
            match.rank,
            match.score,
            tuple((code, points) for code, points in match.why.get("points", [])),
            person.full_name,
            person.birth_date,
            age_range(person.birth_date, today)[0] if person.birth_date else None,
            person.sex,
            mask_number(person.cccd or ""),
            person.hamlet,
            commune,
            tuple(nomination.categories),
            _warnings(changed, insured, duplicate) if undecided else (),
            match.adjusted,
            match.reason,
            match.months,
            match.gross,
            match.state_share,
            match.local_share,
            match.donor_share,
            list_code,
            nomination.row_number,
            nomination.reviewed_at,
        )
        for match, person, nomination, list_code, commune, changed, insured, duplicate in found
    )


def _warnings(changed: bool, insured: bool, duplicate: bool) -> tuple[str, ...]:
    told = {CHANGED: changed, STILL_INSURED: insured, POSSIBLE_DUPLICATE: duplicate}
    return tuple(code for code, holds in told.items() if holds)
