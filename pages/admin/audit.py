"""Nhật ký thao tác: who did what to which record, and whether the chain is whole."""

import math

import streamlit as st

from components import screens
from components.admin import audit_words
from components.frame import auth
from components.ui import formats, markup, notices
from components.ui.i18n import _, _n
from db.queries.admin import trace

user = auth.require(screens.AUDIT)

PER_PAGE = 50
markup.page_head(
    _("Nhật ký thao tác"),
    _("Mỗi dòng mang mã băm của dòng trước; nhật ký chỉ thêm, không sửa, không xóa."),
)
notices.show()

with st.container(horizontal=True, vertical_alignment="bottom"):
    actor = st.text_input(_("Tên đăng nhập"), key="audit.actor")
    action = st.selectbox(
        _("Việc"),
        ["", *audit_words.AREAS],
        format_func=lambda area: audit_words.area(area) if area else _("Tất cả"),
        placeholder=_("Chọn…"),
        key="audit.area",
    )
    since = st.date_input(_("Từ ngày"), value=None, **formats.ANY_DAY, key="audit.since")
    until = st.date_input(_("Đến ngày"), value=None, **formats.ANY_DAY, key="audit.until")
    code = st.text_input(_("Mã hồ sơ"), key="audit.record", placeholder="DS-2026-NAN-0012")

record = trace.record_of(user.scope, code) if code.strip() else None
if code.strip() and record is None:
    markup.show(
        markup.note(
            "amber",
            _("Không có hồ sơ mang mã {code}.").format(code=code.strip()),
            _("Mã có dạng DS-…, HT-…, GH-… hoặc TT-…. Bảng dưới chưa lọc theo mã."),
        )
    )
page = st.session_state.get("audit.page", 1)
lines, count = trace.search(
    user.scope,
    actor=actor.strip() or None,
    action=action or None,
    since=since,
    until=until,
    record=record,
    limit=PER_PAGE,
    offset=(page - 1) * PER_PAGE,
)
pages = max(math.ceil(count / PER_PAGE), 1)
if page > pages:  # a narrower search has fewer pages than the one before
    st.session_state["audit.page"] = pages
    st.rerun()
codes = trace.codes(lines)
st.caption(_n("{n} dòng, mới nhất trước.", count).format(n=formats.number(count)))
st.dataframe(
    {
        _("Số"): [formats.number(line.id) for line in lines],
        _("Lúc"): [formats.day_time(line.at) for line in lines],
        _("Ai"): [line.actor_name for line in lines],
        _("Việc"): [audit_words.sentence(line) for line in lines],
        _("Hồ sơ"): [audit_words.record(line, codes.get(line.id, "")) for line in lines],
        _("Chi tiết"): [audit_words.details(line) for line in lines],
    },
    hide_index=True,
    alt=_("Nhật ký thao tác"),
)
if pages > 1:
    st.pagination(pages, key="audit.page")

if st.button(_("Kiểm tra toàn bộ chuỗi"), key="audit.verify", icon=":material/link:"):
    verdict = trace.verify()
    if verdict.whole:
        markup.show(
            markup.note(
                "green",
                _("Chuỗi nguyên vẹn."),
                _n("Đã tính lại {n} dòng.", verdict.entries).format(
                    n=formats.number(verdict.entries)
                ),
            )
        )
    else:
        markup.show(
            markup.note(
                "red",
                _("Chuỗi bị đứt."),
                audit_words.fault(verdict),
            )
        )
