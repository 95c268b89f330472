"""Places and offices. Real ones, from db/reference; offices are kept by users."""

from datetime import date

from sqlmodel import Field

from db.models.base import Table


class Province(Table, table=True):
    code: str = Field(primary_key=True, max_length=2)
    name: str = Field(max_length=60)
    short_name: str = Field(max_length=40)
    abbreviation: str = Field(unique=True, max_length=3)
    kind: str = Field(max_length=40)
    region: str = Field(max_length=60, index=True)
    tile_row: int
    tile_col: int


class FormerProvince(Table, table=True):
    """One of the 63 provinces before 2025-07-01. Codes are of that era: see `now_code`."""

    __tablename__ = "former_province"

    code: str = Field(primary_key=True, max_length=2)
    name: str = Field(max_length=60)
    cccd_prefix: str = Field(unique=True, max_length=3)
    now_code: str = Field(foreign_key="province.code", max_length=2)


class Commune(Table, table=True):
    code: str = Field(primary_key=True, max_length=5)
    province_code: str = Field(foreign_key="province.code", index=True, max_length=2)
    name: str = Field(max_length=80)
    kind: str = Field(max_length=20)


class CommuneName(Table, table=True):
    """Every name a commune has had since 2025-07-01, with the day it began."""

    __tablename__ = "commune_name"

    commune_code: str = Field(primary_key=True, foreign_key="commune.code", max_length=5)
    valid_from: date = Field(primary_key=True)
    name: str = Field(max_length=80)


class CommuneClass(Table, table=True):
    """A commune's class in law (island, specially hard …), dated, with its source."""

    __tablename__ = "commune_class"

    commune_code: str = Field(primary_key=True, foreign_key="commune.code", max_length=5)
    kind: str = Field(primary_key=True, max_length=20)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None
    source: str = Field(max_length=200)


class Office(Table, table=True):
    """A base-level office (BHXH cơ sở)."""

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", index=True, max_length=2)
    name: str = Field(max_length=120)


class OfficeCommune(Table, table=True):
    """The commune is the key: it has one office at a time."""

    __tablename__ = "office_commune"

    commune_code: str = Field(primary_key=True, foreign_key="commune.code", max_length=5)
    office_id: int = Field(foreign_key="office.id", index=True)


class Category(Table, table=True):
    code: str = Field(primary_key=True, max_length=10)
    label: str = Field(unique=True, max_length=80)
    neutral_label: str = Field(max_length=80)
    points_hi: int | None = None
    points_si: int | None = None
    hi_excluded: bool = False
    position: int
    as_loaded: str | None = Field(default=None, max_length=64)
    """Digest of the row as the file last gave it: whoever changed it since keeps the change."""


class EthnicGroup(Table, table=True):
    __tablename__ = "ethnic_group"

    code: str = Field(primary_key=True, max_length=2)
    name: str = Field(unique=True, max_length=40)
