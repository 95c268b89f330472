"""Lễ trao tặng: one hand-over from its plan to confirmed minutes."""

import streamlit as st

from components import (
    auth,
    changed,
    event_list,
    event_record,
    event_steps,
    event_words,
    notices,
    screens,
)
from components.i18n import _
from components.markup import heading, join, page_head, show
from components.words import place
from db import clock
from db.queries import events
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
title = _("Trao {items} tại {commune}").format(
    items=event_words.items(row), commune=place(row.commune)
)
page_head(title, join([row.code, event_words.state_tag(row)], " "))
notices.show()
changed.tell(user, "Event", row.id, row.version)
st.page_link(screens.HANDOVER.file, label=_("Về lịch trao tặng"), icon=":material/arrow_back:")

left, right = st.columns([1.4, 1], gap="large")
with right:
    with st.container(border=True, gap="xsmall"):
        show(heading(_("Kế hoạch và kết quả")))
        event_steps.summary(event)
        event_steps.before(user, event)
    if row.state is not EventState.CANCELLED and may(user.role, Action.EXPORT_MINUTES):
        with st.container(border=True, gap="xsmall"):
            event_steps.paper(user, event)
with left:
    event_steps.minutes(user, event)
    recordable = row.state in (EventState.CONFIRMED, EventState.HELD)
    if recordable and may(user.role, Action.RECORD_OUTCOME):
        event_record.record(user, event, clock.today())
    else:
        event_steps.people(event)
