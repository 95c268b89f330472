"""A birth is read from whichever columns tell it, with the precision that they tell."""

import pytest

from tests.intake.lists import checked, csv_of


def births(*lines: str) -> list[str]:
    result = checked(csv_of(*lines))
    assert result.questions == ()
    return [row.birth for row in result.rows]


@pytest.mark.parametrize("flag", ["Có", "x", "1"])
def test_only_the_year_counts_where_the_form_says_so(flag: str) -> None:
    head = "Họ và tên,Ngày sinh,Chỉ có năm sinh (Có/Không)"
    result = checked(csv_of(head, f"Vi Văn Bình,01/01/1956,{flag}", "Lô Thị An,05/03/1957,Không"))
    assert [row.birth for row in result.rows] == ["1956", "1957-03-05"]
    found = next(each for each in result.warnings if each.code == "birth_less_precise")
    assert (found.row, found.field, found.value) == (2, "birth", "01/01/1956")
    assert "1956" in found.message


def test_month_and_year_count_where_the_form_says_so() -> None:
    head = "Họ và tên,Ngày sinh,Chỉ có năm sinh hoặc tháng/năm"
    rows = ("Vi A Bình,01/01/1956,Năm", "Vi A Cao,01/03/1956,Tháng/năm", "Vi A Dũng,01/04/1956,x")
    assert births(head, *rows) == ["1956", "1956-03", "1956-04"]


@pytest.mark.parametrize(
    "head", ["Họ và tên,Ngày,Tháng,Năm sinh", "Họ và tên,Ngày sinh,Tháng sinh,Năm sinh"]
)
def test_day_month_and_year_in_columns_of_their_own(head: str) -> None:
    rows = ("Vi Văn Bình,5,3,1956", "Lô Thị An,,3,1957", "Lô Thị Em,,,1958")
    assert births(head, *rows) == ["1956-03-05", "1957-03", "1958"]
    result = checked(csv_of(head, "Vi Văn Bình,31,2,1956", "Lô Thị An,1,3,1957"))
    assert [(each.row, each.code) for each in result.errors] == [(2, "birth_impossible")]


def test_a_year_beside_the_day_fills_in_where_the_day_is_missing() -> None:
    head = "Họ và tên,Ngày sinh,Năm sinh"
    assert births(head, "Vi Văn Bình,05/03/1956,1956", "Lô Thị An,,1957") == ["1956-03-05", "1957"]


def test_a_year_that_contradicts_the_day_is_a_question() -> None:
    result = checked(csv_of("Họ và tên,Ngày sinh,Năm sinh", "Vi Văn Bình,05/03/1956,1965"))
    assert [question.code for question in result.questions] == ["duplicate_headers"]


def test_signs_nobody_sees_are_told() -> None:
    result = checked(csv_of("Họ và tên,Ngày sinh", "Vi Văn Bình,０５/０３/１９５６"))
    assert result.rows[0].birth == "1956-03-05"
    assert ("birth", "birth_cleaned") in {(each.field, each.code) for each in result.warnings}


def test_one_date_month_first_among_many_that_could_be_is_a_question() -> None:
    rows = ("Vi A Bình,03/25/1956", "Vi A Cao,05/06/1960", "Vi A Dũng,07/08/1961")
    result = checked(csv_of("Họ và tên,Ngày sinh", *rows, "Vi A Em,09/10/1962"))
    assert [question.code for question in result.questions] == ["date_order"]
    content = csv_of("Họ và tên,Ngày sinh", *rows, "Vi A Em,09/10/1962")
    answered = checked(content, answers={"date_order": "mdy"})
    assert [row.birth for row in answered.rows][:2] == ["1956-03-25", "1960-05-06"]
    assert "birth_maybe_swapped" not in {each.code for each in answered.warnings}


def test_dates_beside_one_that_is_month_first_are_doubtful() -> None:
    rows = ("Vi A Bình,03/25/1956", "Vi A Cao,05/06/1960", "Vi A Dũng,25/08/1961")
    result = checked(csv_of("Họ và tên,Ngày sinh", *rows))
    assert result.questions == ()
    assert [(each.row, each.code) for each in result.errors] == [(2, "birth_impossible")]
    assert [each.row for each in result.warnings if each.code == "birth_maybe_swapped"] == [3]
