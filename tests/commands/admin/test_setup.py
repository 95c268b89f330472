"""What `init` brings into a database that already exists, and what is said of one that does not."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import delete, select

from db.__main__ import main
from db.commands.admin import setup
from db.engine import build
from db.models import Commune, CommuneName, Province
from db.unit_of_work import data_version, reading, unattended_writing
from tests.databases import forget_database

LUC_NAM, BAC_NINH = "07444", "24"


@pytest.mark.usefixtures("any_database")
def test_new_names_of_places_reach_an_old_database_once() -> None:
    with unattended_writing("tests") as work:
        commune = work.session.get_one(Commune, LUC_NAM)
        commune.name, commune.kind = "Xã Lục Nam", "Xã"
        province = work.session.get_one(Province, BAC_NINH)
        province.name, province.kind = "Tỉnh Bắc Ninh", "tỉnh"
        work.session.execute(
            delete(CommuneName).where(
                CommuneName.commune_code == LUC_NAM, CommuneName.valid_from > date(2026, 1, 1)
            )
        )
    before = data_version()

    setup.init()

    with reading() as session:
        assert session.get_one(Commune, LUC_NAM).name == "Phường Lục Nam"
        assert session.get_one(Province, BAC_NINH).kind == "thành phố"
        names = session.exec(select(CommuneName).where(CommuneName.commune_code == LUC_NAM))
        assert {one.valid_from for one in names} == {date(2025, 7, 1), date(2026, 9, 20)}
    assert data_version() == before + 1
    setup.init()
    assert data_version() == before + 1


def test_only_its_owner_reads_the_file_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    build(f"sqlite:///{path}").connect().close()
    assert path.stat().st_mode & 0o077 == 0


def test_a_chain_that_is_not_there_is_not_called_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'missing.db'}")
    forget_database()
    assert main(["verify-audit"]) == 1
    assert "schema_old" in capsys.readouterr().err
    forget_database()
