"""What a row of the work queue says, and where its one button leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from components import screens
from components.screens import Screen
from components.ui import formats
from components.ui.i18n import N_, _, _n
from components.ui.words import piece, pieces, place, word
from db.queries.home.tasks import NAMED, WAITING, Group, Kind, Task
from db.rules.benefits import KINDS
from db.rules.states import Benefit

GROUPS = {
    Group.OVERDUE: N_("Quá hạn"),
    Group.TODAY: N_("Hôm nay"),
    Group.WEEK: N_("Trong tuần này"),
    Group.OTHERS: N_("Đang chờ người khác"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`what` and `why` take the fields of a task; `verb` is the button; `parameter` its code."""

    what: str
    why: str
    verb: str
    screen: Screen
    parameter: str = ""


_ROWS = {
    Kind.LIST_RETURNED: Row(
        N_("Sửa danh sách {where}: {count} người"),
        N_("BHXH tỉnh trả lại. {who}"),
        N_("Sửa danh sách"),
        screens.LISTS,
        "ds",
    ),
    Kind.LIST_MISSING: Row(
        N_("Nộp danh sách {where}"),
        N_("Năm nay xã chưa có danh sách nào."),
        N_("Nộp danh sách"),
        screens.UPLOAD,
        "xa",
    ),
    Kind.LIST_TO_REVIEW: Row(
        N_("Rà soát danh sách {where}: {count} người"),
        N_("Nộp ngày {since}."),
        N_("Rà soát"),
        screens.REVIEW,
        "ds",
    ),
    Kind.LIST_TO_POST: Row(
        N_("Niêm yết danh sách {where} ({count} người)"),
        N_("Đã rà soát xong ngày {since}. Niêm yết đủ ngày mới được ghép."),
        N_("Niêm yết"),
        screens.POSTING,
        "ds",
    ),
    Kind.PAIRS_OPEN: Row(
        N_("So sánh {count} cặp nghi trùng trong danh sách {where}"),
        N_("Phải xong trước khi niêm yết."),
        N_("So sánh"),
        screens.PAIRS,
        "ds",
    ),
    Kind.PAIRS_ASKED: Row(
        N_("Trả lời {count} cặp nghi trùng trong danh sách {where}"),
        N_("BHXH tỉnh hỏi lại."),
        N_("Trả lời"),
        screens.PAIRS,
        "ds",
    ),
    Kind.PROOF_MISSING: Row(
        N_("Gửi ảnh niêm yết {where}"),
        N_("Niêm yết từ {since}. Chưa có ảnh hoặc bản xác nhận đã niêm yết."),
        N_("Gửi ảnh"),
        screens.POSTING,
        "ds",
    ),
    Kind.POSTING_DUE: Row(
        N_("Chốt danh sách {where}"),
        N_("Niêm yết từ {since}, đã đủ ngày."),
        N_("Chốt danh sách"),
        screens.POSTING,
        "ds",
    ),
    Kind.OBJECTIONS_OPEN: Row(
        N_("Trả lời {count} ý kiến về danh sách {where}"),
        N_("Nhận ngày {since}. Hạn trả lời {due}."),
        N_("Trả lời"),
        screens.POSTING,
        "ds",
    ),
    Kind.FUNDS_LATE: Row(
        N_("Đối chiếu kinh phí: {where}, {amount} ₫"),
        N_("Đăng ký ngày {since}, hẹn chuyển ngày {due}. Ngân hàng chưa báo có đủ."),
        N_("Đối chiếu"),
        screens.PLEDGE,
        "ht",
    ),
    Kind.PLEDGE_TO_MATCH: Row(
        N_("Ghép {items} của {where}"),
        N_("Đăng ký ngày {since}. Có {amount} người đủ điều kiện đang chờ."),
        N_("Lập đề xuất"),
        screens.MATCHING,
        "ht",
    ),
    Kind.PROPOSAL_DRAFT: Row(
        N_("Gửi duyệt đợt ghép {code}: {count} người"),
        N_("{where}. Lập ngày {since}, giữ chỗ đến {due}."),
        N_("Xem và gửi"),
        screens.APPROVAL,
        "gh",
    ),
    Kind.PROPOSAL_RETURNED: Row(
        N_("Sửa đợt ghép {code}: {count} người"),
        N_("{where}. Bị trả lại, giữ chỗ đến {due}."),
        N_("Sửa đợt ghép"),
        screens.APPROVAL,
        "gh",
    ),
    Kind.PROPOSAL_TO_DECIDE: Row(
        N_("Duyệt đợt ghép {code}: {count} người"),
        N_("{where}. {who} đề xuất ngày {since}, giữ chỗ đến {due}."),
        N_("Xem và duyệt"),
        screens.APPROVAL,
        "gh",
    ),
    Kind.TO_ISSUE: Row(
        N_("Cấp {items} của {where}"),
        N_("Đã duyệt, chưa có số thẻ, số sổ."),
        N_("Nhập số"),
        screens.ISSUING,
        "ht",
    ),
    Kind.TO_INVITE: Row(
        N_("Lập lịch trao {items} tại {where}"),
        N_("Đăng ký ngày {since}. Hạn lập lịch {due}."),
        N_("Lập lịch"),
        screens.HANDOVER,
        "ht",
    ),
    Kind.EVENT_TO_CONFIRM: Row(
        N_("Chốt lịch trao {items} tại {where}"),
        N_("Dự kiến ngày {due}."),
        N_("Chốt lịch"),
        screens.EVENT,
        "tt",
    ),
    Kind.EVENT_TO_RECORD: Row(
        N_("Ghi kết quả trao {items} tại {where}"),
        N_("Lễ trao ngày {due}. Chưa ghi đủ người."),
        N_("Ghi kết quả"),
        screens.EVENT,
        "tt",
    ),
    Kind.PAGE_MISSING: Row(
        N_("Đính kèm trang ký nhận: {items} tại {where}"),
        N_("Đã trao ngày {since}. Chưa có trang ký thì chưa tính vào tiến độ."),
        N_("Đính kèm"),
        screens.EVENT,
        "tt",
    ),
    Kind.MINUTES_TO_CONFIRM: Row(
        N_("Xác nhận biên bản trao {items} tại {where}"),
        N_("Đã trao ngày {since}. Xác nhận xong mới tính vào tiến độ."),
        N_("Xem biên bản"),
        screens.EVENT,
        "tt",
    ),
    Kind.PLAN_MISSING: Row(
        N_("Lập kế hoạch và mục tiêu năm {year}"),
        N_("Chưa có kế hoạch nào được đề xuất."),
        N_("Lập kế hoạch"),
        screens.GOALS,
    ),
    Kind.PLAN_TO_DECIDE: Row(
        N_("Duyệt kế hoạch và mục tiêu năm {year}"),
        N_("Đề xuất ngày {since}."),
        N_("Xem và duyệt"),
        screens.GOALS,
    ),
    Kind.GOALS_MISSING: Row(
        N_("Đôn đốc {count} tỉnh chưa có mục tiêu được duyệt"),
        "{where}",
        N_("Xem mục tiêu"),
        screens.GOALS,
    ),
    Kind.FAR_BEHIND: Row(
        N_("Đôn đốc {count} tỉnh chậm nhiều: {benefit}"),
        "{where}",
        N_("Xem tiến độ"),
        screens.PROGRESS,
        "sp",
    ),
    Kind.ACCOUNT_LOCKED: Row(
        N_("Kiểm tra tài khoản bị khóa: {where}"),
        N_("Tên đăng nhập {code}. Sai mật khẩu nhiều lần."),
        N_("Mở tài khoản"),
        screens.ACCOUNTS,
    ),
    Kind.PASSWORD_UNCHANGED: Row(
        N_("Nhắc {count} người chưa đổi mật khẩu lần đầu"),
        N_("Tài khoản đã tạo nhưng chưa dùng được."),
        N_("Xem tài khoản"),
        screens.ACCOUNTS,
    ),
    Kind.LIST_WAITS: Row(
        N_("Danh sách {where} chờ BHXH tỉnh rà soát: {count} người"),
        N_("Nộp ngày {since}, đã chờ {days} ngày."),
        N_("Xem"),
        screens.REVIEW,
        "ds",
    ),
    Kind.PAIRS_WAIT: Row(
        N_("{count} cặp nghi trùng của {where} chờ BHXH cơ sở trả lời"),
        N_("Đã hỏi lại, chưa có câu trả lời."),
        N_("Xem"),
        screens.PAIRS,
        "ds",
    ),
    Kind.PROPOSAL_WAITS: Row(
        N_("Đợt ghép {code} chờ {who} duyệt"),
        N_("{where}: {count} người. Gửi ngày {since}, đã chờ {days} ngày."),
        N_("Xem"),
        screens.APPROVAL,
        "gh",
    ),
    Kind.PLAN_WAITS: Row(
        N_("Kế hoạch năm {year} chờ lãnh đạo duyệt"),
        N_("Đề xuất ngày {since}, đã chờ {days} ngày."),
        N_("Xem"),
        screens.GOALS,
    ),
    Kind.EVENT_WAITS: Row(
        N_("Lịch trao {items} tại {where} chờ BHXH tỉnh chốt"),
        N_("Dự kiến ngày {due}."),
        N_("Xem"),
        screens.EVENT,
        "tt",
    ),
    Kind.MINUTES_WAIT: Row(
        N_("Biên bản trao {items} tại {where} chờ lãnh đạo xác nhận"),
        N_("Đã trao ngày {since}, đã chờ {days} ngày."),
        N_("Xem"),
        screens.EVENT,
        "tt",
    ),
}


def what(task: Task) -> str:
    """Verb, number and where."""
    return _n(_ROWS[task.kind].what, task.count).format(**_fields(task, task.since or date.min))


def why(task: Task, today: date) -> str:
    """Why now, since when, who; and by how many days it is late."""
    told = _(_ROWS[task.kind].why).format(**_fields(task, today)).strip()
    if task.kind not in WAITING and task.due and task.due < today:
        days = (today - task.due).days
        return f"{told} {_n('Quá hạn {days} ngày.', days).format(days=days)}"
    return told


def verb(task: Task) -> str:
    return _(_ROWS[task.kind].verb)


def target(task: Task) -> tuple[str, dict[str, str]]:
    """The page file and the address parameters that open the record."""
    row = _ROWS[task.kind]
    code = _CODES.get(task.kind, _same)(task.code)
    return row.screen.file, {row.parameter: code} if row.parameter else {}


_ABOUT_PEOPLE = frozenset(
    {
        Kind.FUNDS_LATE,
        Kind.PLEDGE_TO_MATCH,
        Kind.PROPOSAL_DRAFT,
        Kind.PROPOSAL_RETURNED,
        Kind.PROPOSAL_TO_DECIDE,
        Kind.PROPOSAL_WAITS,
        Kind.TO_ISSUE,
        Kind.ACCOUNT_LOCKED,
    }
)
"""Kinds whose `where` is a donor or a colleague; the others name a commune."""


def _same(code: str) -> str:
    return code


_CODES: dict[Kind, Callable[[str], str]] = {
    Kind.FAR_BEHIND: lambda benefit: KINDS[Benefit(benefit)].slug,
}


def _where(task: Task) -> str:
    if task.kind in (Kind.GOALS_MISSING, Kind.FAR_BEHIND):
        more = task.count - NAMED
        told = _("{names} và {more} tỉnh khác.") if more > 0 else "{names}."
        return told.format(names=task.where, more=more)
    return task.where if task.kind in _ABOUT_PEOPLE else place(task.where)


def _items(task: Task) -> str:
    """Without a number where the pledge is of money."""
    if task.benefit is None:
        return ""
    return pieces(task.benefit, task.count) if task.count else piece(task.benefit)


def _fields(task: Task, today: date) -> dict[str, str]:
    return {
        "where": _where(task),
        "code": task.code,
        "count": formats.number(task.count),
        "year": str(task.count),
        "items": _items(task),
        "benefit": word(task.benefit) if task.benefit else "",
        "amount": formats.number(task.amount),
        "since": formats.day(task.since) if task.since else "–",
        "due": formats.day(task.due) if task.due else "–",
        "days": formats.number((today - task.since).days) if task.since else "0",
        "who": task.who or _("lãnh đạo"),
    }
