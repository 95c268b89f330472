"""An invented previous and current year for an empty database, relative to today."""

from collections.abc import Callable

from sqlmodel import col, select

from db.commands.admin import setup
from db.demo import crews, past, present
from db.demo.rows import Rows
from db.models import Account, DatabaseKind, Office, Province
from db.rules.demo import SHOWN
from db.rules.passwords import DEMO_PASSWORD
from db.unit_of_work import reading, unattended_writing


def fill(say: Callable[[str], object]) -> None:
    """Fill an empty database and print who may sign in; on a filled one only the printing.

    A database that real people work in is left alone, in one line.
    """
    if setup.is_empty():
        with unattended_writing("demo") as work:
            work.session.get_one(DatabaseKind, 1).kind = "demo"
            crew = crews.settle(work)
            rows = Rows(work)
            past.tell(rows, crew, work.today)
            rows.write()
            work.session.connection().exec_driver_sql("ANALYZE")
            today = work.today
        present.tell(crew, today)
    elif setup.database_kind() != "demo":
        say("database holds accounts of its own: no demo data added")
        return
    _introduce(say)


def _introduce(say: Callable[[str], object]) -> None:
    with reading() as session:
        found = session.exec(
            select(Account.username, Account.role, Province.short_name, Office.name)
            .outerjoin(Province, col(Province.code) == Account.province_code)
            .outerjoin(Office, col(Office.id) == Account.office_id)
            .where(col(Account.username).in_(SHOWN))
        ).all()
    say(f"demo accounts, all with the password {DEMO_PASSWORD}")
    for username, role, province, office in sorted(found, key=lambda row: SHOWN.index(row[0])):
        say(f"  {username:<16} {role!s:<9} {office or province or ''}".rstrip())
