"""One word and one colour for every state, role and benefit, the same on every screen."""

from enum import StrEnum

from components.ui import formats
from components.ui.i18n import N_, _, _n
from components.ui.markup import Tone
from db.rules.access import Role
from db.rules.pace import Status
from db.rules.states import (
    Benefit,
    EventState,
    LeftOut,
    ListState,
    MatchState,
    NominationState,
    ObjectionState,
    PairState,
    PlanState,
    PledgeState,
    PostingState,
    Presence,
    ProposalState,
    UploadPurpose,
)

_LISTED: tuple[tuple[StrEnum, str, Tone], ...] = (
    (PlanState.PROPOSED, N_("Chờ duyệt"), "amber"),
    (PlanState.APPROVED, N_("Đã duyệt"), "green"),
    (PlanState.REJECTED, N_("Từ chối"), "grey"),
    (PledgeState.RECORDED, N_("Mới ghi"), "grey"),
    (PledgeState.ACTIVE, N_("Đang thực hiện"), "blue"),
    (PledgeState.CLOSED, N_("Đã dùng hết"), "green"),
    (PledgeState.CANCELLED, N_("Đã hủy"), "grey"),
    (ListState.DRAFT, N_("Nháp"), "grey"),
    (ListState.SUBMITTED, N_("Đã nộp"), "blue"),
    (ListState.RETURNED, N_("Trả lại"), "red"),
    (ListState.REVIEWED, N_("Đã rà soát"), "blue"),
    (ListState.POSTED, N_("Đang niêm yết"), "amber"),
    (ListState.CLOSED, N_("Đã chốt"), "green"),
    (ListState.WITHDRAWN, N_("Đã thu hồi"), "grey"),
    (NominationState.LISTED, N_("Chưa rà soát"), "grey"),
    (NominationState.ELIGIBLE, N_("Đủ điều kiện"), "green"),
    (NominationState.TO_CHECK, N_("Cần xem lại"), "amber"),
    (NominationState.NOT_ELIGIBLE, N_("Không đủ điều kiện"), "grey"),
    (NominationState.WITHDRAWN, N_("Đã rút"), "grey"),
    (PairState.OPEN, N_("Nghi trùng"), "amber"),
    (PairState.ASKED, N_("Đang hỏi BHXH cơ sở"), "blue"),
    (PairState.SAME, N_("Cùng một người"), "green"),
    (PairState.DIFFERENT, N_("Hai người khác nhau"), "grey"),
    (PostingState.OPEN, N_("Đang niêm yết"), "amber"),
    (PostingState.CLOSED, N_("Đã chốt"), "green"),
    (ObjectionState.RECEIVED, N_("Chờ trả lời"), "amber"),
    (ObjectionState.UPHELD, N_("Chấp nhận"), "red"),
    (ObjectionState.DISMISSED, N_("Không chấp nhận"), "grey"),
    (ProposalState.DRAFT, N_("Nháp"), "grey"),
    (ProposalState.SUBMITTED, N_("Chờ duyệt"), "amber"),
    (ProposalState.RETURNED, N_("Trả lại"), "red"),
    (ProposalState.APPROVED, N_("Đã duyệt"), "green"),
    (ProposalState.REJECTED, N_("Từ chối"), "grey"),
    (ProposalState.WITHDRAWN, N_("Đã rút"), "grey"),
    (ProposalState.EXPIRED, N_("Hết hạn"), "grey"),
    (MatchState.RESERVE, N_("Dự bị"), "grey"),
    (MatchState.PROPOSED, N_("Đề xuất"), "blue"),
    (MatchState.APPROVED, N_("Chờ cấp"), "amber"),
    (MatchState.ISSUED, N_("Đã cấp"), "blue"),
    (MatchState.DELIVERED, N_("Đã trao"), "green"),
    (MatchState.DECLINED, N_("Chưa duyệt"), "grey"),
    (MatchState.EXPIRED, N_("Hết hạn"), "grey"),
    (MatchState.RELEASED, N_("Đã rút"), "grey"),
    (MatchState.REFUNDED, N_("Đã hoàn"), "grey"),
    (EventState.PROPOSED, N_("Dự kiến"), "grey"),
    (EventState.CONFIRMED, N_("Đã chốt lịch"), "blue"),
    (EventState.HELD, N_("Đã trao, chờ biên bản"), "amber"),
    (EventState.MINUTED, N_("Đã xác nhận"), "green"),
    (EventState.CANCELLED, N_("Đã hủy"), "grey"),
    (Presence.PRESENT, N_("Có mặt"), "green"),
    (Presence.AT_HOME, N_("Trao tại nhà"), "green"),
    (Presence.ABSENT, N_("Vắng"), "amber"),
    (Presence.REFUSED, N_("Từ chối nhận"), "grey"),
    (LeftOut.MOVED_AWAY, N_("Đã chuyển đi nơi khác"), "grey"),
    (LeftOut.DIED, N_("Đã mất"), "grey"),
    (LeftOut.INSURED, N_("Đã có thẻ, sổ từ nguồn khác"), "grey"),
    (LeftOut.UNWILLING, N_("Không muốn nhận"), "grey"),
    (LeftOut.WRONG_RECORD, N_("Thông tin sai, cần kiểm tra lại"), "grey"),
    (LeftOut.GIVES_WAY, N_("Nhường người khó khăn hơn"), "grey"),
    (LeftOut.OTHER, N_("Lý do khác (ghi rõ)"), "grey"),
    (UploadPurpose.NEW_ROUND, N_("Đợt mới"), "blue"),
    (UploadPurpose.CORRECTION, N_("Bản sửa của danh sách đã nộp"), "amber"),
    (UploadPurpose.ADDITION, N_("Bổ sung vào danh sách đã nộp"), "blue"),
    (Benefit.HI, N_("Thẻ BHYT hộ gia đình"), "blue"),
    (Benefit.SI, N_("Sổ BHXH tự nguyện"), "blue"),
    (Role.ADMIN, N_("Quản trị"), "grey"),
    (Role.CENTRAL, N_("BHXH Việt Nam"), "grey"),
    (Role.LEADER, N_("Lãnh đạo theo dõi"), "grey"),
    (Role.OFFICER, N_("Cán bộ BHXH tỉnh"), "grey"),
    (Role.APPROVER, N_("Lãnh đạo duyệt"), "grey"),
    (Role.OFFICE, N_("Cán bộ BHXH cơ sở"), "grey"),
)
# Members of different enums with one value are equal to each other: the type tells them apart.
_WORDS = {(type(state), state): (label, tone) for state, label, tone in _LISTED}
_KINDS = {
    "Plan": N_("Kế hoạch"),
    "Pledge": N_("Đăng ký hỗ trợ"),
    "CommuneList": N_("Danh sách"),
    "Nomination": N_("Người được đề nghị"),
    "DuplicatePair": N_("Cặp nghi trùng"),
    "Posting": N_("Niêm yết"),
    "Objection": N_("Ý kiến"),
    "Proposal": N_("Đợt ghép"),
    "Match": N_("Suất hỗ trợ"),
    "Event": N_("Lễ trao tặng"),
    "Account": N_("Tài khoản"),
    "Attachment": N_("Tệp đính kèm"),
    "CoverFact": N_("Thẻ đang có"),
    "Donor": N_("Nhà hảo tâm"),
    "Office": N_("BHXH cơ sở"),
    "Person": N_("Hồ sơ người"),
    "Policy": N_("Quy tắc chấm điểm"),
    "Receipt": N_("Khoản nhận"),
}
STATUS_WORDS = {
    Status.REACHED: N_("Đã đạt mục tiêu"),
    Status.ON_PACE: N_("Đúng tiến độ"),
    Status.BEHIND: N_("Chậm"),
    Status.FAR_BEHIND: N_("Chậm nhiều"),
    Status.NO_GOAL: N_("Chưa giao mục tiêu"),
    Status.TOO_SMALL: N_("Mục tiêu nhỏ"),
}
_PIECES = {Benefit.HI: N_("thẻ"), Benefit.SI: N_("sổ")}
_COUNTED = {Benefit.HI: N_("{n} thẻ"), Benefit.SI: N_("{n} sổ")}
_SHORT = {Benefit.HI: N_("Thẻ BHYT"), Benefit.SI: N_("Sổ BHXH")}
_GOALS = {Benefit.HI: N_("Mục tiêu thẻ BHYT"), Benefit.SI: N_("Mục tiêu sổ BHXH")}
_NOT_COVERED = {
    Benefit.HI: N_("Chưa có thẻ BHYT còn hạn"),
    Benefit.SI: N_("Chưa có sổ BHXH đang đóng"),
}

UNNAMED = N_("Nhà hảo tâm không nêu tên")


def word(state: StrEnum) -> str:
    return _(_WORDS[type(state), state][0])


def tone(state: StrEnum) -> Tone:
    """The colour of the state's tag: grey, blue, amber, green or red."""
    return _WORDS[type(state), state][1]


def kind(record_kind: str) -> str:
    """What the object is called on screens."""
    return _(_KINDS[record_kind]) if record_kind in _KINDS else record_kind


def piece(benefit: Benefit) -> str:
    """The thing that is counted: thẻ or sổ."""
    return _(_PIECES[benefit])


def short(benefit: Benefit) -> str:
    """The benefit where there is little room: Thẻ BHYT."""
    return _(_SHORT[benefit])


def goal(benefit: Benefit) -> str:
    """What its yearly goal is called."""
    return _(_GOALS[benefit])


def not_covered(benefit: Benefit) -> str:
    """That somebody has none of their own."""
    return _(_NOT_COVERED[benefit])


def pieces(benefit: Benefit, count: int) -> str:
    """So many things: “65 thẻ”."""
    return _n(_COUNTED[benefit], count).format(n=formats.number(count))


def place(name: str) -> str:
    """A commune within a sentence: “xã Môn Sơn”."""
    return name[:1].lower() + name[1:]


def known(state: str, record_kind: str) -> str:
    """The word of a state that arrives as text, as in the audit chain."""
    for entry, label, _tone in _LISTED:
        owner = type(entry).__name__.removesuffix("State")
        if entry.value == state and (owner == record_kind or record_kind.endswith(owner)):
            return _(label)
    return state


def donor(name: str) -> str:
    """A donor as told to this reader; nobody's name where the pledge is anonymous."""
    return name or _(UNNAMED)
