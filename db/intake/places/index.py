"""Every commune of today and before 2025-07-01, and the districts and provinces around them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from db.intake.places.words import folded, spelled
from db.reference.places import (
    Commune,
    FormerCommune,
    communes,
    former_communes,
    former_provinces,
    provinces,
)

T = TypeVar("T")
DistrictKey = tuple[str, str]
"""A former province's code and the district's folded name, unique there."""

_COMMUNE_KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ")
_DISTRICT_KINDS = ("huyện ", "quận ", "thị xã ", "thành phố ")
_PROVINCE_KINDS = ("tỉnh ", "thành phố ")
_CITY = "Thành phố"
_OTHER_PROVINCE_NAMES = {
    "hồ chí minh": "79", "hcm": "79", "tp hcm": "79", "tphcm": "79", "sài gòn": "79",
    "huế": "46", "thừa thiên huế": "46", "thừa thiên": "46", "tt huế": "46", "đắk lắc": "66",
    "dac lac": "66", "dac nong": "67",
    "bà rịa vũng tàu": "77", "brvt": "77", "br vt": "77", "bắc cạn": "06", "hn": "01",
}  # fmt: skip
"""By the code of the former province."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A commune under one name; `codes` are the communes of today that it became or is.

    `kind` in small letters, `spelling` without it; `provinces` are today's codes, the former
    ones and the `districts` are those whose land it took.
    """

    kind: str
    spelling: str
    is_former: bool
    codes: frozenset[str]
    provinces: frozenset[str]
    former_provinces: frozenset[str]
    districts: frozenset[DistrictKey]


@dataclass(frozen=True, slots=True)
class Territory:
    """A province by name: one of today, or (with `former`) one that ended in 2025.

    `is_city`: "thành phố" before its name is the province, not a town in it.
    """

    code: str
    former: str | None
    is_city: bool

    def holds(self, unit: Unit) -> bool:
        """The unit lies in it."""
        if self.former is not None:
            return self.former in unit.former_provinces
        return self.code in unit.provinces


@cache
def units_by_name() -> Mapping[str, tuple[Unit, ...]]:
    """All units by the folded spelling of their name without its kind."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in _all_units():
        found[folded(unit.spelling)].append(unit)
    return {name: tuple(units) for name, units in found.items()}


@cache
def units_of_province(code: str) -> tuple[Unit, ...]:
    """The units on the land of one province of today."""
    return tuple(unit for unit in _all_units() if code in unit.provinces)


def units_of_districts(keys: frozenset[DistrictKey]) -> tuple[Unit, ...]:
    """The units on the land of former districts."""
    by_district = _units_by_district()
    return tuple(dict.fromkeys(unit for key in keys for unit in by_district[key]))


@cache
def _units_by_district() -> Mapping[DistrictKey, list[Unit]]:
    found: dict[DistrictKey, list[Unit]] = defaultdict(list)
    for unit in _all_units():
        for key in unit.districts:
            found[key].append(unit)
    return found


@cache
def districts_by_name() -> Mapping[str, frozenset[DistrictKey]]:
    """The former districts by the folded spelling of their name without its kind."""
    found: dict[str, set[DistrictKey]] = defaultdict(set)
    for link in former_communes():
        key = _district(link)
        found[key[1]].add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


@cache
def territories_by_name() -> Mapping[str, Territory]:
    """Provinces of today and former ones by folded spelling; a name of both is today's."""
    former = {
        folded(spelled(_short(place.name, _PROVINCE_KINDS)[1])): Territory(
            place.new_code, place.code, is_city=place.name.startswith(_CITY)
        )
        for place in former_provinces()
    }
    by_former_code = {place.former: place for place in former.values()}
    today = {
        folded(spelled(place.short_name)): Territory(
            place.code, None, is_city=place.name.startswith(_CITY)
        )
        for place in provinces()
    }
    for name, code in _OTHER_PROVINCE_NAMES.items():
        place = by_former_code[code]
        kept = next((mine for mine in today.values() if mine.code == code == place.code), place)
        former[folded(spelled(name))] = kept
    return former | today


@cache
def _all_units() -> tuple[Unit, ...]:
    links: dict[tuple[str, str, str], list[FormerCommune]] = defaultdict(list)
    sources: dict[str, list[FormerCommune]] = defaultdict(list)
    for link in former_communes():
        sources[link.new_commune_code].append(link)
        if link.name:
            links[link.province_code, link.district, link.name].append(link)
    today = [_unit_of_today(place, sources[place.code]) for place in communes()]
    renamed = [
        _unit(place.first_name, is_former=True, codes=[place.code], land=sources[place.code])
        for place in communes()
        if place.renamed_on
    ]
    former = [
        _unit(name, is_former=True, codes=[link.new_commune_code for link in those], land=those)
        for (_, _, name), those in links.items()
    ]
    return (*today, *renamed, *former, *_whole_districts())


def _whole_districts() -> Iterable[Unit]:
    """Districts that became one commune, as the islands did: "huyện Côn Đảo" is enough."""
    links: dict[str, list[FormerCommune]] = defaultdict(list)
    for link in former_communes():
        links[f"{link.province_code} {link.district}"].append(link)
    for land in links.values():
        codes = {link.new_commune_code for link in land}
        if len(codes) == 1:
            kind, short = _short(land[0].district, _DISTRICT_KINDS)
            yield replace(
                _unit(short, is_former=True, codes=codes, land=land),
                kind=kind,
                spelling=spelled(short),
            )


def _unit_of_today(place: Commune, land: list[FormerCommune]) -> Unit:
    return _unit(place.name, is_former=False, codes=[place.code], land=land, today=place)


def _unit(
    name: str,
    *,
    is_former: bool,
    codes: Iterable[str],
    land: list[FormerCommune],
    today: Commune | None = None,
) -> Unit:
    kind, short = _short(name, _COMMUNE_KINDS)
    own = _together(today.province_code) if today else None
    return Unit(
        kind=kind,
        spelling=spelled(short),
        is_former=is_former,
        codes=_together(*codes),
        provinces=own or _together(*(link.new_province_code for link in land)),
        former_provinces=_together(*(link.province_code for link in land)),
        districts=_together(*map(_district, land)),
    )


@cache
def _together(*items: T) -> frozenset[T]:
    """One set for all units that share it."""
    return frozenset(items)


@cache
def _district_name(name: str) -> str:
    return folded(spelled(_short(name, _DISTRICT_KINDS)[1]))


def _district(link: FormerCommune) -> DistrictKey:
    return link.province_code, _district_name(link.district)


def _short(name: str, kinds: Iterable[str]) -> tuple[str, str]:
    """The kind in small letters and the name without it."""
    small = name.lower()
    for kind in kinds:
        if small.startswith(kind):
            return kind.rstrip(), name[len(kind) :]
    return "", name
