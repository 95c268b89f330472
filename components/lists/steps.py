"""The four steps of sending a list: where the clerk is, and moving on."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from components.ui import focus, markup
from components.ui.actions import carry_out
from components.ui.i18n import _
from db.commands.lists import drafts
from db.queries.admin.accounts import User
from db.queries.lists.lists import Draft

FILE, COLUMNS, FIXES, SEND = 1, 2, 3, 4
_SEEN = "upload.seen"
_OF_ONE_STEP = ("upload.fixes", "upload.typed", "upload.grid")


def current(draft: Draft | None) -> int:
    """The step that the address asks for; without a file there is only the first."""
    if draft is None:
        return FILE
    st.session_state[_SEEN] = draft.seen
    asked = st.query_params.get("buoc", "1")
    return int(asked) if asked in ("2", "3", "4") else FILE


def show(step: int) -> None:
    labels = (_("Chọn tệp"), _("Khớp cột"), _("Sửa lỗi"), _("Kiểm tra và gửi"))
    markup.show(markup.steps(step, labels))


def go(step: int, commune_code: str | None = None) -> None:
    """Callback: move to a step, at its head; what a step keeps in the session starts afresh."""
    focus.ask()
    for key in _OF_ONE_STEP:
        st.session_state.pop(key, None)
    st.query_params.pop("ds", None)
    if step == FILE:
        st.query_params.pop("buoc", None)
    else:
        st.query_params["buoc"] = str(step)
    if commune_code is not None:
        st.query_params["xa"] = commune_code


def change(command: Callable[[datetime], datetime]) -> bool:
    """Change the draft as last seen here; False if it was refused.

    What was seen moves on at once: the next edit may come before this one is drawn.
    """

    def run() -> None:
        st.session_state[_SEEN] = command(st.session_state[_SEEN])

    return carry_out(run)


def ask_again_button(user: User) -> None:
    """The way back from an answer about the file: every question is put once more."""

    def forget() -> None:
        if change(lambda seen: drafts.forget_answers(seen=seen, actor=user.username)):
            go(COLUMNS)

    st.button(
        _("Trả lời lại câu hỏi về tệp"),
        type="tertiary",
        on_click=forget,
        key="upload.ask_again",
    )
