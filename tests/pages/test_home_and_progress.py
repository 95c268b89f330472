"""Home leads to the record; progress reopens from its address, for every scope."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components import screens
from db.commands.review import review
from db.models import CommuneList
from db.rules.states import Benefit, ListState, NominationState
from db.unit_of_work import reading
from tests import ceremonies, world
from tests.pages.opening import APP, open_as, texts
from tests.queries.progress.test_progress import add_goal, deliver

pytestmark = pytest.mark.usefixtures("database")


def html_of(app: object) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))  # type: ignore[attr-defined]


def test_home_tells_what_is_due_and_its_button_opens_the_record() -> None:
    world.add_list(people=2, state=ListState.SUBMITTED, commune=world.places().own_too)
    ceremonies.issued(2, registered_on=date(2026, 8, 20))
    app = open_as("officer", screens.WORK)
    shown = html_of(app)
    assert "Rà soát danh sách xã" in shown
    assert "Quá hạn 8 ngày." in shown
    app.button("work.overdue.0").click().run()
    assert not app.exception
    assert app.title[0].value == "Trao tặng"
    assert "HT-2026-NAN-0001" in app.query_params["ht"]


def test_a_verdict_and_a_return_are_undone_from_home() -> None:
    list_id, people = world.add_list(people=2)
    review.set_verdict(people, NominationState.TO_CHECK, "Hỏi lại xã", "officer")
    app = open_as("officer", screens.WORK)
    assert "đánh dấu 2 người, cần xem lại" in html_of(app)
    (button,) = [each for each in app.button if "Hoàn tác việc đánh dấu" in each.label]
    assert "10 phút" in button.label
    button.click().run()
    assert "Đã hoàn tác" in app.success[0].value
    assert "hoàn tác việc đánh dấu" in html_of(app)
    assert not [each for each in app.button if "Hoàn tác" in each.label]

    with reading() as session:
        version = session.get_one(CommuneList, list_id).version
    review.return_list(list_id, "Thiếu chữ ký", version, "officer")
    app = open_as("officer", screens.WORK)
    app.button(next(b.key for b in app.button if "việc trả lại" in b.label)).click().run()
    assert not app.exception
    with reading() as session:
        assert session.get_one(CommuneList, list_id).state is ListState.SUBMITTED


def test_an_undo_that_comes_too_late_says_who_acted_meanwhile() -> None:
    _list_id, people = world.add_list(people=2)
    review.set_verdict(people, NominationState.TO_CHECK, "Hỏi lại xã", "officer")
    app = open_as("officer", screens.WORK)
    review.set_verdict(people[:1], NominationState.ELIGIBLE, "Đã hỏi", "officer2")
    app.button(next(b.key for b in app.button if "Hoàn tác" in b.label)).click().run()
    assert "Trần Văn Hai đã làm tiếp trên hồ sơ này" in app.error[0].value


def test_home_of_each_role_is_whole_when_nothing_waits() -> None:
    for username in ("admin", "approver", "far_officer", "central"):
        app = open_as(username, screens.WORK)
        assert not app.exception
        assert texts(app.title) == ["Việc cần làm"]
    assert "Không còn việc nào." in html_of(open_as("approver", screens.WORK))


def test_a_group_stands_in_the_address() -> None:
    world.add_list(people=2)
    app = open_as("officer", screens.WORK, nhom="others")
    assert "Không có việc nào trong nhóm này." in html_of(app)


def test_a_leader_lands_on_progress_and_everybody_else_on_work() -> None:
    assert texts(open_as("leader").title) == ["Tiến độ thực hiện"]
    assert texts(open_as("officer").title) == ["Việc cần làm"]


def test_progress_counts_in_scope() -> None:
    add_goal(100)
    _pledge, matches = ceremonies.issued(3)
    deliver(matches, world.TODAY)
    for username in ("central", "leader", "officer", "office"):
        app = open_as(username, screens.PROGRESS)
        assert not app.exception, username
        assert ">3 <small>" in html_of(app), username
    assert ">3 <small>" not in html_of(open_as("far_officer", screens.PROGRESS))


def test_a_link_opens_the_province_the_benefit_and_the_year() -> None:
    add_goal(100)
    app = open_as("central", screens.PROGRESS, tinh="40", sp="bhyt")
    assert not app.exception
    shown = html_of(app)
    assert "Các xã, phường của Nghệ An" in shown
    assert len(app.dataframe[0].value) == 130
    assert open_as("central", screens.PROGRESS, tinh="99", nam="1800").dataframe[0].value.shape == (
        34,
        6,
    )


def test_another_province_in_the_address_stays_out_of_sight() -> None:
    _pledge, matches = ceremonies.issued(3)
    deliver(matches, world.TODAY)
    app = open_as("far_officer", screens.PROGRESS, tinh="40")
    assert not app.exception
    assert "Nghệ An" not in html_of(app)


def test_what_is_kept_for_one_scope_is_not_shown_to_another() -> None:
    world.add_list(people=2)
    assert "Rà soát danh sách" in html_of(open_as("officer", screens.WORK))
    assert "Rà soát danh sách" not in html_of(open_as("far_officer", screens.WORK))
    assert "112 người" not in html_of(open_as("officer", screens.WORK))


def test_language_and_text_size_stand_in_the_address_and_come_back_from_it() -> None:
    app = open_as("officer")
    app.segmented_control(key="language").set_value("en").run()
    app.toggle(key="large_text").set_value(True).run()
    assert (app.query_params["lang"], app.query_params["chu"]) == ("en", "lon")
    app.segmented_control(key="language").set_value("vi").run()
    assert "lang" not in app.query_params

    fresh = AppTest.from_file(APP, default_timeout=30)
    fresh.query_params["lang"], fresh.query_params["chu"] = "en", "lon"
    fresh.run()
    assert fresh.text_input[0].label == "Username"
    assert fresh.session_state["large_text"]


def test_a_commit_refreshes_what_was_kept() -> None:
    app = open_as("central", screens.PROGRESS, sp="bhyt")
    ceremonies.minuted(*ceremonies.issued(2, benefit=Benefit.HI))
    app.run()
    assert ">2 <small>" in html_of(app)
