"""Step 1: whose list it is, and the file."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components import screens
from components.lists import steps
from components.ui import downloads, filters, markup
from components.ui.actions import carry_out, press
from components.ui.formats import day_time, number
from components.ui.i18n import _, _n
from components.ui.words import place, word
from db.commands.lists import corrected_file, drafts
from db.commands.lists.corrected_file import Taken
from db.documents.list_files import template_workbook
from db.intake.told.checked import CheckedList
from db.queries import places
from db.queries.admin.accounts import User
from db.queries.lists import lists
from db.queries.lists.lists import Draft
from db.rules.names import fold
from db.rules.states import Benefit, ListState

MEGABYTES = 20
_DRAFT_SHOWN = "upload.draft_shown"


def draw(
    user: User, unfinished: Sequence[Draft], refused: tuple[Draft, CheckedList] | None, year: int
) -> None:
    """`refused` is the file that cannot be read; the others are the unfinished ones."""
    left, right = st.columns([7, 5], gap="large")
    with left:
        only = unfinished[0] if len(unfinished) == 1 else None
        commune, benefit = _whose(user, refused[0] if refused else only)
        if refused is not None:
            _refused(user, *refused)
        for draft in unfinished:
            if refused is None or draft.seen.id != refused[0].seen.id:
                _unfinished(user, draft)
        if commune:
            _returned(user, commune, benefit, year)
        st.subheader(_("Chọn tệp Excel hoặc CSV của xã"), anchor=False)
        _dropzone(user, commune, benefit)
        markup.show(
            markup.note(
                "blue",
                _("Chưa ghi gì vào hệ thống ở bước này."),
                _("Tệp được đọc thử, anh/chị xem và sửa lỗi trước khi gửi."),
            )
        )
        st.page_link(
            screens.LISTS.file, label=_("Xem các danh sách đã nộp"), icon=":material/history:"
        )
    with right:
        _needed_columns()


def _whose(user: User, draft: Draft | None) -> tuple[str, Benefit]:
    """The commune and the benefit; those of the file in work stand there at first."""
    if draft is not None and _DRAFT_SHOWN not in st.session_state:
        st.session_state[_DRAFT_SHOWN] = True
        if "xa" not in st.query_params:
            filters.choose("xa", draft.commune_code, "")
            filters.choose("sp", draft.benefit.value, Benefit.HI.value)
    communes = places.communes(user.scope)
    labels = {code: f"{name} ({fold(name)})" for code, name in communes.items()}
    where, what = st.columns([3, 2], vertical_alignment="bottom")
    with where:
        commune = filters.choice(
            "xa", _("Danh sách của xã, phường nào?"), {"": _("Chọn xã, phường…")} | labels, ""
        )
    with what:
        codes = {benefit.value: word(benefit) for benefit in Benefit}
        benefit = filters.choice("sp", _("Đề nghị hỗ trợ"), codes, Benefit.HI.value)
    return commune, Benefit(benefit)


def _dropzone(user: User, commune: str, benefit: Benefit) -> None:
    key = f"upload.file.{st.session_state.setdefault('upload.round_of_file', 0)}"

    def take() -> None:
        file = st.session_state[key]
        if file is None:
            return
        content = file.getvalue()

        taken: list[Taken] = []

        def start() -> str | None:
            taken.append(corrected_file.take(commune, benefit, file.name, content, user.username))
            return _landed(taken[0])

        if carry_out(start):
            st.session_state["upload.round_of_file"] += 1
            to_fixes = taken[0].kind == "corrections"
            step = steps.FIXES if to_fixes else steps.COLUMNS
            steps.go(step, taken[0].draft_id, taken[0].commune_code)

    st.file_uploader(
        _("Tệp danh sách"),
        max_upload_size=MEGABYTES,
        label_visibility="collapsed",
        disabled=not commune,
        on_change=take,
        key=key,
    )
    if not commune:
        markup.show(markup.muted(_("Chọn xã, phường trước rồi mới chọn tệp.")))


def _landed(taken: Taken) -> str | None:
    """Where a workbook of corrected rows went; nothing to say of any other file."""
    if taken.kind == "corrections":
        return _n("Đã nhận {n} ô sửa từ tệp lỗi vào tệp đang làm dở.", taken.cells).format(
            n=number(taken.cells)
        )
    if taken.kind == "addition":
        return _("Đây là tệp lỗi của danh sách {code}: các dòng này sẽ bổ sung vào đó.").format(
            code=taken.list_code
        )
    return None


def _refused(user: User, draft: Draft, checked: CheckedList) -> None:
    """A file that cannot be read."""
    markup.show(
        markup.note(
            "red",
            markup.fill(_("Không nhận được tệp {file}."), file=draft.file_name),
            checked.message or "",
        )
    )
    with st.container(horizontal=True):
        if draft.answers:  # what was answered may be why
            steps.ask_again_button(user)
        _discard_button(user, draft)


def _unfinished(user: User, draft: Draft) -> None:
    """A file already here, on which work can go on."""
    markup.show(
        markup.note(
            "amber",
            markup.fill(
                _("Đang làm dở tệp {file} của {commune}."),
                file=draft.file_name,
                commune=place(draft.commune),
            ),
            _("Lần cuối lúc {at}.").format(at=day_time(draft.seen.at)),
        )
    )
    with st.container(horizontal=True):
        st.button(
            _("Làm tiếp tệp này"),
            type="primary",
            on_click=steps.go,
            args=(steps.COLUMNS, draft.seen.id, draft.commune_code),
            key=f"upload.resume.{draft.seen.id}",
        )
        _discard_button(user, draft)


def _discard_button(user: User, draft: Draft) -> None:
    def discard() -> None:
        if press(partial(drafts.discard, draft.seen.id, user.username)):
            steps.go(steps.FILE)

    st.button(_("Bỏ tệp này"), on_click=discard, key=f"upload.discard.{draft.seen.id}")


def _returned(user: User, commune: str, benefit: Benefit, year: int) -> None:
    last = lists.latest(user.scope, commune, year, benefit)
    if last is None or last.state is not ListState.RETURNED:
        return
    markup.show(
        markup.note(
            "amber",
            _("Danh sách {code} bị trả lại: {reason}").format(code=last.code, reason=last.reason),
            _("Chọn tệp đã sửa để nộp lại danh sách này; chỉ chỗ khác đi mới thay đổi."),
        )
    )


def _needed_columns() -> None:
    st.subheader(_("Tệp cần có các cột"), anchor=False)
    star = markup.late(" *")
    markup.show(
        markup.table(
            (_("Cột"), _("Ví dụ")),
            (
                (markup.join((_("Họ và tên"), star)), "Lô Thị Xoan"),
                (markup.join((_("Ngày sinh"), star)), _("12/03/1951, hoặc chỉ năm 1951")),
                (_("Giới tính"), "Nữ"),
                (_("Số CCCD hoặc số định danh"), _("12 chữ số")),
                (_("Thôn, bản, tổ dân phố"), "Bản Cò Phạt"),
                (_("Đối tượng"), "Hộ cận nghèo"),
                (_("Số điện thoại"), "0912 345 118"),
            ),
        )
    )
    markup.show(
        markup.join(
            (
                markup.Html('<p class="ct-line ct-small">'),
                markup.late("*"),
                " ",
                _("Bắt buộc. Tên cột và thứ tự có thể khác; bước sau sẽ khớp."),
                markup.Html("</p>"),
            )
        )
    )
    downloads.office_file(
        _("Tải tệp mẫu (.xlsx)"), template_workbook, "mau-danh-sach.xlsx", key="upload.template"
    )
