"""The yearly figure never walks the table (on SQLite; PostgreSQL chooses by size)."""

import pytest

from db.engine import engine


@pytest.mark.usefixtures("database")
def test_the_yearly_figure_is_read_from_one_covering_index() -> None:
    question = (
        "EXPLAIN QUERY PLAN SELECT province_code, year, count(*) FROM match"
        " WHERE year IN (2026, 2025) AND benefit = 'hi' AND state = 'delivered'"
        " AND delivered_on <= '2026-09-15' GROUP BY province_code, year"
    )
    with engine().connect() as connection:
        plan = " ".join(str(row) for row in connection.exec_driver_sql(question))
    assert "COVERING INDEX ix_match_progress" in plan
