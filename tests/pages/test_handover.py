"""The hand-over screens: what each role is offered, and that the buttons do it."""

import pytest
from sqlmodel import select

from components import screens
from db.models import Outcome
from db.rules.states import EventState, MatchState, Presence
from db.unit_of_work import reading
from tests import ceremonies, world
from tests.commands.handover.test_events import states
from tests.pages.opening import open_as, texts

pytestmark = pytest.mark.usefixtures("database")


def keys(app: object) -> set[str]:
    return {button.key for button in app.button}  # type: ignore[attr-defined]


def presences(matches: list[int]) -> list[Presence]:
    with reading() as session:
        found = {one.match_id: one.presence for one in session.exec(select(Outcome)).all()}
    return [found[match_id] for match_id in matches]


def test_an_office_plans_a_hand_over_for_everybody_who_waits() -> None:
    from datetime import date

    pledge, matches = ceremonies.issued(3)
    code = "HT-2026-NAN-0001"
    app = open_as("office", screens.HANDOVER, ht=code)
    assert app.button("event.propose").label == "Lập lịch trao cho 3 người"
    app.date_input("event.day").set_value(date(2026, 9, 20))
    app.text_input("event.place").set_value("Nhà văn hóa bản Búng")
    app.button("event.propose").click().run()

    assert not app.exception
    assert "TT\\-2026" in app.success[0].value or "TT-2026" in app.success[0].value
    event = ceremonies.event_of("TT-2026-NAN-0001")
    assert (event.pledge_id, event.place) == (pledge, "Nhà văn hóa bản Búng")
    assert states(matches) == [MatchState.ISSUED] * 3


def test_what_is_missing_is_said_and_nothing_typed_is_lost() -> None:
    ceremonies.issued(2)
    app = open_as("office", screens.HANDOVER, ht="HT-2026-NAN-0001")
    app.text_input("event.place").set_value("Trụ sở UBND xã")
    app.button("event.propose").click().run()
    assert texts(app.error) == ["Chưa chọn ngày trao."]
    assert app.text_input("event.place").value == "Trụ sở UBND xã"


def test_readers_are_offered_nothing_to_change() -> None:
    pledge, matches = ceremonies.issued(2)
    event = ceremonies.confirmed(pledge, matches[:1])
    for username in ("central", "leader", "nation"):
        assert not any("plan" in key for key in keys(open_as(username, screens.HANDOVER)))
        app = open_as(username, screens.EVENT, tt=event.code)
        assert not app.exception
        assert not keys(app) & {"event.save", "event.confirm", "event.cancel", "event.minuted"}


def test_another_provinces_event_is_not_found() -> None:
    event = ceremonies.proposed(*ceremonies.issued(1))
    app = open_as("far_officer", screens.EVENT, tt=event.code)
    assert texts(app.error) == [
        "Không tìm thấy hồ sơ này trong phạm vi của anh/chị. "
        "Kiểm tra lại mã, hoặc mở hồ sơ từ danh sách."
    ]


def test_the_officer_confirms_and_the_office_does_not() -> None:
    event = ceremonies.proposed(*ceremonies.issued(1))
    assert "event.confirm" not in keys(open_as("office", screens.EVENT, tt=event.code))
    app = open_as("officer", screens.EVENT, tt=event.code)
    app.button("event.confirm").click().run()
    assert ceremonies.event_of(event.code).state is EventState.CONFIRMED
    assert not app.exception


def test_answers_are_counted_and_saved() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.confirmed(pledge, matches)
    app = open_as("office", screens.EVENT, tt=event.code)
    app.button("event.all_present").click().run()
    key = f"event.presence.{matches[1]}"
    app.segmented_control(key).set_value(Presence.ABSENT).run()
    assert app.button("event.save").label == "Lưu kết quả 3 người"
    app.button("event.save").click().run()
    assert not app.exception
    assert ceremonies.event_of(event.code).state is EventState.HELD


def test_answers_that_were_not_saved_are_there_again_after_a_lost_connection() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.confirmed(pledge, matches)
    app = open_as("office", screens.EVENT, tt=event.code)
    app.button("event.all_present").click().run()
    app.segmented_control(f"event.presence.{matches[1]}").set_value(Presence.ABSENT).run()

    again = open_as("office", screens.EVENT, tt=event.code)
    assert again.button("event.save").label == "Lưu kết quả 3 người"
    again.button("event.save").click().run()
    assert presences(matches) == [Presence.PRESENT, Presence.ABSENT, Presence.PRESENT]


def test_an_answer_given_just_before_the_press_is_saved() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.confirmed(pledge, matches)
    app = open_as("office", screens.EVENT, tt=event.code)
    app.button("event.all_present").click().run()
    app.segmented_control(f"event.presence.{matches[1]}").set_value(Presence.ABSENT)
    app.button("event.save").click().run()  # both arrive with one run: nothing was drawn between
    assert not app.exception
    assert presences(matches) == [Presence.PRESENT, Presence.ABSENT, Presence.PRESENT]


def test_the_approver_confirms_the_minutes_with_the_numbers_in_sight() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.held(pledge, matches, Presence.ABSENT)
    app = open_as("approver", screens.EVENT, tt=event.code)
    assert app.button("event.minuted").label == "Xác nhận biên bản: 2 người đã nhận"
    app.button("event.minuted").click().run()
    app.button("event.minuted_now").click().run()
    assert not app.exception
    assert ceremonies.event_of(event.code).state is EventState.MINUTED
    assert states(matches).count(MatchState.DELIVERED) == 2


def test_without_the_signed_page_the_button_is_dead_and_says_why() -> None:
    pledge, matches = ceremonies.issued(1)
    event = ceremonies.confirmed(pledge, matches)
    from db.commands.handover import events

    answers = {matches[0]: (Presence.PRESENT, "")}
    events.record(event.id or 0, answers, ceremonies.HELD_ON, event.version, "office")
    app = open_as("approver", screens.EVENT, tt=event.code)
    assert app.button("event.minuted").disabled


def test_the_minutes_hold_everybody_and_leave_a_trace() -> None:
    from components.handover import minutes_file
    from db.queries.admin import trace
    from db.queries.handover import events
    from tests.documents.samples import text_of
    from tests.queries.home.test_queue import user

    event = ceremonies.held(*ceremonies.issued(3))
    office = user("office")
    detail = events.one(office.scope, event.code)
    told = text_of(minutes_file.made(office, detail))
    assert all(person.name in told for person in detail.people)
    assert trace.latest_of("office", 1)[0].action == "export.minutes"


def test_the_list_is_empty_or_masked_by_scope() -> None:
    event = ceremonies.proposed(*ceremonies.issued(1))
    app = open_as("central", screens.EVENT, tt=event.code)
    shown = " ".join(str(block.proto.body) for block in app.get("html"))
    assert "***" in shown
    assert world.NAMES["central"] not in shown
