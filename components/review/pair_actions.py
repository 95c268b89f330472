"""Deciding on one possible duplicate, and answering a question about it."""

import streamlit as st

from components.ui import markup
from components.ui.actions import press
from components.ui.i18n import _
from db.commands.review import duplicates as commands
from db.commands.review.duplicates import PairDecision
from db.queries.admin.accounts import User
from db.queries.review.duplicates import Pair
from db.rules import why
from db.rules.access import Action, may
from db.rules.states import PairState

_COMMENT = "pairs.comment"
_LATER = "pairs.put_off"
UNDECIDED = (PairState.OPEN, PairState.ASKED)


def put_off() -> set[int]:
    """Pairs that this session left for later."""
    later: set[int] = st.session_state.setdefault(_LATER, set())
    return later


def draw(user: User, pair: Pair) -> None:
    """What this role may do with the pair: decide, answer, or only read."""
    if pair.state not in UNDECIDED:
        return
    if may(user.role, Action.DECIDE_PAIR):
        _decide(user, pair)
    elif may(user.role, Action.ANSWER_PAIR) and pair.state is PairState.ASKED:
        _answer(user, pair)


def _decide(user: User, pair: Pair) -> None:
    st.text_input(_("Ghi chú, hoặc câu hỏi gửi BHXH cơ sở"), key=_COMMENT, max_chars=why.MOST)
    same, different, ask, later = st.columns(4)
    same.button(
        _("Cùng một người, gộp vào A"),
        type="primary",
        shortcut="1",
        width="stretch",
        disabled=not pair.may_merge,
        on_click=_say,
        args=(user, pair, "same"),
        key="pairs.same",
    )
    different.button(
        _("Hai người khác nhau"),
        shortcut="2",
        width="stretch",
        on_click=_say,
        args=(user, pair, "different"),
        key="pairs.different",
    )
    ask.button(
        _("Hỏi lại BHXH cơ sở"),
        shortcut="3",
        width="stretch",
        disabled=pair.state is PairState.ASKED,
        on_click=_say,
        args=(user, pair, "ask"),
        key="pairs.ask",
    )
    later.button(
        _("Để sau"), width="stretch", on_click=put_off().add, args=(pair.id,), key="pairs.later"
    )
    if not pair.may_merge:
        foreign = next(record for record in (pair.first, pair.second) if record.masked)
        markup.show(
            markup.muted(
                _("Hồ sơ kia thuộc {province} nên không gộp được. Cần hỏi: {office}.").format(
                    province=foreign.province, office=foreign.office or foreign.commune
                )
            )
        )


def _answer(user: User, pair: Pair) -> None:
    def send() -> None:
        def command() -> str:
            commands.answer(
                pair.id, st.session_state.get(_COMMENT, ""), pair.version, user.username
            )
            return _("Đã trả lời BHXH tỉnh.")

        if press(command):
            st.session_state[_COMMENT] = ""

    st.text_area(_("Trả lời BHXH tỉnh"), key=_COMMENT, max_chars=why.MOST)
    st.button(_("Gửi trả lời cặp này"), type="primary", on_click=send, key="pairs.answer")


def _say(user: User, pair: Pair, verdict: PairDecision) -> None:
    said = {
        "same": _("Đã gộp hai hồ sơ vào A."),
        "different": _("Đã ghi: hai người khác nhau."),
        "ask": _("Đã hỏi BHXH cơ sở."),
    }

    def command() -> str:
        comment = st.session_state.get(_COMMENT, "")
        commands.decide(pair.id, verdict, pair.version, comment, user.username)
        return said[verdict]

    if press(command):
        st.session_state[_COMMENT] = ""
