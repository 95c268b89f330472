"""What an officer does with a pledge: record money, take it back, cancel what is free."""

from datetime import date

import streamlit as st

from components.donors.pledge_ledger import reversible
from components.donors.words import units
from components.ui import formats
from components.ui.actions import press
from components.ui.i18n import _
from db.commands.donors import pledges, receipts
from db.commands.donors.receipts import Payment
from db.queries.admin.accounts import User
from db.queries.donors.pledge_sheet import PledgeSheet
from db.queries.donors.pledges import PledgeRow
from db.rules import why
from db.rules.access import Action, may
from db.rules.states import Binds, PledgeState

_OPEN = (PledgeState.RECORDED, PledgeState.ACTIVE)


def show(user: User, sheet: PledgeSheet, today: date) -> None:
    """The panels this person may use in the pledge's state."""
    row = sheet.row
    if row.state in _OPEN and may(user.role, Action.RECORD_RECEIPT):
        with st.expander(_("Ghi nhận kinh phí"), expanded=row.missing > 0):
            _receipt_form(user, row, today)
    if may(user.role, Action.RECORD_RECEIPT) and reversible(sheet.receipts):
        with st.expander(_("Đảo một khoản đã ghi")):
            _reversal_form(user, sheet)
    if row.state in _OPEN and row.free and may(user.role, Action.CANCEL_PLEDGE):
        with st.expander(_("Hủy phần chưa dùng")):
            _withdrawal_form(user, row)


def _receipt_form(user: User, row: PledgeRow, today: date) -> None:
    def save() -> None:
        fields = st.session_state
        payment = Payment(
            formats.parse_money(fields[f"receipt.amount.{row.id}"]),
            fields[f"receipt.received_on.{row.id}"],
            fields[f"receipt.reference.{row.id}"],
            fields[f"receipt.beyond.{row.id}"],
        )

        def command() -> str:
            receipts.receive(row.id, payment, user.username, seen=row.version)
            return _("Đã ghi nhận {money} cho {code}.").format(
                money=formats.money(payment.amount or 0), code=row.code
            )

        if press(command):
            fields.update(
                {
                    f"receipt.amount.{row.id}": "",
                    f"receipt.reference.{row.id}": "",
                    f"receipt.beyond.{row.id}": False,
                }
            )

    with st.form(f"receipt.form.{row.id}", enter_to_submit=False, border=False):
        amount, received_on = st.columns(2)
        amount.text_input(
            _("Số tiền (₫)"),
            key=f"receipt.amount.{row.id}",
            placeholder=formats.number(row.missing),
            max_chars=40,
        )
        received_on.date_input(
            _("Ngày nhận"), today, **formats.ANY_DAY, key=f"receipt.received_on.{row.id}"
        )
        st.text_input(_("Số chứng từ"), key=f"receipt.reference.{row.id}", max_chars=120)
        st.checkbox(_("Chuyển nhiều hơn dự kiến"), key=f"receipt.beyond.{row.id}")
        st.form_submit_button(
            _("Ghi nhận kinh phí"), type="primary", shortcut="Ctrl+Enter", on_click=save
        )


def _reversal_form(user: User, sheet: PledgeSheet) -> None:
    choices = reversible(sheet.receipts)

    def reverse() -> None:
        receipt_id, reason = (
            st.session_state[f"receipt.which.{sheet.row.id}"],
            st.session_state[f"receipt.reason.{sheet.row.id}"],
        )

        def command() -> str:
            receipts.reverse(receipt_id, reason, user.username)
            return _("Đã đảo khoản {which}.").format(which=choices[receipt_id])

        if press(command):
            st.session_state[f"receipt.reason.{sheet.row.id}"] = ""

    with st.form(f"receipt.reversal.{sheet.row.id}", enter_to_submit=False, border=False):
        st.selectbox(
            _("Khoản cần đảo"),
            list(choices),
            format_func=choices.__getitem__,
            placeholder=_("Chọn…"),
            key=f"receipt.which.{sheet.row.id}",
        )
        st.text_input(_("Lý do"), key=f"receipt.reason.{sheet.row.id}", max_chars=why.MOST)
        st.form_submit_button(_("Đảo khoản này"), on_click=reverse)


def _withdrawal_form(user: User, row: PledgeRow) -> None:
    def withdraw() -> None:
        typed = st.session_state[f"withdrawal.units.{row.id}"].strip()
        reason = st.session_state[f"withdrawal.reason.{row.id}"]
        amount = (formats.parse_count(typed) or 0) if typed else None

        def command() -> str:
            done = pledges.withdraw(row.id, reason, user.username, units=amount, seen=row.version)
            return _("Đã hủy {units} của {code}.").format(units=units(row, done), code=row.code)

        if press(command):
            st.session_state.update(
                {f"withdrawal.units.{row.id}": "", f"withdrawal.reason.{row.id}": ""}
            )

    with st.form(f"withdrawal.form.{row.id}", enter_to_submit=False, border=False):
        number, reason = st.columns([1, 2])
        number.text_input(
            _("Số đồng") if row.binds is Binds.MONEY else _("Số suất"),
            key=f"withdrawal.units.{row.id}",
            placeholder=_("Tất cả: {n}").format(n=formats.number(row.free)),
            max_chars=15,
        )
        reason.text_input(_("Lý do"), key=f"withdrawal.reason.{row.id}", max_chars=why.MOST)
        st.caption(
            _("Chỉ hủy phần chưa đề xuất cho ai. Kinh phí đã nhận hoàn lại bằng cách đảo khoản.")
        )
        st.form_submit_button(
            _("Hủy phần chưa dùng (tối đa {units})").format(units=units(row, row.free)),
            on_click=withdraw,
        )
