"""What agreement between two records of people is worth, and how common names are."""

from collections.abc import Mapping
from functools import cache
from math import log2
from types import MappingProxyType

from db.reference.tables import rows_of


@cache
def weights() -> Mapping[tuple[str, str], float]:
    """{(field, level): bits}: log2 of how much likelier the level is in one person than in two."""
    return MappingProxyType(
        {
            (row["field"], row["level"]): log2(float(row["m"]) / float(row["u"]))
            for row in rows_of("likeness_weights.csv")
        }
    )


@cache
def name_shares() -> Mapping[tuple[str, str], float]:
    """{(part, folded word): share of all people}; parts are family, middle and given."""
    return MappingProxyType(
        {
            (row["part"], row["word"]): int(row["per_mille"]) / 1000
            for row in rows_of("name_frequencies.csv")
        }
    )
