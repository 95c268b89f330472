"""What a file is to the lists its commune sent before, and the number on the cover letter."""

import streamlit as st

from components.lists import steps
from components.ui import markup
from components.ui.formats import number, parse_count
from components.ui.i18n import _, _n
from components.ui.words import word
from db.commands.lists import drafts
from db.commands.lists.plan import Rehearsal
from db.intake.told.checked import CheckedList
from db.queries.admin.accounts import User
from db.rules.states import UploadPurpose

_CHOICE = "upload.purpose"
_ANNOUNCED = "upload.announced"


def choose(user: User, rehearsal: Rehearsal) -> None:
    """Nothing to choose where the commune has no list that could still take the file."""
    if len(rehearsal.purposes) < 2:
        return
    key = f"{_CHOICE}.{rehearsal.purpose.value}"

    def chosen() -> None:
        purpose = UploadPurpose(st.session_state[key])
        steps.change(lambda seen: drafts.choose_purpose(purpose, seen=seen, actor=user.username))

    order = [purpose for purpose in UploadPurpose if purpose in rehearsal.purposes]
    st.radio(
        _("Tệp này là"),
        [purpose.value for purpose in order],
        index=order.index(rehearsal.purpose),
        format_func=lambda value: word(UploadPurpose(value)),
        captions=[_meaning(purpose, rehearsal) for purpose in order],
        on_change=chosen,
        key=key,
    )


def compare_with_letter(user: User, checked: CheckedList, rehearsal: Rehearsal) -> None:
    """The control total: what the commune's letter says against the people in the file."""
    announced = rehearsal.announced

    def changed() -> None:
        text = st.session_state[_ANNOUNCED]
        people = parse_count(text) if text.strip() else None
        steps.change(
            lambda seen: drafts.announce(
                -1 if text.strip() and people is None else people,
                seen=seen,
                actor=user.username,
            )
        )

    st.text_input(
        _("Số người ghi trong công văn, tờ trình của xã (nếu có)"),
        value="" if announced is None else number(announced),
        placeholder=_("ví dụ 137"),
        on_change=changed,
        key=_ANNOUNCED,
    )
    if announced is None:
        return
    read = checked.rows_read
    if announced == read:
        markup.show(
            markup.note("green", _n("Khớp: tệp có {n} người.", read).format(n=number(read)))
        )
        return
    markup.show(
        markup.note(
            "amber",
            _("Công văn ghi {announced} người, tệp có {read} người: {what}.").format(
                announced=number(announced),
                read=number(read),
                what=(_("tệp thiếu {n}") if announced > read else _("tệp thừa {n}")).format(
                    n=number(abs(announced - read))
                ),
            ),
            _("Kiểm tra lại tệp, hoặc hỏi xã trước khi gửi."),
        )
    )


def _meaning(purpose: UploadPurpose, rehearsal: Rehearsal) -> str:
    meanings = {
        UploadPurpose.CORRECTION: _(
            "Thay cho {code}: chỉ chỗ khác đi mới thay đổi, ai không còn trong tệp thì rút."
        ),
        UploadPurpose.ADDITION: _("Thêm người vào {code}, sửa người đã có; không rút ai."),
        UploadPurpose.NEW_ROUND: _(
            "Một danh sách riêng; người đã có ở {code} thì không gửi lần nữa."
        ),
    }
    return meanings[purpose].format(code=rehearsal.last_code)
