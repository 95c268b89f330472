"""The yearly plan of a province and its goals: proposed by one, decided by another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from db.errors import Refused
from db.models import Commune, Goal, Plan
from db.rules import why
from db.rules.access import Action
from db.rules.names import clean
from db.rules.states import Benefit, PlanState
from db.unit_of_work import UnitOfWork, writing

MOST = 10_000_000
LONGEST_DAYS = 731


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan as typed; goals are targets in pieces, per benefit and (commune code, benefit)."""

    year: int
    number: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    partners: str = ""
    goals: Mapping[Benefit, int] = field(default_factory=dict)
    commune_goals: Mapping[tuple[str, Benefit], int] = field(default_factory=dict)


def propose(entry: PlanEntry, actor: str) -> int:
    """Add a version of the province's plan that waits for the approver; returns its id.

    Raises:
        Refused: plan_period_wrong, plan_signed_in_future, goal_missing, goal_wrong (most),
            commune_elsewhere (codes), plan_waiting.
    """
    with writing(actor, Action.PROPOSE_PLAN) as work:
        province = work.scope.province_code or ""
        starts_on, ends_on = _checked(work, entry)
        work.alone(f"plan {province} {entry.year}")
        waiting = select(Plan.id).where(
            Plan.province_code == province,
            Plan.year == entry.year,
            Plan.state == PlanState.PROPOSED,
        )
        if work.session.exec(waiting).first() is not None:
            raise Refused("plan_waiting")
        plan = Plan(
            province_code=province,
            year=entry.year,
            number=clean(entry.number)[:60],
            signed_on=entry.signed_on,
            starts_on=starts_on,
            ends_on=ends_on,
            partners=clean(entry.partners)[:300],
            proposed_by=actor,
            proposed_at=work.now,
        )
        work.record(
            "plan.proposed",
            plan,
            after=plan.state,
            year=entry.year,
            communes=len({code for code, _benefit in entry.commune_goals}),
            targets={benefit.value: target for benefit, target in entry.goals.items()},
        )
        work.session.add_all(_goals(plan, entry))
        return plan.id or 0


def approve(plan_id: int, actor: str, *, comment: str = "", seen: int | None = None) -> None:
    """Make this version the one that counts.

    Raises:
        Refused: own_plan (the proposer never decides), transition_not_allowed.
    """
    _decide(plan_id, PlanState.APPROVED, comment, actor, seen)


def reject(plan_id: int, comment: str, actor: str, *, seen: int | None = None) -> None:
    """Turn this version down, with a reason; the version before keeps counting.

    Raises:
        Refused: reason_missing, own_plan, transition_not_allowed.
    """
    _decide(plan_id, PlanState.REJECTED, why.required(comment), actor, seen)


def _decide(plan_id: int, to: PlanState, comment: str, actor: str, seen: int | None) -> None:
    with writing(actor, Action.DECIDE_PLAN) as work:
        plan = work.get(Plan, plan_id, seen=seen)
        if plan.proposed_by == actor:
            raise Refused("own_plan")
        plan.decided_by = actor
        plan.decided_at = work.now
        plan.comment = clean(why.bounded(comment))
        work.move(plan, to, year=plan.year)


def _checked(work: UnitOfWork, entry: PlanEntry) -> tuple[date, date]:
    starts_on, ends_on = entry.starts_on, entry.ends_on
    if starts_on is None or ends_on is None or starts_on >= ends_on:
        raise Refused("plan_period_wrong", year=str(entry.year))
    first, last = date(entry.year, 1, 1), date(entry.year, 12, 31)
    if starts_on > last or ends_on < first or (ends_on - starts_on).days > LONGEST_DAYS:
        raise Refused("plan_period_wrong", year=str(entry.year))
    if entry.signed_on is not None and entry.signed_on > work.today:
        raise Refused("plan_signed_in_future")
    targets = [*entry.goals.values(), *entry.commune_goals.values()]
    if any(not 0 <= target <= MOST for target in targets):
        raise Refused("goal_wrong", most=MOST)
    if not any(entry.goals.values()):
        raise Refused("goal_missing")
    _check_communes(work, {code for code, _benefit in entry.commune_goals})
    return starts_on, ends_on


def _check_communes(work: UnitOfWork, codes: set[str]) -> None:
    own = select(Commune.code).where(
        Commune.province_code == work.scope.province_code, col(Commune.code).in_(codes)
    )
    if strange := codes - set(work.session.exec(own).all()):
        raise Refused("commune_elsewhere", codes=sorted(strange))


def _goals(plan: Plan, entry: PlanEntry) -> list[Goal]:
    targets = {(None, benefit): target for benefit, target in entry.goals.items()}
    return [
        Goal(
            plan_id=plan.id or 0,
            province_code=plan.province_code,
            commune_code=commune,
            benefit=benefit,
            target=target,
        )
        for (commune, benefit), target in (targets | dict(entry.commune_goals)).items()
    ]
