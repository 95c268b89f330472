"""A cell that names a person: what is repaired is told, what is no name is an error."""

import pytest

from db.rules.person_names import read_name


@pytest.mark.parametrize(
    ("written", "name", "warning"),
    [
        ("Bà Trần Thị Ba", "Trần Thị Ba", "name_title_removed"),
        ("Ông: Lê Văn Tám", "Lê Văn Tám", "name_title_removed"),
        ("Trần  Văn\u00a0Ba", "Trần Văn Ba", "name_spelling"),
        ("NguyễnVănAn", "Nguyễn Văn An", "name_spelling"),
        ("Nguyễn_Văn_An", "Nguyễn Văn An", "name_spelling"),
        ("Nguyễn Văn An?", "Nguyễn Văn An", "name_spelling"),
        ("Nguyễn Văn An (chủ hộ)", "Nguyễn Văn An", "name_note_removed"),
        ("<b>Lê Thị Bé</b>", "<b>Lê Thị Bé</b>", "name_strange_signs"),
        ('=HYPERLINK("http://x","An")', '=HYPERLINK("http://x","An")', "name_strange_signs"),
    ],
)
def test_every_repair_is_told(written: str, name: str, warning: str) -> None:
    reading = read_name(written)
    assert reading.value == name
    assert [(found.code, found.is_error) for found in reading.findings] == [(warning, False)]


@pytest.mark.parametrize(
    "written", ["Bà cụ Trần Thị Ba (a) [b]", "Ông/bà Lê Văn Tám", "An Ba? (x)", "NguyễnVănAn"]
)
def test_reading_twice_changes_nothing(written: str) -> None:
    once = read_name(written).value
    assert once
    assert read_name(once).value == once


@pytest.mark.parametrize("name", ["Ông Thị Mai", "Chu Văn An", "H'Hen Niê", "Y Blăm Êban", "Bé Ba"])
def test_a_name_that_begins_like_a_title_stays(name: str) -> None:
    assert read_name(name).value == name
    assert read_name(name).findings == ()


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("Nguyễn Văn A (đã mất)", "name_says_gone"),
        ("Nguyễn Văn A (mất 2024)", "name_says_gone"),
        ("Nguyễn Văn A đã chết", "name_says_gone"),
        ("Nguyễn Văn A (chuyển đi)", "name_says_gone"),
        ("không", "name_missing"),
        ("x", "name_missing"),
        ("nt", "name_missing"),
        ("Nguyễn Văn An 1956", "name_and_more"),
    ],
)
def test_somebody_gone_and_nobody_at_all_are_errors(written: str, error: str) -> None:
    assert [found.code for found in read_name(written).findings] == [error]
    assert read_name(written).value is None
