"""The Vietnamese sentences of the check-list: what is wrong, and what to do about it."""

from collections.abc import Mapping

REFUSALS: Mapping[str, str] = {
    "empty_file": "Tệp rỗng. Mở lại tệp, kiểm tra đã có danh sách rồi lưu và chọn lại.",
    "too_large_rows": "Danh sách dài hơn {limit} dòng. Chia theo thôn hoặc theo xã rồi nộp từng "
    "tệp.",
    "too_large_filled": "Tệp có hơn {limit} ô ghi chữ. Bỏ các cột không dùng, hoặc chia theo thôn, "
    "theo xã rồi nộp từng tệp.",
    "too_large_characters": "Tệp có hơn {limit} triệu ký tự. Bỏ các cột ghi chú dài, hoặc chia "
    "theo thôn, theo xã rồi nộp từng tệp.",
    "too_large_sheets": "Tệp có hơn {limit} trang hoặc bảng có chữ. Chỉ giữ các trang ghi danh "
    "sách rồi chọn lại.",
    "too_large_lines": "Tệp có hơn {limit} dòng chữ không ghi người nào. Bỏ các dòng đó, hoặc chép "
    "riêng danh sách sang một tệp mới rồi chọn lại.",
    "too_large_line": "Có dòng dài hơn {limit} ký tự, thường do thiếu dấu ngoặc kép. Lưu lại thành "
    ".xlsx rồi chọn lại.",
    "too_large_cells": "Có ô nằm rất xa bảng nên trang tính quá rộng. Xóa các ô ngoài bảng hoặc "
    "chép riêng danh sách sang một tệp mới rồi chọn lại.",
    "too_large": "Tệp lớn hơn {limit_mb} MB. Xóa hình ảnh và các trang thừa, hoặc chia danh sách "
    "theo thôn rồi nộp từng tệp.",
    "not_a_table_file": "Đây không phải bảng tính. Lưu danh sách thành .xlsx hoặc .csv (UTF-8) "
    "rồi chọn lại.",
    "not_a_table_file_mhtml": "Đây là trang web lưu trữ (.mht), không phải bảng tính. Mở bằng "
    "Excel, lưu thành .xlsx rồi chọn lại.",
    "not_a_table_file_encoding": "Không đọc được dấu tiếng Việt trong tệp. Mở bằng Excel, lưu dạng "
    ".xlsx rồi chọn lại.",
    "corrupt_file": "Tệp bị hỏng, không mở được. Mở bằng Excel, lưu thành tệp .xlsx mới rồi chọn "
    "lại.",
    "password_protected": "Tệp có mật khẩu. Bỏ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi chọn lại.",
    "macros_not_allowed": "Tệp có chứa macro nên không nhận. Lưu thành .xlsx (không macro) rồi "
    "chọn lại.",
    "uncompressed_too_large": "Tệp giải nén ra quá lớn nên không nhận. Chép riêng danh sách sang "
    "một tệp mới rồi chọn lại.",
    "xml_dtd_forbidden": "Tệp có khai báo lạ (DTD) nên không nhận. Chép danh sách sang một tệp "
    ".xlsx mới rồi chọn lại.",
    "no_data_rows": "Không thấy người nào trong tệp. Kiểm tra đã chọn đúng tệp danh sách chưa.",
    "no_header": "Không tìm thấy dòng tiêu đề. Cần một dòng ghi tên cột, ít nhất có “Họ và tên” "
    "và “Ngày sinh”. Có thể dùng tệp mẫu.",
    "other_commune": "Đã dừng vì tệp là của xã khác. Chọn tệp của đúng xã này.",
    "mostly_wrong": "Đã dừng vì phần lớn các dòng bị lỗi. Xem lại tệp có đúng mẫu danh sách không "
    "rồi chọn lại.",
    "too_many_problems": "Tệp có hơn {limit} chỗ phải sửa hoặc xem lại. Xem lại tệp có đúng mẫu "
    "danh sách không, hoặc chia theo thôn, theo xã rồi nộp từng tệp.",
    "too_many_problems_rows": "Tệp có hơn {limit} dòng bị lỗi. Xem lại tệp có đúng mẫu danh sách "
    "không, hoặc chia theo thôn, theo xã rồi nộp từng tệp.",
    "too_many_problems_beginning": "{rows} dòng đầu đã có {count} chỗ phải sửa. Xem lại tệp có "
    "đúng mẫu danh sách không, hoặc chia theo thôn, theo xã rồi nộp từng tệp.",
    "not_communes": "Cột xã có hơn {count} tên khác nhau không có trong danh mục xã, ví dụ "
    "“{example}”. Xem lại cột nào ghi tên xã rồi chọn lại tệp.",
    "no_name_column": "Không có cột “Họ và tên”. Thêm cột này rồi chọn lại.",
}

PROBLEMS: Mapping[str, str] = {
    "name_missing": "Chưa có họ và tên. Ghi đủ họ, chữ đệm và tên.",
    "name_letters_lost": "Chữ có dấu đã bị mất khi lưu tệp, thành “?”. Gõ lại họ và tên.",
    "name_too_short": "Chỉ có một chữ. Ghi đủ họ và tên, hoặc giữ nguyên nếu giấy tờ ghi như vậy.",
    "name_two_people": "Ô này có thể ghi hai người. Mỗi người ghi một dòng.",
    "birth_missing": "Chưa có ngày sinh. Ghi ngày/tháng/năm, hoặc chỉ năm nếu giấy tờ chỉ có năm.",
    "birth_unreadable": "Không đọc được ngày sinh “{value}”. Ghi ngày/tháng/năm, ví dụ "
    "05/03/1956, hoặc chỉ năm.",
    "birth_impossible": "{why} Xem lại giấy tờ rồi sửa.",
    "birth_impossible_suggested": "{why} Có phải {suggestion}? Xem lại giấy tờ rồi sửa.",
    "birth_century": "Năm chỉ có hai chữ số: 19{year} hay 20{year}? Ghi đủ bốn chữ số.",
    "birth_future": "Ngày sinh ở sau hôm nay. Xem lại năm sinh.",
    "birth_too_old": "Tính ra hơn 120 tuổi. Xem lại năm sinh.",
    "birth_too_old_suggested": "Tính ra hơn 120 tuổi. Có phải sinh năm {suggestion}?",
    "birth_two_years": "Cả hai cột Nam và Nữ đều có năm sinh. Chỉ ghi ở cột đúng giới tính.",
    "birth_excel_serial": "Ô ghi số {value} của Excel, hiểu là ngày {understood}. Xem lại.",
    "birth_in_utc": "Ô ghi {value}: 17 giờ theo giờ quốc tế là nửa đêm ở Việt Nam, nên hiểu là "
    "ngày {understood}. Xem lại giấy tờ.",
    "birth_about": "Ô ghi “{value}”, chưa chắc chắn. Đang hiểu là {understood}. Xem lại.",
    "birth_cleaned": "Ô ghi “{value}”, đang hiểu là {understood}. Xem lại.",
    "birth_less_precise": "Cột “chỉ có năm sinh” ghi “{flag}”, nên “{value}” được hiểu là "
    "{understood}.",
    "birth_maybe_swapped": "Có thể đã đổi chỗ ngày và tháng. Đang hiểu là {understood}; nếu "
    "sai thì sửa thành {other}.",
    "birth_by_age": "Tuổi {value}: hiểu là sinh năm {year}, có thể lệch một năm. Có giấy tờ thì "
    "ghi lại.",
    "birth_from_age": "Chỉ có tuổi. Tuổi {value} thì sinh khoảng năm {year}: ghi năm sinh.",
    "sex_two_marks": "Cả hai cột Nam và Nữ đều đánh dấu nên chưa rõ giới tính. Chỉ đánh dấu một "
    "cột.",
    "tick_unknown": "Cột này để đánh dấu, mà ô ghi “{value}”: không rõ là có hay không. Ghi x nếu "
    "có, để trống nếu không.",
    "sex_unknown": "Không hiểu giới tính “{value}”. Ghi Nam hoặc Nữ.",
    "cccd_missing": "Chưa có số CCCD. Bổ sung khi có; nếu chưa được cấp, ghi “chưa cấp”.",
    "cccd_length": "Có {count} chữ số, phải đủ 12. Xem lại thẻ căn cước rồi sửa.",
    "cccd_length_suggested": "Có {count} chữ số, phải đủ 12. Có phải {suggestion}? Xem lại thẻ căn "
    "cước rồi sửa.",
    "cccd_scientific": "Excel đã làm mất các chữ số cuối. Gõ lại đủ 12 chữ số, định dạng ô là "
    "Text.",
    "cccd_not_digits": "Số CCCD chỉ gồm 12 chữ số. Bỏ các chữ và dấu khác.",
    "cccd_two_numbers": "Ô này có hai số. Mỗi người ghi một dòng, mỗi dòng một số CCCD.",
    "cccd_impossible": "Không có số CCCD như vậy. Xem lại thẻ căn cước rồi sửa.",
    "cccd_looks_like_bhxh": "Có 10 chữ số, phải đủ 12. Nếu đây là mã số BHXH, chuyển sang cột Mã "
    "số BHXH.",
    "cccd_zero_restored": "Excel đã bỏ số 0 ở đầu. Đang hiểu là {understood}.",
    "cccd_unknown_origin": "Ba số đầu không phải mã tỉnh nào của Việt Nam. Xem lại thẻ căn cước; "
    "chỉ đúng nếu khai sinh ở nước ngoài.",
    "cccd_birth_mismatch": "Số CCCD của người sinh năm {year}, khác năm sinh trong danh sách. Xem "
    "lại.",
    "cccd_sex_mismatch": "Số CCCD thuộc giới tính khác với danh sách. Xem lại.",
    "cccd_of_another": "Số CCCD này đã ghi cho người khác ở dòng {other_row}. Xem lại cả hai dòng.",
    "old_identity_card": "Đây là số CMND 9 số đã hết hiệu lực. Bổ sung số CCCD 12 số khi có.",
    "bhxh_length": "Mã số BHXH có {count} chữ số, phải đủ 10. Sửa lại hoặc để trống.",
    "bhxh_not_digits": "Mã số BHXH chỉ gồm 10 chữ số. Sửa lại hoặc để trống.",
    "bhxh_impossible": "Không có mã số BHXH như vậy. Sửa lại hoặc để trống.",
    "bhxh_zero_restored": "Excel đã bỏ số 0 ở đầu. Đang hiểu là {understood}.",
    "bhxh_from_card": "Ô ghi mã thẻ BHYT. Đã lấy 10 số cuối {understood} làm mã số BHXH.",
    "bhxh_is_cccd": "Ô mã số BHXH ghi 12 chữ số, giống số CCCD. Chưa dùng số này.",
    "hi_card_format": "Mã thẻ BHYT phải có 15 ký tự (2 chữ, 13 số) hoặc 10 số. Sửa lại hoặc để "
    "trống.",
    "hi_card_unknown_code": "Không có nhóm thẻ BHYT nào bắt đầu bằng “{letters}”. Xem lại thẻ.",
    "phone_invalid": "Không phải số điện thoại Việt Nam nên chưa dùng. Ghi 10 chữ số, bắt đầu "
    "bằng 0.",
    "phone_two_numbers": "Có nhiều số điện thoại. Đang dùng số {understood}.",
    "category_missing": "Chưa ghi đối tượng. Bổ sung trước khi rà soát, ví dụ “Hộ cận nghèo”.",
    "category_unknown": "“{word}” không có trong danh mục đối tượng. Chọn một đối tượng trong "
    "danh mục.",
    "category_unknown_suggested": "“{word}” không có trong danh mục. Có phải “{suggestion}”?",
    "commune_missing": "Chưa ghi xã. Bổ sung tên xã.",
    "people_unknown": "Không có dân tộc “{value}” trong danh mục 54 dân tộc. Chưa dùng ô này.",
    "place_unknown": "Không có xã “{value}” trong danh mục. Xem lại tên xã.",
    "place_unknown_suggested": "Không có xã “{value}”. Có phải “{suggestion}”?",
    "place_outside_office": "{place} không thuộc BHXH cơ sở này. Xem lại tên xã hoặc bỏ dòng.",
    "place_outside_office_suggested": "{place} không thuộc BHXH cơ sở này. Có phải “{suggestion}”?",
    "commune_of_another_list": "Dòng này ghi {place}, còn danh sách là của {own}. Sửa tên xã, hoặc "
    "để lại và nộp trong danh sách của {place}.",
    "place_ambiguous": "Chưa rõ “{value}” là nơi nào: {choices}. Ghi rõ tên hoặc mã xã hiện nay.",
    "place_split": "Xã cũ đã chia về nhiều xã mới: {choices}. Chọn xã đúng.",
    "place_old_name": "Tên xã cũ. Nay là {now}?",
    "place_also_old_name": "Đang hiểu là {now} hiện nay. Xã cũ cùng tên nay thuộc {choices}. Xem "
    "lại nếu danh sách ghi tên cũ.",
    "place_typo": "“{value}” viết chưa đúng tên trong danh mục, đang hiểu là {now}. Xem lại.",
    "place_guess_by_list": "Nhiều nơi có tên này. Theo cả danh sách, đang hiểu là {now}. Xem lại.",
    "address_elsewhere": "Địa chỉ “{value}” ở xã khác với xã của danh sách. Xem lại.",
    "addresses_not_read": "Hơn {count} địa chỉ không nhận ra xã nào nên từ dòng này không tìm xã "
    "trong địa chỉ nữa. Xem lại cột địa chỉ.",
    "benefit_unknown": "Không hiểu hình thức hỗ trợ “{value}”. Ghi “Thẻ BHYT” hoặc “Sổ BHXH”.",
    "category_age": "Ghi là “{value}” nhưng sinh năm {birth} ({age} tuổi). Xem lại đối tượng "
    "hoặc năm sinh.",
    "under_15_hi_only": "Dưới 15 tuổi: chỉ xét thẻ BHYT.",
    "duplicate_in_file": "Trùng dòng {other_row} trong cùng tệp ({same}). Xem có phải một người "
    "không.",
    "number_of_another": "Số {value} đã ghi cho người khác ở dòng {other_row}. Xem lại cả hai "
    "dòng.",
    "name_case": "Đã đổi chữ hoa, chữ thường của họ tên “{value}”.",
    "name_says_gone": "Ô họ tên ghi “{value}”. Người đã mất hoặc đã chuyển đi thì bỏ dòng này; nếu "
    "không phải, chỉ ghi họ và tên.",
    "note_says_gone": "Dòng này ghi “{value}”. Người đã mất hoặc đã chuyển đi thì bỏ dòng này.",
    "section_of_removed": "Dòng này đứng dưới mục “{value}” (dòng {heading}). Nếu người này "
    "không được đề nghị thì bỏ dòng này.",
    "name_is_example": "“{value}” trông như dòng ví dụ của mẫu. Nếu đúng vậy thì bỏ dòng này.",
    "name_note_removed": "Đã bỏ phần ghi thêm “{note}” khỏi họ tên “{value}”. Xem lại.",
    "name_title_removed": "Đã bỏ từ xưng hô trước họ tên “{value}”. Xem lại.",
    "name_strange_signs": "Họ tên có ký tự lạ: “{value}”. Giữ nguyên như trong tệp, xem lại.",
    "name_spelling": "Đã sửa cách gõ (dấu, ký tự lạ, khoảng trắng) của họ tên “{value}”.",
    "name_and_more_suggested": "Ô họ tên ghi thêm số hoặc thông tin khác. Có phải “{suggestion}”? "
    "Phần còn lại ghi ở cột riêng.",
    "name_too_long": "Họ và tên dài quá mức. Chỉ ghi họ và tên của một người.",
    "name_and_more": "Ô họ tên ghi thêm số hoặc thông tin khác. Chỉ ghi họ và tên, phần còn lại "
    "ghi ở cột riêng.",
    "letters_lost": "Có chữ không đọc được khi lưu tệp, thành “�”. Gõ lại ô này.",
    "text_too_long": "Ô này dài hơn {limit} ký tự. Ghi ngắn lại.",
    "number_cleaned": "Đã bỏ dấu cách hoặc ký tự thừa, hiểu là {understood}.",
    "phone_repaired": "Đã sửa số điện thoại thành {understood}.",
    "formula_without_value": "Ô có công thức chưa được tính nên chưa biết giá trị. Mở tệp bằng "
    "Excel, lưu rồi gửi lại, hoặc gõ giá trị.",
    "excel_error": "Ô bị lỗi {value} của Excel. Gõ lại giá trị đúng.",
    "card_proves_state_pays": "Mã thẻ {value} là thẻ do ngân sách nhà nước đóng: người này không "
    "cần tặng thẻ BHYT nếu thẻ còn hạn.",
    "state_may_pay": "“{value}”: có thể đã được ngân sách nhà nước đóng BHYT. Xem lại trước khi đề "
    "nghị tặng thẻ.",
    "encoding_converted": "Đã đổi bảng mã {encoding} sang Unicode, trước đó ghi “{value}”.",
    "as_above": "Ô ghi “{value}”, hiểu là như dòng trên: “{above}”.",
    "filled_down": "Ô trống trong cùng một hộ, hiểu là như dòng trên: “{above}”.",
    "nothing_above": "Ô ghi “{value}” nhưng các dòng trên không có gì để lấy theo. Xem lại.",
    "and_more": "Còn {count} ô nữa như vậy.",
    "whole_column": "Cả cột đều vậy, còn {count} dòng nữa.",
    "sheet_is_copy": "Trang “{value}” giống hệt một trang khác nên bỏ qua.",
    "total_mismatch": "Tệp ghi tổng số {claimed} người, đọc được {counted} người. Xem có thiếu "
    "hoặc thừa dòng không.",
    "not_looked_at_closely": "Tệp lớn nên chưa kiểm tra được dòng ẩn, cột ẩn và phông chữ cũ. Xem "
    "lại tệp nếu có.",
    "cell_far_away": "Có ô ghi ở {place}, rất xa bảng nên không đọc. Xem lại nếu ô đó cần thiết.",
    "from_heading": "“{value}” ở dòng tiêu đề nhóm được ghi cho các dòng bên dưới.",
    "from_sheet_name": "“{value}” là tên trang tính, được ghi cho những người ở trang này.",
    "same_row_twice": "Lặp lại nguyên dòng {other_row}, chỉ giữ một.",
}

QUESTIONS: Mapping[str, str] = {
    "sheets": "Tệp có {count} trang có danh sách. Lấy tất cả hay chỉ một trang?",
    "hidden_sheets": "Có trang đang ẩn cũng có danh sách ({names}). Có lấy những người ở trang ẩn "
    "không?",
    "hidden_columns": "Có cột đang ẩn: {headers}. Có dùng các cột này không?",
    "no_header": "Tệp không có dòng tiêu đề. Theo nội dung, đã nhận ra {columns}. Đọc như vậy có "
    "đúng không?",
    "twins": "Có {count} người có vẻ ghi hai lần trong tệp (dòng {rows}). Giữ một dòng hay giữ cả "
    "hai?",
    "mostly_wrong": "{count}/{all} dòng bị lỗi. Tệp có đúng mẫu chưa?",
    "hidden_rows": "Có {count} dòng đang ẩn (dòng {rows}). Có lấy những người ở các dòng này "
    "không?",
    "struck_rows": "Có {count} dòng bị gạch ngang (dòng {rows}). Có lấy những người này không?",
    "removed_rows": "Có {count} người đứng dưới mục đã giảm, đã mất hoặc không được đề nghị (dòng "
    "{rows}). Có lấy những người này không?",
    "other_commune": "Tiêu đề trong tệp ghi {named}, còn danh sách đang nộp là của {given}. Có "
    "đúng tệp không?",
    "date_order": "Ngày sinh có vẻ ghi tháng trước, ngày sau (ví dụ {example}). Đọc theo thứ tự "
    "nào?",
    "ages": "Tệp chỉ có tuổi, không có ngày sinh ({count} người). Lấy năm sinh bằng {year} trừ "
    "tuổi có được không?",
    "column": "Cột nào là “{field}”?",
    "duplicate_headers": "Có nhiều cột cùng là “{field}”. Lấy cột nào?",
}

CHOICES: Mapping[str, str] = {
    "keep": "Có, lấy cả",
    "skip": "Không, bỏ qua",
    "hidden_columns=keep": "Có, dùng các cột này",
    "hidden_columns=skip": "Không, bỏ các cột ẩn",
    "no_header=keep": "Đúng, đọc tiếp",
    "mostly_wrong=keep": "Đúng mẫu, để tôi sửa từng ô",
    "twins=keep": "Là hai người khác nhau, giữ cả",
    "first": "Là một người, giữ dòng đầu",
    "all": "Tất cả các trang",
    "other_commune=keep": "Đúng tệp, vẫn nộp",
    "stop": "Không, dừng lại",
    "dmy": "Ngày trước, tháng sau (05/03 là mồng 5 tháng 3)",
    "mdy": "Tháng trước, ngày sau (05/03 là mồng 3 tháng 5)",
    "ages=by_age": "Được, lấy năm sinh theo tuổi",
    "ages=one_by_one": "Không, để tôi ghi từng năm sinh",
    "none": "Không có cột này",
}


def refusal(code: str, details: Mapping[str, object]) -> str:
    """Why a file is not taken, and what to do."""
    closer = f"{code}_{details.get('because')}"
    return REFUSALS[closer if closer in REFUSALS else code].format_map(details)


def problem(code: str, value: str, suggestion: str | None, details: Mapping[str, str]) -> str:
    """What is wrong with one cell, and what to do."""
    if suggestion and (with_suggestion := f"{code}_suggested") in PROBLEMS:
        code = with_suggestion
    sentence = PROBLEMS[code]
    if "{" not in sentence:
        return sentence
    shown = value if len(value) <= 60 else f"{value[:57]}…"
    return sentence.format_map({"value": shown, "suggestion": suggestion, **details})


def question(code: str, **details: object) -> str:
    """What a person must decide."""
    return QUESTIONS[code].format_map(details)


def choice(question_code: str, answer: str) -> str:
    """The words for one answer; a column or a sheet is its own word."""
    return CHOICES.get(f"{question_code}={answer}") or CHOICES.get(answer, answer)
