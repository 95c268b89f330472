"""How surely and how fast places are found: every commune there is and was, in many forms."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from db.intake.places.finder import Address, CommuneFinder
from db.reference.places import (
    communes,
    communes_by_code,
    former_communes,
    former_provinces,
    provinces_by_code,
)
from db.rules.cells import Reading
from db.rules.names import fold

SEED = 7
PLACES = 10_000
LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơư"
_SHORT = {
    "Xã": "X.", "Phường": "P.", "Thị trấn": "TT", "Đặc khu": "ĐK", "Huyện": "H.", "Quận": "Q.",
    "Thị xã": "TX", "Thành phố": "TP.", "Tỉnh": "T.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, its district ("" today) and its province, and the communes it is now."""

    commune: str
    district: str
    province: str
    codes: frozenset[str]
    group: tuple[str, str]


Form = Callable[[Place, random.Random], Address]


def former_places() -> list[Place]:
    """Every commune of before 2025-07-01, grouped by district."""
    names = {place.code: place.name for place in former_provinces()}
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for link in former_communes():
        if link.name:
            found[link.province_code, link.district, link.name].add(link.new_commune_code)
    return [
        Place(name, district, names[code], frozenset(codes), (code, district))
        for (code, district, name), codes in found.items()
    ]


def present_places() -> list[Place]:
    """Every commune of today, grouped by province."""
    return [
        Place(
            place.name,
            "",
            provinces_by_code()[place.province_code].name,
            frozenset({place.code}),
            (place.province_code, ""),
        )
        for place in communes()
    ]


def in_full(place: Place, _: random.Random) -> Address:
    """One cell, as in a residence book."""
    return _cell(place.commune, place.district, place.province)


def in_columns(place: Place, _: random.Random) -> Address:
    """Three cells with the words for their kind."""
    return place.commune, place.province, place.district


def bare(place: Place, _: random.Random) -> Address:
    """Three cells of names only."""
    return _bare(place.commune), _bare(place.province), _bare(place.district)


def without_accents(place: Place, dice: random.Random) -> Address:
    """One cell in plain letters."""
    text, _, _ = in_full(place, dice)
    return ", ".join(fold(part) for part in text.split(",")), "", ""


def shortened(place: Place, _: random.Random) -> Address:
    """One cell with abbreviations and dashes."""
    names = (place.commune, place.district, place.province)
    return " - ".join(_shortened(name) for name in names if name), "", ""


def with_province(place: Place, _: random.Random) -> Address:
    """Commune and province, the district left out."""
    return _cell(place.commune, place.province)


def with_district(place: Place, _: random.Random) -> Address:
    """Commune and district, the province left out."""
    return _cell(place.commune, place.district)


def with_slip(place: Place, dice: random.Random) -> Address:
    """In full, one letter of the commune's name wrong."""
    kind, short = _kind_of(place.commune)
    return _cell(f"{kind} {_slipped(short, dice)}", place.district, place.province)


FORMER_FORMS: dict[str, Form] = {
    "in full": in_full,
    "in three columns": in_columns,
    "names only": bare,
    "without accents": without_accents,
    "abbreviated": shortened,
    "commune and province": with_province,
    "commune and district": with_district,
    "one letter wrong": with_slip,
}
PRESENT_FORMS: dict[str, Form] = {
    name: form for name, form in FORMER_FORMS.items() if form is not with_district
}


@dataclass(slots=True)
class Tally:
    """What became of the rows of one form: decided rightly, wrongly, silently so; or asked."""

    rows: int = 0
    right: int = 0
    wrong: int = 0
    silently_wrong: int = 0
    asked: int = 0
    unknown: int = 0

    def line(self) -> str:
        """Shares as a reader wants them."""
        shares = (
            f"{name} {100 * count / self.rows:6.2f} %"
            for name, count in (
                ("right", self.right), ("wrong", self.wrong), ("silently", self.silently_wrong),
                ("asked", self.asked), ("unknown", self.unknown),
            )
        )  # fmt: skip
        return "  ".join(shares)


def tally(places: Iterable[Place], form: Form, *, in_lists: bool, seed: int = SEED) -> Tally:
    """Resolve all places in one form; in lists of their group for an office of their province."""
    dice = random.Random(f"{seed} {form.__name__}")
    groups: dict[tuple[str, str], list[tuple[Place, Address]]] = defaultdict(list)
    for place in places:
        groups[place.group].append((place, form(place, dice)))
    result = Tally()
    alone = CommuneFinder(None)
    for rows in groups.values():
        finder = alone
        if in_lists:
            around = _communes_around(place for place, _ in rows)
            finder = CommuneFinder(around, (address for _, address in rows))
        for place, address in rows:
            _count(result, place, finder.find(*address))
    return result


def seconds_for(count: int = PLACES, seed: int = SEED) -> tuple[float, float]:
    """(seconds, floor): so many different addresses, and as many exact look-ups in a dict."""
    dice = random.Random(seed)
    forms = [form for form in FORMER_FORMS.values() if form is not with_slip]
    places = dice.choices(former_places(), k=count)
    addresses = [dice.choice(forms)(place, dice) for place in places]
    finder = CommuneFinder(None)
    finder.find("Xã Môn Sơn")
    started = time.perf_counter()
    for address in addresses:
        finder.find(*address)
    value = time.perf_counter() - started
    table = {address: at for at, address in enumerate(addresses)}
    started = time.perf_counter()
    for address in addresses:
        table[address]
    return value, time.perf_counter() - started


def figures() -> list[tuple[str, float, float, str]]:
    """(name, value, floor, unit); where nothing was measured beside it, the floor is the goal."""
    old = tally(former_places(), in_full, in_lists=False)
    new = tally(present_places(), with_province, in_lists=False)
    slips = tally(former_places(), with_slip, in_lists=False)
    seconds, floor = seconds_for()
    return [
        (f"resolve {PLACES} places", 1000 * seconds, 1000 * floor, "ms"),
        ("old places asked about of 1000 (goal 50)", _per_mille(old.asked, old), 50, "rows"),
        ("new places asked about of 1000 (goal 10)",
         _per_mille(new.asked + new.unknown, new), 10, "rows"),
        ("wrong after a slip of 1000 (goal 5)", _per_mille(slips.wrong, slips), 5, "rows"),
    ]  # fmt: skip


def main() -> None:
    """Print the shares of every form."""
    for title, places, forms in (
        ("before 2025-07-01", former_places(), FORMER_FORMS),
        ("today", present_places(), PRESENT_FORMS),
    ):
        for name, form in forms.items():
            for in_lists in (False, True):
                where = "in lists" if in_lists else "alone"
                line = tally(places, form, in_lists=in_lists).line()
                print(f"{title:18} {name:21} {where:8}  {line}", flush=True)
    seconds, floor = seconds_for()
    print(f"{PLACES} places in {seconds:.3f} s, as many look-ups in {floor:.4f} s")


def _count(result: Tally, place: Place, reading: Reading) -> None:
    result.rows += 1
    codes = Counter(finding.code for finding in reading.findings)
    if reading.value is None:
        asked = bool(codes.keys() & {"place_ambiguous", "place_split"})
        result.asked += asked
        result.unknown += not asked
    elif place.codes == {reading.value}:
        result.right += 1
    else:
        result.wrong += 1
        result.silently_wrong += not codes


def _communes_around(places: Iterable[Place]) -> frozenset[str]:
    by_code = communes_by_code()
    provinces = {by_code[code].province_code for place in places for code in place.codes}
    return frozenset(place.code for place in communes() if place.province_code in provinces)


def _per_mille(count: int, of: Tally) -> float:
    return 1000 * count / of.rows


def _cell(*names: str) -> Address:
    return ", ".join(filter(None, names)), "", ""


def _kind_of(name: str) -> tuple[str, str]:
    kind = next((kind for kind in _SHORT if name.lower().startswith(f"{kind.lower()} ")), "")
    return name[: len(kind)], name[len(kind) :].strip()


def _bare(name: str) -> str:
    _, short = _kind_of(name)
    return short


def _shortened(name: str) -> str:
    kind, short = _kind_of(name)
    return f"{_SHORT[kind.capitalize()]} {short}" if kind else short


def _slipped(name: str, dice: random.Random) -> str:
    """A letter left out, doubled, exchanged for another or for its neighbour."""
    places: Sequence[int] = [at for at, sign in enumerate(name) if sign.isalpha()]
    if not places:
        return name
    at = dice.choice(places)
    before, sign, after = name[:at], name[at], name[at + 1 :]
    return dice.choice(
        (
            before + after,
            before + sign + sign + after,
            before + dice.choice(LETTERS) + after,
            before + after[:1] + sign + after[1:],
        )
    )


if __name__ == "__main__":
    main()
