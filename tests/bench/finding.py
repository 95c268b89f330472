"""How well and how fast listed people are found again among stored ones."""

import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from db.commands.people.recognition import Found, certain, look_up
from db.rules.likeness import traits
from db.unit_of_work import reading
from tests.bench.stored import Listed, bare_lookup_seconds, copy_to_postgres, settle
from tests.databases import Cluster, forget_database, postgres_binaries

ROWS = 500
STORED = 3_000_000
LISTED = 400_000
LISTED_ON_POSTGRES = 20_000
SEED = 12
"""Weights and thresholds were fixed on seed 1."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of all lists; `seconds` for each list of ROWS."""

    known: int = 0
    new: int = 0
    same_right: int = 0
    same_wrong: int = 0
    reached: int = 0
    new_asked: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Per cent of the band "same" that are the person."""
        return 100 * self.same_right / (self.same_right + self.same_wrong)

    @property
    def recall(self) -> float:
        """Per cent of the known whom the band "same" or "ask" holds."""
        return 100 * self.reached / self.known

    @property
    def asked(self) -> float:
        """Per cent of the new rows that a person is asked about in vain."""
        return 100 * self.new_asked / self.new


def figures() -> list[tuple[str, float, float, str]]:
    """(name, value, floor, unit); for shares the floor is the goal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.db"
        rows = settle(path, STORED, LISTED, SEED)
        floor = bare_lookup_seconds(path, rows, ROWS)
        found = tally(rows)
        lines = [
            _speed("SQLite", found, floor),
            ('precision of "same" / goal', found.precision, 99.95, "%"),
            ('recall of "same" or "ask" / goal', found.recall, 99.0, "%"),
            ("new rows asked about / most of them", found.asked, 1.0, "%"),
        ]
        if postgres_binaries() is not None:
            lines.append(_on_postgres(path, rows[:LISTED_ON_POSTGRES]))
        forget_database()
    return lines


def tally(listed: Sequence[Listed]) -> Tally:
    """Look all rows up, ROWS at a time."""
    result = Tally()
    for start in range(0, len(listed), ROWS):
        part = listed[start : start + ROWS]
        wanted = [asdict(one.person) for one in part]
        started = time.perf_counter()
        with reading() as session:
            found = look_up(session, [traits(one) for one in wanted])
        result.seconds.append(time.perf_counter() - started)
        for one, those in zip(part, found, strict=True):
            _count(result, one, those)
    return result


def _on_postgres(path: Path, rows: Sequence[Listed]) -> tuple[str, float, float, str]:
    cluster = Cluster(path.parent)
    cluster.start()
    try:
        copy_to_postgres(path, cluster)
        floor = bare_lookup_seconds(cluster, rows, ROWS)
        return _speed("PostgreSQL", tally(rows), floor)
    finally:
        forget_database()
        cluster.stop()


def _speed(database: str, found: Tally, floor: float) -> tuple[str, float, float, str]:
    name = f"find {ROWS} rows in {STORED / 1_000_000:g} million on {database}"
    return name, 1000 * statistics.median(found.seconds), 1000 * floor, "ms"


def _count(result: Tally, one: Listed, found: list[Found]) -> None:
    sure = certain(found)
    right = sure is not None and sure.stored.kept_id == one.known_as
    result.same_right += right
    result.same_wrong += sure is not None and not right
    if one.known_as is None:
        result.new += 1
        result.new_asked += bool(found) and sure is None
        return
    result.known += 1
    result.reached += right if sure else any(each.stored.id == one.known_as for each in found)
