import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.ledger import Funds, Ledger, ledger
from db.rules.states import MatchState


def test_every_match_sits_in_the_bucket_of_its_state() -> None:
    result = ledger(10, [(state, 1) for state in MatchState], withdrawn=2)

    assert result == Ledger(10, reserved=1, approved=1, issued=1, delivered=1, withdrawn=2)
    assert (result.free, result.committed) == (4, 4)


@given(
    st.lists(st.tuples(st.sampled_from(MatchState), st.integers(0, 500_000)), max_size=12),
    st.integers(0, 1_000_000),
)
def test_the_buckets_always_add_up_to_what_was_pledged(
    matches: list[tuple[MatchState, int]], withdrawn: int
) -> None:
    result = ledger(10_000_000, matches, withdrawn)

    assert result.pledged == (
        result.free
        + result.reserved
        + result.approved
        + result.issued
        + result.delivered
        + result.withdrawn
    )


@pytest.mark.parametrize("buckets", [{"issued": 11}, {"issued": 6, "withdrawn": 5}, {"issued": -1}])
def test_a_ledger_that_does_not_balance_cannot_exist(buckets: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="balance"):
        Ledger(10, **buckets)


@pytest.mark.parametrize(
    ("buckets", "use"),
    [
        ({}, "unused"),
        ({"reserved": 1}, "in_use"),
        ({"delivered": 9, "withdrawn": 1}, "used_up"),
        ({"delivered": 10}, "used_up"),
    ],
)
def test_use_follows_from_the_buckets(buckets: dict[str, int], use: str) -> None:
    assert Ledger(10, **buckets).use == use


@pytest.mark.parametrize(
    ("received", "state"),
    [(0, "awaiting"), (1, "partly_received"), (99, "partly_received"), (100, "received")],
)
def test_funding_follows_from_the_receipts(received: int, state: str) -> None:
    assert Funds(100, received).state == state


def test_only_received_money_can_be_spent() -> None:
    assert Funds(100, received=60, spent=40).issuable == 20
    assert Funds(100, received=30, spent=40).issuable == 0
