"""One sentence per refusal code: what, where, how to fix it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from components.ui import formats, words
from components.ui.i18n import N_, _
from db.errors import Refused

REFUSALS = {
    # sign-in and accounts
    "not_allowed": N_("Anh/chị không có quyền thực hiện việc này."),
    "not_found": N_(
        "Không tìm thấy hồ sơ này trong phạm vi của anh/chị. "
        "Kiểm tra lại mã, hoặc mở hồ sơ từ danh sách."
    ),
    "password_change_due": N_("Hãy đổi mật khẩu lần đầu trước khi làm việc khác."),
    "password_locked": N_(
        "Sai mật khẩu hiện tại nhiều lần. Chờ {minutes} phút rồi thử lại, hoặc nhờ quản trị "
        "đặt lại mật khẩu."
    ),
    "password_wrong": N_("Mật khẩu hiện tại không đúng. Hãy nhập lại."),
    "password_same": N_("Mật khẩu mới phải khác mật khẩu hiện tại."),
    "password_length": N_("Mật khẩu phải có từ 12 đến 72 ký tự."),
    "password_ascii": N_("Mật khẩu chỉ gồm chữ không dấu, số và ký hiệu trên bàn phím."),
    "password_obvious": N_("Mật khẩu dễ đoán. Hãy chọn cụm từ dài hơn, không chứa tên đăng nhập."),
    "password_repeat": N_("Hai lần nhập mật khẩu mới chưa giống nhau."),
    "username_form": N_("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, số, dấu chấm, gạch."),
    "username_taken": N_("Tên đăng nhập {username} đã có. Hãy chọn tên khác."),
    "name_missing": N_("Chưa nhập tên."),
    "scope_missing": N_("Vai trò này cần chọn tỉnh; cán bộ BHXH cơ sở cần chọn cả đơn vị."),
    "own_account": N_("Không thể tự khóa hoặc tự đổi vai trò của chính mình."),
    "commune_elsewhere": N_("Có xã không thuộc tỉnh này: {codes}."),
    # anything with states
    "transition_not_allowed": N_(
        "{kind} đang ở trạng thái “{current}” nên không chuyển sang “{to}” được. "
        "Tải lại để xem bản mới."
    ),
    "changed_meanwhile": N_(
        "{who} vừa sửa hồ sơ này lúc {at}; nay ở trạng thái “{state}”. "
        "Tải lại để xem bản mới; phần anh/chị nhập vẫn giữ."
    ),
    "pledge_alike": N_(
        "Đã có {code} giống hệt (cùng nhà hảo tâm, số lượng, số tháng, ngày đăng ký), "
        "{who} nhập lúc {at}. Nếu là cùng một khoản thì không cần lưu nữa."
    ),
    "office_changed": N_(
        "Các xã của {name} vừa được sửa ở một cửa sổ khác nên chưa lưu. "
        "Xem lại các xã đang phụ trách rồi lưu lại."
    ),
    "handed_over": N_(
        "Người này đã được ghi là đã nhận ở lễ trao {code} nên không hoàn được. "
        "Nếu ghi nhầm, sửa kết quả của lễ trao trước."
    ),
    "sign_in_ended": N_(
        "Phiên làm việc đã kết thúc nên thao tác này chưa được thực hiện. Vui lòng đăng nhập lại."
    ),
    "reason_missing": N_("Hãy ghi lý do."),
    "undo_of_others": N_("Chỉ người đã làm việc này mới hoàn tác được."),
    "undo_done": N_("Việc này đã được hoàn tác trước đó."),
    "undo_too_late": N_(
        "Đã quá {minutes} phút nên không hoàn tác được. Mở hồ sơ và sửa bằng một quyết định mới."
    ),
    "undo_acted_on": N_(
        "{who} đã làm tiếp trên hồ sơ này lúc {at} nên không hoàn tác được. "
        "Mở hồ sơ để xem bản mới."
    ),
    # rates and the order of people
    "rates_missing": N_(
        "Chưa có mức đóng áp dụng cho ngày {on}. Hãy nhập mức đóng kèm căn cứ trước."
    ),
    "adjustment_unclear": N_(
        "Chỉnh tay phải nêu lý do, cho người có trong danh sách, mỗi người một lần."
    ),
    "adjustment_outside_wishes": N_(
        "Người này không thuộc mong muốn của nhà hảo tâm nên không thể thêm bằng tay."
    ),
    "adjustments_exceed_pledge": N_(
        "Số người thêm bằng tay vượt quá phần còn lại của khoản hỗ trợ."
    ),
    # matching, approval, issuing
    "pledge_not_active": N_("Đăng ký {code} đang ở trạng thái “{state}” nên không ghép được."),
    "pledge_used_up": N_("Đăng ký {code} không còn phần nào để ghép. Chọn khoản hỗ trợ khác."),
    "no_candidates_posted": N_(
        "Chưa có người nào để ghép cho {code}: chưa danh sách nào niêm yết xong và chốt."
    ),
    "no_candidates_left": N_(
        "Không còn ai để ghép cho {code}: mọi người đủ điều kiện đã được hỗ trợ trong năm."
    ),
    "no_candidates_wished": N_(
        "Không ai thuộc mong muốn của nhà hảo tâm ở {code}. "
        "Hỏi lại nhà hảo tâm, hoặc chờ danh sách của xã được mong muốn."
    ),
    "people_taken": N_("Có người vừa được đợt khác ghép. Hãy ghép lại để chọn người kế tiếp."),
    "proposal_not_open": N_(
        "Đợt {code} đang ở trạng thái “{state}” nên không làm được việc này. "
        "Tải lại để xem bản mới."
    ),
    "proposal_expired": N_(
        "Đợt {code} đã hết hạn giữ chỗ ngày {on}. Lập đợt ghép mới để chọn lại."
    ),
    "nobody_chosen": N_("Chưa chọn người nào. Hãy chọn ít nhất một người."),
    "people_changed": N_(
        "{count} người không còn đủ điều kiện hoặc đã được đợt khác hỗ trợ: {names}. "
        "Bỏ những người này rồi thử lại."
    ),
    "left_out_unexplained": N_(
        "Chưa có lý do cho {count} người không được giữ: {names}. Chọn lý do của từng người."
    ),
    "invited_refused": N_(
        "{count} người đã từ chối nhận: {names}. Bỏ khỏi danh sách mời, rồi hoàn thẻ, sổ của họ ở "
        "trang Cấp thẻ, cấp sổ."
    ),
    "maker_is_checker": N_(
        "Anh/chị đã tham gia đợt {code} (người đề xuất: {maker}) nên không duyệt được. "
        "Đợt này chờ người duyệt khác."
    ),
    "already_decided": N_("Anh/chị đã duyệt đợt {code}. Đợt này chờ người duyệt thứ hai."),
    "reserve_not_approvable": N_(
        "{count} người dự bị chưa được giữ chỗ: {names}. "
        "Duyệt những người được ghép, rồi ghép người dự bị trong đợt mới."
    ),
    "approvers_disagree": N_(
        "Hai người duyệt không chọn chung người nào ở đợt {code}. Trao đổi lại, hoặc trả lại đợt."
    ),
    "issue_day": N_("Ngày cấp {on} phải từ ngày đăng ký hỗ trợ đến hôm nay."),
    "number_form": N_(
        "Số chưa đúng dạng: {numbers}. Thẻ BHYT gồm 15 ký tự (2 chữ, 13 số), 10 hoặc 12 chữ số; "
        "sổ BHXH gồm 10 chữ số."
    ),
    "number_twice": N_("Số bị nhập hai lần: {numbers}. Mỗi người một số."),
    "number_used": N_("Số đã cấp cho người khác trong năm: {numbers}. Kiểm tra lại."),
    "nobody_approved": N_("Đợt {code} chưa có người nào được duyệt nên chưa có danh sách để tải."),
    # lists of communes
    "commune_not_served": N_("{commune} không thuộc phạm vi của anh/chị. Hãy chọn xã khác."),
    "file_too_large": N_("Tệp lớn hơn {limit} MB. Chia danh sách theo thôn rồi nộp từng tệp."),
    "field_unknown": N_("Không có trường này. Tải lại trang rồi chọn lại."),
    "draft_missing": N_("Không còn tệp đang làm dở. Hãy chọn tệp lại."),
    "too_many_drafts": N_(
        "Anh/chị đang làm dở {limit} tệp. Gửi hoặc bỏ bớt tệp cũ rồi chọn tệp mới."
    ),
    "draft_changed": N_(
        "Tệp đang làm đã đổi lúc {at}, ở một cửa sổ khác. Trang này vừa hiện bản mới nhất; "
        "hãy xem lại rồi làm tiếp."
    ),
    "not_confirmed": N_("Hãy đánh dấu ô xác nhận danh sách đã được rà soát cùng xã."),
    "file_rejected": N_("{message}"),
    "questions_open": N_("Còn câu hỏi về tệp chưa trả lời ở bước Khớp cột."),
    "errors_left": N_("Còn {errors} ô phải sửa. Sửa tiếp, hoặc chọn để lại các dòng đó."),
    "nobody_to_send": N_("Không có người nào để gửi. Sửa lỗi hoặc chọn tệp khác."),
    "same_file_again": N_(
        "Tệp này đã gửi lúc {at}, mã {code}. Không có gì thay đổi; không cần gửi lại."
    ),
    "review_began": N_(
        "BHXH tỉnh đã bắt đầu rà soát lúc {at} nên không thu hồi được. "
        "Hãy đề nghị BHXH tỉnh trả lại danh sách."
    ),
    "purpose_gone": N_(
        "Danh sách trước của xã vừa đổi trạng thái nên không nộp vào đó được nữa. "
        "Xem lại mục “Tệp này là” rồi gửi."
    ),
    "announced_wrong": N_("Số người phải là số nguyên từ 1 đến 100.000. Hãy nhập dạng 137."),
    "memory_not_own": N_("Chỉ quên được cách khớp cột của chính anh/chị. Tải lại để xem."),
    "error_sheet_changed": N_(
        "Tệp lỗi đã bị đổi dòng tiêu đề hoặc thứ tự cột nên không biết sửa vào đâu. "
        "Tải lại tệp lỗi, chỉ sửa các ô đỏ rồi chọn lại."
    ),
    "upload_undone": N_("Tệp này đã được hoàn tác lúc {at}. Tải lại để xem."),
    "nothing_to_undo": N_(
        "Không còn gì để hoàn tác: mọi người trong tệp đã có người xử lý tiếp, hoặc đã được rút."
    ),
    # the ledger of a pledge
    "capacity_gone": N_(
        "Đăng ký {code} chỉ còn {left} suất, không đủ cho {wanted} suất. Bớt người rồi thử lại."
    ),
    "not_funded": N_(
        "Kinh phí đã nhận của {code} còn thiếu {missing} ₫. Ghi nhận kinh phí hoặc bớt người."
    ),
    # hand-over
    "nobody_invited": N_("Chưa chọn người nào để trao. Hãy chọn ít nhất một người."),
    "place_missing": N_("Chưa ghi địa điểm trao."),
    "form_unknown": N_("Chưa chọn hình thức trao."),
    "event_day_missing": N_("Chưa chọn ngày trao."),
    "event_in_past": N_("Ngày trao đã qua. Hãy chọn từ hôm nay trở đi."),
    "already_invited": N_(
        "{count} người trong danh sách đã được mời vào một lễ trao khác. "
        "Tải lại để xem những người còn chờ."
    ),
    "event_confirmed": N_("Lịch trao đã chốt. Hãy báo cán bộ BHXH tỉnh nếu cần hủy."),
    "event_recorded": N_("Đã ghi kết quả của lễ trao này nên không hủy được."),
    "held_in_future": N_("Ngày trao không thể sau hôm nay."),
    "held_before_proposal": N_("Ngày trao không thể trước ngày lập lịch {day}."),
    "minutes_without_page": N_(
        "Chưa có trang ký nhận. Đính kèm ảnh hoặc PDF của biên bản đã ký rồi xác nhận."
    ),
    "minutes_by_recorder": N_(
        "Anh/chị đã ghi kết quả lễ trao này nên không xác nhận biên bản được. "
        "Hãy để người khác xác nhận."
    ),
    "scan_type": N_("Tệp phải là PDF, JPG hoặc PNG. Chụp lại trang ký hoặc lưu dạng PDF."),
    "scan_empty": N_("Tệp trống. Hãy chọn lại tệp."),
    "scan_too_large": N_("Tệp lớn hơn {megabytes} MB. Giảm cỡ ảnh rồi chọn lại."),
    # donors, pledges, receipts
    "donor_name_missing": N_("Chưa nhập tên nhà hảo tâm hoặc đơn vị."),
    "donor_number_wrong": N_(
        "“{value}” không phải mã số thuế (10 số, hoặc 13 số của chi nhánh) hay số CCCD (12 số). "
        "Hãy đối chiếu với giấy tờ; nếu chưa có thì để trống."
    ),
    "donor_number_known": N_(
        "Mã số này đã có, của “{name}”. Hãy bấm “Dùng đơn vị này”, hoặc sửa mã số."
    ),
    "donor_alike": N_(
        "Có thể đã có trong hệ thống: {names}. "
        "Hãy chọn “Dùng đơn vị này” hoặc “Đơn vị khác” rồi lưu lại."
    ),
    "phone_wrong": N_("“{value}” không phải số điện thoại. Hãy nhập dạng 0912 345 678."),
    "quantity_wrong": N_("Số lượng phải là số nguyên từ 1 đến {most}."),
    "months_not_allowed": N_("Số tháng hỗ trợ là 3, 6 hoặc 12."),
    "registered_missing": N_("Chưa nhập ngày đăng ký."),
    "registered_in_future": N_("Ngày đăng ký ở tương lai. Hãy nhập ngày nhà hảo tâm đã đăng ký."),
    "year_wrong": N_(
        "Ngày đăng ký không thuộc chương trình năm {year} (chính năm đó hoặc năm liền trước)."
    ),
    "expected_too_early": N_("Ngày dự kiến chuyển tiền không thể trước ngày đăng ký."),
    "ages_wrong": N_("Tuổi phải từ 0 đến {most}, và “từ” không lớn hơn “đến”."),
    "category_unknown": N_("Có đối tượng không còn trong danh mục. Tải lại rồi chọn lại."),
    "pledge_not_open": N_("Đăng ký {code} đang ở trạng thái “{state}” nên không ghi thêm được."),
    "nothing_free": N_("Đăng ký {code} không còn suất nào chưa dùng để hủy."),
    "amount_wrong": N_("Số tiền chưa đọc được. Hãy nhập dạng 120.000.000, 120tr hoặc 1,2 tỷ."),
    "received_missing": N_("Chưa nhập ngày nhận tiền."),
    "received_in_future": N_("Ngày nhận tiền ở tương lai. Hãy nhập ngày ghi trên chứng từ."),
    "receipt_known": N_(
        "Khoản này đã ghi: cùng chứng từ {reference}, cùng số tiền, cùng ngày. "
        "Nếu là khoản khác, hãy nhập số chứng từ khác."
    ),
    "receipt_beyond": N_(
        "Đăng ký {code} chỉ còn chờ {missing} ₫. Kiểm tra số tiền; nếu nhà hảo tâm chuyển nhiều "
        "hơn thật, hãy đánh dấu “Chuyển nhiều hơn dự kiến”."
    ),
    "receipt_reversed": N_("Khoản này đã được đảo trước đó. Tải lại để xem."),
    "receipt_spent": N_(
        "Không đảo được: {code} chỉ còn {unspent} ₫ chưa dùng để cấp thẻ, cấp sổ. "
        "Hãy hoàn các suất đã cấp trước."
    ),
    # plans and goals
    "plan_period_wrong": N_(
        "Thời gian của kế hoạch phải có ngày đầu trước ngày cuối và chạm vào năm {year}."
    ),
    "plan_signed_in_future": N_("Ngày ký kế hoạch ở tương lai. Hãy nhập ngày ghi trên văn bản."),
    "goal_missing": N_("Chưa nhập mục tiêu của tỉnh: cần ít nhất một số lớn hơn 0."),
    "goal_wrong": N_("Mục tiêu phải là số nguyên từ 0 đến {most}."),
    "goal_cells_wrong": N_("Bảng mục tiêu theo xã còn {n} ô cần sửa. Sửa rồi đề xuất lại."),
    "plan_waiting": N_(
        "Đang có một bản kế hoạch của năm này chờ duyệt. Chờ lãnh đạo duyệt hoặc từ chối bản đó."
    ),
    "own_plan": N_("Anh/chị là người đề xuất nên không duyệt được kế hoạch này."),
    # review, possible duplicates, posting
    "list_not_in_review": N_("Danh sách đang ở trạng thái “{state}” nên không rà soát được."),
    "reason_too_long": N_("Lý do dài quá {most} ký tự. Hãy viết ngắn lại."),
    "rule_excludes": N_(
        "Có {count} người không đủ điều kiện theo quy định. Bỏ chọn các người này rồi thử lại."
    ),
    "pair_undecided": N_("Có {count} người đang nghi trùng. Hãy quyết định cặp nghi trùng trước."),
    "review_unfinished": N_(
        "Chưa kết thúc được: còn {listed} người chưa rà soát, {to_check} người cần xem lại, "
        "{pairs} cặp nghi trùng."
    ),
    "nobody_eligible": N_(
        "Danh sách không có người đủ điều kiện. Hãy trả lại danh sách kèm lý do."
    ),
    "person_matched": N_(
        "Người này đã được ghép hỗ trợ. Hãy rút suất hỗ trợ trước khi ghi thông tin mới."
    ),
    "source_missing": N_("Hãy ghi nguồn tra cứu, tối đa 120 ký tự."),
    "cover_date": N_("Ngày hết hạn phải từ năm 2000 đến năm 2100."),
    "merge_elsewhere": N_(
        "Một trong hai người thuộc tỉnh khác nên không gộp được. Hãy hỏi đơn vị đang giữ hồ sơ."
    ),
    "merge_has_matches": N_(
        "Bản ghi B đã được ghép hỗ trợ nên không gộp vào A được. Hãy rút suất hỗ trợ trước."
    ),
    "answer_missing": N_("Hãy ghi nội dung trả lời, tối đa 1.000 ký tự."),
    "posting_place_missing": N_("Hãy ghi nơi niêm yết, tối đa 300 ký tự."),
    "posting_to_check": N_("Còn {count} người cần xem lại. Hãy quyết định ở trang Rà soát trước."),
    "posting_over": N_("Đợt niêm yết đã chốt nên không ghi thêm ý kiến được."),
    "posting_still_hangs": N_(
        "Danh sách treo đến hết ngày {due}. Xã xác nhận được từ ngày hôm sau."
    ),
    "posting_not_due": N_("Phải niêm yết hết ngày {due}. Chốt được từ ngày hôm sau."),
    "objection_text": N_("Hãy ghi nội dung ý kiến, tối đa {most} ký tự."),
    "objections_open": N_("Còn {count} ý kiến chưa trả lời. Hãy trả lời trước khi chốt."),
    # the database itself
    "schema_old": N_("Cơ sở dữ liệu thuộc bản cũ. Quản trị hãy chạy: python -m db init."),
    "schema_new": N_("Cơ sở dữ liệu mới hơn chương trình. Quản trị hãy cập nhật chương trình."),
    "clock_not_movable": N_(
        "CHUNGTAY_TODAY chỉ dùng được với dữ liệu giả lập hoặc thử nghiệm. Hãy bỏ biến này."
    ),
}


def refusal(refused: Refused) -> str:
    details = {name: _shown(name, value, refused) for name, value in refused.details.items()}
    return _(REFUSALS[refused.code]).format(**details)


def _shown(name: str, value: Any, refused: Refused) -> str:
    kind = refused.details.get("kind", "")
    if name == "kind":
        return words.kind(str(value))
    if isinstance(value, StrEnum):
        return words.word(value)
    if name in ("current", "to") and kind:
        return words.known(str(value), kind)
    if isinstance(value, datetime):
        return formats.day_time(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int):
        return formats.number(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
