"""The end of every dialog: a button that acts, and one that leaves."""

from collections.abc import Callable

import streamlit as st

from components.ui import notices
from components.ui.actions import press

_DONE = "dialog.done"


def finish(
    verb: str, command: Callable[[], str], *, key: str, leave: tuple[str, str] | None = None
) -> None:
    """Draw the buttons; `leave` is (word, key). A click inside a dialog redraws only the dialog.

    So success closes it by a rerun of the page, which then tells what was done; a refusal is
    told here, with everything typed still in place. The command runs as a callback and reads
    what is typed at the click, not at the last drawing.
    """
    notices.show_refusal()
    with st.container(horizontal=True):
        acted = st.button(verb, type="primary", key=key, on_click=_act, args=(command,))
        left = leave is not None and st.button(leave[0], key=leave[1])
    if left or (acted and st.session_state.pop(_DONE, False)):
        st.rerun()


def _act(command: Callable[[], str]) -> None:
    st.session_state[_DONE] = press(command)
