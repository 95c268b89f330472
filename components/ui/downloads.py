"""Buttons that hand out a file, made when they are pressed and not before."""

from collections.abc import Callable
from typing import Any

import streamlit as st

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def office_file(
    label: str, made: Callable[[], bytes], file_name: str, *, key: str, **button: Any
) -> None:
    """A Word or Excel file, told by the end of its name."""
    st.download_button(
        label,
        made,
        file_name=file_name,
        mime=TYPES[file_name.rsplit(".", 1)[1]],
        icon=":material/download:",
        on_click="ignore",
        key=key,
        **button,
    )
