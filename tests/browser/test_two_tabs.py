"""Two tabs of one browser: what one of them ended, the other does no more."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import col, func, select

from db.commands.admin import accounts
from db.models import Account, AuditEntry, Person, Pledge
from db.unit_of_work import reading
from tests import own_loop, world
from tests.bench.streamlit_client import StreamlitSession
from tests.browser.conftest import Serve
from tests.browser.doing import open_screen, press_and_wait, settled, sign_in, sign_out
from tests.commands.lists.sending import HOA, THO, XOAN, Line, csv_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def choose_file(page: Page, server: str, people: list[Line]) -> None:
    open_screen(page, f"{server}/nop?xa={world.places().own}", "Nộp danh sách theo xã")
    page.locator("input[type=file]").set_input_files(
        {"name": "ds.csv", "mimeType": "text/csv", "buffer": csv_of(people)}
    )
    expect(page.get_by_role("button", name="Đúng, kiểm tra lỗi")).to_be_visible()
    settled(page)


def pledges() -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(Pledge)).one()


def exports() -> int:
    with reading() as session:
        exported = col(AuditEntry.action).startswith("export.")
        return session.exec(select(func.count()).select_from(AuditEntry).where(exported)).one()


def test_a_press_after_signing_out_elsewhere_changes_nothing_and_says_so(
    server: str, page: Page
) -> None:
    world.add_pledge()
    before = pledges()
    page.goto(server)
    sign_in(page, "officer")
    open_screen(page, f"{server}/nha-hao-tam", "Nhà hảo tâm")
    page.get_by_label("Tên nhà hảo tâm hoặc đơn vị").fill("Chùa Sao Mai")
    settled(page)
    page.get_by_label("Số lượng").fill("21")

    other = page.context.new_page()
    open_screen(other, f"{server}/tien-do", "Tiến độ thực hiện")
    sign_out(other)

    page.get_by_role("button", name="Lưu và nhập tiếp").click()
    expect(page.get_by_text("thao tác vừa rồi chưa được thực hiện")).to_be_visible()
    assert pledges() == before


def test_what_was_typed_is_not_saved_and_not_lost_when_the_sign_in_ended(
    server: str, page: Page
) -> None:
    page.goto(server)
    sign_in(page, "officer")
    open_screen(page, f"{server}/nha-hao-tam", "Nhà hảo tâm")
    page.get_by_label("Tên nhà hảo tâm hoặc đơn vị").fill("Chùa Sao Mai")
    page.get_by_label("Số lượng").fill("21")
    page.get_by_label("Người liên hệ").fill("Bà An")
    page.keyboard.press("Tab")
    settled(page)
    with reading() as session:
        officer = session.exec(select(Account.id).where(Account.username == "officer")).one()
    accounts.end_sessions(officer or 0, "admin")

    before = pledges()
    page.get_by_role("button", name="Lưu và nhập tiếp").click()
    expect(page.get_by_text("thao tác vừa rồi chưa được thực hiện")).to_be_visible()
    assert pledges() == before
    sign_in(page, "officer")
    open_screen(page, f"{server}/nha-hao-tam", "Nhà hảo tâm")
    expect(page.get_by_label("Số lượng")).to_have_value("21")
    expect(page.get_by_label("Người liên hệ")).to_have_value("Bà An")
    press_and_wait(page.get_by_role("button", name="Lưu và nhập tiếp"))
    assert pledges() == before + 1


def test_a_server_that_is_started_again_is_waited_for_in_words(
    database: str, serve: Serve, page: Page
) -> None:
    assert database
    with serve() as url:
        page.goto(url)
        sign_in(page, "officer")
        open_screen(page, f"{url}/nha-hao-tam", "Nhà hảo tâm")
        page.get_by_label("Tên nhà hảo tâm hoặc đơn vị").fill("Chùa Sao Mai")
        page.get_by_label("Số lượng").fill("21")
        page.keyboard.press("Tab")
        settled(page)
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    told = "getComputedStyle(document.querySelector('[data-testid=stApp]'), '::before').content"
    assert "Mất kết nối với máy chủ" in page.evaluate(told)
    save = page.get_by_role("button", name="Lưu và nhập tiếp")
    assert save.is_disabled() or save.evaluate("e => getComputedStyle(e).pointerEvents") == "none"
    page.wait_for_timeout(6_000)  # Streamlit's own box would be there by now, in English
    expect(page.get_by_text("Connection error")).to_be_hidden()

    with serve(port=int(url.rsplit(":", 1)[1])):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(page.get_by_label("Số lượng")).to_have_value("21")
        saved = page.get_by_text("Đã lưu HT-2026-NAN-0001: 21 thẻ.")
        for _press in range(3):  # the first may come before the new server has drawn anything
            save.click()
            page.wait_for_timeout(3_000)
            if saved.count():
                break
        expect(saved).to_be_visible()


def test_each_tab_sends_the_list_it_shows(server: str, page: Page) -> None:
    page.goto(server)
    sign_in(page, "office")
    first, second = page, page.context.new_page()
    choose_file(first, server, [XOAN, THO])
    press_and_wait(first.get_by_role("button", name="Đúng, kiểm tra lỗi"))
    choose_file(second, server, [HOA])
    expect(second.get_by_role("button", name="Đúng, kiểm tra lỗi")).to_be_visible()

    press_and_wait(first.locator(".st-key-upload-check_again button"))
    first.get_by_text("Danh sách đã được rà soát cùng UBND xã").click()
    press_and_wait(first.get_by_role("button", name="Gửi 2 người lên BHXH tỉnh"))
    expect(first.get_by_text("Đã gửi 2 người lên BHXH tỉnh.")).to_be_visible()
    with reading() as session:
        names = session.exec(select(Person.full_name).order_by(col(Person.id))).all()
    assert names == [XOAN.name, THO.name]

    open_screen(first, f"{server}/viec", "Việc cần làm")
    expect(first.get_by_text("Gửi nốt tệp đang làm dở")).to_be_visible()


def test_a_download_after_signing_out_elsewhere_gives_nothing(server: str, page: Page) -> None:
    world.add_pledge()
    page.goto(server)
    sign_in(page, "officer")
    open_screen(page, f"{server}/nha-hao-tam?xem=so", "Nhà hảo tâm")
    button = page.get_by_role("button", name=re.compile("Tải Excel"))
    with page.expect_download() as taken:
        button.click()
    assert taken.value.path()
    settled(page)
    before = exports()

    other = page.context.new_page()
    open_screen(other, f"{server}/tien-do", "Tiến độ thực hiện")
    sign_out(other)
    button.click()
    expect(page.get_by_test_id("stDownloadButton")).to_be_visible()
    page.wait_for_timeout(500)
    assert exports() == before


def test_a_file_opens_for_the_sign_in_it_was_made_for_only(
    server: str, page: Page, new_browser: Callable[[], BrowserContext]
) -> None:
    world.add_pledge()
    page.goto(server)
    sign_in(page, "officer")
    open_screen(page, f"{server}/nha-hao-tam?xem=so", "Nhà hảo tâm")
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("Tải Excel")).click()
    address = taken.value.url
    assert "/media/" in address
    assert page.request.get(address).status == 200
    assert new_browser().request.get(address).status == 404


def test_nobody_uploads_without_a_sign_in(server: str, page: Page) -> None:
    page.goto(server)
    answer = page.request.put(f"{server}/_stcore/upload_file/some/file", data="x")
    assert answer.status == 404


def test_a_stranger_with_a_tabs_id_presses_nothing(server: str, page: Page) -> None:
    page.goto(f"{server}/nop?xa={world.places().own}")
    sign_in(page, "office")
    expect(page.get_by_role("heading", name="Nộp danh sách", level=1)).to_be_visible()
    with page.expect_request(lambda request: "upload_file" in request.url) as sent:
        page.locator("input[type=file]").set_input_files(
            {"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"}
        )
    session_id = sent.value.url.split("/upload_file/")[1].split("/")[0]
    settled(page)

    async def runs() -> list[str]:
        thief = await StreamlitSession.open(server, session_id=session_id)
        try:  # the first may be what the tab itself still asked for
            return [" ".join((await thief.rerun()).texts()) for _run in range(2)]
        finally:
            await thief.close()

    first, second = own_loop.run(runs())
    assert world.NAMES["office"] not in first + second
    assert "Đăng nhập" in second
