from db.documents.minutes import minutes_document
from db.rules.states import Presence
from tests.documents.samples import minutes, rows_of, text_of

HELD = minutes(Presence.PRESENT, Presence.AT_HOME, Presence.ABSENT, Presence.REFUSED)


def test_the_minutes_count_what_happened() -> None:
    text = text_of(minutes_document(HELD))

    assert "08 giờ 30, ngày 02 tháng 10 năm 2026" in text
    assert "Được mời 4 người; nhận tại buổi trao 1; trao tại nhà 1; vắng mặt 1; từ chối 1." in text
    assert "do Công ty TNHH Sông Giăng hỗ trợ (khoản UH-2026-NAN-0012)" in text


def test_only_what_was_handed_over_counts_in_money() -> None:
    text = text_of(minutes_document(HELD))

    assert "cho 2 suất đã trao: 819.720 đồng" in text
    assert "tám trăm mười chín nghìn bảy trăm hai mươi đồng" in text


def test_everyone_has_a_line_to_sign() -> None:
    rows = rows_of(minutes_document(HELD))

    assert rows[0][-1] == "Ký nhận"
    assert [row[5] for row in rows[1:]] == ["Có mặt", "Tại nhà", "Vắng mặt", "Từ chối"]
    assert [row[3] for row in rows[1:]] == [one.bhxh for one in HELD.recipients]


def test_those_who_did_not_receive_are_listed_again() -> None:
    text = text_of(minutes_document(HELD))

    assert "Chưa nhận (2 người):" in text
    assert f"- {HELD.recipients[2].full_name}, 1952: Vắng mặt;" in text
    assert "Chưa nhận" not in text_of(minutes_document(minutes(Presence.PRESENT)))


def test_before_the_event_the_results_are_left_to_be_written() -> None:
    text = text_of(minutes_document(minutes(None, None)))

    assert "Được mời 2 người; nhận tại buổi trao ……;" in text
    assert "0 đồng" not in text


def test_names_stay_text() -> None:
    rows = rows_of(minutes_document(minutes(Presence.PRESENT, name="<b>&{{x}}")))

    assert rows[1][1] == "<b>&{{x}}"
