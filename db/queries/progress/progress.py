"""How far the goals have come: derived from confirmed hand-overs, never typed in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_, select

from db.models import Commune, Match, Nomination, OfficeCommune, Plan, Pledge, Province
from db.queries.progress import goals
from db.rules.pace import CommuneRow, DayTotal, ProvinceRow, share
from db.rules.states import LIVE_MATCH, Benefit, MatchState, NominationState
from db.scope import Scope
from db.unit_of_work import reading

Codes = tuple[str, ...] | None
"""Province codes to narrow to; None is everything in scope."""

Split = dict[int, dict[str, int]]
"""An office's targets by year and commune; last year's only where there is one this year too."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of a programme year's plan."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ProvinceStanding(ProvinceRow):
    """A province with last year's numbers: the goal, and what was given by the same day."""

    region: str
    goal_before: int | None
    given_before: int
    outside: int = 0
    """Given by an office in its communes without a goal, where others have one: not in `given`."""


@dataclass(frozen=True, slots=True)
class CommuneStanding(CommuneRow):
    """A commune with the people put forward and those with a live match."""

    listed: int
    matched: int


@dataclass(frozen=True, slots=True)
class History:
    """What was given by the end of each day; `last_year` up to the end of its plan."""

    this_year: tuple[DayTotal, ...]
    last_year: tuple[DayTotal, ...]


def years(scope: Scope, today: date) -> list[int]:
    """The programme years there is a plan or a pledge for, and the current one; newest first."""
    statement: Any = sqlalchemy.union(
        sqlalchemy.select(col(Plan.year)).where(_of_province(scope, col(Plan.province_code))),
        sqlalchemy.select(col(Pledge.year)).where(_of_province(scope, col(Pledge.province_code))),
    )
    with reading() as session:
        known = {year for (year,) in session.exec(statement)}
    return sorted(known | {today.year}, reverse=True)


def period(scope: Scope, year: int, province_code: str | None = None) -> Period:
    """The approved plan of one province; the calendar year without one, and for the nation."""
    plan = goals.effective(scope, year).get(scope.province_code or province_code or "")
    if plan is not None:
        return Period(plan.starts_on, plan.ends_on)
    return Period(date(year, 1, 1), date(year, 12, 31))


def provinces(scope: Scope, year: int, benefit: Benefit, today: date) -> list[ProvinceStanding]:
    """Every province in scope, also those without a goal or a hand-over; an office's own part."""
    split = _split(scope, year, benefit)
    targets = {of: _targets(scope, of, benefit, split) for of in (year, year - 1)}
    everything = _given(scope, year, benefit, today, col(Match.province_code))
    given = (
        _given(scope, year, benefit, today, col(Match.province_code), _measured(split, year))
        if split[year]
        else everything
    )
    statement = select(Province).where(_of_province(scope, col(Province.code)))
    with reading() as session:
        found = session.exec(statement.order_by(col(Province.code))).all()
    rows = []
    for place in found:
        before, target_before = given[place.code, year - 1], targets[year - 1].get(place.code)
        rows.append(
            ProvinceStanding(
                place.code,
                place.short_name,
                targets[year].get(place.code),
                given[place.code, year],
                share(before, target_before),
                place.abbreviation,
                place.tile_row,
                place.tile_col,
                place.region,
                target_before,
                before,
                everything[place.code, year] - given[place.code, year],
            )
        )
    return rows


def communes(
    scope: Scope, year: int, benefit: Benefit, today: date, province_code: str
) -> list[CommuneStanding]:
    """Every commune of a province that is in scope."""
    target = goals.commune_goals(scope, year, province_code)
    target_before = goals.commune_goals(scope, year - 1, province_code)
    here = col(Match.province_code) == province_code
    given = _given(scope, year, benefit, today, col(Match.commune_code), here)
    listed = _count_by_commune(
        scope,
        Nomination,
        year,
        benefit=benefit,
        province_code=province_code,
        state=col(Nomination.state) != NominationState.WITHDRAWN,
    )
    matched = _count_by_commune(
        scope,
        Match,
        year,
        benefit=benefit,
        province_code=province_code,
        state=col(Match.state).in_(LIVE_MATCH),
    )
    statement = select(Commune).where(Commune.province_code == province_code, _of_commune(scope))
    with reading() as session:
        found = session.exec(statement.order_by(col(Commune.code))).all()
    return [
        CommuneStanding(
            place.code,
            place.name,
            target.get((place.code, benefit)),
            given[place.code, year],
            share(given[place.code, year - 1], target_before.get((place.code, benefit))),
            listed[place.code],
            matched[place.code],
        )
        for place in found
    ]


def history(
    scope: Scope,
    year: int,
    benefit: Benefit,
    today: date,
    provinces: Codes = None,
    *,
    plan_of: str | None = None,
) -> History:
    """Cumulative totals, one point per day on which something was handed over.

    `plan_of` is the province whose plan sets the days. What is handed over after the end of the
    plan counts, on its day.
    """
    own = _own_goals(scope, year, benefit)
    statement: Any = (
        sqlalchemy.select(col(Match.year), col(Match.delivered_on), func.count())
        .where(
            col(Match.year).in_((year, year - 1)),
            col(Match.benefit) == benefit,
            col(Match.state) == MatchState.DELIVERED,
            scope.covers(Match),
            *_within(provinces),
            *([col(Match.commune_code).in_(own)] if own else []),
        )
        .group_by(col(Match.year), col(Match.delivered_on))
        .order_by(col(Match.delivered_on))
    )
    by_year: dict[int, list[tuple[date, int]]] = {year: [], year - 1: []}
    with reading() as session:
        for of_year, day, count in session.exec(statement):
            by_year[of_year].append((day, count))
    this_period = period(scope, year, plan_of)
    last_period = period(scope, year - 1, plan_of)
    last_given = max((day for day, _count in by_year[year] if day <= today), default=date.min)
    until = min(today, max(this_period.ends_on, last_given))
    return History(
        _running(by_year[year], this_period.starts_on, until),
        _running(by_year[year - 1], last_period.starts_on, last_period.ends_on)
        if by_year[year - 1]
        else (),
    )


def days_to_handover(
    scope: Scope, year: int, benefit: Benefit, provinces: Codes = None
) -> int | None:
    """Median days from the pledge to the hand-over; None while nothing is handed over."""
    statement: Any = (
        sqlalchemy.select(col(Pledge.registered_on), col(Match.delivered_on), func.count())
        .select_from(Match)
        .join(Pledge, col(Pledge.id) == Match.pledge_id)
        .where(
            col(Match.year) == year,
            col(Match.benefit) == benefit,
            col(Match.state) == MatchState.DELIVERED,
            scope.covers(Match),
            *_within(provinces),
        )
        .group_by(col(Pledge.registered_on), col(Match.delivered_on))
    )
    with reading() as session:
        return median(
            ((handed_over - pledged).days, count)
            for pledged, handed_over, count in session.exec(statement)
        )


def median(values: Iterable[tuple[int, int]]) -> int | None:
    """The middle of (value, how often) pairs, the lower one of two; None of nothing."""
    ordered = sorted(values)
    half = (sum(count for _value, count in ordered) + 1) // 2
    for value, count in ordered:
        half -= count
        if half <= 0:
            return value
    return None


def same_day_last_year(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _given(
    scope: Scope,
    year: int,
    benefit: Benefit,
    today: date,
    place: Any,
    *where: ColumnElement[bool],
) -> dict[tuple[str, int], int]:
    """{(place, year): delivered by today, and last year by the same day}, from one index."""
    statement: Any = (
        sqlalchemy.select(place, col(Match.year), func.count())
        .where(
            col(Match.year).in_((year, year - 1)),
            col(Match.benefit) == benefit,
            col(Match.state) == MatchState.DELIVERED,
            or_(
                and_(col(Match.year) == year, col(Match.delivered_on) <= today),
                and_(
                    col(Match.year) == year - 1,
                    col(Match.delivered_on) <= same_day_last_year(today),
                ),
            ),
            scope.covers(Match),
            *where,
        )
        .group_by(place, col(Match.year))
    )
    counts: dict[tuple[str, int], int] = defaultdict(int)
    with reading() as session:
        for code, of_year, count in session.exec(statement):
            counts[code, of_year] = count
    return counts


def _own_goals(scope: Scope, year: int, benefit: Benefit) -> dict[str, int]:
    """What an office's communes are to reach; nothing where others look."""
    if scope.office_id is None:
        return {}
    split = goals.commune_goals(scope, year)
    return {code: target for (code, of), target in split.items() if of is benefit}


def _split(scope: Scope, year: int, benefit: Benefit) -> Split:
    now, before = (_own_goals(scope, each, benefit) for each in (year, year - 1))
    return {year: now, year - 1: {code: n for code, n in before.items() if not now or code in now}}


def _measured(split: Split, year: int) -> ColumnElement[bool]:
    """Given where there is a goal to measure it against."""
    return or_(
        *(
            and_(col(Match.year) == each, col(Match.commune_code).in_(split[each]))
            for each in (year, year - 1)
        )
    )


def _targets(scope: Scope, year: int, benefit: Benefit, split: Split) -> dict[str, int]:
    """{province code: target}; an office's target is the sum of its communes'."""
    if scope.office_id is None:
        found = goals.province_goals(scope, year)
        return {code: target for (code, of), target in found.items() if of is benefit}
    own = sum(split[year].values())
    return {scope.province_code or "": own} if own else {}


def _count_by_commune(
    scope: Scope,
    table: type[Nomination] | type[Match],
    year: int,
    *,
    benefit: Benefit,
    province_code: str,
    state: ColumnElement[bool],
) -> dict[str, int]:
    statement: Any = (
        sqlalchemy.select(col(table.commune_code), func.count())
        .where(
            col(table.year) == year,
            col(table.benefit) == benefit,
            col(table.province_code) == province_code,
            state,
            scope.covers(table),
        )
        .group_by(col(table.commune_code))
    )
    counts: dict[str, int] = defaultdict(int)
    with reading() as session:
        counts.update(dict(session.exec(statement).all()))
    return counts


def _running(days: list[tuple[date, int]], start: date, until: date) -> tuple[DayTotal, ...]:
    """Totals from the day before the start, where nothing is given, to the last day shown."""
    total = sum(count for day, count in days if day < start)
    points = [DayTotal(min(start, until) - timedelta(days=1), 0)]
    for day, count in days:
        if start <= day <= until:
            total += count
            points.append(DayTotal(day, total))
    if points[-1].day < until:
        points.append(DayTotal(until, total))
    return tuple(points)


def _within(provinces: Codes) -> list[ColumnElement[bool]]:
    return [] if provinces is None else [col(Match.province_code).in_(provinces)]


def _of_province(scope: Scope, code: Any) -> ColumnElement[bool]:
    """A condition on a province's code: an office sees its own province's name and plan too."""
    if scope.province_code is None:
        return scope.covers(Province)
    condition: ColumnElement[bool] = code == scope.province_code
    return condition


def _of_commune(scope: Scope) -> ColumnElement[bool]:
    if scope.office_id is None:
        return scope.covers(Commune)
    own = select(OfficeCommune.commune_code).where(OfficeCommune.office_id == scope.office_id)
    return col(Commune.code).in_(own)
