"""Choosing a list where the address does not name one."""

import math
from collections.abc import Callable, Collection

import streamlit as st

from components.screens import WORK
from components.ui import formats, markup, rows
from components.ui.i18n import _, _n
from components.ui.style import on_phone
from components.ui.words import tone, word
from db.queries.admin.accounts import User
from db.queries.review import review
from db.queries.review.review import ListInReview
from db.rules.access import Action, may
from db.rules.states import ListState

_PER_PAGE = 20


def choose(
    user: User,
    states: Collection[ListState],
    verb: Callable[[ListInReview], str],
    empty: str,
    *,
    to_check: bool = False,
) -> None:
    """Draw the lists in these states, longest waiting first, each with one verb."""
    page = int(st.session_state.get("lists.page") or 1)
    lists, total = review.lists(
        user.scope, states, to_check=to_check, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE
    )
    if not lists:
        markup.show(markup.note("green", empty))
        if may(user.role, Action.SEE_WORK):
            st.page_link(WORK.file, label=_("Về việc cần làm"), icon=":material/inbox:")
        return
    with st.container(gap=None):
        for one in lists:
            state = markup.tag(word(one.state), tone(one.state))
            with rows.row(f"list_{one.code}", title(one), _line(one), state):
                st.button(
                    markup.plain(verb(one)),
                    key=f"lists.open.{one.code}",
                    on_click=_open,
                    args=(one.code,),
                    width="stretch" if on_phone() else 190,
                )
    if total > _PER_PAGE:
        st.pagination(math.ceil(total / _PER_PAGE), key="lists.page")


def title(row: ListInReview) -> str:
    """Commune, round and code of a list."""
    return _("{commune}, đợt {round}/{year} · {code}").format(
        commune=row.commune, round=row.round, year=row.year, code=row.code
    )


def line(row: ListInReview) -> markup.Html:
    """What one must know of a list under its title."""
    return markup.join(
        (
            markup.fill(
                _("{code}, {benefit}, {people} người, {office}."),
                code=row.code,
                benefit=word(row.benefit),
                people=formats.number(row.people),
                office=row.office or _("chưa có BHXH cơ sở phụ trách"),
            ),
            " ",
            markup.tag(word(row.state), tone(row.state)),
        )
    )


def close() -> None:
    """Back to the lists to choose from, as a callback."""
    st.query_params.pop("ds", None)


def _open(code: str) -> None:
    st.query_params["ds"] = code


def _line(row: ListInReview) -> str:
    parts = [_n("{people} người", row.people).format(people=formats.number(row.people))]
    if row.pairs:
        parts += [", ", _n("{n} cặp nghi trùng", row.pairs).format(n=formats.number(row.pairs))]
    if row.submitted_at:
        parts += [", ", _("nộp {day}").format(day=formats.day(row.submitted_at))]
    return "".join(parts)
