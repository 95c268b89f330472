"""The result of matching beside its pledge: how many, for how much, until when."""

import streamlit as st

from components import screens
from components.matching import words
from components.ui import formats, markup
from components.ui.i18n import _
from components.ui.words import tone, word
from db.queries.matching.proposal import ProposalSheet
from db.rules.states import MatchState


def show(draft: ProposalSheet) -> None:
    """The card, with the approver's words while a returned proposal waits to be sent again."""
    money = sum(one.donor_share for one in draft.of_state(MatchState.PROPOSED))
    line = _("Kinh phí {money}; giữ chỗ đến {day}. Chỉnh tay: {n}.").format(
        money=formats.money(money), day=formats.day(draft.expires_on), n=draft.adjusted
    )
    markup.show(markup.heading(draft.code, markup.tag(word(draft.state), tone(draft.state))))
    markup.show(markup.muted(markup.bold(words.result_line(draft))))
    markup.show(markup.muted(line))
    if returned := draft.last_return():
        lead = _("{who} trả lại:").format(who=returned.full_name)
        markup.show(markup.note("red", lead, returned.comment))
    st.page_link(
        screens.APPROVAL.file,
        label=_("Xem như người duyệt"),
        query_params={"gh": draft.code},
        icon=":material/visibility:",
    )
