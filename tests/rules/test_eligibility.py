from dataclasses import replace
from datetime import date

import pytest

from db.rules.eligibility import Cover, PersonFacts, Verdict, judge
from db.rules.pricing import Price
from db.rules.states import Benefit, NominationState

TODAY = date(2026, 11, 22)
FARMER = PersonFacts(birth="1980-03-05", commune_code="17230", categories=frozenset({"HCN"}))


@pytest.mark.parametrize("benefit", Benefit)
def test_a_near_poor_farmer_without_cover_is_eligible(benefit: Benefit) -> None:
    assert judge(FARMER, benefit, TODAY) == Verdict(NominationState.ELIGIBLE, ())


@pytest.mark.parametrize("category", ["HN", "BTXH"])
def test_whoever_has_a_free_card_is_not_given_another(category: str) -> None:
    person = replace(FARMER, categories=frozenset({category, "DTTS"}))

    assert _codes(person) == ("not_eligible", [("state_pays", "category", category)])
    assert judge(person, Benefit.SI, TODAY).state == "eligible"


@pytest.mark.parametrize(
    ("categories", "commune_class", "state"),
    [
        ({"KK"}, "specially_hard", "not_eligible"),
        ({"KK"}, "island", "not_eligible"),
        ({"DTTS"}, "hard", "not_eligible"),
        ({"HCN"}, "hard", "eligible"),
        ({"DTTS", "HCN"}, "ethnic_mountain", "not_eligible"),
        ({"DTTS"}, "ethnic_mountain", "eligible"),
    ],
)
def test_where_the_state_pays_for_the_place(
    categories: set[str], commune_class: str, state: str
) -> None:
    person = replace(
        FARMER, categories=frozenset(categories), commune_classes=frozenset({commune_class})
    )

    assert judge(person, Benefit.HI, TODAY).state == state


@pytest.mark.parametrize(
    ("birth", "state", "code"),
    [
        ("2020-11-23", "not_eligible", "state_pays"),
        ("2020-11-22", "eligible", None),
        ("2020", "to_check", "birth_not_precise"),
        ("2021", "not_eligible", "state_pays"),
        ("1956-11-22", "to_check", "social_pension_age"),
        ("1956-11-23", "eligible", None),
    ],
)
def test_the_age_that_decides_about_a_card(birth: str, state: str, code: str | None) -> None:
    verdict = judge(replace(FARMER, birth=birth), Benefit.HI, TODAY)

    assert verdict.state == state
    assert [reason.code for reason in verdict.reasons] == ([code] if code else [])


def test_the_social_pension_begins_later_for_people_who_are_not_poor() -> None:
    person = replace(FARMER, categories=frozenset({"KK"}), birth="1952-01-01")

    assert judge(person, Benefit.HI, TODAY).state == "eligible"
    assert judge(replace(person, birth="1951"), Benefit.HI, TODAY).state == "to_check"


@pytest.mark.parametrize(
    ("birth", "state"),
    [
        ("2011-11-22", "eligible"),
        ("2011-11-23", "not_eligible"),
        ("2011", "to_check"),
        ("2011-11", "to_check"),
    ],
)
def test_nobody_under_fifteen_gets_a_book(birth: str, state: str) -> None:
    assert judge(replace(FARMER, birth=birth), Benefit.SI, TODAY).state == state


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2026, 12, 22), "eligible"),
        (date(2026, 12, 23), "not_eligible"),
        (date(2026, 1, 1), "eligible"),
        (None, "to_check"),
    ],
)
def test_a_card_that_ends_within_thirty_days_may_be_renewed(until: date | None, state: str) -> None:
    person = replace(FARMER, covers=(Cover(Benefit.HI, until, "GD4", "VssID"),))

    assert judge(person, Benefit.HI, TODAY).state == state
    assert judge(person, Benefit.SI, TODAY).state == "eligible"


def test_a_card_of_the_state_is_proof_even_when_it_ends_soon() -> None:
    ends_soon = replace(FARMER, covers=(Cover(Benefit.HI, date(2026, 11, 30), "DT2401234567890"),))
    ended = replace(FARMER, covers=(Cover(Benefit.HI, date(2026, 11, 21), "DT2401234567890"),))

    assert _codes(ends_soon) == ("not_eligible", [("state_pays", "card", "DT")])
    assert judge(ended, Benefit.HI, TODAY).state == "eligible"


def test_help_in_the_same_year_stands_in_the_way() -> None:
    verdict = judge(replace(FARMER, helped_this_year=True), Benefit.HI, TODAY)

    assert (verdict.state, verdict.reasons[0].code) == ("not_eligible", "helped_this_year")


def test_what_is_missing_is_named() -> None:
    nothing = PersonFacts(birth=None, commune_code=None, categories=frozenset())

    verdict = judge(nothing, Benefit.SI, TODAY)

    assert verdict.state == "to_check"
    assert verdict.reasons[0].details == {"fields": "birth,commune,category"}


def test_a_possible_duplicate_is_looked_at_first() -> None:
    assert judge(replace(FARMER, possible_duplicate=True), Benefit.HI, TODAY).state == "to_check"


def test_the_gravest_reason_decides_and_every_reason_is_kept() -> None:
    person = replace(FARMER, possible_duplicate=True, helped_this_year=True)

    verdict = judge(person, Benefit.HI, TODAY)

    assert verdict.state == "not_eligible"
    assert {reason.code for reason in verdict.reasons} == {
        "possible_duplicate",
        "helped_this_year",
    }


def test_nobody_is_given_what_the_province_already_pays() -> None:
    paid = Price(gross=1000, state=700, local=300, donor=0, group="HCN", state_percent=70)

    assert judge(FARMER, Benefit.HI, TODAY, price=paid).reasons[0].code == "nothing_left_to_pay"


def _codes(person: PersonFacts) -> tuple[str, list[tuple[str, str, str]]]:
    verdict = judge(person, Benefit.HI, TODAY)
    return verdict.state, [
        (reason.code, reason.details["why"], reason.details["value"]) for reason in verdict.reasons
    ]
