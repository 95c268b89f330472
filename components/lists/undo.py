"""Undoing a sent file: what vanishes, what stays and why, told before and after."""

from collections.abc import Mapping

import streamlit as st

from components.ui import dialogs, markup
from components.ui.formats import number
from components.ui.i18n import N_, _, _n
from db.commands.lists import undo as upload_undo
from db.queries.admin.accounts import User
from db.queries.lists.lists import UploadLine
from db.rules import why

_TAKEN_BACK = {
    "nominated": N_("{n} người đưa vào danh sách"),
    "withdrawn": N_("{n} người đã bị rút, nay đưa lại"),
    "relisted": N_("{n} người trở về nội dung cũ"),
    "filled": N_("{n} hồ sơ trở về thông tin cũ"),
}
_LEFT = {
    "reviewed": N_("{n} đã được BHXH tỉnh rà soát"),
    "changed_since": N_("{n} đã được sửa tiếp sau đó"),
    "posted": N_("{n} đã niêm yết"),
    "matched": N_("{n} đã được ghép hỗ trợ"),
    "withdrawn_since": N_("{n} đã được rút từ trước"),
    "listed_elsewhere": N_("{n} đã có trong danh sách khác"),
}
Parts = Mapping[str, Mapping[str, int]]


def ask(user: User, upload: UploadLine) -> None:
    """Open the dialog that tells what an undo would do, and does it."""
    plan = upload_undo.preview(user.scope, upload.id)
    count = sum(plan.taken_back.values())

    def undo() -> str:
        reason = st.session_state.get("undo.reason", "")
        done = upload_undo.undo(upload.id, reason, user.username)
        return told(done.counts())

    @st.dialog(_("Hoàn tác tệp {file}?").format(file=markup.plain(upload.file_name)))
    def dialog() -> None:
        draw_parts(plan.counts())
        if not count:
            st.text(_("Không còn gì để hoàn tác."))
            return
        st.text_area(_("Lý do hoàn tác"), max_chars=why.MOST, key="undo.reason")
        verb = _n("Hoàn tác {n} thay đổi", count).format(n=number(count))
        dialogs.finish(verb, undo, key="undo.now")

    dialog()


def draw_parts(parts: Parts) -> None:
    """The three parts, each with its reasons; an empty one is said to be empty."""
    markup.show(
        markup.facts(
            (
                (_("Lấy lại"), _lines(parts["taken_back"], _TAKEN_BACK)),
                (_("Giữ nguyên"), _lines(parts["kept"], _LEFT)),
                (_("Không lấy lại được"), _lines(parts["impossible"], _LEFT)),
            )
        )
    )


def told(parts: Parts) -> str:
    """The three parts in one sentence."""
    sentence = _("Đã hoàn tác. Lấy lại: {taken}. Giữ nguyên: {kept}. Không lấy lại được: {lost}.")
    return sentence.format(
        taken=_lines(parts["taken_back"], _TAKEN_BACK),
        kept=_lines(parts["kept"], _LEFT),
        lost=_lines(parts["impossible"], _LEFT),
    )


def _lines(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    found = [_(words[code]).format(n=number(count)) for code, count in counts.items() if count]
    return "; ".join(found) or _("không có")
