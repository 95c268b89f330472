"""What an officer does with a list in review and with the people ticked on it."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import screens
from components.ui import formats, markup
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.words import word
from db.commands.review import review as commands
from db.queries.admin.accounts import User
from db.queries.review.review import ListedPerson, ListInReview
from db.rules import why
from db.rules.access import Action, may
from db.rules.states import ListState, NominationState, allowed

_REASON = "review.reason"
_VERDICTS = (NominationState.ELIGIBLE, NominationState.TO_CHECK, NominationState.NOT_ELIGIBLE)


def next_steps(user: User, row: ListInReview) -> None:
    """The steps of the whole list: judge by rule, decide pairs, finish or return, post."""
    listed, to_check = (
        row.counts[state] for state in (NominationState.LISTED, NominationState.TO_CHECK)
    )
    ready = not (listed or to_check or row.pairs)
    decides = may(user.role, Action.REVIEW_LIST) and row.state is ListState.SUBMITTED
    with st.container(horizontal=True, vertical_alignment="center"):
        if decides and listed:
            st.button(
                _n("Xét {n} người theo quy tắc", listed).format(n=formats.number(listed)),
                type="primary",
                on_click=_judge,
                args=(user, row),
                key="review.judge",
            )
        if row.pairs:
            st.page_link(
                screens.PAIRS.file,
                label=_n("Quyết định {n} cặp nghi trùng", row.pairs).format(
                    n=formats.number(row.pairs)
                ),
                icon=":material/compare_arrows:",
                query_params={"ds": row.code},
            )
        if decides:
            st.button(
                _n(
                    "Kết thúc rà soát: {n} người đủ điều kiện", row.counts[NominationState.ELIGIBLE]
                ).format(n=formats.number(row.counts[NominationState.ELIGIBLE])),
                type="primary" if ready else "secondary",
                on_click=_finish,
                args=(user, row),
                key="review.finish",
            )
            _return(user, row)
        if row.state in (ListState.REVIEWED, ListState.POSTED, ListState.CLOSED):
            st.page_link(
                screens.POSTING.file,
                label=_("Niêm yết danh sách này"),
                icon=":material/campaign:",
                query_params={"ds": row.code},
            )


def verdict_bar(
    user: User, ticked: Sequence[ListedPerson], ticked_now: Callable[[], Sequence[ListedPerson]]
) -> None:
    """The bar at the foot of the page; each verdict counts the ticked people it can apply to.

    It takes those who are ticked at the press: the last tick may not have been drawn yet.
    """
    if not ticked or not may(user.role, Action.REVIEW_LIST):
        return
    with st.container(key="bar"):
        text, buttons = st.columns([2, 3], vertical_alignment="bottom")
        text.text_input(
            _("Lý do (bắt buộc, trừ khi đủ điều kiện theo quy tắc)"),
            key=_REASON,
            max_chars=why.MOST,
        )
        with buttons.container(horizontal=True, vertical_alignment="center"):
            markup.show(
                markup.fill(
                    _n("Đánh dấu {n} người:", len(ticked)),
                    n=markup.bold(formats.number(len(ticked))),
                )
            )
            for state in _VERDICTS:
                movable = _movable(ticked, state)
                st.button(
                    f"{word(state)} ({formats.number(len(movable))})",
                    on_click=_decide,
                    args=(user, ticked_now, state),
                    type="primary" if state is NominationState.ELIGIBLE else "secondary",
                    disabled=not movable,
                    key=f"review.set.{state.value}",
                )


def _judge(user: User, row: ListInReview) -> None:
    def command() -> str:
        counts = commands.judge_list(row.id, user.username)
        parts = [
            f"{word(state).lower()} {formats.number(counts[state])}"
            for state in _VERDICTS
            if counts[state]
        ]
        return _("Đã xét theo quy tắc: {parts}.").format(parts=", ".join(parts))

    press(command)


def _finish(user: User, row: ListInReview) -> None:
    def command() -> str:
        people = commands.finish(row.id, row.version, user.username)
        return _n("Đã kết thúc rà soát {code}: {n} người sẽ được niêm yết.", people).format(
            code=row.code, n=formats.number(people)
        )

    press(command)


def _return(user: User, row: ListInReview) -> None:
    def give_back() -> None:
        def command() -> str:
            commands.return_list(
                row.id, st.session_state["review.return_reason"], row.version, user.username
            )
            return _("Đã trả lại danh sách {code}.").format(code=row.code)

        press(command)

    with st.popover(_("Trả lại danh sách"), icon=":material/undo:"):
        st.text_area(_("Lý do trả lại"), key="review.return_reason", max_chars=why.MOST)
        st.button(
            _n("Trả lại {n} người cho BHXH cơ sở", row.people).format(n=formats.number(row.people)),
            on_click=give_back,
            key="review.return",
        )


def _movable(people: Sequence[ListedPerson], state: NominationState) -> list[ListedPerson]:
    return [person for person in people if allowed("Nomination", person.state, state)]


def _decide(
    user: User, ticked_now: Callable[[], Sequence[ListedPerson]], state: NominationState
) -> None:
    ticked = _movable(ticked_now(), state)

    def command() -> str:
        number = commands.set_verdict(
            [person.nomination_id for person in ticked],
            state,
            st.session_state.get(_REASON, ""),
            user.username,
            seen={person.nomination_id: person.state for person in ticked},
        )
        return _n("Đã đánh dấu {n} người: {state}.", number).format(
            n=formats.number(number), state=word(state).lower()
        )

    if press(command):
        st.session_state["review.round"] = st.session_state.get("review.round", 0) + 1
        st.session_state[_REASON] = ""
