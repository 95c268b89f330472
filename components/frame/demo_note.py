"""What the demo shows about itself: its accounts, on the sign-in page."""

import streamlit as st

from components.ui import markup
from components.ui.i18n import _
from components.ui.words import word
from db.commands.admin.setup import database_kind
from db.queries.admin import demo_accounts
from db.rules.passwords import DEMO_PASSWORD


def loaded() -> bool:
    """Whether this database holds invented data."""
    return database_kind() == "demo"


def show_accounts() -> None:
    if not loaded():
        return
    with st.container(key="demo_accounts"):
        markup.show(
            markup.note(
                "blue",
                _("Dữ liệu giả lập."),
                markup.fill(
                    _("Mật khẩu của mọi tài khoản dùng thử: {password}"),
                    password=markup.bold(DEMO_PASSWORD),
                ),
            )
        )
        markup.show(
            markup.table(
                [_("Tên đăng nhập"), _("Vai trò"), _("Đơn vị")],
                [
                    [markup.bold(username), word(role), unit or _("Cả nước")]
                    for username, role, unit in demo_accounts.listed()[: markup.MOST_ROWS]
                ],
            )
        )
