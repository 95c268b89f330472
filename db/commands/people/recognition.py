"""Finding people again: who in the whole database a record may be."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from db.commands.people.blocking import IDS, Stored, stored_like, stored_people
from db.rules.likeness import Band, Judgement, Traits, judge, read_alike

_DECIDED = (
    "SELECT w.id FROM ({ids}) w WHERE EXISTS (SELECT 1 FROM duplicate_pair d"
    " WHERE (d.first_id = w.id OR d.second_id = w.id) AND d.state IN ('same', 'different'))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stored person who is, or may be, the one looked for."""

    stored: Stored
    judgement: Judgement


def look_up(
    session: Session, wanted: Sequence[Traits], own: Sequence[Stored] = ()
) -> list[list[Found]]:
    """For each record the stored people of the bands "same" and "ask", likeliest first.

    `own`: the records themselves, where they are stored; each pair of them is found once.
    """
    found: list[list[Found]] = [[] for _ in wanted]
    for place, stored in stored_like(session, wanted, own):
        judgement = judge(wanted[place], stored.traits)
        if judgement.band is not Band.DIFFERENT:
            found[place].append(Found(stored, judgement))
    for each in found:
        each.sort(key=lambda one: (-one.judgement.score, one.stored.id))
    return found


def recognised(
    session: Session, wanted: Sequence[Traits], found: Sequence[Sequence[Found]]
) -> list[Found | None]:
    """Of what `look_up` found for each record the one that it certainly is.

    What people decided comes before what the records say.
    """
    decided = _decided(session, wanted, found)
    return [_only(those) or certain(each) for each, those in zip(found, decided, strict=True)]


def certain(found: Sequence[Found]) -> Found | None:
    """The one person that the record certainly is; None when nobody is, or several are.

    Whoever fits a record that was merged away is the person it was merged into.
    """
    return _only([one for one in found if one.judgement.band is Band.SAME])


def _only(found: Sequence[Found]) -> Found | None:
    return found[0] if len({one.stored.kept_id for one in found}) == 1 else None


def _decided(
    session: Session, wanted: Sequence[Traits], found: Sequence[Sequence[Found]]
) -> list[list[Found]]:
    """Of the found those that read just like the record, and that people have decided on before.

    Asking about them again would be to ask the same question again.
    """
    alike = [
        [one for one in each if read_alike(listed, one.stored.traits)]
        for listed, each in zip(wanted, found, strict=True)
    ]
    ids = {one.stored.id for each in alike for one in each}
    decided = set(_by_ids(session, _DECIDED, ids)) if ids else set()
    return [[one for one in each if (one.stored.id,) in decided] for each in alike]


def pairs_of_list(session: Session, list_id: int) -> dict[tuple[int, int], Judgement]:
    """What people of a list and anybody nominated anywhere have in common, unless already stored.

    Keys are (smaller person id, greater person id).
    """
    own = stored_people(session, _nominated_by(session, list_id))
    found: dict[tuple[int, int], Judgement] = {}
    likely = look_up(session, [one.traits for one in own], own)
    for one, those in zip(own, likely, strict=True):
        for other in those:
            if other.stored.kept_id == other.stored.id:
                first, second = sorted((one.id, other.stored.id))
                found[first, second] = other.judgement
    if not found:
        return {}
    people = {person for pair in found for person in pair}
    nominated, known = _nominated(session, people), _known_pairs(session, people)
    return {
        pair: judgement
        for pair, judgement in found.items()
        if nominated.issuperset(pair) and pair not in known
    }


def _nominated_by(session: Session, list_id: int) -> list[int]:
    rows = session.connection().execute(
        text(
            "SELECT DISTINCT n.person_id FROM nomination n JOIN person p ON p.id = n.person_id"
            " WHERE n.list_id = :list_id AND n.state <> 'withdrawn' AND p.merged_into_id IS NULL"
        ),
        {"list_id": list_id},
    )
    return [person for (person,) in rows]


def _nominated(session: Session, people: Collection[int]) -> set[int]:
    """Those of the people whom any list nominates, in any year."""
    return {
        person
        for (person,) in _by_ids(
            session,
            "SELECT w.id FROM ({ids}) w WHERE EXISTS"
            " (SELECT 1 FROM nomination n WHERE n.person_id = w.id AND n.state <> 'withdrawn')",
            people,
        )
    }


def _known_pairs(session: Session, people: Collection[int]) -> set[tuple[int, int]]:
    return {
        (first, second)
        for first, second in _by_ids(
            session,
            "SELECT d.first_id, d.second_id FROM ({ids}) w"
            " CROSS JOIN duplicate_pair d WHERE d.first_id = w.id",
            people,
        )
    }


def _by_ids(session: Session, statement: str, ids: Collection[int]) -> list[tuple[Any, ...]]:
    connection = session.connection()
    asked = text(statement.format(ids=IDS[connection.dialect.name]))
    return [tuple(row) for row in connection.execute(asked, {"ids": json.dumps(sorted(ids))})]
