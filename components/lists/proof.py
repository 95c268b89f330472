"""The lasting proof that a list was sent: its code, what happens next, the ways back."""

from functools import partial

import streamlit as st

from components import screens
from components.lists import steps
from components.ui import dialogs, downloads, markup
from components.ui.formats import day_time, number
from components.ui.i18n import _, _n
from components.ui.words import tone, word
from db.commands.lists import draft_check
from db.commands.lists import send as commands
from db.documents.list_files import error_workbook
from db.queries.admin.accounts import User
from db.queries.lists import lists
from db.queries.lists.lists import ListLine, UploadLine
from db.rules import why


def draw(user: User, line: ListLine) -> None:
    sent = lists.uploads(user.scope, line.id)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if line.can_be_withdrawn and line.submitted_at is not None:
            markup.show(
                markup.note(
                    "green",
                    _n("Đã gửi {n} người lên BHXH tỉnh.", line.people).format(
                        n=number(line.people)
                    ),
                    _("Mã danh sách: {code}. Ghi lại mã này để hỏi khi cần.").format(
                        code=line.code
                    ),
                )
            )
        markup.show(markup.facts(_facts(line, sent)))
    with right:
        what_next()
        if sent and sent[0].left_out:
            _left_behind(user, sent[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Nộp xã khác"),
            type="primary",
            on_click=steps.go,
            args=(steps.FILE, ""),
            key="upload.another",
        )
        if line.can_be_withdrawn and st.button(_("Thu hồi danh sách này"), key="upload.withdraw"):
            ask_to_withdraw(user, line)
        st.page_link(screens.LISTS.file, label=_("Xem các danh sách đã nộp"))


def what_next() -> None:
    """What happens to a list once it is sent."""
    markup.show(
        markup.note(
            "blue",
            _("Sau khi gửi:"),
            points=(
                _("BHXH tỉnh rà soát điều kiện và các trường hợp nghi trùng."),
                _("Danh sách được niêm yết tại xã, tên và số giấy tờ đã che."),
                _("Anh/chị thu hồi được đến khi BHXH tỉnh bắt đầu rà soát."),
            ),
        )
    )


def ask_to_withdraw(user: User, line: ListLine) -> None:
    """Open the dialog that takes a list back."""
    title = _("Thu hồi danh sách {code}?").format(code=line.code)

    def withdraw() -> str:
        reason = st.session_state.get("lists.reason", "")
        commands.withdraw(line.id, reason, line.version, user.username)
        return _("Đã thu hồi danh sách {code}.").format(code=line.code)

    @st.dialog(title)
    def dialog() -> None:
        st.text(
            _n(
                "{n} người trong danh sách được rút ra. Tệp đã gửi vẫn được lưu.", line.people
            ).format(n=number(line.people))
        )
        st.text_area(_("Lý do thu hồi"), max_chars=why.MOST, key="lists.reason")
        verb = _n("Thu hồi {n} người", line.people).format(n=number(line.people))
        dialogs.finish(verb, withdraw, key="lists.withdraw_now")

    dialog()


def errors_download(user: User, upload: UploadLine, key: str) -> None:
    """The wrong rows of a sent file; made, and recorded as an export, at the click."""
    downloads.office_file(
        _("Tải tệp lỗi (.xlsx)"),
        partial(_error_workbook, upload.id, user.username),
        f"loi-{upload.id}.xlsx",
        key=key,
    )


def _error_workbook(upload_id: int, username: str) -> bytes:
    return error_workbook(draft_check.check_upload(upload_id, username))


def _facts(line: ListLine, sent: list[UploadLine]) -> list[tuple[object, object]]:
    round_ = _("đợt {round}/{year}").format(round=line.round, year=line.year)
    rows: list[tuple[object, object]] = [
        (_("Mã danh sách"), markup.bold(line.code)),
        (_("Xã, đợt"), f"{line.commune}, {round_}"),
        (_("Hỗ trợ"), word(line.benefit)),
        (_("Trạng thái"), markup.tag(word(line.state), tone(line.state))),
        (_("Số người"), number(line.people)),
    ]
    if line.submitted_at is not None:
        rows.append((_("Gửi lúc"), day_time(line.submitted_at)))
    if sent:
        rows.append((_("Tệp"), sent[0].file_name))
        rows.append((_("Người gửi"), sent[0].sent_by))
    return rows


def _left_behind(user: User, upload: UploadLine) -> None:
    markup.show(
        markup.note(
            "amber",
            _n("{n} dòng lỗi chưa gửi.", upload.left_out).format(n=number(upload.left_out)),
            _(
                "Tải tệp lỗi, sửa các ô đỏ rồi chọn tệp đó ở “Nộp danh sách”: các dòng đã sửa "
                "được bổ sung vào đúng danh sách này."
            ),
        )
    )
    errors_download(user, upload, "upload.left_behind")
