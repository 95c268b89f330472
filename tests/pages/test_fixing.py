"""Steps 2 and 3 as a person reads them: text stays text, and every cell names its place."""

import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from components import screens
from db.commands.lists import drafts
from db.commands.lists import send as lists
from db.rules.states import Benefit
from tests import world
from tests.commands.lists.sending import HEADER, MAN, THO, THREE, XOAN, Line, csv_of, drawn, send
from tests.pages.opening import open_as, texts
from tests.pages.uploading import choose_file, page_of, press, said

pytestmark = pytest.mark.usefixtures("database")

GOOD = ("1", "Lô Thị Xoan", "05/03/1956", "Nữ", "040156000011", "Bản Búng", "Hộ cận nghèo", "")
BAD = ("1", "Vi Văn Thọ", "31/02/1958", "Nam", "040058000022", "Bản Búng", "Hộ cận nghèo", "")


def book_of(**sheets: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in [HEADER.split(","), *rows]:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_phone(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    for module in modules:
        monkeypatch.setattr(f"components.{module}.on_phone", lambda: True)


def at_fixes(content: bytes) -> AppTest:
    return press(choose_file(page_of(), content), "upload.columns_right")


def as_cards(app: AppTest) -> AppTest:
    return app.segmented_control(key="upload.look").set_value("cards").run()


def widths(app: AppTest) -> dict[str, Any]:
    columns = json.loads(app.dataframe[0].proto.columns)
    return {name: config.get("width") for name, config in columns.items()}


def test_the_name_of_a_sheet_is_no_markup() -> None:
    app = choose_file(page_of(), book_of(DS=[GOOD], _phụ_=[BAD]), "hai-trang.xlsx")

    assert app.radio(key="upload.answer.sheets").options == [
        "Tất cả các trang",
        "DS",
        r"\_phụ\_",
    ]


def test_a_row_of_a_second_sheet_has_the_number_that_excel_shows() -> None:
    app = choose_file(page_of(), book_of(DS=[GOOD], Phụ=[BAD]), "hai-trang.xlsx")
    app.radio(key="upload.answer.sheets").set_value("all").run()
    press(app, "upload.columns_right")

    assert list(app.dataframe[0].value["Dòng"]) == ["2 (trang 2)"]
    assert list(app.dataframe[1].value["Dòng"]) == ["2 (trang 2)"]
    as_cards(app)
    assert "Dòng 2 (trang 2): Vi Văn Thọ. Ngày sinh: 31/02/1958" in texts(app.text)


def test_kinds_of_errors_are_words_of_one_sentence() -> None:
    app = at_fixes(csv_of([XOAN, XOAN, Line("La Thị Mận", "1962", cccd="04016200771")]))
    assert "số CCCD 1." in said(app)


def test_the_reason_has_the_room_that_a_sentence_needs() -> None:
    shown = widths(at_fixes(csv_of([XOAN, Line("Vi Văn Thọ", "31/02/1958", "Nam")])))
    assert shown["Vì sao"] >= 600
    assert max(shown, key=lambda name: shown[name] or 0) == "Vì sao"


def test_a_category_that_is_missing_is_asked_for_in_our_words() -> None:
    app = at_fixes(csv_of([XOAN, XOAN, Line("Kha Văn Pó", "1960", category="Neo đơn bệnh tật")]))
    app.segmented_control(key="upload.kind").set_value("category").run()

    assert app.dataframe[0].proto.placeholder == "Chọn…"
    assert "để chọn đối tượng" in said(app)


def test_a_correction_that_is_wrong_too_does_not_hide_what_the_file_says() -> None:
    content = csv_of([XOAN, XOAN, Line("Vi Văn Thọ", "31/02/1958", "Nam")])
    app = as_cards(at_fixes(content))
    app.text_input[0].set_value("rác 99").run()

    again = page_of(buoc="3")
    assert list(again.dataframe[0].value["Giá trị trong tệp"]) == ["31/02/1958"]
    assert list(again.dataframe[0].value["Sửa thành"]) == ["rác 99"]
    [why] = again.dataframe[0].value["Vì sao"]
    assert "rác 99" in why


def test_a_card_is_short_whatever_the_file_says() -> None:
    endless = Line("A" * 3_000, "31/02/1958", "Nam")
    app = as_cards(at_fixes(csv_of([XOAN, XOAN, XOAN, endless])))
    assert max(len(text) for text in texts(app.text)) < 200


def test_a_card_without_a_name_is_told_by_its_row() -> None:
    app = as_cards(at_fixes(csv_of([XOAN, XOAN, XOAN, Line("", "31/02/1958", "Nam")])))
    assert "Dòng 5. Họ và tên: (trống)" in texts(app.text)
    assert "Dòng 5. Ngày sinh: 31/02/1958" in texts(app.text)


def test_a_phone_says_which_columns_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    with_phone(monkeypatch, "lists.columns")
    rows = [[*GOOD[:7], "x"]]
    header = HEADER.replace("Hình thức hỗ trợ", "Nguyện vọng riêng")
    content = "\n".join([header, *(",".join(row) for row in rows)]).encode()
    app = choose_file(page_of(), content)

    labels = [box.label for box in app.selectbox]
    assert "Nguyện vọng riêng – x (Chưa nhận ra)" in labels
    assert "Họ và tên – Lô Thị Xoan" in labels
    assert "Xem lại 1 cột đứng đầu." in said(app)


def test_what_differs_from_the_list_sent_before_is_named() -> None:
    send(THREE)
    moved = replace(XOAN, hamlet="Bản Xiềng", category="Người khuyết tật")
    app = at_fixes(csv_of([moved, THO, MAN]))
    press(app, "upload.check_again")

    assert list(app.dataframe[0].value["Họ và tên"]) == ["Lô Thị Xoan"]
    assert list(app.dataframe[0].value["Khác ở"]) == ["Thôn, bản; Đối tượng"]


def test_an_answer_that_stopped_the_file_can_be_given_again() -> None:
    wrong = [Line("Vi Văn Thọ", "31/02/1958", "Nam", f"0400580000{n}") for n in range(10, 18)]
    app = choose_file(page_of(), csv_of(wrong))
    app.radio(key="upload.answer.mostly_wrong").set_value("stop").run()
    assert "Không nhận được tệp danh-sach.csv" in said(app)

    again = page_of()
    press(again, "upload.ask_again")
    assert again.query_params["buoc"] == "2"
    assert again.radio(key="upload.answer.mostly_wrong").value is None


def test_the_province_too_reads_the_number_that_excel_shows() -> None:
    other = ("1", "Moong Thị Hoa", "09/11/1979", "Nữ", "040179000044", "Bản Búng", "Hộ cận nghèo")
    content = book_of(DS=[GOOD], Phụ=[other])
    seen = drafts.start(
        world.places().own, Benefit.HI, "hai-trang.xlsx", content=content, actor="office"
    )
    drafts.answer("sheets", "all", seen=seen, actor="office")
    code = lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)

    app = open_as("officer", screens.REVIEW, ds=code)
    assert list(app.dataframe[0].value["Dòng"]) == ["2", "2 (trang 2)"]


def test_on_a_phone_what_differs_stands_beside_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with_phone(monkeypatch, "lists.plan")
    send(THREE)
    app = at_fixes(csv_of([replace(XOAN, hamlet="Bản Xiềng"), THO, MAN]))
    press(app, "upload.check_again")
    assert list(app.dataframe[0].proto.column_order)[1:3] == ["Họ và tên", "Khác ở"]
