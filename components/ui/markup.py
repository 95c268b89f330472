"""Blocks of HTML: whatever is not `Html` already is escaped on the way in.

Text from people must never reach Markdown unescaped: `plain` is for labels and titles,
everything longer goes through `show`.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.ui.i18n import _

Tone = Literal["grey", "blue", "amber", "red", "green", "solid"]
NoteTone = Literal["red", "amber", "green", "blue"]
MOST_ROWS = 30
INVENTED = "frame.invented"
"""Key of the session: the frame notes there whether this database holds invented data."""
_MARKDOWN = re.compile(r"[\\`*_\[\]<>$~|&#]")
_LINE_START = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")
# Streamlit looks for these in the finished text too, where a backslash no longer helps.
_FOUND_LATER = re.compile(r"(?=://)|(?<=\bwww)(?=\.)|(?<=\w)(?=@\w)|(?<=:)(?=[^\W\d])")
_INVISIBLE_JOINER = "\u2060"


class Html(str):
    """Text that is HTML already: made here, never by people."""

    __slots__ = ()


def show(html: Html) -> None:
    """Draw a block; nothing if it is empty."""
    if html:
        st.html(html)


def plain(text: str) -> str:
    """Text as Markdown that shows exactly that text: no link, colour, picture or formula."""
    text = _FOUND_LATER.sub(_INVISIBLE_JOINER, " ".join(text.split()))
    text = _MARKDOWN.sub(r"\\\g<0>", text)
    return _LINE_START.sub(_start_escaped, text)


def html(value: object) -> Html:
    """Anything as HTML; only `Html` passes untouched."""
    return value if isinstance(value, Html) else Html(escape(str(value)))


def fill(template: str, **values: object) -> Html:
    """A translated sentence with its {places} filled; both are escaped."""
    return Html(escape(template).format(**{name: html(value) for name, value in values.items()}))


def join(parts: Iterable[object], between: str = "") -> Html:
    """Pieces in a row."""
    return Html(escape(between).join(html(part) for part in parts))


def bold(value: object) -> Html:
    """The words that carry the sentence."""
    return Html(f"<b>{html(value)}</b>")


def late(value: object) -> Html:
    """Words about something overdue or far behind."""
    return Html(f'<b class="ct-late">{html(value)}</b>')


def page_head(title: str, line: str | Html = "") -> None:
    """The title of a page, one line about it, and the badge where the data is invented."""
    with st.container(key="page_head", gap=None):
        st.title(plain(title), anchor=False)
        if line:
            show(muted(line))
        if st.session_state.get(INVENTED):
            show(Html(f'<span class="ct-demo">{html(_("Dữ liệu giả lập"))}</span>'))


def card() -> DeltaGenerator:
    """A bordered panel, as tall as its neighbours in a row of columns."""
    return st.container(border=True, height="stretch", gap="xsmall")


def heading(text: str, side: str | Html = "", *, line: str | Html = "") -> Html:
    """The title of a card or panel, something at its right, a small line below."""
    below = f'<p class="ct-line ct-small">{html(line)}</p>' if line else ""
    right = f'<span class="ct-side">{html(side)}</span>' if side else ""
    return Html(f'<div class="ct-head"><p class="ct-h">{html(text)}</p>{right}</div>{below}')


def muted(text: str | Html) -> Html:
    """A line in the second colour."""
    return Html(f'<p class="ct-line">{html(text)}</p>')


def tag(word: str, tone: Tone) -> Html:
    """A state word on its colour."""
    return Html(f'<span class="ct-tag ct-tag-{tone}">{html(word)}</span>')


def note(
    tone: NoteTone, lead: str, text: str | Html = "", points: Sequence[str | Html] = ()
) -> Html:
    """A message with a bar at its left: what happened in bold, then what to do."""
    role = "alert" if tone == "red" else "status"
    items = "".join(f"<li>{html(point)}</li>" for point in points)
    body = f" {html(text)}" if text else ""
    listed = f"<ul>{items}</ul>" if items else ""
    return Html(
        f'<div class="ct-note ct-note-{tone}" role="{role}">{bold(lead)}{body}{listed}</div>'
    )


def steps(current: int, labels: Sequence[str]) -> Html:
    """Where the reader is in a sequence; `current` counts from 1."""
    items = (
        f"<li{_step(index, current)}>{index}. {html(label)}</li>"
        for index, label in enumerate(labels, start=1)
    )
    return Html(f'<ol class="ct-steps">{"".join(items)}</ol>')


def facts(rows: Iterable[tuple[object, object]]) -> Html:
    """Label and value, one pair a row."""
    return _pairs("ct-facts", rows)


def checks(rows: Iterable[tuple[object, object]]) -> Html:
    """A statement and, at the right edge, its tag or number."""
    return _pairs("ct-facts ct-checks", rows)


def table(
    headers: Sequence[str], rows: Sequence[Sequence[object]], *, right: Collection[int] = ()
) -> Html:
    """At most 30 rows for reading; the columns in `right` hold numbers."""
    if len(rows) > MOST_ROWS:
        raise ValueError(f"{len(rows)} rows: use st.dataframe")
    head = "".join(
        f'<th scope="col"{_right(index, right)}>{html(header)}</th>'
        for index, header in enumerate(headers)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{_right(index, right)}>{html(cell)}</td>" for index, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return Html(
        f'<div class="ct-scroll"><table class="ct-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def group_head(title: str, count: int, *, overdue: bool = False) -> Html:
    """The head of a group in the work queue."""
    mark = " ct-late" if overdue else ""
    return Html(f'<div class="ct-group{mark}">{html(title)} <span>{count}</span></div>')


def work_row(what: str, why: str | Html, standing: str | Html = "") -> Html:
    """The text of a row: verb, number and where, then its state; below why now."""
    head = bold(join([what, standing], " ") if standing else what)
    return Html(f'<div class="ct-work">{head}<span>{html(why)}</span></div>')


def person_head(name: str, line: str | Html, word: str = "", tone: Tone = "grey") -> Html:
    """Head of the card “Vì sao người này?”: who, what is known, and the result."""
    return Html(heading(name, tag(word, tone) if word else "") + muted(line))


def _pairs(look: str, rows: Iterable[tuple[object, object]]) -> Html:
    lines = (
        f'<tr><th scope="row">{html(label)}</th><td>{html(value)}</td></tr>'
        for label, value in rows
    )
    return Html(f'<table class="{look}"><tbody>{"".join(lines)}</tbody></table>')


def _step(index: int, current: int) -> str:
    if index == current:
        return ' aria-current="step"'
    return ' class="ct-done"' if index < current else ""


def _right(index: int, right: Collection[int]) -> str:
    return ' class="ct-right"' if index in right else ""


def _start_escaped(found: re.Match[str]) -> str:
    start = found[0]
    return f"{start}\u2060" if start.isdigit() else f"\\{start}"
