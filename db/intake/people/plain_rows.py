"""Rows whose cells say what they mean by themselves, read column by column.

Most rows of most lists are such rows. Each different text of a column is read once, with the
warnings that it gives; a row with an error, or with a cell that other cells explain, is left to
`PeopleReader`, which would read the same from the rows that are taken here.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple

from db.intake.fields.names import DITTO_FIELDS, FILLED_DOWN
from db.intake.files.sheets import Sheet
from db.intake.people import person_cells
from db.intake.people.birth_cells import BARE_YEAR, SHORT_DATE
from db.intake.people.commune_cells import PLACE_FIELDS, Noted, SaidPlaces, commune_of
from db.intake.people.person_cells import NOTHING, Told, Understood, Value
from db.intake.people.row_texts import category_text, fills_down, is_ditto
from db.intake.people.terms import Terms
from db.intake.tables.row_kinds import PersonRow
from db.intake.told.checked import ListRow
from db.rules.ages import YOUNGEST_FOR_BOOK
from db.rules.births import read_birth
from db.rules.categories import is_tick_mark
from db.rules.cells import Finding, Reading
from db.rules.identity import digits_of, is_nothing, read_cccd
from db.rules.names import clean

NEEDED = frozenset({"full_name", "birth"})
NOT_READ = ("head_name", "head_phone", "commune_code", "province", "district")
READ_HERE = frozenset(
    {
        *(*NEEDED, *NOT_READ, *PLACE_FIELDS, "order", "sex", "cccd", "bhxh", "hi_card", "phone"),
        *("category", "benefit", *person_cells.BY_THEMSELVES),
    }
)
CCCD_DIGITS = 12
PLACE_AND_YEAR = 6
"""The first digits of a citizen number, which its place, year and sex stand in."""
ANY_DIGITS = "010101"

Rule = Callable[[str, str], Understood[Value] | None]
"""What a cell, as written and cleaned, means; None where it needs a closer look."""


class PlainRows(NamedTuple):
    """For each person the row, or None if it is left to the reader; by place, what is told."""

    rows: Sequence[ListRow | None]
    told: Mapping[int, list[Noted]]


def plain_rows(people: Sequence[PersonRow], sheet: Sheet, terms: Terms) -> PlainRows:
    """The rows of one table that can be read column by column."""
    fields = terms.fields.keys()
    if not people or not NEEDED <= fields <= READ_HERE:
        return PlainRows([None] * len(people), {})
    return _Columns(people, sheet, terms).rows()


class _Columns:
    """Reads the columns of one table; `_left` are the places of rows left to the reader."""

    def __init__(self, people: Sequence[PersonRow], sheet: Sheet, terms: Terms) -> None:
        self._people = people
        self._terms = terms
        self._cells = [person.cells for person in people]
        self._young_from = str(terms.today.year - YOUNGEST_FOR_BOOK)
        self._fills_down = fills_down(terms.fields)
        cells_apart = (*terms.corrections, *sheet.error_cells, *sheet.comments)
        apart = {row for row, _ in cells_apart} | terms.doubtful_days
        self._left = {
            place for place, person in enumerate(people) if person.number in apart or person.removed
        }
        self._told: dict[int, list[Noted]] = defaultdict(list)

    def rows(self) -> PlainRows:
        """Read the columns in the order in which `PeopleReader` reads the cells of a row."""
        self._look_at_what_gives_no_value()
        names = self._read("full_name", person_cells.name)
        sexes = self._read("sex", _sex)
        births = self._read("birth", self._birth)
        cccds = self._cccds(births, sexes)
        bhxhs = self._read("bhxh", _bhxh)
        cards = self._read("hi_card", person_cells.hi_card)
        phones = self._read("phone", person_cells.phone)
        benefits = self._read("benefit", _benefit)
        columns: dict[str, Sequence[object]] = {
            "row": [person.number for person in self._people],
            "full_name": names,
            "birth": births,
            "sex": sexes,
            "cccd": cccds,
            "bhxh": bhxhs,
            "hi_card": cards,
            "phone": phones,
            "benefit": benefits,
            "commune_code": self._communes(),
            "hamlet": self._hamlets(),
            "address": self._read("address", person_cells.words),
            "categories": self._categories(),
            **{name: self._read(name, rule) for name, rule in person_cells.BY_THEMSELVES.items()},
        }
        in_order = [columns[name] for name in ListRow._fields]
        rows: list[ListRow | None] = [
            ListRow._make(values) for values in zip(*in_order, strict=True)
        ]
        for place in self._left:
            rows[place] = None
        return PlainRows(rows, self._told)

    def _column(self, name: str) -> list[str]:
        at = self._terms.fields.get(name)
        return [""] * len(self._people) if at is None else self._cells_at(at)

    def _cells_at(self, at: int) -> list[str]:
        return [cells[at] if at < len(cells) else "" for cells in self._cells]

    def _read(self, name: str, rule: Rule[Value]) -> Sequence[Value | None]:
        """What the cells of a field mean; None for all of them if no column holds it."""
        if name not in self._terms.fields:
            return [None] * len(self._people)
        return self._understood(self._column(name), rule, name)

    def _understood(
        self, cells: list[str], rule: Rule[Value], name: str = ""
    ) -> list[Value | None]:
        known = _Known(rule, name, fills_down=self._fills_down and name in FILLED_DOWN)
        values = [known[cell] for cell in cells]
        if known.to_tell:
            for place, cell in enumerate(cells):
                if cell in known.to_tell:
                    self._tell(place, name, known.to_tell[cell])
        return values

    def _tell(self, place: int, name: str, told: Told | None) -> None:
        if told is None or any(finding.is_error for _, finding in told):
            self._left.add(place)
        else:
            self._told[place] += [Noted(name, text, finding) for text, finding in told]

    def _look_at_what_gives_no_value(self) -> None:
        """Such cells can still say something about a row."""
        for name in NOT_READ:
            self._read(name, _nothing)
        taken = frozenset(self._terms.fields.values())
        for at in range(max(map(len, self._cells))):
            if at not in taken:
                self._understood(self._cells_at(at), _remark)

    def _birth(self, written: str, text: str) -> Understood[str | None] | None:
        """A short date may need the citizen number to tell the century."""
        is_bare_year = len(text) == BARE_YEAR and text.isdigit()
        if text != written or (len(text) <= SHORT_DATE and not is_bare_year):
            return None
        terms = self._terms
        reading = read_birth(text, today=terms.today, month_first=terms.month_first)
        is_young = reading.value and reading.value >= self._young_from
        return None if is_young else person_cells.as_read(text, reading)

    def _cccds(
        self, births: Sequence[str | None], sexes: Sequence[str | None]
    ) -> Sequence[str | None]:
        cells = self._column("cccd")
        numbers = self._understood(cells, _whole_cccd, "cccd")
        known: dict[tuple[str, str | None, str | None], tuple[Finding, ...] | None] = {}
        for place, (number, birth, sex) in enumerate(zip(numbers, births, sexes, strict=True)):
            if number is None:
                continue
            said = (number[:PLACE_AND_YEAR], birth and birth[:BARE_YEAR], sex)
            if said not in known:
                known[said] = _disagreement(*said)
            cell, found = cells[place], known[said]
            if found is None:
                self._left.add(place)
            elif found:
                self._tell(place, "cccd", tuple((clean(cell), each) for each in found))
            elif number != cell:
                self._tell(place, "cccd", person_cells.number(cell, number, Reading(number))[1])
        return numbers

    def _communes(self) -> Sequence[str | None]:
        headings = [person.commune or "" for person in self._people]
        if not any(headings) and self._terms.fields.keys().isdisjoint(PLACE_FIELDS):
            return [self._terms.commune_code] * len(self._people)
        known: dict[tuple[str, ...], tuple[str | None, list[Noted]]] = {}
        codes = []
        columns = map(self._column, PLACE_FIELDS)
        for place, said in enumerate(zip(headings, *columns, strict=True)):
            if said not in known:
                known[said] = self._commune(*said)
            code, noted = known[said]
            codes.append(code)
            if any(each.finding.is_error for each in noted):
                self._left.add(place)
            elif noted:
                self._told[place] += noted
        return codes

    def _commune(self, heading: str, *texts: str) -> tuple[str | None, list[Noted]]:
        commune, *others = map(clean, texts)
        return commune_of(SaidPlaces(commune or heading, *others), self._terms)

    def _hamlets(self) -> Sequence[str | None]:
        said = self._read("hamlet", person_cells.words)
        return [text or person.hamlet for text, person in zip(said, self._people, strict=True)]

    def _categories(self) -> Sequence[tuple[str, ...] | None]:
        cells = self._column("category")
        said = self._understood(cells, _categories, "category")
        for place, (cell, codes) in enumerate(zip(cells, said, strict=True)):
            if codes:
                continue
            category, text = self._people[place].category, category_text(cell)
            if category and not text:
                said[place] = (category,)
            else:
                self._tell(place, "category", ((text, Finding("category_missing", False)),))
        return said


class _Known(dict[str, Value | None], Generic[Value]):
    """What each different cell of a column means; `to_tell` has those with more to say."""

    def __init__(self, rule: Rule[Value], name: str, *, fills_down: bool) -> None:
        self._rule = rule
        self._cleaned = category_text if name == "category" else clean
        self._may_say_above = name in DITTO_FIELDS
        self._fills_down = fills_down
        self.to_tell: dict[str, Told | None] = {}

    def __missing__(self, cell: str) -> Value | None:
        text = self._cleaned(cell)
        value, told = self._rule(cell, text) or (None, None)
        if "#" in cell or self._stands_for_the_row_above(text):
            told = None
        if told is None or told:
            self.to_tell[cell] = told
        self[cell] = value
        return value

    def _stands_for_the_row_above(self, text: str) -> bool:
        return (self._fills_down and not text) or (self._may_say_above and is_ditto(text))


def _nothing(_: str, __: str) -> Understood[None]:
    return None, NOTHING


def _remark(cell: str, _: str) -> Understood[None] | None:
    return None if person_cells.says_gone(cell) else (None, NOTHING)


def _sex(cell: str, text: str) -> Understood[str | None] | None:
    return None if is_tick_mark(text) else person_cells.sex(cell, text)


def _whole_cccd(_: str, text: str) -> Understood[str | None] | None:
    """Twelve digits, or nothing; what is in between is left to the reader."""
    digits = text if len(text) == CCCD_DIGITS else digits_of(text)
    if len(digits) == CCCD_DIGITS and digits.isascii() and digits.isdigit():
        return digits, NOTHING
    return person_cells.as_read(text, read_cccd(text)) if is_nothing(text) else None


def _disagreement(
    place_and_year: str, year: str | None, sex: str | None
) -> tuple[Finding, ...] | None:
    """Where the place, the year or the sex in a citizen number are not those of the row."""
    if len(set(place_and_year)) == 1:
        return None
    reading = read_cccd(place_and_year + ANY_DIGITS, birth=year, sex=sex)
    return reading.findings if reading.value else None


def _bhxh(cell: str, text: str) -> Understood[str | None] | None:
    """Twelve digits may be the citizen number again."""
    if len(text) >= CCCD_DIGITS and len(digits_of(text)) == CCCD_DIGITS:
        return None
    return person_cells.bhxh(cell, text)


def _benefit(cell: str, text: str) -> Understood[str | None]:
    wanted, told = person_cells.supports(cell, text)
    return person_cells.benefit_of(wanted), told


def _categories(cell: str, text: str) -> Understood[tuple[str, ...]]:
    codes, told = person_cells.categories(cell, text)
    return codes, (*told, *person_cells.disability(codes, text))
