import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.masking import mask_name, mask_names, mask_number, mask_phone, neutral_category


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Lô Thị Xuân", "Lô Thị X***"),
        ("H'Hen Niê", "H'Hen N***"),
        ("  Vàng   A  Sử ", "Vàng A S***"),
        ("Đức", "Đ***"),
        (unicodedata.normalize("NFD", "Hà Ánh"), "Hà Á***"),
        ("", ""),
    ],
)
def test_of_the_given_name_one_letter_stays(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_initials_keep_the_family_name() -> None:
    assert mask_name("Bùi Quang Pó", "initials") == "Bùi Q. P."
    assert mask_name("Đức", "initials") == "Đ***"


def test_equal_masks_in_one_hamlet_are_numbered() -> None:
    people = [
        ("Lô Thị Xuân", "Bản Búng"),
        ("Lô Thị Xinh", "bản  búng"),
        ("Lô Thị Xoan", "Bản Cò Phạt"),
        ("Lô Thị Hà", "Bản Búng"),
    ]

    assert mask_names(people) == (
        "Lô Thị X*** (1)",
        "Lô Thị X*** (2)",
        "Lô Thị X***",
        "Lô Thị H***",
    )


def test_of_numbers_the_last_four_stay() -> None:
    assert mask_number("040146003687") == "••••••••3687"
    assert mask_number("12345678") == "••••••••"


def test_of_phones_the_ends_stay() -> None:
    assert mask_phone("0912345678") == "09xx xxx 678"
    assert mask_phone("1234") == "xxxx"


@pytest.mark.parametrize(
    ("categories", "label"),
    [
        ({"HN", "KT"}, "Hộ nghèo"),
        ({"HCN", "BHN"}, "Hộ cận nghèo"),
        ({"BHN"}, "Có hoàn cảnh khó khăn"),
        ({"DTTS", "KT"}, "Có hoàn cảnh khó khăn"),
    ],
)
def test_postings_name_poverty_and_nothing_else(categories: set[str], label: str) -> None:
    assert neutral_category(categories) == label


@given(st.text(alphabet="abcdeÀĐê ", max_size=30))
def test_the_given_name_never_shows_through(name: str) -> None:
    given_name = unicodedata.normalize("NFC", name).split()[-1:]
    masked_given = mask_name(name).split()[-1:]

    assert [word[0] + "***" for word in given_name] == masked_given
