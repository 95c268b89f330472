"""Rà soát: who on a commune's list is eligible, with reasons; a list finished or returned."""

import streamlit as st

from components import screens
from components.frame import auth
from components.review import actions, choice
from components.review import table as review_table
from components.ui import changed, filters, formats, markup, notices
from components.ui.i18n import _, _n
from components.ui.words import place
from db.queries.review import review
from db.rules.access import Action, may
from db.rules.states import ListState

user = auth.require(screens.REVIEW)
reviews = may(user.role, Action.REVIEW_LIST)
code = st.query_params.get("ds")

if not code:
    markup.page_head(
        _("Rà soát danh sách"),
        _("Danh sách nộp trước xếp trước. Chọn một danh sách để xem từng người."),
    )
    notices.show()
    choice.choose(
        user,
        (ListState.SUBMITTED, ListState.RETURNED, ListState.REVIEWED, ListState.POSTED),
        lambda row: (
            _n("Rà soát {n} người", row.people)
            if reviews and row.state is ListState.SUBMITTED
            else _n("Xem {n} người", row.people)
        ).format(n=formats.number(row.people)),
        _("Không có danh sách nào đang chờ."),
        to_check=True,
    )
    st.stop()

row = review.list_by_code(user.scope, code)
markup.page_head(
    _("Rà soát: {commune}, đợt {round}/{year}").format(
        commune=place(row.commune), round=row.round, year=row.year
    ),
    choice.line(row),
)
notices.show()
changed.tell(user, "CommuneList", row.id, row.version)
if row.state is ListState.RETURNED:
    markup.show(markup.note("amber", _("Đã trả lại BHXH cơ sở."), row.reason))
actions.next_steps(user, row)

counts = review.group_counts(user.scope, row.id)
group = filters.choice(
    "nhom",
    _("Nhóm"),
    {
        name: f"{_(label)} ({formats.number(counts[name])})"
        for name, label in review_table.GROUP_WORDS.items()
    },
    "all",
    widget="pills",
    hide_label=True,
)
table, panel = st.columns([5, 2], gap="medium")
with table:
    ticked, asked = review_table.draw(user, row, group, counts[group])
with panel:
    review_table.why(user, row, asked)
actions.verdict_bar(user, ticked(), ticked)
st.button(
    _("Về các danh sách"),
    icon=":material/arrow_back:",
    type="tertiary",
    on_click=choice.close,
    key="lists.back",
)
