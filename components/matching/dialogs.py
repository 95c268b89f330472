"""Dialogs of a proposal: they repeat numbers and money, and ask for reasons."""

from collections.abc import Callable, Collection

import streamlit as st

from components.donors import words
from components.matching import left_out
from components.ui import dialogs, formats
from components.ui.i18n import _, _n, pgettext
from components.ui.markup import bold, facts, fill, muted, show
from components.ui.words import piece
from db.commands.matching import decisions, proposals
from db.queries.admin.accounts import User
from db.queries.matching.proposal import ProposalSheet
from db.queries.matching.proposal_people import ProposedPerson
from db.rules import why
from db.rules.states import MatchState, ProposalState


def approve(sheet: ProposalSheet, chosen: Collection[int], user: User) -> None:
    """Everything the approver is about to bind, once more in numbers."""

    @st.dialog(_("Duyệt đợt ghép {code}").format(code=sheet.code))
    def draw() -> None:
        proposed = sheet.of_state(MatchState.PROPOSED)
        taken = [one for one in sheet.people if one.match_id in chosen]
        rest = _rest(sheet, chosen)
        left = len(proposed) - len(taken)
        people = fill(
            _("{count}, mỗi người 1 {piece} {months} tháng"),
            count=bold(_people(len(taken))),
            piece=piece(sheet.benefit),
            months=sheet.pledge.row.months,
        )
        out = _people(left) + ", " + _("suất trở lại khoản hỗ trợ") if left else _("không ai")
        money = formats.money(sum(one.donor_share for one in taken))
        show(
            facts(
                [
                    (_("Nhà hảo tâm"), words.donor_name(sheet.pledge.row)),
                    (_("Sẽ duyệt"), people),
                    (_("Kinh phí"), money),
                    (_("Không duyệt"), out),
                ]
            )
        )
        if sheet.needs_two:
            show(muted(_("Số tiền lớn: chỉ những người cả hai người duyệt cùng chọn được duyệt.")))
        show(
            muted(
                _(
                    "Sau khi duyệt, danh sách chuyển sang cấp. Trước khi cấp, cán bộ BHXH tỉnh "
                    "rút được từng người, có lý do."
                )
            )
        )
        left_out.ask_each(rest)
        st.text_area(_("Ghi chú (không bắt buộc)"), key="proposal.note", max_chars=why.MOST)
        verb = _("Duyệt {people}").format(people=_people(len(taken)))
        _buttons(
            verb,
            pgettext("button", "Chưa duyệt"),
            lambda: _approved(sheet, chosen, user),
        )

    draw()


def turn_down(sheet: ProposalSheet, verdict: decisions.Ruling, user: User) -> None:
    """Return or reject, with the reason the maker will read."""
    returning = verdict == "return"
    title = _("Trả lại đợt {code}") if returning else _("Từ chối đợt {code}")

    @st.dialog(title.format(code=sheet.code))
    def draw() -> None:
        held = _people(len(sheet.of_state(MatchState.PROPOSED)))
        told = (
            _("{people} vẫn được giữ chỗ đến {day}; {maker} sửa rồi gửi lại.")
            if returning
            else _("{people} không được ghép đợt này; mọi suất trở lại khoản hỗ trợ.")
        )
        show(
            muted(told.format(people=held, day=formats.day(sheet.expires_on), maker=sheet.made_by))
        )
        st.text_area(_("Lý do"), key=f"proposal.reason.{verdict}", max_chars=why.MOST)
        verb = _("Trả lại {people}") if returning else _("Từ chối {people}")
        _buttons(
            verb.format(people=held),
            _("Thôi"),
            lambda: _turned_down(sheet, verdict, user),
        )

    draw()


def adjust(sheet: ProposalSheet, user: User) -> None:
    """Change the order by hand: who makes way, who comes in, and why."""

    @st.dialog(_("Chỉnh tay đợt {code}").format(code=sheet.code))
    def draw() -> None:
        names = {
            one.match_id: _("hạng {rank}: {name}, {points} điểm").format(
                rank=one.rank, name=one.full_name, points=one.score
            )
            for one in sheet.people
        }
        proposed = [one.match_id for one in sheet.of_state(MatchState.PROPOSED)]
        reserve = [one.match_id for one in sheet.in_reserve()]
        st.selectbox(
            _("Đưa ra khỏi đợt"),
            proposed,
            format_func=names.__getitem__,
            placeholder=_("Chọn…"),
            key="adjust.out",
        )
        left_out.ask(_("Vì sao đưa ra"), "adjust.because")
        st.selectbox(
            _("Thay bằng người dự bị"),
            [0, *reserve],
            format_func=lambda one: names.get(one, _("Không thay ai, trả lại một suất")),
            index=1 if reserve else 0,
            placeholder=_("Chọn…"),
            key="adjust.in",
        )
        st.text_area(_("Nói rõ (người duyệt sẽ đọc)"), key="adjust.reason", max_chars=why.MOST)
        _buttons(
            _("Đổi 1 người"),
            _("Thôi"),
            lambda: _adjusted(sheet, user),
        )

    draw()


def withdraw(sheet: ProposalSheet, user: User) -> None:
    """Give the proposal up; every piece is free again."""

    @st.dialog(_("Rút đợt ghép {code}").format(code=sheet.code))
    def draw() -> None:
        held = _people(len(sheet.of_state(MatchState.PROPOSED)))
        show(
            muted(
                _("{people} không còn được giữ chỗ; mọi suất trở lại khoản hỗ trợ.").format(
                    people=held
                )
            )
        )
        st.text_area(_("Lý do"), key="withdraw.reason", max_chars=why.MOST)
        _buttons(
            _("Rút {people}").format(people=held),
            _("Thôi"),
            lambda: _withdrawn(sheet, user),
        )

    draw()


def _buttons(verb: str, back: str, command: Callable[[], str]) -> None:
    dialogs.finish(verb, command, key="proposal.do", leave=(back, "proposal.leave"))


def _approved(sheet: ProposalSheet, chosen: Collection[int], user: User) -> str:
    comment = st.session_state["proposal.note"]
    decided = decisions.decide(
        sheet.id,
        "approve",
        chosen,
        comment=comment,
        seen=sheet.version,
        actor=user.username,
        left_out=left_out.answers(_rest(sheet, chosen)),
    )
    people = _people(decided.approved)
    if decided.state is ProposalState.SUBMITTED:
        return _("Đã ghi ý kiến duyệt {people} của {code}; chờ người duyệt thứ hai.").format(
            people=people, code=sheet.code
        )
    return _("Đã duyệt {people} của {code}. Việc tiếp theo: cấp {piece}.").format(
        people=people, code=sheet.code, piece=piece(sheet.benefit)
    )


def _turned_down(sheet: ProposalSheet, verdict: decisions.Ruling, user: User) -> str:
    reason = st.session_state[f"proposal.reason.{verdict}"]
    decisions.decide(sheet.id, verdict, [], comment=reason, seen=sheet.version, actor=user.username)
    said = _("Đã trả lại {code}.") if verdict == "return" else _("Đã từ chối {code}.")
    return said.format(code=sheet.code)


def _adjusted(sheet: ProposalSheet, user: User) -> str:
    chosen = st.session_state
    leaving, entering = chosen["adjust.out"] or 0, chosen["adjust.in"] or None
    names = {one.match_id: one.full_name for one in sheet.people}
    proposals.adjust(
        sheet.id,
        leaving,
        entering,
        because=left_out.answer("adjust.because", names.get(leaving, "")),
        reason=chosen["adjust.reason"],
        seen=sheet.version,
        actor=user.username,
    )
    return _("Đã chỉnh tay 1 người của {code}; người duyệt sẽ thấy lý do.").format(code=sheet.code)


def _withdrawn(sheet: ProposalSheet, user: User) -> str:
    reason = st.session_state["withdraw.reason"]
    proposals.withdraw(sheet.id, reason, sheet.version, user.username)
    return _("Đã rút {code}; mọi suất trở lại khoản hỗ trợ.").format(code=sheet.code)


def _rest(sheet: ProposalSheet, chosen: Collection[int]) -> list[ProposedPerson]:
    """Who was proposed and is not chosen."""
    return [one for one in sheet.of_state(MatchState.PROPOSED) if one.match_id not in chosen]


def _people(count: int) -> str:
    return _n("{n} người", count).format(n=formats.number(count))
