"""Finds the commune that a cell names; what is not certain is offered, never taken."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz, process

from db.reference.places import (
    Commune,
    FormerCommune,
    communes,
    communes_by_code,
    former_communes,
    former_provinces,
    provinces,
    provinces_by_code,
)
from db.rules.cells import Reading, read_as, wrong
from db.rules.names import clean, fold, place_tone

SUGGESTED_FROM = 80
MOST_CHOICES = 4
_KIND_WORDS = {
    "x": "xã",
    "p": "phường",
    "tt": "thị trấn",
    "đk": "đặc khu",
    "f": "phường",
    "ph": "phường",
}


class CommuneFinder:
    """Looks names up among an office's communes (`scope`; None for all) and remembers."""

    def __init__(self, scope: frozenset[str] | None) -> None:
        self._scope = scope
        self._found: dict[tuple[str, str], Reading] = {}

    def find(self, text: str, province: str = "") -> Reading:
        """The commune's code.

        Errors: commune_unknown, commune_outside_office, commune_ambiguous, commune_former_name,
        commune_former_split.
        """
        key = (text, province)
        if key not in self._found:
            self._found[key] = self._look_up(clean(text), province)
        return self._found[key]

    def exact(self, name: str, province: str = "") -> str | None:
        """The code of the one commune of that full name, with accents, in scope; never a guess."""
        province_code = province_code_of(province)
        codes = [
            code
            for code in _by_spelling().get(_spelled(name), [])
            if self._mine(code) and province_code in (None, communes_by_code()[code].province_code)
        ]
        return codes[0] if len(codes) == 1 else None

    def _look_up(self, text: str, province: str) -> Reading:
        name, _, written_province = text.partition(",") if "," in text else (text, "", "")
        if code := _code_in(text):
            return self._in_scope([communes_by_code()[code]])
        province_code = province_code_of(province) or province_code_of(written_province)
        matches = _named(name)
        if province_code:
            matches = [place for place in matches if place.province_code == province_code]
        mine = [place for place in matches if self._mine(place.code)]
        if mine or matches:
            return self._in_scope(mine or matches)
        if former := self._former(name, province_code):
            return former
        suggestion = self._similar(name, province_code)
        return wrong("commune_unknown", suggestion)

    def _mine(self, code: str) -> bool:
        return self._scope is None or code in self._scope

    def _in_scope(self, places: list[Commune]) -> Reading:
        if len(places) > 1 and (self._scope is None or self._mine(places[0].code)):
            return wrong("commune_ambiguous", choices=_choices(places))
        if not self._mine(places[0].code):
            return wrong("commune_outside_office", place=_full_name(places[0]))
        return read_as(places[0].code)

    def _former(self, name: str, province_code: str | None) -> Reading | None:
        """The successors of a commune that ended in 2025; a person confirms even a single one."""
        codes = {
            link.new_commune_code
            for link in _formerly_named(name)
            if self._mine(link.new_commune_code) and province_code in (None, link.new_province_code)
        }
        if not codes:
            return None
        places = [communes_by_code()[code] for code in sorted(codes)]
        if len(places) > 1:
            return wrong("commune_former_split", choices=_choices(places))
        name = places[0].name
        shown = name[:1].lower() + name[1:]
        return wrong("commune_former_name", self._written(places[0]), now=shown)

    def _similar(self, name: str, province_code: str | None) -> str | None:
        places = [
            place
            for place in communes()
            if self._mine(place.code) and province_code in (None, place.province_code)
        ]
        wanted = fold(name)
        best = process.extractOne(
            wanted, [fold(place.name) for place in places], scorer=fuzz.ratio
        ) or ("", 0, 0)
        short = process.extractOne(
            wanted, [fold(place.short_name) for place in places], scorer=fuzz.ratio
        ) or ("", 0, 0)
        found = max(best, short, key=lambda match: match[1])
        return self._written(places[found[2]]) if found[1] >= SUGGESTED_FROM else None

    def _written(self, place: Commune) -> str:
        """A suggestion that this finder itself understands."""
        if self.find(place.name).value == place.code:
            return place.name
        return f"{place.name} ({place.code})"


def province_code_of(text: str) -> str | None:
    """The code of today's province that a name, present or former, stands for."""
    words = fold(text)
    for lead in ("tinh ", "thanh pho ", "tp "):
        words = words.removeprefix(lead)
    return _province_names().get(words)


def _code_in(text: str) -> str | None:
    """A five-digit code alone or in brackets behind a name; four digits lost their zero."""
    tail = text[text.rfind("(") + 1 :].rstrip(") ") if text.endswith(")") else text
    code = tail.removesuffix(".0").zfill(5)
    return code if tail[:1].isdigit() and code in communes_by_code() else None


def _named(name: str) -> list[Commune]:
    """Communes of that name: with accents first, without only if that finds none."""
    spelled = _spelled(name)
    for index, key in ((_by_spelling(), spelled), (_by_fold(), fold(spelled))):
        if found := index.get(key):
            return [communes_by_code()[code] for code in found]
    return []


def _spelled(name: str) -> str:
    words = place_tone(clean(name).lower()).replace(".", " ").split()
    if len(words) > 1 and words[0] in _KIND_WORDS:
        words[0] = _KIND_WORDS[words[0]]
    return " ".join(words)


def _choices(places: list[Commune]) -> str:
    shown = [_full_name(place) for place in places[:MOST_CHOICES]]
    return "; ".join(shown) + ("…" if len(places) > MOST_CHOICES else "")


def _full_name(place: Commune) -> str:
    return f"{place.name} ({provinces_by_code()[place.province_code].short_name}, {place.code})"


@cache
def _by_spelling() -> dict[str, list[str]]:
    return _index(
        (_spelled(place.name), _spelled(place.short_name), place.code) for place in _all()
    )


@cache
def _by_fold() -> dict[str, list[str]]:
    return _index(
        (fold(_spelled(place.name)), fold(_spelled(place.short_name)), place.code)
        for place in _all()
    )


def _all() -> Iterable[Commune]:
    return communes()


def _index(keys: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """Full names first: a short name that is another commune's full name does not compete."""
    found: dict[str, list[str]] = defaultdict(list)
    for full, short, code in keys:
        for key in dict.fromkeys((full, short)):
            found[key].append(code)
    return dict(found)


@cache
def _formerly_by_fold() -> dict[str, list[FormerCommune]]:
    found: dict[str, list[FormerCommune]] = defaultdict(list)
    for link in former_communes():
        full = fold(_spelled(link.name))
        for key in {full, _without_kind(full)}:
            found[key].append(link)
    return dict(found)


def _formerly_named(name: str) -> list[FormerCommune]:
    links = _formerly_by_fold().get(fold(_spelled(name)), [])
    spelled = _spelled(name)
    exact = [
        link
        for link in links
        if spelled in (_spelled(link.name), _without_kind(_spelled(link.name)))
    ]
    return exact or links


def _without_kind(name: str) -> str:
    for kind in ("xã ", "phường ", "thị trấn ", "xa ", "phuong ", "thi tran "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


@cache
def _province_names() -> dict[str, str]:
    names = {fold(place.short_name): place.code for place in provinces()}
    names |= {"ho chi minh": "79", "hcm": "79", "tp hcm": "79", "tphcm": "79", "sai gon": "79"}
    names |= {"thua thien hue": "46"}
    for former in former_provinces():
        words = fold(former.name)
        for lead in ("tinh ", "thanh pho "):
            words = words.removeprefix(lead)
        names.setdefault(words, former.new_code)
    return names
