"""What the screens of review, pairs and posting ask: right numbers, own scope, masks beyond it."""

import pytest
from sqlmodel import select

from db.commands.review import duplicates as pair_commands
from db.commands.review import postings as posting_commands
from db.commands.review import review as commands
from db.errors import Refused
from db.models import Account, DuplicatePair, Nomination, Person
from db.queries.review import duplicates, postings, review
from db.rules.states import ListState, NominationState, PairState
from db.scope import Scope, scope_of
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

CCCD = "040180001234"


def scope(username: str) -> Scope:
    with reading() as session:
        return scope_of(session.exec(select(Account).where(Account.username == username)).one())


def people_of(nominations: list[int], **changes: object) -> list[int]:
    with unattended_writing("tests") as work:
        ids = []
        for each in nominations:
            person = work.session.get_one(Person, work.session.get_one(Nomination, each).person_id)
            for name, value in {"birth_date": "1980-01-05", **changes}.items():
                setattr(person, name, value)
            ids.append(person.id or 0)
        return ids


def far_pair() -> tuple[int, int, int]:
    """A pair across provinces: (list here, list there, pair)."""
    far, theirs = world.add_list(people=1, commune=world.places().far, province=world.ELSEWHERE)
    here, ours = world.add_list(people=1)
    people_of(theirs, cccd=CCCD, hamlet="Nà Rì", household="H1")
    people_of(ours, cccd=CCCD)
    with unattended_writing("office") as work:
        pair_commands.find_for_list(work, here)
    with reading() as session:
        return here, far, session.exec(select(DuplicatePair.id)).one() or 0


def test_lists_come_oldest_first_with_their_numbers_and_page_by_page() -> None:
    first, nominations = world.add_list(people=3)
    people_of(nominations)
    commands.set_verdict(nominations[:2], NominationState.ELIGIBLE, "", "officer")
    second, _ = world.add_list(people=2, commune=world.places().other)
    world.add_list(people=1, commune=world.places().own_too, state=ListState.DRAFT)
    rows, total = review.lists(scope("officer"), (ListState.SUBMITTED,))
    assert [row.id for row in rows] == [first, second]
    assert total == 2
    assert rows[0].counts[NominationState.ELIGIBLE] == 2
    assert (rows[0].people, rows[0].office) == (3, "BHXH cơ sở Con Cuông")
    page, total = review.lists(scope("officer"), (ListState.SUBMITTED,), limit=1, offset=1)
    assert ([row.id for row in page], total) == ([second], 2)


def test_groups_count_and_list_the_same_people() -> None:
    list_id, nominations = world.add_list(people=6)
    people_of(nominations)
    people_of(nominations[:2], hi_card="GD4404012345678")
    people_of(nominations[2:3], birth_date="2023")
    commands.judge_list(list_id, "officer")
    counts = review.group_counts(scope("officer"), list_id)
    assert counts == {
        "pairs": 0,
        "to_check": 2,
        "insured": 3,
        "eligible": 3,
        "not_eligible": 1,
        "listed": 0,
        "all": 6,
    }
    for group, number in counts.items():
        assert len(review.people(scope("officer"), list_id, group)) == number


def test_numbers_of_people_come_masked() -> None:
    list_id, nominations = world.add_list(people=1)
    people_of(nominations, cccd="040180001234", bhxh="4012345678", phone="0912345678")
    person = review.people(scope("officer"), list_id, "all")[0]
    assert (person.cccd, person.bhxh, person.phone) == (
        "••••••••1234",
        "••••••5678",
        "09xx xxx 678",
    )


def test_nobody_sees_lists_people_pairs_or_postings_of_others() -> None:
    list_id, _, posting = world.add_posted(closed=False)
    with reading() as session:
        code = session.exec(select(Nomination.list_id)).first()
    assert code == list_id
    row = review.list_by_code(scope("officer"), "DS-2026-NAN-0001")
    for stranger in ("far_officer", "far_office", "office2"):
        theirs = scope(stranger)
        with pytest.raises(Refused, match="not_found"):
            review.list_by_code(theirs, row.code)
        assert review.lists(theirs, tuple(ListState)) == ([], 0)
        assert review.people(theirs, list_id, "all") == []
        assert review.group_counts(theirs, list_id)["all"] == 0
        assert postings.of_list(theirs, list_id) is None
        assert postings.masked_people(theirs, list_id) == []
        assert postings.nameable(theirs, list_id) == {}
    view = postings.of_list(scope("office"), list_id)
    assert view is not None
    assert view.id == posting


def test_the_other_half_in_another_province_is_masked_with_whom_to_ask() -> None:
    here, _, pair_id = far_pair()
    assert review.list_by_code(scope("officer"), "DS-2026-NAN-0001").pairs == 1
    pair = duplicates.pair(scope("officer"), pair_id)
    assert not pair.may_merge
    foreign, own = pair.first, pair.second
    assert foreign.masked
    assert not own.masked
    assert foreign.full_name.endswith("***")
    assert (foreign.birth, foreign.hamlet, foreign.household) == ("1980", "", "")
    assert foreign.categories == ()
    assert foreign.office == "BHXH cơ sở Bảo Lạc"
    assert own.birth == "1980-01-05"
    rows = duplicates.of_list(scope("officer"), here)
    assert [row.id for row in rows] == [pair_id]
    assert rows[0].first_name.endswith("***")


def test_a_question_reaches_the_other_provinces_office_but_not_its_officer() -> None:
    here, far, pair_id = far_pair()
    assert duplicates.lists_with_pairs(scope("officer")) == [
        ("DS-2026-NAN-0001", review.list_by_code(scope("officer"), "DS-2026-NAN-0001").commune, 1)
    ]
    assert duplicates.lists_with_pairs(scope("far_office")) == []
    pair_commands.decide(pair_id, "ask", 1, "Có phải một người?", "officer")
    asked = duplicates.lists_with_pairs(scope("far_office"))
    assert [(code, number) for code, _commune, number in asked] == [("DS-2026-CBA-0001", 1)]
    assert duplicates.pair(scope("far_office"), pair_id).second.masked
    assert [row.state for row in duplicates.of_list(scope("far_office"), far)] == [PairState.ASKED]
    for stranger in ("far_officer", "office2"):
        with pytest.raises(Refused, match="not_found"):
            duplicates.pair(scope(stranger), pair_id)
        assert duplicates.of_list(scope(stranger), here) == []


def test_the_posted_list_shows_masked_names_years_and_neutral_words() -> None:
    list_id, nominations = world.add_list(
        people=2,
        categories=("BHN",),
        state=ListState.REVIEWED,
        nomination_state=NominationState.ELIGIBLE,
    )
    people_of(nominations, full_name="Lô Thị Xuân", sort_key="a", hamlet="Bản Búng")
    posting_commands.open_posting(list_id, "UBND xã", 1, "office")
    people_of(nominations, full_name="Lô Thị Đổi")
    hanging = postings.masked_people(scope("office"), list_id)
    assert [one.name for one in hanging] == ["Lô Thị X*** (1)", "Lô Thị X*** (2)"]
    assert {one.category for one in hanging} == {"Có hoàn cảnh khó khăn"}
    assert {one.birth_year for one in hanging} == {"1980"}
    assert postings.masked_people(scope("office"), list_id, "initials")[0].name == "Lô T. X. (1)"


def test_a_posting_comes_with_its_proofs_and_objections() -> None:
    list_id, nominations, posting = world.add_posted(closed=False)
    people_of(nominations, full_name="Lô Thị Xuân")
    posting_commands.prove(posting, "bang.pdf", b"%PDF-1.7 0", "office")
    said = posting_commands.object_to(posting, nominations[0], "Ông T.", "Đã chuyển", "office")
    posting_commands.answer_objection(said, True, "Đúng", 1, "officer")
    posting_commands.object_to(posting, None, "", "Thiếu dấu", "office")
    view = postings.of_list(scope("officer"), list_id)
    assert view is not None
    assert [proof.file_name for proof in view.proofs] == ["bang.pdf"]
    assert view.proofs[0].added_by == world.NAMES["office"]
    assert [one.about for one in view.objections] == ["Lô Thị Xuân", ""]
    assert view.unanswered == 1
    assert nominations[0] not in postings.nameable(scope("officer"), list_id)
