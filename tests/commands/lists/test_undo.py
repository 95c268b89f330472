"""An accepted upload taken back: what vanishes, what stays because somebody worked on it."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from db.commands.lists import drafts, undo
from db.commands.lists import send as lists
from db.errors import Refused
from db.models import Account, AuditEntry, CommuneList, Nomination, Upload
from db.queries.admin import trace
from db.queries.lists import lists as sent_lists
from db.rules.states import ListState, NominationState, UploadPurpose
from db.scope import Scope, scope_of
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.lists.sending import HOA, MAN, THO, XOAN, Line, draft, drawn, live, people, send

pytestmark = pytest.mark.usefixtures("any_database")


def scope(username: str) -> Scope:
    with reading() as session:
        return scope_of(session.exec(select(Account).where(Account.username == username)).one())


def last_upload(list_id: int | None) -> int:
    with reading() as session:
        found = session.exec(
            select(Upload.id).where(Upload.list_id == list_id).order_by(col(Upload.id).desc())
        ).first()
    return found or 0


def add(*rows: Line, purpose: UploadPurpose = UploadPurpose.ADDITION) -> int:
    """Send one more file for the list there is; the id of the upload."""
    draft(rows)
    code = lists.submit(
        drawn("office"), "office", confirmed=True, leave_errors=False, purpose=purpose
    )
    with reading() as session:
        list_id = session.exec(select(CommuneList.id).where(CommuneList.code == code)).one()
    return last_upload(list_id)


def judge(list_id: int | None, *names: str, state: ListState | None = None) -> None:
    """What the province does meanwhile: judge these people, move the list on."""
    chosen = {person.id for person in people() if person.full_name in names}
    with unattended_writing("tests") as work:
        owner = work.session.get_one(CommuneList, list_id)
        owner.review_began_at = world.NOW
        if state is not None:
            owner.state = state
        work.session.add(owner)
        for one in work.session.exec(select(Nomination).where(Nomination.list_id == list_id)):
            if one.person_id in chosen:
                one.state, one.reviewed_by = NominationState.ELIGIBLE, "officer"
                work.session.add(one)


def test_undoing_the_only_file_leaves_no_list_and_the_file_may_come_again() -> None:
    sent = send([XOAN, THO])
    plan = undo.undo(last_upload(sent.id), "Nộp nhầm xã", "office")

    assert plan.counts() == {"taken_back": {"nominated": 2}, "kept": {}, "impossible": {}}
    assert live(sent.id) == []
    with reading() as session:
        owner = session.get_one(CommuneList, sent.id)
        assert (owner.state, owner.reason) == (ListState.WITHDRAWN, "Nộp nhầm xã")
    again = send([XOAN, THO])
    assert (again.round, live(again.id)) == (2, ["Lô Thị Xoan", "Vi Văn Thọ"])


def test_an_undone_addition_may_be_added_again() -> None:
    sent = send([XOAN])
    undo.undo(add(THO), "Nhầm người", "office")
    assert live(sent.id) == ["Lô Thị Xoan"]
    add(THO)
    assert live(sent.id) == ["Lô Thị Xoan", "Vi Văn Thọ"]


def test_undoing_a_correction_brings_everything_back() -> None:
    sent = send([XOAN, replace(THO, category="Hộ cận nghèo"), MAN])
    before = {person.full_name: person.hamlet for person in people()}
    upload = add(
        XOAN,
        replace(THO, category="Người khuyết tật", hamlet="Bản Xiềng"),
        HOA,
        purpose=UploadPurpose.CORRECTION,
    )
    assert live(sent.id) == ["Lô Thị Xoan", "Vi Văn Thọ", "Moong Thị Hoa"]

    plan = undo.undo(upload, "Nhầm bản cũ", "office")

    assert plan.taken_back == {"nominated": 1, "withdrawn": 1, "relisted": 1, "filled": 1}
    assert sorted(live(sent.id)) == ["La Thị Mận", "Lô Thị Xoan", "Vi Văn Thọ"]
    after = {person.full_name: person.hamlet for person in people()}
    assert {name: after[name] for name in before} == before
    with reading() as session:
        categories = session.exec(
            select(Nomination.categories).where(Nomination.state == NominationState.LISTED)
        ).all()
    assert categories.count(["HCN"]) == 3


def test_people_somebody_judged_stay_and_are_counted() -> None:
    sent = send([XOAN, THO])
    judge(sent.id, "Vi Văn Thọ")

    plan = undo.undo(last_upload(sent.id), "Nộp nhầm", "office")

    assert plan.counts() == {
        "taken_back": {"nominated": 1},
        "kept": {"reviewed": 1},
        "impossible": {},
    }
    assert live(sent.id) == ["Vi Văn Thọ"]
    with reading() as session:
        assert session.get_one(CommuneList, sent.id).state is ListState.SUBMITTED


def test_what_hangs_in_public_cannot_be_undone() -> None:
    sent = send([XOAN])
    judge(sent.id, "Lô Thị Xoan", state=ListState.POSTED)
    upload = last_upload(sent.id)

    assert undo.preview(scope("office"), upload).impossible == {"posted": 1}
    with pytest.raises(Refused, match="nothing_to_undo"):
        undo.undo(upload, "Nộp nhầm", "office")


def test_a_later_file_keeps_what_it_changed() -> None:
    sent = send([XOAN, THO])
    first = last_upload(sent.id)
    add(replace(THO, category="Người khuyết tật"))

    plan = undo.undo(first, "Nhầm", "office")

    assert plan.kept == {"changed_since": 1}
    assert live(sent.id) == ["Vi Văn Thọ"]


def test_a_preview_says_what_the_undo_then_does_and_writes_nothing() -> None:
    sent = send([XOAN, THO])
    judge(sent.id, "Vi Văn Thọ")
    upload = last_upload(sent.id)
    told = undo.preview(scope("office"), upload).counts()
    assert live(sent.id) == ["Lô Thị Xoan", "Vi Văn Thọ"]
    assert undo.undo(upload, "Nhầm", "office").counts() == told


def test_an_undo_is_told_in_the_chain_and_in_the_history_of_the_list() -> None:
    sent = send([XOAN])
    upload = last_upload(sent.id)
    undo.undo(upload, "Nhầm", "office")

    with reading() as session:
        line = session.exec(select(AuditEntry).where(AuditEntry.action == "upload.undone")).one()
    assert line.details == {"list": sent.code, "taken_back": 1, "kept": 0, "impossible": 0}
    assert trace.verify().whole
    (told,) = sent_lists.uploads(scope("office"), sent.id or 0)
    assert told.undone_at is not None
    assert told.undone == {"taken_back": {"nominated": 1}, "kept": {}, "impossible": {}}
    with pytest.raises(Refused, match="upload_undone"):
        undo.undo(upload, "Lần nữa", "office")


def test_an_undo_needs_a_reason_a_right_and_the_own_communes() -> None:
    upload = last_upload(send([XOAN]).id)
    with pytest.raises(Refused, match="reason_missing"):
        undo.undo(upload, " ", "office")
    for username in ("approver", "leader", "central", "admin"):
        with pytest.raises(Refused, match="not_allowed"):
            undo.undo(upload, "Nhầm", username)
    for username in ("office2", "far_office", "far_officer"):
        with pytest.raises(Refused, match="not_found"):
            undo.undo(upload, "Nhầm", username)
        with pytest.raises(Refused, match="not_found"):
            undo.preview(scope(username), upload)
    undo.undo(upload, "Nhầm", "officer")


def test_a_sent_file_is_taken_up_again_with_all_that_was_decided() -> None:
    draft([XOAN, replace(THO, birth="31/02/1958")])
    found = next(iter(sent_lists.drafts(_id_of("office"))), None)
    assert found is not None
    drafts.correct({(3, "birth"): "28/02/1958"}, seen=found.seen, actor="office")
    lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)
    with reading() as session:
        upload = session.exec(select(Upload)).one()

    drafts.reopen(upload.id or 0, "office")

    again = next(iter(sent_lists.drafts(_id_of("office"))), None)
    assert again is not None
    assert again.corrections == {"3:birth": "28/02/1958"}
    for username in ("office2", "far_office"):
        with pytest.raises(Refused, match="not_found"):
            drafts.reopen(upload.id or 0, username)


def _id_of(username: str) -> int:
    with reading() as session:
        return session.exec(select(Account.id).where(Account.username == username)).one() or 0
