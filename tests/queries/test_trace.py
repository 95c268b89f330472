"""The audit chain against whoever has the database: rewritten, cut, emptied, put back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, delete, select

from db import anchors
from db.__main__ import main
from db.anchors import Anchor
from db.audit_chain import chained_hash
from db.commands.donors import pledges
from db.commands.donors.donors import DonorEntry
from db.models import AuditEntry, AuditHead
from db.queries.admin import trace
from db.settings import settings
from db.unit_of_work import unattended_writing
from tests.commands.donors.test_pledges import entry


@pytest.fixture(autouse=True)
def anchors_file(
    any_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    path = tmp_path / "outside.anchors"
    monkeypatch.setenv("CHUNGTAY_ANCHORS", str(path))
    settings.cache_clear()
    yield path
    if any_database.startswith("postgresql"):
        with unattended_writing("") as work:
            work.session.connection().exec_driver_sql("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def another_pledge(quantity: int) -> None:
    donor = DonorEntry(name=f"Nhóm {quantity}", is_another=True)
    pledges.record(entry(donor=donor, quantity=quantity), "officer2")


def without_guards(session: Session) -> None:
    """Who has the database also takes away what keeps its entries as they are."""
    run = session.connection().exec_driver_sql
    if session.connection().dialect.name == "postgresql":
        run("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        return
    for (name,) in run(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    ).all():
        run(f"DROP TRIGGER {name}")


def rewritten(session: Session) -> None:
    """Every hash recomputed after somebody else's name was put into the first entry."""
    before = "0" * 64
    for line in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))):
        if line.id == 1:
            line.actor = "nobody"
        line.hash_before = before
        line.hash = before = chained_hash(line)
        session.add(line)
    session.exec(select(AuditHead)).one().last_hash = before


def cut(session: Session) -> None:
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert last is not None
    head = session.exec(select(AuditHead)).one()
    head.last_id, head.last_hash = last.id - 1, last.hash_before
    session.delete(last)


def emptied(session: Session) -> None:
    session.connection().execute(delete(AuditEntry))
    head = session.exec(select(AuditHead)).one()
    head.last_id, head.last_hash, head.seal = 0, "0" * 64, ""


@pytest.mark.parametrize(
    ("attack", "fault"), [(rewritten, "seal"), (cut, "seal"), (emptied, "anchor")]
)
def test_who_has_the_database_alone_cannot_rewrite_what_happened(
    attack: Callable[[Session], None], fault: trace.Fault
) -> None:
    pledges.record(entry(), "officer")
    assert trace.verify().whole
    assert main(["anchor"]) == 0
    with unattended_writing("") as work:
        without_guards(work.session)
        attack(work.session)
    assert trace.verify().fault == fault


def test_a_database_put_back_to_yesterday_does_not_fit_the_anchor_nor_the_paper(
    anchors_file: Path,
) -> None:
    pledges.record(entry(), "officer")
    yesterday = trace.head()
    with unattended_writing("") as work:
        seal = work.session.exec(select(AuditHead)).one().seal
    another_pledge(7)
    printed = trace.printed_line()
    assert main(["anchor"]) == 0
    with unattended_writing("") as work:
        session = work.session
        without_guards(session)
        session.connection().execute(
            delete(AuditEntry).where(col(AuditEntry.id) > yesterday.number)
        )
        head = session.exec(select(AuditHead)).one()
        head.last_id, head.last_hash, head.seal = *yesterday, seal
    assert trace.verify().fault == "anchor"

    anchors_file.unlink()
    assert trace.verify().whole  # nothing outside tells any more, but the signed paper
    number, code = printed.removeprefix("Nhật ký số ").split(", mã ")
    assert trace.verify(Anchor(int(number), code)).fault == "anchor"
    assert main(["verify-audit", "--number", number, "--code", code]) == 1


def test_every_day_leaves_one_anchor_of_what_was_there_before(anchors_file: Path) -> None:
    pledges.record(entry(), "officer")
    anchors._kept_on.clear()
    before = trace.head()
    another_pledge(7)
    another_pledge(8)
    assert anchors.kept() == [before]
    assert anchors_file.stat().st_mode & 0o777 == 0o600
    anchors._kept_on.clear()  # the same day after a restart
    another_pledge(9)
    assert anchors.kept() == [before]
    assert trace.verify().whole
