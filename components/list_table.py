"""The table of lists and, below it, the one that was chosen."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import markup, screens, upload_send
from components.formats import day_time, number
from components.i18n import _
from components.words import tone, word
from db.queries.accounts import User
from db.queries.lists import ListLine, UploadLine
from db.rules.states import ListState

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


def details(user: User, line: ListLine, uploads: Sequence[UploadLine]) -> None:
    """State, reason, files and what can still be done."""
    head = f"{line.code} · {line.commune}"
    markup.show(markup.heading(head, markup.tag(word(line.state), tone(line.state))))
    if line.state is ListState.RETURNED:
        markup.show(markup.note("red", _("BHXH tỉnh trả lại:"), line.reason))
    elif line.state is ListState.WITHDRAWN and line.reason:
        markup.show(markup.muted(_("Lý do thu hồi: {reason}").format(reason=line.reason)))
    markup.show(
        markup.table(
            (
                _("Gửi lúc"),
                _("Người gửi"),
                _("Tệp"),
                _("Số dòng"),
                _("Người"),
                _("Mới"),
                _("Thay đổi"),
                _("Rút"),
                _("Để lại"),
            ),
            [_upload(upload) for upload in uploads[: markup.MOST_ROWS]],
            right={3, 4, 5, 6, 7, 8},
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if line.state is ListState.RETURNED:
            st.page_link(
                screens.UPLOAD.file,
                label=_("Nộp lại danh sách này"),
                icon=":material/upload_file:",
                query_params={"xa": line.commune_code, "sp": line.benefit.value},
            )
        if line.can_be_withdrawn and st.button(_("Thu hồi danh sách này"), key="lists.withdraw"):
            upload_send.ask_to_withdraw(user, line)


def _sent(row: ListLine) -> str:
    return day_time(row.submitted_at) if row.submitted_at else ""


def _upload(upload: UploadLine) -> tuple[str, ...]:
    counts = upload.counts
    numbers = ("rows", "people", "new", "changed", "withdrawn", "left_out")
    return (
        day_time(upload.sent_at),
        upload.sent_by,
        upload.file_name,
        *(number(int(counts.get(name, 0))) for name in numbers),
    )
