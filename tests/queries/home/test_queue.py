"""The work queue says what each role has to do, and nothing of somebody else's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from db import clock
from db.commands.handover import events
from db.models import (
    Account,
    DuplicatePair,
    Event,
    Nomination,
    Objection,
    Plan,
    Posting,
    SignInFailure,
)
from db.queries.admin.accounts import User
from db.queries.home import queue, tasks
from db.queries.home.tasks import Group
from db.rules.states import (
    Benefit,
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
            account_id=account.id or 0,
            username=username,
            full_name=account.full_name,
            role=account.role,
            scope=scope_of(account),
            unit="",
            must_change_password=False,
            seen_lately=True,
        )


def waiting(username: str, today: date = world.TODAY) -> dict[type[Any], list[Any]]:
    found: dict[type[Any], list[Any]] = {}
    for rows in queue.of(user(username), today).values():
        for task in rows:
            found.setdefault(type(task), []).append(task)
    return found


def groups(username: str) -> dict[type[Any], Group]:
    found = queue.of(user(username), world.TODAY)
    return {type(task): group for group, rows in found.items() for task in rows}


def add_plan(state: PlanState) -> None:
    with unattended_writing("tests") as work:
        work.session.add(
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
    with unattended_writing("tests") as work:
        first, second = (
            work.session.get_one(Nomination, each).person_id for each in list_nominations
        )
        work.session.add(
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
    assert set(waiting("officer")) == {tasks.PlanMissing}
    assert set(waiting("office")) == {tasks.ListMissing}
    assert waiting("approver") == {}
    assert waiting("leader") == {}
    add_plan(PlanState.APPROVED)
    assert waiting("officer") == {}


def test_lists_go_back_and_forth_between_office_and_province() -> None:
    at = world.places()
    world.add_list(commune=at.own, people=2)
    world.add_list(commune=at.own_too, people=3, state=ListState.RETURNED)
    office, officer = waiting("office"), waiting("officer")
    assert [t.people for t in officer[tasks.ListToReview]] == [2]
    assert [t.people for t in office[tasks.ListWaits]] == [2]
    assert [t.people for t in office[tasks.ListReturned]] == [3]
    assert tasks.ListReturned not in officer
    assert tasks.ListMissing not in office
    assert set(waiting("office2")) == {tasks.ListMissing}
    assert set(waiting("far_officer")) == {tasks.PlanMissing}


def test_reviewed_lists_are_to_be_posted_by_both() -> None:
    world.add_list(state=ListState.REVIEWED, people=2, nomination_state=NominationState.ELIGIBLE)
    for username in ("office", "officer"):
        (task,) = waiting(username)[tasks.ListToPost]
        assert task.people == 2


def test_pairs_are_compared_by_the_officer_and_answered_by_the_office() -> None:
    _list, nominations = world.add_list(people=4)
    open_pair(nominations[:2], PairState.OPEN)
    assert waiting("officer")[tasks.PairsOpen][0].pairs == 1
    assert tasks.PairsAsked not in waiting("office")

    open_pair(nominations[2:], PairState.ASKED)
    assert waiting("office")[tasks.PairsAsked][0].pairs == 1
    assert groups("officer")[tasks.PairsWait] is Group.OTHERS
    assert tasks.PairsAsked not in waiting("office2")


def test_a_posting_asks_for_proof_then_for_closing_unless_somebody_objects() -> None:
    _list, _nominations, posting = world.add_posted(closed=False)
    assert groups("office")[tasks.ProofMissing] is Group.OVERDUE
    assert groups("officer")[tasks.PostingDue] is Group.OVERDUE
    with unattended_writing("tests") as work:
        row = work.session.get_one(Posting, posting)
        work.session.add(
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
    assert tasks.PostingDue not in waiting("officer")
    assert groups("officer")[tasks.ObjectionsOpen] is Group.WEEK


def test_money_is_late_from_the_day_it_was_due() -> None:
    world.add_pledge(paid=0, expected_on=date(2026, 9, 14), quantity=2)
    world.add_pledge(paid=0, expected_on=date(2026, 9, 16))
    world.add_pledge(expected_on=date(2026, 9, 1))
    (task,) = waiting("officer")[tasks.FundsLate]
    assert task.missing == 2 * 1_366_200
    assert task.group(world.TODAY) is Group.OVERDUE


def test_a_pledge_is_to_be_matched_only_with_somebody_under_its_wishes() -> None:
    at = world.places()
    wished = world.add_pledge(communes=(at.other,))
    anywhere = world.add_pledge()
    assert tasks.PledgeToMatch not in waiting("officer")

    world.add_posted(people=3, commune=at.own)
    (task,) = waiting("officer")[tasks.PledgeToMatch]
    assert (task.free, task.candidates) == (10, 3)
    with reading() as session:
        from db.models import Pledge

        assert task.code == session.get_one(Pledge, anywhere).code
        assert task.code != session.get_one(Pledge, wished).code


def test_a_submitted_proposal_waits_for_an_approver_who_did_not_make_it() -> None:
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations)
    (task,) = waiting("approver")[tasks.ProposalToDecide]
    assert (task.people, task.made_by) == (3, world.NAMES["officer"])
    (waits,) = waiting("officer")[tasks.ProposalWaits]
    assert world.NAMES["approver"] in waits.approvers
    assert waiting("far_approver") == {}


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (ProposalState.DRAFT, tasks.ProposalDraft),
        (ProposalState.RETURNED, tasks.ProposalReturned),
    ],
)
def test_drafts_and_returned_ones_are_the_officers(state: ProposalState, kind: type[Any]) -> None:
    _list, nominations, _posting = world.add_posted(people=2)
    world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations, state=state)
    assert kind in waiting("officer")
    assert waiting("approver") == {}


def test_approved_people_wait_for_their_cards() -> None:
    _list, nominations, _posting = world.add_posted(people=2)
    world.add_proposal(
        pledge_id=world.add_pledge(),
        nomination_ids=nominations,
        state=ProposalState.APPROVED,
        match_state=MatchState.APPROVED,
    )
    (task,) = waiting("officer")[tasks.ToIssue]
    assert task.people == 2


def test_a_hand_over_walks_from_desk_to_desk() -> None:
    pledge, matches = ceremonies.issued(2, registered_on=date(2026, 8, 20))
    assert groups("office")[tasks.ToInvite] is Group.OVERDUE
    event = ceremonies.proposed(pledge, matches)
    assert groups("officer")[tasks.EventToConfirm] is Group.WEEK
    assert groups("office")[tasks.EventWaits] is Group.OTHERS
    assert tasks.ToInvite not in waiting("office")

    events.confirm(event.id or 0, event.version, "officer")
    assert tasks.EventToRecord not in waiting("office")
    with unattended_writing("tests") as work:
        row = work.session.get_one(Event, event.id)
        row.starts_at = datetime(2026, 9, 14, 2, tzinfo=UTC)
        row.proposed_at = row.starts_at
    assert groups("office")[tasks.EventToRecord] is Group.OVERDUE

    seen = ceremonies.event_of(event.code).version
    answers = dict.fromkeys(matches, (Presence.PRESENT, ""))
    events.record(event.id or 0, answers, ceremonies.HELD_ON, seen, "office")
    assert tasks.PageMissing in waiting("office")
    assert tasks.MinutesToConfirm not in waiting("approver")

    events.attach(event.id or 0, "a.pdf", ceremonies.PDF, "office")
    assert tasks.MinutesToConfirm in waiting("approver")
    assert tasks.MinutesWait in waiting("officer")
    event = ceremonies.event_of(event.code)
    events.confirm_minutes(event.id or 0, event.version, "approver")
    assert waiting("approver") == {}


def test_a_plan_waits_for_a_second_person() -> None:
    add_plan(PlanState.PROPOSED)
    assert tasks.PlanToDecide in waiting("approver")
    assert set(waiting("officer")) == {tasks.PlanWaits}


def test_central_looks_after_goals_and_provinces_far_behind() -> None:
    add_plan(PlanState.APPROVED)
    (missing,) = waiting("central")[tasks.GoalsMissing]
    assert len(missing.provinces) == 33
    with unattended_writing("tests") as work:
        from db.models import Goal

        plan = work.session.exec(select(Plan)).one()
        work.session.add(
            Goal(
                plan_id=plan.id or 0,
                province_code=world.PROVINCE,
                benefit=Benefit.HI,
                target=100,
            )
        )
    (behind,) = waiting("central")[tasks.FarBehind]
    assert (behind.benefit, behind.provinces) == (Benefit.HI, ("Nghệ An",))


def test_the_administrator_sees_locks_and_first_passwords() -> None:
    assert waiting("admin") == {}
    with unattended_writing("tests") as work:
        account = work.session.exec(select(Account).where(col(Account.username) == "officer")).one()
        now = clock.real_now()
        locked = {"failures": 5, "last_at": now, "locked_until": now + timedelta(minutes=5)}
        work.session.add(SignInFailure(username=account.username, place="", **locked))
        account.must_change_password = True
    found = waiting("admin")
    assert [t.code for t in found[tasks.AccountLocked]] == ["officer"]
    assert found[tasks.PasswordUnchanged][0].people == 1


def test_a_deadline_decides_the_group() -> None:
    def group(due: date | None, task: tasks.Task | None = None) -> Group:
        of_today = task or tasks.Task()
        return replace(of_today, due=due).group(world.TODAY)

    assert group(date(2026, 9, 14)) is Group.OVERDUE
    assert group(world.TODAY) is Group.TODAY
    assert group(date(2026, 9, 16)) is Group.WEEK
    assert group(None) is Group.TODAY
    assert group(None, tasks.ListMissing(commune="Xã Môn Sơn")) is Group.WEEK
    assert group(date(2026, 9, 14), tasks.ListWaits(commune="Xã Môn Sơn", people=1)) is Group.OTHERS
