"""The communes whose name a hypothesis writes: exactly, without accents, or one slip away."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.intake.places.hypotheses import Hypothesis
from db.intake.places.index import (
    DistrictKey,
    Unit,
    units_by_name,
    units_of_districts,
    units_of_province,
)
from db.intake.places.words import COMMUNE, folded, spelled, toneless

EQUAL, ACCENTS_MISSING, ACCENTS_DIFFER = 0, 1, 2
SHORTEST_WITH_SLIP = 4
MOST_ACCENTS_WRONG = 2

_ByLength = dict[int, tuple[list[str], list[int]]]
"""The names, and their places, that a word of a length can be one letter away from."""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The units that an address can mean, and whether kind or spelling had to be forgiven."""

    hypothesis: Hypothesis
    units: tuple[Unit, ...]
    is_slip: bool = False


def exact_match(hypothesis: Hypothesis, *, accented: bool) -> PlaceMatch | None:
    """Units spelled like that; for a writer without accents, all units that could be."""
    found: list[Unit] = []
    for kind, spelling in _readings(hypothesis):
        named = [
            unit for unit in units_by_name().get(folded(spelling), ()) if hypothesis.fits(unit)
        ]
        found += _of_kind(_closest(named, spelling, accented=accented), kind)
    if not found:
        return None
    kind = hypothesis.commune.kind
    forgiven = bool(kind) and not any(unit.kind == kind for unit in found)
    forgiven = forgiven and not hypothesis.commune.is_loose
    return PlaceMatch(hypothesis, tuple(found), is_slip=forgiven or hypothesis.is_slip)


def slip_match(hypothesis: Hypothesis, province: str | None) -> PlaceMatch | None:
    """Units one letter away, or with other accents, inside one province or district only."""
    pool = _pool(hypothesis, province)
    kind, spelling = next(_readings(hypothesis))
    key = folded(spelling)
    if pool is None or len(key) < SHORTEST_WITH_SLIP:
        return None
    digits = _digits(key)
    near = [
        unit
        for unit in pool.near(spelling, key, with_kind=not kind)
        if _digits(unit.spelling) == digits and hypothesis.fits(unit)
    ]
    found = _of_kind(near, kind)
    return PlaceMatch(hypothesis, tuple(found), is_slip=True) if found else None


@dataclass(frozen=True, slots=True)
class _Pool:
    """The units of a province or a district, by the ways in which their names are compared."""

    units: tuple[Unit, ...]
    spellings: list[str]
    keys: list[str]
    keys_by_length: _ByLength
    with_kinds_by_length: _ByLength

    @classmethod
    def of(cls, units: tuple[Unit, ...]) -> "_Pool":
        spellings = [unit.spelling for unit in units]
        kinds = [spelled(unit.kind) for unit in units]
        keys = list(map(folded, spellings))
        with_kinds = [kind + name for kind, name in zip(kinds, spellings, strict=True)]
        return cls(units, spellings, keys, _by_length(keys), _by_length(with_kinds))

    def near(self, spelling: str, key: str, *, with_kind: bool) -> list[Unit]:
        """One letter away as spelled (without accents, as folded), or alike but for accents."""
        by_key = _near(key, self.keys_by_length)
        found = {
            at
            for at in by_key
            if spelling == key
            or OSA.distance(spelling, self.spellings[at])
            <= (MOST_ACCENTS_WRONG if self.keys[at] == key else 1)
        }
        if with_kind:
            found.update(_near(spelling, self.with_kinds_by_length))
        return [self.units[at] for at in sorted(found)]


def _pool(hypothesis: Hypothesis, province: str | None) -> _Pool | None:
    if hypothesis.districts:
        return _pool_of_districts(hypothesis.districts)
    if hypothesis.territories:
        return _pool_of_province(hypothesis.territories[0].code)
    return _pool_of_province(province) if province else None


@lru_cache(maxsize=128)
def _pool_of_districts(keys: frozenset[DistrictKey]) -> _Pool:
    return _Pool.of(units_of_districts(keys))


@lru_cache(maxsize=34)
def _pool_of_province(code: str) -> _Pool:
    return _Pool.of(units_of_province(code))


def _readings(hypothesis: Hypothesis) -> Iterator[tuple[str, str]]:
    part = hypothesis.commune
    if part.level == COMMUNE or not part.is_loose:
        yield part.kind, spelled(part.name)
    if part.is_loose:
        yield "", spelled(part.whole)


def _closest(units: list[Unit], spelling: str, *, accented: bool) -> list[Unit]:
    ranked = [(_accents(spelling, unit.spelling), unit) for unit in units]
    best = min((rank for rank, _ in ranked), default=ACCENTS_DIFFER)
    if best == ACCENTS_DIFFER:
        return []
    most = best if accented else ACCENTS_MISSING
    return [unit for rank, unit in ranked if rank <= most]


def _accents(written: str, name: str) -> int:
    if written == name:
        return EQUAL
    signs = zip(written, name, toneless(name), folded(name), strict=True)
    return ACCENTS_MISSING if all(sign in known for sign, *known in signs) else ACCENTS_DIFFER


def _of_kind(units: list[Unit], kind: str) -> list[Unit]:
    return [unit for unit in units if unit.kind == kind] or units


def _by_length(names: list[str]) -> _ByLength:
    found: _ByLength = defaultdict(lambda: ([], []))
    for at, name in enumerate(names):
        for length in (len(name) - 1, len(name), len(name) + 1):
            found[length][0].append(name)
            found[length][1].append(at)
    return dict(found)


def _near(written: str, by_length: _ByLength) -> list[int]:
    """The places of the names one letter away."""
    names, places = by_length.get(len(written), ([], []))
    found = process.extract(written, names, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [places[at] for _, _, at in found]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
