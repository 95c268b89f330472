"""`make bench`: one line per figure with its value, the floor of the same run, and their ratio.

Numbers of different machines or hours do not compare; the ratios do (goals: README).
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench import load
from tests.bench.servers import EMPTY_APP, launched, streamlit_run
from tests.bench.streamlit_client import StreamlitSession


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `floor` in `unit`; `at_least` when the search ended before the limit."""

    name: str
    value: float
    floor: float
    unit: str
    at_least: bool = False

    def line(self) -> str:
        """Return the figure as one line of the table."""
        sign = "≥" if self.at_least else " "
        return (
            f"{self.name:<52} {sign}{self.value:>8.1f} {self.unit:<6} "
            f"floor {self.floor:>8.1f} {self.unit:<6} ratio {self.value / self.floor:>6.2f}"
        )


def reruns_by_launcher() -> list[Figure]:
    """Compare the empty page served by the launcher and by `streamlit run` as shipped."""
    with launched(EMPTY_APP) as ours, streamlit_run(EMPTY_APP) as theirs:
        value, floor = asyncio.run(_rerun_milliseconds(ours, theirs))
    return [Figure("rerun by the launcher / by streamlit run", value, floor, "ms")]


def people_per_process() -> list[Figure]:
    """Count who one process carries, each rerunning once in ten seconds, p95 under a second."""
    with launched(EMPTY_APP) as address:
        held, ended = asyncio.run(load.people_held(lambda: StreamlitSession.open(address)))
    return [Figure("people held: empty page", held, held, "people", at_least=not ended)]


async def _rerun_milliseconds(*addresses: str) -> list[float]:
    sessions = [await StreamlitSession.open(address) for address in addresses]
    try:
        return [1000 * seconds for seconds in await load.rerun_seconds(sessions)]
    finally:
        await asyncio.gather(*(session.close() for session in sessions))


PARTS: dict[str, Callable[[], Sequence[Figure]]] = {
    "launcher": reruns_by_launcher,
    "people": people_per_process,
}


def main() -> None:
    """Measure the parts named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="leave out to measure all")
    for part in parser.parse_args().part or PARTS:
        for figure in PARTS[part]():
            print(figure.line())
            sys.stdout.flush()


if __name__ == "__main__":
    main()
