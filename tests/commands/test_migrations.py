"""An older database with lists in it comes up to this version and loses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import select

from db.commands.admin import setup
from db.engine import engine
from db.models import Category, Posting, Table
from db.reference import catalogue
from db.rules.names import match_key
from db.rules.posted import posted_people
from db.unit_of_work import data_version, reading, unattended_writing
from tests.databases import forget_database

FIRST = "e9c41d704377"


@pytest.fixture
def old_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'old.db'}")
    forget_database()
    with engine().execution_options(begin_mode="IMMEDIATE").connect() as connection:
        connection.begin()
        config = setup._alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        connection.commit()
    yield
    forget_database()


@pytest.mark.usefixtures("old_database")
def test_a_file_sent_before_stands_after_the_migration(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:  # its foreign keys are not watched
        old.execute(
            "INSERT INTO upload (id, province_code, list_id, file_name, sha256, content,"
            " mapping, counts, sent_by, sent_at)"
            " VALUES (1, '40', 1, 'a.csv', 'x', x'41', '{}', '{}', 'office', '2026-09-15')"
        )
        old.commit()
    setup.init(kind="test")
    with engine().connect() as connection:
        kept = connection.execute(text("SELECT file_name, purpose, effects FROM upload")).one()
    assert tuple(kept) == ("a.csv", "new_round", "{}")


@pytest.mark.usefixtures("old_database")
def test_somebody_called_ly_who_was_stored_before_has_the_key_of_today(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.execute(
            "INSERT INTO person (id, province_code, commune_code, full_name, name_key, sort_key,"
            " hamlet, address, phone, household, relation, created_at) VALUES (1, '40', '16813',"
            " 'Lý Thúy Mỹ', 'ly thuy my', '', '', '', '', '', '', '2026-09-15')"
        )
        old.commit()
    setup.init(kind="test")
    with engine().connect() as connection:
        assert connection.execute(text("SELECT name_key FROM person")).scalar() == (
            match_key("Lý Thúy Mỹ")
        )


@pytest.mark.usefixtures("old_database")
def test_a_posting_of_before_knows_who_hung(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        for number, state in enumerate(("eligible", "not_eligible", "to_check"), start=1):
            old.execute(
                "INSERT INTO person (id, province_code, commune_code, full_name, name_key,"
                " sort_key, birth_date, hamlet, address, phone, household, relation, created_at)"
                " VALUES (?, '40', '16813', ?, '', '', '1950', 'Bản Búng', '', '', '', '',"
                " '2026-09-15')",
                (number, f"Lô Văn {number}"),
            )
            old.execute(
                "INSERT INTO nomination (id, province_code, commune_code, list_id, person_id,"
                " upload_id, row_number, benefit, year, categories, state, reasons, score,"
                " dependants, points, created_at) VALUES (?, '40', '16813', 1, ?, 1, 2, 'hi', 2026,"
                " '[\"HCN\"]', ?, '[]', 0, 0, '[]', '2026-09-15')",
                (number, number, state),
            )
        old.execute(
            "INSERT INTO posting (id, province_code, commune_code, list_id, state, version, place,"
            " opened_on, due_on, opened_by) VALUES (1, '40', '16813', 1, 'open', 1, 'UBND',"
            " '2026-09-15', '2026-09-18', 'office')"
        )
        old.execute(
            "INSERT INTO objection (id, province_code, commune_code, posting_id, nomination_id,"
            " received_on, answer_by, said_by, text, state, version, answer, recorded_by,"
            " recorded_at) VALUES (1, '40', '16813', 1, 3, '2026-09-15', '2026-09-24', '', 'x',"
            " 'upheld', 2, 'y', 'office', '2026-09-15')"
        )
        old.commit()
    setup.init(kind="test")
    with reading() as session:
        people = posted_people(session.exec(select(Posting.people)).one())
    assert [(one.nomination_id, one.full_name, one.birth) for one in people] == [
        (1, "Lô Văn 1", "1950"),
        (3, "Lô Văn 3", "1950"),
    ]


@pytest.mark.usefixtures("any_database")
def test_the_tables_are_just_what_the_models_say() -> None:
    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


@pytest.mark.usefixtures("any_database")
def test_a_category_changed_in_the_file_arrives_and_a_change_of_ours_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = {one.code: one for one in catalogue.categories()}
    version = data_version()
    with unattended_writing("tests") as work:
        work.session.get_one(Category, "KT").points_hi = 33
    changed = {code: replace(one, points_hi=7) for code, one in listed.items()}
    monkeypatch.setattr(catalogue, "categories", lambda: tuple(changed.values()))
    setup.init(kind="test")
    with reading() as session:
        points = {one.code: one.points_hi for one in session.exec(select(Category))}
    assert points == {code: 33 if code == "KT" else 7 for code in listed}
    assert data_version() > version

    with unattended_writing("tests") as work:  # other tests find the categories as they were
        work.session.get_one(Category, "KT").points_hi = listed["KT"].points_hi
    monkeypatch.undo()
    forget_database()
    setup.init(kind="test")
    with reading() as session:
        assert session.get_one(Category, "KT").points_hi == listed["KT"].points_hi
