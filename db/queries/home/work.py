"""The work queue of a role, made from states: nothing in it can be stale or lost."""

from datetime import date
from typing import Any

import sqlalchemy
from sqlmodel import col, func, select

from db import clock
from db.models import Account, Plan
from db.queries.admin.accounts import User
from db.queries.home import work_events, work_lists, work_supports
from db.queries.home.tasks import NAMED, Group, Kind, Task
from db.queries.progress import goals, progress
from db.rules import pace
from db.rules.access import Role
from db.rules.benefits import AS_REPORTED
from db.rules.states import Benefit, PlanState
from db.scope import Scope
from db.unit_of_work import reading


def of(user: User, today: date) -> dict[Group, list[Task]]:
    """Every group in order, each with its nearest deadline first."""
    tasks = _BY_ROLE[user.role](user.scope, user.username, today)
    groups: dict[Group, list[Task]] = {group: [] for group in Group}
    for task in tasks:
        groups[task.group(today)].append(task)
    for rows in groups.values():
        rows.sort(key=lambda task: (task.due or task.since or today, task.kind, task.code))
    return groups


def _office(scope: Scope, _username: str, today: date) -> list[Task]:
    return [
        *work_lists.lists(scope),
        *work_lists.pairs(scope),
        *work_lists.postings(scope, today),
        *work_lists.communes_without_list(scope, today.year),
        *work_events.to_invite(scope),
        *work_events.events(scope, today),
    ]


def _officer(scope: Scope, username: str, today: date) -> list[Task]:
    return [
        *work_lists.lists(scope),
        *work_lists.pairs(scope),
        *work_lists.postings(scope, today),
        *work_lists.objections(scope),
        *work_supports.late_funds(scope, today),
        *work_supports.to_match(scope),
        *work_supports.proposals(scope, username),
        *work_supports.to_issue(scope),
        *work_events.to_invite(scope),
        *work_events.events(scope, today),
        *_plans(scope, username, today.year),
    ]


def _approver(scope: Scope, username: str, today: date) -> list[Task]:
    return [
        *work_supports.proposals(scope, username),
        *work_events.events(scope, today),
        *_plans(scope, username, today.year),
    ]


def _central(scope: Scope, _username: str, today: date) -> list[Task]:
    year = today.year
    places = {row.code: row.name for row in progress.provinces(scope, year, Benefit.HI, today)}
    planned = goals.effective(scope, year)
    missing = [name for code, name in places.items() if code not in planned]
    tasks = []
    if missing:
        tasks.append(Task(Kind.GOALS_MISSING, where=_named(missing), count=len(missing)))
    period = progress.period(scope, year)
    now = pace.pace(period.starts_on, period.ends_on, today)
    for benefit in AS_REPORTED:
        rows = progress.provinces(scope, year, benefit, today)
        behind = [
            row.name
            for row in pace.in_order(rows, now, pace.Order.GAP)
            if pace.status(row.given, row.goal, now) is pace.Status.FAR_BEHIND
        ]
        if behind:
            tasks.append(Task(Kind.FAR_BEHIND, benefit.value, _named(behind), len(behind), benefit))
    return tasks


def _admin(_scope: Scope, _username: str, _today: date) -> list[Task]:
    now = clock.real_now()
    statement: Any = sqlalchemy.select(
        col(Account.username), col(Account.full_name), col(Account.locked_until)
    ).where(col(Account.is_active), col(Account.locked_until) > now)
    unchanged = (
        select(func.count())
        .select_from(Account)
        .where(col(Account.is_active), col(Account.must_change_password))
    )
    with reading() as session:
        tasks = [
            Task(Kind.ACCOUNT_LOCKED, username, name, due=clock.today())
            for username, name, _until in session.exec(statement)
        ]
        if count := session.exec(unchanged).one():
            tasks.append(Task(Kind.PASSWORD_UNCHANGED, count=count))
    return tasks


def _nobody(_scope: Scope, _username: str, _today: date) -> list[Task]:
    return []


_BY_ROLE = {
    Role.OFFICE: _office,
    Role.OFFICER: _officer,
    Role.APPROVER: _approver,
    Role.CENTRAL: _central,
    Role.ADMIN: _admin,
    Role.LEADER: _nobody,
}


def _plans(scope: Scope, username: str, year: int) -> list[Task]:
    """This year's plan: missing, or waiting for a second person."""
    statement: Any = (
        sqlalchemy.select(col(Plan.year), col(Plan.proposed_by), col(Plan.proposed_at))
        .where(col(Plan.state) == PlanState.PROPOSED, scope.covers(Plan))
        .order_by(col(Plan.id))
    )
    with reading() as session:
        proposed = session.exec(statement).all()
    tasks = []
    for of_year, by, at in proposed:
        mine = scope.role is Role.APPROVER and by != username
        kind = Kind.PLAN_TO_DECIDE if mine else Kind.PLAN_WAITS
        tasks.append(Task(kind, count=of_year, since=clock.local_day(at)))
    if scope.role is Role.OFFICER and not proposed and not goals.effective(scope, year):
        tasks.append(Task(Kind.PLAN_MISSING, count=year))
    return tasks


def _named(names: list[str]) -> str:
    return ", ".join(names[:NAMED])
