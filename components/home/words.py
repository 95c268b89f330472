"""What a row of the work queue says, and where its one button leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from components import screens
from components.screens import Screen
from components.ui import formats
from components.ui.i18n import N_, _, _n
from components.ui.words import donor as named
from components.ui.words import piece, pieces, place, word
from db.queries.home import tasks
from db.queries.home.tasks import (
    AnyTask,
    Group,
    HandOverTask,
    LeadTask,
    ListTask,
    ReviewTask,
    SupportTask,
)
from db.rules.benefits import KINDS

GROUPS = {
    Group.OVERDUE: N_("Quá hạn"),
    Group.TODAY: N_("Hôm nay"),
    Group.WEEK: N_("Trong tuần này"),
    Group.OTHERS: N_("Đang chờ người khác"),
}
_NAMED = 3
"""How many provinces a row names before it says how many more."""


@dataclass(frozen=True, slots=True)
class Row:
    """`what` is verb, number and where; `why` is why now; `verb` stands on the button."""

    what: str
    why: str
    verb: str
    screen: Screen
    address: Mapping[str, str] = field(default_factory=dict)


def row(task: AnyTask, today: date) -> Row:
    """The row of a task; one that is late also says by how many days."""
    said = _row(task, today)
    if task.waits or task.due is None or task.due >= today:
        return said
    days = (today - task.due).days
    late = _n("Quá hạn {days} ngày.", days).format(days=days)
    return Row(said.what, f"{said.why} {late}", said.verb, said.screen, said.address)


def _row(task: AnyTask, today: date) -> Row:
    if isinstance(task, ListTask):
        return _list(task, today)
    if isinstance(task, ReviewTask):
        return _review(task)
    if isinstance(task, SupportTask):
        return _support(task, today)
    if isinstance(task, HandOverTask):
        return _hand_over(task, today)
    if isinstance(task, LeadTask):
        return _lead(task, today)
    assert_never(task)


def _list(task: ListTask, today: date) -> Row:
    where, since = place(task.commune), _day(task.since)
    address = {"ds": task.code}
    match task:
        case tasks.ListReturned():
            return Row(
                _counted(N_("Sửa danh sách {where}: {count} người"), task.people, where=where),
                _("BHXH tỉnh trả lại. {who}").format(who=task.reason).strip(),
                _("Sửa danh sách"),
                screens.LISTS,
                address,
            )
        case tasks.FileUnfinished():
            return Row(
                _("Gửi nốt tệp đang làm dở của {where}").format(where=where),
                _("{file}, sửa lần cuối ngày {since}. Chưa gửi gì lên BHXH tỉnh.").format(
                    file=task.file_name, since=since
                ),
                _("Làm tiếp"),
                screens.UPLOAD,
                {"buoc": "2", "tep": task.code},
            )
        case tasks.ListMissing():
            return Row(
                _("Nộp danh sách {where}").format(where=where),
                _("Năm nay xã chưa có danh sách nào."),
                _("Nộp danh sách"),
                screens.UPLOAD,
                {"xa": task.code},
            )
        case tasks.ListToReview():
            return Row(
                _counted(N_("Rà soát danh sách {where}: {count} người"), task.people, where=where),
                _("Nộp ngày {since}.").format(since=since),
                _("Rà soát"),
                screens.REVIEW,
                address,
            )
        case tasks.ListToPost():
            told = _("Đã rà soát xong ngày {since}. Niêm yết đủ ngày mới được ghép.")
            return Row(
                _counted(
                    N_("Niêm yết danh sách {where} ({count} người)"), task.people, where=where
                ),
                told.format(since=since),
                _("Niêm yết"),
                screens.POSTING,
                address,
            )
        case tasks.ListWaits():
            return Row(
                _counted(
                    N_("Danh sách {where} chờ BHXH tỉnh rà soát: {count} người"),
                    task.people,
                    where=where,
                ),
                _("Nộp ngày {since}, đã chờ {days} ngày.").format(
                    since=since, days=_days(task.since, today)
                ),
                _("Xem"),
                screens.REVIEW,
                address,
            )
        case _:
            assert_never(task)


def _review(task: ReviewTask) -> Row:
    where, since = place(task.commune), _day(task.since)
    address = {"ds": task.code}
    match task:
        case tasks.PairsOpen():
            return Row(
                _counted(
                    N_("So sánh {count} cặp nghi trùng trong danh sách {where}"),
                    task.pairs,
                    where=where,
                ),
                _("Phải xong trước khi niêm yết."),
                _("So sánh"),
                screens.PAIRS,
                address,
            )
        case tasks.PairsAsked():
            return Row(
                _counted(
                    N_("Trả lời {count} cặp nghi trùng trong danh sách {where}"),
                    task.pairs,
                    where=where,
                ),
                _("BHXH tỉnh hỏi lại."),
                _("Trả lời"),
                screens.PAIRS,
                address,
            )
        case tasks.PairsWait():
            return Row(
                _counted(
                    N_("{count} cặp nghi trùng của {where} chờ BHXH cơ sở trả lời"),
                    task.pairs,
                    where=where,
                ),
                _("Đã hỏi lại, chưa có câu trả lời."),
                _("Xem"),
                screens.PAIRS,
                address,
            )
        case tasks.ProofMissing():
            told = _("Niêm yết từ {since}. Chưa có ảnh hoặc bản xác nhận đã niêm yết.")
            return Row(
                _("Gửi ảnh niêm yết {where}").format(where=where),
                told.format(since=since),
                _("Gửi ảnh"),
                screens.POSTING,
                address,
            )
        case tasks.PostingDue():
            return Row(
                _("Chốt danh sách {where}").format(where=where),
                _("Niêm yết từ {since}, đã đủ ngày.").format(since=since),
                _("Chốt danh sách"),
                screens.POSTING,
                address,
            )
        case tasks.ObjectionsOpen():
            told = _("Nhận ngày {since}. Hạn trả lời {due}.")
            return Row(
                _counted(
                    N_("Trả lời {count} ý kiến về danh sách {where}"), task.objections, where=where
                ),
                told.format(since=since, due=_day(task.due)),
                _("Trả lời"),
                screens.POSTING,
                address,
            )
        case _:
            assert_never(task)


def _support(task: SupportTask, today: date) -> Row:
    donor, since, due = named(task.donor), _day(task.since), _day(task.due)
    pledge, proposal = {"ht": task.code}, {"gh": task.code}
    match task:
        case tasks.FundsLate():
            told = _("Đăng ký ngày {since}, hẹn chuyển ngày {due}. Ngân hàng chưa báo có đủ.")
            return Row(
                _("Đối chiếu kinh phí: {where}, {amount} ₫").format(
                    where=donor, amount=formats.number(task.missing)
                ),
                told.format(since=since, due=due),
                _("Đối chiếu"),
                screens.PLEDGE,
                pledge,
            )
        case tasks.PledgeToMatch():
            items = pieces(task.benefit, task.free) if task.free else piece(task.benefit)
            told = _("Đăng ký ngày {since}. Có {amount} người đủ điều kiện đang chờ.")
            return Row(
                _("Ghép {items} của {where}").format(items=items, where=donor),
                told.format(since=since, amount=formats.number(task.candidates)),
                _("Lập đề xuất"),
                screens.MATCHING,
                pledge,
            )
        case tasks.ProposalDraft():
            told = _("{where}. Lập ngày {since}, giữ chỗ đến {due}.")
            return Row(
                _counted(
                    N_("Gửi duyệt đợt ghép {code}: {count} người"), task.people, code=task.code
                ),
                told.format(where=donor, since=since, due=due),
                _("Xem và gửi"),
                screens.APPROVAL,
                proposal,
            )
        case tasks.ProposalReturned():
            return Row(
                _counted(N_("Sửa đợt ghép {code}: {count} người"), task.people, code=task.code),
                _("{where}. Bị trả lại, giữ chỗ đến {due}.").format(where=donor, due=due),
                _("Sửa đợt ghép"),
                screens.APPROVAL,
                proposal,
            )
        case tasks.ProposalToDecide():
            told = _("{where}. {who} đề xuất ngày {since}, giữ chỗ đến {due}.")
            who = task.made_by or _("lãnh đạo")
            return Row(
                _counted(N_("Duyệt đợt ghép {code}: {count} người"), task.people, code=task.code),
                told.format(where=donor, who=who, since=since, due=due),
                _("Xem và duyệt"),
                screens.APPROVAL,
                proposal,
            )
        case tasks.ProposalWaits():
            told = _("{where}: {count} người. Gửi ngày {since}, đã chờ {days} ngày.")
            waited, who = _days(task.since, today), task.approvers or _("lãnh đạo")
            return Row(
                _("Đợt ghép {code} chờ {who} duyệt").format(code=task.code, who=who),
                told.format(
                    where=donor, count=formats.number(task.people), since=since, days=waited
                ),
                _("Xem"),
                screens.APPROVAL,
                proposal,
            )
        case tasks.ToIssue():
            return Row(
                _("Cấp {items} của {where}").format(
                    items=pieces(task.benefit, task.people), where=donor
                ),
                _("Đã duyệt, chưa có số thẻ, số sổ."),
                _("Nhập số"),
                screens.ISSUING,
                pledge,
            )
        case _:
            assert_never(task)


def _hand_over(task: HandOverTask, today: date) -> Row:
    about = {"items": pieces(task.benefit, task.people), "where": place(task.commune)}
    since, due = _day(task.since), _day(task.due)
    event = {"tt": task.code}
    match task:
        case tasks.ToInvite():
            return Row(
                _("Lập lịch trao {items} tại {where}").format(**about),
                _("Đăng ký ngày {since}. Hạn lập lịch {due}.").format(since=since, due=due),
                _("Lập lịch"),
                screens.HANDOVER,
                {"ht": task.code},
            )
        case tasks.EventToConfirm():
            return Row(
                _("Chốt lịch trao {items} tại {where}").format(**about),
                _("Dự kiến ngày {due}.").format(due=due),
                _("Chốt lịch"),
                screens.EVENT,
                event,
            )
        case tasks.EventToRecord():
            return Row(
                _("Ghi kết quả trao {items} tại {where}").format(**about),
                _("Lễ trao ngày {due}. Chưa ghi đủ người.").format(due=due),
                _("Ghi kết quả"),
                screens.EVENT,
                event,
            )
        case tasks.PageMissing():
            told = _("Đã trao ngày {since}. Chưa có trang ký thì chưa tính vào tiến độ.")
            return Row(
                _("Đính kèm trang ký nhận: {items} tại {where}").format(**about),
                told.format(since=since),
                _("Đính kèm"),
                screens.EVENT,
                event,
            )
        case tasks.MinutesToConfirm():
            told = _("Đã trao ngày {since}. Xác nhận xong mới tính vào tiến độ.")
            return Row(
                _("Xác nhận biên bản trao {items} tại {where}").format(**about),
                told.format(since=since),
                _("Xem biên bản"),
                screens.EVENT,
                event,
            )
        case tasks.EventWaits():
            return Row(
                _("Lịch trao {items} tại {where} chờ BHXH tỉnh chốt").format(**about),
                _("Dự kiến ngày {due}.").format(due=due),
                _("Xem"),
                screens.EVENT,
                event,
            )
        case tasks.MinutesWait():
            told = _("Đã trao ngày {since}, đã chờ {days} ngày.")
            return Row(
                _("Biên bản trao {items} tại {where} chờ lãnh đạo xác nhận").format(**about),
                told.format(since=since, days=_days(task.since, today)),
                _("Xem"),
                screens.EVENT,
                event,
            )
        case _:
            assert_never(task)


def _lead(task: LeadTask, today: date) -> Row:
    match task:
        case tasks.PlanMissing():
            return Row(
                _("Lập kế hoạch và mục tiêu năm {year}").format(year=task.year),
                _("Chưa có kế hoạch nào được đề xuất."),
                _("Lập kế hoạch"),
                screens.GOALS,
            )
        case tasks.PlanToDecide():
            return Row(
                _("Duyệt kế hoạch và mục tiêu năm {year}").format(year=task.year),
                _("Đề xuất ngày {since}.").format(since=_day(task.since)),
                _("Xem và duyệt"),
                screens.GOALS,
            )
        case tasks.PlanWaits():
            told = _("Đề xuất ngày {since}, đã chờ {days} ngày.")
            return Row(
                _("Kế hoạch năm {year} chờ lãnh đạo duyệt").format(year=task.year),
                told.format(since=_day(task.since), days=_days(task.since, today)),
                _("Xem"),
                screens.GOALS,
            )
        case tasks.GoalsMissing():
            return Row(
                _counted(
                    N_("Đôn đốc {count} tỉnh chưa có mục tiêu được duyệt"), len(task.provinces)
                ),
                _named(task.provinces),
                _("Xem mục tiêu"),
                screens.GOALS,
            )
        case tasks.FarBehind():
            return Row(
                _counted(
                    N_("Đôn đốc {count} tỉnh chậm nhiều: {benefit}"),
                    len(task.provinces),
                    benefit=word(task.benefit),
                ),
                _named(task.provinces),
                _("Xem tiến độ"),
                screens.PROGRESS,
                {"sp": KINDS[task.benefit].slug},
            )
        case tasks.AccountLocked():
            told = _("Tên đăng nhập {code}. Sai mật khẩu nhiều lần.")
            return Row(
                _("Kiểm tra tài khoản bị khóa: {where}").format(where=task.full_name),
                told.format(code=task.code),
                _("Mở khóa tài khoản"),
                screens.ACCOUNTS,
            )
        case tasks.PasswordUnchanged():
            return Row(
                _counted(N_("Nhắc {count} người chưa đổi mật khẩu lần đầu"), task.people),
                _("Tài khoản đã tạo nhưng chưa dùng được."),
                _("Xem tài khoản"),
                screens.ACCOUNTS,
            )
        case _:
            assert_never(task)


def _counted(sentence: str, count: int, **words: str) -> str:
    return _n(sentence, count).format(count=formats.number(count), **words)


def _named(provinces: tuple[str, ...]) -> str:
    names, more = ", ".join(provinces[:_NAMED]), len(provinces) - _NAMED
    told = _("{names} và {more} tỉnh khác.") if more > 0 else "{names}."
    return told.format(names=names, more=more)


def _day(day: date | None) -> str:
    return formats.day(day) if day else "–"


def _days(since: date | None, today: date) -> str:
    return formats.number((today - since).days) if since else "0"
