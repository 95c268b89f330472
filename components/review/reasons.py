"""Why somebody is eligible or not, and what their points are made of, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from components.reads import category_labels
from components.ui import formats, markup
from components.ui.i18n import N_, _
from components.ui.words import word
from db.rules.reasons import LEFT_OUT
from db.rules.states import LeftOut, NominationState

_SENTENCES = {
    "documents_missing": N_("Thiếu thông tin: {fields}."),
    "birth_not_precise": N_("Chỉ biết năm hoặc tháng sinh, chưa rõ đã đủ {limit} tuổi chưa."),
    "social_pension_age": N_(
        "Từ {age} tuổi: có thể đang hưởng trợ cấp hưu trí xã hội và đã có thẻ BHYT."
    ),
    "under_15_no_book": N_("Dưới 15 tuổi: chưa tham gia BHXH tự nguyện được."),
    "cover_end_unknown": N_("Có số thẻ BHYT nhưng chưa tra hạn dùng."),
    "still_insured": N_("Còn được bảo hiểm đến {until} ({source})."),
    "helped_this_year": N_("Đã được hỗ trợ loại này trong năm."),
    "possible_duplicate": N_("Nghi trùng với một hồ sơ khác."),
    "nothing_left_to_pay": N_("Ngân sách đã đóng đủ, không còn phần để hỗ trợ."),
    "objection_upheld": N_("Ý kiến khi niêm yết được chấp nhận, cần xét lại."),
}
_STATE_PAYS = {
    "category": N_("Ngân sách đã đóng BHYT: {value}."),
    "place": N_("Ngân sách đã đóng BHYT theo nơi ở: {value}."),
    "age": N_("Trẻ dưới 6 tuổi: ngân sách đã đóng BHYT."),
    "card": N_("Thẻ BHYT mã {value} do ngân sách đóng."),
}
_BY_HAND = {
    NominationState.ELIGIBLE.value: N_("Cán bộ xác định đủ điều kiện."),
    NominationState.TO_CHECK.value: N_("Cán bộ yêu cầu xem lại."),
    NominationState.NOT_ELIGIBLE.value: N_("Cán bộ xác định không đủ điều kiện."),
}
_FIELDS = {
    "birth": N_("ngày sinh"),
    "commune": N_("xã, phường"),
    "category": N_("đối tượng"),
}
_PLACES = {
    "hard": N_("xã khó khăn"),
    "specially_hard": N_("xã đặc biệt khó khăn"),
    "island": N_("xã đảo"),
    "ethnic_mountain": N_("vùng dân tộc thiểu số và miền núi"),
}
_SOURCES = {"match": N_("đã cấp qua chương trình"), "list": N_("theo danh sách")}
_POINTS = {
    "never_insured": N_("Chưa từng tham gia theo hồ sơ hiện có"),
    "lapsed": N_("Đã hết hạn bảo hiểm"),
    "dependants": N_("Người phụ thuộc"),
}


def sentence(reason: Mapping[str, Any]) -> str:
    """One ground of a verdict as {"code", "state", "details"} in words."""
    code, details = reason["code"], dict(reason.get("details", {}))
    if code == "set_by_hand":
        note = details.get("note", "")
        return " ".join(filter(None, (_(_BY_HAND[reason["state"]]), note)))
    if code == LEFT_OUT:
        because = _("Không giữ suất hỗ trợ: {because}.").format(
            because=word(LeftOut(details["because"]))
        )
        return " ".join(filter(None, (because, details["note"])))
    if code == "state_pays":
        return _(_STATE_PAYS[details["why"]]).format(value=_payer(details))
    shown = {name: _detail(name, value) for name, value in details.items()}
    return _(_SENTENCES[code]).format(**shown)


def short(reasons: Iterable[Mapping[str, Any]]) -> str:
    """All grounds in one line, for a table."""
    return " ".join(sentence(reason) for reason in reasons)


def points_label(what: str) -> str:
    """A part of the score: a category's label, or what was added to them."""
    if what in _POINTS:
        return _(_POINTS[what])
    known = category_labels()
    return known.get(what, what)


def labels(categories: Iterable[str]) -> str:
    """Category codes as their labels."""
    return ", ".join(points_label(code) for code in categories)


def waterfall(points: Iterable[tuple[str, int]], total: int) -> markup.Html:
    """The points one by one and their sum."""
    rows: list[tuple[object, object]] = [
        (points_label(what), f"+{formats.number(value)}") for what, value in points
    ]
    return markup.checks([*rows, (markup.bold(_("Tổng điểm")), markup.bold(total))])


def _payer(details: Mapping[str, str]) -> str:
    value = details["value"]
    if details["why"] == "category":
        return points_label(value)
    return _(_PLACES[value]) if value in _PLACES else value


def _detail(name: str, value: str) -> str:
    if name == "fields":
        return ", ".join(_(_FIELDS[field]) for field in value.split(","))
    if name == "until":
        return formats.day(date.fromisoformat(value))
    if name == "source":
        return _(_SOURCES[value]) if value in _SOURCES else value
    return str(value)
