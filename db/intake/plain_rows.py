"""Rows of which every cell says plainly what it means, read column by column.

Most rows of most lists are such rows. Each different text of a column is read once, and a row is
taken here only if `PeopleReader` would read the same from it without a word; the others are left to
that reader.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from db.intake.birth_cells import BARE_YEAR, SHORT_DATE
from db.intake.checked import ListRow
from db.intake.commune_cells import PLACE_FIELDS, SaidPlaces, commune_of
from db.intake.people import (
    LONGEST_TEXT,
    YOUNGEST_FOR_BOOK,
    is_spaced,
    may_be_state_paid,
    says_gone,
)
from db.intake.people_words import people_code, supports_named
from db.intake.row_kinds import PersonRow
from db.intake.row_texts import DITTO_FIELDS, FILLED_DOWN, category_text, fills_down, is_ditto
from db.intake.sheets import Sheet
from db.intake.terms import Terms
from db.rules.births import read_birth
from db.rules.categories import category_codes, is_tick_mark
from db.rules.cells import Reading
from db.rules.eligibility import STATE_PAYS_CARD_CODES
from db.rules.identity import is_nothing, read_bhxh, read_cccd, read_hi_card, read_phone, read_sex
from db.rules.names import LOST_LETTER, clean, fold
from db.rules.person_names import read_name

NEEDED = frozenset({"full_name", "birth", "cccd"})
NOT_READ = frozenset({"order", "head_name", "head_phone"})
READ_HERE = (
    NEEDED
    | NOT_READ
    | {"sex", "bhxh", "hi_card", "phone", "category", "household", "relation", "benefit", "people"}
    | frozenset(PLACE_FIELDS)
)
PLACE_AND_YEAR = 6
"""The first digits of a citizen number, which its place, year and sex stand in."""
ANY_DIGITS = "010101"

Value = TypeVar("Value")
Rule = Callable[[str], tuple[Value, bool]]
"""What a cell means, and whether nothing more is to be said about it."""


def plain_rows(people: Sequence[PersonRow], sheet: Sheet, terms: Terms) -> Sequence[ListRow | None]:
    """For each person the row, or None where a cell needs a closer look."""
    fields = terms.fields.keys()
    if not people or not NEEDED <= fields <= READ_HERE:
        return [None] * len(people)
    return _PlainRows(people, sheet, terms).rows()


class _PlainRows:
    """Reads the columns of one table; `_left` are the places of rows left to the reader."""

    def __init__(self, people: Sequence[PersonRow], sheet: Sheet, terms: Terms) -> None:
        self._people = people
        self._terms = terms
        self._cells = [person.cells for person in people]
        self._young_from = str(terms.today.year - YOUNGEST_FOR_BOOK)
        self._fills_down = fills_down(terms.fields)
        apart = {row for row, _ in (*terms.corrections, *sheet.error_cells)} | terms.doubtful_days
        self._left = {place for place, person in enumerate(people) if person.number in apart}

    def rows(self) -> Sequence[ListRow | None]:
        """The rows in their order, None for those left to the reader."""
        births = self._read("birth", self._birth)
        sexes = self._read("sex", _sex)
        self._look_at_the_rest()
        rows: list[ListRow | None] = list(
            map(
                ListRow,
                [person.number for person in self._people],
                self._read("full_name", _name),
                births,
                sexes,
                self._cccds(births, sexes),
                self._read("bhxh", _bhxh),
                self._read("hi_card", _card),
                self._communes(),
                self._hamlets(),
                self._read("address", _words),
                self._categories(),
                self._read("phone", _phone),
                self._read("household", _words),
                self._read("relation", _words),
                self._read("benefit", _benefit),
                self._read("people", _people),
            )
        )
        for place in self._left:
            rows[place] = None
        return rows

    def _column(self, at: int) -> list[str]:
        return [cells[at] if at < len(cells) else "" for cells in self._cells]

    def _read(self, name: str, rule: Rule[Value]) -> Sequence[Value | None]:
        """What the cells of a field mean; None for all of them if no column holds it."""
        at = self._terms.fields.get(name)
        if at is None:
            return [None] * len(self._people)
        return self._understood(self._column(at), rule, name)

    def _understood(self, texts: list[str], rule: Rule[Value], name: str = "") -> list[Value]:
        says_above = name in DITTO_FIELDS
        filled = self._fills_down and name in FILLED_DOWN
        known = _Known(rule, says_above=says_above, is_filled_down=filled)
        values = [known[text] for text in texts]
        if known.doubtful:
            self._leave(place for place, text in enumerate(texts) if text in known.doubtful)
        return values

    def _leave(self, places: Iterable[int]) -> None:
        self._left.update(places)

    def _look_at_the_rest(self) -> None:
        """Columns that give no value can still say something about a row."""
        for name in ("head_name", "head_phone", "commune_code", "province", "district"):
            self._read(name, _nothing)
        taken = frozenset(self._terms.fields.values())
        for at in range(max(map(len, self._cells))):
            if at not in taken:
                self._understood(self._column(at), _remark)

    def _birth(self, text: str) -> tuple[str, bool]:
        """A short date may need the citizen number to tell the century."""
        is_bare_year = len(text) == BARE_YEAR and text.isdigit()
        if text != clean(text) or (len(text) <= SHORT_DATE and not is_bare_year):
            return "", False
        terms = self._terms
        reading = read_birth(text, today=terms.today, month_first=terms.month_first)
        birth = reading.value or ""
        return birth, not reading.findings and "" < birth < self._young_from

    def _cccds(self, births: Sequence[str | None], sexes: Sequence[str | None]) -> Sequence[str]:
        texts = self._column(self._terms.fields["cccd"])
        agrees: dict[tuple[str, str | None, str | None], bool] = {}
        for place, (text, birth, sex) in enumerate(zip(texts, births, sexes, strict=True)):
            if not (len(text) == 12 and text.isascii() and text.isdigit()):
                self._left.add(place)
                continue
            said = (text[:PLACE_AND_YEAR], birth and birth[:BARE_YEAR], sex)
            known = agrees.get(said)
            if known is None:
                known = agrees[said] = _agrees(*said)
            if not known:
                self._left.add(place)
        return texts

    def _communes(self) -> Sequence[str | None]:
        fields = self._terms.fields
        headings = [person.commune or "" for person in self._people]
        if not any(headings) and fields.keys().isdisjoint(PLACE_FIELDS):
            return [self._terms.commune_code] * len(self._people)
        columns = [
            self._column(fields[name]) if name in fields else [""] * len(self._people)
            for name in PLACE_FIELDS
        ]
        known: dict[tuple[str, ...], tuple[str | None, bool]] = {}
        codes = []
        for place, said in enumerate(zip(headings, *columns, strict=True)):
            if said not in known:
                known[said] = self._commune(*said)
            code, is_plain = known[said]
            codes.append(code)
            if not is_plain:
                self._left.add(place)
        return codes

    def _commune(self, heading: str, *texts: str) -> tuple[str | None, bool]:
        commune, *others = map(clean, texts)
        code, noted = commune_of(SaidPlaces(commune or heading, *others), self._terms)
        return code, not noted

    def _hamlets(self) -> Sequence[str | None]:
        said = self._read("hamlet", _words)
        return [text or person.hamlet for text, person in zip(said, self._people, strict=True)]

    def _categories(self) -> list[tuple[str, ...]]:
        said = self._read("category", _categories)
        categories: list[tuple[str, ...]] = []
        for place, (codes, person) in enumerate(zip(said, self._people, strict=True)):
            if not codes and person.category is None:
                self._left.add(place)
            categories.append(codes or (person.category or "",))
        return categories


class _Known(dict[str, Value], Generic[Value]):
    """What each different text of a column means; `doubtful` are those to look at more closely."""

    def __init__(self, rule: Rule[Value], *, says_above: bool, is_filled_down: bool) -> None:
        self._rule = rule
        self._says_above = says_above
        self._is_filled_down = is_filled_down
        self.doubtful: set[str] = set()

    def __missing__(self, text: str) -> Value:
        value, is_plain = self._rule(text)
        if not is_plain or "#" in text or self._stands_for_the_row_above(text):
            self.doubtful.add(text)
        self[text] = value
        return value

    def _stands_for_the_row_above(self, text: str) -> bool:
        text = clean(text)
        return (self._is_filled_down and not text) or (self._says_above and is_ditto(text))


def _agrees(place_and_year: str, year: str | None, sex: str | None) -> bool:
    """The place, the year and the sex in a citizen number are known and those of the row."""
    if len(set(place_and_year)) == 1:
        return False
    return not read_cccd(place_and_year + ANY_DIGITS, birth=year, sex=sex).findings


def _nothing(_: str) -> tuple[None, bool]:
    return None, True


def _remark(text: str) -> tuple[None, bool]:
    return None, not says_gone(text)


def _name(text: str) -> tuple[str | None, bool]:
    return _plain(read_name(text))


def _sex(text: str) -> tuple[str | None, bool]:
    text = clean(text)
    value, is_plain = _plain(read_sex(text))
    return value, is_plain and not is_tick_mark(text)


def _bhxh(text: str) -> tuple[str | None, bool]:
    return _number(text, read_bhxh(clean(text)))


def _card(text: str) -> tuple[str | None, bool]:
    card, is_plain = _number(text, read_hi_card(clean(text)))
    return card, is_plain and not (card and card[:2] in STATE_PAYS_CARD_CODES)


def _phone(text: str) -> tuple[str | None, bool]:
    phone, is_plain = _plain(read_phone(clean(text)))
    return phone, is_plain and (phone is None or is_spaced(text, phone))


def _words(text: str) -> tuple[str | None, bool]:
    text = clean(text)
    if not text or not fold(text):
        return None, True
    return text, len(text) <= LONGEST_TEXT and LOST_LETTER not in text


def _categories(text: str) -> tuple[tuple[str, ...], bool]:
    text = category_text(text)
    codes, unknown = category_codes(text) if text else ((), ())
    is_plain = bool(codes or not text) and not unknown
    return codes, is_plain and not ("KT" in codes and may_be_state_paid(text))


def _benefit(text: str) -> tuple[str | None, bool]:
    text = clean(text)
    if not text or is_nothing(text):
        return None, True
    wanted = supports_named(text)
    return "both" if len(wanted) == 2 else next(iter(wanted), None), bool(wanted)


def _people(text: str) -> tuple[str | None, bool]:
    text = clean(text)
    if is_nothing(text):
        return None, True
    code = people_code(text)
    return code, code is not None


def _number(text: str, reading: Reading) -> tuple[str | None, bool]:
    value, is_plain = _plain(reading)
    return value, is_plain and value in (None, text.strip())


def _plain(reading: Reading) -> tuple[str | None, bool]:
    return reading.value, not reading.findings
