"""Trao tặng: who waits for a hand-over, which are planned, and planning one."""

import math

import streamlit as st

from components import screens
from components.frame import auth
from components.handover import events as event_list
from components.handover import form
from components.ui import notices
from components.ui.i18n import _
from components.ui.markup import fill, heading, page_head, show
from db import clock
from db.queries.handover import events, waiting
from db.rules.access import Action, may

user = auth.require(screens.HANDOVER)
today = clock.today()
page_head(_("Trao tặng"), fill(_("{unit}. Chỉ biên bản đã xác nhận mới tính."), unit=user.unit))
notices.show()

pledge_code, commune_code = st.query_params.get("ht"), st.query_params.get("xa")
plans = may(user.role, Action.PROPOSE_EVENT)
rows = waiting.waiting(user.scope, pledge_code)
asked = [row for row in rows if pledge_code and commune_code in (None, row.commune_code)]
if plans and len(asked) == 1:
    people = waiting.people_waiting(user.scope, asked[0].pledge_id, asked[0].commune_code)
    form.plan(user, asked[0], people)
else:
    line = _("Đã cấp, chưa có lịch trao; hạn gần nhất ở trên.")
    show(heading(_("Chờ lập lịch"), line=line))
    event_list.waiting(rows, today, form.start if plans else None)
    event_list.unwilling(waiting.unwilling(user.scope))
    if pledge_code:
        st.button(_("Xem mọi đăng ký"), on_click=form.close, key="events.all")

show(heading(_("Lịch trao tặng")))
states = event_list.choose_states()
page = int(st.session_state.get("events.page", 1))
listed, count = events.listed(
    user.scope, states, limit=event_list.PAGE, offset=(page - 1) * event_list.PAGE
)
event_list.events(listed, today)
if count > event_list.PAGE:
    st.pagination(math.ceil(count / event_list.PAGE), key="events.page")
