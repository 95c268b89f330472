"""Provinces and communes of today, and those of before 2025-07-01."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from db.reference.tables import rows_of

COMMUNES_IN_FORCE_FROM = date(2025, 7, 1)
ISLAND_KIND = "Đặc khu"


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34; the tile is its 0-based place in the tile map."""

    code: str
    name: str
    short_name: str
    abbreviation: str
    kind: str
    region: str
    tile_row: int
    tile_col: int


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 3,321; `first_name` is its name on 2025-07-01 if it was renamed since."""

    code: str
    province_code: str
    name: str
    kind: str
    first_name: str
    renamed_on: date | None

    @property
    def short_name(self) -> str:
        """The name without the word for its kind."""
        return self.name.removeprefix(self.kind).strip()

    @property
    def is_island(self) -> bool:
        """A special zone: its residents get the higher State share of social insurance."""
        return self.kind == ISLAND_KIND


@dataclass(frozen=True, slots=True)
class FormerProvince:
    """One of the 63 before 2025-07-01; `cccd_code` begins the citizen numbers issued there."""

    code: str
    name: str
    cccd_code: str
    new_code: str


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """One link from a commune before 2025-07-01 to a successor."""

    province_code: str
    province: str
    district_code: str
    district: str
    code: str
    name: str
    new_province_code: str
    new_commune_code: str
    is_split: bool
    is_default_target: bool


@cache
def provinces() -> tuple[Province, ...]:
    """The 34 provinces and cities, by code."""
    return tuple(
        Province(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            abbreviation=row["abbreviation"],
            kind=row["kind"],
            region=row["region"],
            tile_row=int(row["tile_row"]),
            tile_col=int(row["tile_col"]),
        )
        for row in rows_of("provinces_34.csv")
    )


@cache
def communes() -> tuple[Commune, ...]:
    """The 3,321 communes under their present names, by province and code."""
    return tuple(
        Commune(
            code=row["commune_code"],
            province_code=row["province_code"],
            name=row["name_current"],
            kind=row["type_current"],
            first_name=row["name_20250701"],
            renamed_on=date.fromisoformat(row["renamed_from_date"])
            if row["renamed_from_date"]
            else None,
        )
        for row in rows_of("communes_3321_from_2025-07-01.csv")
    )


@cache
def former_provinces() -> tuple[FormerProvince, ...]:
    """The 63 provinces before 2025-07-01, by their code of then."""
    return tuple(
        FormerProvince(row["old_code"], row["old_name"], row["cccd_birth_code"], row["new_code"])
        for row in rows_of("provinces_63_to_34.csv")
    )


@cache
def former_communes() -> tuple[FormerCommune, ...]:
    """The 10,602 links from former communes to communes of today."""
    return tuple(
        FormerCommune(
            province_code=row["old_province_code"],
            province=row["old_province"],
            district_code=row["old_district_code"],
            district=row["old_district"],
            code=row["old_ward_code"],
            name=row["old_ward"],
            new_province_code=row["new_province_code"],
            new_commune_code=row["new_commune_code"],
            is_split=row["is_split"] == "1",
            is_default_target=row["is_default_target"] == "1",
        )
        for row in rows_of("legacy_ward_to_commune_2025.csv")
    )


@cache
def provinces_by_code() -> Mapping[str, Province]:
    """The 34, looked up by their two-digit code."""
    return MappingProxyType({province.code: province for province in provinces()})


@cache
def communes_by_code() -> Mapping[str, Commune]:
    """The 3,321, looked up by their five-digit code."""
    return MappingProxyType({commune.code: commune for commune in communes()})


@cache
def cccd_birth_codes() -> frozenset[str]:
    """The 63 prefixes of citizen numbers registered in Vietnam."""
    return frozenset(province.cccd_code for province in former_provinces())
