"""The ground under every command: rights, scope, trace, two people, at both databases."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db import bulk
from db.commands.admin import accounts
from db.commands.admin.accounts import NewAccount
from db.errors import Refused
from db.models import Account, AuditEntry, Decision, Person, Pledge
from db.queries.admin import trace
from db.rules.access import Role
from db.rules.states import ListState, MatchState
from db.unit_of_work import data_version, reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")


def test_a_command_leaves_one_chained_line_and_moves_the_data_version() -> None:
    before = data_version()
    accounts.create(NewAccount("mai.an", "Mai An", Role.OFFICER, "40"), "admin")

    assert data_version() == before + 1
    assert trace.verify().whole


def test_a_changed_entry_breaks_the_chain() -> None:
    accounts.create(NewAccount("mai.an", "Mai An", Role.OFFICER, "40"), "admin")
    with pytest.raises(IntegrityError), unattended_writing("x") as work:
        entry = work.session.exec(select(AuditEntry)).first()
        assert entry is not None
        entry.actor = "ai đó"
        work.session.add(entry)
        work.session.flush()


def test_everybody_but_the_administrator_is_refused() -> None:
    for username in world.ACCOUNTS:
        if username != "admin":
            with pytest.raises(Refused, match="not_allowed"):
                accounts.create(NewAccount("mai.an", "Mai An", Role.ADMIN), username)


def test_a_switched_off_account_commands_nothing() -> None:
    with unattended_writing("tests") as work:
        account = work.session.exec(select(Account).where(Account.username == "admin")).one()
        account.is_active = False
    with pytest.raises(Refused, match="not_allowed"):
        accounts.create(NewAccount("mai.an", "Mai An", Role.ADMIN), "admin")


def test_the_database_itself_keeps_maker_and_checker_apart() -> None:
    _list, nominations, _posting = world.add_posted()
    pledge = world.add_pledge()
    proposal, _matches = world.add_proposal(pledge_id=pledge, nomination_ids=nominations)
    with unattended_writing("tests") as work:
        maker = work.session.exec(select(Account).where(Account.username == "officer")).one()
    with pytest.raises(IntegrityError, match="maker_is_checker"), unattended_writing("x") as work:
        work.session.add(
            Decision(
                province_code="40",
                proposal_id=proposal,
                round=1,
                account_id=maker.id,
                verdict="approve",
                match_ids=[],
                decided_at=world.NOW,
            )
        )
        work.session.flush()


def test_the_database_itself_keeps_the_ledger_balanced() -> None:
    pledge = world.add_pledge(quantity=5)
    with pytest.raises(IntegrityError), unattended_writing("x") as work:
        row = work.session.get_one(Pledge, pledge)
        row.free -= 1
        work.session.flush()


def test_one_live_match_per_person_benefit_and_year() -> None:
    _list, nominations, _posting = world.add_posted()
    world.add_proposal(
        pledge_id=world.add_pledge(),
        nomination_ids=nominations[:1],
        match_state=MatchState.APPROVED,
    )
    with pytest.raises(IntegrityError):
        world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations[:1])


def test_bulk_rows_go_in_at_one_stroke() -> None:
    import random

    with unattended_writing("tests") as work:
        ids = bulk.reserve_ids(work.session, Person, 50)
        dice = random.Random(5)
        people = [
            world.invented_person(dice, n, "40", world.places().own).model_copy(
                update={"id": ids[n]}
            )
            for n in range(50)
        ]
        bulk.insert_many(work.session, Person, people)
    with reading() as session:
        assert len(session.exec(select(Person)).all()) == 50
    world.add_list(people=2, state=ListState.SUBMITTED)  # single rows still find free ids


def test_of_two_first_numbers_the_second_waits_and_goes_on() -> None:
    def next_code() -> str:
        with unattended_writing("second") as work:
            return work.next_code("TN", "40", 2031)

    with ThreadPoolExecutor(1) as pool:
        with unattended_writing("first") as work:
            assert work.next_code("TN", "40", 2031).endswith("-0001")
            second = pool.submit(next_code)
            assert not wait([second], timeout=0.3).done
        assert second.result().endswith("-0002")
