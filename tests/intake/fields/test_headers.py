"""Words of a header become a field, or are left alone; never the wrong field."""

import pytest

from db.intake.fields import headers
from db.intake.fields.headers import match_header
from db.intake.fields.names import HEADERS, IGNORED
from tests.intake.lists import checked, csv_of


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("S.T.T", "order"),
        ("HoVaTen", "full_name"),
        ("NgaySinh", "birth"),
        ("Người nhận hỗ trợ", "full_name"),
        ("Mã hộ GĐ", "household"),
        ("Đ/c", "address"),
        ("Nơi đăng ký thường trú", "address"),
        ("Nơi ĐKTT", "address"),
        ("Đơn vị (xã/phường)", "commune_code"),
        ("Huyện (cũ)", "district"),
        ("Tỉnh/TP trực thuộc TW", "province"),
        ("Xã - Địa chỉ liên hệ", "commune_code"),
        ("Huyện - Địa chỉ liên hệ", "district"),
        ("Tỉnh - Địa chỉ liên hệ", "province"),
        ("Đối tượng ưu tiên", "category"),
        ("Nội dung đề nghị hỗ trợ", "benefit"),
        ("Hình thức hỗ trợ (sổ BHXH/thẻ BHYT)", "benefit"),
        ("Số lượng sổ BHXH", "benefit_si"),
        ("Số lượng thẻ BHYT", "benefit_hi"),
        ("Q.hệ với chủ hộ", "relation"),
        ("Chỉ có năm sinh (Có/Không)", "only_year"),
        ("Chỉ có năm sinh hoặc tháng/năm", "only_year_or_month"),
        ("Ngày sinh (Chỉ nhập năm nếu chỉ nhớ năm sinh)", "birth"),
        ("HN", "tick:HN"),
    ],
)
def test_a_header_is_known(header: str, field: str) -> None:
    found = match_header((header,))
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "header",
    [
        *("CCCD chủ hộ", "Năm sinh chủ hộ", "SĐT người thu", "SĐT người thân", "STK", "Quê quán"),
        *("Nguyên quán", "Đơn vị tài trợ", "Ngày cấp CCCD", "Nơi cấp", "Ngày đăng ký"),
        *("Nơi đăng ký KCB ban đầu", "Điện thoại cơ quan", "Tiền hỗ trợ", "Nơi làm việc"),
    ],
)
def test_a_false_friend_is_left_alone(header: str) -> None:
    found = match_header((header,))
    assert found is not None
    assert found.field == IGNORED


def test_short_codes_under_a_header_for_categories_are_marks() -> None:
    head = ("STT,Họ và tên,Ngày sinh,Đối tượng,,", ",,,HN,HCN,KT")
    result = checked(csv_of(*head, "1,Vi Văn Bình,1961,x,,x", "2,Lô Thị An,1962,,x,"))
    assert [row.categories for row in result.rows] == [("HN", "KT"), ("HCN",)]


def test_a_column_of_communes_is_known_by_its_values() -> None:
    rows = ("Vi Văn Bình,1961,Xã Môn Sơn", "Lô Thị An,1962,Xã Môn Sơn")
    result = checked(csv_of("Họ và tên,Ngày sinh,Đơn vị", *rows))
    assert result.columns is not None
    assert result.columns["commune_code"] == "Đơn vị"


def test_a_column_of_old_numbers_is_no_rival_of_the_citizen_ids() -> None:
    rows = ("Vi Văn Bình,1961,187654321,040061000011", "Lô Thị An,1962,187654322,")
    result = checked(csv_of("Họ và tên,Năm sinh,Số CMND,Số CCCD", *rows))
    assert result.questions == ()
    assert [row.cccd for row in result.rows] == ["040061000011", None]


@pytest.mark.parametrize(
    ("field", "words"), [(field, word) for field, words in HEADERS.items() for word in words]
)
def test_every_header_of_the_table_means_its_field(field: str, words: str) -> None:
    found = match_header((words,))
    assert found is not None
    assert found.field == field


def test_a_header_of_the_table_is_not_banned_by_a_part_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    banned = match_header(("Nghề nghiệp",))
    assert banned is not None
    assert banned.field == IGNORED
    monkeypatch.setattr(headers, "_own_words", lambda: frozenset({"nghe nghiep"}))
    match_header.cache_clear()
    assert match_header(("Nghề nghiệp",)) != banned
    match_header.cache_clear()
