"""Receipts: parts add up, a reversal takes back only what was not spent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from db.commands.donors import receipts
from db.commands.donors.receipts import Payment
from db.errors import Refused
from db.models import AuditEntry, Pledge, Receipt
from db.rules.access import Action, may
from db.rules.states import MatchState, PledgeState
from db.unit_of_work import reading
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

PART = Payment(5_000_000, date(2026, 9, 14), "GBC 0912")


def received(pledge_id: int) -> int:
    with reading() as session:
        return session.get_one(Pledge, pledge_id).received


def test_parts_add_up() -> None:
    pledge = world.add_pledge(paid=0)
    receipts.receive(pledge, PART, "officer")
    receipts.receive(pledge, replace(PART, amount=8_662_000, reference="GBC 0977"), "officer")
    assert received(pledge) == 13_662_000


def test_a_reversal_takes_the_amount_back_and_keeps_both_rows() -> None:
    pledge = world.add_pledge(paid=0)
    first = receipts.receive(pledge, PART, "officer")
    receipts.reverse(first, "Ghi nhầm nhà hảo tâm", "officer2")

    assert received(pledge) == 0
    with reading() as session:
        rows = session.exec(select(Receipt).order_by("id")).all()
        trace = session.exec(select(AuditEntry.action).order_by("id")).all()
    assert [row.amount for row in rows] == [5_000_000, -5_000_000]
    assert (rows[1].reverses_id, rows[1].reason) == (first, "Ghi nhầm nhà hảo tâm")
    assert trace == ["receipt.recorded", "receipt.reversed"]


def test_a_receipt_is_reversed_once_and_a_reversal_never() -> None:
    pledge = world.add_pledge(paid=0)
    first = receipts.receive(pledge, PART, "officer")
    second = receipts.reverse(first, "nhầm", "officer")
    for receipt in (first, second):
        with pytest.raises(Refused, match="receipt_reversed"):
            receipts.reverse(receipt, "nhầm", "officer")
    assert received(pledge) == 0


def test_spent_money_is_not_taken_back() -> None:
    pledge = world.add_pledge(quantity=3)
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=pledge, nomination_ids=nominations, match_state=MatchState.ISSUED)
    with reading() as session:
        receipt = session.exec(select(Receipt.id)).one()
    assert receipt is not None

    with pytest.raises(Refused, match="receipt_spent") as caught:
        receipts.reverse(receipt, "nhầm", "officer")
    assert caught.value.details["unspent"] == 3 * (1_366_200 - 409_860)
    assert received(pledge) == 3 * 1_366_200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": None}, "amount_wrong"),
        ({"amount": 0}, "amount_wrong"),
        ({"amount": -5}, "amount_wrong"),
        ({"received_on": None}, "received_missing"),
        ({"received_on": date(2026, 9, 16)}, "received_in_future"),
        ({"amount": 13_662_001}, "receipt_beyond"),
    ],
)
def test_a_wrong_receipt_is_refused_by_name(changes: dict[str, Any], code: str) -> None:
    pledge = world.add_pledge(paid=0)
    with pytest.raises(Refused, match=f"^{code}$"):
        receipts.receive(pledge, replace(PART, **changes), "officer")
    assert received(pledge) == 0


def test_more_than_expected_goes_in_when_a_person_confirms_it() -> None:
    pledge = world.add_pledge(quantity=1)
    receipts.receive(pledge, replace(PART, beyond_expected=True), "officer")
    assert received(pledge) == 1_366_200 + 5_000_000


def test_the_same_transfer_is_not_counted_twice_until_it_was_reversed() -> None:
    pledge = world.add_pledge(paid=0)
    first = receipts.receive(pledge, PART, "officer")
    with pytest.raises(Refused, match="receipt_known"):
        receipts.receive(pledge, PART, "officer2")
    receipts.reverse(first, "nhầm ngày", "officer")
    receipts.receive(pledge, PART, "officer")
    assert received(pledge) == 5_000_000


def test_the_second_of_two_tabs_is_told() -> None:
    pledge = world.add_pledge(paid=0)
    receipts.receive(pledge, PART, "officer", seen=1)
    with pytest.raises(Refused, match="changed_meanwhile"):
        receipts.receive(pledge, replace(PART, reference="khác"), "officer2", seen=1)


@pytest.mark.parametrize("state", [PledgeState.CANCELLED, PledgeState.CLOSED])
def test_a_finished_pledge_takes_no_money_but_gives_it_back(state: PledgeState) -> None:
    pledge = world.add_pledge(state=state)
    with pytest.raises(Refused, match="pledge_not_open"):
        receipts.receive(pledge, PART, "officer")
    with reading() as session:
        receipt = session.exec(select(Receipt.id)).one()
    receipts.reverse(receipt or 0, "Trả lại nhà hảo tâm", "officer")
    assert received(pledge) == 0


def test_reversing_needs_a_reason() -> None:
    pledge = world.add_pledge(paid=0)
    receipt = receipts.receive(pledge, PART, "officer")
    with pytest.raises(Refused, match="reason_missing"):
        receipts.reverse(receipt, " ", "officer")


def test_other_roles_and_other_provinces_touch_no_money() -> None:
    pledge = world.add_pledge(paid=0)
    receipt = receipts.receive(pledge, PART, "officer")
    for username, (role, _province) in world.ACCOUNTS.items():
        if not may(role, Action.RECORD_RECEIPT):
            with pytest.raises(Refused, match="not_allowed"):
                receipts.receive(pledge, PART, username)
            with pytest.raises(Refused, match="not_allowed"):
                receipts.reverse(receipt, "nhầm", username)
    with pytest.raises(Refused, match="not_found"):
        receipts.receive(pledge, PART, "far_officer")
    with pytest.raises(Refused, match="not_found"):
        receipts.reverse(receipt, "nhầm", "far_officer")
    assert received(pledge) == 5_000_000
