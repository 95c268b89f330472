"""The table of lists and, below it, the one that was chosen."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.ui import markup
from components.ui.formats import day_time, number
from components.ui.i18n import _
from components.ui.style import on_phone
from components.ui.words import word
from db.queries.lists.lists import ListLine

_TABLE = "lists.table"


def choose(rows: Sequence[ListLine], code: str | None) -> ListLine | None:
    """Draw the table; the list clicked on, or else the one whose code stands in the address."""

    def clicked() -> None:
        places = st.session_state[_TABLE]["selection"]["rows"]
        if places and places[0] < len(rows):
            st.query_params["ds"] = rows[places[0]].code
        else:
            st.query_params.pop("ds", None)

    st.dataframe(
        pd.DataFrame(
            {
                _("Mã"): [row.code for row in rows],
                _("Xã, phường"): [row.commune for row in rows],
                _("Đợt"): [number(row.round) for row in rows],
                _("Hỗ trợ"): [word(row.benefit) for row in rows],
                _("Trạng thái"): [word(row.state) for row in rows],
                _("Số người"): [number(row.people) for row in rows],
                _("Đủ điều kiện"): [number(row.eligible) for row in rows],
                _("Cần xem lại"): [number(row.to_check) for row in rows],
                _("Gửi lúc"): [
                    day_time(row.submitted_at) if row.submitted_at else "" for row in rows
                ],
            }
        ),
        column_config={
            name: st.column_config.TextColumn(alignment="right")
            for name in (_("Đợt"), _("Số người"), _("Đủ điều kiện"), _("Cần xem lại"))
        },
        column_order=_for_phones() if on_phone() else None,
        hide_index=True,
        on_select=clicked,
        selection_mode="single-row",
        alt=_("Các danh sách đã nộp"),
        key=_TABLE,
    )
    for row in rows:
        if row.code == code:
            return row
    markup.show(markup.muted(_("Chọn một dòng để xem lịch sử nộp tệp.")))
    return None


def _for_phones() -> list[str]:
    """What tells one list from another, and how far it is, without moving the table sideways."""
    return [_("Xã, phường"), _("Trạng thái"), _("Số người"), _("Gửi lúc"), _("Mã")]
