"""Beside the work queue: own progress, the next hand-overs, what was done last."""

import streamlit as st

from components import formats, progress_sums, reads
from components.audit_words import sentence
from components.i18n import _
from components.markup import bold, facts, fill, heading, muted, show
from components.progress_cards import legend, small_bullet
from components.progress_filters import Asked
from components.words import pieces
from db import clock
from db.queries import trace
from db.queries.accounts import User
from db.queries.freshness import AsOf
from db.rules.states import Benefit


def progress(user: User, now: AsOf) -> None:
    """Two small bullets of the reader's own place."""
    year = now.today.year
    asked = Asked(Benefit.SI, year)
    cards = [progress_sums.card(user, asked, each, now) for each in (Benefit.SI, Benefit.HI)]
    title = progress_sums.own_title(user, year, reads.provinces(user, year, Benefit.SI, now))
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
    """The reader's own last steps, from the audit chain."""
    lines = trace.latest_of(user.username)
    codes = trace.codes(lines)
    if not lines:
        return
    with st.container(border=True, gap="xsmall"):
        show(heading(_("Vừa thực hiện")))
        today = clock.today()
        for line in lines:
            same_day = clock.local_day(line.at) == today
            at = formats.clock_time(line.at) if same_day else formats.day_month(line.at)
            about = f" ({codes[line.id]})" if codes.get(line.id) else ""
            show(muted(f"{at}. {sentence(line)}{about}."))


def draw(user: User, now: AsOf) -> None:
    with st.container(gap="small"):
        progress(user, now)
        ceremonies(user, now)
        just_done(user)
