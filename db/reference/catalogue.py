"""Categories of hardship and the peoples of Vietnam."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from db.reference.tables import rows_of


@dataclass(frozen=True, slots=True)
class Category:
    """A reason for hardship; points are defaults, None where it gives no right to the benefit.

    `neutral_label` is the word for postings, `aliases` are accent-folded words of lists.
    """

    code: str
    label: str
    neutral_label: str
    points_hi: int | None
    points_si: int | None
    hi_excluded: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """One of the 54 peoples, with the code of the General Statistics Office."""

    code: str
    name: str
    aliases: tuple[str, ...]

    @property
    def is_minority(self) -> bool:
        """Every people but the Kinh."""
        return self.code != "01"


@cache
def categories() -> tuple[Category, ...]:
    """The 15 categories, poverty first."""
    return tuple(
        Category(
            code=row["code"],
            label=row["label"],
            neutral_label=row["neutral_label"],
            points_hi=int(row["points_hi"]) if row["points_hi"] else None,
            points_si=int(row["points_si"]) if row["points_si"] else None,
            hi_excluded=row["hi_excluded"] == "1",
            aliases=tuple(filter(None, row["aliases"].split(";"))),
        )
        for row in rows_of("categories.csv")
    )


@cache
def categories_by_code() -> Mapping[str, Category]:
    """The 15 categories, looked up by code."""
    return MappingProxyType({category.code: category for category in categories()})


@cache
def peoples() -> tuple[People, ...]:
    """The 54 peoples, by code."""
    return tuple(
        People(row["code"], row["name"], tuple(filter(None, row["aliases"].split(";"))))
        for row in rows_of("peoples.csv")
    )
