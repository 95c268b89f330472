"""Words of hardship become categories, unknown ones are offered a neighbour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.catalogue import categories
from db.rules.categories import category_codes, is_tick_mark, suggested_label, ticked


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Hộ nghèo", ("HN",)),
        ("HCN", ("HCN",)),
        ("cn", ("HCN",)),
        ("HCN, KT", ("HCN", "KT")),
        ("KT; hộ cận nghèo và người cao tuổi", ("KT", "HCN", "NCT")),
        ("Hộ nghèo/Khuyết tật", ("HN", "KT")),
        ("1. Hộ nghèo\n2. Mồ côi", ("HN", "TMC")),
        ("Thuộc diện hộ cận nghèo", ("HCN",)),
        ("Khuyết tật (nặng)", ("KT",)),
        ("ho can ngheo", ("HCN",)),
        ("Hộ nghèo DTTS", ("HN", "DTTS")),
        ("Hộ cận nghèo năm 2026 (khuyết tật)", ("HCN", "KT")),
        ("HN-KT", ("HN", "KT")),
        ("HN, KT nặng", ("HN", "KT")),
        ("Người cao tuổi thuộc hộ nghèo", ("NCT", "HN")),
        ("Thành viên hộ cận nghèo", ("HCN",)),
        ("Mồ côi cả cha và mẹ", ("TMC",)),
        ("Hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình", ("MSTB",)),
        ("Khuyết tật vận động", ("KT",)),
        ("TE mồ côi cha mẹ", ("TMC",)),
        ("a) Hộ nghèo", ("HN",)),
        ("Hộ nông nghiệp có mức sống TB", ("MSTB",)),
        ("chưa rõ", ()),
        ("", ()),
        ("không", ()),
        ("-", ()),
    ],
)
def test_the_words_of_lists_are_known(written: str, found: tuple[str, ...]) -> None:
    assert category_codes(written) == (found, ())


def test_every_label_and_code_names_its_category() -> None:
    for category in categories():
        assert category_codes(category.label) == ((category.code,), ())
        assert category_codes(category.code) == ((category.code,), ())


def test_an_unknown_word_is_named_and_its_neighbour_offered() -> None:
    assert category_codes("Hộ nghè, KT") == (("KT",), ("Hộ nghè",))
    assert suggested_label("Hộ nghè") == "Hộ nghèo"
    assert suggested_label("zzzz qqqq") is None


@pytest.mark.parametrize(
    "written", ["Hộ không nghèo", "Học sinh nghèo", "Chưa thoát nghèo", "2026"]
)
def test_a_known_word_inside_others_is_not_taken_for_all_of_them(written: str) -> None:
    assert category_codes(written) == ((), (written,))


def test_an_illness_or_a_trade_is_asked_about() -> None:
    assert category_codes("Ung thư phổi") == ((), ("Ung thư phổi",))
    assert suggested_label("Ung thư phổi") == "Bệnh hiểm nghèo"
    assert suggested_label("thợ hồ") == "Lao động tự do"


def test_ticks() -> None:
    assert all(ticked(text) for text in ("x", "X", "1", "✓", "có", "nặng", "Khuyết tật nặng"))
    said_no = ("", " ", "0", "không", "-", "Không có", "chưa", "không phải", "không cần")
    assert {ticked(text) for text in said_no} == {False}
    assert {ticked(text) for text in ("đã thoát", "có thẻ rồi", "Kinh", "?!a")} == {None}
    assert is_tick_mark("✓")
    assert not is_tick_mark("1957")


@given(st.text(max_size=40))
def test_only_known_codes_come_out(text: str) -> None:
    found, _ = category_codes(text)
    assert set(found) <= {category.code for category in categories()}
