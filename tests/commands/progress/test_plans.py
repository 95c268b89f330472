"""Plans and goals: versions are added, a second person decides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from db.commands.progress import plans
from db.commands.progress.plans import PlanEntry
from db.errors import Refused
from db.models import Account, AuditEntry, Goal, Plan
from db.rules.access import Action, Role, may
from db.rules.states import Benefit, PlanState
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

HI, SI = Benefit.HI, Benefit.SI
ENTRY = PlanEntry(
    year=2026,
    number="125/KH-BHXH",
    signed_on=date(2026, 1, 20),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    partners="Ủy ban MTTQ tỉnh",
    goals={HI: 2000, SI: 150},
    commune_goals={(world.places().own, HI): 40, (world.places().own, SI): 0},
)


def plan_row(plan_id: int) -> Plan:
    with reading() as session:
        return session.get_one(Plan, plan_id)


def test_a_proposed_plan_keeps_the_goals_of_province_and_communes() -> None:
    plan = plans.propose(ENTRY, "officer")

    assert plan_row(plan).state is PlanState.PROPOSED
    with reading() as session:
        kept = {
            (goal.commune_code, goal.benefit): goal.target for goal in session.exec(select(Goal))
        }
        trace = session.exec(select(AuditEntry)).one()
    assert kept == {
        (None, HI): 2000,
        (None, SI): 150,
        (world.places().own, HI): 40,
        (world.places().own, SI): 0,
    }
    assert trace.details == {"year": 2026, "communes": 1, "targets": {"hi": 2000, "si": 150}}


def test_the_approver_makes_it_count() -> None:
    plan = plans.propose(ENTRY, "officer")
    plans.approve(plan, "approver", comment="Đồng ý", seen=1)

    row = plan_row(plan)
    assert (row.state, row.decided_by, row.comment) == (PlanState.APPROVED, "approver", "Đồng ý")


def test_a_rejection_says_why() -> None:
    plan = plans.propose(ENTRY, "officer")
    with pytest.raises(Refused, match="reason_missing"):
        plans.reject(plan, " ", "approver")
    plans.reject(plan, "Thấp hơn năm trước", "approver")
    assert plan_row(plan).state is PlanState.REJECTED


@pytest.mark.parametrize("first", [PlanState.APPROVED, PlanState.REJECTED])
def test_a_decided_plan_is_not_decided_again(first: PlanState) -> None:
    plan = plans.propose(ENTRY, "officer")
    if first is PlanState.APPROVED:
        plans.approve(plan, "approver")
    else:
        plans.reject(plan, "thấp", "approver")
    with pytest.raises(Refused, match="transition_not_allowed"):
        plans.approve(plan, "approver2")
    with pytest.raises(Refused, match="transition_not_allowed"):
        plans.reject(plan, "thấp", "approver2")


def test_whoever_proposed_it_never_decides_even_in_a_new_role() -> None:
    plan = plans.propose(ENTRY, "officer")
    with unattended_writing("tests") as work:
        account = work.session.exec(select(Account).where(Account.username == "officer")).one()
        account.role = Role.APPROVER
    with pytest.raises(Refused, match="own_plan"):
        plans.approve(plan, "officer")
    with pytest.raises(Refused, match="own_plan"):
        plans.reject(plan, "thấp", "officer")


def test_one_version_waits_at_a_time_and_the_next_follows_the_decision() -> None:
    plan = plans.propose(ENTRY, "officer")
    with pytest.raises(Refused, match="plan_waiting"):
        plans.propose(ENTRY, "officer2")
    plans.propose(replace(ENTRY, commune_goals={}), "far_officer")  # another province
    plans.approve(plan, "approver")
    assert plans.propose(replace(ENTRY, goals={HI: 2100}), "officer2") > plan


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_on": None}, "plan_period_wrong"),
        ({"ends_on": None}, "plan_period_wrong"),
        ({"starts_on": date(2026, 12, 31)}, "plan_period_wrong"),
        ({"starts_on": date(2027, 1, 1), "ends_on": date(2027, 2, 1)}, "plan_period_wrong"),
        ({"starts_on": date(2024, 1, 1)}, "plan_period_wrong"),
        ({"signed_on": date(2026, 9, 16)}, "plan_signed_in_future"),
        ({"goals": {}}, "goal_missing"),
        ({"goals": {HI: 0}}, "goal_missing"),
        ({"goals": {HI: -1}}, "goal_wrong"),
        ({"goals": {HI: 10_000_001}}, "goal_wrong"),
        ({"commune_goals": {(world.places().own, HI): -1}}, "goal_wrong"),
        ({"commune_goals": {(world.places().far, HI): 1}}, "commune_elsewhere"),
    ],
)
def test_a_wrong_plan_is_refused_by_name_and_leaves_nothing(
    changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        plans.propose(replace(ENTRY, **changes), "officer")
    with reading() as session:
        assert session.exec(select(Plan)).first() is None


def test_a_tet_campaign_may_begin_in_the_year_before() -> None:
    plan = plans.propose(replace(ENTRY, starts_on=date(2025, 12, 1)), "officer")
    assert plan_row(plan).starts_on == date(2025, 12, 1)


def test_other_roles_and_other_provinces_decide_nothing() -> None:
    plan = plans.propose(ENTRY, "officer")
    for username, (role, _province) in world.ACCOUNTS.items():
        if not may(role, Action.PROPOSE_PLAN):
            with pytest.raises(Refused, match="not_allowed"):
                plans.propose(ENTRY, username)
        if not may(role, Action.DECIDE_PLAN):
            with pytest.raises(Refused, match="not_allowed"):
                plans.approve(plan, username)
            with pytest.raises(Refused, match="not_allowed"):
                plans.reject(plan, "thấp", username)
    with pytest.raises(Refused, match="not_found"):
        plans.approve(plan, "far_approver")
    with pytest.raises(Refused, match="changed_meanwhile"):
        plans.approve(plan, "approver", seen=9)
    assert plan_row(plan).state is PlanState.PROPOSED
