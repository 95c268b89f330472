"""Step 4: what will be sent, by whom it was agreed, and the proof that it was."""

from datetime import datetime

import streamlit as st

from components import reads
from components.lists import plan as upload_plan
from components.lists import proof, purpose, sending, steps
from components.reads import category_labels
from components.ui import markup
from components.ui.formats import day_time, number
from components.ui.i18n import _, _n
from components.ui.words import word
from db.commands.lists import plan as list_plan
from db.commands.lists import send as commands
from db.commands.lists.plan import Rehearsal
from db.commands.lists.send import Tell
from db.intake.told.checked import CheckedList
from db.queries.admin.accounts import User
from db.queries.lists.lists import Draft
from db.rules.states import UploadPurpose

_CONFIRMED = "upload.confirmed"


def draw(user: User, draft: Draft, checked: CheckedList, year: int) -> None:
    with st.spinner(_("Đang so với những người đã có…")):
        rehearsal = reads.keep(
            ("rehearsal", user.username, draft.seen, reads.as_of()),
            lambda: list_plan.rehearse(draft.seen.id, user.username, checked),
        )
    if rehearsal.sent_before:
        _already_sent(*rehearsal.sent_before)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.subheader(_("Kiểm tra trước khi gửi"), anchor=False)
        markup.show(markup.facts(_facts(draft, checked, rehearsal, year)))
    with right:
        purpose.choose(user, rehearsal)
        purpose.compare_with_letter(user, checked, rehearsal)
        proof.what_next()
        st.checkbox(
            _(
                "Danh sách đã được rà soát cùng UBND xã và Mặt trận Tổ quốc xã; "
                "người có tên biết và đồng ý cung cấp thông tin."
            ),
            wrap=True,
            key=_CONFIRMED,
        )
    upload_plan.draw(checked, rehearsal)
    _send_bar(user, draft, checked, rehearsal)


def _facts(
    draft: Draft, checked: CheckedList, rehearsal: Rehearsal, year: int
) -> list[tuple[object, object]]:
    labels = category_labels()
    where = markup.join((markup.bold(draft.commune), ", ", _round(rehearsal.round, year)))
    file = _n("{file} ({n} dòng)", checked.rows_read).format(
        file=draft.file_name, n=number(checked.rows_read)
    )
    rows: list[tuple[object, object]] = [
        (_("Xã, đợt"), where),
        (_("Hỗ trợ"), word(draft.benefit)),
        (_("Tệp"), file),
        (_("Sẽ thêm mới"), markup.bold(_people(len(rehearsal.new)))),
        (_("Người đã có trong hệ thống"), _people(len(rehearsal.known))),
    ]
    if rehearsal.purpose is not UploadPurpose.NEW_ROUND:
        rows += [
            (word(rehearsal.purpose), rehearsal.last_code),
            (_("Thay đổi"), _people(len(rehearsal.changed))),
            (_("Giữ nguyên"), _people(len(rehearsal.unchanged))),
            (_("Rút khỏi danh sách"), _people(len(rehearsal.gone))),
        ]
    recognised = _("{n}, không thêm mới")
    others = (
        (_("Nhận ra người đã có"), recognised, rehearsal.recognised),
        (_("Chuyển BHXH tỉnh so sánh"), _("{n} có thể trùng"), rehearsal.maybe),
        (_("Gộp vì trùng hẳn"), "{n}", rehearsal.merged),
        (_("Đã có trong danh sách khác"), _("{n}, không gửi"), rehearsal.elsewhere),
    )
    rows += [(name, said.format(n=_rows(len(found)))) for name, said, found in others if found]
    rows += [
        (_("Dòng lỗi để lại"), _rows(rehearsal.left_out)),
        (
            _("Đối tượng"),
            ", ".join(f"{labels[code]} {number(count)}" for code, count in rehearsal.categories)
            or _("chưa ghi"),
        ),
    ]
    return rows


def _send_bar(user: User, draft: Draft, checked: CheckedList, rehearsal: Rehearsal) -> None:
    confirmed = bool(st.session_state.get(_CONFIRMED))

    def send() -> None:
        confirmed_now = bool(st.session_state.get(_CONFIRMED))

        def work(tell: Tell) -> str:
            return commands.submit(
                draft.seen,
                user.username,
                confirmed=confirmed_now,
                leave_errors=bool(checked.errors),
                purpose=rehearsal.purpose,
                tell=tell,
            )

        sending.start(work)

    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.button(
            _("Quay lại"),
            icon=":material/arrow_back:",
            on_click=steps.go,
            args=(steps.FIXES,),
            key="upload.back",
        )
        st.button(
            _n("Gửi {n} người lên BHXH tỉnh", rehearsal.people).format(n=number(rehearsal.people)),
            type="primary",
            disabled=not confirmed or not _can_send(rehearsal),
            on_click=send,
            key="upload.send",
        )
        if rehearsal.sent_before:
            markup.show(markup.muted(_("Không cần gửi lại.")))
        elif not rehearsal.people and rehearsal.elsewhere:
            markup.show(markup.muted(_("Mọi người trong tệp đã có trong danh sách khác.")))
        elif not rehearsal.people:
            markup.show(markup.muted(_("Không có người nào để gửi.")))
        elif not confirmed:
            markup.show(markup.muted(_("Đánh dấu ô xác nhận để gửi.")))


def _can_send(rehearsal: Rehearsal) -> bool:
    return rehearsal.people > 0 and rehearsal.sent_before is None


def _already_sent(code: str, at: datetime) -> None:
    markup.show(
        markup.note(
            "amber",
            _("Tệp này đã gửi lúc {at}, mã {code}.").format(at=day_time(at), code=code),
            _("Nội dung không có gì khác nên không gửi lại."),
        )
    )


def _round(round_: int, year: int) -> str:
    return _("đợt {round}/{year}").format(round=round_, year=year)


def _people(count: int) -> str:
    return _n("{n} người", count).format(n=number(count))


def _rows(count: int) -> str:
    return _n("{n} dòng", count).format(n=number(count))
