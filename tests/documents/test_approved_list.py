from dataclasses import replace

from db.documents.approved_list import approved_list_document
from tests.documents.samples import approved_list, rows_of, text_of


def test_the_list_for_the_insurer_is_complete() -> None:
    person = approved_list(count=1).people[0]

    row = rows_of(approved_list_document(approved_list(person)))[1]

    assert row == [
        "1",
        person.full_name,
        "05/01/1950",
        "Nam",
        person.cccd,
        person.bhxh,
        "Bản Búng, xã Môn Sơn",
        "Hộ cận nghèo",
        "12",
        "1.366.200",
        "956.340",
        "0",
        "409.860",
    ]


def test_the_sums_are_those_of_the_rows() -> None:
    content = approved_list_document(approved_list(count=30))

    assert rows_of(content)[-1][9:] == ["40.986.000", "28.690.200", "0", "12.295.800"]
    assert "mười hai triệu hai trăm chín mươi lăm nghìn tám trăm đồng" in text_of(content)


def test_every_page_says_who_printed_it_and_when() -> None:
    text = text_of(approved_list_document(approved_list()))

    assert "Bản in nội bộ: Lê Thị Minh Hằng, 14:05 ngày 16/09/2026." in text


def test_the_maker_and_the_approver_are_named() -> None:
    text = text_of(approved_list_document(approved_list()))

    assert "GH-2026-NAN-0231, duyệt ngày 15/09/2026" in text
    assert "Nguyễn Đình Lâm" in text


def test_text_of_users_stays_text_even_in_the_footer() -> None:
    approved = replace(approved_list(), printed_by="<b>&{{x}}", donor="A & <B>")

    text = text_of(approved_list_document(approved))

    assert "Bản in nội bộ: <b>&{{x}}," in text
    assert "Nhà hảo tâm: A & <B> (" in text
