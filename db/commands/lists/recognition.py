"""Rows of a list that name a stored person otherwise than the record does."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.commands.lists import rows
from db.commands.lists.changes import Entry, Key, KnownPerson, OwnNomination, Recognised, key_of
from db.commands.people.recognition import Found, look_up, recognised
from db.rules.likeness import Traits, traits


@dataclass(frozen=True, slots=True)
class Recognition:
    """Who of a file are stored people: certainly `same`, or `maybe`, the likeliest named."""

    same: Mapping[Key, Recognised]
    maybe: Mapping[Key, Found]


def recognise(
    session: Session,
    province_code: str,
    commune_code: str,
    *,
    entries: Sequence[Entry],
    known: Mapping[Key, KnownPerson],
    own: Sequence[OwnNomination],
) -> Recognition:
    """Who of the province the entries certainly are, beyond the people `known` exactly.

    An entry that several people fit, or a person that several entries fit, is only `maybe` one,
    and so are the people of the list being corrected: there the list itself says who is who.
    """
    repeated = Counter(map(key_of, entries))
    unknown = [
        entry for entry in entries if key_of(entry) not in known and repeated[key_of(entry)] == 1
    ]
    wanted = [_traits(entry, province_code, commune_code) for entry in unknown]
    exact = {known[key].id for key in repeated if key in known}
    taken = exact | {one.person.id for one in own}
    keys = [key_of(entry) for entry in unknown]
    found = look_up(session, wanted)
    sure = [
        (key, one)
        for key, one in zip(keys, recognised(session, wanted, found), strict=True)
        if one and one.stored.province_code == province_code and one.stored.kept_id not in taken
    ]
    same = _one_to_one(session, sure)
    mine = {one.person.id for one in own}
    maybe = {
        key: others[0]
        for key, those in zip(keys, found, strict=True)
        if key not in same and (others := [one for one in those if one.stored.kept_id not in mine])
    }
    return Recognition(same, maybe)


def _one_to_one(session: Session, sure: Sequence[tuple[Key, Found]]) -> dict[Key, Recognised]:
    fitting = Counter(one.stored.kept_id for _, one in sure)
    once = {key: one for key, one in sure if fitting[one.stored.kept_id] == 1}
    people = rows.people_by_id(session, {one.stored.kept_id for one in once.values()})
    return {
        key: Recognised(
            people[one.stored.kept_id], round(one.judgement.score, 1), one.judgement.evidence
        )
        for key, one in once.items()
    }


def _traits(entry: Entry, province_code: str, commune_code: str) -> Traits:
    row = entry.row
    return traits(
        {
            "full_name": row.full_name,
            "birth_date": row.birth,
            "sex": row.sex,
            "cccd": row.cccd,
            "bhxh": row.bhxh,
            "commune_code": commune_code,
            "province_code": province_code,
            "hamlet": row.hamlet,
            "household": row.household,
        }
    )
