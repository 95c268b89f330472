"""The table is found wherever a commune puts it, and only people are read."""

from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font

from db.intake.fields.headers import match_header
from db.intake.told.checked import row_in_sheet
from tests.intake.lists import (
    BINH,
    HEADER,
    MON_SON,
    XUAN,
    active,
    checked,
    commune_workbook,
    csv_of,
    fill,
    saved,
    workbook,
)


def _cells(header: str) -> list[str]:
    return header.split(", ")


EBH = _cells(
    "STT, Phương án (Xem chi tiết theo link) (*), Họ và tên (*), Mã số BHXH, Số Sổ BHXH, Đã có sổ "
    "(Có/Không), Ngày sinh, Chỉ có năm sinh (Có/Không ), Giới tính (Nam/Nữ), Mã vùng sinh sống, "
    "Dân tộc, Quốc tịch, Nơi cấp giấy khai sinh (*), Địa chỉ liên hệ (*), Tỉnh KCB, Bệnh viện, Tỷ "
    "lệ đóng BHYT(%), Thời hạn sử dụng thẻ BHYT, từ ngày, Số tháng, Mức đóng HGĐ, Số tiền đóng, "
    "Mức tiền đóng, Số biên lai, Ngày biên lai, Ghi chú, Số CMT, Hộ gia đình, Mức hưởng BHYT(*), "
    "Số điện thoại, Mã hộ gia đình, Nhân viên thu, Mã nhân viên thu"
)
VNPT = _cells(
    "ID Lao động, Họ tên, Mã số BHXH, Loại khai báo, Phương án, Mức tiền đóng, Từ tháng, Số tháng, "
    "Tỷ lệ đóng (%), Tỷ lệ NSNN hỗ trợ (%), Tiền NSNN hỗ trợ, Tỷ lệ NSDP (%), Tiền NSDP, Tỷ lệ hỗ "
    "trợ khác (%), Tiền hỗ trợ khác, Tiền tự nguyện đóng, Tổng tiền đóng"
)


def test_a_commune_list_with_everything_around_it_gives_its_people() -> None:
    result = checked(commune_workbook(), "mon-son.xlsx")
    assert result.verdict == "import"
    assert result.source.header_rows == (6, 7)
    assert result.source.first_data_row == 9
    assert result.rows_read == 3
    people = [(r.row, r.full_name, r.birth, r.sex, r.cccd, r.hamlet) for r in result.rows]
    assert people == [
        (10, "Lô Thị Xuân", "1957", "F", "040157001204", "Thôn Nam Sơn"),
        (11, "Vi Văn Hòa", "1961-03-05", "M", "040061000011", "Thôn Nam Sơn"),
        (14, "Lô Văn Nam", "1990", "M", None, "Thôn Bắc Sơn"),
    ]
    assert result.rows[1].categories == ("KT", "HN")
    assert result.rows[1].address == "Bản Xiềng"
    assert result.columns is not None
    assert result.columns["female"] == "Năm sinh - Nữ"


def test_a_two_row_header_without_merged_cells_is_read_from_csv() -> None:
    content = csv_of(
        "DANH SÁCH HỘ KHÓ KHĂN,,,,",
        "STT,Họ và tên,Năm sinh,,Số CCCD",
        ",,Nam,Nữ,",
        "(1),(2),(3),(4),(5)",
        "1,Lô Thị Xuân,,1957,040157001204",
        "2,Vi Văn Bình,1961,,040061000011",
    )
    result = checked(content)
    assert result.source.header_rows == (2, 3)
    assert [(row.birth, row.sex) for row in result.rows] == [("1957", "F"), ("1961", "M")]


def test_a_birth_under_three_columns_is_put_together() -> None:
    content = csv_of(
        "STT,Họ và tên,Ngày tháng năm sinh,,,Giới tính",
        ",,Ngày,Tháng,Năm,",
        "1,Lô Thị Xuân,5,3,1956,Nữ",
        "2,Vi Văn Bình,,,1961,Nam",
    )
    assert [row.birth for row in checked(content).rows] == ["1956-03-05", "1961"]


def test_the_header_of_ebh_is_understood_without_false_friends() -> None:
    cells = dict.fromkeys(EBH, "") | {
        "Họ và tên (*)": "Lô Thị Xuân",
        "Mã số BHXH": "4012345678",
        "Ngày sinh": "05/03/1956",
        "Giới tính (Nam/Nữ)": "Nữ",
        "Dân tộc": "Thái",
        "Số CMT": "040156001204",
        "Mã hộ gia đình": "4001",
        "Số tiền đóng": "1.366.200",
        "Ngày biên lai": "01/09/2026",
    }
    result = checked(workbook([EBH, [cells[name] for name in EBH]]), "ebh.xlsx")
    row = result.rows[0]
    assert (row.bhxh, row.birth, row.cccd) == ("4012345678", "1956-03-05", "040156001204")
    assert (row.sex, row.people, row.household) == ("F", "03", "4001")
    assert result.columns is not None
    assert set(result.columns) == {
        *("full_name", "birth", "sex", "cccd", "bhxh", "address", "phone", "household"),
        *("order", "people", "only_year"),
    }


def test_the_header_of_vnpt_has_a_name_and_a_number_and_asks_for_the_birth() -> None:
    cells = ["7", "Lô Thị Xuân", "4012345678", *[""] * (len(VNPT) - 3)]
    result = checked(workbook([VNPT, cells]), "vnpt.xlsx")
    assert result.verdict == "ask_user"
    assert [question.code for question in result.questions] == ["column_birth"]
    answered = checked(workbook([VNPT, cells]), "vnpt.xlsx", answers={"column_birth": "none"})
    assert answered.verdict == "import_with_errors"
    assert [error.code for error in answered.errors] == ["birth_missing"]


def test_headers_that_only_sound_like_a_field_are_left_alone() -> None:
    strangers = (
        "Ngày cấp CCCD;Số tiền hỗ trợ;Nơi cấp CCCD;Ngày biên lai;Nơi đăng ký khai sinh;Ghi chú"
    )
    found = {text: match_header((text,)) for text in strangers.split(";")}
    assert {text for text, match in found.items() if match and match.field != "ignore"} == set()


def test_books_given_and_book_numbers_are_told_apart_by_their_accent_and_content() -> None:
    header = "Họ và tên,Năm sinh,Sổ BHXH,Thẻ BHYT"
    marks = checked(csv_of(header, "Vi Văn Bình,1961,x,", "Lô Văn An,1962,,x")).rows
    assert [row.benefit for row in marks] == ["si", "hi"]
    numbers = checked(csv_of(header, "Vi Văn Bình,1961,4012345678,GD4404012345678")).rows
    assert (numbers[0].bhxh, numbers[0].hi_card) == ("4012345678", "GD4404012345678")


def test_family_and_given_name_in_two_columns_are_one_name() -> None:
    content = csv_of("Họ và tên đệm,Tên,Năm sinh", "LÔ THỊ,XUÂN,1957")
    assert checked(content).rows[0].full_name == "Lô Thị Xuân"


def test_tick_columns_are_categories() -> None:
    content = csv_of(
        "Họ và tên,Năm sinh,Hộ nghèo,Hộ cận nghèo,Khuyết tật",
        "Vi Văn Bình,1961,,x,nặng",
        "Lô Văn An,1962,X,0,không",
    )
    assert [row.categories for row in checked(content).rows] == [("HCN", "KT"), ("HN",)]


def test_a_category_heading_counts_until_the_next_and_a_new_hamlet_ends_it() -> None:
    content = csv_of(
        "STT,Họ và tên,Năm sinh",
        "I,Thôn Nam Sơn,",
        "1. Hộ nghèo,,",
        "1,Vi Văn Bình,1961",
        "2. Hộ cận nghèo,,",
        "2,Lô Văn An,1962",
        "II,Thôn Bắc Sơn,",
        "3,Kha Văn Ba,1963",
    )
    found = [(row.hamlet, row.categories) for row in checked(content).rows]
    assert found == [
        ("Thôn Nam Sơn", ("HN",)),
        ("Thôn Nam Sơn", ("HCN",)),
        ("Thôn Bắc Sơn", ()),
    ]


def test_a_person_with_nothing_but_a_name_is_an_error_not_lost() -> None:
    result = checked(csv_of(HEADER, XUAN, "2,Vi Văn Bình,,,,"))
    assert result.rows_read == 2
    assert [(error.row, error.code) for error in result.errors] == [(3, "birth_missing")]


def test_signatures_and_totals_are_no_people_but_a_person_below_them_is() -> None:
    result = checked(
        csv_of(HEADER, XUAN, "Cộng,1 người,,,,", ",NGƯỜI LẬP BIỂU,,,,", ",Trần Văn Ký,,,,", BINH)
    )
    assert [row.full_name for row in result.rows] == ["Lô Thị Xuân", "Vi Văn Bình"]
    assert result.errors == ()


def test_a_header_repeated_on_the_next_page_is_skipped() -> None:
    assert checked(csv_of(HEADER, XUAN, HEADER, BINH)).rows_read == 2


def test_rows_numbered_in_advance_but_empty_are_skipped() -> None:
    assert checked(csv_of(HEADER, XUAN, "2,,,,,", "3,,,,,")).rows_read == 1


def test_household_codes_merged_over_members_belong_to_each() -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Năm sinh", "Mã hộ", "Quan hệ"],
        [1, "Vi Văn Bình", 1961, "4001", "Chủ hộ"],
        [None, "Lô Thị Xuân", 1963, None, "Vợ"],
    ]
    merged = checked(workbook(rows, ["D2:D3"]), "ho.xlsx").rows
    assert [row.household for row in merged] == ["4001", "4001"]
    blank = checked(workbook(rows), "ho.xlsx").rows
    assert [row.household for row in blank] == ["4001", "4001"]


def test_two_sheets_with_people_are_asked_about_and_the_answer_is_taken() -> None:
    book = Workbook()
    for name in ("Thôn Nam", "Thôn Bắc"):
        fill(book.create_sheet(name), [["Họ và tên", "Năm sinh"], [f"Vi {name}", 1961]])
    book.create_sheet("Mẫu trống").append(["Họ và tên", "Năm sinh"])
    asked = checked(saved(book), "thon.xlsx")
    assert asked.verdict == "ask_user"
    assert asked.questions[0].choices == ("all", "Thôn Nam", "Thôn Bắc")
    answered = checked(saved(book), "thon.xlsx", answers={"sheets": "Thôn Bắc"})
    assert answered.verdict == "import"
    assert answered.rows[0].full_name == "Vi Thôn Bắc"
    both = checked(saved(book), "thon.xlsx", answers={"sheets": "all"})
    assert [row.full_name for row in both.rows] == ["Vi Thôn Nam", "Vi Thôn Bắc"]
    assert [row_in_sheet(row.row) for row in both.rows] == [2, 2]


def test_hidden_and_struck_rows_are_asked_about() -> None:
    book = Workbook()
    sheet = active(book)
    fill(sheet, [HEADER.split(","), XUAN.split(","), BINH.split(","), ["3", "Kha Văn Ba", "1963"]])
    sheet.row_dimensions[3].hidden = True
    sheet["B4"].font = Font(strike=True)
    asked = checked(saved(book), "an.xlsx")
    assert [question.code for question in asked.questions] == ["hidden_rows", "struck_rows"]
    answers = {"hidden_rows": "skip", "struck_rows": "keep"}
    answered = checked(saved(book), "an.xlsx", answers=answers)
    assert answered.verdict == "import"
    assert [row.row for row in answered.rows] == [2, 4]


def test_two_columns_that_could_both_be_the_number_are_asked_about() -> None:
    content = csv_of(
        "Họ và tên,Năm sinh,Số CCCD,Số định danh", "Vi Văn Bình,1961,040061000011,040061000022"
    )
    asked = checked(content)
    assert [question.code for question in asked.questions] == ["duplicate_headers"]
    answered = checked(content, answers={"duplicate_headers": "Số định danh"})
    assert answered.verdict == "import"
    assert answered.rows[0].cccd == "040061000022"


def test_a_mapping_by_the_user_wins() -> None:
    content = csv_of("Họ và tên,Năm sinh,Ghi chú", "Vi Văn Bình,1961,Hộ nghèo")
    assert checked(content).rows[0].categories == ()
    assert checked(content, mapping={2: "category"}).rows[0].categories == ("HN",)
    assert checked(content, mapping={"Ghi chú": "category"}).rows[0].categories == ("HN",)
    assert checked(content, mapping={"Năm sinh": "ignore"}).verdict == "ask_user"


def test_numbers_in_cells_keep_every_digit_and_shown_zeros() -> None:
    book = Workbook()
    sheet = active(book)
    fill(
        sheet,
        [
            ["Họ và tên", "Ngày sinh", "Số CCCD", "Mã số BHXH"],
            ["Vi Văn Bình", date(1961, 3, 15), 40061000011, 123456789],
        ],
    )
    sheet["C2"].number_format = "000000000000"
    sheet["D2"].number_format = "0000000000"
    row = checked(saved(book), "so.xlsx").rows[0]
    assert (row.cccd, row.bhxh, row.birth) == ("040061000011", "0123456789", "1961-03-15")


def test_a_day_shown_only_as_a_year_is_a_year() -> None:
    book = Workbook()
    sheet = active(book)
    fill(sheet, [["Họ và tên", "Năm sinh"], ["Vi Văn Bình", date(1961, 1, 1)]])
    sheet["B2"].number_format = "yyyy"
    assert checked(saved(book), "nam.xlsx").rows[0].birth == "1961"


def test_swapped_days_are_doubted_when_only_impossible_ones_stayed_text() -> None:
    rows: list[list[object]] = [["Họ và tên", "Ngày sinh"]]
    rows += [["Vi Văn Bình", date(1961, 3, 5)], ["Lô Văn An", "25/03/1962"]]
    result = checked(workbook(rows), "ngay.xlsx")
    assert [(found.row, found.code) for found in result.warnings if found.field == "birth"] == [
        (2, "birth_maybe_swapped")
    ]


def test_a_column_written_month_first_is_asked_about() -> None:
    lines = ["Vi Văn Bình,03/25/1961", "Lô Văn An,04/30/1962", "Kha Văn Ba,05/06/1963"]
    content = csv_of("Họ và tên,Ngày sinh", *lines)
    asked = checked(content)
    assert [question.code for question in asked.questions] == ["date_order"]
    answered = checked(content, answers={"date_order": "mdy"})
    assert [row.birth for row in answered.rows] == ["1961-03-25", "1962-04-30", "1963-05-06"]


def test_a_formula_never_calculated_is_shown_not_taken_for_a_blank() -> None:
    result = checked(workbook([["Họ và tên", "Năm sinh"], ["Vi Văn Bình", "=1900+61"]]), "ct.xlsx")
    assert [(error.code, error.value) for error in result.errors] == [
        ("formula_without_value", "=1900+61")
    ]


def test_the_commune_in_the_title_counts_when_nobody_said_which() -> None:
    row = checked(commune_workbook(), "mon-son.xlsx", commune_code=None).rows[0]
    assert row.commune_code == MON_SON


def test_a_title_that_names_another_commune_is_asked_about() -> None:
    asked = checked(commune_workbook(), "mon-son.xlsx", commune_code="17230")
    assert [question.code for question in asked.questions] == ["other_commune"]
    assert "Xã Môn Sơn" in asked.questions[0].message
    kept = checked(
        commune_workbook(), "x.xlsx", commune_code="17230", answers={"other_commune": "keep"}
    )
    assert (kept.verdict, kept.rows[0].commune_code) == ("import", "17230")
    stopped = checked(
        commune_workbook(), "x.xlsx", commune_code="17230", answers={"other_commune": "stop"}
    )
    assert (stopped.verdict, stopped.reason) == ("reject", "other_commune")


def test_a_common_commune_name_in_the_title_needs_its_province() -> None:
    lines = ["DANH SÁCH NGƯỜI NGHÈO XÃ TÂN THÀNH NĂM 2026", HEADER.replace(",", ";"), ""]
    content = csv_of(*lines, XUAN.replace(",", ";"))
    assert checked(content, commune_code=None).rows[0].commune_code is None
    content = csv_of("UBND XÃ TÂN THÀNH - TỈNH LÂM ĐỒNG", *lines[1:], XUAN.replace(",", ";"))
    assert checked(content, commune_code=None).rows[0].commune_code == "23143"


def test_an_address_split_under_one_heading_is_a_hamlet_and_a_commune() -> None:
    content = csv_of(
        "STT,Họ và tên,Năm sinh,Địa chỉ,",
        ",,,Thôn,Xã",
        "1,Lô Thị Xuân,1957,Bản Xiềng,Môn Sơn",
    )
    row = checked(content, communes=frozenset({MON_SON})).rows[0]
    assert (row.hamlet, row.commune_code) == ("Bản Xiềng", MON_SON)


def test_the_head_of_a_household_is_not_taken_for_the_person() -> None:
    content = csv_of(
        "STT,Chủ hộ,,Thành viên,",
        ",Họ và tên,Số CCCD,Họ và tên,Năm sinh",
        "1,Vi Văn Bình,040061000011,Lô Thị Xuân,1957",
    )
    assert checked(content).rows[0].full_name == "Lô Thị Xuân"
