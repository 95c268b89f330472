"""Taking back one approval or one issued card, with the reason."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from components.matching import left_out
from components.ui import dialogs, formats
from components.ui.i18n import _
from components.ui.markup import muted, show
from db.commands.matching import issuing
from db.queries.admin.accounts import User
from db.queries.matching.issuing import IssueRow
from db.rules import why


def take_back(rows: Sequence[IssueRow], user: User, *, issued: bool) -> None:
    """Release an approved person, or refund an issued one."""
    title = _("Hoàn thẻ, sổ đã cấp") if issued else _("Rút duyệt một người")

    @st.dialog(title)
    def draw() -> None:
        names = {one.match_id: _label(one) for one in rows}
        told = (
            _("Suất và kinh phí của người này trở lại khoản hỗ trợ. Số đã cấp không còn hiệu lực.")
            if issued
            else _("Suất của người này trở lại khoản hỗ trợ.")
        )
        show(muted(told))
        st.selectbox(
            _("Người"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("Chọn…"),
            key="issue.person",
        )
        left_out.ask(_("Vì sao"), "issue.because")
        st.text_area(_("Nói rõ"), key="issue.reason", max_chars=why.MOST)
        verb = _("Hoàn 1 suất") if issued else _("Rút 1 người")
        dialogs.finish(verb, partial(_taken_back, user, names, issued), key="issue.take_back")

    draw()


def _taken_back(user: User, names: Mapping[int, str], issued: bool) -> str:
    match_id, reason = st.session_state["issue.person"], st.session_state["issue.reason"]
    because = left_out.answer("issue.because", names.get(match_id, ""))
    if issued:
        issuing.refund(match_id, because, reason, user.username)
        return _("Đã hoàn 1 suất; kinh phí trở lại khoản hỗ trợ.")
    issuing.release(match_id, because, reason, user.username)
    return _("Đã rút 1 người; suất trở lại khoản hỗ trợ.")


def _label(one: IssueRow) -> str:
    parts = (one.full_name, formats.birth(one.birth), one.hamlet, one.document_number)
    return ", ".join(filter(None, parts))
