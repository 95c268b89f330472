"""Amounts in words: the examples that are easy to get wrong, and a way back for all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.amounts import money_words, number_words

VALUES = dict(
    zip(
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"],
        range(11),
        strict=True,
    )
) | {"mốt": 1, "tư": 4, "lăm": 5}
UNITS = {"nghìn": 10**3, "triệu": 10**6}


def read_back(words: str) -> int:
    """An independent reader: adds up what the words say."""
    *billions, rest = words.rsplit(" tỷ", 1) if " tỷ" in words else [words]
    total, group = 0, 0
    for word in rest.split():
        if word == "trăm":
            group *= 100
        elif word == "mươi":
            group = group // 10 * 10 + group % 10 * 9 + group % 10
        elif word in UNITS:
            total, group = total + group * UNITS[word], 0
        elif word != "linh":
            group += VALUES[word]
        if word == "mươi":
            continue
    return (read_back(billions[0]) * 10**9 if billions else 0) + total + group


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (10, "mười đồng"),
        (15, "mười lăm đồng"),
        (14, "mười bốn đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi tư đồng"),
        (105, "một trăm linh năm đồng"),
        (115, "một trăm mười lăm đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_010, "một nghìn không trăm mười đồng"),
        (1_263_600, "một triệu hai trăm sáu mươi ba nghìn sáu trăm đồng"),
        (120_000_000, "một trăm hai mươi triệu đồng"),
        (1_000_000_001, "một tỷ không trăm linh một đồng"),
        (1_200_000_000_000, "một nghìn hai trăm tỷ đồng"),
        (-50_000, "âm năm mươi nghìn đồng"),
    ],
)
def test_an_amount_is_written_as_documents_write_it(amount: int, words: str) -> None:
    assert money_words(amount) == words


@given(st.integers(min_value=0, max_value=10**15))
def test_the_words_say_the_number(value: int) -> None:
    assert read_back(number_words(value)) == value


@given(st.integers(min_value=0, max_value=10**15))
def test_no_word_is_one_that_nobody_says(value: int) -> None:
    words = f" {number_words(value)} "
    for wrong in (" mười mươi ", " mươi một ", " mươi năm ", " mười năm ", " linh mười ", "  "):
        assert wrong not in words
