import io
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.documents.posting import PostedPerson, posting_confirmation, posting_document
from db.rules.states import Benefit
from tests.documents.samples import HI, SI, names, posting_proof, posting_sheet, rows_of, text_of

XUAN = PostedPerson("Lô Thị Xuân", "1956-11-20", "Bản Búng", frozenset({"HCN", "BHN"}), HI)


def test_a_posted_person_is_masked_and_has_a_neutral_category() -> None:
    rows = rows_of(posting_document(posting_sheet(XUAN)))

    assert rows == [
        ["TT", "Họ và tên", "Năm sinh", "Thôn, bản", "Đối tượng", "Đề nghị tặng"],
        ["1", "Lô Thị X***", "1956", "Bản Búng", "Hộ cận nghèo", "Thẻ BHYT"],
    ]


def test_nothing_else_about_a_person_shows_through() -> None:
    text = text_of(posting_document(posting_sheet(XUAN)))

    for secret in ("Xuân", "20/11", "1956-11", "hiểm nghèo", "BHN"):
        assert secret not in text


def test_people_who_look_alike_in_one_hamlet_are_numbered() -> None:
    like = replace(XUAN, full_name="Lô Thị Xinh", birth=None)

    rows = rows_of(posting_document(posting_sheet(XUAN, like)))

    assert [row[1:3] for row in rows[1:]] == [["Lô Thị X*** (1)", "1956"], ["Lô Thị X*** (2)", ""]]


def test_initials_may_be_chosen_instead() -> None:
    sheet = replace(posting_sheet(XUAN), mask="initials")

    assert rows_of(posting_document(sheet))[1][1] == "Lô T. X."


def test_the_sheet_says_when_it_hangs_and_where_to_complain() -> None:
    text = text_of(posting_document(posting_sheet(count=60)))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Môn Sơn, ngày 04 tháng 9 năm 2026" in text
    assert "Niêm yết từ ngày 07/09/2026 đến hết ngày 09/09/2026" in text
    assert "Danh sách có 60 người" in text
    assert "BHXH cơ sở Con Cuông, điện thoại 02381234567, trước 17 giờ ngày 09/09/2026" in text


@pytest.mark.parametrize(
    ("benefits", "title", "cell"),
    [
        (HI, "THẺ BHYT", "Thẻ BHYT"),
        (SI, "SỔ BHXH", "Sổ BHXH"),
        (HI | SI, "THẺ BHYT, SỔ BHXH", "Thẻ BHYT, sổ BHXH"),
    ],
)
def test_the_title_names_what_people_are_nominated_for(
    benefits: frozenset[Benefit], title: str, cell: str
) -> None:
    content = posting_document(posting_sheet(replace(XUAN, benefits=benefits)))

    assert title in text_of(content).splitlines()
    assert rows_of(content)[1][5] == cell


@pytest.mark.parametrize("hamlet", ["<b>&{{x}}", "{% for a in b %}", "]]></w:t>", "a\x0bb\nc\x00d"])
def test_text_of_users_stays_text(hamlet: str) -> None:
    content = posting_document(posting_sheet(replace(XUAN, hamlet=hamlet)))

    assert rows_of(content)[1][3] == hamlet.translate({0: " ", 10: " ", 11: " "})


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_a_file_that_opens(name: str, hamlet: str) -> None:
    person = replace(XUAN, full_name=name, hamlet=hamlet)

    assert len(rows_of(posting_document(posting_sheet(person, XUAN)))) == 3


def test_the_commune_confirms_how_many_working_days_the_list_hung() -> None:
    text = text_of(posting_confirmation(posting_proof()))

    assert (
        "từ ngày 07/09/2026 đến hết ngày 10/09/2026 (3 ngày làm việc, không kể ngày treo)" in text
    )
    assert "không nhận được ý kiến nào" in text
    assert "gồm 60 người" in text


def test_a_posting_over_a_weekend_counts_its_working_days_alone() -> None:
    proof = replace(posting_proof(), opened_on=date(2026, 9, 11), due_on=date(2026, 9, 16))

    assert "(3 ngày làm việc," in text_of(posting_confirmation(proof))


def test_the_commune_confirms_what_became_of_objections() -> None:
    text = text_of(posting_confirmation(posting_proof(upheld=1, dismissed=2, unanswered=1)))

    assert "đến ngày 10/09/2026 đã nhận 4 ý kiến" in text
    assert (
        "1 ý kiến được chấp nhận, 2 ý kiến không được chấp nhận, 1 ý kiến đang được xem xét" in text
    )


def test_long_lists_keep_their_header_on_every_page_and_one_typeface() -> None:
    content = posting_document(posting_sheet(count=200))

    with ZipFile(io.BytesIO(content)) as file:
        body, styles = (
            file.read("word/document.xml").decode(),
            file.read("word/styles.xml").decode(),
        )
    assert "<w:tblHeader/>" in body
    assert 'w:ascii="Times New Roman"' in styles
    assert len(rows_of(content)) == 201


def test_every_invented_name_loses_its_given_name() -> None:
    rows = rows_of(posting_document(posting_sheet(count=30)))[1:]

    assert all("***" in row[1] for row in rows)
    assert not {row[1] for row in rows} & set(names(30))
