"""Hanging a list, proving that it hangs, taking it down."""

import streamlit as st

from components.ui import formats, markup
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.words import tone, word
from db.commands.review import postings as commands
from db.queries.admin.accounts import User
from db.queries.review.postings import PostingView
from db.queries.review.review import ListInReview
from db.rules.access import Action, may
from db.rules.states import NominationState, PostingState

_PLACE = "posting.place"
_FILE = "scan.posting"


def hang(user: User, row: ListInReview) -> None:
    """The form that opens a posting of a reviewed list."""
    people = row.counts[NominationState.ELIGIBLE]
    if not may(user.role, Action.OPEN_POSTING):
        markup.show(
            markup.note("blue", _("Chưa niêm yết."), _("BHXH cơ sở hoặc cán bộ tỉnh niêm yết."))
        )
        return

    def open_posting() -> None:
        def command() -> str:
            commands.open_posting(row.id, st.session_state[_PLACE], row.version, user.username)
            return _n("Đã mở niêm yết {n} người của {code}.", people).format(
                n=formats.number(people), code=row.code
            )

        press(command)

    with st.container(border=True):
        st.text_input(
            _("Nơi niêm yết"),
            placeholder=_("Trụ sở UBND xã và nhà văn hóa các thôn"),
            key=_PLACE,
            max_chars=300,
        )
        markup.show(
            markup.muted(_("Ngày treo không tính; danh sách treo đủ số ngày làm việc tỉnh đã đặt."))
        )
        st.button(
            _n("Niêm yết {n} người từ hôm nay", people).format(n=formats.number(people)),
            type="primary",
            on_click=open_posting,
            key="posting.open",
        )


def days(posting: PostingView) -> None:
    """When and where it hangs, and by whom."""
    rows: list[tuple[object, object]] = [
        (_("Trạng thái"), markup.tag(word(posting.state), tone(posting.state))),
        (_("Nơi niêm yết"), posting.place),
        (_("Từ ngày"), formats.day(posting.opened_on)),
        (
            _("Đến hết ngày"),
            _n("{day}, {n} ngày làm việc không kể ngày treo", posting.working_days).format(
                day=formats.day(posting.due_on), n=posting.working_days
            ),
        ),
        (
            _("Danh sách đã treo"),
            _n("{n} người", posting.hung).format(n=formats.number(posting.hung)),
        ),
    ]
    if posting.closed_on:
        rows.append((_("Chốt ngày"), formats.day(posting.closed_on)))
    rows.append((_("Người mở"), posting.opened_by))
    markup.show(markup.facts(rows))


def proof(user: User, posting: PostingView) -> None:
    """The photograph or signed page that shows the list on the board."""

    def keep() -> None:
        file = st.session_state.get(_FILE)

        def command() -> str | None:
            if file is None:
                return None
            commands.prove(posting.id, file.name, file.getvalue(), user.username)
            return _("Đã lưu minh chứng {name}.").format(name=file.name)

        press(command)

    markup.show(markup.heading(_("Minh chứng niêm yết")))
    for one in posting.proofs:
        st.text(f"{one.file_name} · {one.added_by}, {formats.day_time(one.added_at)}")
    if not posting.proofs:
        markup.show(markup.muted(_("Chưa có ảnh hoặc giấy xác nhận của xã.")))
    if may(user.role, Action.OPEN_POSTING):
        chosen = st.file_uploader(
            _("Ảnh bảng tin hoặc giấy xác nhận (PDF, JPG, PNG, đến 10 MB)"),
            type=["pdf", "jpg", "jpeg", "png"],
            max_upload_size=10,
            key=_FILE,
        )
        st.button(
            _("Lưu 1 tệp minh chứng"), on_click=keep, disabled=chosen is None, key="posting.prove"
        )


def take_down(user: User, row: ListInReview, posting: PostingView, *, due: bool) -> None:
    """Close the posting; from then on its people can be matched."""
    if posting.state is not PostingState.OPEN:
        return
    if not may(user.role, Action.CLOSE_POSTING):
        return

    def close() -> None:
        def command() -> str:
            people = commands.close(posting.id, posting.version, user.username)
            return _n("Đã chốt niêm yết {code}: {n} người có thể được ghép.", people).format(
                code=row.code, n=formats.number(people)
            )

        press(command)

    points = _in_the_way(row, posting, due=due)
    if points:
        markup.show(markup.note("amber", _("Chưa chốt được:"), "", points))
    elif not posting.proofs:
        markup.show(markup.note("amber", _("Chưa có minh chứng niêm yết."), ""))
    st.button(
        _n("Chốt niêm yết: {n} người", row.counts[NominationState.ELIGIBLE]).format(
            n=formats.number(row.counts[NominationState.ELIGIBLE])
        ),
        type="primary",
        disabled=bool(points),
        on_click=close,
        key="posting.close",
    )


def _in_the_way(row: ListInReview, posting: PostingView, *, due: bool) -> list[str]:
    points = []
    if not due:
        points.append(_("phải treo hết ngày {day}").format(day=formats.day(posting.due_on)))
    if posting.unanswered:
        points.append(
            _n("còn {n} ý kiến chưa trả lời", posting.unanswered).format(n=posting.unanswered)
        )
    if doubtful := row.counts[NominationState.TO_CHECK]:
        points.append(_n("còn {n} người cần xem lại", doubtful).format(n=formats.number(doubtful)))
    return points
