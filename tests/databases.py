"""Databases for tests: one migrated template of each kind, copied for every test."""

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PG_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def postgres_binaries() -> Path | None:
    """Where initdb and pg_ctl live, or None where PostgreSQL is not installed."""
    return PG_PLACES[0] if PG_PLACES else None


class Cluster:
    """A PostgreSQL server of our own on 127.0.0.1, in a folder that goes away."""

    def __init__(self, folder: Path) -> None:
        binaries = postgres_binaries()
        assert binaries is not None
        self.binaries = binaries
        self.folder = folder / "cluster"
        # PostgreSQL refuses to run as root.
        self.run_as = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        self.folder.mkdir()
        if self.run_as:
            self.folder.parent.chmod(0o711)
            shutil.chown(self.folder, "postgres")
        self._call("initdb", "-D", self.folder, "-U", "tests", "-A", "trust", "-E", "UTF8",
                   "--locale=C", "--no-sync")  # fmt: skip
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
            f" -c unix_socket_directories={self.folder}"
        )
        self._call("pg_ctl", "-D", self.folder, "-w", "-l", self.folder / "log", "-o", options,
                   "start")  # fmt: skip

    def stop(self) -> None:
        self._call("pg_ctl", "-D", self.folder, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://tests@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(
            f"postgresql://tests@127.0.0.1:{self.port}/{database}", autocommit=True
        ) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def _call(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [*self.run_as, str(self.binaries / program), *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )


def forget_database() -> None:
    """Let the next call open whatever the environment names now."""
    from db.commands.admin import setup
    from db.engine import engine
    from db.settings import cookie_key, settings

    if engine.cache_info().currsize:
        engine().dispose()
    settings.cache_clear()
    engine.cache_clear()
    cookie_key.cache_clear()
    setup._check_schema.cache_clear()


def build(url: str) -> None:
    """Tables, reference data and the people of tests/world.py."""
    from db.commands.admin import setup
    from tests import world

    os.environ["DATABASE_URL"] = url
    forget_database()
    setup.init(kind="test")
    world.settle()
    forget_database()


KEPT = {
    "province",
    "former_province",
    "commune",
    "commune_name",
    "commune_class",
    "category",
    "ethnic_group",
    "audit_head",
    "database_kind",
    "alembic_version",
}
"""Reference data: the same in every test, so PostgreSQL keeps it between them."""


@contextmanager
def copy_of(template: str, folder: Path) -> Iterator[str]:
    """The address of a fresh copy of a SQLite template."""
    target = folder / "test.db"
    shutil.copyfile(template.removeprefix("sqlite:///"), target)
    yield f"sqlite:///{target}"


def emptied(cluster: Cluster, url: str) -> None:
    """Bring a PostgreSQL database back to reference data and the people of tests/world.py.

    Several times quicker than a copy of the template for each test.
    """
    from db.models import Table
    from tests import world

    tables = [name for name in Table.metadata.tables if name not in KEPT]
    names = ", ".join(f'"{name}"' for name in tables)
    cluster.run(f"TRUNCATE {names} RESTART IDENTITY CASCADE", url.rsplit("/", 1)[1])
    head = (
        f"UPDATE audit_head SET last_id = 0, last_hash = '{'0' * 64}', seal = '', data_version = 0"  # noqa: S608
    )
    cluster.run(head, url.rsplit("/", 1)[1])
    os.environ["DATABASE_URL"] = url
    forget_database()
    world.settle()
    forget_database()
