"""The steps of sending a list, on a screen as wide as a phone."""

import pytest
from playwright.sync_api import Page, expect

from db.commands.lists import drafts
from db.rules.states import Benefit
from tests import world
from tests.browser.doing import open_screen, settled, sign_in
from tests.commands.lists.sending import HEADER, XOAN, Line, csv_of, draft

pytestmark = pytest.mark.browser
SCREEN = "document.querySelector('[data-testid=stMain]')"
WRONG = [Line("Vi Văn Thọ", "31/02/1958", "Nam", f"0400580000{n}") for n in range(10, 18)]


def press(page: Page, verb: str) -> None:
    page.evaluate(f"{SCREEN}.scrollTo(0, {SCREEN}.scrollHeight)")
    page.get_by_role("button", name=verb).click()


def test_every_step_and_every_refusal_is_read_from_its_head(page: Page, server: str) -> None:
    draft([XOAN] * 10 + WRONG)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server)
    sign_in(page, "office")
    open_screen(page, f"{server}/nop?buoc=2", "Nộp danh sách theo xã")

    press(page, "Đúng, kiểm tra lỗi")
    expect(page.get_by_text("Có 8 ô phải sửa ở 8 dòng:")).to_be_in_viewport()
    settled(page)

    press(page, "Kiểm tra lần cuối")
    expect(page.get_by_text("Còn 8 ô phải sửa.")).to_be_in_viewport()


def test_an_answer_is_as_high_as_a_finger(page: Page, server: str) -> None:
    rows = csv_of([XOAN]).decode().splitlines()[1:]
    doubled = f"{HEADER},Ngày sinh"
    content = "\n".join([doubled, *(f"{row},06/03/1956" for row in rows)]).encode()
    drafts.start(world.places().own, Benefit.HI, "hai-cot.csv", content=content, actor="office")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server)
    sign_in(page, "office")
    open_screen(page, f"{server}/nop?buoc=2", "Nộp danh sách theo xã")

    answers = page.get_by_test_id("stRadio").get_by_role("radio").locator("xpath=ancestor::label")
    expect(answers).to_have_count(2)
    heights = [box["height"] for box in (each.bounding_box() for each in answers.all()) if box]
    assert min(heights) >= 40
