"""XLSX downloads stay text."""

import io
from datetime import date

import openpyxl
import pytest

from db.documents.workbook import safe_text, sheet_name, workbook_of


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+84",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "  =HYPERLINK()",
    ],
)
def test_what_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["Nguyễn Thị Xuân", "040058001204", "'đã có", ""])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_no_cell_of_a_download_is_a_formula_and_numbers_keep_their_zeros() -> None:
    content = workbook_of(
        "Người được trao [đợt 1]",
        ["Họ và tên", "Số CCCD", "Số tiền", "Ngày"],
        [["=cmd|' /C calc'!A0", "001058001204", 1_366_200, date(2026, 9, 15)]],
        notes=["=2+2"],
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert "001058001204" in [cell.value for cell in cells]
    assert 1_366_200 in [cell.value for cell in cells]
    assert sheet.title == "Người được trao đợt 1"


def test_a_sheet_name_is_never_empty() -> None:
    assert sheet_name("???") == "Danh sách"
