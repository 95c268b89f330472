"""Đổi mật khẩu: one's own password; the first one must be changed."""

import streamlit as st

from components import screens
from components.frame import auth
from components.frame.tokens import visitor_here
from components.ui import markup, notices
from components.ui.i18n import _
from components.ui.messages import refusal
from db.commands.admin import accounts
from db.errors import Refused

user = auth.require(screens.PASSWORD)

markup.page_head(
    _("Đổi mật khẩu"),
    _("Từ 12 đến 72 ký tự không dấu. Sau khi đổi, mọi nơi đang đăng nhập đều phải đăng nhập lại."),
)
if user.must_change_password:
    markup.show(
        markup.note("amber", _("Đây là mật khẩu lần đầu."), _("Hãy đổi trước khi làm việc."))
    )
notices.show()


def change() -> None:
    old, new, again = (st.session_state[f"password.{name}"] for name in ("old", "new", "again"))
    if new != again:
        notices.leave("refused", refusal(Refused("password_repeat")))
        return
    try:
        accounts.change_own_password(old, new, user.username, visitor_here())
    except Refused as refused:
        notices.leave("refused", refusal(refused))
    else:
        auth.start_over(_("Đã đổi mật khẩu. Vui lòng đăng nhập bằng mật khẩu mới."))


with st.form("password", width=480, enter_to_submit=False):
    st.text_input(_("Mật khẩu hiện tại"), type="password", key="password.old")
    st.text_input(_("Mật khẩu mới"), type="password", key="password.new")
    st.text_input(_("Nhập lại mật khẩu mới"), type="password", key="password.again")
    st.form_submit_button(_("Đổi mật khẩu"), type="primary", on_click=change)
