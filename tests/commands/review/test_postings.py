"""The list on the board: opened, proved, objected to, answered, closed."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import col, select

from db.commands.review import postings, review
from db.errors import Refused
from db.models import Attachment, AuditEntry, CommuneList, Nomination, Objection, Person, Posting
from db.rules.access import Action, may
from db.rules.states import ListState, NominationState, ObjectionState, PostingState
from db.settings import settings
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

ELIGIBLE, TO_CHECK = NominationState.ELIGIBLE, NominationState.TO_CHECK
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture(autouse=True)
def _clock_back() -> Iterator[None]:
    yield
    settings.cache_clear()


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTAY_TODAY", day)
    settings.cache_clear()


def hanging() -> tuple[int, list[int], int]:
    return world.add_posted(closed=False, due=date(2026, 9, 18), opened=world.TODAY)


def posting(identity: int) -> Posting:
    with reading() as session:
        return session.get_one(Posting, identity)


def objection(identity: int) -> Objection:
    with reading() as session:
        return session.get_one(Objection, identity)


def state_of(nomination: int) -> NominationState:
    with reading() as session:
        return session.get_one(Nomination, nomination).state


def names_of(nominations: list[int]) -> list[str]:
    with reading() as session:
        return sorted(
            session.exec(
                select(Person.full_name)
                .join(Nomination, col(Nomination.person_id) == Person.id)
                .where(col(Nomination.id).in_(nominations))
            )
        )


def list_state(list_id: int) -> ListState:
    with reading() as session:
        return session.get_one(CommuneList, list_id).state


def reviewed() -> tuple[int, list[int]]:
    return world.add_list(state=ListState.REVIEWED, nomination_state=ELIGIBLE)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-09-15", date(2026, 9, 18)),  # Tuesday: Wednesday, Thursday, Friday
        ("2026-09-17", date(2026, 9, 22)),  # the weekend does not count
        ("2026-04-28", date(2026, 5, 5)),  # neither do 30/4 and 1/5
    ],
)
def test_a_list_hangs_for_whole_working_days(
    opened: str, due: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(opened, monkeypatch)
    list_id, _ = reviewed()
    hung = posting(postings.open_posting(list_id, " Nhà văn hóa ", 1, "office"))
    assert (hung.opened_on, hung.due_on) == (date.fromisoformat(opened), due)
    assert hung.place == "Nhà văn hóa"
    assert list_state(list_id) is ListState.POSTED


@pytest.mark.parametrize("state", ListState)
def test_only_a_reviewed_list_is_hung(state: ListState) -> None:
    list_id, _ = world.add_list(state=state, nomination_state=ELIGIBLE)
    if state is ListState.REVIEWED:
        assert postings.open_posting(list_id, "UBND xã", 1, "officer")
    else:
        with pytest.raises(Refused, match="transition_not_allowed"):
            postings.open_posting(list_id, "UBND xã", 1, "officer")


def test_a_list_is_not_hung_without_a_place_or_with_somebody_in_doubt() -> None:
    list_id, nominations = reviewed()
    with pytest.raises(Refused, match="posting_place_missing"):
        postings.open_posting(list_id, "  ", 1, "office")
    with unattended_writing("tests") as work:
        row = work.session.get_one(Nomination, nominations[0])
        row.state = TO_CHECK
        work.session.add(row)
    with pytest.raises(Refused, match="posting_to_check") as refused:
        postings.open_posting(list_id, "UBND xã", 1, "office")
    assert refused.value.details == {"count": 1}
    assert list_state(list_id) is ListState.REVIEWED


def test_it_comes_down_the_day_after_the_last_day_and_not_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    list_id, nominations, identity = hanging()
    on("2026-09-18", monkeypatch)
    with pytest.raises(Refused, match="posting_not_due") as refused:
        postings.close(identity, 1, "officer")
    assert refused.value.details == {"due": date(2026, 9, 18)}
    on("2026-09-19", monkeypatch)
    assert postings.close(identity, 1, "officer") == len(nominations)
    closed = posting(identity)
    assert (closed.state, closed.closed_on) == (PostingState.CLOSED, date(2026, 9, 19))
    assert closed.closed_by == "officer"
    assert list_state(list_id) is ListState.CLOSED
    with pytest.raises(Refused, match="transition_not_allowed"):
        postings.close(identity, closed.version, "officer")


def test_an_objection_keeps_the_list_open_until_it_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, nominations, identity = hanging()
    said = postings.object_to(identity, nominations[0], "Ông T.", "Nhà có ô tô", "office")
    assert objection(said).answer_by == date(2026, 9, 24)
    on("2026-09-21", monkeypatch)
    with pytest.raises(Refused, match="objections_open"):
        postings.close(identity, 1, "officer")
    with pytest.raises(Refused, match="answer_missing"):
        postings.answer_objection(said, False, " ", 1, "officer")
    postings.answer_objection(said, False, "Xã xác nhận xe đi thuê", 1, "officer")
    assert objection(said).state is ObjectionState.DISMISSED
    assert state_of(nominations[0]) is ELIGIBLE
    assert postings.close(identity, 1, "officer") == len(nominations)


def test_an_upheld_objection_sends_the_person_back_to_be_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, nominations, identity = hanging()
    said = postings.object_to(identity, nominations[0], "", "Đã chuyển đi", "officer")
    postings.answer_objection(said, True, "Đúng, xã đã xác minh", 1, "officer")
    assert state_of(nominations[0]) is TO_CHECK
    on("2026-09-21", monkeypatch)
    with pytest.raises(Refused, match="posting_to_check"):
        postings.close(identity, 1, "officer")
    review.set_verdict(nominations[:1], NominationState.NOT_ELIGIBLE, "đã chuyển đi", "officer")
    assert postings.close(identity, 1, "officer") == len(nominations) - 1


def test_somebody_checked_again_may_turn_out_eligible_after_all() -> None:
    _, nominations, identity = hanging()
    with unattended_writing("tests") as work:
        row = work.session.get_one(
            Person, work.session.get_one(Nomination, nominations[0]).person_id
        )
        row.birth_date = "1980-01-01"
        work.session.add(row)
    said = postings.object_to(identity, nominations[0], "", "Đã chuyển đi", "officer")
    postings.answer_objection(said, True, "Cần xác minh", 1, "officer")
    review.set_verdict(nominations[:1], ELIGIBLE, "vẫn ở thôn", "officer")
    assert state_of(nominations[0]) is ELIGIBLE
    with pytest.raises(Refused, match="list_not_in_review"):
        review.set_verdict(nominations[:1], TO_CHECK, "xem thêm", "officer")


def test_an_objection_may_be_about_the_whole_list_and_changes_nobody() -> None:
    _, nominations, identity = hanging()
    said = postings.object_to(identity, None, "", "Niêm yết chỗ khuất", "office")
    postings.answer_objection(said, True, "Đã chuyển ra cổng", 1, "officer")
    assert objection(said).state is ObjectionState.UPHELD
    assert {state_of(each) for each in nominations} == {ELIGIBLE}


def test_objections_need_words_an_open_posting_and_a_person_of_the_list() -> None:
    _, nominations, identity = hanging()
    _, others, closed = world.add_posted(commune=world.places().own_too)
    for text in ("", "x" * 1001):
        with pytest.raises(Refused, match="objection_text"):
            postings.object_to(identity, None, "", text, "office")
    with pytest.raises(Refused, match="not_found"):
        postings.object_to(identity, others[0], "", "Nhà có ô tô", "office")
    with pytest.raises(Refused, match="posting_over"):
        postings.object_to(closed, others[0], "", "Nhà có ô tô", "office")
    assert state_of(nominations[0]) is ELIGIBLE


def test_an_objection_is_answered_once() -> None:
    _, _, identity = hanging()
    said = postings.object_to(identity, None, "", "Thiếu dấu", "office")
    postings.answer_objection(said, False, "Đã có dấu", 1, "officer2")
    with pytest.raises(Refused, match="changed_meanwhile"):
        postings.answer_objection(said, True, "Đúng", 1, "officer")
    with pytest.raises(Refused, match="transition_not_allowed"):
        postings.answer_objection(said, True, "Đúng", 2, "officer")


def test_the_proof_is_a_picture_or_a_pdf_and_is_kept_once() -> None:
    _, _, identity = hanging()
    postings.prove(identity, "C:\\anh\\bang tin.png", PNG, "office")
    postings.prove(identity, "bang tin.png", PNG, "office")
    with reading() as session:
        kept = session.exec(select(Attachment)).one()
    assert (kept.record_kind, kept.record_id) == ("Posting", identity)
    assert (kept.file_name, kept.content_type) == ("bang tin.png", "image/png")
    with pytest.raises(Refused, match="scan_type"):
        postings.prove(identity, "bang.png", b"MZ not a picture", "office")
    with pytest.raises(Refused, match="scan_too_large"):
        postings.prove(identity, "bang.png", PNG + b"0" * 10 * 1024 * 1024, "office")


def test_the_papers_name_who_hung_as_they_hung_and_the_export_is_traced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    list_id, nominations = reviewed()
    people_before = names_of(nominations)
    identity = postings.open_posting(list_id, "UBND xã", 1, "office")
    said = postings.object_to(identity, nominations[0], "", "Đã chuyển đi", "office")
    postings.answer_objection(said, True, "Đúng", 1, "officer")
    review.set_verdict(nominations[:1], NominationState.NOT_ELIGIBLE, "đã chuyển đi", "officer")
    with unattended_writing("tests") as work:
        row = work.session.get_one(Nomination, nominations[1])
        work.session.get_one(Person, row.person_id).full_name = "Vi Thị Đổi"
    on("2026-09-21", monkeypatch)
    postings.close(identity, 1, "officer")
    papers = postings.export(identity, "office")
    assert sorted(one.full_name for one in papers.people) == people_before
    assert papers.office == "BHXH cơ sở Con Cuông"
    assert papers.answer_days == 7
    with reading() as session:
        line = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert line is not None
    assert (line.action, line.details) == ("export.posting", {"people": 3})


def test_nothing_is_confirmed_before_the_list_has_hung_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, _, identity = hanging()
    for day in ("2026-09-15", "2026-09-18"):
        on(day, monkeypatch)
        with pytest.raises(Refused, match="posting_still_hangs"):
            postings.export_confirmation(identity, "office")
    postings.object_to(identity, None, "", "Niêm yết chỗ khuất", "office")
    on("2026-09-19", monkeypatch)
    papers = postings.export_confirmation(identity, "office")
    assert (papers.unanswered, papers.upheld, papers.dismissed) == (1, 0, 0)


def test_every_role_does_its_part_in_its_own_communes_only() -> None:
    list_id, _ = reviewed()
    _, nominations, identity = world.add_posted(
        closed=False, commune=world.places().own_too, due=date(2026, 9, 10)
    )
    said = postings.object_to(identity, None, "", "Thiếu dấu", "office")
    attempts = {
        Action.OPEN_POSTING: [
            lambda who: postings.open_posting(list_id, "UBND xã", 1, who),
            lambda who: postings.prove(identity, "a.png", PNG, who),
            lambda who: postings.export(identity, who),
            lambda who: postings.export_confirmation(identity, who),
        ],
        Action.RECORD_OBJECTION: [
            lambda who: postings.object_to(identity, nominations[0], "", "Đã chuyển đi", who)
        ],
        Action.ANSWER_OBJECTION: [
            lambda who: postings.answer_objection(said, False, "Đã xem", 1, who)
        ],
        Action.CLOSE_POSTING: [lambda who: postings.close(identity, 1, who)],
    }
    insiders = ("officer", "officer2", "office")
    for username, (role, _province) in world.ACCOUNTS.items():
        for action, calls in attempts.items():
            if username in insiders and may(role, action):
                continue
            expected = "not_found" if may(role, action) else "not_allowed"
            for call in calls:
                with pytest.raises(Refused, match=expected):
                    call(username)
    assert posting(identity).state is PostingState.OPEN
    assert list_state(list_id) is ListState.REVIEWED
