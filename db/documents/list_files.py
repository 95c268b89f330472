"""The files around an upload: the template to fill in, the wrong rows to send again."""

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from db.documents.workbook import HEADER_FILL, TEXT_FORMAT, as_bytes, safe_sheet, write_cell
from db.intake.error_sheet import (
    ERROR_COLUMN,
    ORIGIN,
    ROW_COLUMN,
    columns_from_headings,
    row_as_written,
)
from db.intake.told.checked import CellProblem, CheckedList
from db.reference.catalogue import categories

TEMPLATE_ROWS = 500
WRONG_CELL = PatternFill("solid", fgColor="F8C9C4")

# Header, example, what to write; the headers are words that the reader knows.
TEMPLATE_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("STT", "1", "Số thứ tự trong danh sách"),
    ("Họ và tên", "Lô Thị Xuân", "Bắt buộc. Đủ họ, chữ đệm và tên"),
    ("Ngày sinh", "05/03/1956", "Bắt buộc. Ngày/tháng/năm; giấy tờ chỉ có năm thì ghi năm"),
    ("Giới tính", "Nữ", "Nam hoặc Nữ"),
    ("Số CCCD", "040156001204", "12 chữ số; chưa được cấp thì ghi “chưa cấp”"),
    ("Mã số BHXH", "4012345678", "10 chữ số, nếu có"),
    ("Mã thẻ BHYT", "GD4404012345678", "Nếu có"),
    ("Xã, phường, đặc khu", "Xã Môn Sơn", "Tên hiện nay; để trống nếu cả danh sách một xã"),
    ("Thôn, bản, tổ dân phố", "Bản Xiềng", ""),
    ("Địa chỉ", "Bản Xiềng", "Số nhà, đường nếu có"),
    ("Đối tượng", "Hộ cận nghèo; Người khuyết tật", "Mã hoặc tên ở trang “Đối tượng”"),
    ("Dân tộc", "Thái", ""),
    ("Số điện thoại", "0912345678", "10 chữ số"),
    ("Mã hộ gia đình", "", "Nếu có"),
    ("Quan hệ với chủ hộ", "Chủ hộ", ""),
    ("Hình thức hỗ trợ", "Thẻ BHYT", "Thẻ BHYT hoặc Sổ BHXH"),
    ("Ghi chú", "", ""),
)


def template_workbook() -> bytes:
    """An empty list: title block, one header row, and sheets with categories and examples."""
    book = Workbook()
    sheet = _first_sheet(book, "Danh sách")
    width = len(TEMPLATE_COLUMNS)
    _title(sheet, 1, 1, 5, "ỦY BAN NHÂN DÂN XÃ …")
    _title(sheet, 1, 7, width, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    _title(sheet, 2, 7, width, "Độc lập - Tự do - Hạnh phúc")
    _title(sheet, 4, 1, width, "DANH SÁCH NGƯỜI CÓ HOÀN CẢNH KHÓ KHĂN ĐỀ NGHỊ HỖ TRỢ")
    header_row = 6
    for column, (header, _, advice) in enumerate(TEMPLATE_COLUMNS, 1):
        cell = write_cell(sheet, header_row, column, header)
        cell.font = Font(bold=True)
        cell.fill = HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        if advice:
            cell.comment = Comment(advice, "BHXH")
        sheet.column_dimensions[get_column_letter(column)].width = max(10, len(header) + 4)
        for row in range(header_row + 1, header_row + 1 + TEMPLATE_ROWS):
            sheet.cell(row, column).number_format = TEXT_FORMAT
    sheet.freeze_panes = f"A{header_row + 1}"
    codes = book.create_sheet("Đối tượng")
    safe_sheet(codes, ["Mã", "Đối tượng"], [(c.code, c.label) for c in categories()])
    examples = book.create_sheet("Hướng dẫn")
    safe_sheet(examples, ["Cột", "Ví dụ", "Cách ghi"], TEMPLATE_COLUMNS)
    return as_bytes(book)


def error_workbook(checked: CheckedList) -> bytes:
    """The wrong rows under the clerk's own header, wrong cells red, with what to do about each.

    It can be corrected and sent again: the two last columns are left out on reading, what headings
    or "nt" said is written into the rows, and a property says which file the rows came from.
    """
    book = Workbook()
    origin = StringProperty(name=ORIGIN, value=checked.sha256)
    book.custom_doc_props.append(origin)  # type: ignore[attr-defined]
    sheet = _first_sheet(book, "Dòng cần sửa")
    from_headings = columns_from_headings(checked)
    header = [*checked.header, *from_headings, ROW_COLUMN, ERROR_COLUMN]
    rows = sorted(checked.to_correct, key=lambda row: row.row)
    problems: dict[int, list[CellProblem]] = {row.row: [] for row in rows}
    for problem in checked.errors:
        problems.setdefault(problem.row, []).append(problem)
    lines = [
        [*row_as_written(checked, row), str(row.row), _advice(problems[row.row])] for row in rows
    ]
    safe_sheet(sheet, header, lines)
    for number, row in enumerate(rows, 2):
        sheet.cell(number, len(header)).alignment = Alignment(wrap_text=True, vertical="top")
        for problem in problems[row.row]:
            for column in columns_of(checked, problem.field):
                sheet.cell(number, column + 1).fill = WRONG_CELL
    return as_bytes(book)


def _advice(problems: list[CellProblem]) -> str:
    return "\n".join(
        f"{problem.message} → {problem.suggestion}" if problem.suggestion else problem.message
        for problem in problems
    )


def columns_of(checked: CheckedList, field: str) -> list[int]:
    """The columns a field was read from; a birth may stand under Nam and Nữ."""
    parts = {
        "birth": ("birth", "birth_day", "birth_month", "birth_year", "male", "female", "age"),
        "full_name": ("full_name", "family_name", "middle_name", "given_name"),
    }
    known = checked.field_columns or {}
    return [known[name] for name in parts.get(field, (field,)) if name in known]


def _first_sheet(book: Workbook, title: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one worksheet
    sheet.title = title
    return sheet


def _title(sheet: Worksheet, row: int, first: int, last: int, text: str) -> None:
    cell = write_cell(sheet, row, first, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
