"""Thousands of rows at the driver's own speed, inside a running transaction."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from db.models import Table

_REPEATING = (datetime, StrEnum, tuple)
"""Values that thousands of rows share: made ready for the driver once."""

_Processors = list[tuple[int, Any, dict[Any, Any]]]
"""(place of the column, what makes its values ready, what was made ready before)."""


def reserve_ids(session: Session, table: type[Table], count: int) -> list[int]:
    """Ids for `count` rows about to be written in bulk.

    SQLite holds the write lock, so the highest id cannot move; PostgreSQL hands them
    out of the table's sequence.
    """
    name = str(table.__tablename__)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        last = connection.exec_driver_sql(f'SELECT MAX(id) FROM "{name}"').scalar()  # noqa: S608
        first = (last or 0) + 1
        return list(range(first, first + count))
    drawn = connection.exec_driver_sql(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        (f'"{name}"', count),
    )
    return [row[0] for row in drawn]


def insert_many(session: Session, table: type[Table], rows: Sequence[Table]) -> None:
    """Write rows at the driver's own speed, ids given beforehand, inside this transaction."""
    keys = [column.key for column in table.__table__.columns]  # type: ignore[attr-defined]
    insert_values(session, table, keys, [tuple(getattr(row, key) for key in keys) for row in rows])


def insert_values(
    session: Session, table: type[Table], keys: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Like `insert_many` for plain tuples in the order of `keys`; 20,000 rows need no objects.

    Columns that are left out must allow NULL: defaults of the model are not applied. A JSON
    column whose values repeat is fastest with tuples of texts.
    """
    if not rows:
        return
    columns = [table.__table__.columns[key] for key in keys]  # type: ignore[attr-defined]
    connection = session.connection()
    dialect = connection.dialect
    processors: _Processors = [
        (place, process, {})
        for place, column in enumerate(columns)
        if (process := column.type.dialect_impl(dialect).bind_processor(dialect))
    ]
    values = [_bound(row, processors) for row in rows]
    names = ", ".join(f'"{column.name}"' for column in columns)
    if dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(
            f'INSERT INTO "{table.__tablename__}" ({names}) VALUES ({marks})',  # noqa: S608
            values,
        )
        return
    raw: Any = connection.connection.driver_connection
    with (
        raw.cursor() as cursor,
        cursor.copy(f'COPY "{table.__tablename__}" ({names}) FROM STDIN') as copy,
    ):
        for value in values:
            copy.write_row(value)


def _bound(row: tuple[Any, ...], processors: _Processors) -> tuple[Any, ...]:
    """The row as the driver wants it: JSON, days and states as text."""
    bound = list(row)
    for place, process, known in processors:
        value = bound[place]
        if isinstance(value, _REPEATING):
            if value not in known:
                known[value] = process(value)
            bound[place] = known[value]
        else:
            bound[place] = process(value)
    return tuple(bound)
