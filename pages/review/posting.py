"""Niêm yết: the list on the commune's board, what people say about it, and its end."""

import streamlit as st

from components import screens
from components.frame import auth
from components.review import choice, objections, posting_papers, posting_steps
from components.ui import formats, markup, notices
from components.ui.i18n import _, _n
from components.ui.words import place
from db import clock
from db.queries.review import postings, review
from db.rules.access import Action, may
from db.rules.states import ListState

user = auth.require(screens.POSTING)
code = st.query_params.get("ds")

if not code:
    markup.page_head(
        _("Niêm yết"), _("Danh sách đã rà soát và đang niêm yết, nộp trước xếp trước.")
    )
    notices.show()
    choice.choose(
        user,
        (ListState.REVIEWED, ListState.POSTED),
        lambda row: (
            _n("Niêm yết {n} người", row.people)
            if row.state is ListState.REVIEWED
            else _n("Xem {n} người", row.people)
        ).format(n=formats.number(row.people)),
        _("Không có danh sách nào cần niêm yết."),
    )
    st.stop()

row = review.list_by_code(user.scope, code)
posting = postings.of_list(user.scope, row.id)
markup.page_head(
    _("Niêm yết: {commune}, đợt {round}/{year}").format(
        commune=place(row.commune), round=row.round, year=row.year
    ),
    choice.line(row),
)
notices.show()
st.page_link(
    screens.REVIEW.file,
    label=_("Rà soát danh sách này"),
    icon=":material/fact_check:",
    query_params={"ds": row.code},
)

if posting is None and row.state is not ListState.REVIEWED:
    markup.show(markup.note("blue", _("Danh sách này chưa rà soát xong nên chưa niêm yết được.")))
    st.stop()

left, right = st.columns([5, 3], gap="large")
with left:
    mask = posting_papers.mask_choice()
with right:
    if posting is None:
        posting_steps.hang(user, row)
    else:
        posting_steps.days(posting)
        posting_steps.take_down(user, row, posting, due=clock.today() > posting.due_on)
        if may(user.role, Action.OPEN_POSTING):
            posting_papers.buttons(user, row, posting, mask)
        posting_steps.proof(user, posting)
with left:
    people = postings.masked_people(user.scope, row.id, mask)
    markup.show(
        markup.heading(
            _("Danh sách niêm yết (đã che)"),
            _n("{n} người", len(people)).format(n=formats.number(len(people))),
        )
    )
    posting_papers.preview(people)
    if posting is not None:
        objections.draw(user, posting, postings.nameable(user.scope, row.id))
