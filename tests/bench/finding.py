"""How well and how fast listed people are found again among stored ones."""

import json
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from db.commands.recognition import Found, certain, look_up
from db.rules.likeness import traits
from db.rules.names import fold
from db.unit_of_work import reading
from tests.bench.people import KNOWN_AMONG_LISTED, Invented, Nation
from tests.databases import forget_database

ROWS = 500
SEED = 12
"""Weights and thresholds were fixed on seed 1."""
_COLUMNS = (
    "id", "province_code", "commune_code", "full_name", "name_key", "sort_key", "birth_date",
    "sex", "cccd", "bhxh", "hamlet", "address", "phone", "household", "relation", "created_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list; `known_as` is the stored person it names again."""

    person: Invented
    known_as: int | None


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

    def lines(self) -> list[str]:
        """Shares as a reader wants them, one a line."""
        same = self.same_right + self.same_wrong
        return [
            f'precision of "same" {100 * self.same_right / same:.3f} % of {same}',
            f'recall of "same" {100 * self.same_right / self.known:.2f} %',
            f'recall of "same" or "ask" {100 * self.reached / self.known:.2f} % of {self.known}',
            f"new rows asked about {100 * self.new_asked / self.new:.2f} % of {self.new}",
            f"{ROWS} rows in {statistics.median(self.seconds):.3f} s (median),"
            f" {min(self.seconds):.3f} s (best)",
        ]


def figures(
    stored: int = 3_000_000, listed: int = 100_000, seed: int = SEED
) -> list[tuple[str, float, float, str]]:
    """(name, value, floor, unit); where nothing was measured beside it, the floor is the goal."""
    with tempfile.TemporaryDirectory() as folder:
        rows = settle(Path(folder), stored, listed, seed)
        floor = _floor_seconds(Path(folder) / "people.db", rows)
        found = tally(rows)
        forget_database()
    same = found.same_right + found.same_wrong
    missed = found.known - found.reached
    size = f"{stored / 1_000_000:g} million"
    return [
        (f"find {ROWS} rows in {size}", 1000 * statistics.median(found.seconds),
         1000 * floor, "ms"),
        ("wrong among 10,000 same (goal 5)", 10_000 * found.same_wrong / same, 5, "rows"),
        ("known but missed of 1,000 (goal 10)", 1000 * missed / found.known, 10, "rows"),
        ("new but asked about of 1,000 (goal 10)", 1000 * found.new_asked / found.new, 10, "rows"),
    ]  # fmt: skip


def settle(folder: Path, stored: int, listed: int, seed: int) -> list[Listed]:
    """Store so many people in a new SQLite database; lists that name some of them again."""
    from db.commands import setup

    path = folder / "people.db"
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    forget_database()
    setup.init(kind="test")
    nation = Nation(seed)
    dice = random.Random(f"chosen {seed}")
    chosen = set(dice.sample(range(1, stored + 1), int(listed * KNOWN_AMONG_LISTED)))
    kept: list[Invented] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        indexes = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'person' AND type = 'index'"
            " AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        database.execute("BEGIN")
        marks = ", ".join("?" * len(_COLUMNS))
        database.executemany(
            f"INSERT INTO person ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
            _rows(nation.people(stored), chosen, kept),
        )
        database.execute("COMMIT")
        for _, sql in indexes:
            database.execute(sql)
        database.execute("ANALYZE")
    again = [Listed(nation.again(person), person.id) for person in kept]
    new = [Listed(person, None) for person in nation.people(listed - len(again))]
    return sorted(again + new, key=lambda one: (one.person.commune_code, one.person.id))


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


def _floor_seconds(path: Path, listed: Sequence[Listed]) -> float:
    """What one bare lookup of ROWS citizen IDs takes: the best of several lists."""
    best = float("inf")
    with closing(sqlite3.connect(path)) as database:
        for start in range(0, min(len(listed), 20 * ROWS), ROWS):
            numbers = [one.person.cccd for one in listed[start : start + ROWS]]
            started = time.perf_counter()
            database.execute(
                "SELECT p.id, p.full_name, p.birth_date FROM json_each(?) w"
                " CROSS JOIN person p WHERE p.cccd = w.value",
                (json.dumps(numbers),),
            ).fetchall()
            best = min(best, time.perf_counter() - started)
    return best


def _rows(
    people: Iterator[Invented], chosen: set[int], kept: list[Invented]
) -> Iterator[tuple[object, ...]]:
    for person in people:
        if person.id in chosen:
            kept.append(person)
        yield (
            person.id, person.province_code, person.commune_code, person.full_name,
            fold(person.full_name), "", person.birth_date, person.sex, person.cccd, person.bhxh,
            "", "", "", "", "", "2026-01-01 00:00:00",
        )  # fmt: skip
