"""Lines between and below the people: classes, households, counts, signatures are no people."""

import pytest

from db.intake.told.checked import CheckedList
from tests.intake.lists import checked, csv_of, workbook

HEADER = "STT,Họ và tên,Năm sinh,Số CCCD,Đối tượng"
XUAN = "1,Lô Thị Xuân,1956,040156001204,HCN"
BINH = "2,Vi Văn Bình,1961,040061000011,HCN"


def names(result: CheckedList) -> list[str]:
    assert result.rows_read == len(result.rows)
    return [row.full_name for row in result.rows]


@pytest.mark.parametrize(
    "line",
    [
        "Khoa Nội tổng hợp",
        "Chi hội Phụ nữ thôn Đông",
        "Lớp 6A",
        "Hộ ông: Lô Văn Mùi (3 khẩu)",
        "Hộ bà Vi Thị Tuất",
        "Trong đó: hộ cận nghèo 2 người",
        "Số nữ: 1",
        "Bằng chữ: Hai người",
        "(Bằng chữ: Một triệu đồng)",
    ],
)
def test_a_line_of_words_is_nobody(line: str) -> None:
    result = checked(csv_of(HEADER, f",{line},,,", XUAN, f",{line},,,", BINH, f",{line},,,"))
    assert names(result) == ["Lô Thị Xuân", "Vi Văn Bình"]


def test_counts_of_men_and_women_are_nobody() -> None:
    result = checked(csv_of(HEADER, XUAN, BINH, ",Tổng cộng,2,,", ",Nam,1,,", ",Nữ,1,,"))
    assert names(result) == ["Lô Thị Xuân", "Vi Văn Bình"]


def test_somebody_called_nam_is_not_lost() -> None:
    result = checked(csv_of(HEADER, XUAN, ",Nam,,chưa có,HN", ",Nam,1990,,HN"))
    assert [(each.row, each.code) for each in result.errors] == [(3, "birth_missing")]
    assert [row.full_name for row in result.rows] == ["Lô Thị Xuân", "Nam"]


def test_somebody_with_nothing_but_a_category_is_no_heading() -> None:
    result = checked(csv_of(HEADER, ",Lô Thị Xuân,,,Hộ nghèo", ",Vi Văn Bình,1961,,"))
    assert [(each.row, each.code) for each in result.errors] == [(2, "birth_missing")]
    assert [row.categories for row in result.rows] == [()]


def test_somebody_whose_family_name_looks_like_a_total_is_not_lost() -> None:
    result = checked(csv_of(HEADER, "1,Tổng Thị Lan,1960,,HCN", "2,Cộng Văn Tám,1961,,HCN"))
    assert names(result) == ["Tổng Thị Lan", "Cộng Văn Tám"]


def test_a_line_merged_over_names_and_births_is_nobody() -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Số CCCD"],
        ["Tuyến đường ven biển"],
        ["Lô Thị Xuân", 1956, "040156001204"],
        ["Vi Văn Bình"],
    ]
    result = checked(workbook(rows, ["A2:C2"]))
    assert [row.full_name for row in result.rows] == ["Lô Thị Xuân"]
    assert [(each.row, each.code) for each in result.errors] == [(4, "birth_missing")]


@pytest.mark.parametrize(
    ("heading", "hamlet"),
    [
        ("1. Bản Cửa Rào (Trưởng bản: Vi Văn Chiến)", "Bản Cửa Rào"),
        ("* Xóm 7 - 2 hộ", "Xóm 7"),
        ("III/ Thôn Đông: 02 người", "Thôn Đông"),
        ("Thôn Đông (2 hộ; 7 khẩu)", "Thôn Đông"),
    ],
)
def test_hamlets_with_counts_and_heads(heading: str, hamlet: str) -> None:
    result = checked(csv_of(HEADER, f",{heading},,,", XUAN, BINH))
    assert [row.hamlet for row in result.rows] == [hamlet, hamlet]


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("I. HỘ NGHÈO (02 hộ; 02 khẩu)", "HN"),
        ("II. HỘ CẬN NGHÈO: 2 hộ - 2 khẩu", "HCN"),
        ("III/ NGƯỜI KHUYẾT TẬT", "KT"),
    ],
)
def test_categories_with_counts(heading: str, category: str) -> None:
    header = "STT,Họ và tên,Năm sinh,Số CCCD"
    result = checked(csv_of(header, f"{heading},,,", "1,Lô Thị Xuân,1956,040156001204"))
    assert [row.categories for row in result.rows] == [(category,)]


def test_lists_of_hamlets_stacked_with_their_signatures() -> None:
    signed = [",Cộng: 1 người,,,", ",TRƯỞNG XÓM,,,", ",(Đã ký),,,", ",Hà Văn Lâm,,,"]
    result = checked(csv_of("Xóm 1,,,,", HEADER, XUAN, *signed, "Xóm 2,,,,", HEADER, BINH, *signed))
    assert names(result) == ["Lô Thị Xuân", "Vi Văn Bình"]


def test_after_the_signatures_of_one_part_the_next_is_read_as_before() -> None:
    nobody_born = "3,Hà Thị Mai,,,HCN"
    result = checked(csv_of(HEADER, XUAN, ",TRƯỞNG XÓM,,,", ",Hà Văn Lâm,,,", BINH, nobody_born))
    assert [(each.row, each.code) for each in result.errors] == [(6, "birth_missing")]
    assert [row.full_name for row in result.rows] == ["Lô Thị Xuân", "Vi Văn Bình"]


def test_a_part_numbered_like_i_1_is_a_heading() -> None:
    result = checked(csv_of(HEADER, "I,TĂNG,,,", "I.1,Người tham gia mới,,,", XUAN, BINH))
    assert names(result) == ["Lô Thị Xuân", "Vi Văn Bình"]
