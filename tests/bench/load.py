"""How long one rerun takes, and how many people one process carries."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence

from tests.bench.streamlit_client import StreamlitSession

Opener = Callable[[], Awaitable[StreamlitSession]]

SECONDS_BETWEEN_RERUNS = 10.0
LONGEST_WAIT = 1.0  # seconds: the p95 a person may be asked to bear
WINDOW = 15.0  # seconds of load before a step is judged
OPENED_AT_ONCE = 8


async def rerun_seconds(session: StreamlitSession, runs: int = 40, warm_up: int = 5) -> float:
    """Return the median time of a rerun, in seconds."""
    for _ in range(warm_up):
        await session.rerun()
    return statistics.median([(await session.rerun()).seconds for _ in range(runs)])


async def people_held(open_session: Opener, steps: Sequence[int]) -> tuple[int, bool]:
    """Return the last step at which p95 stayed under a second, and whether a further one failed.

    Everyone reruns once in ten seconds at a moment of their own; the wait counts from the
    moment the click was due, so a server that stands still cannot hide it.
    """
    held = 0
    sessions: list[StreamlitSession] = []
    try:
        for step in steps:
            await _open_until(sessions, step, open_session)
            if percentile(await _waits(sessions), 95) >= LONGEST_WAIT:
                return held, True
            held = step
        return held, False
    finally:
        await asyncio.gather(*(session.close() for session in sessions), return_exceptions=True)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` per cent of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


async def _open_until(sessions: list[StreamlitSession], number: int, open_session: Opener) -> None:
    async def open_and_draw() -> StreamlitSession:
        session = await open_session()
        await session.rerun()
        return session

    while len(sessions) < number:
        few = min(OPENED_AT_ONCE, number - len(sessions))
        sessions += await asyncio.gather(*(open_and_draw() for _ in range(few)))


async def _waits(sessions: Sequence[StreamlitSession]) -> list[float]:
    start = time.monotonic()
    waits: list[float] = []

    async def click(session: StreamlitSession, due: float) -> None:
        while due < start + WINDOW:
            await asyncio.sleep(due - time.monotonic())
            try:
                await session.rerun()
            except TimeoutError:
                waits.append(time.monotonic() - due)
                return
            waits.append(time.monotonic() - due)
            due += SECONDS_BETWEEN_RERUNS

    spacing = SECONDS_BETWEEN_RERUNS / len(sessions)
    await asyncio.gather(
        *(click(session, start + n * spacing) for n, session in enumerate(sessions))
    )
    return waits
