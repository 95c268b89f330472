"""The screens of review, possible duplicates and posting, as each role meets them."""

from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from components import screens
from components.screens import Screen
from db.commands.review import duplicates
from db.models import AuditEntry, CommuneList, DuplicatePair, Nomination, Objection, Person, Posting
from db.rules.states import ListState, NominationState, PairState, PostingState
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.pages.opening import open_as

pytestmark = pytest.mark.usefixtures("database")

CODE = "DS-2026-NAN-0001"
ELIGIBLE = NominationState.ELIGIBLE


def review_of(people: int = 3, **given: Any) -> tuple[int, list[int]]:
    list_id, nominations = world.add_list(people=people, **given)
    with unattended_writing("tests") as work:
        for each in nominations:
            row = work.session.get_one(Nomination, each)
            work.session.get_one(Person, row.person_id).birth_date = "1980-01-05"
    return list_id, nominations


def a_pair() -> int:
    list_id, nominations = review_of(people=2)
    with unattended_writing("office") as work:
        for each in nominations:
            row = work.session.get_one(Nomination, each)
            work.session.get_one(Person, row.person_id).cccd = "040180001234"
        duplicates.find_for_list(work, list_id)
    with reading() as session:
        return session.exec(select(DuplicatePair.id)).one() or 0


def open_list(username: str, screen: Screen, code: str = CODE) -> AppTest:
    """A screen opened from a link that names a list."""
    app = open_as(username, screen)
    app.query_params["ds"] = code
    return app.run()


def button(app: AppTest, key: str) -> Any:
    return app.button(key=key)


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def shown(app: AppTest) -> str:
    return " ".join(str(each.value) for each in [*app.title, *app.success, *app.error]) + " ".join(
        str(each.body) for each in app.get("html")
    )


def last_action() -> str | None:
    with reading() as session:
        return session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id).desc())).first()


def state_of_list(list_id: int) -> ListState:
    with reading() as session:
        return session.get_one(CommuneList, list_id).state


def test_without_a_code_the_screen_offers_the_waiting_lists() -> None:
    review_of()
    app = open_as("officer", screens.REVIEW)
    assert "Rà soát 3 người" in labels(app)
    button(app, f"lists.open.{CODE}").click().run()
    assert app.query_params["ds"] == CODE
    assert "đợt 1/2026" in shown(app)


def test_a_list_is_judged_and_finished_from_its_screen() -> None:
    list_id, _ = review_of()
    app = open_list("officer", screens.REVIEW, CODE)
    assert "Xét 3 người theo quy tắc" in labels(app)
    button(app, "review.judge").click().run()
    assert "đủ điều kiện 3" in shown(app)
    assert "Kết thúc rà soát: 3 người đủ điều kiện" in labels(app)
    button(app, "review.finish").click().run()
    assert state_of_list(list_id) is ListState.REVIEWED
    assert not app.exception


def test_an_unfinished_review_says_what_is_missing() -> None:
    list_id, _ = review_of()
    app = open_list("officer", screens.REVIEW, CODE)
    button(app, "review.finish").click().run()
    assert "còn 3 người chưa rà soát" in shown(app)
    assert state_of_list(list_id) is ListState.SUBMITTED


def test_a_list_is_returned_with_its_reason_which_the_office_reads() -> None:
    list_id, _ = review_of()
    app = open_list("officer", screens.REVIEW, CODE)
    app.text_area(key="review.return_reason").input("Thiếu <b>dấu</b> của xã")
    button(app, "review.return").click().run()
    assert state_of_list(list_id) is ListState.RETURNED
    theirs = open_list("office", screens.REVIEW, CODE)
    assert "Thiếu &lt;b&gt;dấu&lt;/b&gt; của xã" in shown(theirs)


def test_who_may_only_read_finds_no_verb() -> None:
    review_of()
    for username in ("approver", "office"):
        app = open_list(username, screens.REVIEW, CODE)
        assert "đợt 1/2026" in shown(app)
        assert not {"review.judge", "review.finish", "review.return"} & {
            each.key for each in app.button
        }


def test_a_code_of_somebody_elses_list_is_not_found() -> None:
    review_of()
    for screen in (screens.REVIEW, screens.PAIRS, screens.POSTING):
        for username, code in (
            ("far_officer", CODE),
            ("office2", CODE),
            ("officer", "DS-2026-NAN-9999"),
        ):
            app = open_list(username, screen, code)
            assert "Không tìm thấy hồ sơ này" in shown(app)


def test_pairs_follow_each_other_until_none_is_left() -> None:
    a_pair()
    app = open_list("officer", screens.PAIRS, CODE)
    assert "Cặp 1/1" in shown(app)
    assert "Cùng số CCCD" in shown(app).replace("cùng số CCCD", "Cùng số CCCD")
    button(app, "pairs.different").click().run()
    assert "Không còn cặp nghi trùng nào trong danh sách này" in shown(app)
    with reading() as session:
        assert session.exec(select(DuplicatePair.state)).one() is PairState.DIFFERENT


def test_a_pair_put_off_stays_open() -> None:
    a_pair()
    app = open_list("officer", screens.PAIRS, CODE)
    button(app, "pairs.later").click().run()
    assert not app.exception
    with reading() as session:
        assert session.exec(select(DuplicatePair.state)).one() is PairState.OPEN


def test_the_office_answers_what_it_is_asked() -> None:
    pair = a_pair()
    before = open_list("office", screens.PAIRS, CODE)
    assert "pairs.answer" not in {each.key for each in before.button}
    duplicates.decide(pair, "ask", 1, "Có phải một người?", "officer")
    app = open_as("office", screens.PAIRS)
    button(app, f"pairs.open.{CODE}").click().run()
    assert "Có phải một người?" in shown(app)
    app.text_area(key="pairs.comment").input("Hai chị em sinh đôi")
    button(app, "pairs.answer").click().run()
    assert "Đã trả lời BHXH tỉnh" in shown(app)
    again = open_list("officer", screens.PAIRS, CODE)
    assert "Hai chị em sinh đôi" in shown(again)


def test_a_reviewed_list_is_hung_from_its_screen() -> None:
    list_id, _ = review_of(state=ListState.REVIEWED, nomination_state=ELIGIBLE)
    app = open_list("office", screens.POSTING, CODE)
    assert "Niêm yết 3 người từ hôm nay" in labels(app)
    button(app, "posting.open").click().run()
    assert "Hãy ghi nơi niêm yết" in shown(app)
    app.text_input(key="posting.place").input("Trụ sở UBND xã")
    button(app, "posting.open").click().run()
    assert state_of_list(list_id) is ListState.POSTED
    assert "18/09/2026" in shown(app)


def test_the_screen_of_a_posting_masks_names_and_offers_its_end_when_due() -> None:
    list_id, _, posting = world.add_posted(closed=False)
    with unattended_writing("tests") as work:
        row = work.session.get_one(Posting, posting)
        row.people = [one | {"full_name": "Lô Thị Xuân"} for one in row.people]
    app = open_list("officer", screens.POSTING, CODE)
    assert "Lô Thị X***" in shown(app)
    assert "Lô Thị Xuân" not in shown(app)
    button(app, "posting.close").click().run()
    assert state_of_list(list_id) is ListState.CLOSED
    with reading() as session:
        assert session.exec(select(Posting.state)).one() is PostingState.CLOSED


def test_a_posting_not_yet_due_cannot_be_ended() -> None:
    world.add_posted(closed=False, opened=world.TODAY, due=world.TODAY)
    app = open_list("officer", screens.POSTING, CODE)
    assert button(app, "posting.close").disabled
    assert "phải treo hết ngày 15/09/2026" in shown(app)
    office = open_list("office", screens.POSTING, CODE)
    assert "giấy xác nhận lập được từ hôm sau" in shown(office)


def test_the_screen_of_a_posting_counts_its_days_and_people_as_the_papers_do() -> None:
    _, nominations, _ = world.add_posted()
    with unattended_writing("tests") as work:
        work.session.get_one(Nomination, nominations[0]).state = NominationState.NOT_ELIGIBLE
    app = open_list("office", screens.POSTING, CODE)
    assert "10/09/2026, 2 ngày làm việc không kể ngày treo" in shown(app)
    assert "Tải danh sách niêm yết: 3 người (.docx)" in [
        one.proto.label for one in app.get("download_button")
    ]


def test_an_objection_is_recorded_and_answered_on_the_screen() -> None:
    _, nominations, _ = world.add_posted(closed=False)
    app = open_list("office", screens.POSTING, CODE)
    app.selectbox(key="objections.about").select(nominations[0])
    app.text_area(key="objections.text").input("Nhà có ô tô")
    button(app, "objections.record").click().run()
    assert "Đã ghi ý kiến" in shown(app)

    with reading() as session:
        said = session.exec(select(Objection.id)).one()
    answering = open_list("officer", screens.POSTING, CODE)
    answering.text_area(key=f"objections.answer.{said}").input("Đúng, xã đã xác minh")
    button(answering, f"objections.uphold.{said}").click().run()
    assert "cần được xét lại" in shown(answering)
    with reading() as session:
        assert session.get_one(Nomination, nominations[0]).state is NominationState.TO_CHECK


def test_every_screen_opens_in_every_state_of_a_list() -> None:
    for number, state in enumerate(ListState):
        world.add_list(state=state, nomination_state=ELIGIBLE, round_=number + 1)
    for screen in (screens.REVIEW, screens.PAIRS, screens.POSTING):
        app = open_as("officer", screen)
        for number in range(len(ListState)):
            app.query_params["ds"] = f"DS-2026-NAN-{number + 1:04d}"
            app.run()
            assert not app.exception
            assert not app.error
