"""Beside the work queue: own progress, the next hand-overs, what was done last."""

import streamlit as st

from components import reads
from components.admin.audit_words import sentence
from components.progress import sums
from components.progress.cards import legend, small_bullet
from components.progress.filters import Asked
from components.ui import formats
from components.ui.actions import press
from components.ui.i18n import N_, _
from components.ui.markup import bold, facts, fill, heading, muted, show
from components.ui.words import pieces
from db import clock
from db.commands.review import undo
from db.commands.review.review import LIST_RETURNED, VERDICT_SET
from db.queries.admin import trace
from db.queries.admin.accounts import User
from db.queries.admin.trace import Line
from db.queries.freshness import AsOf
from db.rules.benefits import AS_REPORTED
from db.rules.states import Benefit
from db.rules.undo import minutes_left

_UNDO = {
    VERDICT_SET: N_("Hoàn tác việc đánh dấu (còn {minutes} phút)"),
    LIST_RETURNED: N_("Hoàn tác việc trả lại (còn {minutes} phút)"),
}
_RESTORED_FROM = {"list_state", "review_began"}
"""What the province's own steps note; an office that takes its list back leaves none of them."""


def progress(user: User, now: AsOf) -> None:
    """Two small bullets of the reader's own place."""
    year = now.today.year
    asked = Asked(Benefit.SI, year)
    cards = [sums.card(user, asked, each, now) for each in AS_REPORTED]
    title = sums.own_title(user, year, reads.provinces(user, year, Benefit.SI, now))
    with st.container(border=True, gap="xsmall"):
        show(heading(title))
        for each in cards:
            show(small_bullet(each))
        show(legend(cards[0].pace, year - 1, statuses=False))


def ceremonies(user: User, now: AsOf) -> None:
    """The next three hand-overs; nothing when none is planned."""
    rows = reads.next_events(user, now)
    if not rows:
        return
    with st.container(border=True, gap="xsmall"):
        show(heading(_("Lễ trao tặng sắp tới")))
        show(
            facts(
                (
                    bold(formats.day_month(row.starts_at)),
                    fill(
                        "{commune}: {items}",
                        commune=row.commune,
                        items=pieces(row.benefit, row.people),
                    ),
                )
                for row in rows
            )
        )


def just_done(user: User) -> None:
    """The reader's own last steps, from the audit chain; what can be undone has its button."""
    lines = trace.latest_of(user.username)
    codes = trace.codes(lines)
    if not lines:
        return
    undone = {line.details.get("undoes") for line in lines}
    with st.container(border=True, gap="xsmall"):
        show(heading(_("Vừa thực hiện")))
        today = clock.today()
        for line in lines:
            same_day = clock.local_day(line.at) == today
            at = formats.clock_time(line.at) if same_day else formats.day_month(line.at)
            about = f" ({codes[line.id]})" if codes.get(line.id) else ""
            show(muted(f"{at}. {sentence(line)}{about}."))
            if line.id not in undone:
                _undo_button(user, line)


def _undo_button(user: User, line: Line) -> None:
    left = minutes_left(line.at, clock.now())
    if line.action not in _UNDO or not left or not _RESTORED_FROM & line.details.keys():
        return
    st.button(
        _(_UNDO[line.action]).format(minutes=formats.number(left)),
        icon=":material/undo:",
        width="stretch",
        key=f"undo.{line.id}",
        on_click=_undo,
        args=(user, line),
    )


def _undo(user: User, line: Line) -> None:
    def command() -> str:
        undo.UNDO[line.action](line.id, user.username)
        return _("Đã hoàn tác. Hồ sơ trở lại như trước đó.")

    press(command)


def draw(user: User, now: AsOf) -> None:
    with st.container(gap="small"):
        progress(user, now)
        ceremonies(user, now)
        just_done(user)
