"""Somebody who stands twice in a file is named, and asked about where only a person can say."""

import pytest

from db.intake.told.checked import CheckedList
from tests.intake.lists import HEADER, checked, csv_of


def said(result: CheckedList) -> list[tuple[int, str, str]]:
    codes = ("duplicate_in_file", "number_of_another", "cccd_of_another")
    return [(each.row, each.field, each.code) for each in result.warnings if each.code in codes]


def asked(result: CheckedList) -> list[str]:
    return [question.code for question in result.questions]


@pytest.mark.parametrize("birth", ["1961", "03/05/1961"])
def test_a_birth_less_precise_or_turned_round_is_pointed_out(birth: str) -> None:
    lines = ("1,Vi Văn Bình,05/03/1961,Nam,,HN", f"2,Vi Văn Bình,{birth},Nam,,HCN")
    result = checked(csv_of(HEADER, *lines))
    assert said(result) == [(3, "full_name", "duplicate_in_file")]
    assert asked(result) == []


def test_numbers_one_slip_apart_are_asked_about() -> None:
    first = "1,Vi Văn Bình,05/03/1961,Nam,040061000011,HN"
    result = checked(csv_of(HEADER, first, "2,Vi Văn Bình,05/03/1961,Nam,040061000012,HN"))
    assert asked(result) == ["twins"]
    result = checked(csv_of(HEADER, first, "2,Vi Văn Bình,05/03/1961,Nam,040061009876,HN"))
    assert asked(result) == []


TWINS = "STT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Mã hộ"


def test_names_one_letter_apart_in_one_household_are_asked_about() -> None:
    lines = ("1,Lô Văn Hùng,05/03/2008,Nam,,H1", "2,Lô Văn Hung,05/03/2008,Nam,,H1")
    assert asked(checked(csv_of(TWINS, *lines))) == ["twins"]
    lines = ("1,Lô Văn Tuân,05/03/2008,Nam,,H1", "2,Lô Văn Tuấn,05/03/2008,Nam,,H1")
    assert asked(checked(csv_of(TWINS, *lines))) == ["twins"]
    lines = ("1,Lô Văn Hải,05/03/2008,Nam,,H1", "2,Lô Văn Hảo,05/03/2008,Nam,,H1")
    assert asked(checked(csv_of(TWINS, *lines))) == ["twins"]


@pytest.mark.parametrize(
    "second",
    [
        "2,Lô Văn Hảo,05/03/2008,Nam,040208000012,H1",
        "2,Lô Văn Hảo,05/03/2008,Nam,,H2",
        "2,Lô Thị Hảo,05/03/2008,Nữ,,H1",
        "2,Lô Văn Em,05/03/2008,Nam,,H1",
    ],
)
def test_twins_told_apart_are_two_people(second: str) -> None:
    result = checked(csv_of(TWINS, "1,Lô Văn Hải,05/03/2008,Nam,040208000011,H1", second))
    assert (said(result), asked(result)) == ([], [])
    assert len(result.rows) == 2


@pytest.mark.parametrize(
    ("header", "number", "field"),
    [("Mã số BHXH", "4012345678", "bhxh"), ("Mã thẻ BHYT", "GD4404012345678", "hi_card")],
)
def test_one_insurance_number_at_two_people_is_told(header: str, number: str, field: str) -> None:
    lines = (f"Vi Văn Bình,1961,{number}", f"Lô Thị An,1970,{number}")
    result = checked(csv_of(f"Họ và tên,Ngày sinh,{header}", *lines))
    assert said(result) == [(3, field, "number_of_another")]


def test_namesakes_of_one_year_in_two_hamlets_are_told_of() -> None:
    lines = "Họ và tên,Năm sinh,Thôn\nVi Văn Bình,1961,Bản Yên\nVi Văn Bình,1961,Bản Cằng\n"
    found = checked(lines)
    assert [row.row for row in found.rows] == [2, 3]
    assert [w.row for w in found.warnings if w.code == "duplicate_in_file"] == [3]
