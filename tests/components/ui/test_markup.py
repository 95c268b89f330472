"""Blocks of HTML: what people wrote stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.ui import markup
from components.ui.markup import Html

NASTY = '<img src=x onerror="alert(1)"> & "Lô" \'Thị\''


def test_every_block_escapes_what_it_is_given() -> None:
    blocks = [
        markup.tag(NASTY, "red"),
        markup.note("red", NASTY, NASTY, [NASTY]),
        markup.steps(1, [NASTY]),
        markup.facts([(NASTY, NASTY)]),
        markup.checks([(NASTY, NASTY)]),
        markup.table([NASTY], [[NASTY]]),
        markup.heading(NASTY, NASTY, line=NASTY),
        markup.group_head(NASTY, 3),
        markup.work_row(NASTY, NASTY),
        markup.person_head(NASTY, NASTY, NASTY),
        markup.muted(NASTY),
        markup.late(NASTY),
        markup.fill("{name} " + NASTY, name=NASTY),
        markup.join([NASTY], NASTY),
    ]
    for block in blocks:
        assert "<img" not in block
        assert "&lt;img" in block


def test_html_made_here_is_not_escaped_twice() -> None:
    line = markup.fill("Đề xuất: {name}.", name=markup.bold("Lê & Minh"))
    assert line == "Đề xuất: <b>Lê &amp; Minh</b>."
    assert isinstance(line, Html)
    assert markup.muted(line).count("&amp;") == 1


def test_a_plain_sentence_stays_readable_for_tests_and_screen_readers() -> None:
    assert markup.plain("Rà soát: nghi trùng, đợt 3/2026 (xã Môn Sơn) lúc 10:42") == (
        "Rà soát: nghi trùng, đợt 3/2026 (xã Môn Sơn) lúc 10:42"
    )


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("**đậm**", r"\*\*đậm\*\*"),
        ("![](a)", r"!\[\](a)"),
        ("$x$", r"\$x\$"),
        ("# Tiêu đề", r"\# Tiêu đề"),
        ("- mục\n- mục", r"\- mục - mục"),
    ],
)
def test_markdown_in_a_name_is_shown_not_obeyed(text: str, markdown: str) -> None:
    assert markup.plain(text) == markdown


@pytest.mark.parametrize(
    "text",
    ["http://x.vn", "www.x.vn", "a@x.vn", ":red[đỏ]", ":smile:", ":material/home:", "1. Một"],
)
def test_what_streamlit_finds_in_finished_text_is_broken_up_invisibly(text: str) -> None:
    written = markup.plain(text)
    assert text not in written
    assert written.replace("\u2060", "").replace("\\", "") == text


@given(st.text(max_size=40))
def test_plain_only_adds_characters_that_do_not_show(text: str) -> None:
    shown = markup.plain(text).replace("\u2060", "")
    kept = " ".join(text.split()).replace("\u2060", "")
    assert shown.replace("\\", "") == kept.replace("\\", "")


def test_a_long_table_belongs_into_a_dataframe() -> None:
    with pytest.raises(ValueError, match="31 rows"):
        markup.table(["TT"], [["1"]] * 31)


def test_the_step_in_hand_is_announced() -> None:
    drawn = markup.steps(2, ["Chọn tệp", "Khớp cột", "Sửa lỗi"])
    assert drawn.count("ct-done") == 1
    assert '<li aria-current="step">2. Khớp cột</li>' in drawn
