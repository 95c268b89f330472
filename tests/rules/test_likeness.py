"""Two records of people: what agrees, what it is worth, and what is never decided alone."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.likeness import FIELDS, Band, Judgement, compare, judge, traits

AN = {
    "full_name": "Nguyễn Văn An",
    "birth_date": "1957-03-05",
    "sex": "M",
    "cccd": "040057001234",
    "bhxh": "4012345678",
    "commune_code": "16813",
    "province_code": "40",
    "hamlet": "Bản Búng",
    "household": "",
}
NO_NUMBERS = {"cccd": "", "bhxh": ""}


def judged(listed: Mapping[str, str], stored: Mapping[str, str] | None = None) -> Judgement:
    """AN as a list has him beside AN as he is stored."""
    return judge(traits({**AN, **listed}), traits({**AN, **(stored or {})}))


@pytest.mark.parametrize(
    "listed",
    [
        {},
        {"full_name": "NGUYEN VAN AN"},
        {"full_name": "Nguyễn An"},
        {"full_name": "An Nguyễn Văn"},
        {"birth_date": "1957"},
        {"birth_date": "1957-05-03"},
        {"bhxh": ""},
        {"commune_code": "04", "province_code": "04"},
        {"bhxh": "4099999999"},
        {"cccd": ""},
        NO_NUMBERS,
        {"full_name": "nguyen van an", **NO_NUMBERS},
    ],
)
def test_one_person_is_the_same_under_every_usual_spelling(listed: dict[str, str]) -> None:
    assert judged(listed).band is Band.SAME


@pytest.mark.parametrize(
    "listed",
    [
        {"cccd": "040057001235"},
        {"cccd": "040057002134"},
        {"cccd": "040057999999"},
        {"full_name": "Nguyễn Văn Ân"},
        {"birth_date": "1958-03-05"},
        {"sex": "F"},
        {"birth_date": "1957", **NO_NUMBERS},
        {"birth_date": "1957-05-03", **NO_NUMBERS},
        {"commune_code": "16814", **NO_NUMBERS},
        {"cccd": "", "bhxh": "4099999999"},
    ],
)
def test_what_speaks_against_it_is_asked_even_when_all_else_agrees(listed: dict[str, str]) -> None:
    assert judged(listed).band is Band.ASK


@pytest.mark.parametrize("number", ["cccd", "bhxh"])
def test_an_equal_number_with_another_name_and_birth_is_always_asked(number: str) -> None:
    other = {"full_name": "Trần Thị Bé", "birth_date": "1990-11-30", **NO_NUMBERS}
    for place in ({}, {"commune_code": "01273", "province_code": "04"}):
        found = judged(other | place | {number: AN[number]})
        assert found.band is Band.ASK
        assert found.evidence[number] == "same"


def test_an_equal_number_alone_is_never_two_people() -> None:
    only_number = dict.fromkeys(AN, "") | {"cccd": AN["cccd"]}
    assert judge(traits(AN), traits(only_number)).band is Band.ASK


@pytest.mark.parametrize(
    "listed",
    [
        {"full_name": "Nguyễn Văn Bình", **NO_NUMBERS},
        {"birth_date": "1984-11-20", **NO_NUMBERS},
        {"birth_date": "1957", "cccd": "040057999999", "bhxh": "", "hamlet": ""},
        {"commune_code": "01273", "province_code": "04", **NO_NUMBERS},
    ],
)
def test_a_common_name_and_one_thing_more_do_not_make_one_person(listed: dict[str, str]) -> None:
    assert judged(listed).band is Band.DIFFERENT


def test_twins_with_neighbouring_numbers_are_never_the_same() -> None:
    numbers = {"cccd": "040057001235", "bhxh": "4012345679"}
    twin = judged(numbers | {"full_name": "Nguyễn Văn Ấn"})
    other_name = judged(numbers | {"full_name": "Nguyễn Văn Bình"})
    assert twin.band is Band.ASK
    assert other_name.band is not Band.SAME


def test_a_rare_name_says_more_than_a_common_one() -> None:
    rare = {"full_name": "Moong Thị Xoan", "sex": "F"}
    common = {"full_name": "Nguyễn Thị Lan", "sex": "F"}
    moved = {"commune_code": "01273", "province_code": "04", **NO_NUMBERS}
    one = judged(rare | moved, rare)
    other = judged(common | moved, common)
    assert one.score > other.score + 4
    assert (one.band, other.band) == (Band.ASK, Band.DIFFERENT)


def test_the_first_of_january_is_little_more_than_a_year() -> None:
    first = {"birth_date": "1957-01-01"}
    usual = judged(NO_NUMBERS)
    new_year = judged(NO_NUMBERS | first, first)
    assert new_year.score < usual.score - 4
    assert judged(NO_NUMBERS | first).band is Band.ASK


def test_hamlets_count_between_neighbours_only() -> None:
    far, other = {"commune_code": "16814"}, {"hamlet": "Bản Cò Phạt"}
    assert judged(far).score == judged(far | other).score
    assert judged({}).score > judged(other).score


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Thôn 1", "Thôn 11", "different"),
        ("Thôn 3", "Thôn 7", "different"),
        ("Thôn 03", "Thôn 3", "near"),
        ("Xóm Đồng 2", "Xóm Đông 2", "same"),
        ("Bản Huồi Pủng 2", "Bản Huồi Púng 2", "same"),
        ("Bản Huồi Pong 2", "Bản Huồi Pung 2", "near"),
    ],
)
def test_a_number_tells_hamlets_apart(one: str, other: str, likeness: str) -> None:
    assert judged({"hamlet": one}, {"hamlet": other}).evidence["hamlet"] == likeness


def test_two_spellings_of_the_same_sounds_agree() -> None:
    one = judged({"full_name": "Lý Thị Hòa"}, {"full_name": "Lý Thị Hoà"})
    assert one.evidence["full_name"] == "same"
    assert judged({"full_name": "Lí Văn An"}, {"full_name": "Lý Văn An"}).band is Band.SAME


@pytest.mark.parametrize(
    ("field", "value", "likeness"),
    [
        ("full_name", "Nguyễn Văn An", "same"),
        ("full_name", "Nguyen Van An", "near"),
        ("full_name", "Nguyễn An", "near"),
        ("full_name", "Lò Thị Pó", "different"),
        ("birth_date", "1957-03-05", "same"),
        ("birth_date", "1957", "near"),
        ("birth_date", "1957-09-30", "near"),
        ("birth_date", "1963-09-30", "different"),
        ("cccd", "040057001243", "near"),
        ("cccd", "040057999999", "different"),
        ("bhxh", "", "missing"),
        ("commune_code", "16814", "different"),
        ("hamlet", "BẢN BÚNG", "same"),
        ("hamlet", "Bản Bung 2", "near"),
        ("hamlet", "Khối 5", "different"),
        ("household", "HN-01", "missing"),
    ],
)
def test_the_evidence_names_each_field_in_four_words(field: str, value: str, likeness: str) -> None:
    assert compare(AN, AN | {field: value})[field] == likeness


def test_two_equal_years_are_shown_as_the_same() -> None:
    year = {"birth_date": "1957"}
    assert compare(AN | year, AN | year)["birth_date"] == "same"


_RECORDS = st.fixed_dictionaries(
    {
        "full_name": st.lists(
            st.sampled_from(["Nguyễn", "Nguyen", "Lò", "Văn", "Thị", "Ân", "An", "Xoan"]),
            max_size=4,
        ).map(" ".join),
        "birth_date": st.sampled_from(
            ["", "1957", "1957-03", "1957-03-05", "1957-05-03", "1957-01-01", "1990-12-31"]
        ),
        "sex": st.sampled_from(["", "M", "F"]),
        "cccd": st.sampled_from(["", "040057001234", "040057001235", "001190000001"]),
        "bhxh": st.sampled_from(["", "4012345678", "4012345679", "0111111111"]),
        "commune_code": st.sampled_from(["16813", "16814", "01273"]),
        "province_code": st.sampled_from(["40", "04"]),
        "hamlet": st.sampled_from(["", "Bản Búng", "Khối 5"]),
    }
)


@given(_RECORDS, _RECORDS)
def test_the_order_of_the_two_never_matters(one: dict[str, str], other: dict[str, str]) -> None:
    there, back = judge(traits(one), traits(other)), judge(traits(other), traits(one))
    assert (there.band, there.evidence) == (back.band, back.evidence)
    assert there.score == pytest.approx(back.score)
    assert tuple(there.evidence) == FIELDS


@given(_RECORDS, _RECORDS)
def test_the_guard_holds_for_any_two_records(one: dict[str, str], other: dict[str, str]) -> None:
    found = judge(traits(one), traits(other))
    apart = {found.evidence["full_name"], found.evidence["birth_date"]} == {"different"}
    if apart or "different" in (found.evidence["sex"], found.evidence["cccd"]):
        assert found.band is not Band.SAME
