"""The communes whose name a hypothesis writes: exactly, without accents, or one slip away."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.intake.place_hypotheses import Hypothesis
from db.intake.place_index import Unit, units_by_name, units_of_districts, units_of_province
from db.intake.place_words import COMMUNE, folded, spelled, toneless

EQUAL, ACCENTS_MISSING, ACCENTS_DIFFER = 0, 1, 2
SHORTEST_WITH_SLIP = 4
MOST_ACCENTS_WRONG = 2


@dataclass(frozen=True, slots=True)
class Match:
    """The units that an address can mean, and whether kind or spelling had to be forgiven."""

    hypothesis: Hypothesis
    units: tuple[Unit, ...]
    is_slip: bool = False


def exact_match(hypothesis: Hypothesis, *, accented: bool) -> Match | None:
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
    return Match(hypothesis, tuple(found), is_slip=forgiven or hypothesis.is_slip)


def slip_match(hypothesis: Hypothesis, province: str | None) -> Match | None:
    """Units one letter away, or with other accents, inside one province or district only."""
    pool = _pool(hypothesis, province)
    kind, spelling = next(_readings(hypothesis))
    key = folded(spelling)
    if not pool or len(key) < SHORTEST_WITH_SLIP:
        return None
    names = list(dict.fromkeys(unit.spelling for unit in pool))
    near = {name for name, _, _ in _near(spelling, names, 1)}
    near |= {
        name for name, _, _ in _near(spelling, names, MOST_ACCENTS_WRONG) if folded(name) == key
    }
    if spelling == key:
        near |= {names[at] for _, _, at in _near(key, [folded(name) for name in names], 1)}
    if not kind:
        full = [f"{spelled(unit.kind)}{unit.spelling}" for unit in pool]
        near |= {pool[at].spelling for _, _, at in _near(spelling, full, 1)}
    near = {name for name in near if _digits(name) == _digits(key)}
    found = _of_kind([unit for unit in pool if unit.spelling in near], kind)
    return Match(hypothesis, tuple(found), is_slip=True) if found else None


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


def _pool(hypothesis: Hypothesis, province: str | None) -> list[Unit]:
    if hypothesis.districts:
        pool = units_of_districts(hypothesis.districts)
    elif hypothesis.territories:
        pool = units_of_province(hypothesis.territories[0].code)
    elif province:
        pool = units_of_province(province)
    else:
        return []
    return [unit for unit in pool if hypothesis.fits(unit)]


def _near(written: str, names: list[str], distance: int) -> list[tuple[str, int, int]]:
    return process.extract(written, names, scorer=OSA.distance, score_cutoff=distance, limit=None)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
