"""The files of one list: what each was, what it did, and what can still be done with it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components import screens
from components.lists import proof, undo
from components.ui import markup
from components.ui.actions import press
from components.ui.formats import day_time, number
from components.ui.i18n import N_, _, _n
from components.ui.words import tone, word
from db.commands.lists import drafts
from db.queries.admin.accounts import User
from db.queries.lists.lists import ListLine, UploadLine
from db.rules.states import ListState

MOST_FILES = 20
_REOPENED = "lists.reopened"
_DID = {
    "people": N_("{n} người được đề nghị"),
    "new": N_("{n} mới"),
    "changed": N_("{n} thay đổi"),
    "withdrawn": N_("{n} rút ra"),
    "merged": N_("{n} lặp trong tệp"),
    "elsewhere": N_("{n} đã có ở danh sách khác"),
    "left_out": N_("{n} dòng lỗi để lại"),
    "pairs": N_("{n} cặp nghi trùng"),
}


def details(user: User, line: ListLine, uploads: Sequence[UploadLine]) -> None:
    """State, reason, files and what can still be done."""
    head = f"{line.code} · {line.commune}"
    markup.show(markup.heading(head, markup.tag(word(line.state), tone(line.state))))
    if line.state is ListState.RETURNED:
        markup.show(markup.note("red", _("BHXH tỉnh trả lại:"), line.reason))
    elif line.state is ListState.WITHDRAWN and line.reason:
        markup.show(markup.muted(_("Lý do thu hồi: {reason}").format(reason=line.reason)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if line.state is ListState.RETURNED:
            st.page_link(
                screens.UPLOAD.file,
                label=_("Nộp lại danh sách này"),
                icon=":material/upload_file:",
                query_params={"xa": line.commune_code, "sp": line.benefit.value},
            )
        if line.can_be_withdrawn and st.button(_("Thu hồi danh sách này"), key="lists.withdraw"):
            proof.ask_to_withdraw(user, line)
    for upload in uploads[:MOST_FILES]:
        with st.container(border=True):
            _file(user, upload)


def _file(user: User, upload: UploadLine) -> None:
    """One file of the history: what it was, what it did, what can be done with it."""
    sent = f"{day_time(upload.sent_at)}, {upload.sent_by}"
    purpose = markup.tag(word(upload.purpose), tone(upload.purpose))
    markup.show(markup.heading(upload.file_name, purpose, line=sent))
    markup.show(markup.muted(_what_it_did(upload)))
    if upload.undone_at is not None:
        undone = _("Đã hoàn tác lúc {at}.").format(at=day_time(upload.undone_at))
        markup.show(markup.note("amber", undone))
        undo.draw_parts(upload.undone)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Đọc lại tệp này"),
            icon=":material/refresh:",
            help=_("Mở lại tệp đã gửi để khớp cột hay sửa ô khác đi, không cần tải lên lần nữa."),
            on_click=_reopen,
            args=(user, upload.id),
            key=f"lists.reopen.{upload.id}",
        )
        if upload.left_out:
            proof.errors_download(user, upload, f"lists.errors.{upload.id}")
        if upload.undone_at is None and st.button(
            _("Hoàn tác tệp này"), icon=":material/undo:", key=f"lists.undo.{upload.id}"
        ):
            undo.ask(user, upload)


def _reopen(user: User, upload_id: int) -> None:
    """Callback: the file is a draft again; the page then goes to it."""
    press(partial(_reopened, upload_id, user.username))


def go_to_reopened() -> None:
    """Once a file was taken up again, its columns are the next thing to look at."""
    draft_id = st.session_state.pop(_REOPENED, None)
    if draft_id is not None:
        st.switch_page(screens.UPLOAD.file, query_params={"buoc": "2", "tep": str(draft_id)})


def _reopened(upload_id: int, username: str) -> str:
    st.session_state[_REOPENED] = drafts.reopen(upload_id, username).id
    return _("Tệp đã gửi được mở lại. Chưa có gì thay đổi cho đến khi anh/chị gửi.")


def _what_it_did(upload: UploadLine) -> str:
    counts = upload.counts
    parts = [
        _n("{n} dòng", int(counts.get("rows", 0))).format(n=number(int(counts.get("rows", 0))))
    ]
    if announced := counts.get("announced"):
        parts.append(_("công văn ghi {n} người").format(n=number(int(announced))))
    for name, said in _DID.items():
        if count := int(counts.get(name, 0)):
            parts.append(_(said).format(n=number(count)))
    return "; ".join(parts)
