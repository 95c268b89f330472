"""The one engine of the process."""

import contextlib
import os
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from db.settings import settings

SECONDS_TO_WAIT = 30
"""For SQLite's one write lock: longer than the longest list takes to be written."""


@lru_cache(maxsize=1)
def engine() -> Engine:
    return build(settings().database_url)


def build(url: str) -> Engine:
    return _sqlite(url) if url.startswith("sqlite") else _postgres(url)


def _postgres(url: str) -> Engine:
    made = create_engine(url, pool_pre_ping=True, pool_recycle=1800, hide_parameters=True)

    @event.listens_for(made, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # Compiling costs more than our statements take, and comes with every fresh server whose
        # tables were never analysed.
        connection.autocommit = True
        connection.execute("SET jit = off")
        connection.autocommit = False

    return made


def _sqlite(url: str) -> Engine:
    _keep_private(url)
    made = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT}, hide_parameters=True)

    @event.listens_for(made, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the "begin" hook below opens transactions
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={SECONDS_TO_WAIT * 1000}",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        # Writers queue for the lock up front; a deferred BEGIN would fail at its
        # first write with "database is locked" whenever another writer got there first.
        at_once = connection.get_execution_options().get("begin_mode") == "IMMEDIATE"
        connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN DEFERRED")

    return made


def _keep_private(url: str) -> None:
    """Only its owner reads the file, whatever the process would give to new files."""
    path = make_url(url).database
    if path and path != ":memory:" and not path.startswith("file:"):
        with contextlib.suppress(FileNotFoundError, PermissionError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            os.chmod(path, 0o600)
