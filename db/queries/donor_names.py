"""Who may read a donor's name: a pledge made without one is anonymous outside the province."""

from typing import Any

from sqlalchemy import ColumnElement, case, literal_column
from sqlmodel import col

from db.models import Donor, Pledge
from db.rules.access import Role
from db.scope import Scope

_SEE_EVERY_NAME = (Role.OFFICER, Role.APPROVER)


def sees_every_name(scope: Scope) -> bool:
    return scope.role in _SEE_EVERY_NAME


def donor_name(scope: Scope) -> ColumnElement[Any]:
    """The column `donor` of a query that joins Pledge and Donor; empty where not to be told."""
    if sees_every_name(scope):
        return col(Donor.name).label("donor")
    nobody: ColumnElement[str] = literal_column("''")  # no parameter: PostgreSQL groups by it
    return case((col(Pledge.anonymous), nobody), else_=col(Donor.name)).label("donor")
