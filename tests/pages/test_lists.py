"""The four steps of sending a list and the page of lists sent, on the screen."""

import pytest
from sqlmodel import select

from components import screens
from db.models import CommuneList, Nomination, UploadDraft
from db.rules.access import Role
from db.rules.states import ListState
from db.unit_of_work import reading
from tests import world
from tests.commands.lists.sending import THREE, XOAN, Line, csv_of, drawn, live, people, send
from tests.pages.opening import open_as
from tests.pages.uploading import choose_file, page_of, press, said

pytestmark = pytest.mark.usefixtures("database")

BAD = (
    XOAN,
    Line("Vi Văn Thọ", "31/02/1958", "Nam", "040058000022"),
    Line("La Thị Mận", "1962", cccd="04016200771"),
    Line("Kha Văn Pó", "1960", "Nam", category="Gia đình khổ"),
)


def test_the_walk_from_a_file_with_three_bad_cells_to_a_sent_list() -> None:
    app = choose_file(page_of(), csv_of(BAD))
    assert app.query_params["buoc"] == "2"
    assert "danh-sach.csv" in said(app)

    press(app, "upload.columns_right")
    assert "Có 3 ô phải sửa ở 3 dòng" in said(app)
    app.segmented_control(key="upload.look").set_value("cards").run()
    fields = app.text_input
    assert [field.value for field in fields][:2] == ["", ""]
    fields[0].set_value("28/02/1958").run()
    app.text_input[1].set_value("040162000033").run()
    category = next(box for box in app.selectbox if box.label == "Sửa thành")
    category.select("Hộ cận nghèo").run()
    assert "Không còn ô nào phải sửa" in said(app)

    press(app, "upload.check_again")
    assert app.query_params["buoc"] == "4"
    send_button = app.button(key="upload.send")
    assert send_button.label == "Gửi 4 người lên BHXH tỉnh"
    assert send_button.disabled
    app.checkbox(key="upload.confirmed").check().run()
    press(app, "upload.send")

    with reading() as session:
        sent = session.exec(select(CommuneList)).one()
        assert session.exec(select(UploadDraft)).first() is None
    assert app.query_params["ds"] == sent.code
    assert sent.code in said(app)
    assert len(live(sent.id)) == 4
    assert people()[1].birth_date == "1958-02-28"


def test_suggestions_stand_ready_and_count_once_the_clerk_goes_on() -> None:
    app = choose_file(
        page_of(), csv_of([XOAN, Line("Kha Văn Pó", "1960", category="Gia đình khổ")])
    )
    press(app, "upload.columns_right")

    press(app, "upload.check_again")

    assert app.query_params["buoc"] == "4"
    with reading() as session:
        assert session.exec(select(UploadDraft.corrections)).one() == {
            "3:category": "Khó khăn khác"
        }


def test_bad_rows_left_behind_do_not_stop_the_good_ones() -> None:
    app = choose_file(page_of(), csv_of(BAD))
    press(app, "upload.columns_right")
    press(app, "upload.leave_errors")
    app.checkbox(key="upload.confirmed").check().run()
    press(app, "upload.send")

    with reading() as session:
        assert len(session.exec(select(Nomination)).all()) == 1


def test_everybody_is_shown_in_a_group_before_sending() -> None:
    send(THREE)
    more = Line("Moong Thị Hoa", "09/11/1979", "Nữ", "040179000044")
    bad = Line("Kha Văn Pó", "31/02/1960", "Nam")
    app = choose_file(page_of(), csv_of([*THREE[:2], more, bad]))
    press(app, "upload.columns_right")
    press(app, "upload.leave_errors")

    groups = app.segmented_control(key="upload.group")
    assert [label.split(" (")[0] for label in groups.options] == [
        "Mới",
        "Giữ nguyên",
        "Rút ra",
        "Lỗi để lại",
    ]
    for code, name in (("new", "Moong Thị Hoa"), ("gone", "La Thị Mận"), ("wrong", "Kha Văn Pó")):
        groups = app.segmented_control(key="upload.group").set_value(code).run()
        assert list(app.dataframe[0].value["Họ và tên"]) == [name]


def test_a_second_file_can_be_added_instead_of_replacing_the_first() -> None:
    first = send(THREE)
    more = Line("Moong Thị Hoa", "09/11/1979", "Nữ", "040179000044")
    app = choose_file(page_of(), csv_of([*THREE[:2], more]))
    press(app, "upload.columns_right")
    press(app, "upload.check_again")

    app.radio(key="upload.purpose.correction").set_value("addition").run()
    app.checkbox(key="upload.confirmed").check().run()
    press(app, "upload.send")

    assert app.query_params["ds"] == first.code
    assert len(live(first.id)) == 4


def test_the_number_on_the_cover_letter_is_compared_with_the_file() -> None:
    app = choose_file(page_of(), csv_of(THREE))
    press(app, "upload.columns_right")
    press(app, "upload.check_again")

    app.text_input(key="upload.announced").set_value("5").run()
    assert "tệp thiếu 2" in said(app)
    app.text_input(key="upload.announced").set_value("ba").run()
    assert "Số người phải là số nguyên" in said(app)
    app.text_input(key="upload.announced").set_value("3").run()
    assert "Khớp: tệp có 3 người." in said(app)


def test_a_sent_file_is_undone_from_the_history_and_told_in_three_parts() -> None:
    sent = send(THREE)
    app = open_as("office", screens.LISTS, ds=sent.code)
    press(app, "lists.undo.1")
    assert "3 người đưa vào danh sách" in said(app)
    app.text_area(key="undo.reason").set_value("Nộp nhầm xã")
    press(app, "undo.now")

    assert live(sent.id) == []
    assert "Đã hoàn tác" in said(app)


def test_a_sent_file_is_opened_again_at_its_columns() -> None:
    sent = send(THREE)
    app = open_as("office", screens.LISTS, ds=sent.code)
    press(app, "lists.reopen.1")
    assert "Cột nào là cột nào?" in [head.value for head in app.subheader]


def test_a_list_that_cannot_be_sent_says_why_and_keeps_the_draft(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = choose_file(page_of(), csv_of(THREE))
    press(app, "upload.columns_right")
    press(app, "upload.check_again")
    app.checkbox(key="upload.confirmed").check().run()

    def broken(*_args: object, **_more: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("db.commands.lists.send.rows.write", broken)
    press(app, "upload.send")

    assert "Chưa lưu được" in said(app)
    with reading() as session:
        assert session.exec(select(UploadDraft)).one()
        assert session.exec(select(CommuneList)).first() is None


def test_an_unfinished_upload_is_there_again_after_a_reload() -> None:
    choose_file(page_of(), csv_of(THREE))

    app = page_of()
    assert "Đang làm dở tệp" in said(app)
    press(app, f"upload.resume.{drawn('office').id}")
    assert app.query_params["buoc"] == "2"


def test_a_file_that_is_no_table_is_refused_in_one_sentence_on_the_first_step() -> None:
    app = choose_file(page_of(), b"%PDF-1.7 not a table", "a.pdf")

    assert "Không nhận được tệp" in said(app)
    assert "không phải bảng tính" in said(app)
    press(app, f"upload.discard.{drawn('office').id}")
    assert "Không nhận được tệp" not in said(app)


def test_the_same_file_again_is_answered_with_the_code_it_has() -> None:
    sent = send(THREE)
    app = choose_file(page_of(), csv_of(THREE))
    press(app, "upload.columns_right")
    press(app, "upload.check_again")

    assert app.button(key="upload.send").disabled
    assert f"mã {sent.code}" in said(app)
    assert live(sent.id) == [line.name for line in THREE]


def test_a_question_about_the_file_is_asked_once_before_the_columns() -> None:
    dates = csv_of([Line(f"Lô Thị {c}", f"0{i}/2{i}/1956") for i, c in enumerate("ABCD", 1)])
    app = choose_file(page_of(), dates)
    assert app.button(key="upload.columns_right").disabled

    app.radio(key="upload.answer.date_order").set_value("mdy").run()

    assert not app.button(key="upload.columns_right").disabled
    press(app, "upload.columns_right")
    assert "Không còn ô nào phải sửa" in said(app)


def test_a_step_without_a_file_is_the_first_step() -> None:
    app = page_of(buoc="4")
    assert app.file_uploader
    assert "Chưa ghi gì vào hệ thống ở bước này" in said(app)


def test_nobody_may_read_the_proof_of_another_office() -> None:
    sent = send(THREE)
    app = page_of("office2", ds=sent.code)
    assert "Không tìm thấy hồ sơ này" in said(app)
    assert "Lô Thị Xoan" not in said(app)


def test_a_sent_list_is_withdrawn_from_its_proof_page() -> None:
    sent = send(THREE)
    app = page_of(ds=sent.code)
    press(app, "upload.withdraw")
    app.text_area(key="lists.reason").set_value("Nộp nhầm xã")
    press(app, "lists.withdraw_now")

    with reading() as session:
        assert session.get_one(CommuneList, sent.id).state is ListState.WITHDRAWN


def test_the_page_of_lists_tells_why_one_came_back_and_leads_to_sending_it_again() -> None:
    list_id, _nominations = world.add_list(state=ListState.RETURNED)
    with reading() as session:
        code = session.get_one(CommuneList, list_id).code
    app = open_as("office", screens.LISTS, ds=code)

    assert "BHXH tỉnh trả lại" in said(app)
    assert [link.proto.label for link in app.get("page_link")][-1] == "Nộp lại danh sách này"


def test_a_page_without_lists_says_how_to_begin() -> None:
    app = open_as("far_office", screens.LISTS)
    assert "Chưa nộp danh sách nào trong năm 2026" in said(app)


def test_screens_of_lists_open_for_the_field_and_for_nobody_else() -> None:
    for username in world.ACCOUNTS:
        for screen in (screens.UPLOAD, screens.LISTS):
            app = open_as(username, screen)
            allowed = world.ACCOUNTS[username][0] in (Role.OFFICE, Role.OFFICER)
            assert not app.exception
            assert bool(app.error) is not allowed, (username, screen.url_path)


def test_names_from_a_file_never_become_markup() -> None:
    draft_name = "<img src=x>.csv"
    app = choose_file(page_of(), csv_of([Line("Vi ![](x) Thọ", "31/02/1958")]), draft_name)
    assert "&lt;img src=x&gt;.csv" in said(app)
    assert "<img" not in said(app)
    assert not app.markdown


def test_a_link_to_a_list_shows_it_whatever_commune_was_looked_at_before() -> None:
    sent = send(THREE)
    app = open_as("office", screens.LISTS)
    app.selectbox(key="filter.xa").select(world.places().own_too).run()
    assert "Xã này chưa nộp danh sách nào" in said(app)

    app.query_params.clear()
    app.query_params["ds"] = sent.code
    app.run()

    assert app.selectbox(key="filter.xa").value == ""
    assert "danh-sach.csv" in said(app)


def test_on_a_phone_the_state_of_a_list_is_seen_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.review.list_table.on_phone", lambda: True)
    send(THREE)
    app = open_as("office", screens.LISTS)
    assert list(app.dataframe[0].proto.column_order) == [
        "Xã, phường",
        "Trạng thái",
        "Số người",
        "Gửi lúc",
        "Mã",
    ]
