"""Lists of the hand-over screens: who waits for one, and which are planned or held."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from components import event_words, filters, formats, screens
from components.i18n import _
from components.markup import fill, join, late, muted, note, rule, show, work_row
from components.style import on_phone
from components.words import piece
from db.queries.events import EventRow
from db.queries.handover import Waiting
from db.rules.states import EventState

FILTER = "loc"
PAGE = 50
_SHOWN = 8
_STATES = {
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
    for row in rows[:_SHOWN]:
        what = _("{count} {piece} tại {commune}").format(
            count=formats.number(row.people), piece=piece(row.benefit), commune=row.commune
        )
        with _row(f"waiting_{row.pledge_code}_{row.commune_code}"):
            with st.container(width="stretch"):
                show(work_row(what, _waiting_why(row, today)))
            if on_plan:
                st.button(
                    _("Lập lịch"),
                    key=f"events.plan.{row.pledge_code}.{row.commune_code}",
                    on_click=on_plan,
                    args=(row.pledge_code, row.commune_code),
                    width="stretch" if on_phone() else 140,
                )
        show(rule())
    if len(rows) > _SHOWN:
        more = _("Còn {count} mục khác, hạn muộn hơn.")
        show(muted(more.format(count=formats.number(len(rows) - _SHOWN))))


def choose_states() -> tuple[EventState, ...]:
    labels = {
        "sap-toi": _("Sắp tới và đang làm"),
        "cho-bien-ban": _("Chờ biên bản"),
        "da-xac-nhan": _("Đã xác nhận"),
        "da-huy": _("Đã hủy"),
    }
    chosen = filters.choice(FILTER, _("Lọc"), labels, "sap-toi", widget="pills", hide_label=True)
    return _STATES[chosen]


def events(rows: Sequence[EventRow], key: str) -> None:
    """Every event with the link to its page."""
    if not rows:
        show(note("blue", _("Không có lễ trao nào trong nhóm này.")))
    for row in rows:
        what = _("{items} tại {commune}").format(items=event_words.items(row), commune=row.commune)
        with _row(f"{key}_{row.code}"):
            with st.container(width="stretch"):
                show(work_row(what, join([event_words.why(row)])))
                show(event_words.state_tag(row))
            st.page_link(
                screens.EVENT.file,
                label=_("Mở {code}").format(code=row.code),
                query_params={"tt": row.code},
                icon=":material/arrow_forward:",
            )
        show(rule())


def _row(key: str) -> st.delta_generator.DeltaGenerator:
    return st.container(
        horizontal=not on_phone(), vertical_alignment="center", gap="small", key=key
    )


def _waiting_why(row: Waiting, today: date) -> str:
    told = fill(
        _("{donor}, {pledge}, đăng ký {day} ({days} ngày trước). Hạn lập lịch {due}."),
        donor=row.donor,
        pledge=row.pledge_code,
        day=formats.day(row.registered_on),
        days=formats.number(row.days),
        due=formats.day(row.due),
    )
    if row.due >= today:
        return told
    days = formats.number((today - row.due).days)
    return join([told, late(_("Quá hạn {days} ngày.").format(days=days))], " ")
