"""The search for how many people one process carries."""

from collections.abc import Sequence
from unittest.mock import AsyncMock

import pytest

from tests import own_loop
from tests.bench import load
from tests.bench.streamlit_client import StreamlitSession


@pytest.mark.parametrize(
    ("carries", "found"),
    [(310, (300, True)), (40, (25, True)), (10, (0, True)), (5000, (1600, False))],
)
def test_the_search_ends_within_a_quarter_below_what_the_server_carries(
    monkeypatch: pytest.MonkeyPatch, carries: int, found: tuple[int, bool]
) -> None:
    async def open_session() -> StreamlitSession:
        return AsyncMock(StreamlitSession)

    async def waits(sessions: Sequence[StreamlitSession]) -> list[float]:
        return [0.1 if len(sessions) <= carries else 9.0]

    monkeypatch.setattr(load, "_waits", waits)
    assert own_loop.run(load.people_held(open_session)) == found


def test_the_95th_percentile_is_what_one_in_twenty_waits_at_least() -> None:
    assert load.percentile([float(n) for n in range(100)], 95) == 95
    assert load.percentile([3.0], 95) == 3
