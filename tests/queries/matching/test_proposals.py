"""What the screens of matching, approving and issuing ask."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from db.commands.matching import decisions, issuing, proposals
from db.errors import Refused
from db.models import Account, CoverFact, DuplicatePair, Pledge
from db.queries.matching import issuing as issue_queries
from db.queries.matching import proposals as queries
from db.queries.matching.proposal import proposal
from db.queries.matching.proposal_people import CHANGED, POSSIBLE_DUPLICATE, STILL_INSURED
from db.rules.states import Benefit, LeftOut, MatchState, ProposalState
from db.scope import Scope, scope_of
from db.settings import settings
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.matching import world as matching

pytestmark = pytest.mark.usefixtures("any_database")


def scope(username: str = "officer") -> Scope:
    with reading() as session:
        account = session.exec(select(Account).where(Account.username == username)).one()
        return scope_of(account)


def test_pledges_with_something_free_wait_to_be_matched() -> None:
    made = matching.made(people=2, quantity=3)
    used_up = matching.made(people=2, quantity=2)
    rows, count = queries.to_match(scope())
    assert ([row.id for row in rows], count) == ([made.pledge_id], 1)
    assert used_up.pledge_id not in {row.id for row in rows}
    assert queries.to_match(scope("far_officer")) == ([], 0)


def test_a_cancelled_pledge_does_not_wait() -> None:
    pledge = world.add_pledge()
    with unattended_writing("tests") as work:
        work.session.connection().execute(
            update(Pledge).where(col(Pledge.id) == pledge).values(state="cancelled")
        )
    assert queries.to_match(scope()) == ([], 0)


def test_proposals_are_counted_and_summed() -> None:
    made = matching.made(submitted=True)
    rows, count = queries.proposals(scope())
    assert count == 1
    row = rows[0]
    assert (row.people, row.reserve, row.money) == (3, 3, 3 * 409_860)
    assert row.made_by == world.NAMES["officer"]
    assert queries.proposals(scope(), states=[ProposalState.DRAFT]) == ([], 0)
    code = matching.pledge(made.pledge_id).code
    assert queries.proposals(scope(), pledge_code=code)[1] == 1
    assert queries.proposals(scope(), pledge_code="HT-0")[1] == 0
    assert queries.proposals(scope("far_approver")) == ([], 0)


def test_a_page_holds_no_more_than_asked() -> None:
    for _number in range(3):
        matching.made(people=1, quantity=1)
    rows, count = queries.proposals(scope(), limit=2, offset=2)
    assert (len(rows), count) == (1, 3)


def test_open_proposals_past_their_day_have_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made = matching.made(submitted=True)
    assert queries.run_out(scope()) == []
    monkeypatch.setenv("CHUNGTAY_TODAY", "2026-09-30")
    settings.cache_clear()
    assert [row.id for row in queries.run_out(scope("approver"))] == [made.id]
    assert queries.run_out(scope("far_officer")) == []
    proposals.expire("officer")
    assert queries.run_out(scope()) == []


def test_a_sheet_tells_who_made_it_and_who_may_decide() -> None:
    made = matching.made(submitted=True)
    found = proposal(scope(), matching.proposal(made.id).code)
    assert list(found.participants.values()) == [world.NAMES["officer"]]
    assert set(found.approvers.values()) == {world.NAMES["approver"], world.NAMES["approver2"]}
    assert [one.match_id for one in found.people] == made.proposed + made.reserve
    assert found.people[0].cccd.startswith("••••••••")
    assert not found.needs_two
    assert (found.posting.first_day, found.posting.last_day) == (
        date(2026, 9, 8),
        date(2026, 9, 10),
    )


def test_a_sheet_outside_the_scope_is_not_there() -> None:
    code = matching.proposal(matching.made().id).code
    for username in ("far_officer", "far_approver"):
        with pytest.raises(Refused, match="not_found"):
            proposal(scope(username), code)


def test_warnings_are_read_afresh() -> None:
    made = matching.made(submitted=True)
    code = matching.proposal(made.id).code
    assert all(one.warnings == () for one in proposal(scope(), code).people)

    people = [matching.match(one).person_id for one in made.proposed]
    matching.spoil(made.nominations[0])
    with unattended_writing("tests") as work:
        work.session.add(
            CoverFact(
                province_code=world.PROVINCE,
                person_id=people[1],
                benefit=Benefit.HI,
                valid_until=date(2027, 5, 1),
                source="Cổng tra cứu",
                noted_by="officer",
                noted_at=world.NOW,
            )
        )
        low, high = sorted([people[2], matching.match(made.reserve[2]).person_id])
        work.session.add(
            DuplicatePair(
                province_code=world.PROVINCE,
                first_id=low,
                second_id=high,
                evidence={},
                found_at=world.NOW,
            )
        )
    warned = [one.warnings for one in proposal(scope(), code).of_state(MatchState.PROPOSED)]
    assert warned == [(CHANGED,), (STILL_INSURED,), (POSSIBLE_DUPLICATE,)]


def test_a_swap_by_hand_counts_once() -> None:
    made = matching.made()
    code = matching.proposal(made.id).code
    assert proposal(scope(), code).adjusted == 0
    seen = matching.version(made.id)
    proposals.adjust(
        made.id,
        made.proposed[0],
        made.reserve[0],
        because=LeftOut.GIVES_WAY,
        reason="Lý do",
        seen=seen,
        actor="officer",
    )
    assert proposal(scope(), code).adjusted == 1


def test_whoever_gives_way_stays_in_reserve_behind_the_others() -> None:
    made = matching.made()
    proposals.adjust(
        made.id,
        made.proposed[0],
        None,
        because=LeftOut.GIVES_WAY,
        reason="Nhường hộ cháy nhà",
        seen=matching.version(made.id),
        actor="officer",
    )
    found = proposal(scope(), matching.proposal(made.id).code)
    assert [one.match_id for one in found.in_reserve()] == [*made.reserve, made.proposed[0]]


def test_the_last_return_stands_until_it_is_sent_again() -> None:
    made = matching.made(submitted=True)
    code = matching.proposal(made.id).code
    decisions.decide(
        made.id, "return", [], comment="Xem lại", seen=matching.version(made.id), actor="approver"
    )
    returned = proposal(scope(), code).last_return()
    assert returned is not None
    assert (returned.full_name, returned.comment) == (world.NAMES["approver"], "Xem lại")
    proposals.submit(made.id, matching.version(made.id), "officer")
    assert proposal(scope(), code).last_return() is None


def test_the_issuing_sheet_holds_people_and_money() -> None:
    made = matching.made(submitted=True, paid=500_000)
    seen = matching.version(made.id)
    decisions.decide(made.id, "approve", made.proposed, comment="", seen=seen, actor="approver")
    issuing.issue(made.pledge_id, [(made.proposed[0], "4012345678")], world.TODAY, "officer")
    code = matching.pledge(made.pledge_id).code

    found = issue_queries.issue_sheet(scope(), code)
    assert [one.match_id for one in found.waiting] == made.proposed[1:]
    assert [one.document_number for one in found.issued] == ["4012345678"]
    assert (found.needed, found.available) == (2 * 409_860, 500_000 - 409_860)
    assert [one.people for one in found.proposals] == [3]
    assert [row.id for row in issue_queries.to_issue(scope())[0]] == [made.pledge_id]
    assert issue_queries.to_issue(scope("far_officer")) == ([], 0)
    with pytest.raises(Refused, match="not_found"):
        issue_queries.issue_sheet(scope("far_officer"), code)


def test_pasted_numbers_are_placed_on_those_who_wait() -> None:
    made = matching.made(submitted=True)
    seen = matching.version(made.id)
    decisions.decide(made.id, "approve", made.proposed, comment="", seen=seen, actor="approver")
    code = matching.pledge(made.pledge_id).code
    block = issue_queries.read_numbers(scope(), code, "4000000001\n4000000002")
    assert block.numbers == {made.proposed[0]: "4000000001", made.proposed[1]: "4000000002"}
    assert issue_queries.read_numbers(scope("far_officer"), code, "4000000001").numbers == {}
