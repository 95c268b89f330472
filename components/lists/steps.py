"""The four steps of sending a list: where the clerk is, and moving on."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.ui import focus, markup
from components.ui.actions import carry_out
from components.ui.i18n import _
from db.commands.lists import drafts
from db.queries.admin.accounts import User
from db.queries.lists.lists import Draft
from db.rules.drafts import DraftSeen

FILE, COLUMNS, FIXES, SEND = 1, 2, 3, 4
_SEEN = "upload.seen"
_OF_ONE_STEP = ("upload.fixes", "upload.typed", "upload.grid")


def drawn(drafts: Sequence[Draft]) -> Draft | None:
    """The unfinished upload that this tab works on: the one in its address, or the only one."""
    asked = st.query_params.get("tep")
    if asked is None and len(drafts) == 1:
        return drafts[0]
    return next((draft for draft in drafts if str(draft.seen.id) == asked), None)


def current(draft: Draft | None) -> int:
    """The step that the address asks for; without a file there is only the first."""
    if draft is None:
        for key in ("buoc", "tep"):
            st.query_params.pop(key, None)
        return FILE
    before: DraftSeen | None = st.session_state.get(_SEEN)
    if before is not None and before.id != draft.seen.id:
        _forget_the_step()
    st.session_state[_SEEN] = draft.seen
    st.query_params["tep"] = str(draft.seen.id)
    asked = st.query_params.get("buoc", "1")
    return int(asked) if asked in ("2", "3", "4") else FILE


def show(step: int) -> None:
    labels = (_("Chọn tệp"), _("Khớp cột"), _("Sửa lỗi"), _("Kiểm tra và gửi"))
    markup.show(markup.steps(step, labels))


def go(step: int, draft_id: int | None = None, commune_code: str | None = None) -> None:
    """Callback: move to a step, at its head; what a step keeps in the session starts afresh."""
    focus.ask()
    _forget_the_step()
    for key in ("ds", "buoc", *(("tep",) if step == FILE else ())):
        st.query_params.pop(key, None)
    if step != FILE:
        st.query_params["buoc"] = str(step)
    if draft_id is not None:
        st.query_params["tep"] = str(draft_id)
    if commune_code is not None:
        st.query_params["xa"] = commune_code


def moment(draft: Draft) -> str:
    """Part of the keys of widgets: after every change they are new, as their rows may move."""
    return f"{draft.seen.id}.{draft.seen.at:%H%M%S%f}"


def change(command: Callable[[DraftSeen], DraftSeen]) -> bool:
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


def _forget_the_step() -> None:
    for key in _OF_ONE_STEP:
        st.session_state.pop(key, None)
