"""Audit lines in words: the area of the work, what happened, from which state to which."""

from typing import Any

from components.ui import formats, words
from components.ui.i18n import N_, _, _n
from db.queries.admin.trace import ChainCheck, Fault, Line

AREAS = {
    "account.": N_("Tài khoản"),
    "sign_in.": N_("Đăng nhập"),
    "office.": N_("BHXH cơ sở"),
    "plan.": N_("Kế hoạch và mục tiêu"),
    "donor.": N_("Nhà hảo tâm"),
    "pledge.": N_("Đăng ký hỗ trợ"),
    "receipt.": N_("Kinh phí"),
    "commune_list.": N_("Danh sách"),
    "nomination.": N_("Rà soát"),
    "duplicate_pair.": N_("Nghi trùng"),
    "posting.": N_("Niêm yết"),
    "objection.": N_("Ý kiến"),
    "proposal.": N_("Đợt ghép"),
    "match.": N_("Suất hỗ trợ"),
    "event.": N_("Trao tặng"),
    "view.": N_("Xem dữ liệu cá nhân"),
    "person.": N_("Người được đề nghị"),
    "cover_fact.": N_("Thẻ đang có"),
    "policy.": N_("Quy tắc chấm điểm"),
    "draft.": N_("Danh sách"),
    "upload.": N_("Tệp đã nộp"),
    "export.": N_("Tải tệp"),
    "attachment.": N_("Tệp đính kèm"),
}
_STEPS = {
    "account.created": N_("tạo mới"),
    "account.changed": N_("sửa vai trò, đơn vị"),
    "account.activated": N_("mở lại"),
    "account.deactivated": N_("ngừng dùng"),
    "account.password_changed": N_("đổi mật khẩu"),
    "account.password_reset": N_("đặt lại mật khẩu"),
    "account.sessions_ended": N_("kết thúc mọi phiên"),
    "attachment.added": N_("thêm"),
    "commune_list.created": N_("nộp mới"),
    "commune_list.judged": N_("rà soát tự động"),
    "commune_list.sent_again": N_("nộp thêm hoặc nộp lại"),
    "commune_list.review_began": N_("bắt đầu rà soát"),
    "commune_list.undone": N_("hoàn tác việc trả lại"),
    "cover_fact.noted": N_("ghi thẻ còn hạn"),
    "donor.changed": N_("sửa"),
    "donor.entered": N_("ghi mới"),
    "draft.answered": N_("trả lời câu hỏi về tệp"),
    "draft.asked_again": N_("hỏi lại về tệp"),
    "draft.announced": N_("ghi số người theo công văn"),
    "draft.columns_forgotten": N_("quên cách khớp cột"),
    "draft.purpose_chosen": N_("chọn nộp mới, nộp lại hay bổ sung"),
    "draft.read_again": N_("đọc lại tệp"),
    "draft.reopened": N_("mở lại tệp đã nộp"),
    "draft.corrected": N_("sửa ô trong tệp"),
    "draft.mapped": N_("khớp cột của tệp"),
    "draft.started": N_("chọn tệp để kiểm tra"),
    "draft.discarded": N_("bỏ bản đang nhập"),
    "duplicate_pair.found": N_("tìm thấy"),
    "duplicate_pair.joined": N_("gộp hồ sơ"),
    "duplicate_pair.moved": N_("chuyển sang hồ sơ giữ lại"),
    "event.outcomes_recorded": N_("ghi kết quả"),
    "event.proposed": N_("lập lịch"),
    "export.approved": N_("danh sách đề nghị cấp"),
    "export.minutes": N_("biên bản trao tặng"),
    "export.pledges": N_("sổ đăng ký hỗ trợ"),
    "export.posting": N_("danh sách niêm yết"),
    "export.signed_page": N_("trang ký nhận"),
    "export.wrong_rows": N_("các dòng lỗi của tệp đã nộp"),
    "nomination.moved": N_("chuyển sang hồ sơ giữ lại"),
    "nomination.objection_upheld": N_("chấp nhận ý kiến"),
    "nomination.rejudged": N_("xét lại"),
    "nomination.set_by_hand": N_("đánh dấu"),
    "nomination.undone": N_("hoàn tác việc đánh dấu"),
    "objection.received": N_("ghi nhận"),
    "office.communes_set": N_("đổi xã phụ trách"),
    "office.created": N_("tạo mới"),
    "person.merged": N_("gộp hồ sơ"),
    "plan.proposed": N_("đề xuất"),
    "pledge.recorded": N_("ghi mới"),
    "pledge.withdrawn": N_("hủy phần chưa dùng"),
    "policy.created": N_("lập quy tắc chấm điểm"),
    "policy.frozen": N_("khóa quy tắc chấm điểm"),
    "proposal.adjusted": N_("chỉnh tay"),
    "proposal.approved_once": N_("người thứ nhất đã duyệt"),
    "proposal.made": N_("lập đề xuất"),
    "receipt.recorded": N_("ghi nhận"),
    "receipt.reversed": N_("ghi đảo"),
    "sign_in.closed": N_("đăng xuất"),
    "sign_in.locked": N_("khóa vì sai mật khẩu"),
    "sign_in.opened": N_("đăng nhập"),
    "upload.undone": N_("hoàn tác"),
    "view.person": N_("hiện số"),
}

UNDONE = ("commune_list.undone", "nomination.undone")

_DETAILS = {
    "approved": N_("được duyệt"),
    "because": N_("lý do"),
    "candidates": N_("người được xét"),
    "changed": N_("thay đổi"),
    "code": N_("mã"),
    "commune": N_("xã"),
    "communes": N_("số xã"),
    "counts": N_("kết quả"),
    "declined": N_("chưa duyệt"),
    "eligible": N_("đủ điều kiện"),
    "elsewhere": N_("có ở danh sách khác"),
    "errors": N_("ô lỗi"),
    "hi": N_("thẻ"),
    "known": N_("đã có hồ sơ"),
    "left_out": N_("dòng để lại"),
    "matches": N_("suất"),
    "merged": N_("gộp"),
    "new": N_("người mới"),
    "nomination": N_("người được đề nghị"),
    "nominations": N_("người"),
    "pairs": N_("cặp nghi trùng"),
    "people": N_("người"),
    "pieces": N_("suất"),
    "pledge": N_("đăng ký"),
    "posting": N_("niêm yết"),
    "receipt": N_("khoản nhận"),
    "recognised": N_("nhận ra hồ sơ cũ"),
    "reserve": N_("dự bị"),
    "round": N_("đợt"),
    "rows": N_("dòng"),
    "sha256": N_("mã băm tệp"),
    "si": N_("sổ"),
    "targets": N_("mục tiêu"),
    "to": N_("của"),
    "unchanged": N_("không đổi"),
    "undoes": N_("hoàn tác dòng số"),
    "warnings": N_("cảnh báo"),
    "withdrawn": N_("rút"),
    "year": N_("năm"),
}
"""Names of details; what is not named here stays in the chain and off the screen."""

_COUNTED = ("matches", "nominations")
_PLAIN = ("year", "round", "nomination", "posting", "receipt")


def area(prefix: str) -> str:
    return _(AREAS[prefix])


def sentence(line: Line) -> str:
    """The area and the step: “Đợt ghép: Chờ duyệt → Đã duyệt”."""
    prefix, _dot, step = line.action.partition(".")
    name = area(f"{prefix}.") if f"{prefix}." in AREAS else prefix
    if line.action == "nomination.set_by_hand":
        return f"{name}: {_marked(line)}"
    if line.action in UNDONE or line.to_state is None:
        told = _(_STEPS[line.action]) if line.action in _STEPS else step.replace("_", " ")
        return f"{name}: {told}"
    kind = line.record_kind or ""
    after = words.known(line.to_state, kind)
    if line.from_state is None:
        return f"{name}: {after}"
    return f"{name}: {words.known(line.from_state, kind)} → {after}"


def record(line: Line, code: str) -> str:
    """The record by the code people read, else by its kind and number."""
    if code or line.record_kind is None:
        return code
    return f"{words.kind(line.record_kind)} {line.record_id}"


def details(line: Line) -> str:
    return "; ".join(
        f"{_(_DETAILS[name])}: {_value(name, value)}"
        for name, value in line.details.items()
        if name in _DETAILS
    )


def _marked(line: Line) -> str:
    people = len(line.details["nominations"])
    return _n("đánh dấu {n} người, {state}", people).format(
        n=formats.number(people), state=words.known(line.to_state or "", "Nomination").lower()
    )


def _value(name: str, value: Any) -> str:
    if isinstance(value, dict):
        known = (
            f"{_(_DETAILS[key]) if key in _DETAILS else words.known(key, 'Nomination').lower()}"
            f" {formats.number(count)}"
            for key, count in value.items()
        )
        return ", ".join(known)
    if isinstance(value, list):
        return formats.number(len(value)) if name in _COUNTED else ", ".join(map(str, value))
    if name == "because":
        return words.known(str(value), "LeftOut").lower()
    if name == "to":
        kind, _space, number = str(value).partition(" ")
        return f"{words.kind(kind)} {number}"
    if name in _PLAIN or not isinstance(value, int):
        return str(value)[:24]
    return formats.number(value)


_FAULTS: dict[Fault, str] = {
    "entry": N_("Dòng số {n} bị sửa sau khi ghi."),
    "head": N_("Thiếu các dòng từ số {n}."),
    "seal": N_("Chuỗi đã bị ghi lại mà không có khóa niêm phong."),
    "anchor": N_(
        "Dòng số {n} không khớp mốc đã lưu bên ngoài: dữ liệu có thể đã bị thay bằng bản cũ."
    ),
}


def fault(check: ChainCheck) -> str:
    """What does not fit, and what to do."""
    told = _(_FAULTS[check.fault or "entry"]).format(n=formats.number(check.broken_at or 0))
    return f"{told} {_('Báo ngay cho người phụ trách an toàn dữ liệu.')}"
