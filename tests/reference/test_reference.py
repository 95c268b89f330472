"""The data files hold what the law and the design say."""

from collections import Counter

from db.reference.catalogue import categories, categories_by_code, peoples
from db.reference.places import (
    communes,
    communes_by_code,
    former_communes,
    former_provinces,
    provinces,
    provinces_by_code,
)


def test_there_are_34_provinces_each_on_its_own_tile() -> None:
    assert len(provinces()) == 34
    assert len({(province.tile_row, province.tile_col) for province in provinces()}) == 34
    assert len({province.abbreviation for province in provinces()}) == 34
    assert len({province.region for province in provinces()}) == 6


def test_three_provinces_became_cities_in_2026() -> None:
    assert Counter(province.kind for province in provinces()) == {"tỉnh": 25, "thành phố": 9}
    assert provinces_by_code()["22"].name == "Thành phố Quảng Ninh"
    assert provinces_by_code()["24"].name == "Thành phố Bắc Ninh"
    assert communes_by_code()["07444"].name == "Phường Lục Nam"
    assert communes_by_code()["07444"].first_name == "Xã Lục Nam"
    assert provinces_by_code()["75"].name == "Thành phố Đồng Nai"
    assert communes_by_code()["26368"].name == "Phường Long Thành"
    assert communes_by_code()["26368"].first_name == "Xã Long Thành"


def test_there_are_3321_communes_of_three_kinds_each_in_a_province() -> None:
    assert Counter(commune.kind for commune in communes()) == {
        "Xã": 2599,
        "Phường": 709,
        "Đặc khu": 13,
    }
    assert {commune.province_code for commune in communes()} == set(provinces_by_code())
    assert len(communes_by_code()) == 3321


def test_a_short_name_leaves_the_kind_away() -> None:
    assert communes_by_code()["20333"].short_name == "Hoàng Sa"
    assert communes_by_code()["20333"].is_island
    assert sum(commune.is_island for commune in communes()) == 13


def test_every_former_place_leads_to_one_of_today() -> None:
    assert len(former_provinces()) == 63
    assert {province.new_code for province in former_provinces()} == set(provinces_by_code())
    assert len(former_communes()) == 10_602
    assert {link.new_commune_code for link in former_communes()} == set(communes_by_code())


def test_poor_households_and_social_protection_get_no_card() -> None:
    excluded = {category.code for category in categories() if category.hi_excluded}
    assert excluded == {"HN", "BTXH"}
    assert all(categories_by_code()[code].points_hi is None for code in excluded)


def test_a_posting_names_poverty_but_no_illness() -> None:
    open_labels = {c.code for c in categories() if c.neutral_label == c.label}
    assert open_labels == {"HN", "HCN"}


def test_no_word_names_two_categories() -> None:
    words = [word for category in categories() for word in category.aliases]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_there_are_54_peoples_and_no_alias_names_two() -> None:
    assert [people.code for people in peoples()] == [f"{n:02}" for n in range(1, 55)]
    words = [word for people in peoples() for word in people.aliases]
    assert len(words) == len(set(words))
