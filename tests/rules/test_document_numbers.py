"""Numbers of cards and books, typed and pasted."""

import pytest

from db.rules.document_numbers import Waiting, is_well_formed, read_block, tidy
from db.rules.states import Benefit

WAITING = (
    Waiting(1, "Lô Thị Xoan", "040182000123"),
    Waiting(2, "Vi Văn Dũng", "040082000456"),
    Waiting(3, "Lô Thị Xoan", ""),
)


@pytest.mark.parametrize(
    ("number", "benefit", "fits"),
    [
        ("GD4404012345678", Benefit.HI, True),
        ("4012345678", Benefit.HI, True),
        ("040182000123", Benefit.HI, True),
        ("GD6404012345678", Benefit.HI, False),
        ("GD440401234567", Benefit.HI, False),
        ("４012345678", Benefit.HI, False),
        ("4012345678", Benefit.SI, True),
        ("040182000123", Benefit.SI, False),
        ("GD4404012345678", Benefit.SI, False),
    ],
)
def test_a_number_has_the_form_of_its_card_or_book(
    number: str, benefit: Benefit, fits: bool
) -> None:
    assert is_well_formed(number, benefit) is fits


def test_separators_and_small_letters_are_put_right() -> None:
    assert tidy(" gd4 40 401-234.5678 ") == "GD4404012345678"


def test_one_column_follows_the_order_of_the_table() -> None:
    block = read_block("4000000001\n\n4000000002\n", WAITING)
    assert block.numbers == {1: "4000000001", 2: "4000000002"}
    assert block.unplaced == ()


def test_more_numbers_than_people_are_told_by_line() -> None:
    assert read_block("1\n2\n3\n4", WAITING).unplaced == (4,)


def test_two_columns_find_the_person_by_citizen_id_or_name() -> None:
    block = read_block("040082000456\t4000000002\nlo thi xoan\t4000000001\n", WAITING)
    assert block.numbers == {2: "4000000002"}
    assert block.unplaced == (2,)  # two people share the name: nothing is guessed


def test_a_person_named_twice_keeps_the_first_number() -> None:
    block = read_block("Vi Văn Dũng\t4000000001\nVI VAN DUNG\t4000000002", WAITING)
    assert block.numbers == {2: "4000000001"}
    assert block.unplaced == (2,)
