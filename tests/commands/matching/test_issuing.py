"""Issuing: numbers, money received, and the ways back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import select

from db.commands.matching import decisions, issuing, proposals
from db.errors import Refused
from db.models import AuditEntry
from db.queries.admin import trace
from db.rules.access import Action, may
from db.rules.states import Benefit, LeftOut, MatchState, PledgeState
from db.unit_of_work import data_version, reading, unattended_writing
from tests import world
from tests.commands.matching import world as matching
from tests.commands.matching.world import Made

pytestmark = pytest.mark.usefixtures("any_database")

PRICE = 409_860


def approved(**given: int | Benefit | None) -> Made:
    made = matching.made(submitted=True, **given)  # type: ignore[arg-type]
    seen = matching.version(made.id)
    decisions.decide(made.id, "approve", made.proposed, comment="", seen=seen, actor="approver")
    return made


def numbers(made: Made, first: int = 4000000001) -> list[tuple[int, str]]:
    return [(match_id, str(first + rank)) for rank, match_id in enumerate(made.proposed)]


def test_issuing_notes_number_and_day_and_spends_the_money() -> None:
    made = approved()
    assert issuing.issue(made.pledge_id, numbers(made), world.TODAY, "officer") == 3

    match = matching.match(made.proposed[0])
    assert (match.state, match.document_number) == (MatchState.ISSUED, "4000000001")
    assert match.issued_on == world.TODAY
    assert matching.buckets(made.pledge_id) == {"issued": 3, "spent": 3 * PRICE}


def test_only_what_is_funded_is_issued() -> None:
    made = approved(paid=2 * PRICE)
    with pytest.raises(Refused, match="not_funded") as refused:
        issuing.issue(made.pledge_id, numbers(made), world.TODAY, "officer")
    assert refused.value.details["missing"] == PRICE
    assert matching.buckets(made.pledge_id) == {"approved": 3}
    assert issuing.issue(made.pledge_id, numbers(made)[:2], world.TODAY, "officer") == 2


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("gd4 40 4012345678", "GD4404012345678"),
        ("4012 345 678", "4012345678"),
        ("040182000123", "040182000123"),
    ],
)
def test_numbers_are_stored_without_separators(typed: str, stored: str) -> None:
    made = approved(quantity=1)
    issuing.issue(made.pledge_id, [(made.proposed[0], typed)], world.TODAY, "officer")
    assert matching.match(made.proposed[0]).document_number == stored


@pytest.mark.parametrize(
    "number", ["", "401234567", "GD6404012345678", "40123456789", "40O2345678"]
)
def test_a_wrong_number_is_refused_with_the_number(number: str) -> None:
    made = approved(quantity=1)
    with pytest.raises(Refused, match="number_form"):
        issuing.issue(made.pledge_id, [(made.proposed[0], number)], world.TODAY, "officer")


def test_a_book_has_ten_digits() -> None:
    made = approved(quantity=1, benefit=Benefit.SI, paid=10_000_000)
    with pytest.raises(Refused, match="number_form"):
        issuing.issue(made.pledge_id, [(made.proposed[0], "040182000123")], world.TODAY, "officer")
    issuing.issue(made.pledge_id, [(made.proposed[0], "4012345678")], world.TODAY, "officer")


def test_no_number_twice_in_a_block_or_in_a_year() -> None:
    made = approved()
    first, second, third = made.proposed
    with pytest.raises(Refused, match="number_twice"):
        issuing.issue(
            made.pledge_id,
            [(first, "4000000001"), (second, "40 0000 0001")],
            world.TODAY,
            "officer",
        )
    issuing.issue(made.pledge_id, [(first, "4000000001")], world.TODAY, "officer")
    with pytest.raises(Refused, match="number_used") as refused:
        issuing.issue(made.pledge_id, [(third, "4000000001")], world.TODAY, "officer")
    assert refused.value.details["numbers"] == ["4000000001"]


def test_the_number_of_a_refunded_card_may_be_used_again() -> None:
    made = approved()
    issuing.issue(made.pledge_id, numbers(made)[:1], world.TODAY, "officer")
    issuing.refund(made.proposed[0], LeftOut.WRONG_RECORD, "Cấp nhầm", "officer")
    issuing.issue(made.pledge_id, [(made.proposed[1], "4000000001")], world.TODAY, "officer")


@pytest.mark.parametrize("day", [date(2026, 9, 16), date(2026, 9, 14)])
def test_the_day_of_issue_lies_between_registration_and_today(day: date) -> None:
    made = approved()
    with pytest.raises(Refused, match="issue_day"):
        issuing.issue(made.pledge_id, numbers(made), day, "officer")


def test_nothing_entered_issues_nothing() -> None:
    made = approved()
    with pytest.raises(Refused, match="nobody_chosen"):
        issuing.issue(made.pledge_id, [], world.TODAY, "officer")


def test_matches_of_another_pledge_are_not_found() -> None:
    made, other = approved(), world.add_pledge()
    with pytest.raises(Refused, match="not_found"):
        issuing.issue(other, numbers(made), world.TODAY, "officer")


@pytest.mark.parametrize("state", [state for state in MatchState if state != "approved"])
def test_only_an_approved_match_is_issued_or_released(state: MatchState) -> None:
    _list, nominations, _posting = world.add_posted()
    pledge = world.add_pledge()
    _proposal, ids = world.add_proposal(
        pledge_id=pledge, nomination_ids=nominations[:1], match_state=state
    )
    with pytest.raises(Refused, match="transition_not_allowed"):
        issuing.issue(pledge, [(ids[0], "4012345678")], world.TODAY, "officer")
    with pytest.raises(Refused, match="transition_not_allowed"):
        issuing.release(ids[0], LeftOut.OTHER, "Lý do", "officer")
    if state is not MatchState.ISSUED:
        with pytest.raises(Refused, match="transition_not_allowed"):
            issuing.refund(ids[0], LeftOut.OTHER, "Lý do", "officer")


def test_releasing_frees_the_piece_and_keeps_the_reason() -> None:
    made = approved()
    issuing.release(made.proposed[0], LeftOut.MOVED_AWAY, "Đã chuyển khỏi tỉnh", "officer")
    match = matching.match(made.proposed[0])
    assert (match.state, match.reason) == (MatchState.RELEASED, "Đã chuyển khỏi tỉnh")
    assert matching.buckets(made.pledge_id) == {"free": 1, "approved": 2}
    with pytest.raises(Refused, match="reason_missing"):
        issuing.release(made.proposed[1], LeftOut.OTHER, "", "officer")


def test_refunding_frees_the_piece_and_the_money() -> None:
    made = approved()
    issuing.issue(made.pledge_id, numbers(made), world.TODAY, "officer")
    with pytest.raises(Refused, match="reason_missing"):
        issuing.refund(made.proposed[1], LeftOut.OTHER, "", "officer")
    issuing.refund(made.proposed[1], LeftOut.DIED, "Người nhận đã mất", "officer")
    assert matching.buckets(made.pledge_id) == {"free": 1, "issued": 2, "spent": 2 * PRICE}


def test_a_released_piece_of_a_cancelled_pledge_is_withdrawn() -> None:
    made = approved()
    with unattended_writing("tests") as work:
        row = work.session.get_one(type(matching.pledge(made.pledge_id)), made.pledge_id)
        row.state = PledgeState.CANCELLED
        work.session.add(row)
    issuing.release(made.proposed[0], LeftOut.OTHER, "Nhà hảo tâm hủy", "officer")
    assert matching.buckets(made.pledge_id) == {"approved": 2, "withdrawn": 1}


def test_the_list_for_the_insurer_holds_everybody_and_leaves_a_trace() -> None:
    made = approved()
    before = data_version()
    exported = issuing.export_approved(made.id, "docx", "officer")

    assert len(exported.people) == 3
    assert exported.people[0].cccd
    assert exported.people[0].categories == "Hộ cận nghèo"
    assert (exported.made_by, exported.approved_by) == (
        world.NAMES["officer"],
        world.NAMES["approver"],
    )
    assert data_version() == before  # a view changes nothing
    with reading() as session:
        line = session.exec(select(AuditEntry).where(AuditEntry.action == "export.approved")).one()
    assert line.details == {"people": 3, "form": "docx"}


def test_there_is_no_list_before_the_approval() -> None:
    made = matching.made(submitted=True)
    with pytest.raises(Refused, match="nobody_approved"):
        issuing.export_approved(made.id, "docx", "officer")


@pytest.mark.parametrize("username", world.ACCOUNTS)
def test_only_officers_of_the_province_issue(username: str) -> None:
    made = approved()
    role, province = world.ACCOUNTS[username]
    if may(role, Action.ISSUE) and province == world.PROVINCE:
        assert issuing.issue(made.pledge_id, numbers(made), world.TODAY, username) == 3
        return
    code = "not_found" if may(role, Action.ISSUE) else "not_allowed"
    with pytest.raises(Refused, match=code):
        issuing.issue(made.pledge_id, numbers(made), world.TODAY, username)
    with pytest.raises(Refused, match=code):
        issuing.release(made.proposed[0], LeftOut.OTHER, "Lý do", username)
    with pytest.raises(Refused, match=code):
        issuing.refund(made.proposed[0], LeftOut.OTHER, "Lý do", username)
    with pytest.raises(Refused, match=code):
        issuing.export_approved(made.id, "docx", username)


@hypothesis_settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from("paewirf"), max_size=8))
def test_the_ledger_balances_after_any_sequence(steps: list[str]) -> None:
    made = matching.made(people=4, quantity=3)
    for step in steps:
        _try(step, made)
    row = matching.pledge(made.pledge_id)
    live = [MatchState.PROPOSED, MatchState.APPROVED, MatchState.ISSUED]
    held = [len(matching.of_pledge(made.pledge_id, state)) for state in live]
    assert [row.reserved, row.approved, row.issued] == held
    assert row.free == 3 - sum(held)
    assert row.spent == PRICE * held[2]
    assert trace.verify().whole


def _try(step: str, made: Made) -> None:
    open_one = matching.latest(made.pledge_id)
    seen = matching.version(open_one)
    approved_ones = matching.of_pledge(made.pledge_id, MatchState.APPROVED)
    issued_ones = matching.of_pledge(made.pledge_id, MatchState.ISSUED)
    proposed = matching.of_state(open_one, MatchState.PROPOSED)
    try:
        match step:
            case "p":
                proposals.propose(made.pledge_id, "officer")
            case "a":
                proposals.submit(open_one, seen, "officer")
                seen = matching.version(open_one)
                decisions.decide(
                    open_one, "approve", proposed[:2], comment="", seen=seen, actor="approver"
                )
            case "e":
                decisions.decide(
                    open_one, "reject", [], comment="Không", seen=seen, actor="approver"
                )
            case "w":
                proposals.withdraw(open_one, "Thôi", seen, "officer")
            case "i" if approved_ones:
                number = str(4_000_000_000 + approved_ones[0])
                day = world.TODAY
                issuing.issue(made.pledge_id, [(approved_ones[0], number)], day, "officer")
            case "r" if approved_ones:
                issuing.release(approved_ones[0], LeftOut.OTHER, "Thôi", "officer")
            case "f" if issued_ones:
                issuing.refund(issued_ones[0], LeftOut.OTHER, "Thôi", "officer")
    except Refused:
        pass
