from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.scoring import Standing, order_key, score
from db.rules.shortlist import Candidate, Capacity, Order, Shortlist, Wishes, choose
from tests.world import usual_scale

TODAY = date(2026, 11, 22)
SCALE = replace(usual_scale(), categories={"HCN": 40, "KT": 20, "KK": 10})
ORDER = Order(SCALE, "s", TODAY)
ANYBODY = Wishes()


def person(number: int, *categories: str, price: int = 400_000, birth: str = "1970") -> Candidate:
    standing = Standing(number, score(categories, SCALE), birth=birth)
    return Candidate(standing, "17230", frozenset(categories), "F", price)


NEEDY, NEEDIER, NEEDIEST = person(1, "KK"), person(2, "KT"), person(3, "HCN", "KT")


def test_the_neediest_are_chosen_and_the_next_wait_in_reserve() -> None:
    result = _choose([NEEDY, NEEDIER, NEEDIEST], pieces=1)

    assert _ids(result) == ([3], [2], [(1, "not_reached")])
    assert result.threshold == 60


def test_nobody_chosen_means_no_threshold() -> None:
    assert _choose([NEEDY], pieces=0).threshold is None


def test_a_pledge_in_money_goes_on_with_whoever_it_still_pays_for() -> None:
    costly = replace(NEEDIER, price=900_000)

    result = choose([NEEDY, costly, NEEDIEST], Capacity(dong=800_000), ANYBODY, ORDER)

    assert _ids(result)[0] == [3, 1]
    assert _ids(result)[1] == [2]


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        (Wishes(communes=frozenset({"00001"})), "wish_commune"),
        (Wishes(categories=frozenset({"HCN"})), "wish_category"),
        (Wishes(sex="M"), "wish_sex"),
        (Wishes(age_from=60), "wish_age"),
        (Wishes(age_to=54), "wish_age"),
        (Wishes(age_from=56), "wish_age_unknown"),
    ],
)
def test_wishes_hold_for_certain_or_the_person_is_left_out(wishes: Wishes, code: str) -> None:
    assert _ids(_choose([NEEDY], wishes))[2] == [(1, code)]


def test_ages_include_both_ends_on_the_day_of_the_proposal() -> None:
    sixty = person(1, "KK", birth="1966-11-22")

    assert _ids(_choose([sixty], Wishes(age_from=60, age_to=60)))[0] == [1]
    assert _ids(_choose([person(1, "KK", birth="1966-11-23")], Wishes(age_from=60)))[0] == []


@pytest.mark.parametrize(("pieces", "dong"), [(None, None), (1, 1)])
def test_a_pledge_binds_in_pieces_or_in_money(pieces: int | None, dong: int | None) -> None:
    with pytest.raises(ValueError, match="either"):
        Capacity(pieces, dong)


people = st.builds(
    person,
    st.integers(1, 400),
    st.sampled_from(["HCN", "KT", "KK"]),
    price=st.integers(0, 900_000),
    birth=st.sampled_from(["1950", "1966-11-22", "2001-02"]),
)
crowds = st.lists(people, max_size=30, unique_by=lambda one: one.person_id)
capacities = st.one_of(
    st.builds(Capacity, pieces=st.integers(0, 12)),
    st.builds(Capacity, dong=st.integers(0, 9_000_000)),
)
some_wishes = st.builds(
    Wishes,
    categories=st.frozensets(st.sampled_from(["HCN", "KT"])),
    age_from=st.none() | st.integers(20, 70),
)


@given(crowds, capacities, some_wishes, st.randoms(use_true_random=False))
def test_the_order_in_which_people_come_changes_nothing(  # type: ignore[no-untyped-def]
    crowd: list[Candidate], capacity: Capacity, wishes: Wishes, random
) -> None:
    shuffled = random.sample(crowd, len(crowd))

    assert choose(crowd, capacity, wishes, ORDER) == choose(shuffled, capacity, wishes, ORDER)


@given(crowds, capacities, some_wishes)
def test_everyone_is_placed_once_and_the_pledge_is_never_exceeded(
    crowd: list[Candidate], capacity: Capacity, wishes: Wishes
) -> None:
    result = choose(crowd, capacity, wishes, ORDER)
    chosen, reserve, left_out = _ids(result)

    placed = [*chosen, *reserve, *(name for name, _ in left_out)]
    assert sorted(placed) == sorted(one.person_id for one in crowd)
    if capacity.pieces is not None:
        assert len(chosen) <= capacity.pieces
    else:
        assert sum(one.candidate.price for one in result.chosen) <= (capacity.dong or 0)


@given(crowds, st.integers(0, 12))
def test_nobody_waits_behind_a_less_needy_person(crowd: list[Candidate], pieces: int) -> None:
    result = _choose(crowd, pieces=pieces)

    in_order = [
        *(one.candidate for one in (*result.chosen, *result.reserve)),
        *(one.candidate for one in result.left_out),
    ]
    keys = [order_key(one.standing, SCALE, "s") for one in in_order]
    assert keys == sorted(keys)


def _choose(
    crowd: list[Candidate],
    wishes: Wishes = ANYBODY,
    *,
    pieces: int = 10,
) -> Shortlist:
    return choose(crowd, Capacity(pieces=pieces), wishes, ORDER)


def _ids(result: Shortlist) -> tuple[list[int], list[int], list[tuple[int, str]]]:
    return (
        [one.candidate.person_id for one in result.chosen],
        [one.candidate.person_id for one in result.reserve],
        [(one.candidate.person_id, one.code) for one in result.left_out],
    )
