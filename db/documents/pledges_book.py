"""The pledge book as an Excel file: one line per pledge, its ledger in columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.documents.workbook import CellValue, workbook_of
from db.rules.benefits import KINDS
from db.rules.ledger import Funding
from db.rules.states import Benefit, Binds, PledgeState

_FUNDINGS: dict[Funding, str] = {
    "awaiting": "Chờ chuyển",
    "partly_received": "Nhận một phần",
    "received": "Đã nhận",
}
_STATES = {
    PledgeState.RECORDED: "Mới ghi",
    PledgeState.ACTIVE: "Đang thực hiện",
    PledgeState.CLOSED: "Đã dùng hết",
    PledgeState.CANCELLED: "Đã hủy",
}
_UNITS = {Binds.PIECES: "suất", Binds.MONEY: "đồng"}
_HEADERS = (
    "Mã đăng ký",
    "Mã tỉnh",
    "Nhà hảo tâm",
    "Mã số thuế / CCCD",
    "Người liên hệ",
    "Điện thoại",
    "Năm",
    "Tặng",
    "Số lượng",
    "Đơn vị tính",
    "Số tháng",
    "Mức đóng một suất (đồng)",
    "Ngày đăng ký",
    "Dự kiến chuyển tiền",
    "Trạng thái",
    "Kinh phí",
    "Dự kiến (đồng)",
    "Đã nhận (đồng)",
    "Đã dùng để cấp (đồng)",
    "Chưa dùng",
    "Đang đề xuất",
    "Chờ cấp",
    "Đã cấp",
    "Đã trao",
    "Đã hủy",
)


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """One pledge; the buckets are in pieces, or in đồng if it binds in money."""

    code: str
    province_code: str
    donor: str
    number: str
    contact: str
    phone: str
    year: int
    benefit: Benefit
    binds: Binds
    pledged: int
    months: int
    piece_price: int
    registered_on: date
    expected_on: date | None
    state: PledgeState
    funding: Funding
    expected: int
    received: int
    spent: int
    free: int
    reserved: int
    approved: int
    issued: int
    delivered: int
    withdrawn: int


def pledges_book(
    lines: Sequence[PledgeLine], *, title: str, made_by: str, made_at: datetime
) -> bytes:
    """The lines as .xlsx; `made_at` in Vietnamese time."""
    notes = [
        f"Lập lúc {made_at:%d/%m/%Y %H:%M}, người lập: {made_by}. Tài liệu nội bộ.",
        "Số lượng = chưa dùng + đang đề xuất + chờ cấp + đã cấp + đã trao + đã hủy.",
    ]
    return workbook_of(title, _HEADERS, map(_cells, lines), notes=notes)


def _cells(line: PledgeLine) -> Sequence[CellValue]:
    in_pieces = line.binds is Binds.PIECES
    return (
        line.code,
        line.province_code,
        line.donor or "Không nêu tên",
        line.number,
        line.contact,
        line.phone,
        str(line.year),
        KINDS[line.benefit].short,
        line.pledged,
        _UNITS[line.binds],
        line.months,
        line.piece_price if in_pieces else None,
        line.registered_on,
        line.expected_on,
        _STATES[line.state],
        _FUNDINGS[line.funding],
        line.expected,
        line.received,
        line.spent,
        line.free,
        line.reserved,
        line.approved,
        line.issued,
        line.delivered,
        line.withdrawn,
    )
