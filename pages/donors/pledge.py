"""Đăng ký hỗ trợ: one pledge, its ledger, its money, and what can be done with it."""

import streamlit as st

from components import entries, screens
from components.donors import pledge_actions, pledge_ledger
from components.donors.words import donor_name, standing_tag, units
from components.entries import Entry
from components.frame import auth
from components.ui import formats, markup, notices
from components.ui.i18n import _
from db import clock
from db.queries.donors import pledge_sheet, pledges
from db.queries.donors.pledges import Filter
from db.rules.access import may
from db.rules.states import PledgeState

user = auth.require(screens.PLEDGE)
SHORT_LIST = 10
today = clock.today()


def show_choices() -> None:
    markup.page_head(_("Đăng ký hỗ trợ"), _("Chọn một đăng ký mới ghi, hoặc tìm trong sổ."))
    notices.show()
    rows = pledges.book(user.scope, Filter(), limit=SHORT_LIST)
    if not rows:
        markup.show(markup.muted(_("Chưa có đăng ký nào.")))
    entries.entries(
        [
            Entry(
                row.code,
                donor_name(row),
                _("{code}, {items}, đăng ký ngày {day}").format(
                    code=row.code,
                    items=units(row, row.pledged),
                    day=formats.day(row.registered_on),
                ),
                standing_tag(row, today),
                _("Xem"),
            )
            for row in rows
        ],
        screens.PLEDGE,
        "ht",
    )


def show_pledge(code: str) -> None:
    sheet = pledge_sheet.sheet(user.scope, code)
    row = sheet.row
    markup.page_head(
        _("Đăng ký {code}").format(code=row.code),
        markup.join([donor_name(row), standing_tag(row, today)], " "),
    )
    notices.show()
    if row.reason:
        markup.show(markup.note("amber", _("Lý do hủy:"), row.reason))
    left, right = st.columns(2, gap="large")
    with left:
        markup.show(pledge_ledger.ledger(row))
        markup.show(pledge_ledger.sheet_facts(sheet, today))
        markup.show(pledge_ledger.matches(sheet))
    with right:
        markup.show(pledge_ledger.money(row, today))
        markup.show(pledge_ledger.receipts(sheet.receipts))
        pledge_actions.show(user, sheet, today)
        if row.free and row.state is PledgeState.ACTIVE and may(user.role, screens.MATCHING.action):
            st.page_link(
                screens.MATCHING.file,
                label=_("Ghép {units} chưa dùng").format(units=units(row, row.free)),
                icon=":material/rule:",
                query_params={"ht": row.code},
            )


st.page_link(
    screens.DONORS.file,
    label=_("Về sổ đăng ký"),
    icon=":material/arrow_back:",
    query_params={"xem": "so"},
)
if code := st.query_params.get("ht"):
    show_pledge(code)
else:
    show_choices()
