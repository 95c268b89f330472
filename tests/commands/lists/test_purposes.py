"""What a second file of a commune is to the first: a correction, an addition, a new round."""

from dataclasses import replace

import pytest
from sqlmodel import select

from db.commands.lists import drafts, plan
from db.commands.lists import send as lists
from db.commands.lists.draft_check import check_draft
from db.errors import Refused
from db.models import Account, AuditEntry, CommuneList, Upload
from db.queries.lists import lists as sent_lists
from db.rules.states import ListState, UploadPurpose
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.lists.sending import HOA, MAN, THO, XOAN, Line, draft, drawn, live, people, send

pytestmark = pytest.mark.usefixtures("any_database")

NEW, CORRECTION, ADDITION = UploadPurpose


def begin_review(list_id: int | None) -> None:
    with unattended_writing("tests") as work:
        owner = work.session.get_one(CommuneList, list_id)
        owner.review_began_at = world.NOW
        work.session.add(owner)


def rehearsal() -> plan.Rehearsal:
    return plan.rehearse(drawn("office").id, "office", check_draft(drawn("office").id, "office"))


def send_as(purpose: UploadPurpose | None, *rows: Line) -> CommuneList:
    draft(rows)
    code = lists.submit(
        drawn("office"), "office", confirmed=True, leave_errors=False, purpose=purpose
    )
    with reading() as session:
        return session.exec(select(CommuneList).where(CommuneList.code == code)).one()


def test_the_first_file_of_a_commune_is_a_new_round_and_nothing_else() -> None:
    draft([XOAN])
    assert rehearsal().purposes == (NEW,)
    with pytest.raises(Refused, match="purpose_gone"):
        lists.submit(
            drawn("office"), "office", confirmed=True, leave_errors=False, purpose=CORRECTION
        )


def test_a_file_with_mostly_the_same_people_is_proposed_as_a_correction() -> None:
    send([XOAN, THO, MAN])
    draft([XOAN, THO, HOA])
    told = rehearsal()
    assert told.purposes == (CORRECTION, ADDITION, NEW)
    assert [row.full_name for row in told.gone] == ["La Thị Mận"]


def test_a_file_with_other_people_is_proposed_as_a_new_round() -> None:
    send([XOAN, THO])
    draft([MAN, HOA])
    told = rehearsal()
    assert told.purposes == (NEW, CORRECTION, ADDITION)
    assert (told.round, told.gone) == (2, ())


def test_what_the_clerk_chose_stays_chosen() -> None:
    send([XOAN, THO])
    draft([MAN, HOA])
    found = next(iter(sent_lists.drafts(_id_of("office"))), None)
    assert found is not None
    drafts.choose_purpose(ADDITION, seen=found.seen, actor="office")
    assert rehearsal().purpose is ADDITION


def test_an_addition_adds_and_corrects_and_takes_nobody_away() -> None:
    first = send([XOAN, THO])
    again = send_as(ADDITION, replace(THO, hamlet="Bản Xiềng"), HOA)

    assert (again.id, again.state) == (first.id, ListState.SUBMITTED)
    assert live(first.id) == ["Lô Thị Xoan", "Vi Văn Thọ", "Moong Thị Hoa"]
    assert {person.hamlet for person in people() if person.full_name == "Vi Văn Thọ"} == {
        "Bản Xiềng"
    }


def test_a_correction_before_the_review_replaces_the_list_and_is_told() -> None:
    first = send([XOAN, THO, MAN])
    again = send_as(CORRECTION, XOAN, HOA)

    assert again.id == first.id
    assert again.version > first.version
    assert live(first.id) == ["Lô Thị Xoan", "Moong Thị Hoa"]
    with reading() as session:
        line = session.exec(
            select(AuditEntry).where(AuditEntry.action == "commune_list.sent_again")
        ).one()
    assert (line.details["purpose"], line.details["withdrawn"]) == ("correction", 2)


def test_once_the_review_began_a_file_is_a_new_round() -> None:
    first = send([XOAN, THO])
    begin_review(first.id)
    draft([XOAN, MAN])
    assert rehearsal().purposes == (NEW,)
    with pytest.raises(Refused, match="purpose_gone"):
        lists.submit(
            drawn("office"), "office", confirmed=True, leave_errors=False, purpose=ADDITION
        )


def test_a_returned_list_is_corrected_or_completed_never_passed_by() -> None:
    first = send([XOAN, THO])
    begin_review(first.id)
    with unattended_writing("tests") as work:
        work.move(
            work.session.get_one(CommuneList, first.id), ListState.RETURNED, reason="Thiếu dấu"
        )
    draft([MAN])
    assert rehearsal().purposes == (CORRECTION, ADDITION)


def test_the_number_on_the_cover_letter_is_kept_with_the_file() -> None:
    draft([XOAN, THO])
    found = next(iter(sent_lists.drafts(_id_of("office"))), None)
    assert found is not None
    seen = drafts.announce(137, seen=found.seen, actor="office")
    for wrong in (0, -1, 1_000_000):
        with pytest.raises(Refused, match="announced_wrong"):
            drafts.announce(wrong, seen=seen, actor="office")
    assert rehearsal().announced == 137
    lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)
    with reading() as session:
        assert session.exec(select(Upload.counts)).one()["announced"] == 137


def test_people_who_may_be_somebody_else_are_named_before_sending() -> None:
    send([THO])
    draft([replace(THO, cccd="040058000023"), HOA])
    told = rehearsal()
    assert told.purpose is NEW
    assert [(row.full_name, row.note) for row in told.maybe] == [("Vi Văn Thọ", world.places().own)]


def _id_of(username: str) -> int:
    with reading() as session:
        return session.exec(select(Account.id).where(Account.username == username)).one() or 0
