"""Nhà hảo tâm: enter pledges by keyboard, and find them again in the book."""

import math
from functools import partial

import streamlit as st

from components import screens
from components.donors import donor_lookup, pledge_book, pledge_form
from components.frame import auth
from components.ui import filters, focus, markup, notices
from components.ui.actions import press
from components.ui.i18n import _
from components.ui.style import on_phone
from components.ui.words import pieces
from db import clock
from db.commands.donors import pledges as commands
from db.errors import Refused
from db.queries.donors import pledges
from db.queries.places import communes_of
from db.rules.access import Action, may

user = auth.require(screens.DONORS)
today = clock.today()
may_enter = may(user.role, Action.RECORD_PLEDGE)

ENTRY, BOOK = "nhap", "so"


def save(*, is_second: bool = False) -> None:
    def command() -> str:
        entry = pledge_form.typed(is_second=is_second)
        try:
            recorded = commands.record(entry, user.username)
        except Refused as refused:
            if refused.code == "pledge_alike":
                pledge_form.doubt(str(refused.details["code"]))
            raise
        return _("Đã lưu {code}: {items}.").format(
            code=recorded.code, items=pieces(entry.benefit, entry.quantity or 0)
        )

    if press(command):
        pledge_form.empty(user)
        focus.ask()
    elif on_phone():  # the reason stands at the head, far from the button
        focus.ask()


def show_entry() -> None:
    left, right = st.columns([5, 4], gap="large")
    meant = left.container() if on_phone() else right.container()
    with left, st.container(border=True):
        pledge_form.ask_if_another(partial(save, is_second=True))
        pledge_form.fields(user, communes_of(user.scope.province_code or ""), today, save)
    with meant:
        donor_lookup.who_is_meant(user)
    with right:
        donor_lookup.entered_today(user, today)
    focus.move_if_asked()


def show_book() -> None:
    wanted, sort = pledge_book.chosen_filter(user, today)
    found = pledges.totals(user.scope, wanted)
    if not found.pledges:
        markup.show(
            markup.note(
                "blue",
                _("Không có đăng ký nào khớp bộ lọc."),
                _("Bỏ bớt điều kiện lọc, hoặc chọn năm khác."),
            )
        )
        return
    pledge_book.sums(found)
    pages = math.ceil(found.pledges / pledge_book.PAGE)
    offset = pledge_book.first_row(pages)
    rows = pledges.book(user.scope, wanted, sort=sort, limit=pledge_book.PAGE, offset=offset)
    code = pledge_book.chosen_pledge(rows, today)
    with st.container(horizontal=True, vertical_alignment="center"):
        if pages > 1:
            st.pagination(pages, key=pledge_book.PAGER)
        if may(user.role, Action.EXPORT_PLEDGES):
            pledge_book.download(user, wanted, sort, found.pledges)
    if code is not None:
        st.switch_page(screens.PLEDGE.file, query_params={"ht": code})


markup.page_head(
    _("Nhà hảo tâm"),
    _("Tổ chức, doanh nghiệp, cá nhân đăng ký tặng sổ BHXH, thẻ BHYT. {unit}").format(
        unit=user.unit
    ),
)
notices.show()
view = BOOK
if may_enter:
    views = {ENTRY: _("Nhập đăng ký"), BOOK: _("Sổ đăng ký")}
    view = filters.choice("xem", _("Xem"), views, ENTRY, widget="segmented", hide_label=True)
if view == ENTRY:
    show_entry()
else:
    show_book()
