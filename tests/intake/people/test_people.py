"""Each cell is read, each problem is named where it stands."""

import pytest

from db.intake.told.sentences import PROBLEMS, QUESTIONS, REFUSALS
from db.reference.places import communes
from tests.intake.lists import BINH, HEADER, MON_SON, XUAN, checked, csv_of

NGHE_AN = frozenset(place.code for place in communes() if place.province_code == "40")
PLACES = "Họ và tên,Năm sinh,Xã"


def test_a_good_row_holds_everything() -> None:
    row = checked(csv_of(HEADER, XUAN)).rows[0]
    assert (row.row, row.full_name, row.birth, row.sex) == (2, "Lô Thị Xuân", "1956-03-05", "F")
    assert (row.cccd, row.categories, row.commune_code) == ("040156001204", ("HCN",), MON_SON)


def test_an_error_keeps_only_its_own_row_back() -> None:
    result = checked(csv_of(HEADER, XUAN, "2,Vi Văn Bình,31/02/1961,Nam,,HN"))
    assert result.verdict == "import_with_errors"
    assert [row.row for row in result.rows] == [2]
    error = result.errors[0]
    assert (error.row, error.field, error.code) == (3, "birth", "birth_impossible")
    assert error.value == "31/02/1961"
    assert error.message.startswith("Tháng 2 không có ngày 31.")


def test_a_correction_on_the_screen_mends_the_row() -> None:
    content = csv_of(HEADER, "2,Vi Văn Bình,31/02/1961,Nam,0400610000,Hộ nghè")
    corrections = {
        (2, "birth"): "28/02/1961",
        (2, "cccd"): "040061000011",
        (2, "category"): "Hộ nghèo",
    }
    result = checked(content, corrections=corrections)
    assert result.verdict == "import"
    row = result.rows[0]
    assert (row.birth, row.cccd, row.categories) == ("1961-02-28", "040061000011", ("HN",))


def test_a_birth_under_nam_and_nu_can_be_corrected_too() -> None:
    content = csv_of("Họ và tên,Năm sinh Nam,Năm sinh Nữ", "Vi Văn Bình,1961,1961")
    assert [error.code for error in checked(content).errors] == ["birth_two_years"]
    assert checked(content, corrections={(2, "birth"): "1961"}).rows[0].birth == "1961"


def test_a_missing_number_and_a_bare_year_do_not_hold_a_person_back() -> None:
    result = checked(csv_of(HEADER, "2,Vi Văn Bình,1961,Nam,,HN"))
    assert result.verdict == "import"
    assert [warning.code for warning in result.warnings] == ["cccd_missing"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "name_missing"), ("Vi Văn 2", "name_and_more"), ("Vi A; Lô B", "name_two_people")],
)
def test_a_name_that_is_none_is_an_error(name: str, code: str) -> None:
    result = checked(csv_of(HEADER, f"1,{name},1961,Nam,040061000011,HN"))
    assert [error.code for error in result.errors] == [code]


def test_an_age_alone_is_an_error_that_offers_the_year() -> None:
    content = csv_of("STT,Họ và tên,Tuổi", "1,Vi Văn Bình,65")
    error = checked(content, answers={"ages": "one_by_one"}).errors[0]
    assert (error.code, error.suggestion) == ("birth_from_age", "1961")


def test_a_child_is_warned_about_unless_only_a_card_is_asked() -> None:
    header = "Họ và tên,Năm sinh,Hình thức hỗ trợ"
    warned = checked(csv_of(header, "Vi Văn Bình,2014,Sổ BHXH", "Lô Thị Na,2014,Thẻ BHYT"))
    found = [warning for warning in warned.warnings if warning.code == "under_15_hi_only"]
    assert [warning.row for warning in found] == [2]
    assert [row.benefit for row in warned.rows] == ["si", "hi"]


def test_both_benefits_may_be_asked_and_unknown_words_are_an_error() -> None:
    header = "Họ và tên,Năm sinh,Hình thức hỗ trợ"
    result = checked(csv_of(header, "Vi Văn Bình,1961,Sổ BHXH và thẻ BHYT", "Lô Văn An,1962,gạo"))
    assert result.rows[0].benefit == "both"
    assert [error.code for error in result.errors] == ["benefit_unknown"]


def test_an_unknown_category_is_an_error_with_a_suggestion() -> None:
    error = checked(csv_of(HEADER, "1,Vi Văn Bình,1961,Nam,,Hộ nghè")).errors[0]
    assert (error.code, error.suggestion) == ("category_unknown", "Hộ nghèo")
    assert "Hộ nghèo" in error.message


@pytest.mark.parametrize(
    ("note", "is_told"),
    [("đã chết", True), ("Đã mất năm 2025", True), ("chuyển đi Vinh", True), ("mất sức", False)],
)
def test_a_remark_that_somebody_is_gone_is_told(note: str, is_told: bool) -> None:
    result = checked(csv_of("Họ và tên,Năm sinh,Ghi chú", f"Vi Văn Bình,1961,{note}"))
    told = {(each.field, each.value) for each in result.warnings if each.code == "note_says_gone"}
    assert told == ({("full_name", note)} if is_told else set())


def test_ditto_marks_mean_the_row_above() -> None:
    content = csv_of("Họ và tên,Năm sinh,Thôn", "Vi Văn Bình,1961,Bản Cửa", "Lô Văn An,1962,nt")
    assert [row.hamlet for row in checked(content).rows] == ["Bản Cửa", "Bản Cửa"]


def test_a_people_outside_the_catalogue_is_a_warning() -> None:
    content = csv_of("Họ và tên,Năm sinh,Dân tộc", "Vi Văn Bình,1961,Thái", "Lô An,1962,Sao Hỏa")
    result = checked(content)
    assert [row.people for row in result.rows] == ["03", None]
    assert "people_unknown" in [warning.code for warning in result.warnings]


def test_the_same_number_or_name_and_birth_is_a_warning_on_the_later_row() -> None:
    result = checked(
        csv_of(
            HEADER,
            XUAN,
            BINH,
            "3,LÔ THỊ XUÂN,1956,Nữ,040156001204,HN",
            "4,Vi Van Binh,1961,Nam,,HN",
        )
    )
    repeats = [warning for warning in result.warnings if warning.code == "duplicate_in_file"]
    assert [(warning.row, warning.field) for warning in repeats] == [(4, "cccd"), (5, "full_name")]
    assert "dòng 2" in repeats[0].message
    assert len(result.rows) == 4


def test_one_number_for_two_people_is_called_so() -> None:
    result = checked(csv_of(HEADER, XUAN, "2,Kha Thị Na,1956,Nữ,040156001204,HN"))
    assert "cccd_of_another" in [warning.code for warning in result.warnings]


def test_the_same_row_twice_is_kept_once() -> None:
    result = checked(csv_of(HEADER, XUAN, BINH, XUAN.replace("1,", "3,", 1)))
    assert result.rows_read == 3
    assert [row.row for row in result.rows] == [2, 3]
    assert [(warning.row, warning.code) for warning in result.warnings] == [(4, "same_row_twice")]


def test_people_of_one_name_and_year_with_two_numbers_are_two_people() -> None:
    lines = ["1,Vi Văn Bình,1961,Nam,040061000011,HN", "2,Vi Văn Bình,1961,Nam,040061000022,HN"]
    assert checked(csv_of(HEADER, *lines)).warnings == ()


@pytest.mark.parametrize("written", ["Xã Môn Sơn", "Môn Sơn", "mon son", "17263", "X. Môn Sơn"])
def test_a_commune_is_found_by_name_or_code(written: str) -> None:
    result = checked(csv_of(PLACES, f"Vi Văn Bình,1961,{written}"), communes=NGHE_AN)
    assert result.rows[0].commune_code == MON_SON


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Xã Môn Sôn Hạ Thượng", "place_unknown"),
        ("Phường Ba Đình", "place_outside_office"),
    ],
)
def test_a_commune_that_is_not_the_offices_is_an_error(written: str, code: str) -> None:
    result = checked(csv_of(PLACES, f"Vi Văn Bình,1961,{written}"), communes=NGHE_AN)
    assert [(error.field, error.code) for error in result.errors] == [("commune_code", code)]


def test_a_misspelt_or_former_commune_is_understood_with_the_value_before() -> None:
    content = csv_of(PLACES, "Vi Văn Bình,1961,Xã Môn Sơm", "Lô Văn An,1962,Xã Lục Dạ")
    result = checked(content, communes=NGHE_AN)
    assert [row.commune_code for row in result.rows] == [MON_SON, MON_SON]
    found = [(each.code, each.value) for each in result.warnings if each.field == "commune_code"]
    assert found == [("place_typo", "Xã Môn Sơm"), ("place_old_name", "Xã Lục Dạ")]


def test_a_name_that_many_provinces_have_needs_the_province() -> None:
    content = csv_of(PLACES, "Vi Văn Bình,1961,Xã Tân Thành")
    assert [error.code for error in checked(content).errors] == ["place_ambiguous"]
    with_province = csv_of(f"{PLACES},Tỉnh", "Vi Văn Bình,1961,Xã Tân Thành,Lâm Đồng")
    assert checked(with_province).rows[0].commune_code == "23143"


def test_accents_decide_before_the_folded_name_does() -> None:
    content = csv_of(PLACES, "Vi Văn Bình,1961,Xã Cẩm Giang", "Lô Văn An,1962,Xã Cẩm Giàng")
    scope = frozenset(place.code for place in communes() if place.province_code == "31")
    codes = [row.commune_code for row in checked(content, communes=scope).rows]
    assert len(set(codes)) == 2
    folded = csv_of(PLACES, "Vi Văn Bình,1961,Xa Cam Giang")
    assert [e.code for e in checked(folded, communes=scope).errors] == ["place_ambiguous"]


def test_every_sentence_says_what_and_ends_like_one() -> None:
    for sentence in (*REFUSALS.values(), *PROBLEMS.values(), *QUESTIONS.values()):
        assert sentence.rstrip(")").endswith((".", "?", "{name}")), sentence
        assert "!" not in sentence
