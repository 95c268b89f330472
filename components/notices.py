"""A message that survives the rerun after a callback."""

from typing import Literal

import streamlit as st

from components.markup import plain

_KEY = "notice"


def leave(kind: Literal["done", "refused"], text: str) -> None:
    st.session_state[_KEY] = (kind, text)


def show() -> None:
    """Once, at the head of a page."""
    kind, text = st.session_state.pop(_KEY, (None, ""))
    if kind == "done":
        st.success(plain(text), icon=":material/check_circle:")
    elif kind == "refused":
        st.error(plain(text), icon=":material/block:")


def show_refusal() -> None:
    """Inside a dialog: what was done is told by the page below, once the dialog is gone."""
    if st.session_state.get(_KEY, (None,))[0] == "refused":
        show()
