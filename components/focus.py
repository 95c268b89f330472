"""Putting the cursor back into the first field after a form was saved."""

import streamlit as st

from components.markup import Html

CONTAINER = "first_field"
"""Key of the container that holds the field."""

SCRIPT = f"document.querySelector('.st-key-{CONTAINER} input')?.focus()"
"""Allowed by its hash in the content security policy, so its text never varies."""


def return_to_first_field(times: int) -> None:
    """Move the cursor; runs once for each new value of `times`, from 1 on."""
    if times:
        st.html(
            Html(f"<i data-times='{times:d}'></i><script>{SCRIPT}</script>"),
            unsafe_allow_javascript=True,
        )
