"""Tài khoản: who works here, as what, and whether they may still come in."""

import streamlit as st

from components import screens
from components.admin import account_actions, account_form
from components.frame import auth
from components.ui import formats, markup, notices
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.words import word
from db.commands.admin import accounts as commands
from db.queries.admin import accounts

user = auth.require(screens.ACCOUNTS)

rows = accounts.everyone(user.scope)
markup.page_head(
    _("Tài khoản"),
    _n("{n} tài khoản", len(rows)).format(n=formats.number(len(rows))),
)
notices.show()
if secret := st.session_state.pop(account_actions.NEW_PASSWORD, None):
    who, password = secret
    markup.show(
        markup.note(
            "amber",
            markup.fill(_("Mật khẩu lần đầu của {who}:"), who=who),
            markup.fill(
                _("{password} Chỉ hiện một lần; hãy chép lại và trao tận tay."),
                password=markup.bold(password),
            ),
        )
    )


def create() -> None:
    new = st.session_state["accounts.draft"]

    def command() -> str:
        password = commands.create(new, user.username)
        st.session_state[account_actions.NEW_PASSWORD] = (new.username, password)
        return _("Đã tạo tài khoản {who}.").format(who=new.username)

    if press(command):
        st.session_state["accounts.new.username"] = ""
        st.session_state["accounts.new.full_name"] = ""


with st.expander(_("Thêm tài khoản"), icon=":material/person_add:"):
    st.session_state["accounts.draft"] = account_form.draw("accounts.new", user.scope, None)
    st.button(_("Tạo tài khoản"), type="primary", on_click=create, key="accounts.create")

wanted = st.text_input(
    _("Tìm theo tên, tên đăng nhập hoặc đơn vị"),
    key="accounts.search",
    type="search",
    placeholder="nghean",
).casefold()
shown = [row for row in rows if wanted in f"{row.username} {row.full_name} {row.unit}".casefold()]
picked = st.dataframe(
    {
        _("Tên đăng nhập"): [row.username for row in shown],
        _("Họ và tên"): [row.full_name for row in shown],
        _("Vai trò"): [word(row.role) for row in shown],
        _("Đơn vị"): [row.unit for row in shown],
        _("Tình trạng"): [
            _("Đã khóa")
            if not row.is_active
            else _("Tạm khóa do sai mật khẩu")
            if row.locked
            else _("Chưa đổi mật khẩu lần đầu")
            if row.must_change_password
            else _("Đang dùng")
            for row in shown
        ],
        _("Đăng nhập gần nhất"): [
            formats.day_time(row.last_sign_in) if row.last_sign_in else "" for row in shown
        ],
    },
    hide_index=True,
    on_select="rerun",
    selection_mode="single-row",
    key="accounts.table",
    alt=_("Danh sách tài khoản"),
)
if not picked.selection.rows:
    st.caption(_("Chọn một dòng để sửa, khóa, đặt lại mật khẩu."))
    st.stop()

account_actions.draw(user, shown[picked.selection.rows[0]])
