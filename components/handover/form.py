"""Planning a hand-over: when, where, in which form, and who is invited."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import pandas as pd
import streamlit as st

from components.handover import words
from components.ui import formats
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.markup import heading, show
from components.ui.words import donor, pieces, place
from db.commands.handover import events
from db.commands.handover.events import NewEvent
from db.errors import Refused
from db.queries.admin.accounts import User
from db.queries.handover.waiting import Recipient, Waiting

_DAY, _TIME, _PLACE, _FORM, _GUESTS = (
    f"event.{name}" for name in ("day", "time", "place", "form", "guests")
)
_PEOPLE = "event.people"
_NINE = time(9)
_ASKED = ("ht", "xa")


def start(pledge_code: str, commune_code: str) -> None:
    """Callback: open the form for one pledge in one commune."""
    st.query_params.update({"ht": pledge_code, "xa": commune_code})


def close() -> None:
    """Callback: back to the list."""
    for name in _ASKED:
        st.query_params.pop(name, None)


def plan(user: User, row: Waiting, people: Sequence[Recipient]) -> None:
    """The form; everybody who waits is chosen until somebody is left out."""
    with st.container(border=True, key="event_form"):
        title = _("Lập lịch trao {items} tại {commune}").format(
            items=pieces(row.benefit, row.people), commune=place(row.commune)
        )
        show(heading(title, row.pledge_code, line=donor(row.donor)))
        day_at, time_at, form_at = st.columns([1, 1, 2])
        day_at.date_input(_("Ngày trao"), value=None, **formats.ANY_DAY, key=_DAY)
        time_at.time_input(_("Giờ"), value=_NINE, key=_TIME)
        with form_at:
            st.segmented_control(
                _("Hình thức"),
                list(words.FORMS),
                format_func=words.form,
                default="ceremony",
                required=True,
                key=_FORM,
            )
        st.text_input(_("Địa điểm"), key=_PLACE, max_chars=200)
        st.text_input(_("Thành phần mời (không bắt buộc)"), key=_GUESTS, max_chars=300)
        chosen = _choose(people)
        with st.container(horizontal=True):
            st.button(
                _n("Lập lịch trao cho {count} người", len(chosen)).format(
                    count=formats.number(len(chosen))
                ),
                type="primary",
                disabled=not chosen,
                on_click=_propose,
                args=(user, row, people),
                key="event.propose",
            )
            st.button(_("Bỏ qua"), on_click=close, key="event.close")


def _choose(people: Sequence[Recipient]) -> list[int]:
    label = _("Người được mời: {count}").format(count=formats.number(len(people)))
    with st.expander(label):
        frame = pd.DataFrame(
            {
                _("Họ và tên"): [person.name for person in people],
                _("Ngày sinh"): [formats.birth(person.birth) for person in people],
                _("Thôn, bản"): [person.hamlet for person in people],
                _("Số thẻ, số sổ"): [
                    formats.mask_number(person.document_number) for person in people
                ],
            }
        )
        everybody: Any = {"selection": {"rows": list(range(len(people)))}}
        picked = st.dataframe(
            frame,
            hide_index=True,
            alt=_("Người được mời"),
            on_select="rerun",
            selection_mode="multi-row",
            selection_default=everybody,
            key=_PEOPLE,
        )
    return _invited(people, picked)


def _invited(people: Sequence[Recipient], picked: Any) -> list[int]:
    return [people[place].match_id for place in picked["selection"]["rows"]]


def _propose(user: User, row: Waiting, people: Sequence[Recipient]) -> None:
    """Invite whoever is ticked at the press: the last tick may not have been drawn yet."""
    match_ids = _invited(people, st.session_state[_PEOPLE])

    def command() -> str:
        code = events.propose(
            NewEvent(
                pledge_id=row.pledge_id,
                commune_code=row.commune_code,
                match_ids=match_ids,
                starts_at=_moment(),
                place=st.session_state[_PLACE],
                form=st.session_state[_FORM],
                guests=st.session_state[_GUESTS],
            ),
            user.username,
        )
        return _n("Đã lập lịch {code} cho {count} người.", len(match_ids)).format(
            code=code, count=formats.number(len(match_ids))
        )

    if press(command):
        close()


def _moment() -> datetime:
    """The moment typed, in Vietnam."""
    day = st.session_state[_DAY]
    if day is None:
        raise Refused("event_day_missing")
    return datetime.combine(day, st.session_state[_TIME] or _NINE, formats.HERE)
