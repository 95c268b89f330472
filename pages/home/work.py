"""Việc cần làm: what needs my action today, from the states of the records."""

import streamlit as st

from components import auth, notices, reads, screens, work_queue, work_side
from components.i18n import _
from components.markup import page_head
from components.style import on_phone

user = auth.require(screens.WORK)
now = reads.as_of()
groups = reads.tasks(user, now)
page_head(_("Việc cần làm"), work_queue.head_line(user.unit, groups, now.today))
notices.show()

queue_at, side_at = (
    (st.container(), st.container()) if on_phone() else st.columns([2.1, 1], gap="large")
)
with queue_at:
    only = work_queue.choose_group(groups)
    work_queue.draw(groups, only, now.today)
with side_at:
    work_side.draw(user, now)
