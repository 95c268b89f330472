"""A database that is ready to use: tables at this version, reference data loaded."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlmodel import Session, select

from db.engine import engine
from db.errors import Refused
from db.models import (
    Account,
    AuditHead,
    Category,
    Commune,
    CommuneClass,
    CommuneName,
    DatabaseKind,
    EthnicGroup,
    FormerProvince,
    Province,
)
from db.reference import catalogue, places
from db.settings import Settings, settings
from db.unit_of_work import one_row, reading

_ROOT = Path(__file__).parents[3]
_LOCK = 1914
_KIND = select(DatabaseKind.kind)
_ISLAND_SOURCE = "NQ 202/2025/QH15; NĐ 159/2025/NĐ-CP"


def init(kind: str = "real") -> bool:
    """Bring the database to this version and load the reference data; True if it was new.

    Safe when two run it at once: the second waits for the first and finds nothing to do.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with _alone(engine()) as connection:
        fresh = MigrationContext.configure(connection).get_current_revision() is None
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        with Session(connection, join_transaction_mode="control_fully") as session:
            _load_reference(session)
            _refresh_categories(session)
            _refresh_places(session)
            if session.get(DatabaseKind, 1) is None:
                session.add(DatabaseKind(kind=kind))
            session.flush()
            connection.commit()
    return fresh


def check_schema() -> None:
    """Raise Refused("schema_old" | "schema_new" | "clock_not_movable") unless all is well."""
    _check_schema(settings())


@lru_cache(maxsize=4)  # remembers success only: the app never migrates under its own feet
def _check_schema(_settings: Settings) -> None:
    with engine().connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_alembic())
    if found != scripts.get_current_head():
        known = {script.revision for script in scripts.walk_revisions()}
        raise Refused("schema_old" if found is None or found in known else "schema_new")
    if settings().today is not None and database_kind() == "real":
        raise Refused("clock_not_movable")


def database_kind() -> str:
    found = one_row(_KIND)
    return found.kind if found else "real"


def is_empty() -> bool:
    """Whether nobody works here yet."""
    with reading() as session:
        return session.exec(select(Account.id)).first() is None


def _alembic() -> Config:
    config = Config(toml_file=str(_ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(_ROOT / "db" / "migrations"))
    return config


def _alone(target: Engine) -> Connection:
    """A connection in a transaction that only one process at a time can hold."""
    connection = target.execution_options(begin_mode="IMMEDIATE").connect()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.begin()
    return connection


def _refresh_categories(session: Session) -> None:
    """The table follows the file wherever nobody changed it; a new category joins it."""
    stored = {one.code: one for one in session.exec(select(Category))}
    changed = False
    for position, listed in enumerate(catalogue.categories()):
        wanted: dict[str, Any] = {
            "label": listed.label,
            "neutral_label": listed.neutral_label,
            "points_hi": listed.points_hi,
            "points_si": listed.points_si,
            "hi_excluded": listed.hi_excluded,
            "position": position,
        }
        one = stored.get(listed.code)
        if one is None:
            session.add(Category(code=listed.code, as_loaded=_digest(wanted), **wanted))
        elif one.as_loaded != _digest(wanted) and _is_untouched(one, wanted.keys()):
            for name, value in wanted.items():
                setattr(one, name, value)
            one.as_loaded = _digest(wanted)
            changed = True
    if changed:
        session.get_one(AuditHead, 1).data_version += 1  # what screens keep is older now
    session.flush()


def _refresh_places(session: Session) -> None:
    """Renamings of communes and provinces that the files know and the database does not yet."""
    known = {(one.commune_code, one.valid_from) for one in session.exec(select(CommuneName))}
    changed = False
    for commune in places.communes():
        if commune.renamed_on and (commune.code, commune.renamed_on) not in known:
            stored = session.get_one(Commune, commune.code)
            stored.name, stored.kind = commune.name, commune.kind
            session.add(_new_name(commune, commune.renamed_on))
            changed = True
    for province in places.provinces():
        found = session.get_one(Province, province.code)
        if (found.name, found.kind) != (province.name, province.kind):
            found.name, found.kind = province.name, province.kind
            changed = True
    if changed:
        session.get_one(AuditHead, 1).data_version += 1
    session.flush()


def _new_name(commune: places.Commune, since: date) -> CommuneName:
    return CommuneName(commune_code=commune.code, valid_from=since, name=commune.name)


def _is_untouched(one: Category, names: Iterable[str]) -> bool:
    as_it_stands = _digest({name: getattr(one, name) for name in names})
    return one.as_loaded in (None, as_it_stands)


def _digest(values: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _load_reference(session: Session) -> None:
    if session.exec(select(Province.code)).first() is not None:
        return
    session.add_all(
        Province(
            code=p.code,
            name=p.name,
            short_name=p.short_name,
            abbreviation=p.abbreviation,
            kind=p.kind,
            region=p.region,
            tile_row=p.tile_row,
            tile_col=p.tile_col,
        )
        for p in places.provinces()
    )
    session.flush()
    session.add_all(
        FormerProvince(code=f.code, name=f.name, cccd_prefix=f.cccd_code, now_code=f.new_code)
        for f in places.former_provinces()
    )
    session.add_all(
        Commune(code=c.code, province_code=c.province_code, name=c.name, kind=c.kind)
        for c in places.communes()
    )
    session.add_all(EthnicGroup(code=p.code, name=p.name) for p in catalogue.peoples())
    session.flush()
    start = places.COMMUNES_IN_FORCE_FROM
    for commune in places.communes():
        session.add(
            CommuneName(commune_code=commune.code, valid_from=start, name=commune.first_name)
        )
        if commune.renamed_on is not None:
            session.add(_new_name(commune, commune.renamed_on))
        if commune.is_island:
            session.add(
                CommuneClass(
                    commune_code=commune.code,
                    kind="island",
                    valid_from=start,
                    source=_ISLAND_SOURCE,
                )
            )
    session.flush()
