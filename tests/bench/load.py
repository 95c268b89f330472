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
FIRST_STEP = 100
SMALLEST_STEP = 25
OPENED_AT_ONCE = 8


async def rerun_seconds(
    sessions: Sequence[StreamlitSession], runs: int = 40, warm_up: int = 5
) -> list[float]:
    """Return each session's median time of a rerun, in seconds; they take turns.

    Taking turns lets a slow minute of the machine fall on all alike.
    """
    taken: list[list[float]] = [[] for _ in sessions]
    for _ in range(warm_up + runs):
        for session, times in zip(sessions, taken, strict=True):
            times.append((await session.rerun()).seconds)
    return [statistics.median(times[warm_up:]) for times in taken]


async def people_held(open_session: Opener, most: int = 1600) -> tuple[int, bool]:
    """Return how many people kept a p95 under a second, and whether more of them did not.

    Everyone reruns once in ten seconds at a moment of their own; the wait counts from the
    moment the click was due, so a server that stands still cannot hide it. The number is
    doubled until it fails, then halved into, to within a quarter.
    """
    sessions: list[StreamlitSession] = []

    async def bears(number: int) -> bool:
        await _gather(sessions, number, open_session)
        return percentile(await _waits(sessions), 95) < LONGEST_WAIT

    try:
        held, tried = 0, FIRST_STEP
        while await bears(tried):
            held, tried = tried, tried * 2
            if tried > most:
                return held, False
        while tried - held > max(SMALLEST_STEP, held // 4):
            middle = (held + tried) // 2
            held, tried = (middle, tried) if await bears(middle) else (held, middle)
        return held, True
    finally:
        await _gather(sessions, 0, open_session)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` per cent of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


async def _gather(sessions: list[StreamlitSession], number: int, open_session: Opener) -> None:
    """Open or close sessions until there are this many, each with its page drawn."""

    async def open_and_draw() -> StreamlitSession:
        session = await open_session()
        await session.rerun()
        return session

    while len(sessions) < number:
        few = min(OPENED_AT_ONCE, number - len(sessions))
        sessions += await asyncio.gather(*(open_and_draw() for _ in range(few)))
    await asyncio.gather(*(session.close() for session in sessions[number:]))
    del sessions[number:]


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
