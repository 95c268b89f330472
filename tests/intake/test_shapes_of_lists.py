"""Tables in the shapes that clerks of many kinds give them."""

import pytest
from openpyxl import Workbook

from db.intake.told.checked import CheckedList
from tests.intake.lists import BINH, HEADER, XUAN, active, checked, csv_of, fill, saved, workbook

LINES = [HEADER, XUAN, BINH]


def names(result: CheckedList) -> list[str]:
    return [row.full_name for row in result.rows]


def assert_read(result: CheckedList) -> None:
    assert (result.verdict, result.errors) == ("import", ())
    assert [(row.row, row.full_name, row.birth, row.cccd) for row in result.rows] == [
        (2, "Lô Thị Xuân", "1956-03-05", "040156001204"),
        (3, "Vi Văn Bình", "1961", "040061000011"),
    ]


def test_notes_with_dashes_between() -> None:
    assert_read(checked("\n".join(line.replace(",", " - ") for line in LINES), "zalo.txt"))


def test_notes_without_a_header_are_asked_about() -> None:
    text = "Hộ khó khăn bản Xiềng gửi em nhé\n1. Lô Thị Xuân - 1957 - cận nghèo\n"
    text += "2. Vi Văn Bình - 1961 - khuyết tật\n3. Lô Văn Nam - 1990 - HN\n"
    result = checked(text, "zalo.txt")
    assert [question.code for question in result.questions] == ["no_header"]
    assert names(result) == ["Lô Thị Xuân", "Vi Văn Bình", "Lô Văn Nam"]


def test_columns_set_with_spaces() -> None:
    widths = (5, 20, 14, 12, 16, 20)
    rows = [line.split(",") for line in LINES]
    rows[2][3] = ""
    text = "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
    result = checked(text, "cot.txt")
    assert_read(result)
    assert [row.sex for row in result.rows] == ["F", None]


def test_columns_of_uneven_spaces() -> None:
    assert_read(checked("\n".join(line.replace(",", "   ") for line in LINES), "cot.txt"))


def test_dashes_in_addresses_cut_nothing() -> None:
    line = "{},1957,Bản Yên - Môn Sơn - Nghệ An"
    result = checked(csv_of(*map(line.format, ["Lô Thị Xuân", "Vi Văn Bình", "Lô Văn Nam"])))
    assert [question.code for question in result.questions] == ["no_header"]
    assert [row.birth for row in result.rows] == ["1957"] * 3


def test_a_text_file_saved_from_the_first_column_of_a_workbook() -> None:
    assert_read(checked(workbook([[line] for line in LINES])))


def test_lines_quoted_as_a_whole_with_semicolons() -> None:
    assert_read(checked(csv_of(*(f'"{line.replace(",", ";")}"' for line in LINES))))


def test_symbols_below_the_last_line_of_the_header() -> None:
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "CCCD", "Số tiền", None],
        [None, None, None, None, "NSNN hỗ trợ", "Hỗ trợ khác"],
        ["A", "B", "1", "2", "3", "4"],
        [1, "Lô Thị Xuân", "05/03/1956", "040156001204", 100, 200],
    ]
    result = checked(workbook(rows, ["E1:F1"]))
    assert (names(result), result.errors, result.rows_read) == (["Lô Thị Xuân"], (), 1)


def test_somebody_above_a_row_of_symbols_is_not_lost() -> None:
    result = checked(csv_of(HEADER, XUAN, "A,B,1,2,3,4", BINH))
    assert names(result) == ["Lô Thị Xuân", "Vi Văn Bình"]


def test_the_header_again_in_english() -> None:
    english = "No.,Full name,Date of birth,Sex,ID number,Category"
    result = checked(csv_of(HEADER, english, XUAN, BINH))
    assert (names(result), result.errors) == (["Lô Thị Xuân", "Vi Văn Bình"], ())


def test_a_table_of_costs_below_the_people() -> None:
    costs = ["STT,Nội dung,Số lượng,Đơn giá,Thành tiền,", "1,Thẻ BHYT,2,100,200,", ",Cộng,2,,200,"]
    result = checked(csv_of(HEADER, XUAN, BINH, "TỔNG HỢP KINH PHÍ,,,,,", *costs))
    assert (names(result), result.rows_read) == (["Lô Thị Xuân", "Vi Văn Bình"], 2)


def test_a_town_is_no_header() -> None:
    """TT is a number of order, and a thị trấn."""
    header = "Loại,Họ và tên,Thuộc diện,Xã"
    lines = ["TT,Lô Thị Xuân,HN,Môn Sơn", "TT,Vi Văn Bình,KT,Môn Sơn"]
    assert checked(csv_of(header, *lines), answers={"column_birth": "none"}).rows_read == 2


def test_a_sheet_of_counts_is_no_list() -> None:
    rows = [line.split(",") for line in LINES]
    book = Workbook()
    fill(active(book), [["STT", "Tên thôn", "Số người", "Hộ nghèo"], [1, "Thôn 1", 2, 0]])
    fill(book.create_sheet("Thôn 1"), rows)
    result = checked(saved(book))
    assert (result.questions, result.rows_read) == ((), 2)


def test_parents_beside_their_children() -> None:
    rows = [
        ["STT", "Họ và tên học sinh", "Ngày sinh", "Cha", None, "Họ tên mẹ", "Năm sinh mẹ"],
        [None, None, None, "Họ tên", "Năm sinh"],
        [1, "Lô Gia Huy", "15/03/2012", "Lô Văn Minh", 1985, "Vi Thị Lan", 1988],
        [2, "Vi Bảo Ngọc", "02/10/2013", None, None, "Vi Thị Hoa", 1990],
    ]
    result = checked(workbook(rows, ["D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2", "G1:G2"]))
    assert (result.questions, result.errors) == ((), ())
    assert [(row.full_name, row.birth) for row in result.rows] == [
        ("Lô Gia Huy", "2012-03-15"),
        ("Vi Bảo Ngọc", "2013-10-02"),
    ]


def test_husbands_beside_their_wives() -> None:
    header = "STT,Họ tên hội viên,Ngày sinh,Họ tên chồng,Năm sinh chồng"
    result = checked(csv_of(header, "1,Lô Thị Xuân,05/03/1956,Vi Văn Bình,1950"))
    assert result.questions == ()
    assert [(row.full_name, row.birth) for row in result.rows] == [("Lô Thị Xuân", "1956-03-05")]


HEADS = ["Chủ hộ", None, "Thành viên", None]
BELOW = ["Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh"]


def test_members_beside_their_heads() -> None:
    rows = [["TT", *HEADS], [None, *BELOW], [1, "Lô Văn Mùi", 1950, "Lô Thị Xuân", 1957]]
    result = checked(workbook(rows, ["B1:C1", "D1:E1", "A1:A2"]))
    assert result.questions == ()
    assert [(row.full_name, row.birth) for row in result.rows] == [("Lô Thị Xuân", "1957")]


def test_heads_alone_are_the_people() -> None:
    rows = [["TT", *HEADS[:2]], [None, *BELOW[:2]], [1, "Lô Văn Mùi", 1950]]
    result = checked(workbook(rows, ["B1:C1", "A1:A2"]))
    assert [(row.full_name, row.birth) for row in result.rows] == [("Lô Văn Mùi", "1950")]


def test_a_name_in_three_columns() -> None:
    result = checked(csv_of("STT,Họ,Đệm,Tên,Năm sinh", "1,Lô,Thị Thu,Xuân,1957"))
    assert names(result) == ["Lô Thị Thu Xuân"]


def test_the_commune_at_the_end_of_an_address_header() -> None:
    header = "Họ và tên,Năm sinh,Địa chỉ nhận thẻ - Số nhà,Địa chỉ nhận thẻ - Xã (*)"
    result = checked(csv_of(header, "Lô Thị Xuân,1957,Bản Yên,Môn Sơn"), commune_code=None)
    assert (result.columns or {})["commune_code"] == "Địa chỉ nhận thẻ - Xã (*)"


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("Mã BN", "2600012345"),
        ("Số thẻ hội viên", "0345671234"),
        ("Mã hồ sơ", "040260000001"),
        ("Số TK Agribank", "360020500123"),
    ],
)
def test_numbers_of_other_things_are_nobody_s(header: str, number: str) -> None:
    lines = [f"Lô Thị Xuân,1957,{number}", f"Vi Văn Bình,1961,{int(number) + 1:0{len(number)}}"]
    result = checked(csv_of(f"Họ và tên,Năm sinh,{header}", *lines))
    assert set(result.columns or {}) == {"full_name", "birth"}


@pytest.mark.parametrize(
    ("header", "number", "field"),
    [("Số ĐTDĐ", "0912345678", "phone"), ("Mã số BH", "4012345678", "bhxh")],
)
def test_numbers_of_people_by_short_names(header: str, number: str, field: str) -> None:
    result = checked(csv_of(f"Họ và tên,Năm sinh,{header}", f"Lô Thị Xuân,1957,{number}"))
    assert (result.columns or {})[field] == header


def test_remarks_that_all_are_categories() -> None:
    header = "Họ và tên,Năm sinh,Ghi chú"
    lines = ["Lô Thị Xuân,1957,Hộ cận nghèo", "Vi Văn Bình,1961,KT", "Lô Văn Nam,1990,"]
    assert [row.categories for row in checked(csv_of(header, *lines)).rows] == [
        ("HCN",),
        ("KT",),
        (),
    ]
    others = checked(csv_of(header, *lines, "Hà Thị Mai,1970,ở với con"))
    assert (others.errors, [row.categories for row in others.rows]) == ((), [()] * 4)


def test_categories_marked_with_words_under_headers_that_explain() -> None:
    header = "Họ và tên,Năm sinh,Hộ cận nghèo (Có/Không),Khuyết tật (mức độ)"
    lines = ["Lô Thị Xuân,1957,Có,Không", "Vi Văn Bình,1961,Không,Nhẹ"]
    result = checked(csv_of(header, *lines))
    assert [row.categories for row in result.rows] == [("HCN",), ("KT",)]


def test_a_list_below_a_long_decision() -> None:
    decision = [f"Căn cứ văn bản số {number}/QĐ-UBND" for number in range(40)]
    result = checked(csv_of(*decision, HEADER, XUAN, BINH))
    assert (result.questions, names(result)) == ((), ["Lô Thị Xuân", "Vi Văn Bình"])


def test_households_numbered_by_household() -> None:
    header = "STT hộ,Mã hộ,Họ và tên,Quan hệ với chủ hộ,Năm sinh"
    lines = ["1,MS001,Lô Văn Mùi,Chủ hộ,1950", ",,Lô Thị Xuân,Con,1987"]
    assert [row.household for row in checked(csv_of(header, *lines)).rows] == ["MS001", "MS001"]


def test_the_order_of_days_is_asked_before_anything_is_called_wrong() -> None:
    given = enumerate(["Hoa", "Mai", "Lan", "Cúc", "Đào"], 20)
    lines = [f"Lô Thị {name},10/{day}/1955" for day, name in given]
    result = checked(csv_of("Họ và tên,Ngày sinh", *lines))
    assert [question.code for question in result.questions] == ["date_order"]
