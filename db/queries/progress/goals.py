"""Plans and goals: what counts now, what came before, what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Account, Goal, Plan
from db.queries.values import from_row
from db.rules.states import Benefit, PlanState
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class EffectivePlan:
    """The version that counts for a province and year: the one approved last."""

    id: int
    province_code: str
    year: int
    number: str
    signed_on: date | None
    starts_on: date
    ends_on: date
    partners: str
    targets: dict[Benefit, int]


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version in the history; `ordinal` counts from 1 within province and year."""

    id: int
    version: int
    ordinal: int
    province_code: str
    number: str
    signed_on: date | None
    starts_on: date
    ends_on: date
    partners: str
    state: PlanState
    counts: bool
    proposed_by: str
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    comment: str
    targets: dict[Benefit, int]
    communes: int
    """Communes that have a goal of their own."""


def effective(scope: Scope, year: int) -> dict[str, EffectivePlan]:
    """The plan that counts, per province code, with its goals for the whole province."""
    with reading() as session:
        plans = session.exec(
            select(Plan).where(_province_of(scope, Plan), col(Plan.id).in_(_counting(year)))
        ).all()
        targets = _targets(session, [plan.id for plan in plans])
        return {
            plan.province_code: from_row(EffectivePlan, plan, targets=targets.get(plan.id or 0, {}))
            for plan in plans
        }


def province_goals(scope: Scope, year: int) -> dict[tuple[str, Benefit], int]:
    """Targets in pieces by (province code, benefit); a province without a plan is absent."""
    with reading() as session:
        return {
            (province, Benefit(benefit)): target
            for province, benefit, target in session.exec(
                select(Goal.province_code, Goal.benefit, Goal.target).where(
                    _province_of(scope, Goal),
                    col(Goal.commune_code).is_(None),
                    col(Goal.plan_id).in_(_counting(year)),
                )
            )
        }


def commune_goals(
    scope: Scope, year: int, province_code: str | None = None
) -> dict[tuple[str, Benefit], int]:
    """Targets in pieces by (commune code, benefit), where a plan splits its goal."""
    conditions = [
        scope.covers(Goal),
        col(Goal.commune_code).is_not(None),
        col(Goal.plan_id).in_(_counting(year)),
    ]
    if province_code is not None:
        conditions.append(col(Goal.province_code) == province_code)
    with reading() as session:
        found = session.exec(
            select(Goal.commune_code, Goal.benefit, Goal.target).where(*conditions)
        )
        return {(commune or "", Benefit(benefit)): target for commune, benefit, target in found}


def split_of(scope: Scope, plan_id: int) -> dict[tuple[str, Benefit], int]:
    """The targets by commune of one version, whatever its state."""
    with reading() as session:
        found = session.exec(
            select(Goal.commune_code, Goal.benefit, Goal.target)
            .where(scope.covers(Goal), Goal.plan_id == plan_id, col(Goal.commune_code).is_not(None))
            .order_by(col(Goal.commune_code))
        )
        return {(commune or "", Benefit(benefit)): target for commune, benefit, target in found}


def history(scope: Scope, province_code: str, year: int) -> list[PlanVersion]:
    """Every version of a province's plan for a year, newest first."""
    with reading() as session:
        plans = session.exec(
            select(Plan)
            .where(scope.covers(Plan), Plan.province_code == province_code, Plan.year == year)
            .order_by(col(Plan.id))
        ).all()
        ids = [plan.id for plan in plans]
        counting = set(session.exec(_counting(year)).all())
        targets, communes = _targets(session, ids), _communes(session, ids)
        names = _names(session, plans)
        versions = [
            from_row(
                PlanVersion,
                plan,
                ordinal=ordinal,
                counts=plan.id in counting,
                proposed_by_name=names.get(plan.proposed_by, plan.proposed_by),
                decided_by_name=names.get(plan.decided_by or "", plan.decided_by or ""),
                targets=targets.get(plan.id or 0, {}),
                communes=communes.get(plan.id or 0, 0),
            )
            for ordinal, plan in enumerate(plans, start=1)
        ]
    return versions[::-1]


def waiting(scope: Scope, year: int) -> dict[str, datetime]:
    """Provinces whose plan waits for a decision, with the moment it was proposed."""
    with reading() as session:
        return dict(
            session.exec(
                select(Plan.province_code, func.max(Plan.proposed_at))
                .where(scope.covers(Plan), Plan.year == year, Plan.state == PlanState.PROPOSED)
                .group_by(col(Plan.province_code))
            ).all()
        )


def _province_of(scope: Scope, table: type[Plan] | type[Goal]) -> ColumnElement[bool]:
    """A province's plan is for its offices too: their progress is measured by it."""
    if scope.office_id is not None and scope.province_code is not None:
        return col(table.province_code) == scope.province_code
    return scope.covers(table)


def _counting(year: int) -> SelectOfScalar[Any]:
    """Ids of the plans approved last, one per province."""
    ranked = (
        select(
            Plan.id,
            func.row_number()
            .over(
                partition_by=col(Plan.province_code),
                order_by=(col(Plan.decided_at).desc(), col(Plan.id).desc()),
            )
            .label("place"),
        )
        .where(Plan.year == year, Plan.state == PlanState.APPROVED)
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place == 1)


def _targets(session: Session, plan_ids: list[int | None]) -> dict[int, dict[Benefit, int]]:
    found: dict[int, dict[Benefit, int]] = {}
    for plan_id, benefit, target in session.exec(
        select(Goal.plan_id, Goal.benefit, Goal.target).where(
            col(Goal.plan_id).in_(plan_ids), col(Goal.commune_code).is_(None)
        )
    ):
        found.setdefault(plan_id, {})[Benefit(benefit)] = target
    return found


def _communes(session: Session, plan_ids: list[int | None]) -> dict[int, int]:
    return dict(
        session.exec(
            select(Goal.plan_id, func.count(func.distinct(Goal.commune_code)))
            .where(col(Goal.plan_id).in_(plan_ids))
            .group_by(col(Goal.plan_id))
        ).all()
    )


def _names(session: Session, plans: Sequence[Plan]) -> dict[str, str]:
    people = {plan.proposed_by for plan in plans} | {plan.decided_by for plan in plans}
    return dict(
        session.exec(
            select(Account.username, Account.full_name).where(col(Account.username).in_(people))
        ).all()
    )
