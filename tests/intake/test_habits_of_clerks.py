"""Cells as clerks of many kinds write them: read as another clerk would, or asked about."""

from datetime import date

import pytest
from openpyxl import Workbook

from tests.intake.lists import active, checked, csv_of, fill, saved

HEADER = "STT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Đối tượng"
ROW = "1,Lô Thị Xuân,{birth},{sex},{cccd},{category}"
AS_USUAL = {"birth": "1957", "sex": "Nữ", "cccd": "", "category": "Hộ cận nghèo"}


def list_with(**cells: str) -> str:
    return csv_of(HEADER, ROW.format(**{**AS_USUAL, **cells}))


@pytest.mark.parametrize(
    ("written", "birth", "told"),
    [
        ("57", "1957", {"birth_cleaned"}),
        ("7/57", "1957-07", set()),
        ("Mar-57", "1957-03", set()),
        ("Sep-1970", "1970-09", set()),
        ("Thg7-60", "1960-07", set()),
        ("mồng 5/3/1956", "1956-03-05", set()),
        ("Mùng 5 tháng 3 năm 1956", "1956-03-05", set()),
        ("1950 (76 tuổi)", "1950", {"birth_cleaned"}),
        ("1957 - 69 tuổi", "1957", {"birth_cleaned"}),
        ("1949 (CMND)", "1949", {"birth_cleaned"}),
        ("../5/1971", "1971-05", set()),
    ],
)
def test_births_in_the_words_of_old_clerks(written: str, birth: str, told: set[str]) -> None:
    result = checked(list_with(birth=written))
    assert [row.birth for row in result.rows] == [birth]
    assert {each.code for each in result.warnings if each.field == "birth"} == told


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("15", "birth_century"),
        ("Mar-25", "birth_century"),
        ("12/05", "birth_unreadable"),
        ("1957 (1959)", "birth_unreadable"),
        ("(5)", "birth_unreadable"),
        ("-" * 60, "birth_unreadable"),
        ("- " * 9_000 + "x", "birth_unreadable"),
    ],
)
def test_births_that_could_be_two_are_not_guessed(written: str, code: str) -> None:
    assert [each.code for each in checked(list_with(birth=written)).errors] == [code]


def test_a_month_typed_into_excel_is_no_first_day() -> None:
    """3/1957 becomes 1 March by itself, shown as Mar-57; a later day was typed as such."""
    book = Workbook()
    sheet = active(book)
    fill(sheet, [["Họ và tên", "Ngày sinh"]])
    fill(sheet, [["Lô Thị Xuân", date(1957, 3, 1)], ["Vi Văn Bình", date(1957, 3, 5)]])
    for cell in ("B2", "B3"):
        sheet[cell].number_format = "mmm-yy"
    assert [row.birth for row in checked(saved(book)).rows] == ["1957-03", "1957-03-05"]


@pytest.mark.parametrize(("written", "sex"), [("T", "M"), ("G", "F"), ("2", "F")])
def test_sex_in_signs(written: str, sex: str) -> None:
    assert [row.sex for row in checked(list_with(sex=written)).rows] == [sex]


@pytest.mark.parametrize(
    "written", ["040157001204 (cấp 2021)", "040157001204 cấp ngày 10/5/2021", "040157001204 (mới)"]
)
def test_what_is_told_of_a_card_is_no_part_of_its_number(written: str) -> None:
    assert [row.cccd for row in checked(list_with(cccd=written)).rows] == ["040157001204"]


def test_a_second_number_in_brackets_is_still_asked_about() -> None:
    result = checked(list_with(cccd="040157001204 (040157001205)"))
    assert [each.code for each in result.errors] == ["cccd_two_numbers"]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("già yếu cô đơn", ("NCT",)),
        ("HMTN", ("TN",)),
        ("H.C.N", ("HCN",)),
        ("đồng bào dân tộc", ("DTTS",)),
        ("cận nghèo; dân tộc Thái", ("HCN", "DTTS")),
        ("khuyết tật mức độ nặng", ("KT",)),
        ("Phụ nữ đơn thân nuôi con", ("KK",)),
        ("Bệnh hiểm nghèo (K phổi)", ("BHN",)),
        ("Khuyết tật nặng (giấy xác nhận số 12)", ("KT",)),
        ("HN; KT (mắt; chân)", ("HN", "KT")),
        ("HN (KT; DTTS)", ("HN", "KT", "DTTS")),
    ],
)
def test_categories_in_local_words(written: str, codes: tuple[str, ...]) -> None:
    assert [row.categories for row in checked(list_with(category=written)).rows] == [codes]


def test_the_kinh_are_no_minority() -> None:
    result = checked(list_with(category="dân tộc Kinh"))
    assert [each.code for each in result.errors] == ["category_unknown"]


def gone(remark: str) -> bool:
    content = csv_of("Họ và tên,Năm sinh,Ghi chú", f"Lô Thị Xuân,1957,{remark}")
    return "note_says_gone" in {each.code for each in checked(content).warnings}


@pytest.mark.parametrize(
    "remark",
    ["Bố mẹ đã mất", "Chồng mất năm 2015; nuôi 2 con", "Con trai chết năm 2020", "Mẹ đã chuyển đi"],
)
def test_relatives_who_died_or_moved_are_no_reason_to_leave_somebody_out(remark: str) -> None:
    assert not gone(remark)


@pytest.mark.parametrize(
    "remark",
    [
        "Đã chết ngày 12/9",
        "Chồng đã chết. Đã chuyển đi",
        "Cả nhà chuyển đi Bình Dương",
        "Theo con chuyển đi",
    ],
)
def test_the_person_who_died_or_moved_is_told(remark: str) -> None:
    assert gone(remark)


@pytest.mark.parametrize("name", ["Đồng chí Lô Văn Xuân", "đ/c Lô Văn Xuân"])
def test_comrades_have_names(name: str) -> None:
    result = checked(csv_of("Họ và tên,Năm sinh", f"{name},1957"))
    assert [row.full_name for row in result.rows] == ["Lô Văn Xuân"]


def test_a_phone_with_the_code_of_the_country_in_brackets() -> None:
    content = csv_of("Họ và tên,Năm sinh,SĐT", "Lô Thị Xuân,1957,(084) 912345680")
    assert [row.phone for row in checked(content).rows] == ["0912345680"]
