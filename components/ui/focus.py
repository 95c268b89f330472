"""Putting the cursor where work goes on: the first field of a saved form, or the page's head."""

import streamlit as st

from components.ui.markup import Html

CONTAINER = "first_field"
"""Key of the container that holds the field; without a field it is reached itself."""

SCRIPT = (
    "setTimeout(() => {"
    " const times = document.querySelector('i[data-times]')?.dataset.times;"
    " if (!times || times === window.chungTayFocused) return;"
    " window.chungTayFocused = times;"
    f" const place = document.querySelector('.st-key-{CONTAINER}');"
    " if (!place) return;"
    " place.tabIndex = -1;"
    " (place.querySelector('input') ?? place).focus();"
    " }, 50)"
)
"""Allowed by its hash in the content security policy, so its text never varies.

A redrawing may run it once more: the number of the asking tells that it was answered."""

_DUE, _TIMES = "focus.due", "focus.times"


def ask() -> None:
    """The callback's part: the next run moves the cursor."""
    st.session_state[_DUE] = True
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


def move_if_asked() -> None:
    """Once and not again: a script that stayed would take the cursor away while typing."""
    if st.session_state.pop(_DUE, False):
        mark = f"<i data-times='{st.session_state[_TIMES]:d}'></i>"  # the same text never reruns
        st.html(Html(f"{mark}<script>{SCRIPT}</script>"), unsafe_allow_javascript=True)
