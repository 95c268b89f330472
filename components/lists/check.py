"""What checking a draft says, kept for as long as the draft stays as it is."""

from datetime import date, datetime

import streamlit as st

from components.ui.i18n import _
from db import clock
from db.commands.lists import draft_check
from db.intake.told.checked import CheckedList
from db.queries import places
from db.queries.admin.accounts import User
from db.queries.lists.lists import Draft


def checked(user: User, draft: Draft) -> CheckedList:
    """The draft's file checked with everything decided on the screen so far."""
    communes = frozenset(places.communes(user.scope))
    with st.spinner(_("Đang kiểm tra tệp…")):
        return _checked(user.username, draft.seen, clock.today(), communes)


# A resource and not data: thousands of frozen rows need no copy at every rerun. The moment of the
# draft's last change and its owner are in the key, so nobody is handed anybody else's file.
@st.cache_resource(max_entries=16, ttl="30m", show_spinner=False)
def _checked(
    username: str,
    seen: tuple[int, datetime],
    today: date,  # noqa: ARG001 - part of the key
    communes: frozenset[str],  # noqa: ARG001 - part of the key
) -> CheckedList:
    return draft_check.check_draft(seen[0], username)
