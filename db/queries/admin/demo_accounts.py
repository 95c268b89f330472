"""Whom a visitor of the demo may sign in as."""

from sqlmodel import col, select

from db.models import Account, Office, Province
from db.rules.access import Role
from db.rules.demo import SHOWN
from db.unit_of_work import reading


def listed() -> list[tuple[str, Role, str]]:
    """(username, role, unit) of the accounts the demo shows, in its own order, while active."""
    with reading() as session:
        found = session.exec(
            select(Account.username, Account.role, Province.short_name, Office.name)
            .outerjoin(Province, col(Province.code) == Account.province_code)
            .outerjoin(Office, col(Office.id) == Account.office_id)
            .where(col(Account.is_active), col(Account.username).in_(SHOWN))
        )
        rows = [
            (username, Role(role), str(office or province or ""))
            for username, role, province, office in found
        ]
    return sorted(rows, key=lambda row: SHOWN.index(row[0]))
