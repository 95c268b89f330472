"""Small lists that were once read wrong without a word; each stands for a kind of fault."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from db.intake.told.checked import CheckedList
from tests.intake.files.fixtures_books import with_sheet_xml, xls
from tests.intake.lists import active, checked, csv_of, fill, saved, workbook

PEOPLE = (
    "1,Triệu Thị Mơ,12/05/1961,Nữ,024161200001,Xã Lục Nam,Hộ cận nghèo",
    "2,Bàng Văn Ké,03/02/1955,Nam,024055200002,Xã Lục Nam,Hộ nghèo",
    "3,Chu Thị Vượng,09/09/1983,Nữ,024183200003,Xã Lục Nam,Hộ cận nghèo",
)
NAMES = ["Triệu Thị Mơ", "Bàng Văn Ké", "Chu Thị Vượng"]


def told(result: CheckedList, field: str) -> list[tuple[int, str]]:
    problems = (*result.errors, *result.warnings)
    return [(each.row, each.code) for each in problems if each.field == field]


@pytest.mark.parametrize(
    "header",
    [
        "STT,Người hưởng lợi,Ngày sinh,Giới tính,Số CCCD,Địa phương,Diện hưởng",
        "stt,hovaten,ngaysinh,gioitinh,cccd,xa,doituong",
    ],
)
def test_a_header_never_takes_the_first_person(header: str) -> None:
    result = checked(csv_of(header, *PEOPLE), commune_code=None)
    assert [row.full_name for row in result.rows] == NAMES
    assert [row.sex for row in result.rows] == ["F", "M", "F"]


def test_a_list_without_a_header_is_asked_about_and_whole() -> None:
    result = checked(csv_of(*PEOPLE), commune_code=None)
    assert "no_header" in {each.code for each in result.questions}
    assert [row.full_name for row in result.rows] == NAMES


def test_a_column_to_tick_holds_yes_or_no_or_an_error() -> None:
    result = checked(
        csv_of(
            "STT,Họ và tên,Năm sinh,Hộ nghèo,Hộ cận nghèo,DTTS",
            "1,Triệu Thị Mơ,1961,Không có,x,Kinh",
            "2,Bàng Văn Ké,1955,chưa,x,không phải",
            "3,Chu Thị Vượng,1983,đã thoát,x,Tày",
            "4,Leo Văn Quế,1948,,x,Tày",
        )
    )
    assert [row.categories for row in result.rows] == [("HCN",), ("HCN",), ("HCN", "DTTS")]
    assert told(result, "category") == [(4, "tick_unknown")]


def test_a_support_is_wanted_only_where_it_is_ticked_or_named() -> None:
    result = checked(
        csv_of(
            "STT,Họ và tên,Năm sinh,Đối tượng,Tặng thẻ BHYT",
            "1,Triệu Thị Mơ,1961,Hộ cận nghèo,x",
            "2,Bàng Văn Ké,1955,Hộ cận nghèo,không cần",
            "3,Chu Thị Vượng,1983,Hộ cận nghèo,có thẻ rồi",
            "4,Leo Văn Quế,1948,Hộ cận nghèo,thẻ BHYT",
        )
    )
    assert [row.benefit for row in result.rows] == ["hi", None, "hi"]
    assert told(result, "benefit") == [(4, "tick_unknown")]


def test_a_day_of_something_else_is_no_birth() -> None:
    lines = ("STT,Họ và tên,Ngày mất,Xã", "1,Triệu Thị Mơ,05/11/2019,Lục Nam")
    result = checked(csv_of(*lines, "2,Bàng Văn Ké,06/11/2020,Lục Nam"))
    assert "column_birth" in {each.code for each in result.questions}
    assert not result.rows


def test_of_two_years_the_later_one_tells_the_category() -> None:
    result = checked(
        csv_of(
            "STT,Họ và tên,Năm sinh,Năm 2024,Năm 2026",
            "1,Triệu Thị Mơ,1961,Hộ nghèo,Hộ cận nghèo",
            "2,Bàng Văn Ké,1955,Hộ nghèo,Hộ mới thoát nghèo",
        )
    )
    assert [row.categories for row in result.rows] == [("HCN",), ("TN",)]


def test_the_answers_of_a_form_are_no_phones_and_no_peoples() -> None:
    result = checked(
        csv_of(
            "Dấu thời gian,Họ và tên,Ngày sinh,Đối tượng,Đồng ý dùng thông tin?",
            "12/11/2026 14:05:33,Triệu Thị Mơ,12/05/1961,Hộ cận nghèo,Có",
            "13/11/2026 10:11:12,Bàng Văn Ké,03/02/1955,Hộ cận nghèo,Có",
        )
    )
    assert not {"phone", "people"} & set(result.columns)
    assert [row.phone for row in result.rows] == [None, None]


def test_signs_of_sex_are_read_and_what_is_no_sex_is_an_error() -> None:
    result = checked(
        csv_of(
            "STT,Họ và tên,Năm sinh,Giới tính",
            "1,Triệu Thị Mơ,1961,♀",
            "2,Bàng Văn Ké,1955,♂",
            "3,Chu Thị Vượng,1983,x",
            "4,Leo Văn Quế,1948,?",
        )
    )
    assert [row.sex for row in result.rows] == ["F", "M"]
    assert told(result, "sex") == [(4, "sex_unknown"), (5, "sex_unknown")]


@pytest.mark.parametrize(
    ("written", "birth", "codes"),
    [
        ("1961-05-12T00:00:00.000Z", "1961-05-12", []),
        ("1955-02-02T17:00:00.000Z", "1955-02-03", ["birth_in_utc"]),
        ("1954-12-31T17:00:00Z", "1955-01-01", ["birth_in_utc"]),
    ],
)
def test_births_as_a_program_writes_moments(written: str, birth: str, codes: list[str]) -> None:
    result = checked(csv_of("Họ và tên,Ngày sinh", f"Bàng Văn Ké,{written}"))
    assert [row.birth for row in result.rows] == [birth]
    assert [code for _, code in told(result, "birth")] == codes


@pytest.mark.parametrize(
    "heading", ["III. Không đủ điều kiện", "Danh sách dự phòng", "Đã chuyển đi"]
)
def test_other_sections_of_people_who_are_not_proposed(heading: str) -> None:
    lines = ("STT,Họ và tên,Năm sinh", "1,Triệu Thị Mơ,1961", f"{heading},,")
    result = checked(csv_of(*lines, "1,Bàng Văn Ké,1955"))
    assert told(result, "full_name") == [(4, "section_of_removed")]


def test_a_book_of_births_at_seventeen_hours_means_the_day_after() -> None:
    rows = [
        ["Họ và tên", "Ngày sinh"],
        ["Triệu Thị Mơ", datetime.combine(date(1961, 5, 11), time(17))],
    ]
    result = checked(workbook([*rows, ["Bàng Văn Ké", date(1955, 2, 3)]]), "a.xlsx")
    assert [row.birth for row in result.rows] == ["1961-05-12", "1955-02-03"]
    assert told(result, "birth") == [(2, "birth_in_utc")]


def test_people_in_a_section_of_the_removed_are_asked_about() -> None:
    content = csv_of(
        "STT,Họ và tên,Ngày sinh,Số CCCD,Đối tượng",
        "I,Tăng,,,",
        "1,Triệu Thị Mơ,12/05/1961,024161200001,Hộ cận nghèo",
        ",Cộng tăng: 1,,,",
        "II,Giảm,,,",
        "1,Bàng Văn Ké,03/02/1955,024055200002,Hộ cận nghèo",
        ",Cộng giảm: 1,,,",
        "Đã chết,,,,",
        "1,Chu Thị Vượng,09/09/1983,024183200003,Hộ cận nghèo",
        "III,Bổ sung,,,",
        "1,Leo Văn Quế,20/12/1948,024048200004,Hộ cận nghèo",
    )
    assert [each.code for each in checked(content).questions] == ["removed_rows"]
    without = checked(content, answers={"removed_rows": "skip"})
    assert [row.full_name for row in without.rows] == ["Triệu Thị Mơ", "Leo Văn Quế"]
    result = checked(content, answers={"removed_rows": "keep"})
    assert len(result.rows) == 4
    assert told(result, "full_name") == [(6, "section_of_removed"), (9, "section_of_removed")]


@pytest.mark.parametrize(
    ("remark", "is_told"),
    [
        ("Chết 12/9/2026", True),
        ("mất 2025", True),
        ("chết", True),
        ("Giảm do chết", True),
        ("chồng chết năm 2020", False),
        ("mất sức lao động", False),
    ],
)
def test_remarks_that_somebody_is_gone(remark: str, is_told: bool) -> None:
    header = "STT,Họ và tên,Năm sinh,Đối tượng,Ghi chú"
    result = checked(csv_of(header, f"1,Triệu Thị Mơ,1961,Hộ cận nghèo,{remark}"))
    assert (told(result, "full_name") == [(2, "note_says_gone")]) is is_told


def test_a_comment_that_somebody_is_gone() -> None:
    book = Workbook()
    sheet = active(book)
    fill(sheet, [["Họ và tên", "Năm sinh"], ["Triệu Thị Mơ", "1961"], ["Bàng Văn Ké", "1955"]])
    sheet["A3"].comment = Comment("Đã chết ngày 12/9/2026", "xã")
    result = checked(saved(book), "a.xlsx")
    assert told(result, "full_name") == [(3, "note_says_gone")]


def test_an_exponent_is_no_digit_of_a_phone() -> None:
    lines = ("STT,Họ và tên,Năm sinh,Số điện thoại", "1,Triệu Thị Mơ,1961,9.1234567E+8")
    result = checked(csv_of(*lines))
    assert [row.phone for row in result.rows] == [None]
    assert told(result, "phone") == [(2, "phone_invalid")]


def test_zero_bytes_at_the_end_of_a_text_are_padding() -> None:
    content = csv_of("STT,Họ và tên,Năm sinh", "1,Triệu Thị Mơ,1961").encode()
    assert [row.full_name for row in checked(content + bytes(4)).rows] == ["Triệu Thị Mơ"]


def test_the_member_of_a_coded_household_belongs_to_it() -> None:
    result = checked(
        csv_of(
            "Mã hộ,Họ và tên,Quan hệ,Năm sinh,Xã,Đối tượng",
            "H01,Bàng Văn Ké,Chủ hộ,1955,Lục Nam,Hộ cận nghèo",
            ",Triệu Thị Mơ,Vợ,1961,,Hộ cận nghèo",
            "H02,Leo Văn Quế,Chủ hộ,1948,Sơn Động,Hộ cận nghèo",
            ",Vi Thị Sen,Chủ hộ,1970,Lục Nam,Hộ cận nghèo",
        ),
        commune_code=None,
    )
    assert [row.household for row in result.rows] == ["H01", "H01", "H02", None]
    first, member, *_ = (row.commune_code for row in result.rows)
    assert first == member
    assert told(result, "household") == [(3, "filled_down")]


def test_the_example_of_a_template_is_spoken_of() -> None:
    lines = ("STT,Họ và tên,Năm sinh", "VD,Nguyễn Văn A,1990", "1,Triệu Thị Mơ,1961")
    assert told(checked(csv_of(*lines)), "full_name") == [(2, "name_is_example")]


def test_a_formula_that_gives_nothing_leaves_its_row_blank() -> None:
    rows = [["STT", "Họ và tên", "Năm sinh"], [1, "Triệu Thị Mơ", "1961"], [2, None, "$"]]
    empty = '<c r="C3" t="str"><f>IF(B3="","",1)</f><v></v></c>'
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    start = sheet.index('<c r="C3"')
    written = sheet[start : sheet.index("</c>", start) + 4]
    result = checked(with_sheet_xml(workbook(rows), written, empty), "a.xlsx")
    assert [row.full_name for row in result.rows] == ["Triệu Thị Mơ"]
    assert not result.errors


def test_the_root_of_an_old_workbook_may_have_any_name() -> None:
    root, other = ("Root Entry".encode("utf-16-le"), b"R\x00" + bytes(18))
    content = xls().replace(root, other, 1)
    assert other in content
    at = content.index(other)
    content = content[: at + 64] + (4).to_bytes(2, "little") + content[at + 66 :]
    assert len(checked(content, "a.xls").rows) == len(checked(xls(), "a.xls").rows)


AGES = csv_of(
    "TT,Họ và tên,Tuổi,Hoàn cảnh",
    "1,Triệu Thị Mơ,65,Hộ cận nghèo",
    "2,Bàng Văn Ké,71 tuổi,Hộ cận nghèo",
    "3,Vi Thị Sen,56t,Hộ cận nghèo",
)


def test_a_column_of_ages_is_one_question_and_not_an_error_for_everybody() -> None:
    asked = checked(AGES)
    assert [each.code for each in asked.questions] == ["ages"]
    result = checked(AGES, answers={"ages": "by_age"})
    assert [row.birth for row in result.rows] == ["1961", "1955", "1970"]
    assert told(result, "birth") == [(row, "birth_by_age") for row in (2, 3, 4)]
    assert not result.errors
    result = checked(AGES, answers={"ages": "one_by_one", "mostly_wrong": "keep"})
    assert told(result, "birth") == [(row, "birth_from_age") for row in (2, 3, 4)]
    assert not result.rows


def test_one_name_with_one_insurance_number_is_asked_about() -> None:
    lines = (
        "STT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Mã số BHXH",
        "1,Triệu Thị Mơ,12/05/1961,Nữ,024161200001,2412000001",
        "2,Triệu Thị Mơ,05/12/1961,Nữ,024161200010,2412000001",
        "3,Bàng Văn Ké,05/12/1961,Nam,024061200010,2412000001",
    )
    result = checked(csv_of(*lines))
    assert [each.code for each in result.questions] == ["twins"]
    assert told(result, "bhxh") == [(3, "duplicate_in_file"), (4, "number_of_another")]
    assert len(checked(csv_of(*lines), answers={"twins": "first"}).rows) == 2


@pytest.mark.parametrize("mark", ["", "- "])
def test_a_text_with_a_block_for_each_person_is_a_list(mark: str) -> None:
    lines = []
    for name, birth in (("Triệu Thị Mơ", "12/05/1961"), ("Bàng Văn Ké", "03/02/1955")):
        lines += [f"{mark}Họ và tên: {name}", f"{mark}Ngày sinh: {birth}"]
        lines += [f"{mark}Địa chỉ: Thôn Đông, xã Môn Sơn", f"{mark}Hoàn cảnh: Hộ cận nghèo", ""]
    result = checked(csv_of(*lines), "the.txt")
    assert [(row.full_name, row.birth) for row in result.rows] == [
        ("Triệu Thị Mơ", "1961-05-12"),
        ("Bàng Văn Ké", "1955-02-03"),
    ]
    assert [row.categories for row in result.rows] == [("HCN",)] * 2


def test_one_person_on_two_rows_is_one_person() -> None:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Địa chỉ"],
        [1, "Triệu Thị Mơ", "1961", "024161200001", "Thôn Đông,"],
        [None, None, None, None, "xã Lục Nam"],
        [2, "Bàng Văn Ké", "1955", "024055200002", "Thôn Đông,"],
        [None, None, None, None, "xã Lục Nam"],
    ]
    spans = [f"{column}{row}:{column}{row + 1}" for column in "ABCD" for row in (2, 4)]
    result = checked(workbook(rows, spans), "a.xlsx", commune_code=None)
    assert result.rows_read == 2
    assert [(row.full_name, row.address) for row in result.rows] == [
        ("Triệu Thị Mơ", "Thôn Đông, xã Lục Nam"),
        ("Bàng Văn Ké", "Thôn Đông, xã Lục Nam"),
    ]


def test_two_supports_of_one_person_stay_two_rows() -> None:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "Hình thức hỗ trợ"],
        [1, "Triệu Thị Mơ", "1961", "Thẻ BHYT"],
        [None, None, None, "Sổ BHXH"],
    ]
    spans = [f"{column}2:{column}3" for column in "ABC"]
    result = checked(workbook(rows, spans), "a.xlsx")
    assert [row.benefit for row in result.rows] == ["hi", "si"]


def test_a_workbook_is_found_by_its_relations() -> None:
    def moved(name: str) -> str:
        return name.removeprefix("xl/")

    content = workbook([["STT", "Họ và tên", "Năm sinh"], [1, "Triệu Thị Mơ", "1961"]])
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(written, "w") as other:
        for name in book.namelist():
            part = book.read(name).replace(b"/xl/", b"/").replace(b'"xl/', b'"')
            other.writestr(moved(name), part)
    assert [row.full_name for row in checked(written.getvalue(), "a.xlsx").rows] == ["Triệu Thị Mơ"]


def test_backslashes_in_the_names_of_parts_are_read() -> None:
    content = workbook([["STT", "Họ và tên", "Năm sinh"], [1, "Triệu Thị Mơ", "1961"]])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [name for name in book.namelist() if "/" in name]
    for name in names:
        content = content.replace(name.encode(), name.replace("/", "\\").encode())
    assert [row.full_name for row in checked(content, "a.xlsx").rows] == ["Triệu Thị Mơ"]


@pytest.mark.parametrize(
    ("category", "birth", "odd"),
    [
        ("Người cao tuổi", "2004", True),
        ("Người cao tuổi", "1966", False),
        ("Học sinh", "1953", True),
        ("Sinh viên", "2006", False),
        ("Trẻ mồ côi", "1980", True),
        ("Trẻ mồ côi", "2012", False),
        ("Hộ nghèo", "2020", False),
    ],
)
def test_a_category_that_hardly_fits_the_age_is_spoken_of(
    category: str, birth: str, odd: bool
) -> None:
    content = csv_of("STT,Họ và tên,Năm sinh,Đối tượng", f"1,Triệu Thị Mơ,{birth},{category}")
    assert told(checked(content), "category") == ([(2, "category_age")] if odd else [])
