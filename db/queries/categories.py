"""What the categories of hardship are called; the table holds them, not the file it came from."""

from sqlmodel import col, select

from db.models import Category
from db.unit_of_work import reading


def labels() -> dict[str, str]:
    """{code: label} in the order of lists, poverty first."""
    with reading() as session:
        found = session.exec(select(Category).order_by(col(Category.position)))
        return {one.code: one.label for one in found}
