"""Cấp thẻ, cấp sổ: what is approved and paid for gets its number."""

import streamlit as st

from components import entries, screens
from components.donors import words
from components.frame import auth
from components.matching import approved_file, issue_dialogs, issue_panels, lists, number_grid
from components.ui import formats, markup, notices
from components.ui.actions import press
from components.ui.i18n import _, _n
from components.ui.words import piece, pieces
from db import clock
from db.commands.matching import issuing as commands
from db.queries.matching import issuing
from db.queries.matching.issuing import IssueSheet
from db.rules.access import Action, may

user = auth.require(screens.ISSUING)
may_issue = may(user.role, Action.ISSUE)


def issue(sheet: IssueSheet) -> None:
    numbers = number_grid.typed(sheet.pledge.row.code, sheet.waiting)

    def command() -> str:
        day = st.session_state["issue.day"]
        count = commands.issue(sheet.pledge.row.id, numbers, day, user.username)
        return _("Đã cấp {items}. Việc tiếp theo: lập lịch trao.").format(
            items=pieces(sheet.pledge.row.benefit, count)
        )

    if press(command):
        number_grid.issued(user, sheet.pledge.row.code)


def paste(code: str) -> None:
    def command() -> str:
        block = issuing.read_numbers(user.scope, code, st.session_state["issue.block"])
        number_grid.fill(user, code, block.numbers)
        said = _n("Đã điền {n} số vào bảng, chưa ghi gì. ", len(block.numbers)).format(
            n=len(block.numbers)
        )
        if block.unplaced:
            lines = ", ".join(str(line) for line in block.unplaced)
            said += _("Chưa biết của ai: dòng {lines}; hãy nhập tay.").format(lines=lines)
        return said

    press(command)


def show_list() -> None:
    markup.page_head(_("Cấp thẻ, cấp sổ"), _("Chọn khoản hỗ trợ có người đã duyệt, chờ cấp."))
    notices.show()
    rows, count = issuing.to_issue(user.scope, offset=entries.first_row("issue.page"))
    if not rows:
        entries.empty(
            _("Không có ai chờ cấp."), _("Người được duyệt xuất hiện ở đây ngay sau khi duyệt.")
        )
    lists.pledges_to_issue(rows)
    entries.pager("issue.page", count)


def show_pledge(sheet: IssueSheet) -> None:
    row = sheet.pledge.row
    markup.page_head(
        _("Cấp {piece} {code}").format(piece=piece(row.benefit), code=row.code),
        _("{donor}: {waiting} người chờ cấp, {issued} đã cấp.").format(
            donor=words.donor_name(row),
            waiting=formats.number(len(sheet.waiting)),
            issued=formats.number(len(sheet.issued)),
        ),
    )
    notices.show()
    money, files = st.columns(2)
    with money, st.container(border=True, height="stretch"):
        issue_panels.money(sheet)
    with files, st.container(border=True, height="stretch"):
        markup.show(markup.heading(_("Danh sách gửi bộ phận thu")))
        if may(user.role, Action.EXPORT_APPROVED):
            for proposal in sheet.proposals:
                approved_file.buttons(proposal, user.username)
    if sheet.waiting:
        show_waiting(sheet)
    if sheet.issued:
        show_issued(sheet)


def show_waiting(sheet: IssueSheet) -> None:
    row = sheet.pledge.row
    markup.show(
        markup.heading(
            _("Chờ cấp"), _n("{n} người", len(sheet.waiting)).format(n=len(sheet.waiting))
        )
    )
    if not may_issue:
        issue_panels.people(sheet.waiting)
        return
    with st.expander(_("Dán nhiều số")):
        st.text_area(
            _("Mỗi dòng một số theo thứ tự bảng, hoặc CCCD (họ tên), dấu tab, số"),
            key="issue.block",
        )
        st.button(_("Điền vào bảng"), on_click=paste, args=(row.code,), key="issue.paste")
    numbers = number_grid.numbers(user, row.code, sheet.waiting)
    with st.container(key="bar", horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            _("Ngày cấp"),
            value=clock.today(),
            **formats.ANY_DAY,
            key="issue.day",
            width=180,
        )
        if st.button(_("Rút duyệt một người"), key="issue.release"):
            issue_dialogs.take_back(sheet.waiting, user, issued=False)
        st.button(
            _("Cấp {items}").format(items=pieces(row.benefit, len(numbers))),
            type="primary",
            disabled=not numbers,
            on_click=issue,
            args=(sheet,),
            key="issue.do",
        )


def show_issued(sheet: IssueSheet) -> None:
    markup.show(
        markup.heading(
            _("Đã cấp, chờ trao"), _n("{n} người", len(sheet.issued)).format(n=len(sheet.issued))
        )
    )
    issue_panels.people(sheet.issued)
    if may(user.role, Action.RELEASE) and st.button(_("Hoàn một suất"), key="issue.refund"):
        issue_dialogs.take_back(sheet.issued, user, issued=True)


if code := st.query_params.get("ht"):
    show_pledge(issuing.issue_sheet(user.scope, code))
else:
    show_list()
