"""The demo year: consistent to the last đồng, alive at every stage, the same every time."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import sqlalchemy
from sqlmodel import col, func, select

from components.progress import sums
from components.progress.filters import Asked
from db import clock, demo
from db.commands.admin import setup
from db.models import (
    Account,
    CommuneList,
    DuplicatePair,
    Event,
    Match,
    Nomination,
    Person,
    Plan,
    Pledge,
    Posting,
    Proposal,
    Receipt,
    UploadDraft,
)
from db.queries.admin import demo_accounts, trace
from db.queries.admin.accounts import User
from db.queries.freshness import AsOf
from db.queries.home import queue, tasks
from db.queries.progress import progress, stages
from db.rules import pace
from db.rules.access import Role
from db.rules.states import (
    LIVE_MATCH,
    Benefit,
    EventState,
    ListState,
    MatchState,
    PairState,
    PlanState,
)
from db.scope import Scope, scope_of
from db.unit_of_work import data_version, reading, unattended_writing
from tests.databases import forget_database
from tests.demo import figures

BUCKETS = {
    MatchState.PROPOSED: "reserved",
    MatchState.APPROVED: "approved",
    MatchState.ISSUED: "issued",
    MatchState.DELIVERED: "delivered",
}
"""Where a pledge keeps the pieces of its matches; in every other state they are free again."""
pytestmark = [
    pytest.mark.usefixtures("filled"),
    pytest.mark.xdist_group("demo"),  # filled once per kind of database
    pytest.mark.timeout(600),
]
TODAY = date(2026, 9, 15)
NATION = Scope(Role.CENTRAL)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """A database with the demo in it; what the filling said."""
    request.getfixturevalue("sqlite_template")  # building it later would change the address
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    else:
        cluster = request.getfixturevalue("cluster")
        cluster.run('CREATE DATABASE "demo_year"')
        url = cluster.url("demo_year")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        yield _fill()
        forget_database()
    forget_database()


def test_every_pledge_agrees_with_its_matches_and_receipts() -> None:
    with reading() as session:
        pledges = session.exec(select(Pledge)).all()
        matches: dict[int, list[tuple[MatchState, int]]] = {}
        spent: Counter[int] = Counter()
        for match in session.exec(select(Match)):
            matches.setdefault(match.pledge_id, []).append((match.state, match.units))
            if match.state in (MatchState.ISSUED, MatchState.DELIVERED):
                spent[match.pledge_id] += match.donor_share
        received = dict(
            session.exec(
                select(Receipt.pledge_id, func.sum(Receipt.amount)).group_by(col(Receipt.pledge_id))
            ).all()
        )
    assert len(pledges) > 1000
    for pledge in pledges:
        counted: Counter[str] = Counter()
        for state, units in matches.get(pledge.id or 0, []):
            counted[BUCKETS.get(state, "free")] += units
        del counted["free"]
        kept = {bucket: getattr(pledge, bucket) for bucket in BUCKETS.values()}
        assert counted == Counter(kept), pledge.code
        assert pledge.free + pledge.withdrawn + sum(kept.values()) == (
            pledge.quantity or pledge.amount
        ), pledge.code
        assert pledge.spent == spent[pledge.id or 0], pledge.code
        assert pledge.received == int(received.get(pledge.id or 0, 0)), pledge.code


def test_nobody_is_helped_twice_for_one_benefit_and_year() -> None:
    with reading() as session:
        twice = session.exec(
            select(Match.person_id)
            .where(col(Match.state).in_(LIVE_MATCH))
            .group_by(col(Match.person_id), col(Match.benefit), col(Match.year))
            .having(func.count() > 1)
        ).all()
    assert twice == []


def test_nobody_is_matched_before_the_posting_of_the_list_closed() -> None:
    with reading() as session:
        early = session.exec(
            select(Match.id)
            .join(Nomination, col(Nomination.id) == Match.nomination_id)
            .join(Posting, col(Posting.list_id) == Nomination.list_id)
            .join(Proposal, col(Proposal.id) == Match.proposal_id)
            .where(
                sqlalchemy.or_(
                    col(Posting.closed_on).is_(None),
                    col(Match.issued_on) < Posting.closed_on,
                    col(Match.delivered_on) < Match.issued_on,
                    col(Match.delivered_on) > TODAY,
                )
            )
        ).all()
    assert early == []


def test_no_hand_over_is_held_before_its_day() -> None:
    with reading() as session:
        held = session.exec(
            select(Event.held_on, Event.starts_at).where(col(Event.held_on).is_not(None))
        ).all()
    assert held
    assert [row for row in held if row[0] < clock.local_day(row[1])] == []


def test_the_audit_chain_is_whole() -> None:
    verdict = trace.verify()
    assert verdict.whole
    assert verdict.entries > 20_000


def test_something_waits_at_every_stage_for_somebody_in_nghe_an() -> None:
    found = {
        type(task)
        for username in ("concuong.nghean", "quephong.nghean", "canbo.nghean", "duyet.nghean")
        for rows in queue.of(_user(username), TODAY).values()
        for task in rows
    }
    for_others = {
        tasks.GoalsMissing,
        tasks.FarBehind,
        tasks.AccountLocked,
        tasks.PasswordUnchanged,
        tasks.PlanMissing,
        tasks.ListMissing,
    }
    assert set(get_args(tasks.AnyTask)) - for_others <= found


def test_the_queue_holds_overdue_work_work_of_today_and_of_this_week() -> None:
    groups = queue.of(_user("canbo.nghean"), TODAY)
    assert all(len(tasks) >= 2 for tasks in groups.values())


def test_administrator_and_central_have_work_too() -> None:
    admin = [type(task) for rows in queue.of(_user("quantri"), TODAY).values() for task in rows]
    central = {type(task) for rows in queue.of(_user("trunguong"), TODAY).values() for task in rows}
    assert admin == [tasks.AccountLocked]
    assert central == {tasks.FarBehind}


def test_every_state_of_lists_events_and_pairs_occurs() -> None:
    with reading() as session:
        lists = set(session.exec(select(CommuneList.state)))
        states = set(session.exec(select(Event.state)))
        pairs = set(session.exec(select(DuplicatePair.state)))
        drafts = session.exec(select(func.count()).select_from(UploadDraft)).one()
    assert lists == set(ListState) - {ListState.DRAFT, ListState.WITHDRAWN}
    assert states == set(EventState) - {EventState.CANCELLED}
    assert {PairState.OPEN, PairState.ASKED} <= pairs
    assert drafts == 1


@pytest.mark.parametrize("benefit", list(Benefit))
def test_all_provinces_have_progress_and_stand_differently(benefit: Benefit) -> None:
    rows = progress.provinces(NATION, TODAY.year, benefit, TODAY)
    now = pace.pace(date(2026, 1, 1), date(2026, 12, 31), TODAY)
    standing = Counter(pace.status(row.given, row.goal, now) for row in rows)
    assert len(rows) == 34
    assert all(row.given > 0 and row.goal for row in rows)
    assert sum(bool(row.last_year_share) for row in rows) > 30
    for status in (pace.Status.ON_PACE, pace.Status.BEHIND, pace.Status.FAR_BEHIND):
        assert standing[status] >= 3, status


@pytest.fixture
def one_plan_waits() -> Iterator[str]:
    """Lạng Sơn's plan of this year waits for approval: deliveries without a goal."""
    with unattended_writing("tests") as work:
        plans = work.session.exec(
            select(Plan).where(Plan.province_code == "20", Plan.year == TODAY.year)
        ).all()
        before = {plan.id: plan.state for plan in plans}
        for plan in plans:
            plan.state = PlanState.PROPOSED
    yield "20"
    with unattended_writing("tests") as work:
        for identity, state in before.items():
            work.session.get_one(Plan, identity).state = state


@pytest.mark.parametrize("day", [TODAY, date(2027, 1, 5)])
@pytest.mark.parametrize("benefit", list(Benefit))
def test_every_figure_of_progress_is_what_the_tables_say(
    benefit: Benefit, day: date, one_plan_waits: str
) -> None:
    now = AsOf(day, data_version())
    goal, goal_before = figures.goals(2026, benefit), figures.goals(2025, benefit)
    given = figures.given(2026, benefit, day)
    before = figures.given(2025, benefit, progress.same_day_last_year(day))
    central = _user("trunguong")
    rows = progress.provinces(central.scope, 2026, benefit, day)
    assert one_plan_waits not in goal
    assert given[one_plan_waits] > 0
    assert {row.code: row.given for row in rows} == {
        row.code: given.get(row.code, 0) for row in rows
    }
    assert {row.code: row.goal for row in rows if row.goal} == goal

    regions = {row.region for row in rows}
    for asked in (
        Asked(benefit, 2026),
        *(Asked(benefit, 2026, region) for region in regions),
        *(Asked(benefit, 2026, None, code) for code in ("40", one_plan_waits)),
    ):
        places = {row.code for row in rows if asked.covers(row)}
        places &= {asked.province} if asked.province else places
        measured = (places & goal.keys()) or places
        both = measured & goal_before.keys()
        card = sums.card(central, asked, benefit, now)
        assert (card.goal or 0) == figures.total(goal, measured)
        assert card.given == figures.total(given, measured)
        assert card.outside == figures.total(given, places - measured)
        assert card.last_year_share == pytest.approx(
            figures.total(before, both) / figures.total(goal_before, both)
        )
        within = sums.compared(asked, rows)
        line = progress.history(central.scope, 2026, benefit, day, within, plan_of=asked.province)
        assert line.this_year[-1].total == card.given
        reached = {
            each.label: each.reached
            for each in stages.stages(central.scope, 2026, benefit, day, asked.within(rows))
        }
        assert reached["matched"] == sum(figures.matched(2026, benefit, one) for one in places)
        assert reached["delivered"] == card.given + card.outside


@pytest.mark.parametrize("benefit", list(Benefit))
def test_every_figure_of_a_province_and_an_office_is_what_the_tables_say(
    benefit: Benefit,
) -> None:
    now = AsOf(TODAY, data_version())
    split = figures.commune_goals(2026, benefit)
    given = figures.given(2026, benefit, TODAY, "commune_code")
    listed = figures.listed(2026, benefit)
    officer, office = _user("canbo.nghean"), _user("concuong.nghean")
    for row in progress.communes(officer.scope, 2026, benefit, TODAY, "40"):
        told = (row.goal, row.given, row.listed)
        assert told == (split.get(row.code), given.get(row.code, 0), listed.get(row.code, 0))

    asked = Asked(benefit, 2026)
    card = sums.card(officer, asked, benefit, now)
    assert card.goal == figures.goals(2026, benefit)["40"]
    assert card.given == figures.given(2026, benefit, TODAY)["40"]

    own = figures.communes_of("concuong.nghean")
    measured = (own & split.keys()) or own
    card = sums.card(office, asked, benefit, now)
    assert (card.goal or 0) == figures.total(split, measured)
    assert card.given == figures.total(given, measured)
    assert card.outside == figures.total(given, own - measured)
    line = progress.history(office.scope, 2026, benefit, TODAY)
    assert line.this_year[-1].total == card.given


def test_only_the_shown_accounts_are_printed_and_listed(filled: list[str]) -> None:
    shown = [username for username, _role, _unit in demo_accounts.listed()]
    assert [line.split()[0] for line in filled[1:]] == shown
    assert len(shown) == 15
    with reading() as session:
        roles = set(session.exec(select(Account.role).where(col(Account.username).in_(shown))))
    assert roles == set(Role)


def test_a_second_filling_changes_nothing_and_prints_the_accounts_again(
    filled: list[str],
) -> None:
    before = _count(Person)
    said: list[str] = []
    demo.fill(said.append)
    assert said == filled
    assert _count(Person) == before


@pytest.mark.usefixtures("database")
def test_a_database_with_accounts_of_its_own_is_left_alone() -> None:
    before = _count(Account)
    said: list[str] = []
    demo.fill(said.append)
    assert len(said) == 1
    assert _count(Account) == before


@pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
def test_the_same_day_tells_the_same_story_again(tmp_path: Path) -> None:
    first = _digest()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'again.db'}")
        _fill()
        again = _digest()
        forget_database()
    forget_database()
    assert again == first


def _fill() -> list[str]:
    forget_database()
    setup.init()
    said: list[str] = []
    demo.fill(said.append)
    return said


def _digest() -> str:
    """Of everything but the time of day at which commands ran."""
    columns: list[list[Any]] = [
        [Person.full_name, Person.birth_date, Person.cccd, Person.commune_code],
        [Pledge.code, Pledge.state, Pledge.free, Pledge.issued, Pledge.delivered, Pledge.spent],
        [Match.person_id, Match.state, Match.rank, Match.donor_share, Match.document_number],
        [Event.code, Event.state, Event.held_on, Event.commune_code],
        [CommuneList.code, CommuneList.state, CommuneList.commune_code],
    ]
    found = hashlib.sha256()
    with reading() as session:
        for chosen in columns:
            table = chosen[0].class_
            rows = session.execute(sqlalchemy.select(*chosen).order_by(table.id)).all()
            found.update(json.dumps([list(row) for row in rows], default=str).encode())
    return found.hexdigest()


def _user(username: str) -> User:
    with reading() as session:
        account = session.exec(select(Account).where(Account.username == username)).one()
    return User(
        account_id=account.id or 0,
        username=username,
        full_name=account.full_name,
        role=account.role,
        scope=scope_of(account),
        unit="",
        must_change_password=False,
        seen_lately=True,
    )


def _count(table: Any) -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()
