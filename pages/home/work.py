"""Việc cần làm: what needs my action today, from the states of the records."""

import streamlit as st

from components import reads, screens
from components.frame import auth
from components.home import queue, side
from components.ui import notices
from components.ui.i18n import _
from components.ui.markup import page_head
from components.ui.style import on_phone

user = auth.require(screens.WORK)
now = reads.as_of()
groups = reads.tasks(user, now)
page_head(_("Việc cần làm"), queue.head_line(user.unit, groups, now.today))
notices.show()

queue_at, side_at = (
    (st.container(), st.container()) if on_phone() else st.columns([2.1, 1], gap="large")
)
with queue_at:
    only = queue.choose_group(groups)
    queue.draw(groups, only, now.today)
with side_at:
    side.draw(user, now)
