"""Ghép: choose a pledge, see the rule in words, let it choose, adjust, send for approval."""

import streamlit as st

from components import screens
from components.donors import words as pledge_words
from components.frame import auth
from components.matching import candidates, checks, dialogs, lists, proposal_card, why_person
from components.matching import words as proposal_words
from components.ui import changed, filters, formats, markup, notices
from components.ui.actions import press
from components.ui.i18n import _, _n
from db.commands.matching import proposals as commands
from db.queries.donors.pledge_sheet import PledgeSheet, sheet
from db.queries.matching import proposals as matching
from db.queries.matching.policy import tie_breaks
from db.queries.matching.proposal import ProposalSheet, proposal
from db.rules.access import Action, may
from db.rules.states import MatchState, PledgeState, ProposalState

user = auth.require(screens.MATCHING)
may_propose = may(user.role, Action.PROPOSE_MATCH)
may_decide = may(user.role, Action.DECIDE_PROPOSAL)


def propose(pledge_id: int) -> None:
    def command() -> str:
        code = commands.propose(pledge_id, user.username)
        return _("Đã lập đợt {code}. Xem lại rồi gửi duyệt.").format(code=code)

    press(command)


def submit(draft: ProposalSheet) -> None:
    def command() -> str:
        people = commands.submit(draft.id, draft.version, user.username)
        return _n("Đã gửi duyệt {n} người của {code}. Đợt này chờ {who}.", people).format(
            n=formats.number(people), code=draft.code, who=", ".join(draft.approvers.values())
        )

    press(command)


def show_lists() -> None:
    markup.page_head(_("Ghép và duyệt"), _("Ghép từng khoản hỗ trợ với người khó khăn nhất."))
    notices.show()
    views = {"khoan": _("Khoản còn suất"), "dot": _("Đợt ghép"), "cap": _("Chờ cấp")}
    view = filters.choice(
        "xem",
        _("Xem"),
        views,
        "khoan" if may_propose else "dot",
        widget="segmented",
        hide_label=True,
    )
    if view == "cap":
        st.switch_page(screens.ISSUING.file)
    if view == "dot":
        lists.every_proposal(user, may_decide=may_decide)
    else:
        lists.waiting_pledges(user, may_propose=may_propose)


def show_pledge(pledge: PledgeSheet) -> None:
    row = pledge.row
    made, _count = matching.proposals(user.scope, pledge_code=row.code)
    current = next((one for one in made if one.state in matching.OPEN), None)
    draft = proposal(user.scope, current.code) if current else None
    markup.page_head(
        _("Ghép {code}").format(code=row.code),
        f"{pledge_words.donor_name(row)}: {pledge_words.units(row, row.pledged)}. "
        + proposal_words.wishes(pledge)
        + ".",
    )
    notices.show()
    if draft:
        changed.tell(user, "Proposal", draft.id, draft.version)
    left, middle, right = st.columns(3)
    with left, st.container(border=True, height="stretch"):
        markup.show(checks.support(pledge))
    with middle, st.container(border=True, height="stretch"):
        markup.show(markup.heading(_("Cách chọn")))
        ties = draft.tie_breaks if draft else tie_breaks(user.scope, row.province_code, row.year)
        markup.show(
            markup.muted(proposal_words.rule(ties, row.benefit, proposal_words.wishes(pledge)))
        )
    with right, st.container(border=True, height="stretch"):
        show_result(pledge, draft)
    if draft is None:
        lists.proposals(made, may_decide=may_decide)
    else:
        show_draft(draft)


def show_result(pledge: PledgeSheet, draft: ProposalSheet | None) -> None:
    row = pledge.row
    if draft is None:
        free = pledge_words.units(row, row.free)
        markup.show(markup.heading(_("Kết quả")))
        markup.show(markup.muted(_("Còn {free} chưa ghép.").format(free=free)))
        if may_propose and row.free and row.state is PledgeState.ACTIVE:
            st.button(
                _("Ghép {free}").format(free=free),
                type="primary",
                on_click=propose,
                args=(row.id,),
                key="propose",
            )
        return
    proposal_card.show(draft)


def show_draft(draft: ProposalSheet) -> None:
    left, right = st.columns([13, 7], gap="large")
    with left:
        shown = candidates.filtered(draft)
        picked = candidates.pick(draft, shown, selectable=False)
    with right:
        why_person.panel(draft, picked.person)
    if may_propose:
        show_bar(draft)


def show_bar(draft: ProposalSheet) -> None:
    people = len(draft.of_state(MatchState.PROPOSED))
    open_to_maker = draft.state in (ProposalState.DRAFT, ProposalState.RETURNED)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            markup.show(markup.muted(proposal_words.result_line(draft)))
        if st.button(_("Rút đợt"), key="withdraw"):
            dialogs.withdraw(draft, user)
        if st.button(_("Chỉnh tay"), disabled=not open_to_maker or not people, key="adjust"):
            dialogs.adjust(draft, user)
        st.button(
            _n("Gửi duyệt {n} người", people).format(n=formats.number(people)),
            type="primary",
            shortcut="Ctrl+Enter",
            disabled=not open_to_maker or not people,
            on_click=submit,
            args=(draft,),
            key="submit",
        )


if code := st.query_params.get("ht"):
    show_pledge(sheet(user.scope, code))
else:
    show_lists()
