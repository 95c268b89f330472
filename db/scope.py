"""What somebody may see: one function from the account to the rows, by default none."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col, select

from db.errors import Refused
from db.models import Account, OfficeCommune, Table
from db.rules.access import MAY_BE_NATIONAL, Role


@dataclass(frozen=True, slots=True)
class Scope:
    """What an account may see: the nation, one province, one office, or nothing."""

    role: Role
    province_code: str | None = None
    office_id: int | None = None

    def covers(self, table: type[Table]) -> ColumnElement[bool]:
        """The condition every query of scoped rows carries; unknown shapes see nothing."""
        if self.office_id is not None:
            commune: Any = getattr(table, "commune_code", None)
            if commune is None:
                return false()
            own = select(OfficeCommune.commune_code).where(
                OfficeCommune.office_id == self.office_id
            )
            return col(commune).in_(own)
        if self.province_code is not None:
            province: Any = getattr(table, "province_code", None)
            return false() if province is None else col(province) == self.province_code
        return true() if self.role in MAY_BE_NATIONAL else false()


def scope_of(account: Account) -> Scope:
    """The one way from an account to what it may see."""
    if not account.is_active:
        raise Refused("not_allowed")
    return Scope(account.role, account.province_code, account.office_id)
