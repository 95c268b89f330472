"""How a province orders people in a year."""

from sqlmodel import select

from db.models import Policy
from db.scope import Scope
from db.unit_of_work import reading


def tie_breaks(scope: Scope, province_code: str, year: int) -> tuple[str, ...]:
    """What decides between equal points, in order; nothing before the first review of the year."""
    with reading() as session:
        found = session.exec(
            select(Policy).where(
                scope.covers(Policy), Policy.province_code == province_code, Policy.year == year
            )
        ).one_or_none()
    return tuple(found.tie_breaks) if found else ()
