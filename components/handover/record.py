"""Recording who was there, made for a phone: one name, three buttons, a count at the foot."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from components.ui import formats, kept_form
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.markup import bold, fill, heading, join, muted, show, work_row
from components.ui.words import word
from db.clock import local_day
from db.commands.handover import events
from db.queries.admin.accounts import User
from db.queries.handover.events import EventDetail
from db.queries.handover.waiting import Recipient
from db.rules.states import HANDED_OVER, EventState, Presence

_PAGE = 40
_DAY = "event.held_on"


def record(user: User, event: EventDetail, today: date) -> None:
    """The names with their answers; what is saved can be changed until the minutes."""
    show(heading(_("Ghi kết quả"), line=_("Lưu được từng phần; ghi đủ người thì lễ trao đã xong.")))
    st.date_input(
        _("Ngày trao"),
        value=event.held_on or min(today, local_day(event.row.starts_at)),
        **formats.ANY_DAY,
        key=_DAY,
    )
    page = int(st.session_state.get("event.page", 1))
    shown = event.people[(page - 1) * _PAGE : page * _PAGE]
    left = sum(person.presence is None for person in shown)
    st.button(
        _n("Đánh dấu có mặt {count} người chưa ghi", left).format(count=formats.number(left)),
        on_click=_all_present,
        args=(user, event, shown),
        key="event.all_present",
    )
    form = _form(event)
    kept = kept_form.table(user, form, f"{form}.drawn")
    st.session_state[f"{form}.drawn"] = True
    keep = partial(_keep, user, event)
    with st.container(gap=None):
        for person in shown:
            _person(person, kept, keep)
    if len(event.people) > _PAGE:
        st.pagination(math.ceil(len(event.people) / _PAGE), key="event.page")
    _bar(user, event, shown)


def result(people: Sequence[Recipient]) -> str:
    """Có mặt 60 + Trao tại nhà 3 + Vắng 2 = 65"""
    counts = Counter(person.presence for person in people if person.presence)
    parts = [f"{word(each)} {formats.number(counts[each])}" for each in Presence if counts[each]]
    return f"{' + '.join(parts)} = {formats.number(sum(counts.values()))}" if parts else "0"


def _person(person: Recipient, kept: Mapping[str, Any], keep: Callable[[], None]) -> None:
    """The answer saved before, or the one given on the spot that was not saved yet."""
    key = _presence_key(person)
    presence, receiver = kept.get(str(person.match_id), (person.presence, person.receiver))
    st.session_state.setdefault(key, Presence(presence) if presence else None)
    told = ", ".join(part for part in (formats.birth(person.birth), person.hamlet) if part)
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{key}"):
        with st.container(width="stretch"):
            show(work_row(person.name, told))
        answer = st.segmented_control(
            _("Kết quả"),
            list(Presence),
            format_func=word,
            key=key,
            on_change=keep,
            label_visibility="collapsed",
            wrap=True,
        )
        if answer is Presence.AT_HOME:
            st.text_input(
                _("Ai ký nhận"),
                value=receiver,
                placeholder=_("Ai ký nhận, nếu không phải người này"),
                key=_receiver_key(person),
                max_chars=120,
                on_change=keep,
                label_visibility="collapsed",
            )


def _bar(user: User, event: EventDetail, shown: Sequence[Recipient]) -> None:
    answers = _answers(shown)
    before = [p for p in event.people if p.presence and p.match_id not in answers]
    now = Counter([*(a for a, _who in answers.values()), *(p.presence for p in before)])
    received = sum(now[each] for each in HANDED_OVER)
    left = len(event.people) - sum(now.values())
    with st.container(key="bar"), st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            counted = fill(
                _("Đã nhận {received} + không nhận {others} = {all}"),
                received=bold(formats.number(received)),
                others=bold(formats.number(sum(now.values()) - received)),
                all=bold(formats.number(sum(now.values()))),
            )
            missing = _n("; còn {left} người chưa ghi", left).format(left=formats.number(left))
            show(muted(join([counted, missing if left else ""])))
        st.button(
            _n("Lưu kết quả {count} người", len(answers)).format(
                count=formats.number(len(answers))
            ),
            type="primary",
            disabled=not answers,
            on_click=_save,
            args=(user, event, shown),
            key="event.save",
        )


def _answers(shown: Sequence[Recipient]) -> dict[int, tuple[Presence, str]]:
    found = {}
    for person in shown:
        answer = st.session_state.get(_presence_key(person))
        if answer is not None:
            who = st.session_state.get(_receiver_key(person), person.receiver)
            found[person.match_id] = (answer, who if answer is Presence.AT_HOME else "")
    return found


def _save(user: User, event: EventDetail, shown: Sequence[Recipient]) -> None:
    """Save the answers as they stand at the press: the last one may not have been drawn yet."""
    answers = _answers(shown)

    def command() -> str:
        left = events.record(
            event.row.id, answers, st.session_state[_DAY], event.row.version, user.username
        )
        if left:
            return _n("Đã lưu. Còn {left} người chưa ghi.", left).format(left=formats.number(left))
        if event.row.state is EventState.HELD:
            return _("Đã lưu thay đổi.")
        return _("Đã ghi đủ người. Đính kèm trang ký để lãnh đạo xác nhận biên bản.")

    if press(command):
        kept_form.drop(user, _form(event))


def _all_present(user: User, event: EventDetail, people: Sequence[Recipient]) -> None:
    for person in people:
        key = _presence_key(person)
        if st.session_state.get(key) is None:
            st.session_state[key] = Presence.PRESENT
    _keep(user, event)


def _keep(user: User, event: EventDetail) -> None:
    """Callback: a room full of people is not to be asked again after a lost connection."""
    answers = _answers(event.people)
    cells = {str(match_id): [answer, who] for match_id, (answer, who) in answers.items()}
    kept_form.keep_table(user, _form(event), cells)


def _form(event: EventDetail) -> str:
    return f"event.{event.row.code}"


def _presence_key(person: Recipient) -> str:
    return f"event.presence.{person.match_id}"


def _receiver_key(person: Recipient) -> str:
    return f"event.receiver.{person.match_id}"
