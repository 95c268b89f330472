"""The template can be filled in and sent; wrong rows can be corrected and sent again."""

import io

import openpyxl

from db.documents.list_files import (
    ERROR_COLUMN,
    TEMPLATE_COLUMNS,
    WRONG_CELL,
    error_workbook,
    template_workbook,
)
from tests.intake.lists import HEADER, XUAN, checked, csv_of


def test_the_empty_template_holds_nobody() -> None:
    assert checked(template_workbook(), "mau.xlsx").reason == "no_data_rows"


def test_the_template_filled_with_its_own_examples_is_imported() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    sheet = book["Danh sách"]
    for column, (_, example, _) in enumerate(TEMPLATE_COLUMNS, 1):
        sheet.cell(7, column).value = example
    stream = io.BytesIO()
    book.save(stream)
    result = checked(stream.getvalue(), "mau.xlsx")
    assert (result.verdict, result.warnings) == ("import", ())
    assert result.rows[0].full_name == "Lô Thị Xuân"
    assert result.columns is not None
    assert len(result.columns) == len(TEMPLATE_COLUMNS) - 1


def test_wrong_rows_come_back_alone_with_red_cells_and_advice() -> None:
    result = checked(csv_of(HEADER, XUAN, "2,Vi Văn Bình,31/02/1961,Nam,0400610,=1+1"))
    sheet = openpyxl.load_workbook(io.BytesIO(error_workbook(result))).worksheets[0]
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == [*HEADER.split(","), "Dòng", ERROR_COLUMN]
    assert len(rows) == 2
    red = [cell.column for cell in rows[1] if cell.fill.fgColor.rgb == WRONG_CELL.fgColor.rgb]
    assert red == [3, 5, 6]
    assert rows[1][6].value == "3"
    assert "Tháng 2 không có ngày 31." in str(rows[1][7].value)
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_wrong_rows_corrected_in_excel_are_imported_with_what_headings_and_ditto_said() -> None:
    content = csv_of(
        "STT,Họ và tên,Ngày sinh,Địa chỉ",
        "Thôn Nam Sơn,,,",
        "1. Hộ cận nghèo,,,",
        "1,Lô Thị Xuân,1957,Bản Xiềng",
        "2,Vi Văn Bình,31/02/1961,nt",
    )
    book = openpyxl.load_workbook(io.BytesIO(error_workbook(checked(content))))
    book.worksheets[0]["C2"].value = "28/02/1961"
    stream = io.BytesIO()
    book.save(stream)
    result = checked(stream.getvalue(), "sua.xlsx")
    assert result.verdict == "import"
    row = result.rows[0]
    assert (row.birth, row.hamlet, row.address) == ("1961-02-28", "Thôn Nam Sơn", "Bản Xiềng")
    assert row.categories == ("HCN",)


def test_a_list_of_only_wrong_rows_survives_the_round_trip_unchanged() -> None:
    lines = ["1,Vi Văn Bình,31/02/1961,Nam,,HN", "2,Kha Văn Ba,,Nam,,", "3,,1961,Nữ,,Hộ nghè"]
    first = checked(csv_of(HEADER, *lines))
    again = checked(error_workbook(first), "loi.xlsx")
    assert [(e.field, e.code) for e in again.errors] == [(e.field, e.code) for e in first.errors]
