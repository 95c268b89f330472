"""A long form that survives a reload, a look at another screen, and the end of a sign-in.

Its fields send what was typed as it is left, and every change is kept with the account.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from components.ui import markup
from components.ui.formats import day_time
from components.ui.i18n import _
from db.commands.admin import kept_forms as commands
from db.queries.admin import kept_forms
from db.queries.admin.accounts import User

_DAY = "day"


def restore(user: User, form: str, fields: Mapping[str, str]) -> None:
    """Before the fields are drawn: put in what was typed, if this session does not know it.

    `fields` tells the key of each field's widget.
    """
    if any(key in st.session_state for key in fields.values()):
        return
    for name, value in _kept(user, form).items():
        if name in fields:
            st.session_state[fields[name]] = _read(value)


def table(user: User, form: str, key: str) -> dict[str, Any]:
    """What a table begins with, {cell: text}: whatever was kept when `key` was first drawn."""
    if key not in st.session_state:
        st.session_state[_table(form)] = _kept(user, form)
    content: dict[str, Any] = st.session_state.get(_table(form)) or {}
    return content


def keep_table(user: User, form: str, cells: Mapping[str, Any]) -> None:
    """Callback of the table: all that stands in it now."""
    commands.keep(form, cells, user.username)


def tell(form: str, empty: Callable[[], None]) -> None:
    """Say that what stands here was typed before, with the way to an empty form."""
    at = st.session_state.get(_told(form))
    if at is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        markup.show(markup.muted(_("Đã mở lại phần nhập dở lúc {at}.").format(at=day_time(at))))
        st.button(_("Xóa, nhập mới"), type="tertiary", on_click=empty, key=f"{form}.empty")


def keep(user: User, form: str, fields: Mapping[str, str], **more: Any) -> None:
    """Callback of every field; `more` is kept as it is."""
    state = st.session_state
    content = {name: _write(state[key]) for name, key in fields.items() if key in state}
    commands.keep(form, content | more, user.username)


def drop(user: User, form: str) -> None:
    """The form was sent or emptied."""
    st.session_state[_told(form)] = st.session_state[_table(form)] = None
    commands.drop(form, user.username)


def _kept(user: User, form: str) -> dict[str, Any]:
    kept = kept_forms.kept(user.account_id, form)
    st.session_state[_told(form)] = kept.updated_at if kept else None
    return kept.content if kept else {}


def _table(form: str) -> str:
    return f"{form}.kept_table"


def _told(form: str) -> str:
    return f"{form}.kept_at"


def _write(value: Any) -> Any:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    return list(value) if isinstance(value, list | tuple | set) else value


def _read(value: Any) -> Any:
    return date.fromisoformat(value[_DAY]) if isinstance(value, dict) else value
