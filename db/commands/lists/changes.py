"""What sending a list changes: who is new, known, changed, unchanged, missing or listed elsewhere.

People are one when citizen number, key of the name and birth all agree, or when they were
recognised beyond doubt; inside the list being corrected, name and birth suffice when each side has
exactly one such person and only one number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from db.intake.fields.names import STORED
from db.intake.told.checked import ListRow
from db.rules.ages import YOUNGEST_FOR_BOOK, age_range
from db.rules.names import match_key
from db.rules.states import Benefit, NominationState
from db.rules.upload_undo import Filled

Key = tuple[str | None, str, str]
FIELDS = tuple(STORED)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A stored person; `values` in the order of FIELDS."""

    id: int
    name_key: str
    birth: str
    values: tuple[str | None, ...]
    full_name: str = ""

    @property
    def cccd(self) -> str | None:
        return self.values[FIELDS.index("cccd")]


@dataclass(frozen=True, slots=True)
class OwnNomination:
    """A live nomination of the list that is being corrected."""

    id: int
    person: KnownPerson
    benefit: Benefit
    state: NominationState
    categories: tuple[str, ...]
    row_number: int = 0
    upload_id: int = 0


@dataclass(slots=True)
class Entry:
    """One person of the file, from one row or several that are certainly the same person."""

    row: ListRow
    name_key: str
    benefits: set[Benefit]
    categories: dict[str, None]
    values: list[str | None]
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A person whom another list of the year already nominates."""

    row: int
    benefit: Benefit
    list_code: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stored person whom the file names a little otherwise, and how alike the two are."""

    person: KnownPerson
    score: float
    evidence: dict[str, str]


@dataclass(slots=True)
class Changes:
    """What will be written; counts of people, except where a name says otherwise."""

    new_people: list[Entry] = field(default_factory=list)
    nominate: list[tuple[Entry, Benefit]] = field(default_factory=list)
    fill: list[Filled] = field(default_factory=list)
    relist: list[tuple[OwnNomination, Entry]] = field(default_factory=list)
    """Nominations not yet judged whose content follows the corrected list."""
    withdraw: list[int] = field(default_factory=list)
    """Ids of nominations."""
    merged: dict[int, int] = field(default_factory=dict)
    """{row: row it is the same person as}"""
    elsewhere: list[Elsewhere] = field(default_factory=list)
    recognised: dict[int, Recognised] = field(default_factory=dict)
    """{row: the person of `known` or `elsewhere` it was recognised as}"""
    known: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    gone: list[KnownPerson] = field(default_factory=list)

    @property
    def people(self) -> int:
        """People of the file that the list nominates once it is sent."""
        groups = (self.new_people, self.known, self.changed, self.unchanged)
        return sum(map(len, groups))


def entries_of(
    rows: Iterable[ListRow], default: Benefit, today: date
) -> tuple[list[Entry], dict[int, int]]:
    """The people of a file, and which rows repeat which."""
    entries: list[Entry] = []
    by_key: dict[Key, Entry] = {}
    merged: dict[int, int] = {}
    for row in rows:
        key = (row.cccd, match_key(row.full_name), row.birth)
        wanted = _benefits(row, default, today)
        first = by_key.get(key) if row.cccd else None
        if first is None:
            entry = Entry(row, key[1], wanted, dict.fromkeys(row.categories), _values(row))
            entries.append(entry)
            if row.cccd:
                by_key[key] = entry
            continue
        merged[row.row] = first.row.row
        first.benefits |= wanted
        first.categories |= dict.fromkeys(row.categories)
        first.values = [old or new for old, new in zip(first.values, _values(row), strict=True)]
    return entries, merged


def key_of(entry: Entry) -> Key:
    """Citizen number, key of the name and birth, as the file has them."""
    return (entry.row.cccd, entry.name_key, entry.row.birth)


def compare(
    entries: Sequence[Entry],
    known: Mapping[Key, KnownPerson],
    live: Mapping[tuple[int, str], str],
    own: Sequence[OwnNomination] = (),
    recognised: Mapping[Key, Recognised] = MappingProxyType({}),
    *,
    is_whole: bool = True,
) -> Changes:
    """What changes when these people are sent.

    `known` are people of the province by key, `recognised` are those whom an entry of that key
    names otherwise, `live` says which other list nominates (person id, benefit), `own` is what
    the list being corrected nominates now; whoever is missing from a whole list is withdrawn.
    """
    changes = Changes()
    mine = _OwnPeople(entries, own)
    for entry in entries:
        person = mine.take(entry)
        if person is not None:
            _correct(changes, entry, person, mine.nominations(person.id), live)
            continue
        person = known.get(key_of(entry))
        if person is None and (found := recognised.get(key_of(entry))):
            changes.recognised[entry.row.row] = found
            person = found.person
        if person is None:
            changes.new_people.append(entry)
            changes.nominate += [(entry, benefit) for benefit in sorted(entry.benefits)]
            continue
        entry.person_id = person.id
        if _nominate(changes, entry, person.id, entry.benefits, live):
            changes.known.append(entry)
            if missing := _missing(entry, person):
                changes.fill.append(missing)
    for nominations in mine.left() if is_whole else ():
        changes.gone.append(nominations[0].person)
        changes.withdraw += [nomination.id for nomination in nominations]
    return changes


class _OwnPeople:
    """The people of the list being corrected, each found at most once."""

    def __init__(self, entries: Sequence[Entry], own: Sequence[OwnNomination]) -> None:
        self._by_person: dict[int, list[OwnNomination]] = {}
        for nomination in own:
            self._by_person.setdefault(nomination.person.id, []).append(nomination)
        people = [nominations[0].person for nominations in self._by_person.values()]
        self._left = {person.id: person for person in people}
        self._by_key = {(p.cccd, p.name_key, p.birth): p for p in people}
        self._by_name = {(p.name_key, p.birth): p for p in people}
        self._same_name = Counter((p.name_key, p.birth) for p in people)
        if own:
            self._in_file = Counter((entry.name_key, entry.row.birth) for entry in entries)

    def take(self, entry: Entry) -> KnownPerson | None:
        if not self._left:
            return None
        person = self._by_key.get(key_of(entry))
        if person is None or person.id not in self._left:
            person = self._only_one_of_the_name(entry)
        return self._left.pop(person.id, None) if person else None

    def nominations(self, person_id: int) -> list[OwnNomination]:
        return self._by_person[person_id]

    def left(self) -> list[list[OwnNomination]]:
        return [self._by_person[person_id] for person_id in self._left]

    def _only_one_of_the_name(self, entry: Entry) -> KnownPerson | None:
        name = (entry.name_key, entry.row.birth)
        if self._same_name[name] != 1 or self._in_file[name] != 1:
            return None
        person = self._by_name[name]
        return None if person.cccd and entry.row.cccd else person


def _correct(
    changes: Changes,
    entry: Entry,
    person: KnownPerson,
    nominations: list[OwnNomination],
    live: Mapping[tuple[int, str], str],
) -> None:
    entry.person_id = person.id
    differing = _differing(entry, person)
    if differing:
        changes.fill.append(differing)
    changed = bool(differing)
    missing = set(entry.benefits)
    for nomination in nominations:
        if nomination.benefit not in entry.benefits:
            changes.withdraw.append(nomination.id)
            changed = True
            continue
        missing.discard(nomination.benefit)
        if not differing and set(nomination.categories) == set(entry.categories):
            continue
        changed = True
        if nomination.state is NominationState.LISTED:
            changes.relist.append((nomination, entry))
        else:  # it was judged on what the list said before: it is judged anew
            changes.withdraw.append(nomination.id)
            changes.nominate.append((entry, nomination.benefit))
    if missing and _nominate(changes, entry, person.id, missing, live):
        changed = True
    (changes.changed if changed else changes.unchanged).append(entry)


def _nominate(
    changes: Changes,
    entry: Entry,
    person_id: int,
    benefits: set[Benefit],
    live: Mapping[tuple[int, str], str],
) -> bool:
    """Whether this list may put the person forward for any of the benefits."""
    free = []
    for benefit in sorted(benefits):
        if other := live.get((person_id, benefit.value)):
            changes.elsewhere.append(Elsewhere(entry.row.row, benefit, other))
        else:
            free.append((entry, benefit))
    changes.nominate += free
    return bool(free)


def _benefits(row: ListRow, default: Benefit, today: date) -> set[Benefit]:
    if today.year - int(row.birth[:4]) <= YOUNGEST_FOR_BOOK:
        _youngest, oldest = age_range(row.birth, today)
        if oldest < YOUNGEST_FOR_BOOK:
            return {Benefit.HI}
    if row.benefit == "both":
        return {Benefit.HI, Benefit.SI}
    return {Benefit(row.benefit) if row.benefit else default}


def _values(row: ListRow) -> list[str | None]:
    """In the order of FIELDS; free text is empty where it is unknown, and as long as it may be."""
    values = [(getattr(row, name), longest) for name, longest in STORED.items()]
    return [value if longest is None else (value or "")[:longest] for value, longest in values]


def _missing(entry: Entry, person: KnownPerson) -> Filled | None:
    """What the file knows and the stored person lacks."""
    pairs = list(zip(FIELDS, entry.values, person.values, strict=True))
    before: dict[str, str | None] = {name: old for name, new, old in pairs if new and not old}
    after: dict[str, str | None] = {name: new for name, new, old in pairs if new and not old}
    if len(entry.row.birth) > len(person.birth) and entry.row.birth.startswith(person.birth):
        before["birth_date"], after["birth_date"] = person.birth, entry.row.birth
    return Filled(person.id, before, after) if after else None


def _differing(entry: Entry, person: KnownPerson) -> Filled | None:
    """What the corrected list says otherwise; an emptied cell takes nothing away."""
    pairs = [
        (name, new, old)
        for name, new, old in zip(FIELDS, entry.values, person.values, strict=True)
        if new and new != old
    ]
    if not pairs:
        return None
    return Filled(
        person.id, {name: old for name, _, old in pairs}, {name: new for name, new, _ in pairs}
    )
