"""The work queue of a role, made from states: nothing in it can be stale or lost."""

from datetime import date
from typing import Any, assert_never

import sqlalchemy
from sqlmodel import col, func, select

from db import clock
from db.models import Account, Plan, SignInFailure
from db.queries.admin.accounts import User
from db.queries.home import events, lists, supports
from db.queries.home.tasks import (
    AccountLocked,
    AnyTask,
    FarBehind,
    GoalsMissing,
    Group,
    PasswordUnchanged,
    PlanMissing,
    PlanToDecide,
    PlanWaits,
)
from db.queries.progress import goals, progress
from db.rules import pace
from db.rules.access import Role
from db.rules.benefits import AS_REPORTED
from db.rules.states import Benefit, PlanState
from db.scope import Scope
from db.unit_of_work import reading


def of(user: User, today: date) -> dict[Group, list[AnyTask]]:
    """Every group in order, each with its nearest deadline first."""
    tasks = _tasks(user, today)
    groups: dict[Group, list[AnyTask]] = {group: [] for group in Group}
    for task in tasks:
        groups[task.group(today)].append(task)
    for rows in groups.values():
        rows.sort(key=lambda task: _urgency(task, today))
    return groups


def _tasks(user: User, today: date) -> list[AnyTask]:
    scope, username = user.scope, user.username
    match user.role:
        case Role.OFFICE:
            return [*lists.unfinished_files(user.account_id), *_office(scope, today)]
        case Role.OFFICER:
            return [
                *lists.unfinished_files(user.account_id),
                *_officer(scope, username, today),
            ]
        case Role.APPROVER:
            return _approver(scope, username, today)
        case Role.CENTRAL:
            return _central(scope, today)
        case Role.ADMIN:
            return _admin()
        case Role.LEADER:
            return []
        case _:
            assert_never(user.role)


def _urgency(task: AnyTask, today: date) -> tuple[date, str, str]:
    return task.due or task.since or today, type(task).__name__, task.code


def _office(scope: Scope, today: date) -> list[AnyTask]:
    return [
        *lists.lists(scope),
        *lists.pairs(scope),
        *lists.postings(scope, today),
        *lists.communes_without_list(scope, today.year),
        *events.to_invite(scope),
        *events.events(scope, today),
    ]


def _officer(scope: Scope, username: str, today: date) -> list[AnyTask]:
    return [
        *lists.lists(scope),
        *lists.pairs(scope),
        *lists.postings(scope, today),
        *lists.objections(scope),
        *supports.late_funds(scope, today),
        *supports.to_match(scope),
        *supports.proposals(scope, username),
        *supports.to_issue(scope),
        *events.to_invite(scope),
        *events.events(scope, today),
        *_plans(scope, username, today.year),
    ]


def _approver(scope: Scope, username: str, today: date) -> list[AnyTask]:
    return [
        *supports.proposals(scope, username),
        *events.events(scope, today),
        *_plans(scope, username, today.year),
    ]


def _central(scope: Scope, today: date) -> list[AnyTask]:
    year = today.year
    places = {row.code: row.name for row in progress.provinces(scope, year, Benefit.HI, today)}
    planned = goals.effective(scope, year)
    missing = tuple(name for code, name in places.items() if code not in planned)
    tasks: list[AnyTask] = [GoalsMissing(provinces=missing)] if missing else []
    period = progress.period(scope, year)
    now = pace.pace(period.starts_on, period.ends_on, today)
    for benefit in AS_REPORTED:
        rows = progress.provinces(scope, year, benefit, today)
        behind = tuple(
            row.name
            for row in pace.in_order(rows, now, pace.Order.GAP)
            if pace.status(row.given, row.goal, now) is pace.Status.FAR_BEHIND
        )
        if behind:
            tasks.append(FarBehind(code=benefit.value, benefit=benefit, provinces=behind))
    return tasks


def _admin() -> list[AnyTask]:
    now = clock.real_now()
    statement: Any = sqlalchemy.select(col(Account.username), col(Account.full_name)).where(
        col(Account.is_active),
        select(SignInFailure.username)
        .where(SignInFailure.username == Account.username, col(SignInFailure.locked_until) > now)
        .exists(),
    )
    unchanged = (
        select(func.count())
        .select_from(Account)
        .where(col(Account.is_active), col(Account.must_change_password))
    )
    with reading() as session:
        tasks: list[AnyTask] = [
            AccountLocked(code=username, full_name=name, due=clock.today())
            for username, name in session.exec(statement)
        ]
        if people := session.exec(unchanged).one():
            tasks.append(PasswordUnchanged(people=people))
    return tasks


def _plans(scope: Scope, username: str, year: int) -> list[AnyTask]:
    """This year's plan: missing, or waiting for a second person."""
    statement: Any = (
        sqlalchemy.select(col(Plan.year), col(Plan.proposed_by), col(Plan.proposed_at))
        .where(col(Plan.state) == PlanState.PROPOSED, scope.covers(Plan))
        .order_by(col(Plan.id))
    )
    with reading() as session:
        proposed = session.exec(statement).all()
    tasks: list[AnyTask] = []
    for of_year, by, at in proposed:
        may_decide = scope.role is Role.APPROVER and by != username
        kind = PlanToDecide if may_decide else PlanWaits
        tasks.append(kind(year=of_year, since=clock.local_day(at)))
    if scope.role is Role.OFFICER and not proposed and not goals.effective(scope, year):
        tasks.append(PlanMissing(year=year))
    return tasks
