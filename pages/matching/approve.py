"""Duyệt đợt ghép: a second person reads who was chosen and why, and decides."""

import streamlit as st

from components import entries, screens
from components.frame import auth
from components.matching import candidates, checks, dialogs, lists, why_person, words
from components.ui import changed, filters, formats, markup, notices
from components.ui.actions import carry_out
from components.ui.i18n import _, _n, pgettext
from components.ui.words import piece
from db.commands.matching import proposals as commands
from db.queries.matching import proposals as matching
from db.queries.matching.proposal import ProposalSheet, proposal
from db.rules.access import Action, may
from db.rules.states import MatchState, ProposalState

user = auth.require(screens.APPROVAL)
may_decide = may(user.role, Action.DECIDE_PROPOSAL)


def end_what_ran_out() -> None:
    """Nobody decides on places that are no longer kept."""
    if count := len(matching.run_out(user.scope)):
        carry_out(lambda: expired(count))


def expired(count: int) -> str:
    commands.expire(user.username)
    return _n("{n} đợt đã hết hạn giữ chỗ; các suất trở lại khoản hỗ trợ.", count).format(n=count)


def show_list() -> None:
    markup.page_head(_("Duyệt đợt ghép"), _("Chọn một đợt để xem và duyệt."))
    notices.show()
    waiting = {"cho": _("Chờ duyệt"), "tat-ca": _("Tất cả")}
    wanted = filters.choice("xem", _("Trạng thái"), waiting, "cho", widget="segmented")
    states = [ProposalState.SUBMITTED] if wanted == "cho" else None
    rows, count = matching.proposals(
        user.scope, states=states, offset=entries.first_row("approve.page")
    )
    if not rows:
        entries.empty(
            _("Không có đợt nào chờ duyệt."),
            _("Đợt mới xuất hiện ở đây khi cán bộ BHXH tỉnh bấm Gửi duyệt."),
        )
    lists.proposals(rows, may_decide=may_decide)
    entries.pager("approve.page", count)


def show_proposal(sheet: ProposalSheet) -> None:
    markup.page_head(_("Duyệt đợt ghép {code}").format(code=sheet.code), words.looked_at(sheet))
    notices.show()
    changed.tell(user, "Proposal", sheet.id, sheet.version)
    show_next_step(sheet)
    cards = st.columns([4, 5, 5])
    blocks = (
        checks.support(sheet.pledge),
        checks.automatic(sheet),
        checks.two_people(sheet, user),
    )
    for column, block in zip(cards, blocks, strict=True):
        with column, st.container(border=True, height="stretch"):
            markup.show(block)
    decides = sheet.state is ProposalState.SUBMITTED and user.account_id in sheet.approvers
    left, right = st.columns([13, 7], gap="large")
    with left:
        title = _n("{n} người, xếp theo điểm hoàn cảnh", len(sheet.people)).format(
            n=formats.number(len(sheet.people))
        )
        markup.show(markup.heading(title, proposal_line(sheet)))
        shown = candidates.filtered(sheet)
        picked = candidates.pick(sheet, shown, selectable=decides)
    with right:
        why_person.panel(sheet, picked.person)
    if sheet.state is ProposalState.SUBMITTED:
        show_bar(sheet, picked.chosen, decides)


def show_next_step(sheet: ProposalSheet) -> None:
    row = sheet.pledge.row
    if sheet.state is ProposalState.APPROVED:
        label, screen = _("Cấp {piece}").format(piece=piece(sheet.benefit)), screens.ISSUING
    elif sheet.state in (ProposalState.DRAFT, ProposalState.RETURNED) and not may_decide:
        label, screen = _("Sửa và gửi duyệt"), screens.MATCHING
    else:
        return
    st.page_link(
        screen.file, label=label, query_params={"ht": row.code}, icon=":material/arrow_forward:"
    )


def proposal_line(sheet: ProposalSheet) -> str:
    if sheet.threshold is None:
        return ""
    return _("ngưỡng {points} điểm, dự bị ở cuối bảng").format(points=sheet.threshold)


def show_bar(sheet: ProposalSheet, chosen: frozenset[int], decides: bool) -> None:
    proposed = len(sheet.of_state(MatchState.PROPOSED))
    reserve = {one.match_id for one in sheet.of_state(MatchState.RESERVE)}
    rest = proposed - len(chosen - reserve)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        said = markup.fill(
            _("{chosen}. {rest}"),
            chosen=markup.bold(
                _("Đang chọn {n}/{all} người").format(
                    n=formats.number(len(chosen)), all=formats.number(proposed)
                )
            ),
            rest=_n("Còn {n} suất, nên xét người dự bị ở đợt sau.", rest).format(n=rest)
            if rest
            else "",
        )
        with st.container(width="stretch"):
            markup.show(markup.muted(said))
        if st.button(
            pgettext("button", "Trả lại"),
            icon=":material/undo:",
            disabled=not decides,
            key="return",
        ):
            dialogs.turn_down(sheet, "return", user)
        if st.button(pgettext("button", "Từ chối"), disabled=not decides, key="reject"):
            dialogs.turn_down(sheet, "reject", user)
        if st.button(
            _n("Duyệt {n} người", len(chosen)).format(n=formats.number(len(chosen))),
            type="primary",
            shortcut="Ctrl+Enter",
            disabled=not decides or not chosen,
            key="approve",
        ):
            dialogs.approve(sheet, chosen, user)


end_what_ran_out()
if code := st.query_params.get("gh"):
    show_proposal(proposal(user.scope, code))
else:
    show_list()
