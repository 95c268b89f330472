"""Which commune of today a match stands for, and what must be said about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from db.intake.places.index import Unit
from db.intake.places.matching import PlaceMatch
from db.reference.places import communes_by_code

FEWEST_FOR_MAJORITY = 3
MAJORITY = 2 / 3


class How(StrEnum):
    """Why an address stands for a commune, or for none alone."""

    EXACT = "exact"
    OLD_NAME = "old_name"
    ALSO_OLD = "also_old"
    SLIP = "slip"
    BY_LIST = "by_list"
    SPLIT = "split"
    AMBIGUOUS = "ambiguous"


class Era(StrEnum):
    """Whether a list's names are those of today or from before 2025-07-01."""

    UNKNOWN = "unknown"
    TODAY = "today"
    FORMER = "former"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class PlaceVerdict:
    """One commune and why, or (split, ambiguous) several; `others` are what it might have been."""

    how: How
    codes: frozenset[str]
    others: frozenset[str] = frozenset()
    era: Era = Era.UNKNOWN


@dataclass(frozen=True, slots=True)
class ListPrior:
    """What the list's own rows say together; `own` is the commune that the list is of."""

    era: Era = Era.UNKNOWN
    own: str | None = None
    communes: frozenset[str] = frozenset()
    province: str | None = None

    def choose(self, codes: frozenset[str]) -> str | None:
        """The one candidate that the list speaks for."""
        places = communes_by_code()
        if self.own in codes:
            return self.own
        for kept in (
            [code for code in codes if code in self.communes],
            [code for code in codes if places[code].province_code == self.province],
        ):
            if len(kept) == 1:
                return kept[0]
        return None


def prior_of(verdicts: Iterable[tuple[PlaceVerdict, int]], own: str | None) -> ListPrior:
    """What verdicts, each with its number of rows, say about the rest of their list."""
    by_commune: Counter[str] = Counter()
    by_province: Counter[str] = Counter()
    eras: set[Era] = set()
    for verdict, rows in verdicts:
        eras.add(verdict.era)
        if verdict.how in (How.EXACT, How.OLD_NAME):
            (code,) = verdict.codes
            by_commune[code] += rows
            by_province[communes_by_code()[code].province_code] += rows
    eras.discard(Era.UNKNOWN)
    era = Era.MIXED if len(eras) > 1 else next(iter(eras), Era.UNKNOWN)
    rows = by_province.total()
    for province, most in by_province.most_common(1):
        if rows >= FEWEST_FOR_MAJORITY and most >= MAJORITY * rows:
            return ListPrior(era, own, frozenset(by_commune), province)
    return ListPrior(era, own)


def verdict_on(
    match: PlaceMatch, scope: frozenset[str] | None, prior: ListPrior
) -> PlaceVerdict | None:
    """What a match means among the communes of `scope` (None: all); None if all lie outside."""
    units = [unit for unit in match.units if scope is None or unit.codes & scope]
    if not units:
        return None
    verdict = _between_eras(match, units, scope, prior)
    if len(verdict.codes) > 1:
        chosen = prior.choose(verdict.codes)
        splits = any(len(_codes([unit], scope)) > 1 for unit in units)
        if chosen and (chosen == prior.own or not splits):
            return PlaceVerdict(How.BY_LIST, frozenset({chosen}), verdict.codes, verdict.era)
        how = verdict.how if verdict.how is How.SPLIT else How.AMBIGUOUS
        return replace(verdict, how=how)
    if match.hypothesis.is_doubtful:
        return PlaceVerdict(How.AMBIGUOUS, verdict.codes)
    if match.is_slip:
        return PlaceVerdict(How.SLIP, verdict.codes)
    return verdict


def _between_eras(
    match: PlaceMatch, units: list[Unit], scope: frozenset[str] | None, prior: ListPrior
) -> PlaceVerdict:
    today = _codes((unit for unit in units if not unit.is_former), scope)
    old_units = [unit for unit in units if unit.is_former]
    former = _codes(old_units, scope)
    if not former - today and today:
        era = Era.UNKNOWN if former else Era.TODAY
        return PlaceVerdict(How.EXACT, today, era=era)
    if not today:
        how = How.SPLIT if len(old_units) == 1 and len(former) > 1 else How.OLD_NAME
        return PlaceVerdict(how, former, era=Era.FORMER)
    if match.hypothesis.districts is not None or _names_former_province(match):
        how = How.SPLIT if len(old_units) == 1 and len(former) > 1 else How.OLD_NAME
        return PlaceVerdict(how, former)
    if prior.era is Era.FORMER:
        return (
            PlaceVerdict(How.BY_LIST, former, today)
            if len(former) == 1
            else PlaceVerdict(How.AMBIGUOUS, former | today)
        )
    if prior.era is Era.MIXED:
        return PlaceVerdict(How.AMBIGUOUS, former | today)
    how = How.EXACT if prior.era is Era.TODAY else How.ALSO_OLD
    return PlaceVerdict(how, today, former - today)


def _codes(units: Iterable[Unit], scope: frozenset[str] | None) -> frozenset[str]:
    codes = frozenset(code for unit in units for code in unit.codes)
    return codes if scope is None else codes & scope


def _names_former_province(match: PlaceMatch) -> bool:
    return any(place.former is not None for place in match.hypothesis.territories)
