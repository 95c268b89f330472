"""A list is one commune's: people of another commune are put back, with the reason."""

from datetime import date

from db.intake.checking import check
from db.intake.told.checked import CheckedList
from db.intake.told.one_commune import only_of
from db.reference.places import communes_by_code

OWN, OTHER = "16777", "16792"


def checked(*rows: str) -> CheckedList:
    content = "\n".join(["Họ và tên,Ngày sinh,Xã", *rows]).encode()
    return only_of(check(content, "a.csv", year=2026, today=date(2026, 9, 15)), OWN)


def test_a_row_of_another_commune_becomes_an_error_that_names_both() -> None:
    own, other = communes_by_code()[OWN].name, communes_by_code()[OTHER].name
    found = checked(f"Lô Thị Xoan,1956,{own}", f"Vi Văn Thọ,1958,{other}")

    assert [row.full_name for row in found.rows] == ["Lô Thị Xoan"]
    (error,) = found.errors
    assert (error.row, error.field, error.code) == (3, "commune_code", "commune_of_another_list")
    assert own in error.message
    assert other in error.message
    assert [row.row for row in found.to_correct] == [3]
    assert found.verdict == "import_with_errors"


def test_rows_that_name_no_commune_or_the_own_one_stay() -> None:
    own = communes_by_code()[OWN].name
    found = checked(f"Lô Thị Xoan,1956,{own}", "Vi Văn Thọ,1958,")

    assert len(found.rows) == 2
    assert found.errors == ()
    assert found.verdict == "import"
