"""The three cards above a proposal: the support, the automatic checks, the two people."""

from components.donors import words as pledge_words
from components.matching import words as proposal_words
from components.ui import formats
from components.ui.i18n import _, _n
from components.ui.markup import Html, bold, checks, facts, fill, heading, join, muted, tag
from components.ui.words import not_covered, tone, word
from db.queries.admin.accounts import User
from db.queries.donors.pledge_sheet import PledgeSheet
from db.queries.matching.proposal import ProposalSheet
from db.queries.matching.proposal_people import CHANGED, POSSIBLE_DUPLICATE, STILL_INSURED
from db.rules.states import MatchState, ProposalState


def support(pledge: PledgeSheet) -> Html:
    """Donor, what was pledged, the wish, how the money stands."""
    row = pledge.row
    received = formats.money(row.received)
    if row.missing:
        received = _("{got}, còn thiếu {missing}").format(
            got=received, missing=formats.money(row.missing)
        )
    return join(
        [
            heading(_("Khoản hỗ trợ"), row.code),
            facts(
                [
                    (_("Nhà hảo tâm"), pledge_words.donor_name(row)),
                    (
                        _("Đăng ký"),
                        _("{pledged} × {months} tháng, còn {free}").format(
                            pledged=pledge_words.units(row, row.pledged),
                            months=row.months,
                            free=pledge_words.units(row, row.free),
                        ),
                    ),
                    (_("Điều kiện"), proposal_words.wishes(pledge)),
                    (_("Đã nhận"), received),
                ]
            ),
        ]
    )


def automatic(sheet: ProposalSheet) -> Html:
    """What the program looked up just now, each with its result."""
    posting = sheet.posting
    objections = _n("{n} ý kiến đã trả lời", posting.objections).format(n=posting.objections)
    hung = _("Đã niêm yết đủ {days} ngày làm việc, {objections}").format(
        days=posting.required_days,
        objections=objections if posting.objections else _("không có khiếu nại"),
    )
    return join(
        [
            heading(_("Kiểm tra tự động")),
            checks(
                [
                    (hung, tag(_("Đạt"), "green")),
                    (_("Còn đủ điều kiện, không ghép hai lần"), _found(sheet, CHANGED)),
                    (not_covered(sheet.benefit), _found(sheet, STILL_INSURED)),
                    (_("Không nghi trùng"), _found(sheet, POSSIBLE_DUPLICATE)),
                ]
            ),
        ]
    )


def two_people(sheet: ProposalSheet, user: User) -> Html:
    """Who proposed, who decides, and how the people were chosen."""
    made = fill(
        _("Đề xuất: {who}, {at}."),
        who=bold(sheet.made_by),
        at=formats.day_time(sheet.submitted_at or sheet.made_at),
    )
    adjusted = _("Chỉnh tay: {n}.").format(n=sheet.adjusted) if sheet.adjusted else ""
    chosen = fill(
        _("Cách chọn: {rule} {result}. {adjusted}"),
        rule=proposal_words.rule(
            sheet.tie_breaks, sheet.benefit, proposal_words.wishes(sheet.pledge)
        ),
        result=bold(proposal_words.result_line(sheet)),
        adjusted=bold(adjusted),
    )
    return join(
        [
            heading(_("Người đề xuất và người duyệt"), _state_tag(sheet)),
            muted(made),
            muted(_who_decides(sheet, user)),
            *(muted(line) for line in _decided(sheet)),
            muted(chosen),
        ]
    )


def _found(sheet: ProposalSheet, warning: str) -> Html:
    count = sum(1 for one in sheet.of_state(MatchState.PROPOSED) if warning in one.warnings)
    if not count:
        return tag(_("Đạt"), "green")
    words = _n("{n} người", count).format(n=formats.number(count))
    return tag(words, "amber" if warning == POSSIBLE_DUPLICATE else "red")


def _state_tag(sheet: ProposalSheet) -> Html:
    return tag(word(sheet.state), tone(sheet.state))


def _who_decides(sheet: ProposalSheet, user: User) -> Html:
    waiting_for = ", ".join(sheet.approvers.values()) or _("người duyệt chưa có tài khoản")
    if sheet.state is not ProposalState.SUBMITTED:
        return Html("")
    if user.account_id in sheet.participants:
        return fill(
            _("Anh/chị là người đề xuất nên {blocked}. Đợt này chờ {who}."),
            blocked=bold(_("không duyệt được")),
            who=waiting_for,
        )
    if user.account_id in sheet.approvers:
        more = " " + _("Số tiền lớn: cần hai người duyệt khác nhau.") if sheet.needs_two else ""
        return fill(
            _("Duyệt: {who} (anh/chị). Hai người khác nhau, được duyệt.{more}"),
            who=bold(user.full_name),
            more=more,
        )
    return fill(_("Chờ duyệt: {who}."), who=bold(waiting_for))


def _decided(sheet: ProposalSheet) -> list[Html]:
    verdicts = {"approve": _("duyệt"), "return": _("trả lại"), "reject": _("từ chối")}
    return [
        fill(
            _("{who} {verdict} lúc {at}. {comment}"),
            who=bold(one.full_name),
            verdict=verdicts.get(one.verdict, one.verdict)
            + (f" {formats.number(one.people)}" if one.verdict == "approve" else ""),
            at=formats.day_time(one.decided_at),
            comment=f"“{one.comment}”" if one.comment else "",
        )
        for one in sheet.decisions
    ]
