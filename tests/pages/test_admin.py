"""Accounts, offices and the audit trail on the screen."""

import pytest

from components import screens
from db.commands.admin import offices
from db.queries import places
from db.queries.admin import accounts
from db.rules.access import Role
from db.scope import Scope
from tests import world
from tests.pages.opening import open_as, texts

pytestmark = pytest.mark.usefixtures("database")
ALL = Scope(Role.ADMIN)


def test_a_new_account_gets_a_password_shown_once() -> None:
    app = open_as("admin", screens.ACCOUNTS)
    app.text_input(key="accounts.new.username").set_value("mai.an")
    app.text_input(key="accounts.new.full_name").set_value("Mai An")
    app.run()
    app.selectbox(key="accounts.new.province").set_value("40").run()
    app.button(key="accounts.create").click().run()
    assert not app.exception
    assert texts(app.success) == ["Đã tạo tài khoản mai.an."]
    assert any("Mật khẩu lần đầu" in str(block.proto) for block in app.get("html"))
    [made] = [row for row in accounts.everyone(ALL) if row.username == "mai.an"]
    assert (made.role, made.province_code, made.must_change_password) == ("officer", "40", True)

    app.run()
    assert not any("Mật khẩu lần đầu" in str(block.proto) for block in app.get("html"))


def test_a_wrong_account_keeps_what_was_typed() -> None:
    app = open_as("admin", screens.ACCOUNTS)
    app.text_input(key="accounts.new.username").set_value("Có Dấu")
    app.text_input(key="accounts.new.full_name").set_value("Mai An")
    app.run()
    app.button(key="accounts.create").click().run()
    assert "Tên đăng nhập gồm" in texts(app.error)[0]
    assert app.text_input(key="accounts.new.full_name").value == "Mai An"


def test_an_account_is_locked_from_its_row() -> None:
    app = open_as("admin", screens.ACCOUNTS)
    rows = accounts.everyone(ALL)
    at = next(i for i, row in enumerate(rows) if row.username == "office")
    app.session_state["accounts.table"] = {"selection": {"rows": [at], "columns": [], "cells": []}}
    app.run()
    app.button(key="switch").click().run()
    assert texts(app.success) == ["Đã khóa tài khoản office."]
    assert not next(row for row in accounts.everyone(ALL) if row.username == "office").is_active


def test_an_office_takes_a_commune_over() -> None:
    app = open_as("admin", screens.OFFICES, tinh=world.PROVINCE)
    app.text_input(key="offices.name").set_value("BHXH cơ sở Mới")
    app.multiselect(key="offices.communes").set_value([world.places().own])
    app.button(key="offices.create").click().run()
    assert not app.exception
    made = next(o for o in places.offices(ALL) if o.name == "BHXH cơ sở Mới")
    assert places.office_communes(made.id) == [world.places().own]


def test_an_office_changed_in_another_window_is_looked_at_before_it_is_changed_again() -> None:
    office = next(o for o in places.offices(ALL) if o.province_code == world.PROVINCE)
    app = open_as("admin", screens.OFFICES, tinh=world.PROVINCE)
    served = places.office_communes(office.id)
    offices.serve(office.id, served[:-1], "admin", seen=served)

    app.button(key=f"offices.save.{office.id}").click().run()
    assert "vừa được sửa ở một cửa sổ khác" in texts(app.error)[0]
    assert set(app.multiselect(key=f"offices.serves.{office.id}").value) == set(served[:-1])


def test_the_trail_is_searched_and_verified() -> None:
    from db.commands.admin.accounts import end_sessions

    end_sessions(next(r.id for r in accounts.everyone(ALL) if r.username == "office"), "admin")
    app = open_as("central", screens.AUDIT)
    assert app.dataframe[0].value["Ai"].tolist()[:2] == ["Đỗ Trung Ương", "Vũ Quản Trị"]
    app.text_input(key="audit.actor").set_value("admin").run()
    assert set(app.dataframe[0].value["Ai"]) == {"Vũ Quản Trị"}
    app.button(key="audit.verify").click().run()
    assert any("Chuỗi nguyên vẹn" in str(block.proto) for block in app.get("html"))
