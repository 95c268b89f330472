"""The work queue says what each role has to do, and nothing of somebody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from db import clock
from db.commands.handover import events
from db.models import Account, DuplicatePair, Event, Nomination, Objection, Plan, Posting
from db.queries.admin.accounts import User
from db.queries.home import work
from db.queries.home.tasks import Group, Kind, Task
from db.rules.states import (
    ListState,
    MatchState,
    NominationState,
    PairState,
    PlanState,
    Presence,
    ProposalState,
)
from db.scope import scope_of
from db.unit_of_work import reading, unattended_writing
from tests import ceremonies, world

pytestmark = pytest.mark.usefixtures("any_database")


def user(username: str) -> User:
    with reading() as session:
        account = session.exec(select(Account).where(Account.username == username)).one()
        return User(
            account.id or 0, username, account.full_name, account.role, scope_of(account), "", False
        )


def tasks(username: str, today: date = world.TODAY) -> dict[Kind, list[Task]]:
    found: dict[Kind, list[Task]] = {}
    for rows in work.of(user(username), today).values():
        for task in rows:
            found.setdefault(task.kind, []).append(task)
    return found


def groups(username: str) -> dict[Kind, Group]:
    found = work.of(user(username), world.TODAY)
    return {task.kind: group for group, rows in found.items() for task in rows}


def add_plan(state: PlanState) -> None:
    with unattended_writing("tests") as session_work:
        session_work.session.add(
            Plan(
                province_code=world.PROVINCE,
                year=world.YEAR,
                starts_on=date(2026, 1, 1),
                ends_on=date(2026, 12, 31),
                state=state,
                proposed_by="officer",
                proposed_at=world.NOW,
                decided_at=world.NOW if state is PlanState.APPROVED else None,
            )
        )


def open_pair(list_nominations: list[int], state: PairState) -> None:
    with unattended_writing("tests") as session_work:
        first, second = (
            session_work.session.get_one(Nomination, each).person_id for each in list_nominations
        )
        session_work.session.add(
            DuplicatePair(
                province_code=world.PROVINCE,
                first_id=min(first, second),
                second_id=max(first, second),
                evidence={},
                state=state,
                found_at=world.NOW,
            )
        )


def test_with_nothing_waiting_only_the_plan_and_missing_lists_are_left() -> None:
    assert set(tasks("officer")) == {Kind.PLAN_MISSING}
    assert set(tasks("office")) == {Kind.LIST_MISSING}
    assert tasks("approver") == {}
    assert tasks("leader") == {}
    add_plan(PlanState.APPROVED)
    assert tasks("officer") == {}


def test_lists_go_back_and_forth_between_office_and_province() -> None:
    at = world.places()
    world.add_list(commune=at.own, people=2)
    world.add_list(commune=at.own_too, people=3, state=ListState.RETURNED)
    office, officer = tasks("office"), tasks("officer")
    assert [t.count for t in officer[Kind.LIST_TO_REVIEW]] == [2]
    assert [t.count for t in office[Kind.LIST_WAITS]] == [2]
    assert [t.count for t in office[Kind.LIST_RETURNED]] == [3]
    assert Kind.LIST_RETURNED not in officer
    assert Kind.LIST_MISSING not in office
    assert set(tasks("office2")) == {Kind.LIST_MISSING}
    assert set(tasks("far_officer")) == {Kind.PLAN_MISSING}


def test_reviewed_lists_are_to_be_posted_by_both() -> None:
    world.add_list(state=ListState.REVIEWED, people=2, nomination_state=NominationState.ELIGIBLE)
    for username in ("office", "officer"):
        (task,) = tasks(username)[Kind.LIST_TO_POST]
        assert task.count == 2


def test_pairs_are_compared_by_the_officer_and_answered_by_the_office() -> None:
    _list, nominations = world.add_list(people=4)
    open_pair(nominations[:2], PairState.OPEN)
    assert tasks("officer")[Kind.PAIRS_OPEN][0].count == 1
    assert Kind.PAIRS_ASKED not in tasks("office")

    open_pair(nominations[2:], PairState.ASKED)
    assert tasks("office")[Kind.PAIRS_ASKED][0].count == 1
    assert groups("officer")[Kind.PAIRS_WAIT] is Group.OTHERS
    assert Kind.PAIRS_ASKED not in tasks("office2")


def test_a_posting_asks_for_proof_then_for_closing_unless_somebody_objects() -> None:
    _list, _nominations, posting = world.add_posted(closed=False)
    assert groups("office")[Kind.PROOF_MISSING] is Group.OVERDUE
    assert groups("officer")[Kind.POSTING_DUE] is Group.OVERDUE
    with unattended_writing("tests") as session_work:
        row = session_work.session.get_one(Posting, posting)
        session_work.session.add(
            Objection(
                province_code=row.province_code,
                commune_code=row.commune_code,
                posting_id=posting,
                received_on=world.TODAY,
                answer_by=world.TODAY + timedelta(days=3),
                text="Hộ này khá giả",
                recorded_by="office",
                recorded_at=world.NOW,
            )
        )
    assert Kind.POSTING_DUE not in tasks("officer")
    assert groups("officer")[Kind.OBJECTIONS_OPEN] is Group.WEEK


def test_money_is_late_from_the_day_it_was_due() -> None:
    world.add_pledge(paid=0, expected_on=date(2026, 9, 14), quantity=2)
    world.add_pledge(paid=0, expected_on=date(2026, 9, 16))
    world.add_pledge(expected_on=date(2026, 9, 1))
    (task,) = tasks("officer")[Kind.FUNDS_LATE]
    assert task.amount == 2 * 1_366_200
    assert task.group(world.TODAY) is Group.OVERDUE


def test_a_pledge_is_to_be_matched_only_with_somebody_under_its_wishes() -> None:
    at = world.places()
    wished = world.add_pledge(communes=(at.other,))
    anywhere = world.add_pledge()
    assert Kind.PLEDGE_TO_MATCH not in tasks("officer")

    world.add_posted(people=3, commune=at.own)
    (task,) = tasks("officer")[Kind.PLEDGE_TO_MATCH]
    assert (task.count, task.amount) == (10, 3)
    with reading() as session:
        from db.models import Pledge

        assert task.code == session.get_one(Pledge, anywhere).code
        assert task.code != session.get_one(Pledge, wished).code


def test_a_submitted_proposal_waits_for_an_approver_who_did_not_make_it() -> None:
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations)
    (task,) = tasks("approver")[Kind.PROPOSAL_TO_DECIDE]
    assert (task.count, task.who) == (3, world.NAMES["officer"])
    (waits,) = tasks("officer")[Kind.PROPOSAL_WAITS]
    assert world.NAMES["approver"] in waits.who
    assert tasks("far_approver") == {}


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (ProposalState.DRAFT, Kind.PROPOSAL_DRAFT),
        (ProposalState.RETURNED, Kind.PROPOSAL_RETURNED),
    ],
)
def test_drafts_and_returned_ones_are_the_officers(state: ProposalState, kind: Kind) -> None:
    _list, nominations, _posting = world.add_posted(people=2)
    world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations, state=state)
    assert kind in tasks("officer")
    assert tasks("approver") == {}


def test_approved_people_wait_for_their_cards() -> None:
    _list, nominations, _posting = world.add_posted(people=2)
    world.add_proposal(
        pledge_id=world.add_pledge(),
        nomination_ids=nominations,
        state=ProposalState.APPROVED,
        match_state=MatchState.APPROVED,
    )
    (task,) = tasks("officer")[Kind.TO_ISSUE]
    assert task.count == 2


def test_a_hand_over_walks_from_desk_to_desk() -> None:
    pledge, matches = ceremonies.issued(2, registered_on=date(2026, 8, 20))
    assert groups("office")[Kind.TO_INVITE] is Group.OVERDUE
    event = ceremonies.proposed(pledge, matches)
    assert groups("officer")[Kind.EVENT_TO_CONFIRM] is Group.WEEK
    assert groups("office")[Kind.EVENT_WAITS] is Group.OTHERS
    assert Kind.TO_INVITE not in tasks("office")

    events.confirm(event.id or 0, event.version, "officer")
    assert Kind.EVENT_TO_RECORD not in tasks("office")
    with unattended_writing("tests") as session_work:
        row = session_work.session.get_one(Event, event.id)
        row.starts_at = datetime(2026, 9, 14, 2, tzinfo=UTC)
        row.proposed_at = row.starts_at
    assert groups("office")[Kind.EVENT_TO_RECORD] is Group.OVERDUE

    seen = ceremonies.event_of(event.code).version
    answers = dict.fromkeys(matches, (Presence.PRESENT, ""))
    events.record(event.id or 0, answers, ceremonies.HELD_ON, seen, "office")
    assert Kind.PAGE_MISSING in tasks("office")
    assert Kind.MINUTES_TO_CONFIRM not in tasks("approver")

    events.attach(event.id or 0, "a.pdf", ceremonies.PDF, "office")
    assert Kind.MINUTES_TO_CONFIRM in tasks("approver")
    assert Kind.MINUTES_WAIT in tasks("officer")
    event = ceremonies.event_of(event.code)
    events.confirm_minutes(event.id or 0, event.version, "approver")
    assert tasks("approver") == {}


def test_a_plan_waits_for_a_second_person() -> None:
    add_plan(PlanState.PROPOSED)
    assert Kind.PLAN_TO_DECIDE in tasks("approver")
    assert set(tasks("officer")) == {Kind.PLAN_WAITS}


def test_central_looks_after_goals_and_provinces_far_behind() -> None:
    add_plan(PlanState.APPROVED)
    (missing,) = tasks("central")[Kind.GOALS_MISSING]
    assert missing.count == 33
    with unattended_writing("tests") as session_work:
        from db.models import Goal
        from db.rules.states import Benefit

        plan = session_work.session.exec(select(Plan)).one()
        session_work.session.add(
            Goal(
                plan_id=plan.id or 0,
                province_code=world.PROVINCE,
                benefit=Benefit.HI,
                target=100,
            )
        )
    (behind,) = tasks("central")[Kind.FAR_BEHIND]
    assert (behind.code, behind.where) == ("hi", "Nghệ An")


def test_the_administrator_sees_locks_and_first_passwords() -> None:
    assert tasks("admin") == {}
    with unattended_writing("tests") as session_work:
        account = session_work.session.exec(
            select(Account).where(col(Account.username) == "officer")
        ).one()
        account.locked_until = clock.real_now() + timedelta(minutes=5)
        account.must_change_password = True
    found = tasks("admin")
    assert [t.code for t in found[Kind.ACCOUNT_LOCKED]] == ["officer"]
    assert found[Kind.PASSWORD_UNCHANGED][0].count == 1


def test_a_deadline_decides_the_group() -> None:
    def group(due: date | None, kind: Kind = Kind.FUNDS_LATE) -> Group:
        return Task(kind, due=due).group(world.TODAY)

    assert group(date(2026, 9, 14)) is Group.OVERDUE
    assert group(world.TODAY) is Group.TODAY
    assert group(date(2026, 9, 16)) is Group.WEEK
    assert group(None) is Group.TODAY
    assert group(None, Kind.LIST_MISSING) is Group.WEEK
    assert group(date(2026, 9, 14), Kind.LIST_WAITS) is Group.OTHERS
