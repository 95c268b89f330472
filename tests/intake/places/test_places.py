"""Places are found under whatever name a list gives them, in one cell or in three."""

from typing import Any

import pytest

from db.intake.places.finder import CommuneFinder
from db.intake.told.checked import CheckedList
from db.reference.places import communes_by_code, provinces_by_code
from tests.intake.lists import MON_SON, checked, csv_of


def place_of(text: str) -> str | None:
    code = CommuneFinder(None).find(text).value
    return communes_by_code()[code].name if code else None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Huyện Côn Đảo, tỉnh Bà Rịa - Vũng Tàu", "Đặc khu Côn Đảo"),
        ("huyện Cô Tô, Quảng Ninh", "Đặc khu Cô Tô"),
        ("Huyện đảo Phú Quý", "Đặc khu Phú Quý"),
        ("Huyện Lý Sơn, tỉnh Quảng Ngãi", "Đặc khu Lý Sơn"),
        ("Thị trấn Cát Hải, huyện Cát Hải, Hải Phòng", "Đặc khu Cát Hải"),
        ("Phú Quốc", "Đặc khu Phú Quốc"),
    ],
)
def test_an_island_is_known_by_its_district(written: str, name: str) -> None:
    assert place_of(written) == name


@pytest.mark.parametrize("written", ["Huyện Con Cuông", "Huyện Con Cuông, tỉnh Nghệ An"])
def test_a_district_of_several_communes_is_no_commune(written: str) -> None:
    assert place_of(written) is None


@pytest.mark.parametrize("written", ["P. Thuận Hóa, TT Huế", "phường Thuận Hoá, T.T.Huế"])
def test_the_old_short_form_of_hue_is_no_town(written: str) -> None:
    assert place_of(written) == "Phường Thuận Hóa"


def test_every_commune_is_found_by_its_name_and_province() -> None:
    finder = CommuneFinder(None)
    for code, place in communes_by_code().items():
        province = provinces_by_code()[place.province_code].name
        assert finder.find(place.name, province).value == code


HEAD = "Họ và tên,Năm sinh,Địa chỉ"


def of_addresses(*addresses: str, **options: Any) -> CheckedList:
    rows = (f'Vi Văn Bình,{1950 + at},"{text}"' for at, text in enumerate(addresses))
    return checked(csv_of(HEAD, *rows), commune_code=None, **options)


def said(result: CheckedList) -> list[tuple[int, str, str]]:
    places = ("place", "address", "commune")
    found = (*result.errors, *result.warnings)
    return [(each.row, each.field, each.code) for each in found if each.code.startswith(places)]


def test_an_address_in_a_split_commune_offers_the_candidates() -> None:
    result = of_addresses("5 Lê Lợi, phường Hiệp Thành, TP Thủ Dầu Một, Bình Dương")
    assert said(result) == [(2, "address", "place_split")]
    assert "Phường Thủ Dầu Một" in result.errors[0].message
    assert "Phường Phú Lợi" in result.errors[0].message


def test_an_address_outside_the_office_does_not_slip_in() -> None:
    result = of_addresses("phường Ba Đình, Hà Nội", communes=frozenset({MON_SON}))
    assert said(result) == [(2, "address", "place_outside_office")]
    own = checked(csv_of(HEAD, "Vi Văn Bình,1961,xã Châu Khê"), communes=frozenset({MON_SON}))
    assert said(own) == [(2, "address", "address_elsewhere")]


def test_an_address_without_the_word_for_a_commune_is_read_by_the_rest_of_the_list() -> None:
    whole = [f"Bản {name}, xã Môn Sơn, Nghệ An" for name in ("Cửa", "Xiềng", "Thái Sơn")]
    result = of_addresses(*whole, "Bản Cửa, Môn Sơn", "Bản Cửa")
    assert [row.commune_code for row in result.rows] == [MON_SON] * 4 + [None]
    assert said(result) == [(5, "address", "place_guess_by_list")]
    assert of_addresses("Bản Cửa, Môn Sơn").rows[0].commune_code is None


def test_a_commune_and_an_address_that_disagree_are_told() -> None:
    result = checked(csv_of(f"{HEAD},Xã", 'Vi Văn Bình,1961,"Bản Cửa, xã Châu Khê",Môn Sơn'))
    assert result.rows[0].commune_code == MON_SON
    assert said(result) == [(2, "address", "address_elsewhere")]


def test_a_blank_commune_in_a_list_of_no_commune_is_told() -> None:
    rows = ("Vi Văn Bình,1961,Môn Sơn", "Lô Thị An,1962,")
    result = checked(csv_of("Họ và tên,Năm sinh,Xã", *rows), commune_code=None)
    assert said(result) == [(3, "commune_code", "commune_missing")]


def test_a_district_that_became_one_commune_is_enough() -> None:
    head = "Họ và tên,Năm sinh,Huyện,Tỉnh"
    rows = ("Vi Văn Bình,1961,Côn Đảo,Bà Rịa - Vũng Tàu", "Lô Thị An,1962,Con Cuông,Nghệ An")
    result = checked(csv_of(head, *rows), commune_code=None)
    assert [row.commune_code for row in result.rows] == ["26732", None]


def test_a_commune_written_behind_the_hamlet_is_found() -> None:
    row = 'Vi Văn Bình,1961,"Bản Xiềng, xã Môn Sơn"'
    result = checked(csv_of('Họ và tên,Năm sinh,"Thôn, xã"', row), commune_code=None)
    assert result.rows[0].commune_code == MON_SON
