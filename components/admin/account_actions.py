"""One account: change it, give it a new password, let it in, shut it out."""

from collections.abc import Callable

import streamlit as st

from components.admin import account_form
from components.ui import markup
from components.ui.actions import press
from components.ui.i18n import _
from db.commands.admin import accounts as commands
from db.queries.admin.accounts import AccountRow, User

NEW_PASSWORD = "accounts.new_password"  # noqa: S105 - a key of the session, not a secret
"""(username, first password), shown once by the page."""
_CHANGED = "accounts.changed"


def draw(user: User, row: AccountRow) -> None:
    with st.container(border=True):
        st.subheader(markup.plain(row.full_name), anchor=False)
        key = f"accounts.{row.id}"
        st.session_state[_CHANGED] = account_form.draw(key, user.scope, row)
        with st.container(horizontal=True):
            for key, label, command in _actions(user, row):
                st.button(
                    label,
                    type="primary" if key == "save" else "secondary",
                    on_click=_press,
                    args=(command,),
                    key=key,
                )


def _press(command: Callable[[], str]) -> None:
    press(command)


def _actions(user: User, row: AccountRow) -> list[tuple[str, str, Callable[[], str]]]:
    def save() -> str:
        commands.change(row.id, st.session_state[_CHANGED], user.username)
        return _("Đã lưu tài khoản {who}.").format(who=row.username)

    def reset() -> str:
        password = commands.reset_password(row.id, user.username)
        st.session_state[NEW_PASSWORD] = (row.username, password)
        return _("Đã đặt lại mật khẩu của {who}.").format(who=row.username)

    def unlock() -> str:
        commands.unlock(row.username, user.username)
        return _("{who} đăng nhập lại được ngay.").format(who=row.username)

    def end() -> str:
        commands.end_sessions(row.id, user.username)
        return _("Đã kết thúc mọi phiên làm việc của {who}.").format(who=row.username)

    def switch() -> str:
        commands.set_active(row.id, not row.is_active, user.username)
        said = _("Đã khóa tài khoản {who}.") if row.is_active else _("Đã mở tài khoản {who}.")
        return said.format(who=row.username)

    switched = _("Khóa tài khoản") if row.is_active else _("Mở khóa tài khoản")
    return [
        ("save", _("Lưu thay đổi"), save),
        ("reset", _("Đặt lại mật khẩu"), reset),
        *([("unlock", _("Mở khóa đăng nhập"), unlock)] if row.locked else []),
        ("end", _("Kết thúc mọi phiên"), end),
        ("switch", switched, switch),
    ]
