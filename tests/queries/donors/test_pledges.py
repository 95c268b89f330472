"""The pledge book, one pledge, and donors found again: within the scope, derived, never typed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.commands.donors import receipts
from db.commands.donors.receipts import Payment
from db.errors import Refused
from db.models import Donor, Pledge
from db.queries.donors import donors, pledge_sheet, pledges
from db.queries.donors.pledges import Filter
from db.rules.access import Role
from db.rules.names import fold
from db.rules.states import Benefit, Binds, MatchState, PledgeState
from db.scope import Scope
from db.unit_of_work import unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

OFFICER = Scope(Role.OFFICER, world.PROVINCE)
FAR = Scope(Role.OFFICER, world.ELSEWHERE)
NATION = Scope(Role.CENTRAL)
OFFICE = Scope(Role.OFFICE, world.PROVINCE, 1)


def add(name: str, *, tax_code: str | None = None, anonymous: bool = False, **given: Any) -> int:
    pledge_id = world.add_pledge(**given)
    with unattended_writing("tests") as work:
        pledge = work.session.get_one(Pledge, pledge_id)
        donor = work.session.get_one(Donor, pledge.donor_id)
        donor.name, donor.name_key = name, fold(name)
        donor.tax_code, pledge.anonymous = tax_code, anonymous
        work.session.add(donor)
    return pledge_id


def codes(scope: Scope, sort: pledges.Sort = "newest", **wanted: Any) -> list[str]:
    found = pledges.book(scope, Filter(**wanted), sort=sort)
    return [row.code.rsplit("-", 1)[1] for row in found]


def test_funding_is_derived_and_filters_only_open_pledges() -> None:
    world.add_pledge(quantity=2, paid=0)
    world.add_pledge(quantity=2, paid=1_366_200)
    world.add_pledge(quantity=2)
    world.add_pledge(quantity=2, paid=0, state=PledgeState.CANCELLED, free=0, withdrawn=2)

    assert codes(OFFICER, funding="awaiting") == ["0001"]
    assert codes(OFFICER, funding="partly_received") == ["0002"]
    assert codes(OFFICER, funding="received") == ["0003"]
    assert [row.funding for row in pledges.book(OFFICER, Filter())][::-1][:3] == [
        "awaiting",
        "partly_received",
        "received",
    ]


def test_what_was_withdrawn_is_not_expected_any_more() -> None:
    world.add_pledge(quantity=4, free=1, withdrawn=3, paid=1_366_200)
    row = pledges.book(OFFICER, Filter())[0]
    assert (row.expected, row.missing, row.funding) == (1_366_200, 0, "received")
    assert codes(OFFICER, funding="received") == ["0001"]


def test_a_pledge_in_money_counts_dong() -> None:
    pledge = world.add_pledge(quantity=1, paid=0)
    with unattended_writing("tests") as work:
        row = work.session.get_one(Pledge, pledge)
        row.binds, row.quantity, row.amount = Binds.MONEY, None, 50_000_000
        row.free, row.received = 50_000_000, 20_000_000
    money = pledges.book(OFFICER, Filter())[0]
    assert (money.pledged, money.expected, money.funding) == (
        50_000_000,
        50_000_000,
        "partly_received",
    )
    assert pledges.totals(OFFICER, Filter()).pieces == 0


def test_filters_and_order() -> None:
    add("Ngân hàng A", quantity=5, paid=0, registered_on=date(2026, 1, 5))
    add("Hội Phụ nữ", quantity=50, benefit=Benefit.SI, registered_on=date(2026, 3, 5))
    add("Bà Trần Thị Mai", quantity=1, year=2025, registered_on=date(2025, 3, 5))

    assert codes(OFFICER) == ["0002", "0001", "0003"]
    assert codes(OFFICER, sort="largest") == ["0002", "0001", "0003"]
    assert codes(OFFICER, sort="most_free") == ["0002", "0001", "0003"]
    assert codes(OFFICER, sort="longest_unpaid")[0] == "0001"
    assert codes(OFFICER, year=2025) == ["0003"]
    assert codes(OFFICER, benefit=Benefit.SI) == ["0002"]
    assert codes(OFFICER, text="tran thi mai") == ["0003"]
    assert codes(OFFICER, text="ht-2026-nan-0002") == ["0002"]
    assert codes(OFFICER, text="%") == []
    assert pledges.years(OFFICER) == [2026, 2025]


def test_pages_follow_each_other_and_totals_cover_them_all() -> None:
    for _number in range(3):
        world.add_pledge(quantity=10, paid=1_366_200)
    first = pledges.book(OFFICER, Filter(), limit=2)
    second = pledges.book(OFFICER, Filter(), limit=2, offset=2)
    assert len({row.id for row in [*first, *second]}) == 3
    totals = pledges.totals(OFFICER, Filter())
    assert (totals.pledges, totals.pieces, totals.free) == (3, 30, 30)
    assert (totals.expected, totals.received) == (30 * 1_366_200, 3 * 1_366_200)


def test_nobody_sees_pledges_outside_the_scope() -> None:
    add("Ngân hàng A")
    assert codes(FAR) == codes(OFFICE) == []
    assert pledges.totals(FAR, Filter()).pledges == 0
    assert pledges.years(OFFICE) == []
    assert pledges.recorded_today(FAR) == ([], 0)
    assert donors.alike(FAR, "Ngân hàng A") == []
    assert len(codes(NATION)) == 1
    for scope in (FAR, OFFICE):
        with pytest.raises(Refused, match="not_found"):
            pledge_sheet.sheet(scope, "HT-2026-NAN-0001")


def test_an_anonymous_donor_is_named_in_the_province_only() -> None:
    add("Bà Trần Thị Mai", tax_code="0101243150", anonymous=True)
    here, there = pledges.book(OFFICER, Filter())[0], pledges.book(NATION, Filter())[0]
    assert (here.donor, here.number) == ("Bà Trần Thị Mai", "0101243150")
    assert (there.donor, there.number, there.contact, there.phone) == ("", "", "", "")
    assert codes(NATION, text="Mai") == codes(NATION, text="0101243150") == []
    assert codes(OFFICER, text="Mai") == ["0001"]
    assert codes(Scope(Role.LEADER, world.PROVINCE), text="Mai") == []


def test_a_later_pledge_with_a_name_does_not_name_the_earlier_one() -> None:
    first = add("Bà Trần Thị Mai", tax_code="0101243150", anonymous=True)
    second = world.add_pledge()
    with unattended_writing("tests") as work:
        donor_id = work.session.get_one(Pledge, first).donor_id
        work.session.get_one(Pledge, second).donor_id = donor_id
    told = {row.code[-4:]: (row.donor, row.number) for row in pledges.book(NATION, Filter())}
    assert told == {"0001": ("", ""), "0002": ("Bà Trần Thị Mai", "0101243150")}
    assert codes(NATION, text="Mai") == ["0002"]


def test_today_means_the_vietnamese_day() -> None:
    for hour, day in ((16, 14), (17, 14), (16, 15), (17, 15)):
        world.add_pledge(recorded_at=datetime(2026, 9, day, hour, 30, tzinfo=UTC))
    rows, count = pledges.recorded_today(OFFICER)
    assert ([row.code[-4:] for row in rows], count) == (["0003", "0002"], 2)


def test_a_donor_is_found_by_other_spelling_by_words_and_by_number() -> None:
    add("Công ty CP Dược Nghệ An", tax_code="0101243150-001")
    add("Hội Doanh nghiệp trẻ")

    def names(name: str, number: str = "") -> list[str]:
        return [one.name for one in donors.alike(OFFICER, name, number)]

    assert names("cty duoc nghe an") == ["Công ty CP Dược Nghệ An"]
    assert names("Nghệ An dược") == ["Công ty CP Dược Nghệ An"]
    assert names("doanh nghiep") == ["Hội Doanh nghiệp trẻ"]
    assert names("", "0101243150") == ["Công ty CP Dược Nghệ An"]
    assert names("0101243") == ["Công ty CP Dược Nghệ An"]
    assert names("") == names("Cô") == names("Ngân hàng Bắc Á") == []
    assert donors.alike(OFFICER, "hội doanh nghiệp trẻ")[0].pledges == 1


def test_the_sheet_holds_receipts_wishes_and_matches_by_state() -> None:
    pledge = world.add_pledge(quantity=5, communes=(world.places().own,), paid=0)
    first = receipts.receive(pledge, Payment(1_000_000, world.TODAY, "A1"), "officer")
    receipts.reverse(first, "nhầm", "officer")
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=pledge, nomination_ids=nominations)

    found = pledge_sheet.sheet(OFFICER, "HT-2026-NAN-0001")
    assert [(r.amount, r.reversed) for r in found.receipts] == [
        (1_000_000, True),
        (-1_000_000, False),
    ]
    assert found.matches == {MatchState.PROPOSED: 3}
    assert len(found.communes) == 1
    assert found.recorded_by == "Lê Thị Minh Hằng"
    with pytest.raises(Refused, match="not_found"):
        pledge_sheet.sheet(OFFICER, "HT-2026-NAN-9999")
