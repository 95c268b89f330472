"""The donors' screens: typing is never lost, the ledger is shown, the book is scoped."""

import io
from datetime import date

import openpyxl
import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from components import screens
from components.donors import pledge_book
from components.ui import actions
from db.models import AuditEntry, Donor, Pledge, Receipt
from db.queries.admin.accounts import User
from db.queries.donors.pledges import Filter
from db.rules.states import MatchState, PledgeState
from db.scope import Scope
from db.unit_of_work import reading
from tests import world
from tests.pages.opening import open_as, texts

pytestmark = pytest.mark.usefixtures("database")


def blocks(app: AppTest) -> str:
    """Everything drawn as HTML, and the notices."""
    drawn = [element.proto.body for element in app.get("html")]
    return " ".join([*drawn, *texts(app.success), *texts(app.error)])


def fill_entry(app: AppTest, **given: str) -> AppTest:
    for field, value in given.items():
        app.text_input(key=f"pledge.{field}.0").set_value(value)
    app.button(key="pledge.save").click()
    return app.run()


def pledge_rows() -> list[Pledge]:
    with reading() as session:
        return list(session.exec(select(Pledge).order_by("id")))


def user_of(username: str) -> User:
    role, province = world.ACCOUNTS[username]
    return User(
        account_id=1,
        username=username,
        full_name=world.NAMES[username],
        role=role,
        scope=Scope(role, province),
        unit="BHXH",
        must_change_password=False,
        seen_lately=True,
    )


def test_a_saved_pledge_empties_the_form_and_stands_among_todays() -> None:
    app = open_as("officer", screens.DONORS)
    app.checkbox(key="pledge.paid.0").set_value(True)
    fill_entry(app, name="Công ty CP Dược Nghệ An", number="0101243150", quantity="1.200")

    assert not app.exception
    assert "HT-2026-NAN-0001: 1.200 thẻ" in app.success[0].value.replace("\\", "")
    assert app.text_input(key="pledge.name.1").value == ""
    assert "Đã nhập hôm nay: 1" in blocks(app)
    assert pledge_rows()[0].received == 1_200 * 1_366_200


def test_a_refusal_says_why_and_loses_nothing() -> None:
    app = open_as("officer", screens.DONORS)
    fill_entry(app, name="Hội Phụ nữ", quantity="mười", phone="0912345678", wish="Bản xa")

    assert "Số lượng phải là số nguyên" in app.error[0].value
    kept = [app.text_input(key=f"pledge.{field}.0").value for field in ("name", "phone", "wish")]
    assert kept == ["Hội Phụ nữ", "0912345678", "Bản xa"]
    assert pledge_rows() == []


def test_a_look_alike_is_shown_before_saving_and_can_be_used() -> None:
    world.add_pledge()  # of “Công ty CP Dược Sông Lam”
    app = open_as("officer", screens.DONORS)
    fill_entry(app, name="Cty dược sông lam", quantity="5")
    assert "Có thể đã có trong hệ thống" in app.error[0].value
    assert len(pledge_rows()) == 1

    app.button(key="pledge.use.1").click().run()
    assert app.text_input(key="pledge.name.0").value == "Công ty CP Dược Sông Lam"
    app.button(key="pledge.save").click().run()

    assert len(pledge_rows()) == 2
    with reading() as session:
        assert len(session.exec(select(Donor)).all()) == 1


def test_another_donor_of_a_like_name_is_saved_once_a_person_says_so() -> None:
    world.add_pledge()
    app = open_as("officer", screens.DONORS)
    fill_entry(app, name="Cty dược sông lam", quantity="5")
    app.button(key="pledge.other").click().run()
    app.button(key="pledge.save").click().run()
    with reading() as session:
        assert len(session.exec(select(Donor)).all()) == 2


def test_only_officers_see_the_form() -> None:
    world.add_pledge()
    for username in ("approver", "leader", "central"):
        app = open_as(username, screens.DONORS)
        assert not app.exception
        assert [box.key for box in app.text_input] == ["pledges.text"]
    assert open_as("far_officer", screens.DONORS, xem="so").dataframe.values == []


def test_a_click_in_the_book_opens_that_pledge() -> None:
    world.add_pledge(quantity=5)
    world.add_pledge(quantity=7)
    app = open_as("officer", screens.DONORS, xem="so")
    clicked = {"rows": [], "columns": [], "cells": [[1, "Mã"]]}
    app.session_state["pledges.table"] = {"selection": clicked}
    app.run()
    assert not app.exception
    assert "0 + 0 + 0 + 0 + 5 + 0 = 5 thẻ" in blocks(app)


def test_the_book_filters_by_what_the_address_says() -> None:
    world.add_pledge(quantity=5, paid=0)
    world.add_pledge(quantity=7)
    app = open_as("officer", screens.DONORS, xem="so", kp="awaiting")
    assert list(app.dataframe[0].value["Hỗ trợ"]) == ["5 thẻ"]

    app.text_input(key="pledges.text").set_value("không có ai tên này").run()
    assert "Không có đăng ký nào khớp bộ lọc" in blocks(app)


def test_the_file_holds_the_filtered_book_and_leaves_its_line() -> None:
    world.add_pledge(quantity=5, paid=0)
    world.add_pledge(quantity=7)
    content = pledge_book.file_of(user_of("officer"), Filter(year=2026), "newest")

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    assert [(row[0], row[8]) for row in rows] == [
        ("HT-2026-NAN-0002", 7),
        ("HT-2026-NAN-0001", 5),
    ]
    with reading() as session:
        line = session.exec(select(AuditEntry).where(AuditEntry.action == "export.pledges")).one()
    assert (line.actor, line.details) == ("officer", {"rows": 2})


def test_the_ledger_adds_up_on_the_screen() -> None:
    pledge = world.add_pledge(quantity=10, registered_on=date(2026, 9, 1))
    _list, nominations, _posting = world.add_posted(people=3)
    world.add_proposal(pledge_id=pledge, nomination_ids=nominations, match_state=MatchState.ISSUED)
    drawn = blocks(open_as("officer", screens.PLEDGE, ht="HT-2026-NAN-0001"))

    assert "0 + 3 + 0 + 0 + 7 + 0 = 10 thẻ" in drawn
    assert "đã 14 ngày" in drawn


def test_money_is_recorded_reversed_and_the_rest_cancelled_on_the_page() -> None:
    pledge = world.add_pledge(quantity=10, paid=0)
    app = open_as("officer", screens.PLEDGE, ht="HT-2026-NAN-0001")

    app.text_input(key=f"receipt.amount.{pledge}").set_value("5tr")
    app.text_input(key=f"receipt.reference.{pledge}").set_value("GBC 12")
    next(one for one in app.button if one.label == "Ghi nhận kinh phí").click().run()
    assert pledge_rows()[0].received == 5_000_000
    assert app.text_input(key=f"receipt.amount.{pledge}").value == ""

    next(one for one in app.button if one.label == "Đảo khoản này").click().run()
    assert "Hãy ghi lý do" in app.error[0].value
    app.text_input(key=f"receipt.reason.{pledge}").set_value("Ghi nhầm")
    next(one for one in app.button if one.label == "Đảo khoản này").click().run()
    with reading() as session:
        assert [row.amount for row in session.exec(select(Receipt).order_by("id"))] == [
            5_000_000,
            -5_000_000,
        ]

    app.text_input(key=f"withdrawal.reason.{pledge}").set_value("Nhà hảo tâm đổi ý")
    next(one for one in app.button if one.label.startswith("Hủy phần chưa dùng")).click().run()
    assert not app.exception
    assert pledge_rows()[0].state is PledgeState.CANCELLED
    assert not any(one.label == "Ghi nhận kinh phí" for one in app.button)


def test_two_tabs_on_one_pledge_the_second_is_told_and_keeps_its_typing() -> None:
    pledge = world.add_pledge(quantity=10, paid=0)
    first = open_as("officer", screens.PLEDGE, ht="HT-2026-NAN-0001")
    second = open_as("officer2", screens.PLEDGE, ht="HT-2026-NAN-0001")
    for app in (first, second):
        app.text_input(key=f"receipt.amount.{pledge}").set_value("1tr")
        next(one for one in app.button if one.label == "Ghi nhận kinh phí").click().run()

    assert "Lê Thị Minh Hằng vừa sửa hồ sơ này" in second.error[0].value
    assert second.text_input(key=f"receipt.amount.{pledge}").value == "1tr"
    assert pledge_rows()[0].received == 1_000_000


def test_whoever_only_reads_gets_no_forms() -> None:
    world.add_pledge(paid=0)
    for username in ("approver", "leader", "central", "nation"):
        app = open_as(username, screens.PLEDGE, ht="HT-2026-NAN-0001")
        assert not app.exception
        assert len(app.text_input) == 0


def test_a_pledge_of_another_province_is_not_found_and_there_is_a_way_back() -> None:
    world.add_pledge()
    app = open_as("far_officer", screens.PLEDGE, ht="HT-2026-NAN-0001")
    assert "Không tìm thấy hồ sơ này" in app.error[0].value
    assert app.get("page_link")


def test_without_a_code_the_latest_pledges_are_offered() -> None:
    world.add_pledge()
    app = open_as("officer", screens.PLEDGE)
    app.button(key="dang-ky.open.HT-2026-NAN-0001").click().run()
    assert texts(app.title) == ["Đăng ký HT-2026-NAN-0001"]


def test_an_anonymous_donor_has_no_name_outside_the_province() -> None:
    world.add_pledge()
    from db.unit_of_work import unattended_writing

    with unattended_writing("tests") as work:
        work.session.exec(select(Pledge)).one().anonymous = True
    assert "Sông Lam" in blocks(open_as("officer", screens.PLEDGE, ht="HT-2026-NAN-0001"))
    drawn = blocks(open_as("central", screens.PLEDGE, ht="HT-2026-NAN-0001"))
    assert "Nhà hảo tâm không nêu tên" in drawn
    assert "Sông Lam" not in drawn


def test_a_pledge_just_like_another_is_asked_about_and_keeps_what_was_typed() -> None:
    fill_entry(open_as("officer", screens.DONORS), name="Chùa Thiên Ân", quantity="20")

    other = open_as("officer2", screens.DONORS)
    other.text_input(key="pledge.name.0").set_value("Chùa Thiên Ân").run()
    other.button(key=f"pledge.use.{pledge_rows()[0].donor_id}").click().run()
    fill_entry(other, quantity="20")
    assert "Đã có HT-2026-NAN-0001 giống hệt" in texts(other.error)[0]
    assert world.NAMES["officer"] in texts(other.error)[0]
    assert len(pledge_rows()) == 1

    other.button(key="pledge.is_another").click().run()
    assert texts(other.success) == ["Đã lưu HT-2026-NAN-0002: 20 thẻ."]
    assert "pledge.is_another" not in {button.key for button in other.button}


def test_a_double_click_saves_once_and_still_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AGAIN", 60)
    app = fill_entry(open_as("officer", screens.DONORS), name="Chùa Thiên Ân", quantity="20")
    app.button(key="pledge.save").click().run()
    assert not app.exception
    assert texts(app.success) == ["Đã lưu HT-2026-NAN-0001: 20 thẻ."]
    assert not app.error
    assert len(pledge_rows()) == 1


def test_what_was_typed_is_there_again_after_a_reload_until_it_is_saved() -> None:
    app = open_as("officer", screens.DONORS)
    app.text_input(key="pledge.name.0").set_value("Chùa Thiên Ân").run()
    app.text_input(key="pledge.quantity.0").set_value("20").run()
    app.date_input(key="pledge.registered_on").set_value(date(2026, 9, 1)).run()
    app.segmented_control(key="pledge.benefit").set_value("si").run()

    again = open_as("officer", screens.DONORS)
    assert again.text_input(key="pledge.name.0").value == "Chùa Thiên Ân"
    assert again.date_input(key="pledge.registered_on").value == date(2026, 9, 1)
    assert again.segmented_control(key="pledge.benefit").value == "si"
    assert "Đã mở lại phần nhập dở" in blocks(again)
    assert open_as("officer2", screens.DONORS).text_input(key="pledge.name.0").value == ""

    again.button(key="pledge.save").click().run()
    assert texts(again.success) == ["Đã lưu HT-2026-NAN-0001: 20 sổ."]
    fresh = open_as("officer", screens.DONORS)
    assert fresh.text_input(key="pledge.name.0").value == ""
    assert "Đã mở lại" not in blocks(fresh)


def test_what_was_typed_before_can_be_thrown_away() -> None:
    app = open_as("officer", screens.DONORS)
    app.text_input(key="pledge.name.0").set_value("Chùa Thiên Ân").run()
    again = open_as("officer", screens.DONORS)
    again.button(key="pledge.empty").click().run()
    assert again.text_input(key="pledge.name.1").value == ""
    assert open_as("officer", screens.DONORS).text_input(key="pledge.name.0").value == ""
