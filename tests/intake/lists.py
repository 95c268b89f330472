"""Lists as communes write them, made by code; every person is invented."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.intake.checking import check
from db.intake.told.checked import CheckedList

TODAY = date(2026, 11, 22)
MON_SON = "17263"
HEADER = "STT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Đối tượng"
XUAN = "1,Lô Thị Xuân,05/03/1956,Nữ,040156001204,Hộ cận nghèo"
BINH = "2,Vi Văn Bình,1961,Nam,040061000011,Người khuyết tật"


def checked(content: bytes | str, name: str = "danh-sach.csv", **options: Any) -> CheckedList:
    """Check a list on a fixed day in the programme year 2026."""
    data = content.encode() if isinstance(content, str) else content
    return check(data, name, **{"year": 2026, "today": TODAY, "commune_code": MON_SON, **options})


def csv_of(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def workbook(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    fill(active(book), rows, merged)
    return saved(book)


def active(book: Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def fill(sheet: Worksheet, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> None:
    for row in rows:
        sheet.append(list(row))
    for span in merged:
        sheet.merge_cells(span)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def commune_workbook() -> bytes:
    """Title blocks side by side, a header of two rows, symbols, hamlets, subtotals, signatures."""
    rows: list[Sequence[object]] = [
        ["ỦY BAN NHÂN DÂN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["XÃ MÔN SƠN", None, None, None, "Độc lập - Tự do - Hạnh phúc"],
        ["DANH SÁCH NGƯỜI CÓ HOÀN CẢNH KHÓ KHĂN"],
        ["(Kèm theo Tờ trình số 12 ngày 10 tháng 9 năm 2026)"],
        [],
        ["STT", "Họ và tên", "Năm sinh", None, "Số CCCD", "Địa chỉ", "Đối tượng", "SĐT", "Ghi chú"],
        [None, None, "Nam", "Nữ"],
        ["A", "B", 1, 2, 3, 4, 5, 6, 7],
        ["I", "Thôn Nam Sơn"],
        [1, "LÔ THỊ XUÂN", None, 1957, 40157001204, "Bản Xiềng", "HCN", 912345678],
        [2, "Vi Văn Hoà", date(1961, 3, 5), None, "040061000011", "nt", "Khuyết tật; HN"],
        ["Cộng: 2 người"],
        ["II", "Thôn Bắc Sơn"],
        [3, "Lô Văn Nam", 1990, None, None, "Bản Cửa", "Bệnh hiểm nghèo"],
        [],
        [None, "Tổng cộng: 3 người"],
        [None, None, None, None, None, "Môn Sơn, ngày 10 tháng 9 năm 2026"],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, "(Ký, ghi rõ họ tên)", None, None, None, "CHỦ TỊCH"],
        [None, "Nguyễn Thị Lan", None, None, None, "Lê Văn Tám"],
    ]
    merged = ["A1:D1", "E1:I1", "A2:D2", "E2:I2", "A3:I3", "A4:I4", "C6:D6"]
    merged += [f"{letter}6:{letter}7" for letter in "ABEFGHI"]
    return workbook(rows, merged)
