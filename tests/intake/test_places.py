"""Places are found under whatever name a list gives them, in one cell or in three."""

import pytest

from db.intake.places import CommuneFinder
from db.reference.places import communes_by_code, provinces_by_code


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
