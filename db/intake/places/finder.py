"""Finds the commune that a list names: today's name or a former one, whole, short or misspelt."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from rapidfuzz import fuzz, process

from db.errors import Refused
from db.intake.places.addresses import (
    LONGEST_ADDRESS,
    calls_a_commune,
    code_in,
    communes_named_twice,
    from_commune_on,
    place_in_address,
)
from db.intake.places.hypotheses import Hypothesis, hypotheses, hypotheses_of_run, territory_named
from db.intake.places.index import units_by_name
from db.intake.places.matching import PlaceMatch, exact_match, slip_match
from db.intake.places.verdict import How, ListPrior, PlaceVerdict, prior_of, verdict_on
from db.intake.places.words import folded, parts_of, spelled
from db.reference.places import Commune, communes, communes_by_code, provinces_by_code
from db.rules.cells import Reading, read_as, warn, wrong
from db.rules.names import clean, fold

SUGGESTED_FROM = 80
MOST_CHOICES = 6
LONGEST_EXAMPLE = 60
MOST_ADDRESSES = 2_000
"""The commonest say what a list is about; the others are not asked."""
MOST_COMMUNES_IN_A_CELL = 6
MOST_SUGGESTIONS = 300
MOST_UNKNOWN = 3_000
"""Nearly as many as there are communes: a list with more unknown names, all different, has another
column under its header."""

Address = tuple[str, str, str]
"""What a row says of its commune, province and district, each "" if nothing."""


class CommuneFinder:
    """Looks names up among an office's communes (`scope`; None for all) and remembers.

    `addresses` are what a list's rows say together, the prior for each of them; `own` is the
    list's commune.
    """

    def __init__(
        self,
        scope: frozenset[str] | None,
        addresses: Iterable[Address] = (),
        own: str | None = None,
    ) -> None:
        self._scope = scope
        provinces = {communes_by_code()[code].province_code for code in scope or ()}
        self._province = provinces.pop() if len(provinces) == 1 else None
        self._found: dict[Address, Reading] = {}
        self._in_addresses: dict[Address, Reading] = {}
        self._matches: dict[Address, PlaceMatch | None] = {}
        self._suggestions_left = MOST_SUGGESTIONS
        self._unknown: set[str] = set()
        self._found_nothing, self._told_so = 0, False
        counted = Counter(addresses)
        self._accented = any(not "".join(address).isascii() for address in counted)
        self._prior = ListPrior(own=own)
        verdicts = [
            (verdict, rows)
            for address, rows in counted.most_common(MOST_ADDRESSES)
            if address[0] and (verdict := self._verdict(self._match(address)))
        ]
        self._prior = prior_of(verdicts, own)

    def find(self, text: str, province: str = "", district: str = "") -> Reading:
        """The code of the commune that a cell, or a whole address in it, names.

        Warnings: place_old_name, place_also_old_name, place_typo, place_guess_by_list. Errors:
        place_unknown, place_outside_office, place_ambiguous, place_split. Refusal: not_communes.
        """
        reading = self._looked_up((text, province, district))
        if reading.value is None and reading.findings[0].code == "place_unknown":
            self._unknown.add(text)
            if max(len(self._unknown), self._found_nothing // 2) > MOST_UNKNOWN:
                raise Refused("not_communes", example=text[:LONGEST_EXAMPLE], count=MOST_UNKNOWN)
        return reading

    def _looked_up(self, address: Address) -> Reading:
        if address not in self._found:
            self._found[address] = reading = self._look_up(address)
            self._found_nothing += reading.value is None
        return self._found[address]

    def find_in_address(self, text: str, province: str = "", district: str = "") -> Reading:
        """The commune that an address names, or nothing: streets and hamlets bear names as well.

        What it surely calls a commune but cannot be told is said as in `find`; a name that nobody
        knows is only a warning there.
        """
        address = (text, province, district)
        if address not in self._in_addresses:
            self._in_addresses[address] = self._look_into(address)
        return self._in_addresses[address]

    def _look_into(self, address: Address) -> Reading:
        if len(address[0]) > LONGEST_ADDRESS:
            return read_as(None)
        return self._given_up() or self._placed(*address)

    def _given_up(self) -> Reading | None:
        """What a row says once too many found nothing; the first of them tells it."""
        if self._found_nothing <= MOST_UNKNOWN:
            return None
        if self._told_so:
            return read_as(None)
        self._told_so = True
        return warn(None, "addresses_not_read", count=str(MOST_UNKNOWN))

    def _placed(self, text: str, province: str, district: str) -> Reading:
        text = from_commune_on(text)
        place = place_in_address(text, province, district)
        if not place:
            return self._known_to_the_list(text)
        reading = self._looked_up((place, province, district))
        if reading.value or not calls_a_commune(text):
            return reading if reading.value else read_as(None)
        return _without_error(reading, "place_unknown")

    def find_district(self, name: str, province: str = "") -> Reading:
        """The commune that a whole former district became, or nothing."""
        if given_up := self._given_up():
            return given_up
        written = name if len(parts_of(name)) == 1 and parts_of(name)[0].kind else f"huyện {name}"
        reading = self._looked_up((written, province, ""))
        return reading if reading.value else read_as(None)

    def _known_to_the_list(self, text: str) -> Reading:
        """ "Bản Xiềng, Môn Sơn", where other rows say that Môn Sơn is a commune of the list."""
        *before, last = parts_of(text) or (None,)
        if not before or last is None or last.is_hamlet:
            return read_as(None)
        code = self._looked_up((last.whole, "", "")).value
        if code is None or (code != self._prior.own and code not in self._prior.communes):
            return read_as(None)
        return warn(code, "place_guess_by_list", now=_in_words(communes_by_code()[code]))

    def exact(self, name: str, province: str = "") -> str | None:
        """The code of the one commune of that full name, with accents, in scope; never a guess."""
        parts = parts_of(name)
        if len(parts) != 1:
            return None
        kind, spelling = parts[0].kind, spelled(parts[0].name)
        wanted = province_code_of(province)
        codes = [
            code
            for unit in units_by_name().get(folded(spelling), ())
            if not unit.is_former and unit.spelling == spelling and unit.kind == kind
            for code in unit.codes
            if self._mine(code) and wanted in (None, communes_by_code()[code].province_code)
        ]
        return codes[0] if len(codes) == 1 else None

    def _look_up(self, address: Address) -> Reading:
        if max(map(len, address)) > LONGEST_ADDRESS:
            return wrong("place_unknown")
        text = clean(address[0])
        if code := code_in(text):
            return self._with_code(code)
        named = communes_named_twice(text)
        if named:
            return self._one_of(named, address)
        match = self._match(address)
        verdict = self._verdict(match)
        if verdict:
            return self._told(verdict)
        if match:
            place = communes_by_code()[min(match.units[0].codes)]
            suggestion = self._similar(match.hypothesis.commune.name)
            return wrong("place_outside_office", suggestion, place=_full_name(place))
        return wrong("place_unknown", self._similar(text))

    def _with_code(self, code: str) -> Reading:
        if self._mine(code):
            return read_as(code)
        return wrong("place_outside_office", place=_full_name(communes_by_code()[code]))

    def _one_of(self, named: list[str], address: Address) -> Reading:
        """An address with two communes, "xã Lục Dạ nay là xã Môn Sơn": they must agree."""
        readings = [
            self._looked_up((name, *address[1:])) for name in named[:MOST_COMMUNES_IN_A_CELL]
        ]
        codes = {reading.value for reading in readings}
        if len(codes) == 1 and len(named) <= MOST_COMMUNES_IN_A_CELL:
            return readings[-1]
        known = [communes_by_code()[code] for code in codes if code]
        return wrong("place_ambiguous", choices=_choices(known)) if known else readings[0]

    def _match(self, address: Address) -> PlaceMatch | None:
        """The fullest hypothesis that names anything: as written first, then one slip away."""
        if address not in self._matches:
            self._matches[address] = self._matched(address)
        return self._matches[address]

    def _matched(self, address: Address) -> PlaceMatch | None:
        if max(map(len, address)) > LONGEST_ADDRESS:
            return None
        text = clean(address[0])
        accented = self._accented or not "".join(address).isascii()
        return self._first(hypotheses(text, *address[1:]), accented=accented) or next(
            self._exact(hypotheses_of_run(text, *address[1:]), accented=accented), None
        )

    def _first(self, meant: Iterator[Hypothesis], *, accented: bool) -> PlaceMatch | None:
        slip: PlaceMatch | None = None
        for hypothesis in meant:
            found = exact_match(hypothesis, accented=accented)
            if found and slip:
                return _both(found, slip)
            if found:
                return found
            slip = slip or slip_match(hypothesis, self._province)
        return slip

    @staticmethod
    def _exact(meant: Iterator[Hypothesis], *, accented: bool) -> Iterator[PlaceMatch]:
        for hypothesis in meant:
            if found := exact_match(hypothesis, accented=accented):
                yield found

    def _verdict(self, match: PlaceMatch | None) -> PlaceVerdict | None:
        return verdict_on(match, self._scope, self._prior) if match else None

    def _mine(self, code: str) -> bool:
        return self._scope is None or code in self._scope

    def _told(self, verdict: PlaceVerdict) -> Reading:
        places = [communes_by_code()[code] for code in sorted(verdict.codes)]
        first = places[0]
        match verdict.how:
            case How.EXACT:
                return read_as(first.code)
            case How.OLD_NAME:
                return warn(first.code, "place_old_name", now=_in_words(first))
            case How.ALSO_OLD:
                others = [communes_by_code()[code] for code in sorted(verdict.others)]
                told = {"now": _in_words(first), "choices": _choices(others)}
                return warn(first.code, "place_also_old_name", **told)
            case How.SLIP:
                return warn(first.code, "place_typo", now=_in_words(first))
            case How.BY_LIST:
                return warn(first.code, "place_guess_by_list", now=_in_words(first))
            case How.SPLIT:
                return wrong("place_split", choices=_choices(places))
        suggestion = self._written(first) if len(places) == 1 else None
        return wrong("place_ambiguous", suggestion, choices=_choices(places))

    def _similar(self, text: str) -> str | None:
        """The commune in scope whose name is nearest to the text, as this finder understands it."""
        self._suggestions_left -= 1
        if self._suggestions_left < 0:
            return None
        wanted = fold(text)
        places, *names = self._names_in_scope
        found = [
            process.extractOne(wanted, each, scorer=fuzz.ratio, score_cutoff=SUGGESTED_FROM)
            for each in names
        ]
        best = max((each for each in found if each), key=lambda each: each[1], default=None)
        return self._written(places[best[2]]) if best else None

    @cached_property
    def _names_in_scope(self) -> tuple[list[Commune], list[str], list[str]]:
        """The communes in scope with their names, whole and short, as they are compared."""
        places = [place for place in communes() if self._mine(place.code)]
        return places, [fold(p.name) for p in places], [fold(p.short_name) for p in places]

    def _written(self, place: Commune) -> str:
        return place.name if self.exact(place.name) else f"{place.name} ({place.code})"


def _without_error(reading: Reading, code: str) -> Reading:
    findings = (
        found._replace(is_error=False) if found.code == code else found
        for found in reading.findings
    )
    return Reading(reading.value, tuple(findings))


def province_code_of(text: str) -> str | None:
    """The code of today's province that a name, present or former, stands for."""
    territory, _ = territory_named(text, may_slip=False)
    return territory.code if territory else None


def _both(exact: PlaceMatch, slip: PlaceMatch) -> PlaceMatch:
    """Two ways to read an address that both name something: a person decides."""
    if {code for unit in exact.units for code in unit.codes} == {
        code for unit in slip.units for code in unit.codes
    }:
        return exact
    return PlaceMatch(slip.hypothesis, (*exact.units, *slip.units), is_slip=True)


def _choices(places: list[Commune]) -> str:
    shown = [_full_name(place) for place in places[:MOST_CHOICES]]
    return "; ".join(shown) + ("…" if len(places) > MOST_CHOICES else "")


def _full_name(place: Commune) -> str:
    return f"{place.name} ({provinces_by_code()[place.province_code].short_name}, {place.code})"


def _in_words(place: Commune) -> str:
    return place.name[:1].lower() + place.name[1:]
