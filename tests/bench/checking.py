"""What checking a list of 20,000 people takes, and the least that reading the file can cost."""

import csv
import io
import time
from collections.abc import Callable

import openpyxl

from db.intake.checking import check
from tests import world

TURNS = 3
SECONDS_OF_A_TURN = 0.3
COMMUNE = "16813"
"""In Nghệ An, where the citizen numbers of the list were given."""


def workbook_of(content: bytes) -> bytes:
    """The same rows as XLSX, every cell a text."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in csv.reader(io.StringIO(content.decode())):
        sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def of_csv(content: bytes) -> tuple[float, float]:
    """(seconds to check the list, seconds to read it with the csv module), at best."""
    return _best(
        lambda: _check(content, "danh-sach.csv"),
        lambda: list(csv.reader(io.StringIO(content.decode()))),
    )


def of_workbook(content: bytes) -> tuple[float, float]:
    """(seconds to check the list as XLSX, seconds of openpyxl to load it), at best."""
    book = workbook_of(content)
    return _best(
        lambda: _check(book, "danh-sach.xlsx"),
        lambda: openpyxl.load_workbook(io.BytesIO(book)),
    )


def _check(content: bytes, file_name: str) -> None:
    found = check(
        content,
        file_name,
        year=world.TODAY.year,
        today=world.TODAY,
        communes=frozenset({COMMUNE}),
        commune_code=COMMUNE,
    )
    assert found.verdict in ("import", "import_with_errors")


def _best(*acts: Callable[[], object]) -> tuple[float, float]:
    """The least time of each; they take turns, so that a slow minute falls on all alike."""
    best = [float("inf")] * len(acts)
    for _ in range(TURNS):
        for at, act in enumerate(acts):
            best[at] = min(best[at], _least(act))
    value, floor = best
    return value, floor


def _least(act: Callable[[], object]) -> float:
    """The least time of an act in one turn; what is quick is done often in it."""
    least, spent = float("inf"), 0.0
    while spent < SECONDS_OF_A_TURN:
        started = time.perf_counter()
        act()
        taken = time.perf_counter() - started
        least, spent = min(least, taken), spent + taken
    return least
