"""Pledges: what is recorded, what is refused, and how the free part is cancelled."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from db.commands.donors import pledges
from db.commands.donors.donors import DonorEntry
from db.commands.donors.ledger import shift
from db.commands.donors.pledges import PledgeEntry, Wishes
from db.errors import Refused
from db.models import AuditEntry, Donor, Pledge, PledgeCategory, PledgeCommune, Receipt
from db.rules.access import Action, Role, may
from db.rules.states import Benefit, MatchState, PledgeState
from db.scope import Scope
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

DONOR = DonorEntry("Công ty CP Dược Nghệ An", "0101243150", "Bà Hà", "0912 345 678")
ENTRY = PledgeEntry(
    donor=DONOR,
    benefit=Benefit.HI,
    quantity=60,
    months=12,
    registered_on=date(2026, 9, 15),
    expected_on=date(2026, 9, 30),
)


def entry(**changes: Any) -> PledgeEntry:
    return replace(ENTRY, **changes)


def pledge_row(pledge_id: int) -> Pledge:
    with reading() as session:
        return session.get_one(Pledge, pledge_id)


def actions() -> list[str]:
    with reading() as session:
        return list(session.exec(select(AuditEntry.action).order_by("id")))


def test_a_pledge_is_active_at_once_and_keeps_the_full_price_of_its_day() -> None:
    done = pledges.record(ENTRY, "officer")

    row = pledge_row(done.pledge_id)
    assert done.code == "HT-2026-NAN-0001"
    assert (row.state, row.quantity, row.free, row.year) == (PledgeState.ACTIVE, 60, 60, 2026)
    assert row.piece_price == 1_366_200
    assert row.received == 0
    assert actions() == ["donor.entered", "pledge.recorded"]


def test_a_pledge_registered_before_the_rate_rose_keeps_the_old_price() -> None:
    done = pledges.record(entry(registered_on=date(2026, 6, 30)), "officer")
    assert pledge_row(done.pledge_id).piece_price == 1_263_600


def test_paid_in_full_today_leaves_a_receipt_of_the_whole_price() -> None:
    done = pledges.record(entry(paid_in_full=True), "officer")

    assert pledge_row(done.pledge_id).received == 60 * 1_366_200
    with reading() as session:
        receipt = session.exec(select(Receipt)).one()
    assert (receipt.amount, receipt.received_on) == (60 * 1_366_200, world.TODAY)


def test_wishes_are_kept_as_codes() -> None:
    at = world.places()
    wishes = Wishes(
        communes=(at.own, at.other),
        categories=("HCN", "KT"),
        sex="F",
        min_age=60,
        max_age=80,
        text="Ưu tiên bản xa",
    )
    done = pledges.record(entry(wishes=wishes), "officer")

    row = pledge_row(done.pledge_id)
    assert (row.wished_sex, row.min_age, row.max_age, row.wish) == ("F", 60, 80, "Ưu tiên bản xa")
    with reading() as session:
        assert set(session.exec(select(PledgeCommune.commune_code))) == {at.own, at.other}
        assert set(session.exec(select(PledgeCategory.category_code))) == {"HCN", "KT"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"quantity": None}, "quantity_wrong"),
        ({"quantity": 0}, "quantity_wrong"),
        ({"quantity": 100_001}, "quantity_wrong"),
        ({"months": 7}, "months_not_allowed"),
        ({"registered_on": None}, "registered_missing"),
        ({"registered_on": date(2026, 9, 16)}, "registered_in_future"),
        ({"registered_on": date(2024, 12, 31)}, "year_wrong"),
        ({"year": 2028}, "year_wrong"),
        ({"expected_on": date(2026, 9, 14)}, "expected_too_early"),
        ({"wishes": Wishes(min_age=60, max_age=18)}, "ages_wrong"),
        ({"wishes": Wishes(max_age=200)}, "ages_wrong"),
        ({"wishes": Wishes(communes=(world.places().far,))}, "commune_elsewhere"),
        ({"wishes": Wishes(categories=("XX",))}, "category_unknown"),
        ({"donor": DonorEntry("  ")}, "donor_name_missing"),
        ({"donor": replace(DONOR, number="0101243151")}, "donor_number_wrong"),
        ({"donor": replace(DONOR, number="000058001204")}, "donor_number_wrong"),
        ({"donor": replace(DONOR, phone="12")}, "phone_wrong"),
        ({"donor": replace(DONOR, known_id=999)}, "not_found"),
    ],
)
def test_a_wrong_entry_is_refused_by_name_and_leaves_nothing(
    changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        pledges.record(entry(**changes), "officer")
    with reading() as session:
        assert session.exec(select(Donor)).first() is None
        assert session.exec(select(Pledge)).first() is None
    assert actions() == []


def test_next_years_campaign_may_begin_before_the_year() -> None:
    done = pledges.record(entry(year=2027), "officer")
    assert done.code == "HT-2027-NAN-0001"


def test_another_spelling_of_a_known_donor_asks_a_person() -> None:
    pledges.record(ENTRY, "officer")
    again = DonorEntry("Cty cổ phần dược nghệ an")

    with pytest.raises(Refused, match="donor_alike") as caught:
        pledges.record(entry(donor=again), "officer")
    assert caught.value.details["names"] == ["Công ty CP Dược Nghệ An"]

    pledges.record(entry(donor=replace(again, is_another=True)), "officer")
    with reading() as session:
        assert len(session.exec(select(Donor)).all()) == 2


def test_the_same_number_is_the_same_donor_whatever_the_name() -> None:
    pledges.record(ENTRY, "officer")
    other = DonorEntry("Hội Doanh nghiệp trẻ", "0101 243 150", is_another=True)
    with pytest.raises(Refused, match="donor_number_known"):
        pledges.record(entry(donor=other), "officer")


def test_a_known_donor_gets_a_second_pledge_and_a_fresh_contact() -> None:
    pledges.record(ENTRY, "officer")
    with reading() as session:
        donor_id = session.exec(select(Donor.id)).one()
    known = DonorEntry("", contact="Ông Bình", phone="0238 3 844 111", known_id=donor_id)
    pledges.record(entry(donor=known, quantity=61), "officer")

    with reading() as session:
        donor = session.exec(select(Donor)).one()
        assert len(session.exec(select(Pledge)).all()) == 2
    assert (donor.contact, donor.phone, donor.tax_code) == ("Ông Bình", "02383844111", "0101243150")
    assert "donor.changed" in actions()


def test_a_donor_of_another_province_is_neither_used_nor_noticed() -> None:
    pledges.record(entry(donor=replace(DONOR, number="")), "far_officer")
    with reading() as session:
        donor_id = session.exec(select(Donor.id)).one()
    with pytest.raises(Refused, match="not_found"):
        pledges.record(entry(donor=replace(DONOR, known_id=donor_id)), "officer")
    pledges.record(ENTRY, "officer")


def test_only_roles_of_the_table_record_and_cancel() -> None:
    pledge = world.add_pledge(province=world.ELSEWHERE)
    for username, (role, province) in world.ACCOUNTS.items():
        if not may(role, Action.RECORD_PLEDGE):
            with pytest.raises(Refused, match="not_allowed"):
                pledges.record(ENTRY, username)
        if not may(role, Action.CANCEL_PLEDGE):
            with pytest.raises(Refused, match="not_allowed"):
                pledges.withdraw(pledge, "thôi", username)
        if not may(role, Action.EXPORT_PLEDGES):
            with pytest.raises(Refused, match="not_allowed"):
                pledges.note_export(3, Scope(role, province), username)


def test_an_untouched_pledge_is_cancelled_with_its_reason() -> None:
    pledge = world.add_pledge(quantity=10)

    assert pledges.withdraw(pledge, "Nhà hảo tâm đổi ý", "officer") == 10

    row = pledge_row(pledge)
    assert (row.state, row.free, row.withdrawn) == (PledgeState.CANCELLED, 0, 10)
    assert row.reason == "Nhà hảo tâm đổi ý"


def test_only_what_is_free_is_cancelled() -> None:
    pledge = world.add_pledge(quantity=10)
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=pledge, nomination_ids=nominations)

    assert pledges.withdraw(pledge, "Giảm", "officer") == 7

    row = pledge_row(pledge)
    assert (row.state, row.free, row.reserved, row.withdrawn) == (PledgeState.ACTIVE, 0, 3, 7)
    assert "pledge.withdrawn" in actions()


def test_a_part_of_what_is_free_can_be_cancelled() -> None:
    pledge = world.add_pledge(quantity=10)
    pledges.withdraw(pledge, "Giảm", "officer", units=4)
    assert (pledge_row(pledge).free, pledge_row(pledge).state) == (6, PledgeState.ACTIVE)
    with pytest.raises(Refused, match="capacity_gone"):
        pledges.withdraw(pledge, "Giảm", "officer", units=7)


def test_cancelling_the_rest_of_a_delivered_pledge_closes_it() -> None:
    pledge = world.add_pledge(quantity=5)
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(
        pledge_id=pledge, nomination_ids=nominations, match_state=MatchState.DELIVERED
    )
    pledges.withdraw(pledge, "Không còn người", "officer")
    assert pledge_row(pledge).state is PledgeState.CLOSED


def test_the_last_delivery_closes_the_pledge_and_no_earlier_one() -> None:
    pledge = world.add_pledge(quantity=3)
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=pledge, nomination_ids=nominations, match_state=MatchState.ISSUED)
    with unattended_writing("tests") as work:
        shift(work, pledge, 2, "issued", "delivered")
        assert not pledges.close_if_used_up(work, pledge)
        shift(work, pledge, 1, "issued", "delivered")
        assert pledges.close_if_used_up(work, pledge)
    assert pledge_row(pledge).state is PledgeState.CLOSED


@pytest.mark.parametrize("state", [PledgeState.CANCELLED, PledgeState.CLOSED])
def test_a_finished_pledge_is_not_cancelled_again(state: PledgeState) -> None:
    pledge = world.add_pledge(state=state)
    with pytest.raises(Refused, match="pledge_not_open"):
        pledges.withdraw(pledge, "thôi", "officer")


def test_cancelling_needs_a_reason_something_free_and_the_version_seen() -> None:
    pledge = world.add_pledge(quantity=2)
    with pytest.raises(Refused, match="reason_missing"):
        pledges.withdraw(pledge, "  ", "officer")
    with pytest.raises(Refused, match="changed_meanwhile"):
        pledges.withdraw(pledge, "thôi", "officer", seen=7)
    _list, nominations, _posting = world.add_posted(people=2)
    world.add_proposal(pledge_id=pledge, nomination_ids=nominations)
    with pytest.raises(Refused, match="nothing_free"):
        pledges.withdraw(pledge, "thôi", "officer")


def test_a_pledge_of_another_province_is_not_found() -> None:
    with pytest.raises(Refused, match="not_found"):
        pledges.withdraw(world.add_pledge(), "thôi", "far_officer")


def test_an_export_leaves_its_line_and_moves_no_data_version() -> None:
    pledges.note_export(12, Scope(Role.CENTRAL), "central")
    with pytest.raises(Refused, match="not_allowed"):  # read before the account changed
        pledges.note_export(12, Scope(Role.CENTRAL), "officer")
    with reading() as session:
        line = session.exec(select(AuditEntry)).one()
    assert (line.action, line.details) == ("export.pledges", {"rows": 12})
