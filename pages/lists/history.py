"""Danh sách đã nộp: every list of one's communes, how far it is, and the files behind it."""

import streamlit as st

from components import auth, list_table, markup, notices, screens
from components.i18n import _
from db import clock
from db.queries import lists

user = auth.require(screens.LISTS)
year = clock.today().year

rows = lists.of(user.scope, year)
markup.page_head(
    _("Danh sách đã nộp"),
    _("{unit}. Năm {year}, mới nhất ở trên.").format(unit=user.unit, year=year),
)
notices.show()
st.page_link(screens.UPLOAD.file, label=_("Nộp danh sách mới"), icon=":material/upload_file:")

if not rows:
    markup.show(
        markup.note(
            "blue",
            _("Chưa nộp danh sách nào trong năm {year}.").format(year=year),
            _("Chọn “Nộp danh sách mới” để bắt đầu."),
        )
    )
    st.stop()

chosen = list_table.choose(rows, st.query_params.get("ds"))
if chosen is not None:
    list_table.details(user, chosen, lists.uploads(user.scope, chosen.id))
