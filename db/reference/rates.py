"""The contribution bases and State shares that fill a new database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ContributionBase:
    """What both insurances are computed from; đồng a month, rates in hundredths of a percent."""

    effective_from: date
    hi_base: int
    hi_rate_bp: int
    si_line: int
    si_rate_bp: int
    source: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class StateShare:
    """The percent that the State pays for one group; benefit is "hi" or "si"."""

    effective_from: date
    benefit: str
    group: str
    percent: int
    source: str


@cache
def contribution_bases() -> tuple[ContributionBase, ...]:
    """Rows of rates.csv, oldest first."""
    return tuple(
        ContributionBase(
            effective_from=date.fromisoformat(row["effective_from"]),
            hi_base=int(row["hi_base"]),
            hi_rate_bp=int(row["hi_rate_bp"]),
            si_line=int(row["si_line"]),
            si_rate_bp=int(row["si_rate_bp"]),
            source=row["source"],
            provisional=row["provisional"] == "1",
        )
        for row in _rows("rates.csv")
    )


@cache
def state_shares() -> tuple[StateShare, ...]:
    """Rows of state_shares.csv, in the order of the file."""
    return tuple(
        StateShare(
            date.fromisoformat(row["effective_from"]),
            row["benefit"],
            row["group"],
            int(row["percent"]),
            row["source"],
        )
        for row in _rows("state_shares.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
