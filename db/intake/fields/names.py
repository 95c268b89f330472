"""The fields of a person that a list may hold."""

from collections.abc import Mapping
from types import MappingProxyType

from db.reference.catalogue import categories

IGNORED = "ignore"
TICK = "tick:"

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "full_name": "Họ và tên",
        "birth": "Ngày sinh",
        "sex": "Giới tính",
        "cccd": "Số CCCD",
        "bhxh": "Mã số BHXH",
        "hi_card": "Mã thẻ BHYT",
        "category": "Đối tượng",
        "commune_code": "Xã",
        "hamlet": "Thôn, bản",
        "address": "Địa chỉ",
        "phone": "Số điện thoại",
        "household": "Mã hộ gia đình",
        "relation": "Quan hệ với chủ hộ",
        "benefit": "Hình thức hỗ trợ",
    }
)
"""The fields of a row, in the order of the contract, with their Vietnamese names."""

HELPER_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "family_name": "Họ và tên đệm",
        "middle_name": "Tên đệm",
        "given_name": "Tên",
        "birth_day": "Ngày sinh: ngày",
        "birth_month": "Ngày sinh: tháng",
        "birth_year": "Ngày sinh: năm",
        "only_year": "Chỉ có năm sinh (Có/Không)",
        "only_year_or_month": "Chỉ có năm sinh hoặc tháng/năm",
        "male": "Nam (năm sinh hoặc dấu x)",
        "female": "Nữ (năm sinh hoặc dấu x)",
        "age": "Tuổi",
        "benefit_hi": "Tặng thẻ BHYT (đánh dấu)",
        "benefit_si": "Tặng sổ BHXH (đánh dấu)",
        "people": "Dân tộc",
        "district": "Huyện (cũ)",
        "province": "Tỉnh, thành phố",
        "head_name": "Họ tên chủ hộ",
        "head_phone": "Số điện thoại chủ hộ",
        "order": "Số thứ tự",
    }
    | {f"{TICK}{category.code}": f"{category.label} (đánh dấu)" for category in categories()}
)
"""What a column may hold besides: parts of a field, marks, and what only helps to read."""

COLUMN_CHOICES: Mapping[str, str] = MappingProxyType(
    {**FIELDS, **HELPER_FIELDS, IGNORED: "Bỏ qua cột này"}
)
"""Everything that a person may say a column is."""
