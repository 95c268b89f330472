"""The main chain as its people walk it, in Chromium, on SQLite and on PostgreSQL."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlmodel import col, func, select

from db.models import AuditEntry, DuplicatePair, Match, Pledge
from db.queries.admin import trace
from db.reference.places import communes
from db.rules.states import MatchState
from db.unit_of_work import reading
from tests import world
from tests.browser.conftest import Serve
from tests.browser.doing import open_screen, press_and_wait, settled, sign_in
from tests.commune_files import eighty

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
ROW = 35
"""Pixels of a row in Streamlit's table."""


def keyed(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{re.sub('[^a-zA-Z0-9_-]', '-', key)}")


def press(page: Page, key: str) -> None:
    press_and_wait(keyed(page, key).get_by_role("button").first)


def type_into(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")


def said(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stAlert").filter(has_text=text).first).to_be_visible()


def untick_rows(page: Page, *rows: int) -> None:
    """Take the tick away from rows of the first table (0 is the top one)."""
    canvas = page.get_by_test_id("stDataFrame").first
    for row in rows:
        canvas.click(position={"x": 18, "y": ROW * (row + 1) + ROW // 2})
        settled(page)


def tells(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.get_by_test_id("stMain")).to_contain_text(text)


def test_from_a_pledge_to_a_person_on_the_progress_chart(
    any_database: str, serve: Serve, new_browser: Callable[[], BrowserContext]
) -> None:
    assert any_database
    commune = next(c for c in communes() if c.code == world.places().own)
    people = {name: new_browser().new_page() for name in ("officer", "office", "approver")}
    officer, office, approver = people.values()

    with serve("2026-09-15") as url:
        for name, page in people.items():
            page.goto(url)
            sign_in(page, name)

        # a donor with 60 cards for one commune and its full payment
        open_screen(officer, f"{url}/nha-hao-tam", "Nhà hảo tâm")
        type_into(officer, "Tên nhà hảo tâm hoặc đơn vị", "Công ty CP Dược Nghệ An")
        type_into(officer, "Số lượng", "60")
        officer.get_by_text("Đã nhận đủ kinh phí hôm nay").click()
        officer.get_by_text("Mong muốn của nhà hảo tâm, năm chương trình").click()
        officer.get_by_label("Xã, phường, đặc khu").click()
        officer.keyboard.type(commune.short_name)
        officer.get_by_role("option").filter(has_text=commune.name).first.click()
        officer.keyboard.press("Escape")
        expect(officer.get_by_role("listbox")).to_have_count(0)  # it swallows the next click
        press(officer, "pledge.save")
        said(officer, "HT-2026-NAN-0001")

        # the office uploads the commune's list, fixes three cells and sends it
        content, fixes = eighty(commune.name)
        open_screen(office, f"{url}/nop?xa={commune.code}", "Nộp danh sách")
        office.locator("input[type=file]").set_input_files(
            {
                "name": "danh-sach.xlsx",
                "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "buffer": content,
            }
        )
        press(office, "upload.columns_right")
        expect(office.get_by_text("Có 3 ô phải sửa ở 3 dòng")).to_be_visible()
        office.get_by_text("Từng ô", exact=True).click()
        settled(office)
        for done, ((row, field), text) in enumerate(fixes.items(), 1):
            cell = office.locator(f'[class*="st-key-upload-card-{row}-{field}"] input')
            cell.fill(text)
            cell.press("Enter")
            expect(office.get_by_text("Đã sửa", exact=True)).to_have_count(done)
            settled(office)
        press(office, "upload.check_again")
        office.get_by_text("Danh sách đã được rà soát cùng UBND xã").click()
        settled(office)
        press(office, "upload.send")
        expect(office.get_by_text("Đã gửi 80 người lên BHXH tỉnh.")).to_be_visible()

        # the officer decides one pair, reviews and posts
        open_screen(officer, f"{url}/nghi-trung?ds=DS-2026-NAN-0001", "Nghi trùng")
        press(officer, "pairs.different")
        open_screen(officer, f"{url}/ra-soat?ds=DS-2026-NAN-0001", "Rà soát")
        press(officer, "review.judge")
        with reading() as session:
            assert session.exec(select(DuplicatePair.state)).one() == "different"
        press(officer, "review.finish")
        open_screen(officer, f"{url}/niem-yet?ds=DS-2026-NAN-0001", "Niêm yết")
        type_into(officer, "Nơi niêm yết", "Trụ sở UBND xã")
        press(officer, "posting.open")
        expect(keyed(officer, "posting.close").get_by_role("button")).to_be_disabled()

        # nobody can be matched while the list hangs
        open_screen(officer, f"{url}/ghep?ht=HT-2026-NAN-0001", "Ghép HT-2026-NAN-0001")
        press(officer, "propose")
        expect(officer.get_by_test_id("stAlert").first).to_be_visible()
        with reading() as session:
            assert session.exec(select(func.count()).select_from(Match)).one() == 0

    # the clock moves; the sign-ins survive the restart
    with serve("2026-09-21") as url:
        open_screen(officer, f"{url}/niem-yet?ds=DS-2026-NAN-0001", "Niêm yết")
        press(officer, "posting.close")

        # the officer proposes and submits, and cannot approve
        open_screen(officer, f"{url}/ghep?ht=HT-2026-NAN-0001", "Ghép HT-2026-NAN-0001")
        press(officer, "propose")
        press(officer, "submit")
        open_screen(officer, f"{url}/duyet?gh=GH-2026-NAN-0001", "Duyệt đợt ghép GH-2026-NAN-0001")
        expect(keyed(officer, "approve").get_by_role("button")).to_be_disabled()

        # the approver returns it once, then approves 58
        open_screen(approver, f"{url}/duyet?gh=GH-2026-NAN-0001", "Duyệt đợt ghép")
        press(approver, "return")
        approver.get_by_role("dialog").get_by_label("Lý do").fill("Xem lại thứ tự hai người cuối")
        press(approver, "proposal.do")
        said(approver, "GH-2026-NAN-0001")
        open_screen(officer, f"{url}/ghep?ht=HT-2026-NAN-0001", "Ghép HT-2026-NAN-0001")
        expect(officer.get_by_text("Xem lại thứ tự hai người cuối")).to_be_visible()
        press(officer, "submit")
        open_screen(approver, f"{url}/duyet?gh=GH-2026-NAN-0001", "Duyệt đợt ghép")
        expect(approver.get_by_role("button", name="Duyệt 60 người")).to_be_enabled()
        untick_rows(approver, 0, 1)
        approver.get_by_role("button", name="Duyệt 58 người").click()
        reasons = approver.get_by_role("dialog").get_by_role("combobox")
        expect(reasons).to_have_count(2)
        for reason in reasons.all():
            reason.click()
            approver.get_by_role("option").first.click()
            expect(approver.get_by_role("listbox")).to_have_count(0)
            settled(approver)
        press(approver, "proposal.do")
        said(approver, "58")

        # 58 are issued, numbers pasted as one block
        open_screen(officer, f"{url}/cap?ht=HT-2026-NAN-0001", "Cấp thẻ HT-2026-NAN-0001")
        officer.get_by_text("Dán nhiều số").click()
        block = officer.get_by_label("Mỗi dòng một số theo thứ tự bảng")
        block.fill("\n".join(f"40{number:08d}" for number in range(58)))
        block.press("Control+Enter")
        press(officer, "issue.paste")
        officer.get_by_role("button", name="Cấp 58 thẻ").click()
        said(officer, "58")

        # an event is proposed by the office and confirmed by the province
        open_screen(office, f"{url}/trao", "Trao tặng")
        press(office, f"events.plan.HT-2026-NAN-0001.{commune.code}")
        day = office.get_by_label("Ngày trao")
        day.first.click()
        office.keyboard.type("22092026")
        office.keyboard.press("Tab")
        type_into(office, "Địa điểm", "Nhà văn hóa xã")
        press(office, "event.propose")
        open_screen(officer, f"{url}/le-trao?tt=TT-2026-NAN-0001", "Trao 58 thẻ")
        press(officer, "event.confirm")

    with serve("2026-09-22") as url:
        # held with two absent; the signed page attached; the approver lets it count
        open_screen(office, f"{url}/le-trao?tt=TT-2026-NAN-0001", "Trao 58 thẻ")
        record_everybody(office, absent=2)
        tells(office, "Đã trao, chờ biên bản")
        settled(office)
        office.locator("input[type=file]").set_input_files(
            {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        # while the screen is redrawn the button of the step before still stands above
        attach = keyed(office, "event.attach").get_by_role("button").last
        expect(attach).to_be_enabled()
        attach.click()
        said(office, "bien-ban.pdf")
        open_screen(approver, f"{url}/tien-do?sp=bhyt", "Tiến độ thực hiện")
        tells(approver, "0 đã trao")
        open_screen(approver, f"{url}/le-trao?tt=TT-2026-NAN-0001", "Trao 58 thẻ")
        press(approver, "event.minuted")
        press(approver, "event.minuted_now")
        said(approver, "56 người được tính vào tiến độ")

        # the province grew by 56; the pledge tells where every card is
        open_screen(approver, f"{url}/tien-do?sp=bhyt", "Tiến độ thực hiện")
        tells(approver, "56 đã trao")
        open_screen(officer, f"{url}/dang-ky?ht=HT-2026-NAN-0001", "HT-2026-NAN-0001")
        tells(officer, "Đã trao", "Đã cấp", "Còn")

    with reading() as session:
        pledge = session.exec(select(Pledge)).one()
        delivered = session.exec(
            select(func.count()).select_from(Match).where(Match.state == MatchState.DELIVERED)
        ).one()
        steps = session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id))).all()
    assert delivered == 56
    assert (pledge.delivered, pledge.issued, pledge.free) == (56, 2, 2)
    assert trace.verify().whole
    told_in_order = [
        "pledge.recorded",
        "receipt.recorded",
        "commune_list.submitted",
        "duplicate_pair.different",
        "commune_list.reviewed",
        "posting.open",
        "posting.closed",
        "proposal.submitted",
        "proposal.returned",
        "proposal.approved",
        "match.issued",
        "event.proposed",
        "event.confirmed",
        "event.held",
        "event.minuted",
    ]
    places_of = [steps.index(step) for step in told_in_order]
    assert places_of == sorted(places_of)


def record_everybody(page: Page, absent: int) -> None:
    """Everybody present but the first few, over as many pages as the list has."""
    last = False
    while not last:
        press(page, "event.all_present")
        if absent:
            for row in range(absent):
                answers = page.locator('[class*="st-key-event-presence"]').nth(row)
                answers.get_by_text("Vắng", exact=True).click()
                settled(page)
            absent = 0
        press(page, "event.save")
        following = page.get_by_role("button", name="Next page")
        last = following.count() == 0 or following.is_disabled()
        if not last:
            following.click()
            settled(page)
