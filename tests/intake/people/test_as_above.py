"""Signs for "as above" and blanks inside a household stand for the row above, and are told."""

import pytest

from tests.intake.lists import checked, csv_of

HEAD = "STT,Họ và tên,Ngày sinh,Giới tính,Thôn,Đối tượng,Hình thức hỗ trợ"


@pytest.mark.parametrize("sign", ["nt", "NT", "-nt-", "n.t", "- nt -", "//", "“", "〃", "như trên"])
def test_a_sign_for_as_above(sign: str) -> None:
    rows = ("1,Vi Văn Bình,1961,Nam,Bản Xiềng,HCN,BHYT",)
    result = checked(csv_of(HEAD, *rows, f"2,Lô Văn An,1962,{sign},{sign},{sign},{sign}"))
    below = result.rows[1]
    assert (below.sex, below.hamlet, below.categories, below.benefit) == (
        *("M", "Bản Xiềng"),
        ("HCN",),
        "hi",
    )
    told = {(each.row, each.field, each.value) for each in result.warnings if each.row == 3}
    assert {(3, "sex", sign), (3, "hamlet", sign), (3, "category", sign)} <= told


def test_it_is_told_once_for_a_column() -> None:
    rows = (f"{number},Lô Văn {name},1962,Nam,nt,HCN," for number, name in ((2, "An"), (3, "Em")))
    result = checked(csv_of(HEAD, "1,Vi Văn Bình,1961,Nam,Bản Xiềng,HCN,", *rows))
    told = [each for each in result.warnings if each.code == "as_above"]
    assert [each.row for each in told] == [3]
    assert told[0].message.endswith("Còn 1 ô nữa như vậy.")


def test_as_above_in_the_first_row_is_told() -> None:
    result = checked(csv_of(HEAD, "1,Vi Văn Bình,1961,Nam,nt,HCN,"))
    assert result.rows[0].hamlet is None
    assert ("hamlet", "nothing_above") in {(each.field, each.code) for each in result.warnings}


def test_members_of_a_household_live_where_its_head_lives() -> None:
    head = "STT,Họ và tên,Ngày sinh,Quan hệ với chủ hộ,Mã hộ,Thôn"
    lines = ("1,Vi Văn Bình,1961,Chủ hộ,H1,Bản Xiềng", ",Lô Thị An,1962,Vợ,,")
    result = checked(csv_of(head, *lines, "2,Lô Văn Em,1970,Chủ hộ,,"))
    assert [(row.household, row.hamlet) for row in result.rows] == [
        *[("H1", "Bản Xiềng")] * 2,
        (None, None),
    ]
    told = {(each.row, each.field) for each in result.warnings if each.code == "filled_down"}
    assert told == {(3, "household"), (3, "hamlet")}


def test_marks_for_both_sexes_are_told() -> None:
    result = checked(csv_of("Họ và tên,Ngày sinh,Nam,Nữ", "Vi Văn Bình,1961,x,x"))
    assert result.rows[0].sex is None
    assert ("sex", "sex_two_marks") in {(each.field, each.code) for each in result.warnings}


def test_words_beside_a_phone_number_are_not_dropped_silently() -> None:
    result = checked(csv_of("Họ và tên,Ngày sinh,SĐT", "Vi Văn Bình,1961,Con: 0912345678"))
    assert result.rows[0].phone == "0912345678"
    assert ("phone", "phone_repaired") in {(each.field, each.code) for each in result.warnings}
