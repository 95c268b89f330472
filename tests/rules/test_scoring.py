from dataclasses import replace
from datetime import date

import pytest

from db.rules.scoring import PointScale, Score, Standing, order_key, score
from tests.world import usual_scale

SCALE = usual_scale()


def test_points_of_several_categories_add_and_are_explained() -> None:
    result = score({"KT", "HCN"}, SCALE, insured="never", dependants=2)

    assert result == Score(76, (("HCN", 40), ("KT", 20), ("never_insured", 10), ("dependants", 6)))


@pytest.mark.parametrize(
    ("insured", "points"), [("never", 10), ("lapsed", 5), ("insured", 0), (None, 0)]
)
def test_past_insurance_counts(insured: str | None, points: int) -> None:
    assert score([], SCALE, insured=insured).total == points  # type: ignore[arg-type]


@pytest.mark.parametrize(("dependants", "points"), [(0, 0), (1, 3), (3, 9), (7, 9)])
def test_dependants_count_up_to_nine_points(dependants: int, points: int) -> None:
    assert score([], SCALE, dependants=dependants).total == points


def test_a_category_counts_once_and_an_unknown_one_nothing() -> None:
    assert score(["KT", "KT", "??"], SCALE).total == 20


def test_at_equal_points_poverty_goes_before_an_older_review() -> None:
    poor = Standing(1, score({"HCN", "KT"}, SCALE), date(2026, 9, 2))
    less_poor = Standing(2, score({"BHN", "MSTB", "KT"}, SCALE), date(2026, 9, 1))
    same_but_earlier = Standing(3, score({"HCN", "NCT"}, SCALE), date(2026, 9, 1))

    assert _order([less_poor, poor, same_but_earlier]) == [3, 1, 2]


def test_someone_without_a_review_date_comes_after_those_with_one() -> None:
    dated = Standing(1, score({"KT"}, SCALE), date(2026, 9, 1))

    assert _order([Standing(2, score({"KT"}, SCALE)), dated]) == [1, 2]


def test_the_policy_may_prefer_the_older_person() -> None:
    scale = replace(SCALE, tie_breaks=("older",))
    young = Standing(1, score({"KT"}, scale), birth="1990")
    old = Standing(2, score({"KT"}, scale), birth="1947-05-01")

    assert _order([young, old], scale) == [2, 1]


def test_the_lot_depends_on_the_published_seed() -> None:
    people = [Standing(number, score({"KT"}, SCALE)) for number in range(20)]

    assert _order(people, seed="2026-A") == _order(people[::-1], seed="2026-A")
    assert _order(people, seed="2026-A") != _order(people, seed="2026-B")


def test_an_unknown_tie_break_is_an_error() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        replace(SCALE, tie_breaks=("shoe_size",))


def _order(people: list[Standing], scale: PointScale = SCALE, seed: str = "s") -> list[int]:
    return [one.person_id for one in sorted(people, key=lambda one: order_key(one, scale, seed))]
