"""A fresh migrated database and known people for every test that wants them.

`database` runs a test on SQLite; `any_database` runs it on SQLite and on PostgreSQL.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.databases import Cluster, build, copy_of, emptied, forget_database, postgres_binaries

os.environ["CHUNGTAY_COOKIE_KEY"] = "test-" + "k" * 40
os.environ["CHUNGTAY_AUDIT_KEY"] = "test-" + "a" * 40
os.environ["CHUNGTAY_ANCHORS"] = ""  # none, but where a test says so
os.environ["CHUNGTAY_BCRYPT_ROUNDS"] = "4"
os.environ["CHUNGTAY_TODAY"] = "2026-09-15"
os.environ.setdefault("DATABASE_URL", "sqlite:///nowhere-set-by-a-fixture.db")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.db'}"
    build(url)
    return url


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if postgres_binaries() is None:
        missing = "PostgreSQL is not installed (package postgresql)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    # Apart from pytest's own folder: another run closes that one to the user "postgres".
    with TemporaryDirectory(prefix="chungtay-pg-", ignore_cleanup_errors=True) as folder:
        server = Cluster(Path(folder))
        server.start()
        yield server
        forget_database()
        server.stop()


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """One database per worker, emptied before each test."""
    cluster.run('CREATE DATABASE "template_chungtay"')
    url = cluster.url("template_chungtay")
    build(url)
    return url


@pytest.fixture
def database(
    sqlite_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    with copy_of(sqlite_template, tmp_path) as url:
        yield from _opened(url, monkeypatch)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def any_database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        with copy_of(template, tmp_path) as url:
            yield from _opened(url, monkeypatch)
        return
    url = request.getfixturevalue("postgres_template")
    emptied(request.getfixturevalue("cluster"), url)
    yield from _opened(url, monkeypatch)


def _opened(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    import streamlit as st

    monkeypatch.setenv("DATABASE_URL", url)
    forget_database()
    st.cache_data.clear()  # AppTest runs share it within the process
    yield url
    forget_database()
