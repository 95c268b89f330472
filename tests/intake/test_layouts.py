"""Every layout gives the rows, warnings and questions that a careful clerk would expect."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.documents.list_files import error_workbook
from db.rules.births import read_birth
from db.rules.identity import read_bhxh, read_cccd, read_phone
from db.rules.person_names import read_name
from tests.intake.fixtures_layouts import LAYOUTS
from tests.intake.lists import TODAY, checked, csv_of

ROOT = Path(__file__).parents[2]
ORDINARY = frozenset({"cccd_missing", "category_missing"})


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_understood(name: str) -> None:
    layout = LAYOUTS[name]
    result = checked(layout.content)
    assert [question.code for question in result.questions] == list(layout.questions)
    assert tuple((row.row, row.full_name, row.birth) for row in result.rows) == layout.people
    codes = sorted(each.code for each in result.warnings if each.code not in ORDINARY)
    assert codes == sorted(layout.warnings)
    assert sorted({each.code for each in result.errors}) == sorted(set(layout.errors))


@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.questions])
def test_every_question_is_settled_by_each_of_its_choices(name: str) -> None:
    content = LAYOUTS[name].content
    question = checked(content).questions[0]
    for choice in question.choices:
        answered = checked(content, answers={question.code: choice})
        assert question.code not in {each.code for each in answered.questions}
        assert answered.verdict != "reject" or choice == "stop"


def test_a_heading_fills_the_commune_of_the_rows_below() -> None:
    content = LAYOUTS["a commune as a heading"].content
    row = checked(content, commune_code=None).rows[0]
    assert row.commune_code == "17263"


@pytest.mark.parametrize(
    ("line", "hamlet"),
    [
        ("Thôn Bắc Sơn", "Thôn Bắc Sơn"),
        ("XÓM 4", "XÓM 4"),
        ("BẢN TỔNG HỢP", None),
        ("Tổ công tác", None),
    ],
)
def test_a_line_above_the_header_may_name_the_hamlet(line: str, hamlet: str | None) -> None:
    content = csv_of("UBND XÃ MÔN SƠN", line, "STT,Họ và tên,Năm sinh", "1,Vi Văn Bình,1961")
    result = checked(content)
    assert [row.hamlet for row in result.rows] == [hamlet]
    assert ("from_heading" in {each.code for each in result.warnings}) is (hamlet is not None)


@pytest.mark.parametrize("name", list(LAYOUTS)[:6])
def test_the_command_line_says_the_same_in_one_process(name: str, tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.csv"
    content = LAYOUTS[name].content
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    done = subprocess.run(
        [sys.executable, "-m", "db", "check-list", str(path), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    printed = json.loads(done.stdout)
    people = [(row["row"], row["full_name"], row["birth"]) for row in printed["rows"]]
    assert people == list(LAYOUTS[name].people)


def test_wrong_rows_given_back_are_read_again_with_the_same_errors() -> None:
    for layout in LAYOUTS.values():
        result = checked(layout.content)
        if result.errors and not result.questions:
            again = checked(error_workbook(result))
            assert [e.code for e in again.errors] == [e.code for e in result.errors]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_understanding_a_cell_twice_changes_nothing(text: str) -> None:
    for read in (read_name, read_cccd, read_bhxh, read_phone):
        once = read(text).value
        if once is not None:
            assert read(once).value == once
    birth = read_birth(text, today=TODAY).value
    assert birth is None or read_birth(birth, today=TODAY).value == birth


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(("Lô", "Vi", "Nguyễn", "Thị", "Văn", "Hòa", "Ý", "Đường")),
        min_size=2,
        max_size=4,
    )
)
def test_a_list_that_was_read_is_read_again_as_it_was(words: list[str]) -> None:
    first = checked(csv_of("Họ và tên,Năm sinh,Số CCCD", f"{' '.join(words)},1961,040061000011"))
    row = first.rows[0]
    again = checked(csv_of("Họ và tên,Năm sinh,Số CCCD", f"{row.full_name},{row.birth},{row.cccd}"))
    assert again.rows == first.rows
