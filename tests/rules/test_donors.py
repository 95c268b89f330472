"""Recognising a donor by name and number."""

import pytest

from db.errors import Refused
from db.rules.donors import alike, core_name, read_number

KNOWN = {
    1: "Công ty CP Dược Nghệ An",
    2: "Hội Doanh nghiệp trẻ tỉnh Nghệ An",
    3: "Ngân hàng Bắc Á",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CTY CỔ PHẦN DƯỢC NGHỆ AN", [1]),
        ("Dược Nghệ An, công ty TNHH", [1]),
        ("Hội doanh nghiệp trẻ Nghệ An", [2]),
        ("Bắc Á", [3]),
        ("Công ty Dược Hà Tĩnh", []),
        ("", []),
    ],
)
def test_the_legal_form_and_accents_do_not_hide_a_donor(typed: str, found: list[int]) -> None:
    assert alike(typed, KNOWN) == found


def test_a_name_of_nothing_but_legal_form_stays_itself() -> None:
    assert core_name("Gia đình Ông Bà") == "gia dinh ong ba"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        ("  ", None),
        ("0101243150", "0101243150"),
        ("0101 243 150 - 001", "0101243150-001"),
        ("0101243150123", "0101243150-123"),
        ("040058001204", "040058001204"),
    ],
)
def test_numbers_are_read_with_their_check_digit(typed: str, number: str | None) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["0101243151", "123", "0101243150-1", "000058001204", "abc", "04005800120x"],
)
def test_what_cannot_be_a_number_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(Refused, match="donor_number_wrong") as caught:
        read_number(typed)
    assert caught.value.details["value"] == typed
