"""The pledge book as a file: every bucket in its column, no cell a formula."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl

from db.documents.pledges_book import PledgeLine, pledges_book
from db.rules.states import Benefit, Binds, PledgeState

LINE: dict[str, Any] = {
    "code": "HT-2026-NAN-0001",
    "province_code": "40",
    "donor": "=HYPERLINK(1)",
    "number": "0101243150",
    "contact": "",
    "phone": "0912345678",
    "year": 2026,
    "benefit": Benefit.SI,
    "binds": Binds.PIECES,
    "pledged": 10,
    "months": 12,
    "piece_price": 3_960_000,
    "registered_on": date(2026, 9, 15),
    "expected_on": None,
    "state": PledgeState.ACTIVE,
    "funding": "partly_received",
    "expected": 39_600_000,
    "received": 4_000_000,
    "spent": 0,
    "free": 4,
    "reserved": 1,
    "approved": 1,
    "issued": 1,
    "delivered": 2,
    "withdrawn": 1,
}


def rows_of(*lines: PledgeLine) -> list[dict[str, Any]]:
    content = pledges_book(
        lines, title="Sổ", made_by="Lê Thị Minh Hằng", made_at=datetime(2026, 9, 15, tzinfo=UTC)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    headers, *rows = list(sheet.iter_rows(min_row=5, values_only=True))
    return [dict(zip(map(str, headers), row, strict=True)) for row in rows]


def test_numbers_stay_numbers_codes_stay_text_and_buckets_add_up() -> None:
    row = rows_of(PledgeLine(**LINE))[0]
    assert row["Mã số thuế / CCCD"] == "0101243150"
    assert row["Điện thoại"] == "0912345678"
    assert row["Nhà hảo tâm"] == "'=HYPERLINK(1)"
    buckets = ("Chưa dùng", "Đang đề xuất", "Chờ cấp", "Đã cấp", "Đã trao", "Đã hủy")
    assert sum(row[name] for name in buckets) == row["Số lượng"] == 10
    assert (row["Kinh phí"], row["Đã nhận (đồng)"]) == ("Nhận một phần", 4_000_000)


def test_money_has_no_price_a_piece_and_the_unnamed_stay_unnamed() -> None:
    row = rows_of(PledgeLine(**{**LINE, "binds": Binds.MONEY, "donor": ""}))[0]
    assert row["Mức đóng một suất (đồng)"] is None
    assert row["Đơn vị tính"] == "đồng"
    assert row["Nhà hảo tâm"] == "Không nêu tên"
