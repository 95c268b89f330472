"""What editors send back is taken only for the cells and columns that were offered."""

import pytest

from components.lists.columns import chosen_fields
from components.lists.fixes import Fix, typed_texts
from db.intake.told.checked import CellProblem, ColumnGuess

COLUMN = "Sửa thành"


def fix(row: int, field: str) -> Fix:
    return Fix(CellProblem(row, field, "x", "", ""), "Lô Thị Xoan", "")


def test_only_the_column_of_corrections_and_only_offered_cells_are_taken() -> None:
    fixes = [fix(4, "birth"), fix(9, "cccd")]
    edited = {
        0: {COLUMN: "28/02/1958", "Dòng": "77"},
        1: {"Họ và tên": "Người Khác"},
        2: {COLUMN: "không có dòng này"},
        -1: {COLUMN: "trước dòng đầu"},
    }

    assert typed_texts(edited, fixes, COLUMN) == {(4, "birth"): "28/02/1958"}


def test_an_emptied_cell_takes_its_correction_back() -> None:
    assert typed_texts({0: {COLUMN: None}}, [fix(4, "birth")], COLUMN) == {(4, "birth"): ""}


@pytest.mark.usefixtures("database")
def test_a_column_is_set_only_to_a_field_that_was_offered() -> None:
    guesses = [
        ColumnGuess(3, "Ngày", "1956", None, "unknown"),
        ColumnGuess(0, "Tên", "Xoan", "full_name", "likely"),
    ]
    edited = {
        0: {"Ứng với mục": "Ngày sinh"},
        1: {"Ứng với mục": "DROP TABLE"},
        5: {"Ứng với mục": "Họ và tên"},
    }

    assert chosen_fields(edited, guesses) == {3: "birth"}
