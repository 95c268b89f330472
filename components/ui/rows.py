"""Rows of a list: what, why now, how it stands, and at the right edge one verb."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.ui.markup import Html, show, work_row
from components.ui.style import on_phone


@contextmanager
def row(key: str, what: str, why: str | Html, standing: str | Html = "") -> Iterator[None]:
    """The text of one row; what is drawn inside is its verb."""
    with st.container(
        horizontal=not on_phone(), vertical_alignment="center", gap="small", key=f"row_{key}"
    ):
        show(work_row(what, why, standing))
        yield


def verb(label: str, key: str, *, primary: bool = False) -> bool:
    """The one button of a row."""
    return st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        width="stretch" if on_phone() else 190,
    )
