"""Provinces, communes and offices as choices on screens."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from db.models import Commune, Office, OfficeCommune, Province
from db.scope import Scope
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class OfficeRow:
    id: int
    province_code: str
    province: str
    name: str
    communes: int


def provinces() -> dict[str, str]:
    """{code: short name}, alphabetical as Vietnamese readers expect of 34 names."""
    with reading() as session:
        found = session.exec(select(Province.code, Province.short_name))
        return dict(sorted(found, key=lambda row: row[1]))


def communes(scope: Scope) -> dict[str, str]:
    """{code: name} of the communes this account works with."""
    served = select(OfficeCommune.commune_code).where(OfficeCommune.office_id == scope.office_id)
    statement = select(Commune.code, Commune.name)
    if scope.office_id is not None:
        statement = statement.where(col(Commune.code).in_(served))
    else:
        statement = statement.where(scope.covers(Commune))
    with reading() as session:
        return dict(sorted(session.exec(statement), key=lambda row: row[1]))


def communes_of(province_code: str) -> dict[str, str]:
    with reading() as session:
        found = session.exec(
            select(Commune.code, Commune.name).where(Commune.province_code == province_code)
        )
        return dict(sorted(found, key=lambda row: row[1]))


def offices(scope: Scope) -> list[OfficeRow]:
    """Base-level offices with the number of communes each serves."""
    with reading() as session:
        found = session.exec(
            select(Office, Province.short_name, func.count(col(OfficeCommune.commune_code)))
            .join(Province, col(Province.code) == Office.province_code)
            .outerjoin(OfficeCommune, col(OfficeCommune.office_id) == Office.id)
            .where(scope.covers(Office))
            .group_by(col(Office.id), Province.short_name)
            .order_by(Province.short_name, Office.name)
        )
        return [
            OfficeRow(office.id or 0, office.province_code, province, office.name, count)
            for office, province, count in found
        ]


def office_communes(office_id: int) -> list[str]:
    with reading() as session:
        found = session.exec(
            select(OfficeCommune.commune_code).where(OfficeCommune.office_id == office_id)
        )
        return list(found)
