"""Every kind of workbook gives the same people; what it hides is asked about."""

import pytest
from openpyxl import Workbook

from tests.intake.files import fixtures_books as books
from tests.intake.files import fixtures_text as files
from tests.intake.lists import BINH, HEADER, XUAN, active, checked, fill, saved


@pytest.mark.parametrize("name", books.READ_ALIKE)
def test_the_same_people_are_read_from_every_kind_of_workbook(name: str) -> None:
    result = checked(books.READ_ALIKE[name], "danh-sach.xls")
    assert result.verdict == "import", result.questions or result.errors or result.message
    assert [row.full_name for row in result.rows] == files.NAMES
    assert [row.birth for row in result.rows] == ["1956-03-05", "1961", "1970-12"]
    assert [(row.hamlet or "").lower() for row in result.rows] == [
        hamlet.lower() for hamlet in files.HAMLETS
    ]
    assert [row.cccd for row in result.rows] == [row[4] for row in files.ROWS[1:]]
    assert [row.row for row in result.rows] == [2, 3, 4]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (books.xls(extra=books.record(0x2F, bytes(6))), "password_protected"),
        (books.container({"Workbook": b"", "_VBA_PROJECT_CUR": b""}), "macros_not_allowed"),
        (books.container({"WordDocument": b""}), "not_a_table_file"),
        (books.container({"Workbook": b"garbage"}), "corrupt_file"),
        (books.xls()[:2_600], "corrupt_file"),
    ],
)
def test_an_old_workbook_that_must_not_be_read_says_why(content: bytes, reason: str) -> None:
    assert checked(content).reason == reason


@pytest.mark.parametrize("make", [books.xls, books.ods, books.excel_2003])
def test_hidden_rows_of_other_formats_are_asked_about(make: object) -> None:
    assert callable(make)
    asked = checked(make(files.ROWS, hidden=(3,)))
    assert [question.code for question in asked.questions] == ["hidden_rows"]
    left = checked(make(files.ROWS, hidden=(3,)), answers={"hidden_rows": "skip"})
    assert [row.row for row in left.rows] == [2, 4]


@pytest.mark.parametrize("content", [books.struck_xls(), books.struck_ods(), books.struck_runs()])
def test_a_row_struck_out_in_any_format_is_asked_about(content: bytes) -> None:
    asked = checked(content)
    assert [question.code for question in asked.questions] == ["struck_rows"]
    left = checked(content, answers={"struck_rows": "skip"})
    assert [row.row for row in left.rows] == [2, 4]


def test_the_reader_in_rust_may_panic_and_the_file_is_damaged() -> None:
    whole = books.struck_xls()
    reasons = {checked(whole[:length]).reason for length in range(len(whole) - 700, len(whole), 7)}
    assert reasons <= {None, "corrupt_file"}


@pytest.mark.parametrize(
    "number_format",
    ["000000000000", "000 000 000 000", "000000000000;@", '"0"00000000000', "0000\\ 0000\\ 0000"],
)
def test_the_zeros_of_a_number_format_are_not_lost(number_format: str) -> None:
    book = books.plain()
    for number in (2, 3, 4):
        cell = active(book).cell(number, 5)
        cell.value, cell.number_format = int(str(cell.value)), number_format
    result = checked(saved(book))
    assert [row.cccd for row in result.rows] == [row[4] for row in files.ROWS[1:]]
    assert "cccd_zero_restored" not in {warning.code for warning in result.warnings}


def test_sheets_named_after_hamlets_say_where_their_people_live() -> None:
    book = Workbook()
    active(book).title = "Bản Xiềng"
    fill(active(book), [HEADER.split(","), XUAN.split(",")])
    fill(book.create_sheet("KP2"), [HEADER.split(","), BINH.split(",")])
    result = checked(saved(book), answers={"sheets": "all"})
    assert [row.hamlet for row in result.rows] == ["Bản Xiềng", "KP2"]
    assert [w.code for w in result.warnings if w.code == "from_sheet_name"] == [
        "from_sheet_name"
    ] * 2


def test_a_column_without_width_is_hidden() -> None:
    book = books.plain()
    active(book).column_dimensions["E"].width = 9.5
    content = books.with_sheet_xml(saved(book), 'width="9.5"', 'width="0"')
    assert [question.code for question in checked(content).questions] == ["hidden_columns"]


def test_a_hidden_column_of_numbers_is_asked_about() -> None:
    book = Workbook()
    fill(active(book), [HEADER.split(","), XUAN.split(","), BINH.split(",")])
    active(book).column_dimensions["E"].hidden = True
    asked = checked(saved(book))
    assert [question.code for question in asked.questions] == ["hidden_columns"]
    kept = checked(saved(book), answers={"hidden_columns": "keep"})
    assert kept.rows[0].cccd == "040156001204"
    left = checked(saved(book), answers={"hidden_columns": "skip"})
    assert (left.verdict, left.rows[0].cccd) == ("import", None)


def test_people_on_a_hidden_sheet_are_asked_about() -> None:
    book = Workbook()
    fill(active(book), [HEADER.split(","), XUAN.split(",")])
    more = book.create_sheet("Cũ")
    fill(more, [HEADER.split(","), BINH.split(",")])
    more.sheet_state = "hidden"
    asked = checked(saved(book))
    assert [question.code for question in asked.questions] == ["hidden_sheets"]
    left = checked(saved(book), answers={"hidden_sheets": "skip"})
    assert (left.verdict, len(left.rows)) == ("import", 1)
    both = checked(saved(book), answers={"hidden_sheets": "keep", "sheets": "all"})
    assert (both.verdict, len(both.rows)) == ("import", 2)


def test_a_sheet_that_is_a_copy_of_another_is_left_out_with_a_word() -> None:
    book = books.plain()
    fill(book.create_sheet("Bản sao"), files.ROWS)
    result = checked(saved(book))
    assert (result.verdict, result.rows_read) == ("import", 3)
    assert [each.value for each in result.warnings if each.code == "sheet_is_copy"] == ["Bản sao"]


def test_a_cell_far_outside_the_table_is_told() -> None:
    codes = {warning.code for warning in checked(books.far_cell()).warnings}
    assert "cell_far_away" in codes


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!"])
def test_a_cell_that_excel_could_not_calculate_is_an_error(error: str) -> None:
    book = books.plain()
    active(book)["E2"] = error
    active(book)["E2"].data_type = "e"
    result = checked(saved(book))
    assert [(each.row, each.field, each.code) for each in result.errors] == [
        (2, "cccd", "excel_error")
    ]


def test_numbers_of_xls_and_big_files_keep_their_digits() -> None:
    rows = [files.ROWS[0], ("1", "Lô Thị Xuân", 1956, "Nữ", 40156001204, "Bản Xiềng", "HCN")]
    result = checked(books.xls(rows))
    assert (result.rows[0].birth, result.rows[0].cccd) == ("1956", "040156001204")
    assert [warning.code for warning in result.warnings] == ["cccd_zero_restored"]


def test_a_large_workbook_is_read_with_a_warning_that_it_was_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("db.intake.files.guard.CELLS_READ_WITH_LOOKS", 10)
    result = checked(books.READ_ALIKE["xlsx"])
    assert [row.full_name for row in result.rows] == files.NAMES
    assert "not_looked_at_closely" in {warning.code for warning in result.warnings}
