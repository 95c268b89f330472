"""Step 4: what will be sent, by whom it was agreed, and the proof that it was."""

from datetime import datetime

import streamlit as st

from components import dialogs, markup, screens, upload_steps
from components.actions import carry_out
from components.formats import day_time, number
from components.i18n import _, _n
from components.words import tone, word
from db.commands import lists as commands
from db.commands.lists import Rehearsal
from db.intake.checked import CheckedList
from db.queries import lists
from db.queries.accounts import User
from db.queries.lists import Draft, ListLine
from db.reference.catalogue import categories_by_code

_CONFIRMED = "upload.confirmed"


def draw(user: User, draft: Draft, checked: CheckedList, year: int) -> None:
    rehearsal = commands.rehearse(user.username, checked)
    if rehearsal.sent_before:
        _already_sent(*rehearsal.sent_before)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.subheader(_("Kiểm tra trước khi gửi"), anchor=False)
        markup.show(markup.facts(_facts(draft, checked, rehearsal, year)))
    with right:
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
        confirmed = st.checkbox(
            _(
                "Danh sách đã được rà soát cùng UBND xã và Mặt trận Tổ quốc xã; "
                "người có tên biết và đồng ý cung cấp thông tin."
            ),
            wrap=True,
            key=_CONFIRMED,
        )
    _send_bar(user, checked, rehearsal, confirmed)


def proof(user: User, line: ListLine) -> None:
    """The list was sent: its code, what it holds, and the way back while there is one."""
    sent = lists.uploads(user.scope, line.id)
    if line.can_be_withdrawn and line.submitted_at is not None:
        markup.show(
            markup.note(
                "green",
                _n("Đã gửi {n} người lên BHXH tỉnh.", line.people).format(n=number(line.people)),
                _("Mã danh sách: {code}. Ghi lại mã này để hỏi khi cần.").format(code=line.code),
            )
        )
    rows: list[tuple[object, object]] = [
        (_("Mã danh sách"), markup.bold(line.code)),
        (_("Xã, đợt"), f"{line.commune}, {_round(line.round, line.year)}"),
        (_("Hỗ trợ"), word(line.benefit)),
        (_("Trạng thái"), markup.tag(word(line.state), tone(line.state))),
        (_("Số người"), number(line.people)),
    ]
    if line.submitted_at is not None:
        rows.append((_("Gửi lúc"), day_time(line.submitted_at)))
    if sent:
        rows.append((_("Tệp"), sent[0].file_name))
        rows.append((_("Người gửi"), sent[0].sent_by))
    markup.show(markup.facts(rows))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Nộp xã khác"),
            type="primary",
            on_click=upload_steps.go,
            args=(upload_steps.FILE, ""),
            key="upload.another",
        )
        if line.can_be_withdrawn and st.button(_("Thu hồi danh sách này"), key="upload.withdraw"):
            ask_to_withdraw(user, line)
        st.page_link(screens.LISTS.file, label=_("Xem các danh sách đã nộp"))


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
        st.text_area(_("Lý do thu hồi"), max_chars=500, key="lists.reason")
        verb = _n("Thu hồi {n} người", line.people).format(n=number(line.people))
        dialogs.finish(verb, withdraw, key="lists.withdraw_now")

    dialog()


def _facts(
    draft: Draft, checked: CheckedList, rehearsal: Rehearsal, year: int
) -> list[tuple[object, object]]:
    labels = categories_by_code()
    where = markup.join((markup.bold(draft.commune), ", ", _round(rehearsal.round, year)))
    file = _n("{file} ({n} dòng)", checked.rows_read).format(
        file=draft.file_name, n=number(checked.rows_read)
    )
    rows: list[tuple[object, object]] = [
        (_("Xã, đợt"), where),
        (_("Hỗ trợ"), word(draft.benefit)),
        (_("Tệp"), file),
        (_("Sẽ thêm mới"), markup.bold(_people(rehearsal.new))),
        (_("Người đã có trong hệ thống"), _people(rehearsal.known)),
    ]
    if rehearsal.recognised:
        said = _("{n} ghi khác lần trước, không thêm mới")
        rows.append((_("Nhận ra người đã có"), said.format(n=_rows(rehearsal.recognised))))
    if rehearsal.corrects:
        rows += [
            (_("Nộp lại danh sách"), rehearsal.corrects),
            (_("Thay đổi"), _people(rehearsal.changed)),
            (_("Giữ nguyên"), _people(rehearsal.unchanged)),
            (_("Rút khỏi danh sách"), _people(rehearsal.gone)),
        ]
    rows += [
        (_("Gộp vì trùng hẳn"), _rows(rehearsal.merged)),
        (_("Đã có trong danh sách khác"), _("{n}, không gửi").format(n=_rows(rehearsal.elsewhere))),
        (_("Dòng lỗi để lại"), _rows(rehearsal.left_out)),
        (
            _("Đối tượng"),
            ", ".join(
                f"{labels[code].label} {number(count)}" for code, count in rehearsal.categories
            )
            or _("chưa ghi"),
        ),
    ]
    return rows


def _send_bar(user: User, checked: CheckedList, rehearsal: Rehearsal, confirmed: bool) -> None:
    def send() -> None:
        sent: list[str] = []

        def command() -> None:
            sent.append(
                commands.submit(
                    user.username,
                    confirmed=bool(st.session_state.get(_CONFIRMED)),
                    leave_errors=bool(checked.errors),
                )
            )

        if carry_out(command):
            upload_steps.go(upload_steps.FILE)
            st.query_params["ds"] = sent[0]

    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.button(
            _("Quay lại"),
            icon=":material/arrow_back:",
            on_click=upload_steps.go,
            args=(upload_steps.FIXES,),
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
