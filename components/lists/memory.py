"""What is remembered of columns: shown, and forgotten at a click."""

from functools import partial

import streamlit as st

from components.lists import steps
from components.lists.words import field_word
from components.ui import markup
from components.ui.actions import press
from components.ui.formats import day
from components.ui.i18n import N_, _, _n
from db import clock
from db.commands.lists import column_memory, drafts
from db.commands.lists.column_memory import MemoryLine
from db.intake.tables.columns import OWN
from db.queries.admin.accounts import User

MOST_LINES = 100
_ORIGINS = {
    "own": N_("Của anh/chị"),
    "office": N_("Của đồng nghiệp"),
    "nation": N_("Nhiều nơi cùng khớp"),
}
_CHOSEN = "upload.forget"


def draw(user: User) -> None:
    lines = column_memory.of(user.username)
    if not lines:
        markup.show(
            markup.muted(
                _("Cột nào anh/chị khớp bằng tay sẽ được nhớ khi gửi, lần sau không phải khớp lại.")
            )
        )
        return
    title = _n("Cách khớp đã nhớ: {n} cột", len(lines)).format(n=len(lines))
    with st.expander(title):
        markup.show(
            markup.table(
                (_("Cột trong tệp"), _("Ứng với mục"), _("Ai đã khớp"), _("Từ ngày")),
                [_line(line) for line in lines[:MOST_LINES]],
            )
        )
        own = {line.header_key: line.header for line in lines if line.origin == OWN}
        if own:
            _forget(user, own)


def _line(line: MemoryLine) -> tuple[str, str, str, str]:
    origin = _(_ORIGINS[line.origin])
    return (
        line.header,
        field_word(line.field),
        origin if line.origin == OWN or not line.who else f"{origin}: {line.who}",
        day(clock.local_day(line.chosen_at)) if line.chosen_at else "",
    )


def _forget(user: User, own: dict[str, str]) -> None:
    """To change one, match the column again: the last choice is the one that is kept."""

    def forget() -> None:
        keys = [key for key in st.session_state[_CHOSEN] if key in own]
        if keys and press(partial(_done, keys)):
            st.session_state[_CHOSEN] = []
            steps.change(lambda seen: drafts.look_again(seen=seen, actor=user.username))

    def _done(keys: list[str]) -> str:
        column_memory.forget(keys, user.username)
        return _n("Đã quên {n} cột; tệp được khớp lại.", len(keys)).format(n=len(keys))

    st.multiselect(
        _("Cột muốn quên"),
        list(own),
        format_func=lambda key: own.get(key, key),
        placeholder=_("Chọn cột…"),
        key=_CHOSEN,
    )
    st.button(
        _("Quên các cột đã chọn"),
        disabled=not st.session_state.get(_CHOSEN),
        on_click=forget,
        key="upload.forget_now",
    )
