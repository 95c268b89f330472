"""Putting the cursor back into the first field after a form was saved."""

import streamlit as st

from components.markup import Html

CONTAINER = "first_field"
"""Key of the container that holds the field."""

_DUE = "focus.due"
SCRIPT = f"document.querySelector('.st-key-{CONTAINER} input')?.focus()"
"""Allowed by its hash in the content security policy, so its text never varies."""


def ask_for_first_field() -> None:
    """Callback's part: the next run moves the cursor."""
    st.session_state[_DUE] = True


def move_if_asked() -> None:
    """Once and not again: a script that stayed would take the cursor away while typing."""
    if st.session_state.pop(_DUE, False):
        st.html(Html(f"<script>{SCRIPT}</script>"), unsafe_allow_javascript=True)
