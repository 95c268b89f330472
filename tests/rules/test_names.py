"""One spelling, one key to compare, one key to sort."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.names import clean, display_name, fold, match_key, place_tone, sort_key

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạéèíìóòúùýỳH'-ỐỆ", max_size=30)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("NGUYỄN THỊ HOÀ", "Nguyễn Thị Hòa"),
        ("lê thuý quý", "Lê Thúy Quý"),
        ("Hùynh Thị Tòan", "Huỳnh Thị Toàn"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("Ea H’leo", "Ea H'Leo"),
        ("Ðinh Văn А", "Đinh Văn A"),
        ("  Vàng A  SỬ\u200b.", "Vàng A Sử"),
        (unicodedata.normalize("NFD", "TRẦN THỊ QUỲNH NHƯ"), "Trần Thị Quỳnh Như"),
        ("Ｌê Văn An", "Lê Văn An"),
        ("Y BLIH ÊBAN", "Y Blih Êban"),
    ],
)
def test_a_name_is_shown_in_one_spelling(written: str, shown: str) -> None:
    assert display_name(written) == shown


def test_a_name_wholly_in_another_alphabet_is_left_as_it_is() -> None:
    assert display_name("АННА") == "Анна"


@given(st.one_of(VIETNAMESE, st.text(max_size=30)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    for normalise in (clean, display_name, fold, place_tone):
        once = normalise(text)
        assert normalise(once) == once


@given(VIETNAMESE)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Đặng Thị Lý", "DANG THI LI"), ("H'Hen Niê", "H Hen Nie"), ("Hoà", "Hòa"), ("Mỹ", "Mĩ")],
)
def test_two_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


def test_different_names_do_not_meet() -> None:
    assert match_key("Nguyễn Thị Hoa") != match_key("Nguyễn Thị Hoan")


def test_people_sort_by_given_name_then_family_name_with_tones_in_order() -> None:
    in_order = [
        "Trần Văn An",
        "Lê Thị Ân",
        "Vi Thị Đào",
        "Lô Thị Ma",
        "Lô Thị Mà",
        "Lô Thị Mả",
        "Lô Thị Mã",
        "Lô Thị Má",
        "Lô Thị Mạ",
        "Lô Thị Mai",
        "Vi Thị Mai",
    ]
    jumbled = in_order[5:] + in_order[:5]
    assert sorted(jumbled, key=sort_key) == in_order
