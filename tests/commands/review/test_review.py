"""Reviewing a list: by rule, by hand, returned, finished."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from db.commands.people import reveal as people
from db.commands.people.reveal import Purpose
from db.commands.review import policies, review
from db.errors import Refused
from db.models import AuditEntry, CommuneList, Nomination, Person, Policy
from db.rules.access import Action, may
from db.rules.states import Benefit, ListState, MatchState, NominationState
from db.unit_of_work import reading, unattended_writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

ELIGIBLE, NOT_ELIGIBLE = NominationState.ELIGIBLE, NominationState.NOT_ELIGIBLE
TO_CHECK, LISTED = NominationState.TO_CHECK, NominationState.LISTED


def listed(**given: Any) -> tuple[int, list[int]]:
    """A list of people of working age: none of them is of a doubtful age."""
    list_id, nominations = world.add_list(**given)
    for each in nominations:
        change_person(each, birth_date="1980-06-01")
    return list_id, nominations


def nomination(identity: int) -> Nomination:
    with reading() as session:
        return session.get_one(Nomination, identity)


def commune_list(identity: int) -> CommuneList:
    with reading() as session:
        return session.get_one(CommuneList, identity)


def change_person(nomination_id: int, **changes: object) -> None:
    with unattended_writing("tests") as work:
        person_id = work.session.get_one(Nomination, nomination_id).person_id
        person = work.session.get_one(Person, person_id)
        for name, value in changes.items():
            setattr(person, name, value)


def codes(identity: int) -> list[str]:
    return [reason["code"] for reason in nomination(identity).reasons]


def actions() -> list[str]:
    with reading() as session:
        return list(session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id))))


def test_the_rule_judges_everybody_listed_with_reasons_and_points() -> None:
    list_id, (near_poor, child, old) = listed(people=3)
    change_person(child, birth_date="2023-05-01")
    change_person(old, birth_date="1940")
    counts = review.judge_list(list_id, "officer")

    assert counts == {ELIGIBLE: 1, NOT_ELIGIBLE: 1, TO_CHECK: 1}
    assert nomination(near_poor).score == 50
    assert nomination(near_poor).points == [["HCN", 40], ["never_insured", 10]]
    assert codes(child) == ["state_pays"]
    assert codes(old) == ["social_pension_age"]
    assert nomination(child).reviewed_by == "officer"


def test_poor_households_are_the_states_to_insure_but_may_have_a_book() -> None:
    cards, _ = listed(people=2, categories=("HN",))
    books, _ = listed(
        people=2, categories=("HN",), benefit=Benefit.SI, commune=world.places().other
    )
    assert review.judge_list(cards, "officer") == {NOT_ELIGIBLE: 2}
    assert review.judge_list(books, "officer") == {ELIGIBLE: 2}


def test_the_first_verdict_begins_the_review_and_freezes_the_policy() -> None:
    list_id, _ = listed()
    assert commune_list(list_id).review_began_at is None
    review.judge_list(list_id, "officer")

    assert commune_list(list_id).review_began_at is not None
    with pytest.raises(DBAPIError, match="policy_frozen"), unattended_writing("x") as work:
        policy = work.session.exec(select(Policy).where(Policy.province_code == "40")).one()
        policy.posting_days = 1
        work.session.add(policy)
        work.session.flush()


def test_a_policy_is_made_from_the_defaults_with_a_seed_anybody_can_compute() -> None:
    with unattended_writing("tests") as work:
        policy = policies.policy_for(work, "79", 2026)
        assert policies.policy_for(work, "79", 2026) is policy
        assert policy.points["HCN"] == [40, 35]
        assert policy.points["HN"] == [None, 40]
        assert policy.seed == policies.published_seed("79", 2026)
        assert policy.frozen_at is None


def test_somebody_helped_this_year_is_not_helped_again() -> None:
    _, given, _ = world.add_posted(people=1)
    world.add_proposal(
        pledge_id=world.add_pledge(), nomination_ids=given, match_state=MatchState.DELIVERED
    )
    list_id, (again,) = listed(people=1, commune=world.places().other, round_=2)
    with unattended_writing("tests") as work:
        helped = work.session.get_one(Nomination, given[0])
        helped.state = NominationState.WITHDRAWN
        work.session.add(helped)
        work.session.flush()
        row = work.session.get_one(Nomination, again)
        row.person_id = helped.person_id
    review.judge_list(list_id, "officer")

    assert nomination(again).state is NOT_ELIGIBLE
    assert {"still_insured", "helped_this_year"} <= set(codes(again))


def test_a_card_number_without_an_end_is_checked_until_somebody_looked_it_up() -> None:
    list_id, (lapsed, insured, unknown) = listed(people=3)
    for each in (lapsed, insured, unknown):
        change_person(each, hi_card="GD4404012345678")
    review.judge_list(list_id, "officer")
    assert codes(lapsed) == ["cover_end_unknown"]

    review.note_cover(lapsed, date(2025, 12, 31), "Cổng tra cứu", "officer")
    review.note_cover(insured, date(2027, 5, 31), "Cổng tra cứu", "officer")
    assert nomination(lapsed).state is ELIGIBLE
    assert ["lapsed", 5] in nomination(lapsed).points
    assert nomination(insured).state is NOT_ELIGIBLE
    assert nomination(unknown).state is TO_CHECK


def test_a_new_fact_about_an_eligible_person_calls_for_a_new_check() -> None:
    list_id, (someone, *_) = listed()
    review.judge_list(list_id, "officer")
    review.note_cover(someone, date(2027, 5, 31), "Cổng tra cứu", "officer")

    assert nomination(someone).state is TO_CHECK
    assert codes(someone) == ["still_insured"]
    with pytest.raises(Refused, match="rule_excludes"):
        review.set_verdict([someone], ELIGIBLE, "đã hỏi", "officer")
    review.set_verdict([someone], NOT_ELIGIBLE, "còn thẻ", "officer")
    assert nomination(someone).state is NOT_ELIGIBLE


def test_the_newest_word_on_a_cover_counts() -> None:
    list_id, (someone, *_) = listed()
    review.note_cover(someone, date(2027, 5, 31), "nhập nhầm", "officer")
    review.note_cover(someone, date(2025, 5, 31), "Cổng tra cứu", "officer")
    review.judge_list(list_id, "officer")
    assert nomination(someone).state is ELIGIBLE


@pytest.mark.parametrize(
    ("until", "source", "code"),
    [
        (date(2027, 1, 1), "  ", "source_missing"),
        (date(2027, 1, 1), "x" * 121, "source_missing"),
        (date(1999, 1, 1), "Cổng tra cứu", "cover_date"),
        (date(2200, 1, 1), "Cổng tra cứu", "cover_date"),
    ],
)
def test_a_cover_needs_a_believable_end_and_a_source(until: date, source: str, code: str) -> None:
    _, (someone, *_) = listed()
    with pytest.raises(Refused, match=code):
        review.note_cover(someone, until, source, "officer")


def test_facts_about_somebody_matched_wait_until_the_match_is_gone() -> None:
    _, nominations, _ = world.add_posted(people=1)
    world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations)
    with pytest.raises(Refused, match="person_matched"):
        review.note_cover(nominations[0], date(2027, 5, 31), "Cổng tra cứu", "officer")


def test_what_a_person_decided_the_rule_does_not_undo() -> None:
    list_id, (pensioner, doubtful, _) = listed(people=3)
    change_person(pensioner, birth_date="1940")
    review.judge_list(list_id, "officer")
    review.set_verdict([pensioner], ELIGIBLE, "không hưởng trợ cấp", "officer")
    review.set_verdict([doubtful], TO_CHECK, "chờ xã xác minh", "officer")
    review.judge_list(list_id, "officer")
    review.note_cover(pensioner, date(2025, 1, 1), "Cổng tra cứu", "officer")

    assert nomination(pensioner).state is ELIGIBLE
    assert nomination(doubtful).state is TO_CHECK
    assert nomination(doubtful).reasons[0]["details"]["note"] == "chờ xã xác minh"


def test_a_bulk_verdict_is_all_or_nothing() -> None:
    list_id, nominations = listed(people=3)
    change_person(nominations[2], birth_date="2024")
    with pytest.raises(Refused, match="rule_excludes") as refused:
        review.set_verdict(nominations, ELIGIBLE, "", "officer")
    assert refused.value.details == {"count": 1}
    assert commune_list(list_id).review_began_at is None
    assert {nomination(each).state for each in nominations} == {LISTED}

    assert review.set_verdict(nominations[:2], ELIGIBLE, "", "officer") == 2
    assert nomination(nominations[0]).score == 50


def test_verdicts_against_somebody_and_against_a_doubt_need_a_reason() -> None:
    list_id, (someone, pensioner, _) = listed()
    change_person(pensioner, birth_date="1940")
    review.judge_list(list_id, "officer")
    for target, state in ((someone, TO_CHECK), (pensioner, NOT_ELIGIBLE), (pensioner, ELIGIBLE)):
        with pytest.raises(Refused, match="reason_missing"):
            review.set_verdict([target], state, "  ", "officer")
    with pytest.raises(Refused, match="reason_too_long"):
        review.set_verdict([pensioner], ELIGIBLE, "x" * 501, "officer")


ALLOWED = {
    (LISTED, ELIGIBLE),
    (LISTED, NOT_ELIGIBLE),
    (LISTED, TO_CHECK),
    (TO_CHECK, ELIGIBLE),
    (TO_CHECK, NOT_ELIGIBLE),
    (ELIGIBLE, TO_CHECK),
}


@pytest.mark.parametrize("current", NominationState)
@pytest.mark.parametrize("to", [ELIGIBLE, NOT_ELIGIBLE, TO_CHECK])
def test_every_step_of_a_verdict_is_one_of_the_table(
    current: NominationState, to: NominationState
) -> None:
    _, (someone,) = listed(people=1, nomination_state=current)
    if (current, to) in ALLOWED:
        review.set_verdict([someone], to, "lý do", "officer")
        assert nomination(someone).state is to
    else:
        with pytest.raises(Refused, match="transition_not_allowed"):
            review.set_verdict([someone], to, "lý do", "officer")


@pytest.mark.parametrize("state", ListState)
def test_only_a_submitted_list_is_judged(state: ListState) -> None:
    list_id, nominations = listed(state=state)
    if state is ListState.SUBMITTED:
        review.judge_list(list_id, "officer")
        return
    with pytest.raises(Refused, match="list_not_in_review"):
        review.judge_list(list_id, "officer")
    with pytest.raises(Refused, match="list_not_in_review"):
        review.set_verdict(nominations, ELIGIBLE, "lý do", "officer")


def test_the_second_of_two_people_hears_what_the_first_decided() -> None:
    _, (someone, *_) = listed()
    review.set_verdict([someone], TO_CHECK, "chờ xác minh", "officer2")
    with pytest.raises(Refused, match="changed_meanwhile") as refused:
        review.set_verdict([someone], ELIGIBLE, "", "officer", seen={someone: LISTED})
    assert refused.value.details["who"] == world.NAMES["officer2"]
    assert refused.value.details["state"] is TO_CHECK


def test_finishing_is_refused_while_somebody_waits_for_a_verdict() -> None:
    list_id, nominations = listed(people=3)
    review.set_verdict(nominations[:1], ELIGIBLE, "", "officer")
    review.set_verdict(nominations[1:2], TO_CHECK, "chờ xác minh", "officer")
    seen = commune_list(list_id).version
    with pytest.raises(Refused, match="review_unfinished") as refused:
        review.finish(list_id, seen, "officer")
    assert refused.value.details == {"listed": 1, "to_check": 1, "pairs": 0}

    review.set_verdict(nominations[1:], NOT_ELIGIBLE, "đã chuyển đi", "officer")
    assert review.finish(list_id, seen, "officer") == 1
    assert commune_list(list_id).state is ListState.REVIEWED
    assert commune_list(list_id).reviewed_at is not None


def test_a_list_without_anybody_eligible_goes_back_instead() -> None:
    list_id, nominations = listed(people=2)
    review.set_verdict(nominations, NOT_ELIGIBLE, "đã chuyển đi", "officer")
    version = commune_list(list_id).version
    with pytest.raises(Refused, match="nobody_eligible"):
        review.finish(list_id, version, "officer")
    review.return_list(list_id, "Cả hai đã chuyển đi", version, "officer")

    returned = commune_list(list_id)
    assert returned.state is ListState.RETURNED
    assert returned.reason == "Cả hai đã chuyển đi"
    assert returned.review_began_at is None


def test_returning_needs_a_reason_and_the_version_that_was_shown() -> None:
    list_id, _ = listed()
    with pytest.raises(Refused, match="reason_missing"):
        review.return_list(list_id, " ", 1, "officer")
    with pytest.raises(Refused, match="changed_meanwhile"):
        review.return_list(list_id, "Thiếu dấu của xã", 9, "officer")


def test_only_who_may_review_reviews_and_only_in_the_own_province() -> None:
    list_id, nominations = listed()
    for username, (role, _province) in world.ACCOUNTS.items():
        for attempt in (
            lambda who=username: review.judge_list(list_id, who),
            lambda who=username: review.set_verdict(nominations, TO_CHECK, "lý do", who),
            lambda who=username: review.note_cover(nominations[0], date(2027, 1, 1), "x", who),
            lambda who=username: review.return_list(list_id, "lý do", 1, who),
            lambda who=username: review.finish(list_id, 1, who),
        ):
            if may(role, Action.REVIEW_LIST) and username != "far_officer":
                continue
            expected = "not_found" if username == "far_officer" else "not_allowed"
            with pytest.raises(Refused, match=expected):
                attempt()
    assert {nomination(each).state for each in nominations} == {LISTED}


def test_every_verdict_leaves_a_line_with_ids_but_no_names() -> None:
    _, nominations = listed()
    review.set_verdict(nominations, ELIGIBLE, "", "officer")
    assert actions()[-3:] == [
        "commune_list.review_began",
        "policy.frozen",
        "nomination.set_by_hand",
    ]
    with reading() as session:
        line = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert line is not None
    assert line.details == {"nominations": nominations, "list_state": "submitted"}
    assert (line.actor, line.to_state) == ("officer", "eligible")


def test_full_numbers_are_shown_for_a_purpose_and_remembered() -> None:
    _, (someone, *_) = listed()
    numbers = people.reveal(someone, Purpose.COMPARE_PAPERS, "office")
    with reading() as session:
        person = session.get_one(Person, nomination(someone).person_id)
    assert numbers.cccd == person.cccd
    assert actions()[-1] == "view.person"
    with pytest.raises(Refused, match="reason_missing"):
        people.reveal(someone, None, "officer")


def test_full_numbers_are_refused_outside_role_and_scope() -> None:
    _, (someone, *_) = listed()
    for username, (role, _province) in world.ACCOUNTS.items():
        if username in ("officer", "officer2", "approver", "approver2", "office"):
            continue
        expected = "not_found" if may(role, Action.REVEAL_PERSON) else "not_allowed"
        with pytest.raises(Refused, match=expected):
            people.reveal(someone, Purpose.CONTACT, username)
