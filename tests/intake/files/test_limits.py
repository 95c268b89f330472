"""What a list may cost is bounded by counts, and who reaches one is told which."""

import struct
from typing import Any

import pytest

from db.errors import Refused
from db.intake.checks import doubts
from db.intake.files import ole, opening, sheets
from db.intake.people.reader import PeopleReader
from db.intake.places import finder as places
from db.intake.places.finder import CommuneFinder
from db.intake.tables import row_kinds
from db.intake.told import findings
from db.intake.told.checked import CheckedList
from db.intake.told.findings import Findings
from db.rules.categories import MOST_PARTS, category_codes
from db.rules.cells import Finding
from tests.intake.files import fixtures_books as books
from tests.intake.lists import HEADER, XUAN, active, checked, csv_of, fill, saved

WRONG = "{0},Lô Thị Xuân,31/02/1956,Nữ,,Hộ cận nghèo {0}"


def wrong_rows(count: int) -> str:
    return csv_of(HEADER, *(WRONG.format(number) for number in range(count)))


def shorter_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows are as many as a list may have to be checked to its end."""
    monkeypatch.setattr(doubts, "LONG_LIST", 10)
    monkeypatch.setattr(doubts, "BEGINNING", 2)
    monkeypatch.setattr(doubts, "PIECE", 4)


def test_a_list_of_the_full_length_is_reported_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shorter_lists(monkeypatch)
    result = checked(wrong_rows(10), answers={"mostly_wrong": "keep"})
    assert len({problem.row for problem in result.errors}) == 10


def test_a_longer_one_is_given_up_when_its_beginning_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shorter_lists(monkeypatch)
    read = counted(monkeypatch, PeopleReader, "read")
    result = checked(wrong_rows(100))
    assert (result.verdict, result.reason) == ("reject", "mostly_wrong")
    assert len(read) == 2


def test_a_longer_one_with_few_errors_is_read_piece_by_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shorter_lists(monkeypatch)
    rows = [f"{n},Lô Thị X{chr(96 + n)},{n + 1:02}/03/1956,Nữ,,nt" for n in range(1, 20)]
    result = checked(csv_of(HEADER, XUAN, *rows))
    assert {row.categories for row in result.rows} == {("HCN",)}
    assert len(result.rows) == 20


def test_a_list_of_more_problems_than_rows_is_given_up_at_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shorter_lists(monkeypatch)
    monkeypatch.setattr(doubts, "MOST_PROBLEMS", 8)
    read = counted(monkeypatch, PeopleReader, "read")
    result = checked(wrong_rows(9))
    assert result.reason == "too_many_problems"
    assert "2 dòng đầu" in (result.message or "")
    assert len(read) == 2


def test_lines_without_anybody_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_kinds, "MOST_OTHER_LINES", 5)
    lines = [f",Tổng cộng {n} khoản,,,," for n in range(9)]
    assert checked(csv_of(HEADER, XUAN, *lines[:5])).reason is None
    assert_too_large(checked(csv_of(HEADER, XUAN, *lines)), "5 dòng chữ")


@pytest.mark.parametrize("limit", ["MOST_PROBLEMS", "MOST_ROWS_TO_CORRECT"])
def test_too_many_problems_are_no_list(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(findings, limit, 20)
    assert checked(wrong_rows(6)).reason is None
    result = checked(wrong_rows(60))
    assert result.reason == "too_many_problems"
    assert "20" in (result.message or "")


def test_what_is_told_once_is_kept_once() -> None:
    found = Findings()
    for row in range(1_000):
        found.note(row, "hamlet", "nt", Finding("as_above", False, None, (("above", "Thôn 3"),)))
    assert len(found.warnings) == 1
    (told,) = found.settled_warnings(1_000)
    assert "999" in told.message


def test_a_cell_gives_no_more_problems_than_anybody_names_categories() -> None:
    _, unknown = category_codes(", ".join(f"abc{n}" for n in range(5_000)))
    assert len(unknown) == 1
    _, unknown = category_codes(", ".join(f"abc{n}" for n in range(MOST_PARTS)))
    assert len(unknown) == MOST_PARTS


HEAD = "Họ và tên,Năm sinh,Xã"


def test_a_column_of_anything_but_communes_is_no_column_of_communes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "MOST_UNKNOWN", 3)
    same = csv_of(HEAD, *[f"Lô Thị Xuân,19{n},Xã Qxyw" for n in range(10, 60)])
    assert checked(same, commune_code=None).reason is None
    different = csv_of(HEAD, *[f"Lô Thị Xuân,19{n},Xã Qxyw{n}" for n in range(10, 60)])
    result = checked(different, commune_code=None)
    assert result.reason == "not_communes"
    assert "Xã Qxyw13" in (result.message or "")


def test_after_too_many_addresses_without_a_commune_no_more_are_read_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "MOST_UNKNOWN", 3)
    looked_up = counted(monkeypatch, CommuneFinder, "_look_up")
    rows = [f"Lô Thị Xuân,19{n},xã Qxyw{n} tỉnh Nghệ An" for n in range(10, 60)]
    result = checked(csv_of("Họ và tên,Năm sinh,Địa chỉ", *rows), commune_code=None)
    told = [warning for warning in result.warnings if warning.code == "addresses_not_read"]
    assert [warning.row for warning in told] == [6]
    assert len(looked_up) == 4
    assert len(result.rows) == 50


def test_a_cell_of_many_communes_is_not_looked_up_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = counted(monkeypatch, CommuneFinder, "_look_up")
    finder = CommuneFinder(None)
    finder.find(", ".join(f"xã Qx{n}" for n in range(20)))
    assert len(looked_up) == 1 + places.MOST_COMMUNES_IN_A_CELL


def test_a_cell_too_long_for_an_address_is_not_looked_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hypotheses: list[object] = []
    monkeypatch.setattr(places, "hypotheses", lambda *given: hypotheses.append(given) or ())
    long = "xã Môn Sơn, " * 30
    finder = CommuneFinder(None, [(long, "", "")])
    assert finder.find(long).findings[0].code == "place_unknown"
    assert finder.find_in_address(long).value is None
    assert not hypotheses


@pytest.mark.parametrize("name", books.READ_ALIKE)
def test_every_reader_counts_the_filled_cells(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 7)
    assert_too_large(checked(books.READ_ALIKE[name]), "ô")


@pytest.mark.parametrize("content", [*books.READ_ALIKE.values(), csv_of(HEADER, XUAN)])
def test_every_reader_counts_the_characters(
    monkeypatch: pytest.MonkeyPatch, content: bytes | str
) -> None:
    monkeypatch.setattr(sheets, "MOST_CHARACTERS", 40)
    assert_too_large(checked(content), "ký tự")


def test_a_text_file_counts_the_filled_cells_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 7)
    assert_too_large(checked(csv_of(HEADER, XUAN)), "ô")
    assert_too_large(checked(csv_of(HEADER, XUAN.replace("Lô Thị Xuân", '"Lô\nThị Xuân"'))), "ô")


def test_the_rows_of_all_sheets_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS_AROUND_A_LIST", 0)
    monkeypatch.setattr(sheets, "MAX_ROWS", 7)
    assert checked(saved(of_sheets(3))).reason is None
    assert_too_large(checked(saved(of_sheets(4))), "dòng")


def test_a_book_of_too_many_sheets_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_SHEETS", 3)
    assert checked(saved(of_sheets(3))).reason is None
    assert_too_large(checked(saved(of_sheets(4))), "trang")


def test_merged_cells_are_counted_before_they_are_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_REACH", 10)
    spanning = b"<table><tr><td>a<td>b" + b"<tr><td rowspan=5>a<td>b" * 3
    assert checked(spanning).reason == "too_large"


def bound_sheet(start: int, name: str) -> bytes:
    return books.record(0x85, struct.pack("<IHBB", start, 0, len(name), 0) + name.encode())


def test_an_old_workbook_of_endless_sheets_is_not_walked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ole, "MOST_SHEETS", 3)
    with pytest.raises(Refused, match="too_large"):
        ole.biff_sheets(b"".join(bound_sheet(0, f"a{n}") for n in range(4)))


def test_sheets_of_an_old_workbook_that_share_their_records_count_them_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ole, "MOST_RECORDS", 100)
    records = books.record(0x5C, b"") * 60
    one = ole.biff_sheets(bound_sheet(18, "A") + books.record(0x0A, b"") + records)
    assert list(one) == ["A"]
    with pytest.raises(Refused, match="too_large"):
        ole.biff_sheets(bound_sheet(26, "A") + bound_sheet(30, "B") + records)


def of_sheets(count: int) -> Any:
    book = books.Workbook()
    fill(active(book), [["Họ và tên", "Năm sinh"], ["Lô Thị Xuân", 1956]])
    for number in range(1, count):
        rows = [["Họ và tên", "Năm sinh"], ["Vi Văn Bình", 1956 + number]]
        fill(book.create_sheet(f"Thôn {number}"), rows)
    return book


def counted(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[object]:
    """Everything that a method is called with from now on."""
    calls: list[object] = []
    whole = getattr(owner, name)

    def calling(self: object, *given: object) -> object:
        calls.append(given)
        return whole(self, *given)

    monkeypatch.setattr(owner, name, calling)
    return calls


def assert_too_large(result: CheckedList, word: str) -> None:
    assert (result.verdict, result.reason) == ("reject", "too_large")
    assert word in (result.message or "")


def test_a_longer_one_with_the_month_first_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    shorter_lists(monkeypatch)
    people = [f"{n},Lô Thị Xuân,05/{13 + n % 15}/1956,Nữ,,Hộ cận nghèo" for n in range(1, 31)]
    result = checked(csv_of(HEADER, *people))
    assert "date_order" in {question.code for question in result.questions}
