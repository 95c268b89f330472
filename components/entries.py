"""A short list to choose from, page by page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.screens import Screen
from components.ui import rows
from components.ui.i18n import _n
from components.ui.markup import Html, muted, show, work_row

PAGE = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One record; `code` stands in the address of the screen the link opens."""

    code: str
    what: str
    why: str | Html
    tag: Html
    verb: str


def entries(shown: Sequence[Entry], screen: Screen, parameter: str) -> None:
    """The rows, each with the button that opens its record."""
    with st.container(gap=None):
        for one in shown:
            key = f"{screen.url_path}.open.{one.code}"
            with rows.row(key, one.what, one.why, one.tag):
                pressed = rows.verb(one.verb, key)
            if pressed:
                st.switch_page(screen.file, query_params={parameter: one.code})


def empty(what: str, then: str) -> None:
    """Nothing to choose from, and what to do instead."""
    show(work_row(what, then))


def first_row(key: str) -> int:
    """How many rows stand before the page that the pager below the list shows."""
    return (int(st.session_state.get(key, 1)) - 1) * PAGE


def pager(key: str, count: int) -> None:
    """Pages below a list that is longer than one; a list that shrank goes back to its last."""
    pages = max(math.ceil(count / PAGE), 1)
    if int(st.session_state.get(key, 1)) > pages:
        st.session_state[key] = pages
        st.rerun()
    if pages > 1:
        show(muted(_n("{n} mục, {page} mục mỗi trang.", count).format(n=count, page=PAGE)))
        st.pagination(pages, key=key)
