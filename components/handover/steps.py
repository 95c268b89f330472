"""The steps of one hand-over: confirm it, call it off, keep the signed page, let it count."""

from functools import partial

import streamlit as st

from components.handover import minutes_file, words
from components.handover.record import result
from components.ui import dialogs, downloads, formats
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.markup import facts, heading, muted, note, show, table
from components.ui.words import donor, pieces, word
from db.commands.handover import events as commands
from db.queries.admin.accounts import User
from db.queries.handover.events import EventDetail
from db.rules import why
from db.rules.access import Action, Role, may
from db.rules.masking import mask_number
from db.rules.states import HANDED_OVER, EventState

_REASON = "event.reason"
_FILE = "scan.event"
_TABLE_ROWS = 30


def summary(event: EventDetail) -> None:
    """Everything that was agreed and done, with who did it."""
    row = event.row
    done = [
        (_("Thời gian"), formats.day_time(row.starts_at)),
        (_("Địa điểm"), row.place),
        (_("Hình thức"), words.form(row.form)),
        (_("Thành phần"), event.guests or "–"),
        (_("Khoản hỗ trợ"), f"{row.pledge_code}, {donor(row.donor)}"),
        (_("Số lượng"), words.items(row)),
        (_("Người lập lịch"), f"{event.proposed_by}, {formats.day_time(event.proposed_at)}"),
    ]
    if event.confirmed_by:
        done.append((_("Người chốt lịch"), event.confirmed_by))
    if event.held_on:
        done.append((_("Ngày trao"), formats.day(event.held_on)))
        done.append((_("Kết quả"), result(event.people)))
    if event.minutes_confirmed_at:
        at = formats.day_time(event.minutes_confirmed_at)
        done.append((_("Xác nhận biên bản"), f"{event.minutes_confirmed_by}, {at}"))
    if event.reason:
        done.append((_("Lý do hủy"), event.reason))
    show(facts(done))


def before(user: User, event: EventDetail) -> None:
    """Confirm or call off what has not been held."""
    row = event.row
    with st.container(horizontal=True):
        if row.state is EventState.PROPOSED and may(user.role, Action.CONFIRM_EVENT):
            st.button(
                _("Chốt lịch trao {items}").format(items=words.items(row)),
                type="primary",
                on_click=_confirm,
                args=(user, event),
                key="event.confirm",
            )
        if _may_cancel(user, event) and st.button(_("Hủy lịch trao"), key="event.cancel"):
            _cancel_dialog(user, event)


def people(event: EventDetail) -> None:
    """The invited, for reading; numbers stay masked."""
    show(heading(_("Người được mời"), formats.number(len(event.people))))
    lines = [
        (
            person.name,
            formats.birth(person.birth),
            person.hamlet,
            mask_number(person.document_number),
            word(person.presence) if person.presence else "–",
        )
        for person in event.people[:_TABLE_ROWS]
    ]
    headers = [_("Họ và tên"), _("Ngày sinh"), _("Thôn, bản"), _("Số thẻ, sổ"), _("Kết quả")]
    show(table(headers, lines))
    if len(event.people) > _TABLE_ROWS:
        more = len(event.people) - _TABLE_ROWS
        told = _n("Còn {count} người khác; đủ danh sách trong tệp Word.", more)
        show(muted(told.format(count=formats.number(more))))


def paper(user: User, event: EventDetail) -> None:
    """The minutes to print and the signed page that comes back."""
    row = event.row
    show(heading(_("Biên bản và trang ký nhận")))
    downloads.office_file(
        _n("Tải biên bản Word ({count} người)", len(event.people)).format(
            count=formats.number(len(event.people))
        ),
        partial(minutes_file.made, user, event),
        f"bien-ban-{row.code}.docx",
        key="event.minutes",
    )
    for scan in event.scans:
        at = formats.day_time(scan.added_at)
        st.download_button(
            _("Trang ký: {at}").format(at=at),
            partial(commands.take_scan, row.id, scan.id, user.username),
            file_name=scan.file_name,
            mime=scan.content_type,
            icon=":material/attach_file:",
            on_click="ignore",
            key=f"event.scan.{scan.id}",
        )
        show(muted(f"{scan.file_name}, {scan.added_by}"))
    if row.state in (EventState.CONFIRMED, EventState.HELD) and may(
        user.role, Action.RECORD_OUTCOME
    ):
        _attach_form(user, event)


def minutes(user: User, event: EventDetail) -> None:
    """The last step: another person lets the hand-over count."""
    if event.row.state is not EventState.HELD:
        return
    received = sum(person.presence in HANDED_OVER for person in event.people)
    if not may(user.role, Action.CONFIRM_MINUTES):
        told = _n(
            "Lãnh đạo xác nhận biên bản thì {count} người mới được tính vào tiến độ.", received
        )
        show(note("blue", _("Chờ xác nhận."), told.format(count=formats.number(received))))
        return
    blocked = _why_not(user, event)
    if blocked:
        show(note("amber", _("Chưa xác nhận được."), blocked))
    label = _n("Xác nhận biên bản: {count} người đã nhận", received).format(
        count=formats.number(received)
    )
    if st.button(label, type="primary", disabled=bool(blocked), key="event.minuted"):
        _minutes_dialog(user, event, received)


def _why_not(user: User, event: EventDetail) -> str:
    if not event.scans:
        return _("Chưa có trang ký nhận; cán bộ ghi kết quả đính kèm ảnh hoặc PDF.")
    if user.username in event.recorded_by:
        return _("Anh/chị đã ghi kết quả lễ trao này; người khác phải xác nhận.")
    return ""


def _may_cancel(user: User, event: EventDetail) -> bool:
    state = event.row.state
    if not may(user.role, Action.PROPOSE_EVENT) or event.row.recorded:
        return False
    return state is EventState.PROPOSED or (
        state is EventState.CONFIRMED and user.role is Role.OFFICER
    )


def _attach_form(user: User, event: EventDetail) -> None:
    chosen = st.file_uploader(
        _("Ảnh hoặc PDF trang ký nhận (PDF, JPG, PNG, đến 10 MB)"),
        type=["pdf", "jpg", "jpeg", "png"],
        max_upload_size=10,
        key=_FILE,
    )
    st.button(
        _("Đính kèm 1 tệp"),
        disabled=chosen is None,
        on_click=_attach,
        args=(user, event),
        key="event.attach",
    )


def _attach(user: User, event: EventDetail) -> None:
    file = st.session_state[_FILE]

    def command() -> str:
        commands.attach(event.row.id, file.name, file.getvalue(), user.username)
        return _("Đã đính kèm {name}.").format(name=file.name)

    press(command)


def _confirm(user: User, event: EventDetail) -> None:
    def command() -> str:
        commands.confirm(event.row.id, event.row.version, user.username)
        return _("Đã chốt lịch {code}.").format(code=event.row.code)

    press(command)


def _cancel_dialog(user: User, event: EventDetail) -> None:
    @st.dialog(_("Hủy lịch trao {code}").format(code=event.row.code))
    def ask() -> None:
        told = _("{items} trở lại danh sách chờ lập lịch.")
        show(muted(told.format(items=words.items(event.row))))
        st.text_input(_("Lý do"), key=_REASON, max_chars=why.MOST)
        label = _n("Hủy lịch của {count} người", event.row.people).format(
            count=formats.number(event.row.people)
        )
        dialogs.finish(label, partial(_cancelled, user, event), key="event.cancel_now")

    ask()


def _cancelled(user: User, event: EventDetail) -> str:
    reason = st.session_state.get(_REASON, "")
    commands.cancel(event.row.id, reason, event.row.version, user.username)
    return _("Đã hủy lịch {code}.").format(code=event.row.code)


def _minutes_dialog(user: User, event: EventDetail, received: int) -> None:
    @st.dialog(_("Xác nhận biên bản {code}").format(code=event.row.code))
    def ask() -> None:
        others = event.row.people - received
        show(
            facts(
                [
                    (_("Ngày trao"), formats.day(event.held_on) if event.held_on else "–"),
                    (_("Kết quả"), result(event.people)),
                    (_("Tính vào tiến độ"), pieces(event.row.benefit, received)),
                    (_("Còn giữ, mời lại sau"), pieces(event.row.benefit, others)),
                ]
            )
        )
        show(note("amber", _("Xác nhận rồi thì không sửa được.")))
        label = _n("Xác nhận {count} người đã nhận", received).format(
            count=formats.number(received)
        )
        dialogs.finish(label, partial(_minuted, user, event), key="event.minuted_now")

    ask()


def _minuted(user: User, event: EventDetail) -> str:
    count = commands.confirm_minutes(event.row.id, event.row.version, user.username)
    return _n("Đã xác nhận biên bản {code}: {count} người được tính vào tiến độ.", count).format(
        code=event.row.code, count=formats.number(count)
    )
