"""Where the chain is stuck: how many came how far, who waits, and for how long."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func

from db import clock
from db.models import CommuneList, Decision, Match, Nomination, Posting, Proposal
from db.queries.progress.progress import Codes, median
from db.rules.pace import Stage
from db.rules.states import LIVE_MATCH, Benefit, ListState, MatchState, NominationState
from db.scope import Scope
from db.unit_of_work import reading

_NOT_SENT = (ListState.DRAFT, ListState.WITHDRAWN)
_UNDECIDED = (NominationState.LISTED, NominationState.TO_CHECK)


def stages(
    scope: Scope, year: int, benefit: Benefit, today: date, provinces: Codes = None
) -> list[Stage]:
    """From list to hand-over, labelled by code: listed, eligible, posted, matched, approved,
    issued, delivered. `waiting` are those before the stage, with their median days."""
    nominated = _nominations(scope, year, benefit, provinces)
    matched = _matches(scope, year, benefit, provinces)
    waits = _Waits(today)
    reached: Counter[str] = Counter()
    for those in nominated:
        reached["listed"] += those.people
        if those.state in _UNDECIDED:
            waits.add("eligible", those.submitted_at, those.people)
        if those.state is not NominationState.ELIGIBLE:
            continue
        reached["eligible"] += those.people
        if those.list_state is not ListState.CLOSED:
            waits.add("posted", those.reviewed_at or those.submitted_at, those.people)
            continue
        reached["posted"] += those.people
        if not those.has_match:
            waits.add("matched", those.closed_on, those.people)
    order = {state: place for place, state in enumerate(LIVE_MATCH)}
    for those in matched:
        for place, stage in enumerate(("matched", "approved", "issued", "delivered")):
            reached[stage] += those.people if order[those.state] >= place else 0
        if those.state is MatchState.PROPOSED:
            waits.add("approved", those.submitted_at or those.made_at, those.people)
        elif those.state is MatchState.APPROVED:
            waits.add("issued", those.decided_at, those.people)
        elif those.state is MatchState.ISSUED:
            waits.add("delivered", those.issued_on, those.people)
    names = ("listed", "eligible", "posted", "matched", "approved", "issued", "delivered")
    return [Stage(name, reached[name], *waits.of(name)) for name in names]


class _Waits:
    """Days waited before each stage, as (days, people)."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._days: dict[str, list[tuple[int, int]]] = {}

    def add(self, stage: str, since: date | None, count: int) -> None:
        day = clock.local_day(since) if isinstance(since, datetime) else since
        days = (self._today - day).days if day else 0
        self._days.setdefault(stage, []).append((max(days, 0), count))

    def of(self, stage: str) -> tuple[int, int]:
        days = self._days.get(stage, [])
        return sum(count for _day, count in days), median(days) or 0


def _nominations(scope: Scope, year: int, benefit: Benefit, provinces: Codes) -> Iterable[Any]:
    live = and_(col(Match.nomination_id) == Nomination.id, col(Match.state).in_(LIVE_MATCH))
    groups: Any = (
        col(Nomination.state),
        col(CommuneList.state).label("list_state"),
        col(CommuneList.submitted_at),
        col(CommuneList.reviewed_at),
        col(Posting.closed_on),
        col(Match.id).is_not(None).label("has_match"),
    )
    statement: Any = (
        sqlalchemy.select(*groups, func.count().label("people"))
        .select_from(Nomination)
        .join(CommuneList, col(CommuneList.id) == Nomination.list_id)
        .outerjoin(Posting, col(Posting.list_id) == CommuneList.id)
        .outerjoin(Match, live)
        .where(
            col(Nomination.year) == year,
            col(Nomination.benefit) == benefit,
            col(Nomination.state) != NominationState.WITHDRAWN,
            col(CommuneList.state).not_in(_NOT_SENT),
            scope.covers(Nomination),
            *_within(Nomination, provinces),
        )
        .group_by(*groups)
    )
    with reading() as session:
        return list(session.exec(statement).all())


def _matches(scope: Scope, year: int, benefit: Benefit, provinces: Codes) -> Iterable[Any]:
    decided = (
        sqlalchemy.select(col(Decision.proposal_id), func.max(col(Decision.decided_at)).label("at"))
        .group_by(col(Decision.proposal_id))
        .subquery()
    )
    groups: Any = (
        col(Match.state),
        col(Proposal.submitted_at),
        col(Proposal.made_at),
        decided.c.at.label("decided_at"),
        col(Match.issued_on),
    )
    statement: Any = (
        sqlalchemy.select(*groups, func.count().label("people"))
        .select_from(Match)
        .join(Proposal, col(Proposal.id) == Match.proposal_id)
        .outerjoin(decided, decided.c.proposal_id == Proposal.id)
        .where(
            col(Match.year) == year,
            col(Match.benefit) == benefit,
            col(Match.state).in_(LIVE_MATCH),
            scope.covers(Match),
            *_within(Match, provinces),
        )
        .group_by(*groups)
    )
    with reading() as session:
        return list(session.exec(statement).all())


def _within(table: type[Nomination] | type[Match], provinces: Codes) -> list[ColumnElement[bool]]:
    return [] if provinces is None else [col(table.province_code).in_(provinces)]
