"""Nộp danh sách theo xã: four steps from a commune's file to a list at the province."""

import streamlit as st

from components import screens
from components.frame import auth
from components.lists import check, columns, file, fixes, proof, send, sending, steps
from components.ui import focus, markup, notices, words
from components.ui.i18n import _
from db import clock
from db.queries.lists import lists

user = auth.require(screens.UPLOAD)
year = clock.today().year
head = st.container(key=focus.CONTAINER)
if code := sending.arrived():
    steps.go(steps.FILE)
    st.query_params["ds"] = code

sent = st.query_params.get("ds")
unfinished = [] if sent else lists.drafts(user.account_id)
draft = steps.drawn(unfinished)
step = steps.current(draft)
checked = check.checked(user, draft) if draft else None
if checked and checked.verdict == "reject":
    step = steps.FILE
elif checked and checked.questions:
    step = min(step, steps.COLUMNS)

line = _("{unit}. Danh sách người có hoàn cảnh khó khăn").format(unit=user.unit)
if draft and step > steps.FILE:
    line = f"{line}, {words.place(draft.commune)}"
with head:
    markup.page_head(_("Nộp danh sách theo xã"), f"{line}, {year}.")
    notices.show()

if sent:
    proof.draw(user, lists.by_code(user.scope, sent))
    focus.move_if_asked()
    st.stop()

steps.show(step)
if draft is None or checked is None or step == steps.FILE:
    unreadable = (draft, checked) if draft and checked and checked.verdict == "reject" else None
    file.draw(user, unfinished, unreadable, year)
elif step == steps.COLUMNS:
    columns.draw(user, draft, checked)
elif step == steps.FIXES:
    fixes.draw(user, draft, checked)
else:
    send.draw(user, draft, checked, year)
focus.move_if_asked()
