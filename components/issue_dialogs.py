"""Taking back one approval or one issued card, with the reason."""

from collections.abc import Sequence

import streamlit as st

from components import formats, notices
from components.actions import carry_out
from components.i18n import _
from components.markup import muted, show
from db.commands import issuing
from db.queries.accounts import User
from db.queries.issuing import IssueRow

_DONE = "issue.done"


def take_back(rows: Sequence[IssueRow], user: User, *, issued: bool) -> None:
    """Release an approved person, or refund an issued one."""
    title = _("Hoàn thẻ, sổ đã cấp") if issued else _("Rút duyệt một người")

    @st.dialog(title)
    def draw() -> None:
        notices.show_refusal()
        names = {one.match_id: _label(one) for one in rows}
        told = (
            _("Suất và kinh phí của người này trở lại khoản hỗ trợ. Số đã cấp không còn hiệu lực.")
            if issued
            else _("Suất của người này trở lại khoản hỗ trợ.")
        )
        show(muted(told))
        st.selectbox(_("Người"), list(names), format_func=names.__getitem__, key="issue.person")
        st.text_area(_("Lý do"), key="issue.reason", max_chars=500)
        verb = _("Hoàn 1 suất") if issued else _("Rút 1 người")
        acted = st.button(
            verb,
            type="primary",
            key="issue.take_back",
            on_click=_act,
            args=(user, issued),
        )
        if acted and st.session_state.pop(_DONE, False):
            st.rerun()

    draw()


def _act(user: User, issued: bool) -> None:
    def command() -> str:
        match_id, reason = st.session_state["issue.person"], st.session_state["issue.reason"]
        if issued:
            issuing.refund(match_id, reason, user.username)
            return _("Đã hoàn 1 suất; kinh phí trở lại khoản hỗ trợ.")
        issuing.release(match_id, reason, user.username)
        return _("Đã rút 1 người; suất trở lại khoản hỗ trợ.")

    st.session_state[_DONE] = carry_out(command)


def _label(one: IssueRow) -> str:
    parts = (one.full_name, formats.birth(one.birth), one.hamlet, one.document_number)
    return ", ".join(filter(None, parts))
