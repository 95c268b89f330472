"""Which stored people are worth comparing: one statement per rule, each carried by an index."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

from db.rules.births import swapped
from db.rules.likeness import Traits, traits

_COMPARED = (
    "full_name",
    "birth_date",
    "sex",
    "cccd",
    "bhxh",
    "commune_code",
    "province_code",
    "hamlet",
    "household",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored person; `kept_id` is whom they were merged into, or they themselves."""

    id: int
    kept_id: int
    province_code: str
    traits: Traits


_KEYS = (
    "name_key",
    "given",
    "birth",
    "swapped",
    "from_year",
    "to_year",
    "cccd",
    "bhxh",
    "commune",
    "province",
)
_WANTED = {
    "sqlite": ("key", "json_extract(value, '$[{}]')", "json_each(:wanted)"),
    "postgresql": (
        "ordinality - 1",
        "value ->> {}",
        "json_array_elements(CAST(:wanted AS json)) WITH ORDINALITY",
    ),
}
"""Place, the key at a place of its array, and the rows of the JSON bound as `wanted`."""

IDS = {
    "sqlite": "SELECT value AS id FROM json_each(:ids)",
    "postgresql": "SELECT CAST(value AS integer) AS id"
    " FROM json_array_elements_text(CAST(:ids AS json)) value",
}
"""A column `id` from the JSON array bound as `ids`."""

_CONTAINS = {"sqlite": "instr", "postgresql": "strpos"}
_IN_YEAR = "p.birth_date >= w.from_year AND p.birth_date < w.to_year"
_NOT_ANOTHER_DAY = (
    "(length(p.birth_date) < 10 OR length(w.birth) < 10"
    " OR p.birth_date = w.birth OR p.birth_date = w.swapped)"
)
_RULES = (
    "p.cccd = w.cccd",
    "p.bhxh = w.bhxh",
    "p.birth_date = w.birth AND length(w.birth) = 10 AND p.name_key = w.name_key",
    "p.commune_code = w.commune AND p.name_key = w.name_key"
    f" AND (({_IN_YEAR}) OR substr(p.birth_date, 5) = substr(w.birth, 5))",
    f"p.commune_code = w.commune AND {_IN_YEAR} AND (p.birth_date = w.birth OR"
    f" {_NOT_ANOTHER_DAY} AND {{contains}}(' ' || p.name_key || ' ', w.given) > 0)",
    "p.province_code = w.province AND p.name_key = w.name_key"
    f" AND {_IN_YEAR} AND {_NOT_ANOTHER_DAY}",
)
"""One number; the other; name and day in the nation; name and year, or day of another year, in
the commune; day, or year and given name, in the commune; name and year in the province."""


def stored_like(session: Session, wanted: Sequence[Traits]) -> Iterator[tuple[int, Stored]]:
    """(position in `wanted`, stored person) for every pair that any rule finds, each once."""
    if not wanted:
        return
    asked = json.dumps([_asked(one) for one in wanted])
    pairs = sorted({pair for rule in _RULES for pair in _found(session, rule, asked)})
    people = {one.id: one for one in stored_people(session, {person for _, person in pairs})}
    for place, person in pairs:
        yield place, people[person]


def stored_people(session: Session, ids: Collection[int]) -> list[Stored]:
    """The people with these ids, merged ones too, in the order of their ids."""
    rows = session.connection().execute(
        text(
            f"SELECT p.id, p.merged_into_id, {', '.join('p.' + name for name in _COMPARED)}"  # noqa: S608
            f" FROM ({IDS[session.connection().dialect.name]}) w"
            " CROSS JOIN person p WHERE p.id = w.id ORDER BY p.id"
        ),
        {"ids": json.dumps(sorted(ids))},
    )
    return [
        Stored(
            identity,
            merged_into or identity,
            values[_COMPARED.index("province_code")],
            traits(dict(zip(_COMPARED, values, strict=True))),
        )
        for identity, merged_into, *values in rows
    ]


def _asked(one: Traits) -> tuple[str | None, ...]:
    """The record by _KEYS; JSON null never equals anything."""
    given = one.name_key.rpartition(" ")[2]
    year = one.birth_date[:4]
    return (
        one.name_key,
        f" {given} ",
        one.birth_date or None,
        swapped(one.birth_date),
        year or None,
        str(int(year) + 1) if year else None,
        one.cccd or None,
        one.bhxh or None,
        one.commune_code,
        one.province_code,
    )


def _found(session: Session, rule: str, asked: str) -> Iterator[tuple[int, int]]:
    dialect = session.connection().dialect.name
    place, key, rows = _WANTED[dialect]
    keys = ", ".join(f"{key.format(at)} AS {name}" for at, name in enumerate(_KEYS))
    condition = rule.format(contains=_CONTAINS[dialect])
    found = session.connection().execute(
        text(
            f"SELECT w.place, p.id FROM (SELECT {place} AS place, {keys} FROM {rows}) w"  # noqa: S608
            f" CROSS JOIN person p WHERE {condition}"
        ),
        {"wanted": asked},
    )
    return ((int(place), person) for place, person in found)
