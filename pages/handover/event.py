"""Lễ trao tặng: one hand-over from its plan to confirmed minutes."""

import streamlit as st

from components import screens
from components.frame import auth
from components.handover import events as event_list
from components.handover import record, steps, words
from components.ui import changed, notices
from components.ui.i18n import _
from components.ui.markup import heading, join, page_head, show
from components.ui.words import place
from db import clock
from db.queries.handover import events
from db.rules.access import Action, may
from db.rules.states import EventState

user = auth.require(screens.EVENT)
code = st.query_params.get("tt")
if code is None:
    page_head(_("Lễ trao tặng"), _("Chọn một lễ trao để xem hoặc ghi kết quả."))
    event_list.events(events.listed(user.scope)[0], clock.today())
    st.stop()

event = events.one(user.scope, code)
row = event.row
title = _("Trao {items} tại {commune}").format(items=words.items(row), commune=place(row.commune))
page_head(title, join([row.code, words.state_tag(row)], " "))
notices.show()
changed.tell(user, "Event", row.id, row.version)
st.page_link(screens.HANDOVER.file, label=_("Về lịch trao tặng"), icon=":material/arrow_back:")

left, right = st.columns([1.4, 1], gap="large")
with right:
    with st.container(border=True, gap="xsmall"):
        show(heading(_("Kế hoạch và kết quả")))
        steps.summary(event)
        steps.before(user, event)
    if row.state is not EventState.CANCELLED and may(user.role, Action.EXPORT_MINUTES):
        with st.container(border=True, gap="xsmall"):
            steps.paper(user, event)
with left:
    steps.minutes(user, event)
    recordable = row.state in (EventState.CONFIRMED, EventState.HELD)
    if recordable and may(user.role, Action.RECORD_OUTCOME):
        record.record(user, event, clock.today())
    else:
        steps.people(event)
