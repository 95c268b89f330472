"""How an address can be meant: which part is the commune, and what lies around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from db.intake.places.index import (
    DistrictKey,
    Territory,
    Unit,
    districts_by_name,
    territories_by_name,
    units_by_name,
)
from db.intake.places.slips import Names
from db.intake.places.words import (
    CITY,
    COMMUNE,
    DISTRICT,
    PROVINCE,
    Part,
    folded,
    parts_of,
    spelled,
)
from db.reference.places import former_provinces

V = TypeVar("V")
_OWN_WORDS = frozenset({"thị trấn", "thành phố"})
"""Short forms that begin names of provinces too: TT Huế, TP.HCM."""
LONGEST_RUN = 12
"""Words without a sign between them that are still tried as several names."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """`commune` is the part that names it; `districts` None where none was read.

    `is_doubtful`: the part would also be a district or a province, and the part before it might
    be the commune. `is_slip`: the province or the district is only nearly spelled right.
    """

    commune: Part
    territories: tuple[Territory, ...] = ()
    districts: frozenset[DistrictKey] | None = None
    is_doubtful: bool = False
    is_slip: bool = False

    def fits(self, unit: Unit) -> bool:
        """The unit lies where the address says."""
        if self.districts is not None and self.districts.isdisjoint(unit.districts):
            return False
        for place in self.territories:  # noqa: SIM110 - called for every unit of a name
            if not place.holds(unit):
                return False
        return True


def hypotheses(text: str, province: str, district: str) -> Iterator[Hypothesis]:
    """Every way to read a commune's cell beside its province's and district's, fullest first."""
    parts = parts_of(text)
    around = _Around.of(province, district)
    yield from _readings(_smallest_first(parts), around)
    if len(parts) > 1:
        turned = _readings(parts[::-1], around)
        yield from (each for each in turned if each.territories or each.districts)


def _smallest_first(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, turned round where the commune stands behind its province."""
    if len(parts) > 1 and parts[-1].level == COMMUNE and not parts[-1].is_loose:
        first = parts[0]
        if first.level in (PROVINCE, CITY, DISTRICT) or _territory(first):
            return parts[::-1]
    return parts


def hypotheses_of_run(text: str, province: str, district: str) -> Iterator[Hypothesis]:
    """Ways to cut words without any sign between them: "mon son con cuong nghe an"."""
    around = _Around.of(province, district)
    parts = parts_of(text)
    if not parts:
        return
    words = parts[-1].whole.split()
    for cut in range(1, min(len(words), LONGEST_RUN)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        tail_parts = parts_of(tail)
        if not (around.says_something or _may_lie_around(tail_parts)):
            continue
        for reading in _readings((*parts[:-1], *parts_of(head), *parts_of(tail)), around):
            if reading.territories or reading.districts:
                yield reading
        for more in range(1, cut):
            middle = parts_of(" ".join(words[more:cut]))
            if not (around.says_something or _may_be_district(middle, tail_parts)):
                continue
            cuts = (*parts_of(" ".join(words[:more])), *middle, *tail_parts)
            yield from (
                reading
                for reading in _readings((*parts[:-1], *cuts), around)
                if reading.territories and reading.districts
            )


def _may_lie_around(parts: tuple[Part, ...]) -> bool:
    """The last of the parts that is no hamlet could be a province or a district."""
    while parts and _is_only_hamlet(parts[-1]):
        parts = parts[:-1]
    if not parts:
        return True
    last = parts[-1]
    return bool(
        last.level in (PROVINCE, CITY, DISTRICT)
        or _territory(last)
        or _districts(last, ())
        or _provinces().near(spelled(last.name), 1)
    )


def _may_be_district(parts: tuple[Part, ...], after: tuple[Part, ...]) -> bool:
    """The last of the parts could be a district, what stands after them being its province."""
    if not parts or len(after) != 1 or _is_only_hamlet(after[0]):
        return True
    last = parts[-1]
    return bool(
        last.level in (DISTRICT, CITY)
        or _districts(last, ())
        or _all_districts().near(spelled(last.name), 1)
    )


def territory_named(text: str, *, may_slip: bool = True) -> tuple[Territory | None, bool]:
    """The province that a text names, and whether one letter of it was wrong."""
    parts = parts_of(text)
    if not parts:
        return None, False
    found = _territory(parts[-1]) or territories_by_name().get(folded(spelled(text)))
    if found or not may_slip:
        return found, False
    return _slipped(_provinces(), spelled(parts[-1].name)), True


@lru_cache(maxsize=1)
def _provinces() -> Names[Territory]:
    return Names.of(territories_by_name())


@lru_cache(maxsize=1)
def _all_districts() -> Names[frozenset[DistrictKey]]:
    return Names.of(districts_by_name())


@dataclass(frozen=True, slots=True)
class _Around:
    """What the columns beside the commune's say."""

    territories: tuple[Territory, ...]
    districts: frozenset[DistrictKey] | None
    is_slip: bool

    @property
    def says_something(self) -> bool:
        return bool(self.territories or self.districts)

    @classmethod
    def of(cls, province: str, district: str) -> "_Around":
        territory, slip = territory_named(province) if province else (None, False)
        territories = (territory,) if territory else ()
        parts = parts_of(district)
        keys = None
        if parts:
            keys = _districts(parts[-1], territories)
            if keys is None:
                keys, slip = _slipped_district(parts[-1], territories), True
        return cls(territories, keys, slip or bool(province and not territory))


def _readings(parts: tuple[Part, ...], around: _Around) -> Iterator[Hypothesis]:
    while len(parts) > 1 and _is_only_hamlet(parts[-1]):
        parts = parts[:-1]
    for rest, territory, slip in _without_province(parts):
        territories = (*around.territories, territory) if territory else around.territories
        for left, keys, more_slip in _without_district(rest, territories):
            districts = keys if around.districts is None else around.districts
            if keys and around.districts:
                districts = keys & around.districts
            found = _commune(left, parts, territories)
            if found:
                part, doubtful = found
                yield Hypothesis(
                    part, territories, districts, doubtful, slip or more_slip or around.is_slip
                )


def _without_province(
    parts: tuple[Part, ...],
) -> Iterator[tuple[tuple[Part, ...], Territory | None, bool]]:
    if len(parts) > 1:
        last = parts[-1]
        if territory := _territory(last):
            yield parts[:-1], territory, False
            if last.level != CITY and any(part.level == COMMUNE for part in parts[:-1]):
                return
        elif last.level == PROVINCE and not last.is_loose:
            near = _slipped(_provinces(), spelled(last.name))
            yield parts[:-1], near, True
            return
        elif not last.level and (near := _slipped(_provinces(), spelled(last.name))):
            yield parts[:-1], near, True
    yield parts, None, False


def _without_district(
    parts: tuple[Part, ...], territories: tuple[Territory, ...]
) -> Iterator[tuple[tuple[Part, ...], frozenset[DistrictKey] | None, bool]]:
    if len(parts) > 1:
        last = parts[-1]
        if keys := _districts(last, territories):
            yield parts[:-1], keys, False
            if any(part.level == COMMUNE for part in parts[:-1]):
                return
        elif last.level in (DISTRICT, CITY) and not last.is_loose:
            near = _slipped_district(last, territories)
            yield parts[:-1], near, True
            return
        elif near := _slipped_district(last, territories):
            yield parts[:-1], near, True
    yield parts, None, False


def _commune(
    left: tuple[Part, ...], parts: tuple[Part, ...], territories: tuple[Territory, ...]
) -> tuple[Part, bool] | None:
    """The part that is the commune, and whether that is doubtful."""
    named = [part for part in left if part.level == COMMUNE and not part.is_loose]
    if named:
        return named[-1], False
    if not left:
        return None
    last = left[-1]
    if last.level in (DISTRICT, CITY, PROVINCE) and not last.is_loose and not _is_unit(last):
        return None
    before = left[-2] if len(left) > 1 else None
    readable = _territory(last) or _districts(last, territories)
    doubtful = bool(before and not before.is_hamlet and last.level != COMMUNE and readable)
    return last, doubtful and last in parts


def _is_unit(part: Part) -> bool:
    """A district that became a commune as a whole: huyện Lý Sơn."""
    named = units_by_name().get(folded(spelled(part.name)), ())
    return any(unit.kind == part.kind for unit in named)


def _is_only_hamlet(part: Part) -> bool:
    """Not Sóc Trăng or Buôn Hồ, which begin like a hamlet."""
    return part.is_hamlet and not _territory(part) and not _districts(part, ())


def _territory(part: Part) -> Territory | None:
    names = territories_by_name()
    if part.level in (PROVINCE, CITY, "") and (found := names.get(folded(spelled(part.name)))):
        return found if found.is_city or part.level != CITY else None
    if part.kind in _OWN_WORDS or part.is_loose or part.is_hamlet:
        return names.get(folded(spelled(part.whole)))
    return None


def _districts(part: Part, territories: tuple[Territory, ...]) -> frozenset[DistrictKey] | None:
    names = [part.name] if part.level in (DISTRICT, CITY, "") else []
    if part.is_loose or part.is_hamlet:
        names.append(part.whole)
    for name in names:
        keys = _within(districts_by_name().get(folded(spelled(name)), frozenset()), territories)
        if keys:
            return keys
    return None


def _slipped_district(
    part: Part, territories: tuple[Territory, ...]
) -> frozenset[DistrictKey] | None:
    if not territories or part.level not in (DISTRICT, CITY, ""):
        return None
    return _slipped(_districts_within(territories), spelled(part.name))


@lru_cache(maxsize=256)
def _districts_within(territories: tuple[Territory, ...]) -> Names[frozenset[DistrictKey]]:
    return Names.of(
        {
            name: keys
            for name, those in districts_by_name().items()
            if (keys := _within(those, territories))
        }
    )


def _within(
    keys: frozenset[DistrictKey], territories: tuple[Territory, ...]
) -> frozenset[DistrictKey]:
    return frozenset(
        key
        for key in keys
        if all(
            key[0] == place.former if place.former else _today_of()[key[0]] == place.code
            for place in territories
        )
    )


@lru_cache(maxsize=1)
def _today_of() -> dict[str, str]:
    return {place.code: place.new_code for place in former_provinces()}


def _slipped(names: Names[V], written: str) -> V | None:
    """What the one name at a distance of one letter stands for."""
    meant = names.meant
    found = {id(meant[name]): meant[name] for name in names.near(written, 3)}
    return next(iter(found.values())) if len(found) == 1 else None
