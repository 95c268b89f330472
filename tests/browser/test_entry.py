"""A pile of pledges entered by keyboard alone, as fast as a person types."""

import pytest
from playwright.sync_api import Page, expect

from db.commands.donors import pledges
from db.commands.donors.donors import DonorEntry
from tests.browser.doing import open_screen, settled, sign_in
from tests.commands.donors.test_pledges import entry

pytestmark = pytest.mark.browser
KEY = {"delay": 40}


def type_pledge(page: Page, name: str, quantity: str) -> None:
    """Tab from field to field, and never look up."""
    page.keyboard.type(name, **KEY)
    for _field in range(3):
        page.keyboard.press("Tab", **KEY)
    page.keyboard.type(quantity, **KEY)
    page.keyboard.press("Control+Enter")


def test_pledges_follow_each_other_and_look_alikes_show_while_typing(
    page: Page, server: str
) -> None:
    pledges.record(entry(donor=DonorEntry(name="Công ty TNHH Đức Trí")), "officer")
    page.goto(server)
    sign_in(page, "officer")
    open_screen(page, f"{server}/nha-hao-tam", "Nhà hảo tâm")
    field = page.get_by_label("Tên nhà hảo tâm hoặc đơn vị")

    field.click()
    page.keyboard.type("cong ty duc tri", **KEY)
    expect(page.get_by_text("“Công ty TNHH Đức Trí”")).to_be_visible()
    page.get_by_role("button", name="Dùng đơn vị này").click()
    expect(page.get_by_text("Dùng đơn vị đã có:")).to_be_visible()
    expect(field).to_have_value("Công ty TNHH Đức Trí")
    field.fill("")
    settled(page)

    field.click()
    for name, quantity in (("Chùa Sao Mai", "21"), ("Nhóm Lá Xanh", "32"), ("Bà Vân Khánh", "43")):
        type_pledge(page, name, quantity)
        expect(page.get_by_test_id("stAlert")).to_contain_text(f"{quantity} thẻ.")
        expect(field).to_have_count(1)  # the one before is gone
        expect(field).to_be_focused()
    expect(page.get_by_role("row", name="Bà Vân Khánh 43 thẻ")).to_be_visible()
