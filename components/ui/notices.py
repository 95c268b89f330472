"""A message that survives the rerun after a callback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from components.ui.markup import plain

_KEY = "notice"


def leave(kind: Literal["done", "refused"], text: str | None) -> None:
    if text:
        st.session_state[_KEY] = (kind, text)


def left() -> str | None:
    """What waits to be told."""
    text: str | None = st.session_state.get(_KEY, (None, None))[1]
    return text


def show() -> None:
    """At the head of a page.

    Its place is kept without it: fields below that moved up would be drawn anew, and what is
    being typed in them lost.
    """
    place = st.empty()
    kind, text = st.session_state.get(_KEY, (None, ""))
    if kind == "done":
        place.success(plain(text), icon=":material/check_circle:")
    elif kind == "refused":
        place.error(plain(text), icon=":material/block:")


def show_refusal() -> None:
    """Inside a dialog: what was done is told by the page below, once the dialog is gone."""
    if st.session_state.get(_KEY, (None,))[0] == "refused":
        show()
        del st.session_state[_KEY]


@contextmanager
def read_once() -> Iterator[None]:
    """Around a page: its message is gone afterwards, unless the run was cut and nobody read it."""
    try:
        yield
    except RerunException:
        raise
    except BaseException:
        st.session_state.pop(_KEY, None)
        raise
    st.session_state.pop(_KEY, None)
