"""Signing in with a real browser: refresh, bookmarks, sign-out, theft, the network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from db.commands.admin import accounts
from db.models import Account
from db.unit_of_work import reading
from tests import own_loop, world
from tests.bench.streamlit_client import StreamlitSession
from tests.browser.conftest import Serve
from tests.browser.doing import settled, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def id_of(username: str) -> int:
    with reading() as session:
        return session.exec(select(Account.id).where(Account.username == username)).one() or 0


def test_a_bookmark_survives_the_form_a_refresh_and_a_restart(
    database: str, serve: Serve, page: Page
) -> None:
    assert database
    with serve() as url:
        page.goto(f"{url}/tien-do?sp=bhyt")
        sign_in(page, "leader")
        expect(page.get_by_role("heading", name="Tiến độ thực hiện", level=1)).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Tiến độ thực hiện", level=1)).to_be_visible()
        assert "/tien-do" in page.url
        assert "sp=bhyt" in page.url


def test_signing_out_holds_although_the_cookie_is_still_there(server: str, page: Page) -> None:
    page.goto(server)
    sign_in(page, "officer")
    sign_out(page)
    assert any(cookie["name"] == "chungtay" for cookie in page.context.cookies())
    page.reload()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible()


def test_ended_sign_ins_stop_at_the_next_click_and_stay_out(server: str, page: Page) -> None:
    page.goto(server)
    sign_in(page, "officer")
    accounts.end_sessions(id_of("officer"), "admin")
    page.get_by_role("link", name="Tiến độ").click()
    expect(page.get_by_text("Phiên làm việc đã kết thúc")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible()


def test_a_copied_cookie_opens_nothing_in_another_browser(
    server: str, page: Page, new_browser: Callable[[], BrowserContext]
) -> None:
    page.goto(server)
    sign_in(page, "officer")
    [cookie] = [c for c in page.context.cookies() if c["name"] == "chungtay"]
    thief = new_browser()
    thief.add_cookies([cookie])  # type: ignore[list-item]
    other = thief.new_page()
    other.goto(server)
    expect(other.get_by_label("Mật khẩu", exact=True)).to_be_visible()


def test_a_stolen_session_id_opens_nothing(server: str, page: Page) -> None:
    page.goto(f"{server}/nop?xa={world.places().own}")
    sign_in(page, "office")
    expect(page.get_by_role("heading", name="Nộp danh sách", level=1)).to_be_visible()
    with page.expect_request(lambda request: "upload_file" in request.url) as sent:
        page.locator("input[type=file]").set_input_files(
            {"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"}
        )
    session_id = sent.value.url.split("/upload_file/")[1].split("/")[0]
    settled(page)

    async def steal() -> str:
        thief = await StreamlitSession.open(server, session_id=session_id)
        try:
            run = await thief.rerun()
            return " ".join(run.texts())
        finally:
            await thief.close()

    seen = own_loop.run(steal())
    assert "Lô Văn Xã" not in seen
    assert "Đăng nhập" in seen


def test_clearing_the_cache_from_outside_breaks_nothing(server: str, page: Page) -> None:
    page.goto(server)
    sign_in(page, "officer")

    async def clear() -> None:
        stranger = await StreamlitSession.open(server)
        await stranger.clear_cache()
        await stranger.rerun()
        await stranger.close()

    own_loop.run(clear())
    page.get_by_role("link", name="Tiến độ").click()
    expect(page.get_by_role("heading", name="Tiến độ thực hiện", level=1)).to_be_visible()


def test_no_request_leaves_this_machine(server: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server)
    sign_in(page, "officer")
    for name in ("Tiến độ", "Nhà hảo tâm", "Nộp danh sách", "Rà soát", "Ghép và duyệt"):
        page.get_by_role("link", name=name, exact=True).first.click()
        settled(page)
    strangers = [
        url for url in asked if not url.startswith((server, "data:", "blob:", "ws://127."))
    ]
    assert asked
    assert strangers == []


def test_the_first_request_after_a_restart_meets_the_form(
    database: str, serve: Serve, page: Page
) -> None:
    assert database
    with serve() as url:
        page.goto(f"{url}/accounts")  # a file's own name, as the old navigation served it
        expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible()
