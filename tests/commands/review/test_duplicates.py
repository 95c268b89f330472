"""Possible duplicates: found when a list comes in, decided by people, merged without loss."""

from datetime import date

import pytest
from sqlmodel import col, select

from db.commands.review import duplicates, review
from db.commands.review.duplicates import PairDecision
from db.errors import Refused
from db.models import CommuneList, CoverFact, DuplicatePair, Nomination, Person
from db.rules.access import Action, may
from db.rules.names import fold
from db.rules.states import Benefit, ListState, MatchState, NominationState, PairState
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

ELIGIBLE, TO_CHECK = NominationState.ELIGIBLE, NominationState.TO_CHECK
CCCD = "040180001234"


def add_person(
    *,
    commune: str | None = None,
    province: str = world.PROVINCE,
    list_state: ListState = ListState.SUBMITTED,
    benefit: Benefit = Benefit.HI,
    round_: int = 1,
    **fields: str | None,
) -> tuple[int, int, int]:
    """A list of one person; (list id, nomination id, person id)."""
    list_id, (nomination,) = world.add_list(
        people=1,
        commune=commune,
        province=province,
        state=list_state,
        benefit=benefit,
        round_=round_,
        seed=round_,
    )
    with unattended_writing("tests") as work:
        person = work.session.get_one(
            Person, work.session.get_one(Nomination, nomination).person_id
        )
        values = {
            "birth_date": "1980-01-05",
            "cccd": f"0401800{person.id:05d}",
            "name_key": f"nguoi {person.id}",
            **fields,
        }
        for name, value in values.items():
            setattr(person, name, value)
        return list_id, nomination, person.id or 0


def find(list_id: int) -> int:
    with unattended_writing("office") as work:
        return duplicates.find_for_list(work, list_id)


def pairs() -> list[DuplicatePair]:
    with reading() as session:
        return list(session.exec(select(DuplicatePair).order_by(col(DuplicatePair.id))))


def nomination(identity: int) -> Nomination:
    with reading() as session:
        return session.get_one(Nomination, identity)


def person(identity: int) -> Person:
    with reading() as session:
        return session.get_one(Person, identity)


def one_pair(
    **second: str | None,
) -> tuple[DuplicatePair, tuple[int, int, int], tuple[int, int, int]]:
    """Two people of two communes with one citizen ID, and the pair they form."""
    first = add_person(cccd=CCCD)
    other = add_person(commune=world.places().other, cccd=CCCD, **second)
    assert find(other[0]) == 1
    return pairs()[0], first, other


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"cccd": CCCD}, {"cccd": CCCD}, 1),
        ({"cccd": None, "bhxh": "4012345678"}, {"cccd": None, "bhxh": "4012345678"}, 1),
        ({"cccd": None}, {"cccd": None}, 0),
        ({"cccd": "", "bhxh": ""}, {"cccd": "", "bhxh": ""}, 0),
        ({"name_key": "lo van tho"}, {"name_key": "lo van tho"}, 0),
    ],
)
def test_people_of_two_communes_meet_by_their_numbers_alone(
    first: dict[str, str | None], second: dict[str, str | None], found: int
) -> None:
    add_person(**first)
    list_id, _, _ = add_person(commune=world.places().other, **second)
    assert find(list_id) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("1980-01-05", "1980-01-05", 1),
        ("1980", "1980", 1),
        ("1980-01-05", "1991-06-20", 0),
        (None, None, 0),
    ],
)
def test_people_of_one_commune_meet_by_folded_name_and_birth(
    first: str | None, second: str | None, found: int
) -> None:
    name = {"full_name": "Lò Văn Thọ", "name_key": "lo van tho"}
    add_person(**name, birth_date=first)
    list_id, _, _ = add_person(round_=2, **name, birth_date=second)
    assert find(list_id) == found


def test_two_people_of_the_same_list_form_a_pair_once() -> None:
    list_id, _ = world.add_list(people=4)
    with unattended_writing("tests") as work:
        for one in work.session.exec(select(Person)).all():
            one.cccd = CCCD
            work.session.add(one)
    assert find(list_id) == 6
    assert find(list_id) == 0
    assert all(pair.first_id < pair.second_id for pair in pairs())


def test_a_pair_once_decided_is_never_asked_again() -> None:
    pair, first, other = one_pair()
    duplicates.decide(pair.id or 0, "different", 1, "hai chị em", "officer")
    assert find(other[0]) == 0
    assert find(first[0]) == 0
    assert pairs()[0].comment == "hai chị em"


def test_people_of_withdrawn_lists_and_merged_records_form_no_pairs() -> None:
    first = add_person(cccd=CCCD)
    with unattended_writing("tests") as work:
        row = work.session.get_one(Nomination, first[1])
        row.state = NominationState.WITHDRAWN
        work.session.add(row)
    list_id, _, _ = add_person(commune=world.places().other, cccd=CCCD)
    assert find(list_id) == 0


def test_the_evidence_tells_field_by_field_how_alike_they_are() -> None:
    pair, _, _ = one_pair(birth_date="1980-01-15", bhxh=None, hamlet="Khối 5")
    assert pair.evidence["cccd"] == "same"
    assert pair.evidence["birth_date"] == "near"
    assert pair.evidence["bhxh"] == "missing"
    assert pair.evidence["hamlet"] == "different"
    assert pair.evidence["commune_code"] == "different"


def test_people_of_an_open_pair_wait_and_the_list_cannot_be_finished() -> None:
    pair, _, (list_id, nominated, _) = one_pair()
    review.judge_list(list_id, "officer")
    assert nomination(nominated).state is TO_CHECK
    assert [reason["code"] for reason in nomination(nominated).reasons] == ["possible_duplicate"]
    with pytest.raises(Refused, match="pair_undecided"):
        review.set_verdict([nominated], ELIGIBLE, "đã hỏi", "officer")
    with reading() as session:
        version = session.get_one(CommuneList, list_id).version
    with pytest.raises(Refused, match="review_unfinished") as refused:
        review.finish(list_id, version, "officer")
    assert refused.value.details == {"listed": 0, "to_check": 1, "pairs": 1}

    duplicates.decide(pair.id or 0, "different", pair.version, "", "officer")
    assert nomination(nominated).state is ELIGIBLE
    assert review.finish(list_id, version, "officer") == 1


def test_one_person_keeps_the_older_record_and_fills_what_it_lacked() -> None:
    pair, (_, kept_nomination, kept), (_, gone_nomination, gone) = one_pair(
        birth_date="1980-01-05", phone="0912345678", bhxh="4012345678", hamlet="Khối 5"
    )
    with unattended_writing("tests") as work:
        row = work.session.get_one(Person, kept)
        row.birth_date = "1980"
        row.hamlet = "Bản Búng"
        work.session.add(row)
    duplicates.decide(pair.id or 0, "same", pair.version, "", "officer")

    merged = person(kept)
    assert merged.phone == "0912345678"
    assert merged.bhxh == "4012345678"
    assert merged.birth_date == "1980-01-05"
    assert merged.hamlet == "Bản Búng"
    assert person(gone).merged_into_id == kept
    assert nomination(kept_nomination).person_id == kept
    assert nomination(gone_nomination).state is NominationState.WITHDRAWN
    before = pairs()[0].before
    assert before is not None
    assert before["second"]["phone"] == "0912345678"
    assert before["first"]["birth_date"] == "1980"


def test_a_nomination_for_another_benefit_moves_to_the_kept_record() -> None:
    add = add_person(cccd=CCCD)
    list_id, book, _ = add_person(commune=world.places().other, cccd=CCCD, benefit=Benefit.SI)
    find(list_id)
    duplicates.decide(pairs()[0].id or 0, "same", 1, "", "officer")
    assert nomination(book).person_id == add[2]
    assert nomination(book).state is NominationState.LISTED


def test_what_was_known_of_the_cover_goes_with_the_merge() -> None:
    pair, (_, nominated, kept), (_, other, _) = one_pair()
    review.note_cover(other, date(2027, 5, 31), "Cổng tra cứu", "officer")
    review.judge_list(nomination(nominated).list_id, "officer")
    duplicates.decide(pair.id or 0, "same", pair.version, "", "officer")
    with reading() as session:
        assert session.exec(select(CoverFact.person_id)).all() == [kept]
    assert nomination(nominated).state is NominationState.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("Lô Thọ", "Lô Văn Thọ", "Lô Văn Thọ"),
        ("Lô Văn Thọ", "Lô Thọ", "Lô Văn Thọ"),
        ("Lo Van Tho", "Lô Văn Thọ", "Lô Văn Thọ"),
        ("Lô Văn Thọ", "Lo Van Tho", "Lô Văn Thọ"),
        ("Lô Văn Thọ", "Vi Văn Thọ", "Lô Văn Thọ"),
    ],
)
def test_the_fuller_name_stays(first: str, second: str, kept: str) -> None:
    pair, one, other = one_pair()
    with unattended_writing("tests") as work:
        for identity, name in ((one[0], first), (other[0], second)):
            found = work.session.get_one(Person, identity)
            found.full_name, found.name_key = name, fold(name)
    duplicates.decide(pair.id or 0, "same", pair.version, "", "officer")
    assert person(pair.first_id).full_name == kept
    assert person(pair.first_id).name_key == fold(kept)


def test_a_record_that_is_matched_is_not_merged_away() -> None:
    pair, _, (_, nominated, gone) = one_pair()
    world.add_proposal(
        pledge_id=world.add_pledge(),
        nomination_ids=[nominated],
        match_state=MatchState.APPROVED,
    )
    with pytest.raises(Refused, match="merge_has_matches"):
        duplicates.decide(pair.id or 0, "same", pair.version, "", "officer")
    assert person(gone).merged_into_id is None
    assert pairs()[0].state is PairState.OPEN


def test_three_records_of_one_person_are_two_questions() -> None:
    list_id, _ = world.add_list(people=3)
    with unattended_writing("tests") as work:
        for one in work.session.exec(select(Person)).all():
            one.cccd = CCCD
            work.session.add(one)
    assert find(list_id) == 3
    duplicates.decide(pairs()[0].id or 0, "same", 1, "", "officer")
    left = [pair for pair in pairs() if pair.state is PairState.OPEN]
    assert len(left) == 1
    duplicates.decide(left[0].id or 0, "same", left[0].version, "", "officer")

    with reading() as session:
        kept = session.exec(select(Person).where(col(Person.merged_into_id).is_(None))).all()
        live = session.exec(
            select(Nomination).where(col(Nomination.state) != NominationState.WITHDRAWN)
        ).all()
    assert len(kept) == 1
    assert [one.person_id for one in live] == [kept[0].id]


def test_a_question_about_the_merged_record_follows_to_the_kept_one() -> None:
    first = add_person(cccd=CCCD)
    middle = add_person(commune=world.places().other, cccd=CCCD, bhxh="4012345678")
    last = add_person(
        commune=world.places().other_too, cccd=None, bhxh="4012345678", name_key="khac"
    )
    find(middle[0])
    find(last[0])
    duplicates.decide(pairs()[0].id or 0, "same", 1, "", "officer")
    moved = pairs()[1]
    assert (moved.first_id, moved.second_id) == (first[2], last[2])
    assert moved.evidence["bhxh"] == "same"


def test_a_pair_across_provinces_is_asked_or_parted_but_never_merged() -> None:
    far = add_person(province=world.ELSEWHERE, commune=world.places().far, cccd=CCCD)
    list_id, nominated, _ = add_person(cccd=CCCD)
    assert find(list_id) == 1
    pair = pairs()[0]
    assert pair.province_code == world.PROVINCE
    with pytest.raises(Refused, match="merge_elsewhere"):
        duplicates.decide(pair.id or 0, "same", 1, "", "officer")
    with pytest.raises(Refused, match="not_found"):
        duplicates.decide(pair.id or 0, "different", 1, "", "far_officer")
    review.judge_list(far[0], "far_officer")
    assert nomination(far[1]).state is ELIGIBLE

    duplicates.decide(pair.id or 0, "ask", 1, "Có phải một người?", "officer")
    duplicates.answer(pair.id or 0, "Không, hai người khác nhau", 2, "far_office")
    duplicates.decide(pair.id or 0, "different", 3, "", "officer")
    review.judge_list(list_id, "officer")
    assert nomination(nominated).state is ELIGIBLE


def test_somebody_ruled_out_for_another_ground_no_longer_holds_the_list_up() -> None:
    _, _, (list_id, nominated, _) = one_pair()
    more, (also,) = world.add_list(people=1, commune=world.places().own_too)
    with unattended_writing("tests") as work:
        row = work.session.get_one(Nomination, also)
        row.list_id, row.state = list_id, ELIGIBLE
        work.session.add(row)
    review.set_verdict([nominated], NominationState.NOT_ELIGIBLE, "đã mất", "officer")
    with reading() as session:
        version = session.get_one(CommuneList, list_id).version
    assert review.finish(list_id, version, "officer") == 1
    assert more != list_id


ALLOWED: set[tuple[PairState, PairDecision]] = {
    (PairState.OPEN, "same"),
    (PairState.OPEN, "different"),
    (PairState.OPEN, "ask"),
    (PairState.ASKED, "same"),
    (PairState.ASKED, "different"),
}


@pytest.mark.parametrize("current", PairState)
@pytest.mark.parametrize("verdict", ["same", "different", "ask"])
def test_every_decision_on_a_pair_is_one_of_the_table(
    current: PairState, verdict: PairDecision
) -> None:
    pair, _, _ = one_pair()
    with unattended_writing("tests") as work:
        row = work.session.get_one(DuplicatePair, pair.id)
        row.state = current
        work.session.add(row)
    if (current, verdict) in ALLOWED:
        duplicates.decide(pair.id or 0, verdict, pair.version, "", "officer")
        assert pairs()[0].decided_by == "officer"
    else:
        with pytest.raises(Refused, match="transition_not_allowed"):
            duplicates.decide(pair.id or 0, verdict, pair.version, "", "officer")


def test_the_office_answers_only_what_it_was_asked_about_its_own_people() -> None:
    pair, _, _ = one_pair()
    with pytest.raises(Refused, match="transition_not_allowed"):
        duplicates.answer(pair.id or 0, "một người", 1, "office")
    duplicates.decide(pair.id or 0, "ask", 1, "", "officer")
    for stranger, code in (("far_office", "not_found"), ("officer", "not_allowed")):
        with pytest.raises(Refused, match=code):
            duplicates.answer(pair.id or 0, "một người", 2, stranger)
    with pytest.raises(Refused, match="answer_missing"):
        duplicates.answer(pair.id or 0, " ", 2, "office")
    with pytest.raises(Refused, match="changed_meanwhile"):
        duplicates.answer(pair.id or 0, "một người", 1, "office")
    duplicates.answer(pair.id or 0, "Một người, đã hỏi thôn", 2, "office")
    answered = pairs()[0]
    assert (answered.state, answered.comment) == (PairState.OPEN, "Một người, đã hỏi thôn")


def test_the_second_of_two_people_is_told_that_the_pair_is_decided() -> None:
    pair, _, _ = one_pair()
    duplicates.decide(pair.id or 0, "different", 1, "", "officer2")
    with pytest.raises(Refused, match="changed_meanwhile") as refused:
        duplicates.decide(pair.id or 0, "same", 1, "", "officer")
    assert refused.value.details["who"] == world.NAMES["officer2"]


def test_nobody_but_the_provinces_officer_decides() -> None:
    pair, _, _ = one_pair()
    for username, (role, _province) in world.ACCOUNTS.items():
        if username in ("officer", "officer2"):
            continue
        expected = "not_found" if may(role, Action.DECIDE_PAIR) else "not_allowed"
        with pytest.raises(Refused, match=expected):
            duplicates.decide(pair.id or 0, "different", 1, "", username)


def test_deciding_a_pair_begins_the_review_of_its_lists() -> None:
    pair, (first_list, _, _), (other_list, _, _) = one_pair()
    duplicates.decide(pair.id or 0, "different", 1, "", "officer")
    with reading() as session:
        for list_id in (first_list, other_list):
            assert session.get_one(CommuneList, list_id).review_began_at is not None


def test_parted_people_stay_parted_when_one_of_them_is_merged_into_a_third() -> None:
    third = add_person(cccd=CCCD)
    parted = add_person(commune=world.places().other, cccd=CCCD)
    find(parted[0])
    other = add_person(commune=world.places().own_too, cccd=CCCD)
    find(other[0])
    merged_pair, _, parted_pair = pairs()
    assert (parted_pair.first_id, parted_pair.second_id) == (parted[2], other[2])
    duplicates.decide(parted_pair.id or 0, "different", 1, "hai chị em", "officer")
    review.judge_list(other[0], "officer")
    assert nomination(other[1]).state is TO_CHECK

    duplicates.decide(merged_pair.id or 0, "same", 1, "", "officer")
    assert [pair.state for pair in pairs()] == [PairState.SAME, PairState.DIFFERENT]
    followed = pairs()[1]
    assert (followed.first_id, followed.second_id) == (third[2], other[2])
    assert (followed.comment, followed.decided_by) == ("hai chị em", "officer")
    assert find(other[0]) == find(third[0]) == 0
    assert nomination(other[1]).state is ELIGIBLE


def test_the_other_side_of_a_question_that_a_merge_settles_no_longer_waits() -> None:
    first = add_person(cccd=CCCD)
    second = add_person(commune=world.places().other, cccd=CCCD)
    last = add_person(commune=world.places().own_too, cccd=CCCD)
    for added in (first, second, last):
        find(added[0])
    by_people = {(pair.first_id, pair.second_id): pair for pair in pairs()}
    apart = by_people[first[2], last[2]]
    duplicates.decide(apart.id or 0, "different", 1, "", "officer")
    review.judge_list(last[0], "officer")
    assert nomination(last[1]).state is TO_CHECK

    one = by_people[first[2], second[2]]
    duplicates.decide(one.id or 0, "same", 1, "", "officer")
    assert nomination(last[1]).state is ELIGIBLE
