"""Whom a visitor of the demo may sign in as."""

from sqlmodel import col, select

from db.models import Account, Office, Province
from db.rules.access import Role
from db.unit_of_work import reading


def listed() -> list[tuple[str, Role, str]]:
    """(username, role, unit) of the demo's active accounts, chain order."""
    order = [Role.OFFICE, Role.OFFICER, Role.APPROVER, Role.LEADER, Role.CENTRAL, Role.ADMIN]
    with reading() as session:
        found = session.exec(
            select(Account.username, Account.role, Province.short_name, Office.name)
            .outerjoin(Province, col(Province.code) == Account.province_code)
            .outerjoin(Office, col(Office.id) == Account.office_id)
            .where(col(Account.is_active))
        )
        rows = [
            (username, Role(role), str(office or province or ""))
            for username, role, province, office in found
        ]
    return sorted(rows, key=lambda row: (order.index(row[1]), row[0]))
