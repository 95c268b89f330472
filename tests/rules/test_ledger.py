import pytest

from db.rules.ledger import Funds


@pytest.mark.parametrize(
    ("received", "state"),
    [(0, "awaiting"), (1, "partly_received"), (99, "partly_received"), (100, "received")],
)
def test_funding_follows_from_the_receipts(received: int, state: str) -> None:
    assert Funds(100, received).state == state
