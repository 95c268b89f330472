"""Sending a commune's list: what goes in, what stays out, what a correction changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import func, select

from db.commands.lists import drafts, plan
from db.commands.lists import send as lists
from db.commands.lists.draft_check import check_draft
from db.commands.review import duplicates
from db.errors import Refused
from db.models import (
    AuditEntry,
    CommuneList,
    DuplicatePair,
    Nomination,
    OfficeCommune,
    Person,
    Table,
    Upload,
    UploadDraft,
    UploadRow,
)
from db.queries.admin import trace
from db.reference.places import communes_by_code
from db.rules.names import sort_key
from db.rules.states import Benefit, ListState, NominationState
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.lists.sending import (
    HOA,
    MAN,
    THO,
    THREE,
    XOAN,
    Line,
    csv_of,
    draft,
    drawn,
    listed,
    live,
    people,
    send,
)

pytestmark = pytest.mark.usefixtures("any_database")


def count(table: type[Table]) -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def upload_of(list_id: int | None) -> Upload:
    with reading() as session:
        return session.exec(
            select(Upload).where(Upload.list_id == list_id).order_by(Upload.id.desc())  # type: ignore[union-attr]
        ).first()  # type: ignore[return-value]


def give_back(list_id: int | None, *, judged: NominationState | None = None) -> None:
    """What the province does: begin the review, judge everybody alike, return the list."""
    with unattended_writing("tests") as work:
        owner = work.session.get_one(CommuneList, list_id)
        owner.review_began_at = world.NOW
        if judged is not None:
            for row in work.session.exec(select(Nomination).where(Nomination.list_id == list_id)):
                row.state = judged
                work.session.add(row)
        work.move(owner, ListState.RETURNED, reason="Thiếu chữ ký của xã")


def test_everybody_on_a_clean_list_is_nominated_once() -> None:
    sent = send(THREE)

    assert (sent.state, sent.round, sent.version) == (ListState.SUBMITTED, 1, 2)
    assert listed(sent.id) == [(line.name, Benefit.HI, NominationState.LISTED) for line in THREE]
    xoan, tho, man = people()
    assert (xoan.cccd, xoan.birth_date, xoan.sex) == ("040156000011", "1956-03-05", "F")
    assert (tho.name_key, tho.sort_key, tho.hamlet) == (
        "vi van tho",
        sort_key("Vi Văn Thọ"),
        "Bản Búng",
    )
    assert (man.cccd, man.birth_date) == (None, "1962")
    assert all(person.province_code == world.PROVINCE for person in (xoan, tho, man))


def test_the_file_is_kept_byte_for_byte_with_every_row() -> None:
    sent = send([*THREE, replace(HOA, cccd="0401790044")], leave_errors=True)

    upload = upload_of(sent.id)
    assert upload.content.startswith("STT,Họ và tên".encode())
    assert (upload.counts["rows"], upload.counts["people"], upload.counts["left_out"]) == (4, 3, 1)
    with reading() as session:
        rows = session.exec(select(UploadRow).order_by(UploadRow.row_number)).all()  # type: ignore[arg-type]
    assert [row.row_number for row in rows] == [2, 3, 4, 5]
    assert rows[3].cells[1] == "Moong Thị Hoa"
    assert rows[3].problems[0]["code"] == "cccd_looks_like_bhxh"
    assert live(sent.id) == [line.name for line in THREE]


def test_sending_leaves_one_trace_and_puts_the_draft_away() -> None:
    sent = send(THREE)

    assert count(UploadDraft) == 0
    with reading() as session:
        line = session.exec(
            select(AuditEntry).where(AuditEntry.action == "commune_list.submitted")
        ).one()
    assert line.details["code"] == sent.code
    assert line.details["people"] == 3
    assert "Xoan" not in str(line.details)
    assert trace.verify().whole


def test_errors_stop_a_list_unless_they_are_left_behind() -> None:
    draft([XOAN, replace(THO, birth="31/02/1958")])
    with pytest.raises(Refused, match="errors_left"):
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)
    assert (count(CommuneList), count(Person)) == (0, 0)

    lists.submit(drawn("office"), "office", confirmed=True, leave_errors=True)
    assert [person.full_name for person in people()] == ["Lô Thị Xoan"]


def test_a_list_without_the_commune_s_agreement_is_not_sent() -> None:
    draft(THREE)
    with pytest.raises(Refused, match="not_confirmed"):
        lists.submit(drawn("office"), "office", confirmed=False, leave_errors=False)
    assert count(CommuneList) == 0


def test_a_file_that_cannot_be_read_or_holds_nobody_good_is_not_sent() -> None:
    drafts.start(world.places().own, Benefit.HI, "a.csv", content=b"", actor="office")
    with pytest.raises(Refused, match="file_rejected"):
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=True)
    draft([replace(THO, birth="31/02/1958")])
    with pytest.raises(Refused, match="nobody_to_send"):
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=True)
    with pytest.raises(Refused, match="draft_missing"):
        lists.submit(drawn("office2"), "office2", confirmed=True, leave_errors=True)


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    first = send(THREE)
    before = [count(table) for table in (CommuneList, Upload, UploadRow, Person, Nomination)]
    draft(THREE)

    with pytest.raises(Refused, match="same_file_again") as refused:
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)

    assert refused.value.details["code"] == first.code
    assert isinstance(refused.value.details["at"], datetime)
    after = [count(table) for table in (CommuneList, Upload, UploadRow, Person, Nomination)]
    assert after == before


def test_the_same_file_for_the_other_benefit_is_another_list() -> None:
    first, second = send(THREE), send(THREE, benefit=Benefit.SI)

    assert (first.round, second.round) == (1, 2)
    assert [benefit for _name, benefit, _state in listed(second.id)] == [Benefit.SI] * 3


def test_a_row_that_asks_for_both_is_nominated_twice_and_a_child_for_the_card_only() -> None:
    child = Line("Kha Văn Pó", "12/05/2015", "Nam", benefit="Thẻ BHYT và sổ BHXH")
    sent = send([replace(XOAN, benefit="Thẻ BHYT và sổ BHXH"), child])

    assert [(name, benefit) for name, benefit, _state in listed(sent.id)] == [
        ("Lô Thị Xoan", Benefit.HI),
        ("Lô Thị Xoan", Benefit.SI),
        ("Kha Văn Pó", Benefit.HI),
    ]


def test_a_certainly_known_person_is_not_stored_again_only_completed() -> None:
    send([XOAN], benefit=Benefit.SI)
    sent = send([replace(XOAN, hamlet="Bản Khác"), THO])

    xoan, _tho = people()
    assert live(sent.id) == ["Lô Thị Xoan", "Vi Văn Thọ"]
    assert xoan.hamlet == "Bản Búng"
    assert upload_of(sent.id).counts["known"] == 1


def test_one_different_letter_makes_a_new_person_and_a_pair_to_decide() -> None:
    send([XOAN])
    sent = send([replace(XOAN, name="Lô Thị Xoàn Em")], commune=world.places().own_too)

    assert len(people()) == 2
    assert count(DuplicatePair) == 1
    assert upload_of(sent.id).counts["pairs"] == 1


def test_rows_of_certainly_one_person_become_one() -> None:
    sent = send([XOAN, replace(XOAN, hamlet="", category="Người khuyết tật")])

    assert live(sent.id) == ["Lô Thị Xoan"]
    assert upload_of(sent.id).counts["merged"] == 1
    with reading() as session:
        assert session.exec(select(Nomination.categories)).one() == ["HCN", "KT"]


def test_people_another_list_nominates_are_left_out_and_named_on_their_row() -> None:
    first = send([XOAN, THO])
    sent = send([XOAN, HOA], commune=world.places().own_too)

    assert live(sent.id) == ["Moong Thị Hoa"]
    assert upload_of(sent.id).counts["elsewhere"] == 1
    with reading() as session:
        row = session.exec(
            select(UploadRow).where(UploadRow.upload_id == upload_of(sent.id).id)
        ).first()
    assert row is not None
    assert {"level": "left_out", "code": "already_listed", "benefit": "hi", "list": first.code} in (
        row.problems
    )


def test_a_person_freed_by_a_withdrawn_list_can_be_listed_again() -> None:
    first = send([XOAN])
    lists.withdraw(first.id or 0, "Nộp nhầm xã", first.version, "office")

    assert live(send([XOAN], commune=world.places().own_too).id) == ["Lô Thị Xoan"]


def test_a_returned_list_is_corrected_where_it_differs_and_nowhere_else() -> None:
    first = send([XOAN, THO, MAN])
    give_back(first.id)
    before = {row.full_name: row.id for row in people()}

    again = send([XOAN, replace(THO, hamlet="Bản Xiềng"), HOA])

    assert (again.id, again.code, again.round) == (first.id, first.code, 1)
    assert (again.state, again.review_began_at, again.reason) == (ListState.SUBMITTED, None, "")
    assert live(first.id) == ["Lô Thị Xoan", "Vi Văn Thọ", "Moong Thị Hoa"]
    counts = upload_of(first.id).counts
    assert [counts[name] for name in ("unchanged", "changed", "new", "withdrawn")] == [1, 1, 1, 1]
    after = {row.full_name: row for row in people()}
    assert {name: after[name].id for name in before} == before
    assert after["Vi Văn Thọ"].hamlet == "Bản Xiềng"


def test_an_unchanged_person_keeps_the_verdict_and_a_changed_one_is_judged_anew() -> None:
    first = send([XOAN, THO])
    give_back(first.id, judged=NominationState.NOT_ELIGIBLE)

    send([XOAN, replace(THO, category="Người khuyết tật")])

    assert listed(first.id) == [
        ("Lô Thị Xoan", Benefit.HI, NominationState.NOT_ELIGIBLE),
        ("Vi Văn Thọ", Benefit.HI, NominationState.WITHDRAWN),
        ("Vi Văn Thọ", Benefit.HI, NominationState.LISTED),
    ]


def test_a_missing_citizen_number_is_filled_in_by_the_corrected_list() -> None:
    first = send([XOAN, MAN])
    give_back(first.id)

    send([XOAN, replace(MAN, cccd="040162000033")])

    assert [person.cccd for person in people()] == ["040156000011", "040162000033"]
    assert len(live(first.id)) == 2


def test_a_returned_list_sent_back_as_it_was_changes_nothing() -> None:
    first = send(THREE)
    give_back(first.id)
    draft(THREE)

    with pytest.raises(Refused, match="same_file_again"):
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)


def test_the_same_file_with_a_cell_corrected_on_the_screen_is_a_correction() -> None:
    first = send([XOAN, replace(THO, birth="31/02/1958")], leave_errors=True)
    give_back(first.id)
    seen = drafts.start(
        world.places().own,
        Benefit.HI,
        "danh-sach.csv",
        content=csv_of([XOAN, replace(THO, birth="31/02/1958")]),
        actor="office",
    )
    drafts.correct({(3, "birth"): "28/02/1958"}, seen=seen, actor="office")

    lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)

    assert live(first.id) == ["Lô Thị Xoan", "Vi Văn Thọ"]
    assert people()[1].birth_date == "1958-02-28"


def test_a_list_is_withdrawn_with_everybody_until_the_review_begins() -> None:
    sent = send(THREE)

    lists.withdraw(sent.id or 0, "Nộp nhầm xã", sent.version, "office")

    assert live(sent.id) == []
    with reading() as session:
        owner = session.get_one(CommuneList, sent.id)
        moves = session.exec(
            select(AuditEntry.to_state)
            .where(AuditEntry.record_kind == "CommuneList")
            .order_by(AuditEntry.id)  # type: ignore[arg-type]
        ).all()
    assert (owner.state, owner.reason) == (ListState.WITHDRAWN, "Nộp nhầm xã")
    assert moves == [None, "submitted", "returned", "withdrawn"]


def test_a_list_under_review_is_not_withdrawn() -> None:
    sent = send(THREE)
    with unattended_writing("tests") as work:
        owner = work.session.get_one(CommuneList, sent.id)
        owner.review_began_at = datetime(2026, 9, 15, tzinfo=UTC)
        work.session.add(owner)

    with pytest.raises(Refused, match="review_began"):
        lists.withdraw(sent.id or 0, "Nộp nhầm xã", sent.version, "office")
    assert len(live(sent.id)) == 3


def test_withdrawing_needs_a_reason_and_the_version_that_was_seen() -> None:
    sent = send(THREE)
    with pytest.raises(Refused, match="reason_missing"):
        lists.withdraw(sent.id or 0, " ", sent.version, "office")
    with pytest.raises(Refused, match="changed_meanwhile"):
        lists.withdraw(sent.id or 0, "Nộp nhầm", sent.version - 1, "office")


@pytest.mark.parametrize(
    "state", [ListState.REVIEWED, ListState.POSTED, ListState.CLOSED, ListState.WITHDRAWN]
)
def test_a_list_further_on_is_not_withdrawn(state: ListState) -> None:
    list_id, _nominations = world.add_list(state=state)
    with pytest.raises(Refused, match="transition_not_allowed"):
        lists.withdraw(list_id, "Nộp nhầm", 1, "office")


def test_only_offices_and_officers_send_and_only_for_their_own_communes() -> None:
    for username in world.ACCOUNTS:
        if username in ("office", "officer", "officer2"):
            draft([Line(f"Lô Thị {username}".replace("2", " hai"))], actor=username)
        else:
            with pytest.raises(Refused, match=r"not_allowed|commune_not_served"):
                draft(THREE, actor=username)
    with pytest.raises(Refused, match="commune_not_served"):
        draft(THREE, commune=world.places().other)
    with pytest.raises(Refused, match="commune_not_served"):
        draft(THREE, commune=world.places().far, actor="officer")


def test_an_office_that_lost_the_commune_meanwhile_sends_nothing() -> None:
    draft(THREE)
    with unattended_writing("tests") as work:
        row = work.session.get_one(OfficeCommune, world.places().own)
        row.office_id = work.session.get_one(OfficeCommune, world.places().other).office_id
        work.session.add(row)

    with pytest.raises(Refused, match="commune_not_served"):
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=True)
    assert count(Person) == 0


def test_nobody_takes_back_a_list_of_others() -> None:
    sent = send(THREE)
    for username in ("office2", "far_office", "far_officer"):
        with pytest.raises(Refused, match="not_found"):
            lists.withdraw(sent.id or 0, "Nhầm", sent.version, username)
    for username in ("approver", "leader", "central", "admin"):
        with pytest.raises(Refused, match="not_allowed"):
            lists.withdraw(sent.id or 0, "Nhầm", sent.version, username)


def test_rows_of_another_commune_stay_behind() -> None:
    own = communes_by_code()[world.places().own].name
    other = communes_by_code()[world.places().own_too].name
    header = "Họ và tên,Ngày sinh,Xã\n"
    rows = f"Lô Thị Xoan,1956,{own}\nVi Văn Thọ,1958,{other}"
    drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=(header + rows).encode(), actor="office"
    )

    lists.submit(drawn("office"), "office", confirmed=True, leave_errors=True)

    assert [person.full_name for person in people()] == ["Lô Thị Xoan"]


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> int:
        raise RuntimeError("the power went")

    monkeypatch.setattr(duplicates, "find_for_list", fail)
    draft(THREE)
    with pytest.raises(RuntimeError):
        lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)

    tables = (CommuneList, Upload, UploadRow, Person, Nomination)
    assert [count(table) for table in tables] == [0] * 5
    assert count(UploadDraft) == 1
    assert trace.verify().whole


def test_eight_writers_at_once_all_arrive_each_with_its_own_code() -> None:
    at = world.places()
    taken_back = [send([line], commune=at.own_too) for line in (THO, HOA)]
    senders = {
        "office": at.own,
        "officer": at.own,
        "officer2": at.own_too,
        "office2": at.other,
        "far_office": at.far,
        "far_officer": at.far,
    }
    for letter, (actor, commune) in zip("ABCDEF", senders.items(), strict=True):
        draft([Line(f"Lô Thị {letter}")], commune=commune, actor=actor)

    def submit(actor: str) -> str:
        return lists.submit(drawn(actor), actor, confirmed=True, leave_errors=False)

    def take_back(sent: CommuneList) -> None:
        lists.withdraw(sent.id or 0, "Nộp nhầm", sent.version, "office")

    with ThreadPoolExecutor(8) as pool:
        going = [pool.submit(take_back, sent) for sent in taken_back]
        codes = list(pool.map(submit, senders))
        for each in going:
            each.result()

    assert len(set(codes)) == len(senders)
    assert count(Person) == len(senders) + len(taken_back)
    with reading() as session:
        rounds = session.exec(
            select(CommuneList.round).where(CommuneList.commune_code == at.far)
        ).all()
    assert sorted(rounds) == [1, 2]
    assert trace.verify().whole


def test_the_rehearsal_says_what_sending_then_does() -> None:
    first = send([XOAN, THO, MAN])
    give_back(first.id)
    draft([XOAN, replace(THO, hamlet="Bản Xiềng"), HOA])
    told = plan.rehearse(drawn("office").id, "office", check_draft(drawn("office").id, "office"))
    assert told.last_code == first.code
    named = [
        [row.full_name for row in rows]
        for rows in (told.new, told.changed, told.unchanged, told.gone)
    ]
    assert named == [["Moong Thị Hoa"], ["Vi Văn Thọ"], ["Lô Thị Xoan"], ["La Thị Mận"]]
    lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False)
    assert len(live(first.id)) == told.people
