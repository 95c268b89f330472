"""Goals: the version approved last counts, for whoever may see the province."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from db.commands.progress import plans
from db.commands.progress.plans import PlanEntry
from db.models import Account, Office
from db.queries.progress import goals
from db.rules.access import Role
from db.rules.states import Benefit, PlanState
from db.scope import Scope
from db.unit_of_work import reading
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

HI, SI = Benefit.HI, Benefit.SI
OFFICER = Scope(Role.OFFICER, world.PROVINCE)
NATION = Scope(Role.CENTRAL)
ENTRY = PlanEntry(
    2026,
    "125/KH-BHXH",
    date(2026, 1, 20),
    date(2026, 1, 1),
    date(2026, 12, 31),
    goals={HI: 2000, SI: 150},
    commune_goals={(world.places().own, HI): 40, (world.places().other, HI): 30},
)


def office_scope(username: str) -> Scope:
    with reading() as session:
        office = session.exec(
            select(Office.id)
            .join(Account, Account.office_id == Office.id)  # type: ignore[arg-type]
            .where(Account.username == username)
        ).one()
    return Scope(Role.OFFICE, world.PROVINCE, office)


def test_nothing_counts_before_it_is_approved() -> None:
    plan = plans.propose(ENTRY, "officer")
    assert goals.effective(OFFICER, 2026) == {}
    assert goals.province_goals(OFFICER, 2026) == {}
    assert set(goals.waiting(NATION, 2026)) == {"40"}

    plans.approve(plan, "approver")
    assert goals.province_goals(OFFICER, 2026) == {("40", HI): 2000, ("40", SI): 150}
    assert goals.waiting(NATION, 2026) == {}
    assert goals.province_goals(OFFICER, 2025) == {}


def test_the_version_approved_last_counts_and_a_rejected_one_never() -> None:
    plans.approve(plans.propose(ENTRY, "officer"), "approver")
    later = replace(ENTRY, goals={HI: 2500}, ends_on=date(2027, 1, 31), commune_goals={})
    second = plans.propose(later, "officer")
    plans.approve(second, "approver")
    plans.reject(plans.propose(replace(ENTRY, goals={HI: 1}), "officer"), "thấp", "approver")

    plan = goals.effective(OFFICER, 2026)["40"]
    assert (plan.id, plan.targets, plan.ends_on) == (second, {HI: 2500}, date(2027, 1, 31))
    assert goals.commune_goals(OFFICER, 2026) == {}

    versions = goals.history(OFFICER, "40", 2026)
    assert [(v.ordinal, v.state, v.counts) for v in versions] == [
        (3, PlanState.REJECTED, False),
        (2, PlanState.APPROVED, True),
        (1, PlanState.APPROVED, False),
    ]
    assert (versions[2].communes, versions[2].proposed_by_name) == (2, "Lê Thị Minh Hằng")
    assert versions[0].comment == "thấp"


def test_each_province_has_its_own_and_the_nation_sees_all() -> None:
    plans.approve(plans.propose(ENTRY, "officer"), "approver")
    far = replace(ENTRY, goals={HI: 7}, commune_goals={(world.places().far, HI): 3})
    plans.approve(plans.propose(far, "far_officer"), "far_approver")

    assert goals.province_goals(NATION, 2026)[("04", HI)] == 7
    assert set(goals.effective(NATION, 2026)) == {"40", "04"}
    assert set(goals.effective(OFFICER, 2026)) == {"40"}
    assert len(goals.commune_goals(NATION, 2026)) == 3
    assert list(goals.commune_goals(NATION, 2026, "04").values()) == [3]
    assert goals.history(OFFICER, "04", 2026) == []


def test_an_office_sees_the_plan_of_its_province_and_the_goals_of_its_communes() -> None:
    plan = plans.propose(ENTRY, "officer")
    plans.approve(plan, "approver")
    scope = office_scope("office")
    assert goals.effective(scope, 2026)["40"].targets == {HI: 2000, SI: 150}
    assert goals.commune_goals(scope, 2026) == {(world.places().own, HI): 40}
    assert goals.split_of(OFFICER, plan) == dict(ENTRY.commune_goals)
    assert goals.split_of(Scope(Role.OFFICER, "04"), plan) == {}
