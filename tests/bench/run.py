"""`make bench`: one line per figure with its value, the floor of the same run, and their ratio.

Numbers of different machines or hours do not compare; the ratios do (goals: README).
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from components.screens import PROGRESS, REVIEW, WORK
from tests.bench import checking, finding, load, places, site, upload
from tests.bench.servers import EMPTY_APP, ROOT, launched, streamlit_run
from tests.bench.streamlit_client import StreamlitSession

APP = ROOT / "app.py"
REVIEWED = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `floor` in `unit`; `at_least` when the search ended before the limit."""

    name: str
    value: float
    floor: float
    unit: str
    at_least: bool = False

    @property
    def ratio(self) -> float:
        return self.value / self.floor if self.floor else float("nan")

    def line(self) -> str:
        """Return the figure as one line of the table."""
        sign = "≥" if self.at_least else " "
        return (
            f"{self.name:<52}, {sign}{self.value:>9.2f} {self.unit:<6}, "
            f"floor {self.floor:>9.2f} {self.unit:<6}, ratio {self.ratio:>7.2f}"
        )


def reruns_of_screens() -> list[Figure]:
    """Compare screens that work needs most with the emptiest page, all by the launcher."""
    with site.own_database():
        site.fill()
        code = site.add_list_of(REVIEWED)
        with launched(APP) as ours, launched(EMPTY_APP) as empty:
            *values, floor = asyncio.run(_screen_milliseconds(ours, empty, code))
    names = ("home", "progress of the nation", f"review of {REVIEWED} rows")
    return [
        Figure(f"rerun: {name} / empty page", value, floor, "ms")
        for name, value in zip(names, values, strict=True)
    ]


def reruns_by_launcher() -> list[Figure]:
    """Compare the empty page served by the launcher and by `streamlit run` as shipped."""
    with launched(EMPTY_APP) as ours, streamlit_run(EMPTY_APP) as theirs:
        value, floor = asyncio.run(_empty_milliseconds(ours, theirs))
    return [Figure("rerun by the launcher / by streamlit run", value, floor, "ms")]


def list_to_commit() -> list[Figure]:
    """Send a list of 20,000 people as an office does; the floor reads and stores bare rows."""
    content = upload.commune_list()
    with site.own_database() as folder:
        value = upload.seconds_to_commit(content, folder)
    with tempfile.TemporaryDirectory() as other:
        floor = min(upload.floor_seconds(content, Path(other)) for _ in range(3))
    return [Figure(f"{upload.ROWS} rows from bytes to commit", 1000 * value, 1000 * floor, "ms")]


def list_checked() -> list[Figure]:
    """Check 20,000 rows as a workbook and as text; the floors only read the file."""
    content = upload.commune_list()
    measured = {
        f"check {upload.ROWS} rows of XLSX / openpyxl": checking.of_workbook(content),
        f"check {upload.ROWS} rows of CSV / csv": checking.of_csv(content),
    }
    return [
        Figure(name, 1000 * value, 1000 * floor, "ms") for name, (value, floor) in measured.items()
    ]


def places_resolved() -> list[Figure]:
    """Find 10,000 communes in the forms that lists have; the floor looks exact texts up."""
    return [Figure(*figure) for figure in places.figures()]


def people_per_process() -> list[Figure]:
    """Count who one process carries, each rerunning once in ten seconds, p95 under a second."""
    with launched(EMPTY_APP) as address:
        floor, _ended = asyncio.run(load.people_held(lambda: StreamlitSession.open(address)))
    with site.own_database():
        site.fill()
        with launched(APP) as address:
            browser = site.signed_in(address, site.CENTRAL)
            held, ended = asyncio.run(load.people_held(lambda: browser.open(PROGRESS.url_path)))
    return [Figure("people held: progress / empty page", held, floor, "people", not ended)]


def people_found_again() -> list[Figure]:
    """Find listed people among three million stored ones; takes minutes and three gigabytes."""
    return [Figure(*figure) for figure in finding.figures()]


async def _screen_milliseconds(ours: str, empty: str, list_code: str) -> list[float]:
    central = site.signed_in(ours, site.CENTRAL)
    officer = site.signed_in(ours, site.OFFICER)
    return await _in_turns(
        await officer.open(WORK.url_path),
        await central.open(PROGRESS.url_path),
        await officer.open(REVIEW.url_path, f"ds={list_code}"),
        await StreamlitSession.open(empty),
    )


async def _empty_milliseconds(*addresses: str) -> list[float]:
    return await _in_turns(*[await StreamlitSession.open(address) for address in addresses])


async def _in_turns(*sessions: StreamlitSession) -> list[float]:
    try:
        return [1000 * seconds for seconds in await load.rerun_seconds(sessions)]
    finally:
        await asyncio.gather(*(session.close() for session in sessions))


PARTS: dict[str, Callable[[], Sequence[Figure]]] = {
    "screens": reruns_of_screens,
    "launcher": reruns_by_launcher,
    "upload": list_to_commit,
    "check": list_checked,
    "places": places_resolved,
    "people": people_per_process,
    "finding": people_found_again,
}


def main() -> None:
    """Measure the parts named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="leave out to measure all")
    measured = [_print_measured(part) for part in parser.parse_args().part or PARTS]
    sys.exit(0 if all(measured) else 1)


def _print_measured(part: str) -> bool:
    """Print the lines of a part; a machine too busy to answer in time gets a second chance."""
    for _ in range(2):
        try:
            for figure in PARTS[part]():
                print(figure.line(), flush=True)
        except Exception as error:  # noqa: BLE001 - the other parts are still worth measuring
            reason = repr(error)
        else:
            return True
    print(f"{part}: not measured ({reason})", flush=True)
    return False


if __name__ == "__main__":
    main()
