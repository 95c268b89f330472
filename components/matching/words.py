"""How a proposal is spoken of: the rule, the wishes, points, warnings, results."""

from collections.abc import Sequence

from components.ui import formats
from components.ui.i18n import N_, _
from components.ui.markup import Tone
from components.ui.words import piece, tone, word
from db.queries.donors.pledge_sheet import PledgeSheet
from db.queries.matching.proposal import ProposalSheet
from db.queries.matching.proposal_people import (
    CHANGED,
    POSSIBLE_DUPLICATE,
    STILL_INSURED,
    ProposedPerson,
)
from db.rules.states import Benefit, MatchState

WARNINGS = {
    CHANGED: (
        N_("Không còn đủ điều kiện."),
        N_("Hồ sơ đã đổi sau khi đề xuất, hoặc người này vừa được đợt khác hỗ trợ."),
    ),
    STILL_INSURED: (
        N_("Đang có thẻ, sổ còn hạn."),
        N_("Cần xem trước khi duyệt."),
    ),
    POSSIBLE_DUPLICATE: (
        N_("Nghi trùng với người khác."),
        N_("Cặp nghi trùng chưa có kết luận."),
    ),
}
_TIE_BREAKS = {
    "poverty_points": N_("người nhiều điểm hộ nghèo, cận nghèo hơn"),
    "review_date": N_("người được rà soát trước"),
    "older": N_("người cao tuổi hơn"),
    "dependants": N_("người có nhiều người phụ thuộc hơn"),
    "never_insured": N_("người chưa từng tham gia"),
}
_SEXES = {"M": N_("Nam"), "F": N_("Nữ")}


def sex(code: str | None) -> str:
    return _(_SEXES[code]) if code in _SEXES else ""


def rule(tie_breaks: Sequence[str], benefit: Benefit, wishes: str) -> str:
    """The rule of choice in one sentence."""
    ties = ", ".join(_(_TIE_BREAKS[code]) for code in tie_breaks if code in _TIE_BREAKS)
    return _(
        "Điểm hoàn cảnh từ cao xuống thấp; bằng điểm thì {ties}, sau cùng bốc thăm theo mã công "
        "bố. Không quá 1 {piece} mỗi người mỗi năm. {wishes}."
    ).format(ties=ties, piece=piece(benefit), wishes=wishes)


def wishes(pledge: PledgeSheet) -> str:
    """What the donor asks for, or that there is no wish."""
    parts = []
    if pledge.communes:
        parts.append(_("chỉ {places}").format(places=", ".join(map(inside, pledge.communes))))
    if pledge.categories:
        parts.append(_("đối tượng {groups}").format(groups=", ".join(pledge.categories)))
    if pledge.wished_sex:
        parts.append(_("chỉ {sex}").format(sex=sex(pledge.wished_sex).lower()))
    if pledge.min_age is not None:
        parts.append(_("từ {age} tuổi").format(age=pledge.min_age))
    if pledge.max_age is not None:
        parts.append(_("đến {age} tuổi").format(age=pledge.max_age))
    text = "; ".join(parts) or _("không có điều kiện riêng")
    return text[0].upper() + text[1:]


def inside(commune: str) -> str:
    """A commune's name within a sentence: “xã Môn Sơn”."""
    return commune[:1].lower() + commune[1:]


def looked_at(sheet: ProposalSheet) -> str:
    """What is proposed, where, and how many people were looked at."""
    places = dict.fromkeys(inside(one.commune) for one in sheet.people)
    text = _("{n} {piece} cho {places}. Xét {all} người").format(
        n=formats.number(len(_holding(sheet))),
        piece=piece(sheet.benefit),
        places=", ".join(places),
        all=formats.number(sheet.candidates),
    )
    first, last = sheet.posting.first_day, sheet.posting.last_day
    if first and last:
        text += _(" trong danh sách đã niêm yết từ {first} đến {last}").format(
            first=formats.day_month(first), last=formats.day(last)
        )
    return f"{text}."


def result_line(sheet: ProposalSheet) -> str:
    """“60 người được ghép, 4 dự bị, ngưỡng 30 điểm”."""
    reserve = sheet.of_state(MatchState.RESERVE)
    text = _("{people} người được ghép, {reserve} dự bị").format(
        people=formats.number(len(_holding(sheet))), reserve=formats.number(len(reserve))
    )
    if sheet.threshold is not None:
        text += _(", ngưỡng {points} điểm").format(points=sheet.threshold)
    return text


def _holding(sheet: ProposalSheet) -> list[ProposedPerson]:
    """Who holds a piece of the support, or held it until the proposal ended."""
    return [
        one for one in sheet.people if one.state is not MatchState.RESERVE and one.left_out is None
    ]


def outcome(one: ProposedPerson) -> tuple[str, Tone]:
    """The word in the last column of the table."""
    text, colour = word(one.state), tone(one.state)
    if one.state is MatchState.PROPOSED:
        text, colour = (_("Xem lại"), "amber") if one.warnings else (_("Được ghép"), "green")
    if one.left_out:
        because = inside(word(one.left_out))
        return f"{text}: {because}", colour
    if one.adjusted:
        text = _("{result}, chỉnh tay").format(result=text)
    return text, colour
