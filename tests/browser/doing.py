"""What a person does in every walk."""

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect

from db.settings import settings
from tests import world

LOOKS = 400


def sign_in(page: Page, username: str, password: str = world.PASSWORD) -> None:
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_have_count(0)
    cookie_written(page)
    settled(page)


def cookie_written(page: Page) -> None:
    """The browser holds the sign-in: before, the frame that writes it may not even be there."""
    for _look in range(LOOKS):
        if any(cookie["name"] == settings().cookie_name for cookie in page.context.cookies()):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the sign-in cookie was not written")


def sign_out(page: Page) -> None:
    page.locator(".st-key-ctx button").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible()


def settled(page: Page) -> None:
    """No run in progress, the sign-in cookie written, no reconnection to come."""
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", re.compile("notRunning")
    )


_WATCH = """() => {
    window.ran = false;
    new MutationObserver(() => { window.ran = true; }).observe(
        document, {subtree: true, attributeFilter: ["data-test-script-state"]});
}"""


def press_and_wait(button: Locator) -> None:
    """Press, and wait for the run that the press asked for to begin and to end.

    A page that is drawn anew under the pointer swallows a click: then a person presses again.
    """
    page = button.page
    page.evaluate(_WATCH)
    for patience in (6_000, 6_000, 20_000):
        button.click()
        try:
            page.wait_for_function("() => window.ran", timeout=patience)
            break
        except TimeoutError:
            if patience == 20_000:
                raise
    settled(page)


def open_screen(page: Page, url: str, title: str) -> None:
    page.goto(url)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    settled(page)
