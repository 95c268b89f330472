"""Lists of the hand-over screens: who waits for one, and which are planned or held."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

import streamlit as st

from components import screens
from components.handover import words
from components.ui import filters, formats
from components.ui import rows as list_rows
from components.ui.i18n import _, _n
from components.ui.markup import group_head, muted, note, show
from components.ui.style import on_phone
from components.ui.words import donor, pieces, place
from db.clock import local_day
from db.queries.handover.events import EventRow
from db.queries.handover.waiting import Waiting
from db.rules.states import EventState

FILTER = "loc"
PAGE = 50
_SHOWN = 8
STATES = {
    "sap-toi": (EventState.PROPOSED, EventState.CONFIRMED, EventState.HELD),
    "cho-bien-ban": (EventState.HELD,),
    "da-xac-nhan": (EventState.MINUTED,),
    "da-huy": (EventState.CANCELLED,),
}


def waiting(
    rows: Sequence[Waiting], today: date, on_plan: Callable[[str, str], None] | None
) -> None:
    """Cards and books nobody planned a hand-over for; `on_plan` is None for readers."""
    if not rows:
        show(note("green", _("Mọi thẻ, sổ đã cấp đều có lịch trao.")))
        return
    with st.container(gap=None):
        for row in rows[:_SHOWN]:
            what = _("{items} tại {commune}").format(
                items=pieces(row.benefit, row.people), commune=place(row.commune)
            )
            key = f"waiting_{row.pledge_code}_{row.commune_code}"
            with list_rows.row(key, what, _waiting_why(row, today)):
                if on_plan:
                    st.button(
                        _("Lập lịch"),
                        key=f"events.plan.{row.pledge_code}.{row.commune_code}",
                        on_click=on_plan,
                        args=(row.pledge_code, row.commune_code),
                        width="stretch" if on_phone() else 190,
                    )
    if len(rows) > _SHOWN:
        more = len(rows) - _SHOWN
        told = _n("Còn {count} mục khác, hạn muộn hơn.", more)
        show(muted(told.format(count=formats.number(more))))


def unwilling(counts: Mapping[str, int]) -> None:
    """Cards and books nobody wants: they are not planned again, they go back."""
    if not counts:
        return
    people = sum(counts.values())
    told = _n(
        "{count} người đã từ chối nhận nên không được mời lại: {pledges}. Cán bộ BHXH tỉnh hoàn "
        "thẻ, sổ của họ ở trang Cấp thẻ, cấp sổ.",
        people,
    )
    show(muted(told.format(count=formats.number(people), pledges=", ".join(counts))))


def choose_states() -> tuple[EventState, ...]:
    labels = {
        "sap-toi": _("Sắp tới và đang làm"),
        "cho-bien-ban": _("Chờ biên bản"),
        "da-xac-nhan": _("Đã xác nhận"),
        "da-huy": _("Đã hủy"),
    }
    chosen = filters.choice(FILTER, _("Lọc"), labels, "sap-toi", widget="pills", hide_label=True)
    return STATES[chosen]


def events(rows: Sequence[EventRow], today: date) -> None:
    """Every event with the link to its page, week by week."""
    if not rows:
        show(note("blue", _("Không có lễ trao nào trong nhóm này.")))
    for week, of_week in groupby(rows, key=lambda row: _week(local_day(row.starts_at), today)):
        of_this = list(of_week)
        show(group_head(week, len(of_this)))
        _events(of_this)


def _events(rows: Sequence[EventRow]) -> None:
    with st.container(gap=None):
        for row in rows:
            what = _("{items} tại {commune}").format(
                items=words.items(row), commune=place(row.commune)
            )
            key = f"event_{row.code}"
            with list_rows.row(key, what, words.why(row), words.state_tag(row)):
                pressed = list_rows.verb(_("Mở {code}").format(code=row.code), f"events.{row.code}")
            if pressed:
                st.switch_page(screens.EVENT.file, query_params={"tt": row.code})


def _week(day: date, today: date) -> str:
    monday = day - timedelta(days=day.weekday())
    weeks = (monday - (today - timedelta(days=today.weekday()))).days // 7
    named = {-1: _("Tuần trước"), 0: _("Tuần này"), 1: _("Tuần sau")}
    until = formats.day_month(monday + timedelta(days=6))
    return f"{named.get(weeks, _('Tuần'))} {formats.day_month(monday)}–{until}"


def _waiting_why(row: Waiting, today: date) -> str:
    told = _("{donor}, {pledge}, đăng ký {day} ({days} ngày trước). Hạn lập lịch {due}.").format(
        donor=donor(row.donor),
        pledge=row.pledge_code,
        day=formats.day(row.registered_on),
        days=formats.number(row.days),
        due=formats.day(row.due),
    )
    if row.due >= today:
        return told
    late = (today - row.due).days
    return f"{told} {_n('Quá hạn {days} ngày.', late).format(days=formats.number(late))}"
