"""Two records side by side."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.review.pairs import Likeness, PairField, marked, pair_table


@pytest.mark.parametrize(
    ("a", "b", "marks_a", "marks_b"),
    [
        ("12/03/1951", "02/03/1951", ["1"], ["0"]),
        (
            "Bản Cò Phạt, xã Môn Sơn",
            "Bản Búng, xã Mậu Thạch",
            ["Cò Phạt", "Môn Sơn"],
            ["Búng", "Mậu Thạch"],
        ),
        ("Lô Thi Xoan", "Lô Thị Xoan", ["i"], ["ị"]),
        ("Lô Thị Xoan", "Lô Thị Xoan", [], []),
        ("Lô Xoan", "Lô Thị Xoan", [], ["Thị "]),
    ],
)
def test_only_what_differs_is_marked(
    a: str, b: str, marks_a: list[str], marks_b: list[str]
) -> None:
    left, right = marked(a, b)
    assert re.findall("<mark>(.*?)</mark>", left) == marks_a
    assert re.findall("<mark>(.*?)</mark>", right) == marks_b


def test_the_two_ways_to_write_an_accent_are_the_same_text() -> None:
    assert "<mark>" not in "".join(marked("Lô Thi\u0323", "Lô Thị"))


@given(st.text("ab <&1", max_size=12), st.text("ab <&1", max_size=12))
def test_marks_never_change_the_text(a: str, b: str) -> None:
    for text, drawn in zip((a, b), marked(a, b), strict=True):
        bare = drawn.replace("<mark>", "").replace("</mark>", "")
        assert bare.replace("&lt;", "<").replace("&amp;", "&") == text


def test_a_field_shows_its_verdict_in_a_word() -> None:
    drawn = pair_table(
        "Bản ghi A",
        "Bản ghi B",
        [
            PairField("Số CCCD", "••••••••2817", "", Likeness.MISSING),
            PairField("Thôn", "<b>", "Búng", Likeness.DIFFERENT),
            PairField("Nguồn", "dòng 14", "dòng 88", Likeness.NOT_COMPARED),
        ],
    )
    assert "(trống)" in drawn
    assert drawn.count("ct-tag") == 2 * 2  # each tag has two classes
    assert "Thiếu" in drawn
    assert "Khác" in drawn
    assert "&lt;b&gt;" in drawn
