"""Danh sách đã nộp: every list of one's communes, how far it is, and the files behind it."""

import streamlit as st

from components import screens
from components.frame import auth
from components.lists import history
from components.review import list_table
from components.ui import filters, markup, notices
from components.ui.i18n import _
from db import clock
from db.queries import places
from db.queries.lists import lists

user = auth.require(screens.LISTS)
history.go_to_reopened()
this_year = clock.today().year
head = st.container()
if "ds" in st.query_params:
    filters.only_those_in_address("xa", "nam")
where, when = st.columns([3, 1])
with where:
    communes = {"": _("Mọi xã, phường")} | places.communes(user.scope)
    commune = filters.choice("xa", _("Xã, phường"), communes, "")
with when:
    years = {str(each): str(each) for each in range(this_year, this_year - 4, -1)}
    year = int(filters.choice("nam", _("Năm"), years, str(this_year)))
with head:
    markup.page_head(
        _("Danh sách đã nộp"),
        _("{unit}. Năm {year}, mới nhất ở trên.").format(unit=user.unit, year=year),
    )
notices.show()
st.page_link(screens.UPLOAD.file, label=_("Nộp danh sách mới"), icon=":material/upload_file:")

rows = lists.of(user.scope, year, commune or None)
if not rows:
    markup.show(
        markup.note(
            "blue",
            _("Xã này chưa nộp danh sách nào trong năm {year}.").format(year=year)
            if commune
            else _("Chưa nộp danh sách nào trong năm {year}.").format(year=year),
            _("Chọn “Nộp danh sách mới” để bắt đầu."),
        )
    )
    st.stop()

chosen = list_table.choose(rows, st.query_params.get("ds"))
if chosen is not None:
    history.details(user, chosen, lists.uploads(user.scope, chosen.id))
