"""Alembic: the same engine and tables the app uses."""

from alembic import context
from sqlalchemy import Connection

import db.models  # noqa: F401 - registers every table
from db.engine import engine
from db.models import Table


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if given := context.config.attributes.get("connection"):
    run(given)
else:
    with engine().connect() as connection:
        run(connection)
