"""Progress counts confirmed hand-overs only, in every scope, against the goal that counts."""

from datetime import UTC, date, datetime

import pytest

from db.models import Goal, Match, Plan
from db.queries.progress import progress, stages
from db.rules.access import Role
from db.rules.pace import DayTotal
from db.rules.states import Benefit, MatchState, NominationState, PlanState
from db.scope import Scope
from db.unit_of_work import unattended_writing
from tests import ceremonies, world

pytestmark = pytest.mark.usefixtures("any_database")
NATION = Scope(Role.CENTRAL)
HERE = Scope(Role.OFFICER, world.PROVINCE)
ELSEWHERE = Scope(Role.OFFICER, world.ELSEWHERE)


def office_scope() -> Scope:
    from sqlmodel import select

    from db.models import Account
    from db.unit_of_work import reading

    with reading() as session:
        account = session.exec(select(Account).where(Account.username == "office")).one()
        return Scope(account.role, account.province_code, account.office_id)


def add_goal(
    target: int,
    *,
    year: int = world.YEAR,
    province: str = world.PROVINCE,
    communes: dict[str, int] | None = None,
    decided: int = 1,
    state: PlanState = PlanState.APPROVED,
    **period: date,
) -> None:
    with unattended_writing("tests") as work:
        plan = Plan(
            province_code=province,
            year=year,
            starts_on=period.get("starts_on", date(year, 1, 1)),
            ends_on=period.get("ends_on", date(year, 12, 31)),
            state=state,
            proposed_by="officer",
            proposed_at=world.NOW,
            decided_at=datetime(year, 1, decided, tzinfo=UTC),
        )
        work.session.add(plan)
        work.session.flush()
        for commune, share in [(None, target), *(communes or {}).items()]:
            work.session.add(
                Goal(
                    plan_id=plan.id or 0,
                    province_code=province,
                    commune_code=commune,
                    benefit=Benefit.HI,
                    target=share,
                )
            )


def deliver(matches: list[int], on: date, year: int = world.YEAR) -> None:
    with unattended_writing("tests") as work:
        for match in matches:
            row = work.session.get_one(Match, match)
            row.state, row.delivered_on, row.year = MatchState.DELIVERED, on, year


def row_of(scope: Scope, code: str = world.PROVINCE) -> progress.ProvinceStanding:
    rows = progress.provinces(scope, world.YEAR, Benefit.HI, world.TODAY)
    return next(row for row in rows if row.code == code)


def test_only_confirmed_minutes_count() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.held(pledge, matches)
    assert row_of(NATION).given == 0

    from db.commands.handover import events

    events.confirm_minutes(event.id or 0, event.version, "approver")
    assert row_of(NATION).given == 3
    assert row_of(NATION, world.ELSEWHERE).given == 0


def test_the_nation_always_has_34_provinces_and_a_province_itself() -> None:
    rows = progress.provinces(NATION, world.YEAR, Benefit.HI, world.TODAY)
    assert len(rows) == 34
    assert [row.code for row in progress.provinces(HERE, 2026, Benefit.HI, world.TODAY)] == ["40"]


def test_other_benefits_other_years_and_days_to_come_are_left_out() -> None:
    _pledge, matches = ceremonies.issued(4)
    deliver(matches[:1], date(2026, 9, 15))
    deliver(matches[1:2], date(2026, 9, 16))
    deliver(matches[2:3], date(2026, 3, 1), year=2024)
    assert row_of(NATION).given == 1
    books = progress.provinces(NATION, world.YEAR, Benefit.SI, world.TODAY)
    assert sum(row.given for row in books) == 0


def test_a_delivery_before_new_year_counts_for_the_year_of_its_pledge() -> None:
    _pledge, matches = ceremonies.issued(1)
    deliver(matches, date(2025, 12, 20))
    assert row_of(NATION).given == 1


def test_the_plan_approved_last_counts() -> None:
    add_goal(100, decided=1)
    add_goal(80, decided=2)
    add_goal(999, decided=3, state=PlanState.REJECTED)
    assert row_of(NATION).goal == 80


def test_last_year_is_measured_on_the_same_day_against_its_own_goal() -> None:
    add_goal(10, year=2025)
    _pledge, matches = ceremonies.issued(4)
    deliver(matches[:2], date(2025, 9, 15), year=2025)
    deliver(matches[2:], date(2025, 9, 16), year=2025)
    assert row_of(NATION).last_year_share == 0.2


def test_an_office_sees_its_communes_and_their_goals_only() -> None:
    at = world.places()
    add_goal(100, communes={at.own: 30, at.own_too: 20, at.other: 50})
    _pledge, own = ceremonies.issued(2)
    _pledge, foreign = ceremonies.issued(3, commune=at.other, seed=2)
    deliver(own + foreign, world.TODAY)
    scope = office_scope()
    row = row_of(scope)
    assert (row.goal, row.given) == (50, 2)
    communes = progress.communes(scope, 2026, Benefit.HI, world.TODAY, world.PROVINCE)
    assert {c.code: (c.goal, c.given) for c in communes} == {at.own: (30, 2), at.own_too: (20, 0)}


def test_communes_tell_goal_listed_matched_and_given() -> None:
    at = world.places()
    add_goal(100, communes={at.own: 30})
    _pledge, matches = ceremonies.issued(3, quantity=5)
    deliver(matches[:1], world.TODAY)
    world.add_list(commune=at.own, round_=2, seed=9, people=2)
    communes = progress.communes(HERE, 2026, Benefit.HI, world.TODAY, world.PROVINCE)
    assert len(communes) == 130
    own = next(c for c in communes if c.code == at.own)
    assert (own.goal, own.listed, own.matched, own.given) == (30, 5, 3, 1)


def test_another_province_is_out_of_sight() -> None:
    _pledge, matches = ceremonies.issued(2)
    deliver(matches, world.TODAY)
    assert progress.communes(ELSEWHERE, 2026, Benefit.HI, world.TODAY, world.PROVINCE) == []
    history = progress.history(ELSEWHERE, 2026, Benefit.HI, world.TODAY, (world.PROVINCE,))
    assert history.this_year[-1].total == 0
    assert progress.days_to_handover(ELSEWHERE, 2026, Benefit.HI) is None
    assert {stage.reached for stage in stages.stages(ELSEWHERE, 2026, Benefit.HI, world.TODAY)} == {
        0
    }


def test_the_history_adds_up_day_by_day() -> None:
    _pledge, matches = ceremonies.issued(4)
    deliver(matches[:1], date(2025, 12, 30))
    deliver(matches[1:3], date(2026, 2, 1))
    deliver(matches[3:], date(2025, 5, 1), year=2025)
    found = progress.history(NATION, 2026, Benefit.HI, world.TODAY)
    assert found.this_year == (
        DayTotal(date(2025, 12, 31), 0),
        DayTotal(date(2026, 2, 1), 3),
        DayTotal(world.TODAY, 3),
    )
    assert found.last_year[-1] == DayTotal(date(2025, 12, 31), 1)


def test_what_is_handed_over_after_the_plan_is_on_the_line_too() -> None:
    add_goal(10)
    _pledge, matches = ceremonies.issued(3)
    deliver(matches[:2], date(2026, 12, 30))
    deliver(matches[2:], date(2027, 1, 4))
    later = date(2027, 1, 20)
    found = progress.history(NATION, 2026, Benefit.HI, later)
    assert found.this_year[-1] == DayTotal(date(2027, 1, 4), 3)
    rows = progress.provinces(NATION, 2026, Benefit.HI, later)
    assert sum(row.given for row in rows) == 3


def test_an_office_is_measured_where_its_communes_have_goals() -> None:
    at = world.places()
    add_goal(100, communes={at.own: 30})
    add_goal(100, communes={at.own: 20, at.own_too: 40}, year=2025)
    for place, seed in ((at.own, 1), (at.own_too, 2)):
        _pledge, matches = ceremonies.issued(3, commune=place, seed=seed)
        deliver(matches[:2], world.TODAY)
        deliver(matches[2:], date(2025, 5, 1), year=2025)
    (row,) = progress.provinces(office_scope(), 2026, Benefit.HI, world.TODAY)
    assert (row.goal, row.given, row.outside) == (30, 2, 2)
    assert (row.goal_before, row.given_before) == (20, 1)
    found = progress.history(office_scope(), 2026, Benefit.HI, world.TODAY)
    assert found.this_year[-1].total == 2


def test_the_period_is_the_plans_own() -> None:
    add_goal(10, starts_on=date(2025, 12, 1), ends_on=date(2026, 11, 30))
    assert progress.period(HERE, 2026) == progress.Period(date(2025, 12, 1), date(2026, 11, 30))
    assert progress.period(NATION, 2026, world.PROVINCE).starts_on == date(2025, 12, 1)
    assert progress.period(NATION, 2026) == progress.Period(date(2026, 1, 1), date(2026, 12, 31))


def test_days_from_pledge_to_hand_over_are_the_median() -> None:
    _pledge, matches = ceremonies.issued(3, registered_on=date(2026, 9, 1))
    deliver(matches[:1], date(2026, 9, 3))
    deliver(matches[1:], date(2026, 9, 11))
    assert progress.days_to_handover(HERE, 2026, Benefit.HI) == 10


def test_the_median_is_the_lower_middle() -> None:
    assert progress.median([(1, 1), (5, 1)]) == 1
    assert progress.median([(1, 1), (5, 2)]) == 5
    assert progress.median([]) is None


def test_stages_tell_who_came_how_far_and_who_waits() -> None:
    at = world.places()
    world.add_list(people=2)
    world.add_posted(people=3, commune=at.own_too, closed=False)
    world.add_list(
        people=1, commune=at.other, nomination_state=NominationState.NOT_ELIGIBLE, seed=3
    )
    _pledge, matches = ceremonies.issued(4, commune=at.other_too, seed=4)
    deliver(matches[:1], world.TODAY)
    found = {stage.label: stage for stage in stages.stages(HERE, 2026, Benefit.HI, world.TODAY)}
    reached = {name: (stage.reached, stage.waiting) for name, stage in found.items()}
    assert reached == {
        "listed": (10, 0),
        "eligible": (7, 2),
        "posted": (4, 3),
        "matched": (4, 0),
        "approved": (4, 0),
        "issued": (4, 0),
        "delivered": (1, 3),
    }


def test_known_years_are_those_of_plans_and_pledges_and_today() -> None:
    add_goal(10, year=2025)
    assert progress.years(HERE, world.TODAY) == [2026, 2025]
    assert progress.years(ELSEWHERE, world.TODAY) == [2026]
