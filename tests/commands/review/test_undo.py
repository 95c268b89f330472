"""Taking back one's own last step: what it restores, and when it is refused."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from db import clock
from db.commands.lists import send
from db.commands.review import review, undo
from db.errors import Refused
from db.models import Account, AuditEntry, CommuneList, Nomination, Person, UploadDraft
from db.queries.admin import trace
from db.rules.states import Benefit, ListState, MatchState, NominationState, undoable
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

ELIGIBLE, NOT_ELIGIBLE = NominationState.ELIGIBLE, NominationState.NOT_ELIGIBLE
TO_CHECK, LISTED = NominationState.TO_CHECK, NominationState.LISTED


@pytest.fixture
def in_review() -> tuple[int, list[int]]:
    list_id, nominations = world.add_list(people=3)
    with unattended_writing("tests") as work:
        for each in nominations:
            person_id = work.session.get_one(Nomination, each).person_id
            work.session.get_one(Person, person_id).birth_date = "1980-06-01"
    return list_id, nominations


def nomination(identity: int) -> Nomination:
    with reading() as session:
        return session.get_one(Nomination, identity)


def commune_list(identity: int) -> CommuneList:
    with reading() as session:
        return session.get_one(CommuneList, identity)


def last_step(action: str) -> int:
    with reading() as session:
        return session.exec(
            select(AuditEntry.id)
            .where(AuditEntry.action == action)
            .order_by(col(AuditEntry.id).desc())
        ).first() or pytest.fail(f"no step {action}")


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    now = clock.now()
    monkeypatch.setattr("db.clock.now", lambda: now + timedelta(minutes=minutes))


def test_a_verdict_on_several_people_is_taken_back_for_all_of_them(
    in_review: tuple[int, list[int]],
) -> None:
    list_id, people = in_review
    review.judge_list(list_id, "officer")
    review.set_verdict(people[:1], TO_CHECK, "Hỏi lại xã", "officer")
    before = [nomination(each) for each in people]
    review.set_verdict(people[1:], TO_CHECK, "Hỏi lại thôn", "officer")
    assert undo.undo_verdict(last_step("nomination.set_by_hand"), "officer") == 2

    after = [nomination(each) for each in people]
    assert [one.model_dump() for one in after] == [one.model_dump() for one in before]
    told = trace.latest_of("officer", 1)[0]
    assert told.action == "nomination.undone"
    assert told.details["nominations"] == people[1:]
    assert told.details["counts"] == {"eligible": 2}
    assert trace.verify().whole


def test_a_person_never_judged_is_listed_again_and_an_earlier_word_comes_back(
    in_review: tuple[int, list[int]],
) -> None:
    _list_id, (first, *_rest) = in_review
    untouched = nomination(first)
    review.set_verdict([first], TO_CHECK, "Thiếu giấy xác nhận", "officer")
    asked = nomination(first)
    asked_step = last_step("nomination.set_by_hand")
    review.set_verdict([first], NOT_ELIGIBLE, "Đã chuyển đi", "officer")
    undo.undo_verdict(last_step("nomination.set_by_hand"), "officer")
    restored = nomination(first)
    assert (restored.state, restored.reasons[0]["details"]["note"]) == (
        TO_CHECK,
        "Thiếu giấy xác nhận",
    )
    assert restored.model_dump() == asked.model_dump()
    undo.undo_verdict(asked_step, "officer")
    assert nomination(first).model_dump() == untouched.model_dump()


def test_a_verdict_stays_after_ten_minutes_after_another_word_and_for_other_people(
    in_review: tuple[int, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _list_id, (first, second, third) = in_review
    review.set_verdict([first, second], TO_CHECK, "Hỏi lại", "officer")
    step = last_step("nomination.set_by_hand")
    with pytest.raises(Refused, match="undo_of_others"):
        undo.undo_verdict(step, "officer2")
    with pytest.raises(Refused, match="not_allowed"):
        undo.undo_verdict(step, "approver")
    review.set_verdict([second], ELIGIBLE, "Đã hỏi", "officer2")
    with pytest.raises(Refused, match="undo_acted_on") as refused:
        undo.undo_verdict(step, "officer")
    assert refused.value.details["who"]
    assert nomination(first).state is TO_CHECK

    review.set_verdict([third], TO_CHECK, "Hỏi lại", "officer")
    later(monkeypatch, 11)
    with pytest.raises(Refused, match="undo_too_late"):
        undo.undo_verdict(last_step("nomination.set_by_hand"), "officer")


def test_a_verdict_stays_once_the_review_is_finished(in_review: tuple[int, list[int]]) -> None:
    list_id, people = in_review
    review.judge_list(list_id, "officer")
    review.set_verdict(people[:1], TO_CHECK, "Hỏi lại", "officer")
    review.set_verdict(people[:1], NOT_ELIGIBLE, "Đã chuyển đi", "officer")
    step = last_step("nomination.set_by_hand")
    review.finish(list_id, commune_list(list_id).version, "officer")
    with pytest.raises(Refused, match="undo_acted_on"):
        undo.undo_verdict(step, "officer")
    assert nomination(people[0]).state is NOT_ELIGIBLE


def test_a_verdict_stays_once_the_person_is_matched() -> None:
    list_id, people, _posting = world.add_posted(people=2)
    with unattended_writing("tests") as work:
        work.session.get_one(Nomination, people[0]).state = TO_CHECK
    review.set_verdict(people[:1], ELIGIBLE, "Ý kiến không đúng", "officer")
    world.add_proposal(
        pledge_id=world.add_pledge(),
        nomination_ids=people[:1],
        match_state=MatchState.PROPOSED,
    )
    with pytest.raises(Refused, match="person_matched"):
        undo.undo_verdict(last_step("nomination.set_by_hand"), "officer")
    assert commune_list(list_id).state is ListState.CLOSED


def test_a_list_given_back_by_mistake_is_in_review_again(
    in_review: tuple[int, list[int]],
) -> None:
    list_id, people = in_review
    review.judge_list(list_id, "officer")
    before = commune_list(list_id)
    review.return_list(list_id, "Nhầm danh sách", before.version, "officer")
    step = last_step("commune_list.returned")
    assert undo.undo_return(step, "officer") == before.code

    after = commune_list(list_id)
    assert (after.state, after.reason) == (ListState.SUBMITTED, "")
    assert after.review_began_at == before.review_began_at
    assert nomination(people[0]).state is ELIGIBLE
    with pytest.raises(Refused, match="undo_done"):
        undo.undo_return(step, "officer")
    assert trace.latest_of("officer", 1)[0].action == "commune_list.undone"


def test_a_list_stays_returned_once_the_office_works_on_it(
    in_review: tuple[int, list[int]],
) -> None:
    list_id, _people = in_review
    owner = commune_list(list_id)
    review.return_list(list_id, "Thiếu chữ ký", owner.version, "officer")
    step = last_step("commune_list.returned")
    with unattended_writing("tests") as work:
        office = work.session.exec(select(Account.id).where(Account.username == "office")).one()
        work.session.add(
            UploadDraft(
                account_id=office,
                commune_code=owner.commune_code,
                benefit=Benefit.HI,
                file_name="lai.csv",
                file_sha256="0" * 64,
                content=b"x",
                updated_at=work.now + timedelta(seconds=1),
            )
        )
    with pytest.raises(Refused, match="undo_acted_on"):
        undo.undo_return(step, "officer")
    send.withdraw(list_id, "Nộp nhầm xã", commune_list(list_id).version, "office")
    with pytest.raises(Refused, match="undo_acted_on"):
        undo.undo_return(step, "officer")


def test_only_an_undo_may_go_back() -> None:
    assert undoable("Nomination", ELIGIBLE, LISTED)
    assert not undoable("Nomination", LISTED, ELIGIBLE)
    assert not undoable("CommuneList", ListState.REVIEWED, ListState.SUBMITTED)
