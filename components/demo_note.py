"""What the demo shows about itself: its accounts on the sign-in page, a badge on every screen."""

import streamlit as st

from components.i18n import _
from components.markup import plain
from db.commands.setup import database_kind
from db.queries import demo_accounts


def loaded() -> bool:
    """Whether this database holds invented data."""
    return database_kind() == "demo"


def show_accounts() -> None:
    if not loaded():
        return
    st.caption(_("Dữ liệu giả lập. Tài khoản dùng thử, cùng một mật khẩu:"))
    st.table(
        {
            _("Tên đăng nhập"): [each.username for each in demo_accounts.listed()],
            _("Vai trò"): [plain(each.what) for each in demo_accounts.listed()],
            _("Mật khẩu"): [demo_accounts.PASSWORD for _each in demo_accounts.listed()],
        },
        hide_index=True,
    )
