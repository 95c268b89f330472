"""Two tables next to each other on one sheet are read one after the other."""

from openpyxl import Workbook

from db.intake.told.checked import row_in_sheet
from tests.intake.lists import active, checked, fill, saved, workbook

HALF = ["STT", "Họ và tên", "Năm sinh", "Số CCCD"]
LEFT = [[1, "Lô Thị Xuân", 1956, "040156001204"], [2, "Vi Văn Bình", 1961, "040061000011"]]
RIGHT = [[3, "Kha Văn Ba", 1963, "040063000012"], [4, "Hà Thị Tư", 1964, "040164000013"]]
NAMES = ["Lô Thị Xuân", "Vi Văn Bình", "Kha Văn Ba", "Hà Thị Tư"]


def _beside(*parts: list[list[object]]) -> list[list[object]]:
    """The lines of tables side by side, a blank column between them."""
    lines = []
    for row in zip(*parts, strict=True):
        lines.append([cell for part in row for cell in (*part, None)][:-1])
    return lines


def test_two_numbered_tables_side_by_side_are_read_left_then_right() -> None:
    title = [["DANH SÁCH NGƯỜI CÓ HOÀN CẢNH KHÓ KHĂN"]]
    rows = [*title, *_beside([HALF, *LEFT], [HALF, *RIGHT])]
    found = checked(workbook(rows, ["A1:I1"]), "hai-bang.xlsx")
    assert found.verdict == "import"
    assert [row.full_name for row in found.rows] == NAMES
    assert [row_in_sheet(row.row) for row in found.rows] == [3, 4, 3, 4]
    assert len({row.row for row in found.rows}) == 4
    assert found.rows[3].cccd == "040164000013"


def test_tables_side_by_side_in_a_text_file_without_a_blank_column() -> None:
    lines = "STT,Họ và tên,Năm sinh,STT,Họ và tên,Năm sinh\n1,Vi Văn Bình,1961,2,Kha Văn Ba,1963\n"
    found = checked(lines + "3,Hà Thị Tư,1964\n")
    assert found.verdict == "import"
    assert [row.full_name for row in found.rows] == ["Vi Văn Bình", "Hà Thị Tư", "Kha Văn Ba"]


def test_three_short_tables_side_by_side_without_running_numbers() -> None:
    head: list[object] = ["Họ và tên", "Năm sinh"]
    parts = [[head, [name, 1960 + at], [f"{name} Hai", 1970]] for at, name in enumerate(NAMES[:3])]
    found = checked(workbook(_beside(*parts)), "ba-bang.xlsx")
    assert found.verdict == "import"
    assert len(found.rows) == 6


def test_a_heading_across_both_tables_counts_for_both() -> None:
    rows = _beside([HALF, *LEFT], [HALF, *RIGHT])
    rows.insert(1, ["Thôn Bản Yên"])
    found = checked(workbook(rows, ["A2:I2"]), "hai-bang.xlsx")
    assert [row.hamlet for row in found.rows] == ["Thôn Bản Yên"] * 4


def test_the_sheets_are_named_once_when_one_has_two_tables() -> None:
    book = Workbook()
    fill(active(book), _beside([HALF, *LEFT], [HALF, *RIGHT]))
    fill(book.create_sheet("Khác"), [HALF, [1, "Lô Văn Năm", 1965, "040065000014"]])
    asked = checked(saved(book), "hai-bang.xlsx")
    assert asked.questions[0].choices == ("all", "Sheet", "Khác")
    one = checked(saved(book), "hai-bang.xlsx", answers={"sheets": "Sheet"})
    assert [row.full_name for row in one.rows] == NAMES
    both = checked(saved(book), "hai-bang.xlsx", answers={"sheets": "all"})
    assert [row.full_name for row in both.rows] == [*NAMES, "Lô Văn Năm"]


def test_one_table_that_repeats_a_field_still_asks() -> None:
    header = ["STT", "Họ và tên", "Năm sinh", "Họ và tên", "Ghi chú"]
    rows = [
        header,
        [1, "Vi Văn Bình", 1961, "Kha Văn Ba", ""],
        [2, "Hà Thị Tư", 1964, "Vi Văn Sáu", ""],
    ]
    asked = checked(workbook(rows), "chu-ho.xlsx")
    assert [question.code for question in asked.questions] == ["duplicate_headers"]


def test_one_table_with_the_head_of_the_household_after_a_blank_column_still_asks() -> None:
    header = ["STT", "Họ và tên", "Năm sinh", None, "Họ và tên", "Quan hệ với chủ hộ"]
    rows = [header, [1, "Vi Văn Bình", 1961, None, "Kha Văn Ba", "Con"],
            [2, "Hà Thị Tư", 1964, None, "Vi Văn Sáu", "Vợ"]]  # fmt: skip
    asked = checked(workbook(rows), "chu-ho.xlsx")
    assert [question.code for question in asked.questions] == ["duplicate_headers"]
