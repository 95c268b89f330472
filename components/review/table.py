"""The people of a list in review, and why one of them is eligible or not."""

import math
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from components.review import reasons
from components.ui import formats, markup, notices
from components.ui.actions import press
from components.ui.formats import row_word
from components.ui.i18n import N_, _
from components.ui.words import tone, word
from db.commands.people import reveal as people_commands
from db.commands.people.reveal import Purpose
from db.commands.review import review as commands
from db.queries.admin.accounts import User
from db.queries.review import review
from db.queries.review.review import ListedPerson, ListInReview
from db.rules.access import Action, may
from db.rules.states import ListState, NominationState

GROUP_WORDS = {
    "pairs": N_("Nghi trùng"),
    "to_check": N_("Cần xem lại"),
    "insured": N_("Đang có thẻ"),
    "eligible": N_("Đủ điều kiện"),
    "not_eligible": N_("Không đủ điều kiện"),
    "listed": N_("Chưa rà soát"),
    "all": N_("Tất cả"),
}
_PURPOSES = {
    Purpose.COMPARE_PAPERS: N_("Đối chiếu giấy tờ"),
    Purpose.LOOK_UP_COVER: N_("Tra cứu hạn thẻ, sổ"),
    Purpose.CONTACT: N_("Liên hệ người dân"),
    Purpose.ANSWER_OBJECTION: N_("Trả lời ý kiến"),
}
_NUMBERS = "review.numbers"
_SEX = {"M": N_("Nam"), "F": N_("Nữ")}


def draw(
    user: User, row: ListInReview, group: str, count: int
) -> tuple[Callable[[], list[ListedPerson]], ListedPerson | None]:
    """The table of one group; who is ticked at any moment, and who was asked about."""
    key = f"review.people.{row.id}.{group}.{st.session_state.get('review.round', 0)}"
    pages = max(1, math.ceil(count / review.PAGE))
    page = min(int(st.session_state.get(f"{key}.page") or 1), pages)
    found = review.people(user.scope, row.id, group, page)
    if not found:
        markup.show(markup.note("blue", _("Không có người nào trong nhóm này.")))
        return list, None
    table_key = f"{key}.{page}"
    picked = st.dataframe(
        _frame(found),
        hide_index=True,
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        key=table_key,
        column_config={
            _("Dòng"): st.column_config.TextColumn(width=60),
            _("Họ và tên"): st.column_config.TextColumn(width=165),
            _("Thôn, bản"): st.column_config.TextColumn(width=125),
            _("Đối tượng"): st.column_config.TextColumn(width=200),
            _("Điểm"): st.column_config.TextColumn(width=60),
            _("Lý do"): st.column_config.TextColumn(width=280),
        },
        alt=_("Danh sách người được đề nghị"),
        height=min(560, 38 + 35 * len(found)),
    )
    if pages > 1:
        st.pagination(pages, key=f"{key}.page")

    def ticked() -> list[ListedPerson]:
        rows = st.session_state[table_key]["selection"]["rows"]
        return [found[place] for place in rows if place < len(found)]

    cells = picked["selection"]["cells"]
    asked = [found[place] for place, _column in cells if place < len(found)]
    return ticked, next(iter(asked or ticked()), None)


def why(user: User, row: ListInReview, person: ListedPerson | None) -> None:
    """The card “Vì sao người này?”."""
    with st.container(border=True, key="why"):
        if person is None:
            markup.show(markup.heading(_("Vì sao người này?")))
            markup.show(
                markup.muted(_("Bấm vào tên để xem lý do và điểm; đánh dấu để quyết định."))
            )
            return
        markup.show(
            markup.person_head(
                person.full_name,
                _("Dòng {row} của danh sách {code}").format(
                    row=row_word(person.row_number), code=row.code
                ),
                word(person.state),
                tone(person.state),
            )
        )
        for reason in person.reasons:
            markup.show(markup.muted(reasons.sentence(reason)))
        if person.in_pair and not any(
            reason["code"] == "possible_duplicate" for reason in person.reasons
        ):
            markup.show(markup.muted(_("Đang nghi trùng với một hồ sơ khác.")))
        if not person.reasons and person.state is NominationState.ELIGIBLE:
            markup.show(markup.muted(_("Không có điều gì cản trở theo quy định.")))
        if person.points:
            markup.show(reasons.waterfall(person.points, person.score))
        markup.show(markup.facts(_facts(person)))
        if may(user.role, Action.REVEAL_PERSON):
            _numbers(user, person)
        if may(user.role, Action.REVIEW_LIST) and row.state in _COVER_STATES:
            _cover(user, person)


_COVER_STATES = (ListState.SUBMITTED, ListState.REVIEWED, ListState.POSTED, ListState.CLOSED)


def _frame(found: Sequence[ListedPerson]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Dòng"): [row_word(one.row_number) for one in found],
            _("Họ và tên"): [one.full_name for one in found],
            _("Ngày sinh"): [formats.birth(one.birth) for one in found],
            _("Thôn, bản"): [one.hamlet for one in found],
            _("Đối tượng"): [reasons.labels(one.categories) for one in found],
            _("Kết quả"): [word(one.state) for one in found],
            _("Điểm"): [formats.number(one.score) for one in found],
            _("Lý do"): [
                reasons.short(one.reasons)
                or (_("Nghi trùng với một hồ sơ khác.") if one.in_pair else "")
                for one in found
            ],
            _("Số CCCD"): [one.cccd for one in found],
        }
    )


def _facts(person: ListedPerson) -> list[tuple[object, object]]:
    empty = _("(trống)")
    facts: list[tuple[object, object]] = [
        (_("Hỗ trợ"), word(person.benefit)),
        (_("Ngày sinh"), formats.birth(person.birth) or empty),
        (_("Giới tính"), _(_SEX[person.sex]) if person.sex else empty),
        (_("Số CCCD"), person.cccd or empty),
        (_("Mã số BHXH"), person.bhxh or empty),
        (_("Thôn, bản"), person.hamlet or empty),
    ]
    if person.reviewed_by and person.reviewed_at:
        facts.append(
            (
                _("Người xét"),
                f"{person.reviewed_by}, {formats.day_time(person.reviewed_at)}",
            )
        )
    return facts


def _numbers(user: User, person: ListedPerson) -> None:
    """Full numbers for one look, with a purpose that is written down."""

    def reveal() -> None:
        def command() -> None:
            shown = people_commands.reveal(
                person.nomination_id, st.session_state.get("review.purpose"), user.username
            )
            st.session_state[_NUMBERS] = (person.nomination_id, shown)

        press(command)

    identity, numbers = st.session_state.pop(_NUMBERS, (None, None))
    if numbers is not None and identity == person.nomination_id:
        shown = {
            _("Số CCCD"): numbers.cccd,
            _("Mã số BHXH"): numbers.bhxh,
            _("Số thẻ BHYT"): numbers.hi_card,
            _("Điện thoại"): numbers.phone,
        }
        st.text("\n".join(f"{label}: {value}" for label, value in shown.items() if value))
        return
    with st.popover(_("Hiện số"), icon=":material/visibility:"):
        st.selectbox(
            _("Mục đích xem (được ghi vào nhật ký)"),
            list(Purpose),
            index=None,
            format_func=lambda purpose: _(_PURPOSES[purpose]),
            placeholder=_("Chọn mục đích"),
            key="review.purpose",
        )
        st.button(_("Xem đủ số"), on_click=reveal, key="review.reveal")


def _cover(user: User, person: ListedPerson) -> None:
    def note() -> None:
        until = formats.parse_day(st.session_state["review.cover_until"])
        source = st.session_state["review.cover_source"]
        if until is None:
            notices.leave("refused", _("Ngày hết hạn ghi theo dạng 31/12/2026."))
            return

        def command() -> str:
            commands.note_cover(person.nomination_id, until, source, user.username)
            return _("Đã ghi hạn bảo hiểm của {name}.").format(name=person.full_name)

        press(command)

    with st.popover(_("Ghi hạn thẻ, sổ"), icon=":material/event_available:"):
        st.text_input(_("Còn hạn đến hết ngày"), placeholder="31/12/2026", key="review.cover_until")
        st.text_input(
            _("Tra cứu ở đâu"), placeholder=_("Cổng tra cứu BHXH"), key="review.cover_source"
        )
        st.button(_("Ghi hạn và xét lại"), on_click=note, key="review.note_cover")
