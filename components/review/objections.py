"""What people said about a posted list, recorded and answered."""

import streamlit as st

from components.ui import formats, markup
from components.ui.actions import press
from components.ui.i18n import _, _n, pgettext
from components.ui.words import tone, word
from db.commands.review import postings as commands
from db.queries.admin.accounts import User
from db.queries.review.postings import ObjectionRow, PostingView
from db.rules.access import Action, may
from db.rules.states import ObjectionState, PostingState


def draw(user: User, posting: PostingView, nameable: dict[int, str]) -> None:
    """The objections with their answers, and the form to record one."""
    markup.show(
        markup.heading(
            _("Ý kiến"), _n("{n} ý kiến", len(posting.objections)).format(n=len(posting.objections))
        )
    )
    if not posting.objections:
        markup.show(markup.muted(_("Chưa nhận được ý kiến nào.")))
    for one in posting.objections:
        _show(user, one)
    if posting.state is PostingState.OPEN and may(user.role, Action.RECORD_OBJECTION):
        _record(user, posting, nameable)


def _show(user: User, one: ObjectionRow) -> None:
    with st.container(border=True):
        markup.show(
            markup.heading(
                one.about or _("Về cả danh sách"), markup.tag(word(one.state), tone(one.state))
            )
        )
        st.text(one.text)
        markup.show(
            markup.muted(
                _("{who}, nhận {day}, trả lời trước hết ngày {by}.").format(
                    who=one.said_by or _("Không nêu tên"),
                    day=formats.day(one.received_on),
                    by=formats.day(one.answer_by),
                )
            )
        )
        if one.state is not ObjectionState.RECEIVED:
            st.text(_("Trả lời ({who}): {answer}").format(who=one.answered_by, answer=one.answer))
        elif may(user.role, Action.ANSWER_OBJECTION):
            _answer(user, one)


def _answer(user: User, one: ObjectionRow) -> None:
    field = f"objections.answer.{one.id}"

    def answer(upheld: bool) -> None:
        def command() -> str:
            commands.answer_objection(
                one.id, upheld, st.session_state[field], one.version, user.username
            )
            if upheld and one.about:
                return _("Đã chấp nhận ý kiến; {name} cần được xét lại ở trang Rà soát.").format(
                    name=one.about
                )
            return _("Đã trả lời ý kiến.")

        press(command)

    st.text_area(_("Nội dung trả lời"), key=field, max_chars=1000)
    with st.container(horizontal=True):
        st.button(
            _("Không chấp nhận"),
            type="primary",
            on_click=answer,
            args=(False,),
            key=f"objections.dismiss.{one.id}",
        )
        st.button(
            _("Chấp nhận, xét lại 1 người") if one.about else pgettext("button", "Chấp nhận"),
            on_click=answer,
            args=(True,),
            key=f"objections.uphold.{one.id}",
        )


def _record(user: User, posting: PostingView, nameable: dict[int, str]) -> None:
    def record() -> None:
        def command() -> str:
            commands.object_to(
                posting.id,
                st.session_state["objections.about"],
                st.session_state["objections.said_by"],
                st.session_state["objections.text"],
                user.username,
            )
            return _("Đã ghi ý kiến.")

        if press(command):
            st.session_state["objections.said_by"] = st.session_state["objections.text"] = ""
            st.session_state["objections.about"] = None

    with st.expander(_("Ghi một ý kiến"), icon=":material/chat:"):
        st.selectbox(
            _("Về ai"),
            list(nameable),
            index=None,
            format_func=lambda identity: nameable.get(identity, ""),
            placeholder=_("Cả danh sách"),
            key="objections.about",
        )
        st.text_input(_("Người nêu ý kiến"), key="objections.said_by", max_chars=120)
        st.text_area(_("Nội dung ý kiến"), key="objections.text", max_chars=1000)
        st.button(_("Ghi ý kiến này"), on_click=record, key="objections.record")
