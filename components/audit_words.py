"""Audit lines in words: the area of the work, what happened, from which state to which."""

from components import words
from components.i18n import N_, _
from db.queries.trace import Line

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
    "export.": N_("Tải tệp"),
}


def area(prefix: str) -> str:
    return _(AREAS[prefix])


def sentence(line: Line) -> str:
    """The area and the step: “Đợt ghép: Chờ duyệt → Đã duyệt”."""
    prefix, _dot, step = line.action.partition(".")
    name = area(f"{prefix}.") if f"{prefix}." in AREAS else prefix
    kind = line.record_kind or ""
    if line.to_state is None:
        return f"{name}: {step.replace('_', ' ')}"
    after = words.known(line.to_state, kind)
    if line.from_state is None:
        return f"{name}: {after}"
    return f"{name}: {words.known(line.from_state, kind)} → {after}"


def details(line: Line) -> str:
    return ", ".join(f"{name} {value}" for name, value in line.details.items())
