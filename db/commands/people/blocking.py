"""Which stored people are worth comparing: several rules, each carried by an index."""

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
    "day",
    "month",
    "year",
    "swapped",
    "next_year",
    "cccd",
    "bhxh",
    "commune",
    "province",
    "own_id",
)
_NOT_STORED = 0
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
_FOUND = {
    "sqlite": "SELECT w.place, p.id FROM w CROSS JOIN person p WHERE {rule} AND p.id <> w.own_id",
    "postgresql": "SELECT w.place, p.id FROM w CROSS JOIN LATERAL"
    " (SELECT p.id FROM person p WHERE {rule} OFFSET 0) p WHERE p.id <> CAST(w.own_id AS integer)",
}
"""Both forbid a plan for all rows at once: it reads the whole table where one look-up is enough."""
_GIVEN = "{contains}(' ' || p.name_key || ' ', w.given) > 0"
_IN_YEAR = "p.birth_date >= w.year AND p.birth_date < w.next_year"
_RULES = (
    "p.cccd = w.cccd",
    "p.bhxh = w.bhxh",
    "p.birth_date = w.day AND p.name_key = w.name_key",
    "p.commune_code = w.commune AND p.name_key = w.name_key"
    f" AND (({_IN_YEAR}) OR substr(p.birth_date, 5) = substr(w.day, 5))",
    *(
        f"p.commune_code = w.commune AND p.birth_date = w.{birth} AND {_GIVEN}"
        for birth in ("day", "month", "year", "swapped")
    ),
    f"p.commune_code = w.commune AND w.day IS NULL AND {_IN_YEAR} AND {_GIVEN}",
    "p.province_code = w.province AND p.name_key = w.name_key"
    f" AND {_IN_YEAR} AND (length(p.birth_date) < 10 OR w.day IS NULL"
    " OR p.birth_date IN (w.day, w.swapped))",
)
"""The numbers; day and name in the nation; in the commune the name with the year or with the day of
another year, or the given name with a birth that may be the same; in the province the name with
such a birth."""


def stored_like(
    session: Session, wanted: Sequence[Traits], own: Sequence[Stored] = ()
) -> Iterator[tuple[int, Stored]]:
    """(position in `wanted`, stored person) for every pair that any rule finds, each once.

    `own`: the records of `wanted` themselves, where they are stored; of two of them only the one
    with the smaller id is found for the other.
    """
    if not wanted:
        return
    people = {one.id: one for one in own}
    pairs = [
        (place, person)
        for place, person in _found(session, wanted, [one.id for one in own])
        if person not in people or person < own[place].id
    ]
    others = {person for _, person in pairs} - people.keys()
    people |= {one.id: one for one in stored_people(session, others)}
    for place, person in pairs:
        yield place, people[person]


def stored_people(session: Session, ids: Collection[int]) -> list[Stored]:
    """The people with these ids, merged ones too, in the order of their ids."""
    rows = (
        session.connection()
        .execute(
            text(
                f"SELECT p.id, p.merged_into_id, {', '.join('p.' + name for name in _COMPARED)}"  # noqa: S608
                f" FROM ({IDS[session.connection().dialect.name]}) w"
                " CROSS JOIN person p WHERE p.id = w.id ORDER BY p.id"
            ),
            {"ids": json.dumps(sorted(ids))},
        )
        .all()
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


def _asked(one: Traits, own_id: int) -> tuple[str | int | None, ...]:
    """The record by _KEYS; what is missing is null, and null never equals anything."""
    given = one.name_key.rpartition(" ")[2]
    birth = one.birth_date
    return (
        one.name_key,
        f" {given} ",
        birth if len(birth) == 10 else None,
        birth[:7] if len(birth) >= 7 else None,
        birth[:4] or None,
        swapped(birth),
        str(int(birth[:4]) + 1) if birth else None,
        one.cccd or None,
        one.bhxh or None,
        one.commune_code,
        one.province_code,
        own_id,
    )


def _found(
    session: Session, wanted: Sequence[Traits], own_ids: Sequence[int]
) -> list[tuple[int, int]]:
    dialect = session.connection().dialect.name
    place, key, rows = _WANTED[dialect]
    keys = ", ".join(f"{key.format(at)} AS {name}" for at, name in enumerate(_KEYS))
    rules = " UNION ".join(
        _FOUND[dialect].format(rule=rule.format(contains=_CONTAINS[dialect])) for rule in _RULES
    )
    ids = own_ids or [_NOT_STORED] * len(wanted)
    asked = [_asked(*each) for each in zip(wanted, ids, strict=True)]
    found = session.connection().execute(
        text(f"WITH w AS MATERIALIZED (SELECT {place} AS place, {keys} FROM {rows}) {rules}"),  # noqa: S608
        {"wanted": json.dumps(asked)},
    )
    return [(int(position), person) for position, person in found.all()]
