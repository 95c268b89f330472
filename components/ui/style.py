"""Colours, sizes and the one style sheet of the screens."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from components.ui.i18n import language
from db.rules.pace import Status

INK = "#17222E"
INK_2 = "#46535F"
LINE = "#C9D2DA"
TRACK = "#E3E8ED"
PRIMARY = "#0B5A7A"
BLUE = "#2F8AAE"
BRICK = "#9B2C1B"
LAST_YEAR = "#7B8794"
SELECTED_BAND = "#FBF3D6"
FONT = "Noto Sans VN, Noto Sans, sans-serif"
LARGE_TEXT = 1.16


@dataclass(frozen=True, slots=True)
class StatusColours:
    """One status as a bar, and as a tile with its text."""

    bar: str
    tile: str
    tile_text: str


_NOT_JUDGED = StatusColours(LAST_YEAR, "#EDF0F3", INK_2)
STATUS_COLOURS = {
    Status.REACHED: StatusColours(PRIMARY, PRIMARY, "#FFFFFF"),
    Status.ON_PACE: StatusColours(BLUE, "#DCECF3", "#0A3547"),
    Status.BEHIND: StatusColours("#C26A0A", "#EFBB78", "#4A2A05"),
    Status.FAR_BEHIND: StatusColours(BRICK, BRICK, "#FFFFFF"),
    Status.NO_GOAL: _NOT_JUDGED,
    Status.TOO_SMALL: _NOT_JUDGED,
}


def page_css() -> str:
    """The style sheet for `st.html`, in this session's language and text size."""
    sheets = ["page.css", "framework.css", f"framework.{language()}.css"]
    return _sheet((*sheets, "large.css") if large_text() else tuple(sheets))


def large_text() -> bool:
    """Whether this session asked for “Chữ lớn”."""
    return bool(st.session_state.get("large_text", False))


def on_phone() -> bool:
    """Whether the browser says it is a phone; the server cannot see the width."""
    return "Mobile" in str(st.context.headers.get("User-Agent", ""))


@lru_cache
def _sheet(names: tuple[str, ...]) -> str:
    folder = Path(__file__).parents[1] / "css"
    return "<style>" + "\n".join((folder / name).read_text("utf-8") for name in names) + "</style>"
