"""Databases of millions of stored people, and lists that name some of them again."""

import json
import os
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from db.commands.admin import setup
from db.rules.names import match_key
from tests.bench.people import KNOWN_AMONG_LISTED, Invented, Nation
from tests.databases import Cluster, forget_database

_COLUMNS = (
    "id", "province_code", "commune_code", "full_name", "name_key", "sort_key", "birth_date",
    "sex", "cccd", "bhxh", "hamlet", "address", "phone", "household", "relation", "created_at",
)  # fmt: skip
_NAMED = ", ".join(_COLUMNS)
_LOOKED_UP = 20  # lists: the best of them is the floor
_BARE = {
    "sqlite": "SELECT p.id, p.full_name, p.birth_date FROM json_each(?) w"
    " CROSS JOIN person p WHERE p.cccd = w.value",
    "postgresql": "SELECT p.id, p.full_name, p.birth_date"
    " FROM json_array_elements_text(CAST(%s AS json)) w JOIN person p ON p.cccd = w.value",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list; `known_as` is the stored person it names again."""

    person: Invented
    known_as: int | None


def settle(path: Path, stored: int, listed: int, seed: int) -> list[Listed]:
    """Store so many people in a new SQLite database; lists that name some of them again."""
    _open(f"sqlite:///{path}")
    nation = Nation(seed)
    dice = random.Random(f"chosen {seed}")
    chosen = set(dice.sample(range(1, stored + 1), int(listed * KNOWN_AMONG_LISTED)))
    kept: list[Invented] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
            database.execute(f"PRAGMA {pragma}")
        indexes = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'person' AND type = 'index'"
            " AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        database.execute("BEGIN")
        marks = ", ".join("?" * len(_COLUMNS))
        database.executemany(
            f"INSERT INTO person ({_NAMED}) VALUES ({marks})",  # noqa: S608 - our own columns
            _rows(nation.people(stored), chosen, kept),
        )
        for _, sql in indexes:
            database.execute(sql)
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode=WAL")
    again = [Listed(nation.again(person), person.id) for person in kept]
    new = [Listed(person, None) for person in nation.people(listed - len(again))]
    return sorted(again + new, key=lambda one: (one.person.commune_code, one.person.id))


def copy_to_postgres(path: Path, cluster: Cluster) -> None:
    """Store everybody of the SQLite database on the server, and look there from now on."""
    cluster.run('CREATE DATABASE "people"')
    _open(cluster.url("people"))
    with (
        closing(sqlite3.connect(path)) as database,
        psycopg.connect(_plain(cluster)) as server,
        server.cursor() as cursor,
    ):
        indexes = cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = 'person' AND indexname LIKE 'ix_%'"
        ).fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')  # type: ignore[call-overload]
        with cursor.copy(f"COPY person ({_NAMED}) FROM STDIN") as copy:  # type: ignore[call-overload]
            for row in database.execute(f"SELECT {_NAMED} FROM person"):  # noqa: S608
                copy.write_row(row)
        for _, sql in indexes:
            cursor.execute(sql)
        cursor.execute("ANALYZE person")  # a server that runs for a minute has done it by itself


def bare_lookup_seconds(address: Path | Cluster, listed: Sequence[Listed], rows: int) -> float:
    """What one bare lookup of a list's citizen IDs takes: the best of several lists."""
    opened = (
        psycopg.connect(_plain(address))
        if isinstance(address, Cluster)
        else sqlite3.connect(address)
    )
    statement = _BARE["postgresql" if isinstance(address, Cluster) else "sqlite"]
    best = float("inf")
    with closing(opened) as database:
        for start in range(0, min(len(listed), _LOOKED_UP * rows), rows):
            numbers = [one.person.cccd for one in listed[start : start + rows]]
            started = time.perf_counter()
            database.execute(statement, (json.dumps(numbers),)).fetchall()  # type: ignore[call-overload]
            best = min(best, time.perf_counter() - started)
    return best


def _open(url: str) -> None:
    os.environ["DATABASE_URL"] = url
    forget_database()
    setup.init(kind="test")
    forget_database()  # nobody else has it open while it is filled


def _plain(cluster: Cluster) -> str:
    return cluster.url("people").replace("+psycopg", "")


def _rows(
    people: Iterator[Invented], chosen: set[int], kept: list[Invented]
) -> Iterator[tuple[object, ...]]:
    for person in people:
        if person.id in chosen:
            kept.append(person)
        yield (
            person.id, person.province_code, person.commune_code, person.full_name,
            match_key(person.full_name), "", person.birth_date, person.sex, person.cccd,
            person.bhxh, "", "", "", "", "", "2026-01-01 00:00:00",
        )  # fmt: skip
