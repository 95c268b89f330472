"""Nộp danh sách theo xã: four steps from a commune's file to a list at the province."""

import streamlit as st

from components import (
    auth,
    focus,
    markup,
    notices,
    screens,
    sending,
    upload_check,
    upload_columns,
    upload_file,
    upload_fixes,
    upload_proof,
    upload_send,
    upload_steps,
    words,
)
from components.i18n import _
from db import clock
from db.queries import lists

user = auth.require(screens.UPLOAD)
year = clock.today().year
head = st.container(key=focus.CONTAINER)
if code := sending.arrived():
    upload_steps.go(upload_steps.FILE)
    st.query_params["ds"] = code

sent = st.query_params.get("ds")
draft = None if sent else lists.draft(user.account_id)
step = upload_steps.current(draft)
checked = upload_check.checked(user, draft) if draft else None
if checked and checked.verdict == "reject":
    step = upload_steps.FILE
elif checked and checked.questions:
    step = min(step, upload_steps.COLUMNS)

line = _("{unit}. Danh sách người có hoàn cảnh khó khăn").format(unit=user.unit)
if draft and step > upload_steps.FILE:
    line = f"{line}, {words.place(draft.commune)}"
with head:
    markup.page_head(_("Nộp danh sách theo xã"), f"{line}, {year}.")
    notices.show()

if sent:
    upload_proof.draw(user, lists.by_code(user.scope, sent))
    focus.move_if_asked()
    st.stop()

upload_steps.show(step)
if draft is None or checked is None or step == upload_steps.FILE:
    rejected = checked if checked and checked.verdict == "reject" else None
    upload_file.draw(user, draft, rejected, year)
elif step == upload_steps.COLUMNS:
    upload_columns.draw(user, draft, checked)
elif step == upload_steps.FIXES:
    upload_fixes.draw(user, draft, checked)
else:
    upload_send.draw(user, draft, checked, year)
focus.move_if_asked()
