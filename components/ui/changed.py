"""Telling a window that somebody else changed the record it shows."""

import streamlit as st

from components.ui import formats, words
from components.ui.i18n import _
from components.ui.markup import fill, note
from db.queries.admin import trace
from db.queries.admin.accounts import User


def tell(user: User, kind: str, identity: int, version: int) -> None:
    """Once, when the record is no longer as this window drew it last, and not by its own user.

    A button that opens a dialog, or that is gone by now, has no refusal to tell it.
    """
    place = st.empty()
    key = f"changed.{kind}.{identity}"
    seen = st.session_state.get(key, version)
    line = trace.last_of(kind, identity) if seen != version else None
    if line is not None and line.actor != user.username:
        place.html(
            note(
                "amber",
                _("{who} vừa sửa hồ sơ này lúc {at}.").format(
                    who=line.actor_name, at=formats.day_time(line.at)
                ),
                fill(
                    _("Nay ở trạng thái “{state}”; trang đang hiện bản mới."),
                    state=words.known(line.to_state or "", kind),
                )
                if line.to_state
                else _("Trang đang hiện bản mới."),
            )
        )
    st.session_state[key] = version
